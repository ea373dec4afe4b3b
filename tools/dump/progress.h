/* SPDX-License-Identifier: MIT */
/* A line on a terminal that tells how far something is. */
#pragma once

#include <stdio.h>

#include <glib.h>

typedef struct _CtlProgress CtlProgress;

/* @out: where it is shown, if that is a terminal; NULL: nowhere */
CtlProgress *ctl_progress_new(FILE *out);
/* Ends the line. */
void ctl_progress_free(CtlProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CtlProgress, ctl_progress_free)

/* Something new, of @total bytes. @what: a word or two for it */
void ctl_progress_begin(CtlProgress *progress, const char *what, guint64 total);
/* Leaves the line as it is, for something else to be written below it. */
void ctl_progress_break(CtlProgress *progress);
/* @done: bytes of it. Cheap, to be called as often as it comes. */
void ctl_progress_update(CtlProgress *progress, guint64 done);

/*
 * The line itself: percentage, bytes, bytes in a second, time that is left.
 * @microseconds: since the begin
 */
char *ctl_progress_format(const char *what, guint64 done, guint64 total, gint64 microseconds);
