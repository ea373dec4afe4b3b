// SPDX-License-Identifier: MIT
#include "ranges.h"

#include "memflow-libvirt.h"

/* A guest rarely has more; a list that scrolls the error away helps nobody. */
#define MAX_LISTED 16

gboolean ctl_ranges_run(GArray *ranges, guint64 gpa, guint64 *end)
{
	gboolean inside = FALSE;

	*end = G_MAXUINT64;
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		if (inside) {
			if (range->gpa != *end)
				break;
			*end = range->gpa + range->length;
		} else if (range->gpa > gpa) {
			*end = range->gpa;
			break;
		} else if (gpa - range->gpa < range->length) {
			inside = TRUE;
			*end = range->gpa + range->length;
		}
	}
	return inside;
}

gboolean ctl_ranges_find_hole(GArray *ranges, guint64 gpa, guint64 length, guint64 *hole)
{
	guint64 end;

	if (!length)
		return FALSE;
	if (!ctl_ranges_run(ranges, gpa, &end)) {
		*hole = gpa;
		return TRUE;
	}
	if (end - gpa >= length)
		return FALSE;
	*hole = end;
	return TRUE;
}

void ctl_ranges_set_error(GArray *ranges, const char *domain, guint64 hole, GError **error)
{
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < ranges->len && i < MAX_LISTED; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		g_string_append_printf(list,
				       "\n  0x%" G_GINT64_MODIFIER "x-0x%" G_GINT64_MODIFIER "x%s",
				       range->gpa, range->gpa + range->length - 1,
				       range->readonly ? " (read-only)" : "");
	}
	if (ranges->len > MAX_LISTED)
		g_string_append_printf(list, "\n  and %u more: memflowctl info",
				       ranges->len - MAX_LISTED);
	g_set_error(error, MFL_ERROR, MFL_ERROR_RANGE,
		    "domain \"%s\" has no memory at 0x%" G_GINT64_MODIFIER "x; it has some at%s",
		    domain, hole, ranges->len ? list->str : " no address at all");
}
