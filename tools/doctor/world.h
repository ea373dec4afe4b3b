/* SPDX-License-Identifier: MIT */
/*
 * The host as the checks of `memflowctl doctor` see it. Production code has one, the host's; a unit
 * test builds a tree of files of its own and breaks things in it. Nothing in it changes anything.
 */
#pragma once

#include <sys/types.h>

#include "core/env.h"

/* What somebody else was asked, who may not answer. */
enum doctor_answer { DOCTOR_NO, DOCTOR_YES, DOCTOR_NOT_KNOWN };

/* A running domain of libvirt's. */
struct doctor_domain {
	char *name;
	char *uuid;
};

void doctor_domain_free(struct doctor_domain *domain);

/**
 * struct doctor_world - a host and who asks
 * @env: the kernel's file systems, and /run
 * @root: before /etc, /usr, /lib and /var; "" is the host
 * @policy_file: the policy, without @root
 * @hook_dir: libvirt's hook directory, likewise
 * @plugin_dir: where the connector is installed, likewise
 * @bin_dir: where memflowctl is installed
 * @tool_dir: where write-meta is installed
 * @release: the kernel's, as of uname(2)
 * @uid: who asks
 * @trusted: the owner of what nobody else may change: root
 * @user: (nullable): name of @uid
 * @home: (nullable): home directory, without @root
 * @groups, @n_groups: groups of this session
 * @getenv: as of getenv(3)
 * @find_group: whether there is a group of that name or number; in bounded time
 * @is_member: whether the databases have @user in that group; in bounded time
 * @list_domains: (element-type struct doctor_domain): the running ones; in bounded time
 * @get_unit_change: when systemd saw that unit's state change last, a reload included, in
 *	microseconds of the real time; 0: not known
 */
struct doctor_world {
	const MflEnv *env;
	const char *root;
	const char *policy_file;
	const char *hook_dir;
	const char *plugin_dir;
	const char *bin_dir;
	const char *tool_dir;
	const char *release;
	uid_t uid;
	uid_t trusted;
	const char *user;
	const char *home;
	const gid_t *groups;
	guint n_groups;
	const char *(*getenv)(const char *name);
	enum doctor_answer (*find_group)(const char *name, gid_t *gid);
	enum doctor_answer (*is_member)(const char *user, gid_t gid);
	GPtrArray *(*list_domains)(const char *uri, GError **error);
	gint64 (*get_unit_change)(const char *unit);
};

/* The host; @env and @policy_file are the command's. */
const struct doctor_world *doctor_world_host(const MflEnv *env, const char *policy_file);
