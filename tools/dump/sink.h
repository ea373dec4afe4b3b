/* SPDX-License-Identifier: MIT */
/* What becomes of the bytes of a dump on their way: compressed, summed up, written. */
#pragma once

#include <glib.h>

typedef struct _CtlSink CtlSink;

/**
 * struct ctl_sink_options - what is to be done with the bytes
 * @path: where to; NULL: @fd
 * @fd: an open file
 * @force: replace a file that is there
 * @level: of compression; 0: none
 * @checksum: make a SHA-256 of what is written
 */
struct ctl_sink_options {
	const char *path;
	int fd;
	gboolean force;
	int level;
	gboolean checksum;
};

CtlSink *ctl_sink_open(const struct ctl_sink_options *options, GError **error);

/* To be called once before the first byte. @size: of all that is to come */
void ctl_sink_begin(CtlSink *sink, guint64 size);
gboolean ctl_sink_write(CtlSink *sink, gconstpointer bytes, gsize length, GError **error);
gboolean ctl_sink_zeros(CtlSink *sink, guint64 length, GError **error);

/* Nothing more will come. What was written may be in use by others from now on. */
gboolean ctl_sink_commit(CtlSink *sink, GError **error);

/* A line as sha256sum(1) prints it; NULL: none was asked for. After a commit. */
char *ctl_sink_dup_checksum_line(CtlSink *sink);

/* As ctl_output_close(). */
char *ctl_sink_close(CtlSink *sink, gboolean keep);
