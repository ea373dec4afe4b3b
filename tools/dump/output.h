/* SPDX-License-Identifier: MIT */
/*
 * Where bytes end up: a regular file, which is there under its name only once it is whole, or
 * something that takes them as they come (a pipe, a device).
 */
#pragma once

#include <glib.h>

typedef struct _CtlOutput CtlOutput;

/*
 * @path: a file that is made for its owner alone, or a device or FIFO that is there
 * @force: replace a file that is there, write to another user's FIFO
 */
CtlOutput *ctl_output_open(const char *path, gboolean force, GError **error);

/* @fd: stays open when the output is closed. */
CtlOutput *ctl_output_new_for_fd(int fd);

gboolean ctl_output_write(CtlOutput *output, gconstpointer data, gsize length, GError **error);

/* As many zeros: not written where a file can have holes. */
gboolean ctl_output_zeros(CtlOutput *output, guint64 length, GError **error);

/* What was written is all of it: gives the file its name. */
gboolean ctl_output_commit(CtlOutput *output, GError **error);

/*
 * Closes it. What was not committed is removed, unless @keep.
 * Returns: (transfer full) (nullable): where it was kept
 */
char *ctl_output_close(CtlOutput *output, gboolean keep);
