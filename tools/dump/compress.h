/* SPDX-License-Identifier: MIT */
/* A stream of Zstandard. */
#pragma once

#include <glib.h>

typedef struct _CtlCompress CtlCompress;

/* Where it goes. */
typedef gboolean (*ctl_compress_write)(gpointer data, gconstpointer bytes, gsize length,
				       GError **error);

#define CTL_COMPRESS_DEFAULT_LEVEL 3
/* Above it, reading it back takes more memory than zstd(1) grants unasked. */
#define CTL_COMPRESS_MAX_LEVEL 19

/* @size: all bytes that are going to be written; it is told in the stream's header. */
CtlCompress *ctl_compress_new(int level, guint64 size, ctl_compress_write write, gpointer data);
void ctl_compress_free(CtlCompress *compress);

gboolean ctl_compress_write_bytes(CtlCompress *compress, gconstpointer bytes, gsize length,
				  GError **error);
gboolean ctl_compress_end(CtlCompress *compress, GError **error);
