// SPDX-License-Identifier: MIT
#include "hexdump.h"

#include <string.h>

#define LINE 16

int ctl_hexdump_width(guint64 last)
{
	int width = 8;

	while (width < 16 && last >> (4 * width))
		width++;
	return width;
}

static char *put_hex(char *to, guint64 value, int width)
{
	static const char digits[] = "0123456789abcdef";

	while (width--)
		*to++ = digits[value >> (4 * width) & 15];
	return to;
}

/* By hand: a dump of all of a guest is a billions of calls of printf otherwise. */
static void print_line(FILE *out, int width, guint64 gpa, const guint8 *data, gsize length)
{
	char line[16 + 2 + LINE / 2 * 5 + 1 + LINE + 1];
	char *to = put_hex(line, gpa, width);
	gsize i;

	*to++ = ':';
	*to++ = ' ';
	memset(to, ' ', LINE / 2 * 5 + 1);
	for (i = 0; i < length; i++)
		put_hex(to + i / 2 * 5 + i % 2 * 2, data[i], 2);
	to += LINE / 2 * 5 + 1;
	for (i = 0; i < length; i++)
		*to++ = g_ascii_isprint((char)data[i]) ? (char)data[i] : '.';
	*to++ = '\n';
	fwrite(line, 1, (size_t)(to - line), out);
}

void ctl_hexdump(FILE *out, int width, guint64 gpa, const guint8 *data, gsize length)
{
	for (gsize at = 0; at < length; at += LINE)
		print_line(out, width, gpa + at, data + at, MIN(length - at, LINE));
}
