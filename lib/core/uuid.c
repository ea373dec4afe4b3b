/* SPDX-License-Identifier: MIT */
/* UUIDs: the text that people and libvirt use, the bytes that the module takes. */
#include "uuid.h"

gboolean mfl_uuid_parse(const char *text, guint8 bytes[MFL_UUID_BYTES])
{
	guint digits = 0;

	for (; *text; text++) {
		int value = g_ascii_xdigit_value(*text);

		if (*text == '-' && digits > 0 && digits < 2 * MFL_UUID_BYTES)
			continue;
		if (value < 0 || digits >= 2 * MFL_UUID_BYTES)
			return FALSE;
		if (digits % 2 == 0)
			bytes[digits / 2] = (guint8)(value << 4);
		else
			bytes[digits / 2] |= (guint8)value;
		digits++;
	}
	return digits == 2 * MFL_UUID_BYTES;
}

char *mfl_uuid_format(const guint8 bytes[MFL_UUID_BYTES])
{
	GString *text = g_string_sized_new(36);

	for (int i = 0; i < MFL_UUID_BYTES; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			g_string_append_c(text, '-');
		g_string_append_printf(text, "%02x", bytes[i]);
	}
	return g_string_free(text, FALSE);
}

char *mfl_uuid_normalize(const char *text)
{
	guint8 bytes[MFL_UUID_BYTES] = { 0 };

	return mfl_uuid_parse(text, bytes) ? mfl_uuid_format(bytes) : NULL;
}
