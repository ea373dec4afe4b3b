// SPDX-License-Identifier: MIT
#include "holes.h"

#include <string.h>

#include "ranges.h"

/*
 * The layout may change at any moment: a hole that was none a moment ago is looked at once more.
 */
gboolean ctl_read_with_holes(MflMemory *memory, guint64 gpa, guint8 *buffer, gsize length,
			     guint64 *missing, GError **error)
{
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	gboolean again = TRUE;
	gsize done = 0;

	while (done < length) {
		g_autoptr(GError) local = NULL;
		guint64 at = gpa + done;
		guint64 end;
		gsize piece;

		if (!ctl_ranges_run(ranges, at, &end)) {
			/* G_MAXUINT64 is no end then, and may be @at itself. */
			piece = end == G_MAXUINT64 ? length - done :
						     (gsize)MIN(end - at, length - done);
			memset(buffer + done, 0, piece);
			if (missing)
				*missing += piece;
			done += piece;
			continue;
		}
		piece = (gsize)MIN(end - at, length - done);
		if (mfl_memory_read(memory, at, buffer + done, piece, &local)) {
			done += piece;
			continue;
		}
		if (!again || !g_error_matches(local, MFL_ERROR, MFL_ERROR_RANGE)) {
			g_propagate_error(error, g_steal_pointer(&local));
			return FALSE;
		}
		again = FALSE;
		if (!mfl_memory_refresh(memory, error))
			return FALSE;
		g_array_unref(ranges);
		ranges = mfl_memory_dup_ranges(memory);
	}
	/* Nobody asked the domain for the zeros, so nobody would notice its end. */
	if (!mfl_memory_is_alive(memory)) {
		g_autoptr(MflDomain) domain = mfl_memory_dup_domain(memory);

		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
			    "domain \"%s\" has stopped, or access to it was revoked",
			    mfl_domain_get_name(domain));
		return FALSE;
	}
	return TRUE;
}
