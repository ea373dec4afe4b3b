/* SPDX-License-Identifier: MIT */
/*
 * What a process has mapped where. Lines are (proc_pid_maps(5))
 *
 *	7f0ea3fff000-7f0fe3fff000 rw-s 00000000 00:01 2057    /memfd:ram0 (deleted)
 *	7f0fe4000000-7f0fe4021000 rw-p 00000000 00:00 0
 */
#include "maps.h"

#include <string.h>

/* A number up to @stop, which is passed over. */
static gboolean take_number(const char **at, const char *end, guint base, char stop,
			    guint64 *number)
{
	const char *from = *at;
	guint64 value = 0;

	for (; *at < end; ++*at) {
		const char c = **at;
		const int digit = base == 16 ? g_ascii_xdigit_value(c) : g_ascii_digit_value(c);

		if (digit < 0)
			break;
		if (value > (G_MAXUINT64 - (guint64)digit) / base)
			return FALSE;
		value = value * base + (guint64)digit;
	}
	if (*at == from || *at == end || **at != stop)
		return FALSE;
	++*at;
	*number = value;
	return TRUE;
}

static gboolean parse_line(const char *at, const char *end, MflMapping *mapping)
{
	guint64 major, minor;

	if (!take_number(&at, end, 16, '-', &mapping->start) ||
	    !take_number(&at, end, 16, ' ', &mapping->end) || mapping->end <= mapping->start ||
	    end - at < 5 || at[4] != ' ')
		return FALSE;
	mapping->readable = at[0] == 'r';
	mapping->writable = at[1] == 'w';
	mapping->shared = at[3] == 's';
	at += 5;
	if (!take_number(&at, end, 16, ' ', &mapping->offset) ||
	    !take_number(&at, end, 16, ':', &major) || !take_number(&at, end, 16, ' ', &minor) ||
	    major > G_MAXUINT32 || minor > G_MAXUINT32)
		return FALSE;
	mapping->device = major << 32 | minor;
	/* A blank follows in any case (fs/proc/task_mmu.c, show_vma_header_prefix()). */
	if (!take_number(&at, end, 10, ' ', &mapping->inode))
		return FALSE;
	while (at < end && *at == ' ')
		at++;
	mapping->path = at;
	mapping->path_length = (gsize)(end - at);
	return TRUE;
}

gboolean mfl_maps_next(MflMaps *maps, MflMapping *mapping)
{
	while (maps->at < maps->end) {
		const char *line = maps->at;
		const char *end = memchr(line, '\n', (gsize)(maps->end - line));

		/* A last line without its end was cut off. */
		if (!end)
			break;
		maps->at = end + 1;
		if (parse_line(line, end, mapping))
			return TRUE;
	}
	maps->at = maps->end;
	return FALSE;
}

gboolean mfl_maps_find(const char *text, gsize text_length, guint64 start, guint64 length,
		       MflStretch *stretch)
{
	MflMaps maps = mfl_maps_begin(text, text_length);
	guint64 at = start;
	MflMapping mapping;

	if (!length || start > G_MAXUINT64 - length)
		return FALSE;
	while (mfl_maps_next(&maps, &mapping)) {
		guint64 offset;

		if (mapping.end <= at)
			continue;
		/* Memory of the guest's is always readable for its own process. */
		if (mapping.start > at || !mapping.readable)
			return FALSE;
		offset = mapping.inode ? mapping.offset + (at - mapping.start) : 0;
		if (at == start)
			*stretch = (MflStretch){
				.start = start,
				.length = length,
				.shared = mapping.shared,
				.device = mapping.device,
				.inode = mapping.inode,
				.offset = offset,
			};
		else if (mapping.shared != stretch->shared || mapping.device != stretch->device ||
			 mapping.inode != stretch->inode ||
			 (mapping.inode && offset != stretch->offset + (at - start)))
			return FALSE;
		if (mapping.end - start >= length)
			return TRUE;
		at = mapping.end;
	}
	return FALSE;
}

gboolean mfl_maps_has(const char *text, gsize text_length, const MflStretch *stretch)
{
	MflStretch found;

	return mfl_maps_find(text, text_length, stretch->start, stretch->length, &found) &&
	       found.shared == stretch->shared && found.device == stretch->device &&
	       found.inode == stretch->inode && found.offset == stretch->offset;
}
