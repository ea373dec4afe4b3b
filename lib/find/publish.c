/* SPDX-License-Identifier: MIT */
/* Giving a domain its node, and taking it away. */
#include "device.h"
#include "domain.h"
#include "error.h"

#include <errno.h>
#include <grp.h>

static gboolean find_group(const char *group, gid_t *gid, GError **error)
{
	g_autofree char *buffer = NULL;
	gsize size = 1024;
	struct group entry;
	struct group *found = NULL;
	guint64 number;
	int errnum;

	if (g_ascii_string_to_unsigned(group, 10, 0, G_MAXUINT32 - 1, &number, NULL)) {
		*gid = (gid_t)number;
		return TRUE;
	}
	do {
		size *= 2;
		buffer = g_realloc(buffer, size);
		errnum = getgrnam_r(group, &entry, buffer, size, &found);
	} while (errnum == ERANGE && size < (1U << 24));
	if (found) {
		*gid = found->gr_gid;
		return TRUE;
	}
	if (errnum)
		mfl_error_set_errno(error, errnum, "cannot look up group \"%s\"", group);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "there is no group \"%s\"; create it: groupadd --system %s", group,
			    group);
	return FALSE;
}

char *mfl_domain_publish(MflDomain *domain, const char *group, guint mode, MflPublishFlags flags,
			 GError **error)
{
	MflPublication publication = { 0 };
	g_autoptr(MflProcess) process = NULL;
	gid_t gid = 0;

	g_return_val_if_fail(domain, NULL);
	if (!mfl_domain_check_open(domain, error))
		return NULL;
	if (group && !find_group(group, &gid, error))
		return NULL;
	if (!domain->pid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_FAILED,
			    "the process of domain \"%s\" is not known: %s", domain->name,
			    domain->no_pid ? domain->no_pid : "it has no node");
		return NULL;
	}
	process = mfl_process_open_in(domain->context->env, domain->pid, error);
	if (!process || !mfl_process_is_domain(process, domain->name, domain->uuid, error))
		return NULL;
	publication.name = domain->name;
	publication.uuid = domain->uuid;
	publication.gid = gid;
	publication.mode = (mode_t)mode;
	publication.readonly = (flags & MFL_PUBLISH_READONLY) != 0;
	if (!mfl_device_publish(process, &publication, error))
		return NULL;
	return mfl_device_node_path(domain->context->env, domain->name);
}

gboolean mfl_domain_unpublish(MflDomain *domain, gboolean revoke, GError **error)
{
	g_return_val_if_fail(domain, FALSE);
	/* Not only that pid's node: the domain may have been restarted since. */
	return mfl_device_unpublish_in(domain->context->env, domain->name, domain->uuid, 0, revoke,
				       error);
}
