/* SPDX-License-Identifier: MIT */
/* A domain's name as the file name of its node: see name.h. */
#include "name.h"

#include <string.h>

#define ENCODED_MAX 255	 /* NAME_MAX; MEMFLOW_NODE_MAX without its NUL */
#define PREFIX_MAX  238	 /* leaves room for '~' and 16 digits */
#define DIGITS	    16

static gboolean is_plain(const char *name, const char *byte)
{
	if (byte == name && (*byte == '.' || strcmp(name, "by-uuid") == 0))
		return FALSE;
	return g_ascii_isalnum(*byte) || strchr("._-", *byte);
}

char *mfl_name_encode(const char *name)
{
	GString *encoded = g_string_sized_new(64);
	gsize prefix = 0; /* where to cut, if it gets too long */

	for (const char *byte = name; *byte; byte++) {
		if (is_plain(name, byte))
			g_string_append_c(encoded, *byte);
		else
			g_string_append_printf(encoded, "\\x%02x", (guchar)*byte);
		if (encoded->len <= PREFIX_MAX)
			prefix = encoded->len;
	}
	if (encoded->len > ENCODED_MAX) {
		g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);

		g_string_truncate(encoded, prefix);
		g_string_append_c(encoded, '~');
		g_string_append_len(encoded, digest, DIGITS);
	}
	return g_string_free(encoded, FALSE);
}
