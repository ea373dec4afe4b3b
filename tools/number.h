/* SPDX-License-Identifier: MIT */
/*
 * What users type for addresses, lengths, modes and bytes.
 */
#pragma once

#include <glib.h>

/*
 * Decimal, or hexadecimal after 0x; an optional suffix K, M, G or T (of either
 * case) multiplies by a power of 1024. A leading zero does not mean octal. @what
 * names the number in the error, which is %MFL_ERROR_INVALID.
 */
gboolean ctl_parse_number(const char *text, const char *what, guint64 *value, GError **error);

/* Octal permission bits within 0666, as "0660" or "660". */
gboolean ctl_parse_mode(const char *text, guint *mode, GError **error);

/*
 * Pairs of hex digits, blanks between pairs allowed: "deadbeef", "de ad be ef".
 * Returns: (transfer full): the bytes, or NULL
 */
GBytes *ctl_parse_hex(const char *text, GError **error);
