/* SPDX-License-Identifier: MIT */
/* The published VMs, as the module shows them in sysfs: the one seam to it. */
#pragma once

#include "env.h"

G_BEGIN_DECLS

typedef struct {
	char *node; /* path below /dev */
	char *name; /* the domain's, not encoded */
	char *uuid; /* text form, lower case */
	pid_t pid;  /* in the initial pid namespace */
	gboolean readonly;
	/* What the kernel made the node with, whatever its rights are by now. */
	uid_t uid;
	gid_t gid;
	mode_t mode;
} MflPublished;

void mfl_published_free(MflPublished *published);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflPublished, mfl_published_free)

/*
 * (element-type MflPublished): empty if there are none; MFL_ERROR_NO_MODULE if
 * the module is not loaded.
 */
GPtrArray *mfl_published_list(GError **error);
GPtrArray *mfl_published_list_in(const MflEnv *env, GError **error);

/*
 * Whether the QEMU that it is of still runs. The kernel takes a node away when its VM dies; this
 * is for the day that it does not.
 */
gboolean mfl_published_is_running(const MflEnv *env, const MflPublished *published);

/*
 * The one with that name, at its name's node; NULL: there is none. Costs the same
 * however many there are.
 */
MflPublished *mfl_published_find_in(const MflEnv *env, const char *name);

G_END_DECLS
