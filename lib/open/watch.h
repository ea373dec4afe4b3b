/* SPDX-License-Identifier: MIT */
/*
 * What the module does for its targets, for those that have no module: a status page
 * (struct memflow_status) tells readers, who only look at memory, that the VM ended or
 * that its layout has to be asked for anew.
 *
 * One thread of the program watches all of them; there is none while there are none. It
 * takes no signals. In a child after fork(2) it comes back with the next access.
 */
#pragma once

#include "memflow.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MflWatch MflWatch;

typedef struct {
	/* Whether the layout may have changed; asked a few times a second. */
	gboolean (*has_changed)(gpointer data);
	/* The process has ended; the status page says so already. */
	void (*ended)(gpointer data);
} MflWatchOps;

/* @pidfd and @status are used until mfl_watch_free(). */
MflWatch *mfl_watch_new(int pidfd, struct memflow_status *status, const MflWatchOps *ops,
			gpointer data, GError **error);

/* Once it returns no function of @ops runs, nor will. Not to be called from one. */
void mfl_watch_free(MflWatch *watch);

/* Sees to it that somebody watches, also after fork(2). */
gboolean mfl_watch_ensure(MflWatch *watch, GError **error);

/* Says on the status page that the process has ended, for who noticed it first. */
void mfl_watch_tell_end(MflWatch *watch);

/* The same of a change of the layout. */
void mfl_watch_tell_change(MflWatch *watch);

guint64 mfl_watch_get_generation(MflWatch *watch);

G_END_DECLS
