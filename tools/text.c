// SPDX-License-Identifier: MIT
#include "text.h"

#include <string.h>

/* Not only control characters: bidirectional overrides can disguise a name, too. */
static gboolean is_unsafe(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_UNASSIGNED:
		return TRUE;
	default:
		return FALSE;
	}
}

static char *escape(const char *text, const char *also, const char *except)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const char *p = text;

	while (*p) {
		gunichar c = g_utf8_get_char_validated(p, -1);
		gboolean valid = c != (gunichar)-1 && c != (gunichar)-2;
		size_t length = valid ? (size_t)(g_utf8_next_char(p) - p) : 1;

		if (length == 1 && strchr(except, *p)) {
			g_string_append_c(out, *p);
		} else if (!valid || is_unsafe(c) || (length == 1 && strchr(also, *p))) {
			for (size_t i = 0; i < length; i++)
				g_string_append_printf(out, "\\x%02x", (guint8)p[i]);
		} else {
			g_string_append_len(out, p, (gssize)length);
		}
		p += length;
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *ctl_escape_name(const char *name)
{
	g_return_val_if_fail(name, NULL);

	return escape(name, "\\", "");
}

char *ctl_escape_message(const char *message)
{
	g_return_val_if_fail(message, NULL);

	return escape(message, "", "\n");
}

char *ctl_format_size(guint64 bytes)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	guint64 tenths;
	guint unit = 0;
	guint shift;

	while (unit + 1 < G_N_ELEMENTS(units) && bytes >> (10 * (unit + 1)))
		unit++;
	if (!unit)
		return g_strdup_printf("%" G_GUINT64_FORMAT " %s", bytes,
				       bytes == 1 ? "byte" : units[0]);

	/* Ten bits suffice for tenths, and more would overflow. */
	shift = 10 * unit;
	tenths = (bytes >> shift) * 10 + (((bytes >> (shift - 10)) & 1023) * 10 + 512) / 1024;
	if (tenths % 10)
		return g_strdup_printf("%" G_GUINT64_FORMAT ".%u %s", tenths / 10,
				       (guint)(tenths % 10), units[unit]);
	return g_strdup_printf("%" G_GUINT64_FORMAT " %s", tenths / 10, units[unit]);
}
