// SPDX-License-Identifier: MIT
#include "dump/compress.h"

#include <gio/gio.h>
#include <zstd.h>

/* More use up memory (some 10 MiB each) faster than they save time. */
#define MAX_WORKERS 16
/* What a worker gets at once, and nobody interrupts: seconds, at the highest levels. */
#define JOB_SIZE (8 << 20)

struct _CtlCompress {
	ZSTD_CCtx *context;
	ctl_compress_write write;
	gpointer data;
	gpointer buffer;
	gsize buffer_size;
};

CtlCompress *ctl_compress_new(int level, guint64 size, ctl_compress_write write, gpointer data)
{
	CtlCompress *compress = g_new0(CtlCompress, 1);
	const guint workers = MIN(g_get_num_processors(), MAX_WORKERS);

	compress->context = ZSTD_createCCtx();
	if (!compress->context)
		g_error("no memory for a compressor");
	compress->write = write;
	compress->data = data;
	compress->buffer_size = ZSTD_CStreamOutSize();
	compress->buffer = g_malloc(compress->buffer_size);
	ZSTD_CCtx_setParameter(compress->context, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(compress->context, ZSTD_c_checksumFlag, 1);
	/* A library that was built without threads refuses, and does it alone. */
	ZSTD_CCtx_setParameter(compress->context, ZSTD_c_nbWorkers, (int)workers);
	ZSTD_CCtx_setParameter(compress->context, ZSTD_c_jobSize, JOB_SIZE);
	ZSTD_CCtx_setPledgedSrcSize(compress->context, size);
	return compress;
}

void ctl_compress_free(CtlCompress *compress)
{
	if (!compress)
		return;
	ZSTD_freeCCtx(compress->context);
	g_free(compress->buffer);
	g_free(compress);
}

static gboolean step(CtlCompress *compress, ZSTD_inBuffer *in, ZSTD_EndDirective directive,
		     gsize *remaining, GError **error)
{
	ZSTD_outBuffer out = { .dst = compress->buffer, .size = compress->buffer_size };

	*remaining = ZSTD_compressStream2(compress->context, &out, in, directive);
	if (ZSTD_isError(*remaining)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot compress: %s",
			    ZSTD_getErrorName(*remaining));
		return FALSE;
	}
	return !out.pos || compress->write(compress->data, compress->buffer, out.pos, error);
}

gboolean ctl_compress_write_bytes(CtlCompress *compress, gconstpointer bytes, gsize length,
				  GError **error)
{
	ZSTD_inBuffer in = { .src = bytes, .size = length };
	gsize remaining;

	while (in.pos < in.size)
		if (!step(compress, &in, ZSTD_e_continue, &remaining, error))
			return FALSE;
	return TRUE;
}

gboolean ctl_compress_end(CtlCompress *compress, GError **error)
{
	ZSTD_inBuffer in = { 0 };
	gsize remaining;

	do {
		if (!step(compress, &in, ZSTD_e_end, &remaining, error))
			return FALSE;
	} while (remaining);
	return TRUE;
}
