/* SPDX-License-Identifier: MIT */
/*
 * What a process has mapped where: the text of /proc/PID/maps. Without allocating,
 * because it is looked at before each write.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
	guint64 start;
	guint64 end;
	guint64 offset; /* in the file, of @start */
	guint64 device; /* major << 32 | minor; 0 with @inode 0: anonymous memory */
	guint64 inode;
	gboolean readable;
	gboolean writable;
	gboolean shared;
	const char *path; /* in the text, not terminated */
	gsize path_length;
} MflMapping;

typedef struct {
	const char *at;
	const char *end;
} MflMaps;

static inline MflMaps mfl_maps_begin(const char *text, gsize length)
{
	return (MflMaps){ text, text + length };
}

/* The next mapping; FALSE at the end. Lines that are none are passed over. */
gboolean mfl_maps_next(MflMaps *maps, MflMapping *mapping);

/* A stretch of a process's memory, and what it was mapped from when that was looked up. */
typedef struct {
	guint64 start;
	guint64 length;
	gboolean shared;
	guint64 device;
	guint64 inode;
	guint64 offset; /* in the file, of @start */
} MflStretch;

/*
 * What is mapped at [start, start + length), if all of it is one thing: one file in a
 * row, or all of it anonymous.
 */
gboolean mfl_maps_find(const char *text, gsize text_length, guint64 start, guint64 length,
		       MflStretch *stretch);

/* Whether @stretch is still what it was. */
gboolean mfl_maps_has(const char *text, gsize text_length, const MflStretch *stretch);

G_END_DECLS
