// SPDX-License-Identifier: MIT
/*
 * The groups that the policy gives nodes to: they exist, and whoever asks is in one of them, in the
 * databases and in this session.
 */
#include <string.h>

#include "core/policy.h"
#include "doctor.h"

static void add_unique(GPtrArray *names, const char *name)
{
	for (guint i = 0; i < names->len; i++)
		if (g_str_equal(g_ptr_array_index(names, i), name))
			return;
	g_ptr_array_add(names, g_strdup(name));
}

/* All that the policy names, the default's first. (nullable): it has mistakes, or is not for us */
static GPtrArray *get_groups(const struct doctor *doctor)
{
	g_autofree char *path = doctor_path(doctor, doctor->world->policy_file);
	g_autoptr(MflPolicy) policy = doctor_load_policy(doctor, "", NULL);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_auto(GStrv) sections = NULL;
	GPtrArray *names;

	if (!policy)
		return NULL;
	names = g_ptr_array_new_with_free_func(g_free);
	add_unique(names, policy->group);
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
		return names; /* there is none */
	sections = g_key_file_get_groups(file, NULL);
	for (guint i = 0; sections[i]; i++) {
		g_autofree char *name = g_key_file_get_string(file, sections[i], "group", NULL);

		if (name)
			add_unique(names, g_strstrip(name));
	}
	return names;
}

static gboolean get_groups_or_say(struct doctor *doctor, GPtrArray **names)
{
	*names = get_groups(doctor);
	if (!*names)
		doctor_unknown(
			doctor,
			"the policy, which names the group, cannot be read, or has a mistake: "
			"run this as root, see policy.file");
	return *names != NULL;
}

void doctor_check_group_exists(struct doctor *doctor)
{
	g_autoptr(GPtrArray) names = NULL;
	g_autofree char *all = NULL;
	guint missing = 0;

	if (!get_groups_or_say(doctor, &names))
		return;
	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *quoted = doctor_quote(name);
		gid_t gid;
		enum doctor_answer answer = doctor->world->find_group(name, &gid);

		if (answer == DOCTOR_YES)
			continue;
		missing++;
		if (answer == DOCTOR_NOT_KNOWN) {
			doctor_unknown(doctor, "the group database does not answer for \"%s\"",
				       name);
			continue;
		}
		doctor_broken(doctor, "there is no group \"%s\"", name);
		doctor_why(doctor,
			   "the policy gives nodes to it, so domains it is meant for are not "
			   "attached");
		doctor_fix(doctor, "groupadd --system %s", quoted);
	}
	g_ptr_array_add(names, NULL);
	all = g_strjoinv(", ", (char **)names->pdata);
	if (!missing)
		doctor_ok(doctor, "the policy's groups exist: %s", all);
}

/* ----------------------------------------------------------------- membership -- */

static gboolean in_session(const struct doctor_world *world, gid_t gid)
{
	for (guint i = 0; i < world->n_groups; i++)
		if (world->groups[i] == gid)
			return TRUE;
	return FALSE;
}

static void not_a_member(struct doctor *doctor, const char *user, const char *group, gboolean ours)
{
	g_autofree char *quoted = doctor_quote(group);
	g_autofree char *quoted_user = doctor_quote(user);

	if (ours)
		doctor_broken(doctor, "%s is not in group \"%s\"", user, group);
	else
		/* What root does works; but sudo would not be needed. */
		doctor_warning(doctor, "%s, who called sudo, is not in group \"%s\"", user, group);
	doctor_why(doctor,
		   "the nodes of domains belong to it: permission denied%s. Log in again "
		   "after the command",
		   ours ? "" : " without sudo");
	doctor_fix(doctor, "usermod -aG %s %s", quoted, quoted_user);
}

static void check_user(struct doctor *doctor, const char *user, gboolean ours, GPtrArray *names)
{
	const struct doctor_world *world = doctor->world;
	gboolean unknown = FALSE;

	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		enum doctor_answer member;
		gid_t gid;

		if (world->find_group(name, &gid) != DOCTOR_YES)
			continue;
		if (ours && in_session(world, gid)) {
			doctor_ok(doctor, "%s is in group \"%s\"", user, name);
			return;
		}
		member = world->is_member(user, gid);
		unknown |= member == DOCTOR_NOT_KNOWN;
		if (member != DOCTOR_YES)
			continue;
		if (!ours) {
			doctor_ok(doctor, "%s, who called sudo, is in group \"%s\"", user, name);
			return;
		}
		doctor_broken(doctor, "%s is in group \"%s\", but this session is not", user, name);
		doctor_why(doctor,
			   "a session has the groups of the time of its login: log in again, or "
			   "begin a shell by the command");
		doctor_fix_self(doctor, "newgrp %s", name);
		return;
	}
	if (unknown)
		doctor_unknown(doctor, "the user database does not answer for %s", user);
	else
		not_a_member(doctor, user, g_ptr_array_index(names, 0), ours);
}

void doctor_check_group_member(struct doctor *doctor)
{
	const struct doctor_world *world = doctor->world;
	const char *sudo_user = world->uid == 0 ? world->getenv("SUDO_USER") : NULL;
	g_autoptr(GPtrArray) names = NULL;

	if (world->uid == 0 && (!sudo_user || g_str_equal(sudo_user, "root"))) {
		doctor_ok(doctor, "root needs no group");
		return;
	}
	if (!get_groups_or_say(doctor, &names))
		return;
	if (sudo_user)
		check_user(doctor, sudo_user, FALSE, names);
	else if (world->user)
		check_user(doctor, world->user, TRUE, names);
	else
		doctor_unknown(doctor, "uid %u has no name", (guint)world->uid);
}
