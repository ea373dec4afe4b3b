/* SPDX-License-Identifier: MIT */
#include "by-policy.h"

#include "device.h"
#include "memflow-libvirt.h"
#include "runtime.h"

/* "4711 0660": the rights that a node was made with. */
static char *make_note(gid_t gid, const MflPolicy *policy)
{
	return g_strdup_printf("%u %04o", (guint)gid, (guint)policy->mode);
}

gboolean mfl_by_policy_publish_process(MflProcess *process, const char *name, const char *uuid,
				       const MflPolicy *policy, gid_t gid, GError **error)
{
	g_autofree char *note = make_note(gid, policy);
	const MflPublication publication = {
		.name = name,
		.uuid = uuid,
		.uid = 0,
		.gid = gid,
		.mode = policy->mode,
		.readonly = policy->readonly,
		.note = note,
	};

	return mfl_device_publish(process, &publication, error);
}

pid_t mfl_by_policy_publish(const MflEnv *env, const char *name, const char *uuid,
			    const MflPolicy *policy, GError **error)
{
	g_autofree char *dir = mfl_runtime_system_dir(env);
	g_autoptr(MflProcess) process = NULL;
	gid_t gid;

	if (!mfl_policy_get_gid(policy, &gid, error))
		return 0;
	process = mfl_runtime_open_process(env, dir, name, uuid, error);
	if (!process || !mfl_by_policy_publish_process(process, name, uuid, policy, gid, error))
		return 0;
	return mfl_process_get_pid(process);
}

gboolean mfl_by_policy_is(const MflEnv *env, const MflPublished *published)
{
	g_autofree char *note = mfl_device_dup_note(env, published->node);

	return note != NULL;
}

gboolean mfl_by_policy_fits(const MflEnv *env, const MflPublished *published,
			    const MflPolicy *policy, gboolean *fits, GError **error)
{
	g_autofree char *note = mfl_device_dup_note(env, published->node);
	g_autofree char *wanted = NULL;
	gid_t gid;

	if (!mfl_policy_get_gid(policy, &gid, error))
		return FALSE;
	wanted = make_note(gid, policy);
	*fits = published->readonly == policy->readonly && g_strcmp0(note, wanted) == 0;
	return TRUE;
}
