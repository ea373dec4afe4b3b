/* SPDX-License-Identifier: MIT */
/*
 * Where a domain has memory, as far as a command has to know.
 * A "ranges" argument is what mfl_memory_dup_ranges() returns.
 */
#pragma once

#include <glib.h>

/*
 * The run of bytes of one kind that begins at @gpa: TRUE and its end if there is
 * memory, FALSE and where the next memory begins (G_MAXUINT64: nowhere) if not.
 */
gboolean ctl_ranges_run(GArray *ranges, guint64 gpa, guint64 *end);

/* Finds the first of @length bytes at @gpa that has no memory. */
gboolean ctl_ranges_find_hole(GArray *ranges, guint64 gpa, guint64 length, guint64 *hole);

/*
 * MFL_ERROR_RANGE: that there is no memory at @hole, and where there is some.
 */
void ctl_ranges_set_error(GArray *ranges, const char *domain, guint64 hole, GError **error);
