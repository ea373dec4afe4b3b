/* SPDX-License-Identifier: MIT */
/*
 * Tells when something about the nodes in /dev/memflow-vms changes.
 */
#pragma once

#include <glib.h>

typedef struct _CtlWatch CtlWatch;

/* @dev_dir: the directory that MEMFLOW_NODE_DIR is in, or is going to be in. */
CtlWatch *ctl_watch_new(const char *dev_dir, GError **error);
void ctl_watch_free(CtlWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CtlWatch, ctl_watch_free)

/*
 * Arms the watch: what changes from now on ends the next ctl_watch_wait(). To be
 * called before each look at the nodes, since the directory comes and goes with
 * the first and the last of them.
 */
gboolean ctl_watch_arm(CtlWatch *watch, GError **error);

/* For who waits for other things, too: readable when something has changed. */
int ctl_watch_get_fd(CtlWatch *watch);
/* Forgets what has changed so far. Which event it was does not matter: the nodes are looked at. */
void ctl_watch_drain(CtlWatch *watch);

/*
 * @deadline: of g_get_monotonic_time(), or -1 to wait for ever
 * Returns: FALSE once the deadline has passed
 */
gboolean ctl_watch_wait(CtlWatch *watch, gint64 deadline);
