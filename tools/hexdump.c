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

/* A line is put together in memory: printf per byte takes ten times as long. */
static void print_line(FILE *out, int width, guint64 gpa, const guint8 *data, gsize length)
{
	static const char digits[] = "0123456789abcdef";
	char hex[LINE / 2 * 5 + 1];
	char text[LINE + 1];
	gsize at = 0;
	gsize i;

	memset(hex, ' ', sizeof(hex));
	for (i = 0; i < LINE; i++) {
		if (i < length) {
			hex[at] = digits[data[i] >> 4];
			hex[at + 1] = digits[data[i] & 15];
		}
		at += i % 2 ? 3 : 2;
	}
	hex[at] = '\0';
	for (i = 0; i < length; i++)
		text[i] = g_ascii_isprint((char)data[i]) ? (char)data[i] : '.';
	text[length] = '\0';
	fprintf(out, "%0*" G_GINT64_MODIFIER "x: %s %s\n", width, gpa, hex, text);
}

void ctl_hexdump(FILE *out, int width, guint64 gpa, const guint8 *data, gsize length)
{
	for (gsize at = 0; at < length; at += LINE)
		print_line(out, width, gpa + at, data + at, MIN(length - at, LINE));
}
