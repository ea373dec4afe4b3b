/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: the text of /proc/PID/maps, of which the paths are whatever a process calls its
 * files. tests/fuzz runs it for a moment; for longer:
 *   tests/fuzz maps -max_total_time=3600 CORPUS
 *
 * The input: an address and a length, of 8 bytes each, then the text.
 */
#include "maps.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* What is found is found by its parts, too, and is there. */
static void check_stretch(const char *text, gsize length, guint64 start, guint64 bytes)
{
	MflStretch stretch = { 0 };
	MflStretch part = { 0 };

	if (!mfl_maps_find(text, length, start, bytes, &stretch))
		return;
	g_assert_cmpuint(stretch.start, ==, start);
	g_assert_cmpuint(stretch.length, ==, bytes);
	g_assert_true(mfl_maps_has(text, length, &stretch));
	g_assert_true(mfl_maps_find(text, length, start + bytes / 2, bytes - bytes / 2, &part));
	g_assert_cmpuint(part.inode, ==, stretch.inode);
	g_assert_true(part.shared == stretch.shared);
	if (stretch.inode)
		g_assert_cmpuint(part.offset, ==, stretch.offset + bytes / 2);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	/* A copy of its own size, so that ASan sees what is read past it. */
	const gsize length = size - MIN(size, 16);
	g_autofree char *text = length ? g_memdup2(data + size - length, length) : g_strdup("");
	guint64 number[2] = { 0 };
	MflMapping mapping;
	MflMaps maps = mfl_maps_begin(text, length);

	memcpy(number, data, MIN(size, 16));
	check_stretch(text, length, number[0], number[1]);
	while (mfl_maps_next(&maps, &mapping)) {
		g_assert_cmpuint(mapping.start, <, mapping.end);
		g_assert_true(mapping.path >= text && mapping.path <= text + length);
		g_assert_cmpuint(mapping.path_length, <=, (gsize)(text + length - mapping.path));
		check_stretch(text, length, mapping.start, mapping.end - mapping.start);
		check_stretch(text, length, mapping.start, number[1]);
	}
	return 0;
}
