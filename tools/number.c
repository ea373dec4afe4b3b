// SPDX-License-Identifier: MIT
/*
 * strtoull(3) takes a minus sign, white space, octal and half of what it was
 * given; for an address that somebody is about to write to, that is too much.
 */
#include "number.h"

#include "memflow-libvirt.h"

static int suffix_shift(char suffix)
{
	switch (g_ascii_toupper(suffix)) {
	case 'K':
		return 10;
	case 'M':
		return 20;
	case 'G':
		return 30;
	case 'T':
		return 40;
	default:
		return -1;
	}
}

static gboolean fail_number(const char *text, const char *what, const char *why, GError **error)
{
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
		    "%s \"%s\" %s; give it in decimal or, after 0x, in hexadecimal, with a suffix "
		    "K, M, G or T if you like: 4096, 0x1000, 4K",
		    what, text, why);
	return FALSE;
}

gboolean ctl_parse_number(const char *text, const char *what, guint64 *value, GError **error)
{
	const char *p = text;
	guint base = 10;
	guint64 result = 0;
	gboolean digits = FALSE;
	int shift;

	g_return_val_if_fail(text && what && value, FALSE);

	if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
		base = 16;
		p += 2;
	}
	for (; base == 16 ? g_ascii_isxdigit(*p) : g_ascii_isdigit(*p); p++) {
		digits = TRUE;
		if (!g_uint64_checked_mul(&result, result, base) ||
		    !g_uint64_checked_add(&result, result, (guint64)g_ascii_xdigit_value(*p)))
			return fail_number(text, what, "does not fit in 64 bits", error);
	}
	if (!digits)
		return fail_number(text, what, "is not a number", error);
	if (*p) {
		shift = suffix_shift(*p);
		if (shift < 0 || p[1])
			return fail_number(text, what, "is not a number", error);
		if (!g_uint64_checked_mul(&result, result, G_GUINT64_CONSTANT(1) << shift))
			return fail_number(text, what, "does not fit in 64 bits", error);
	}
	*value = result;
	return TRUE;
}

gboolean ctl_parse_mode(const char *text, guint *mode, GError **error)
{
	guint result = 0;
	const char *p;

	g_return_val_if_fail(text && mode, FALSE);

	for (p = text; *p >= '0' && *p <= '7' && p - text < 5; p++)
		result = result * 8 + (guint)(*p - '0');
	if (p == text || *p || (result & ~0666U)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "mode \"%s\" is not an octal number within 0666; give one like 0660 "
			    "(owner and group read and write)",
			    text);
		return FALSE;
	}
	*mode = result;
	return TRUE;
}

GBytes *ctl_parse_hex(const char *text, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	const char *p = text;

	g_return_val_if_fail(text, NULL);

	while (*p) {
		guint8 byte;

		if (g_ascii_isspace(*p)) {
			p++;
			continue;
		}
		if (!g_ascii_isxdigit(p[0]) || !g_ascii_isxdigit(p[1])) {
			g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
				    "\"%s\" is not a row of bytes in hexadecimal; give two digits "
				    "for each byte: \"de ad be ef\"",
				    text);
			return NULL;
		}
		byte = (guint8)(g_ascii_xdigit_value(p[0]) << 4 | g_ascii_xdigit_value(p[1]));
		g_byte_array_append(bytes, &byte, 1);
		p += 2;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
