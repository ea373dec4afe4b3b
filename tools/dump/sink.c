// SPDX-License-Identifier: MIT
#include "dump/sink.h"

#include <string.h>

#include "dump/compress.h"
#include "dump/output.h"
#include "dump/signals.h"

struct _CtlSink {
	CtlOutput *output;
	CtlCompress *compress; /* NULL: not wanted */
	GChecksum *checksum;   /* NULL: not wanted */
	char *name;
	int level;
};

static const guint8 zeros[64 * 1024];

CtlSink *ctl_sink_open(const struct ctl_sink_options *options, GError **error)
{
	CtlOutput *output = options->path ?
		ctl_output_open(options->path, options->force, error) :
		ctl_output_new_for_fd(options->fd);
	CtlSink *sink;

	if (!output)
		return NULL;
	sink = g_new0(CtlSink, 1);
	sink->output = output;
	sink->level = options->level;
	sink->name = options->path ? g_path_get_basename(options->path) : g_strdup("-");
	if (options->checksum)
		sink->checksum = g_checksum_new(G_CHECKSUM_SHA256);
	return sink;
}

/* The checksum is that of the file, whatever is in it. */
static gboolean put(gpointer data, gconstpointer bytes, gsize length, GError **error)
{
	CtlSink *sink = data;

	if (sink->checksum)
		g_checksum_update(sink->checksum, bytes, (gssize)length);
	return ctl_output_write(sink->output, bytes, length, error);
}

void ctl_sink_begin(CtlSink *sink, guint64 size)
{
	if (sink->level)
		sink->compress = ctl_compress_new(sink->level, size, put, sink);
}

gboolean ctl_sink_write(CtlSink *sink, gconstpointer bytes, gsize length, GError **error)
{
	if (sink->compress)
		return ctl_compress_write_bytes(sink->compress, bytes, length, error);
	return put(sink, bytes, length, error);
}

gboolean ctl_sink_zeros(CtlSink *sink, guint64 length, GError **error)
{
	/* Nobody has to see them. */
	if (!sink->compress && !sink->checksum)
		return ctl_output_zeros(sink->output, length, error);
	for (; length; length -= MIN(length, sizeof(zeros)))
		if (!ctl_signals_check(error) ||
		    !ctl_sink_write(sink, zeros, (gsize)MIN(length, sizeof(zeros)), error))
			return FALSE;
	return TRUE;
}

gboolean ctl_sink_commit(CtlSink *sink, GError **error)
{
	if (sink->compress && !ctl_compress_end(sink->compress, error))
		return FALSE;
	return ctl_output_commit(sink->output, error);
}

/* sha256sum(1) marks a line whose name has such characters by a backslash in front. */
char *ctl_sink_dup_checksum_line(CtlSink *sink)
{
	g_autoptr(GString) name = g_string_new(sink->name);
	guint escaped;

	if (!sink->checksum)
		return NULL;
	escaped = g_string_replace(name, "\\", "\\\\", 0);
	escaped += g_string_replace(name, "\n", "\\n", 0);
	escaped += g_string_replace(name, "\r", "\\r", 0);
	return g_strdup_printf("%s%s  %s\n", escaped ? "\\" : "",
			       g_checksum_get_string(sink->checksum), name->str);
}

char *ctl_sink_close(CtlSink *sink, gboolean keep)
{
	char *kept = ctl_output_close(sink->output, keep);

	ctl_compress_free(sink->compress);
	g_clear_pointer(&sink->checksum, g_checksum_free);
	g_free(sink->name);
	g_free(sink);
	return kept;
}
