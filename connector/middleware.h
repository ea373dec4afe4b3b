/* SPDX-License-Identifier: MIT */
/*
 * What memflow calls middleware and leaves to the plugin: a delay before each request
 * list, and a log of how many there were (memflow src/mem/phys_mem/middleware/).
 */
#pragma once

#include "abi/plugin.h"

#include <glib.h>

G_BEGIN_DECLS

/* Since @since, in one direction. */
typedef struct {
	gint64 since; /* microseconds, monotonic */
	guint64 lists;
	guint64 bytes;
	guint64 busy; /* microseconds */
} MfcMetrics;

typedef struct {
	guint64 delay; /* microseconds */
	gboolean metrics;
	MfcMetrics reads;
	MfcMetrics writes;
} MfcMiddleware;

static inline gboolean mfc_middleware_is_used(const MfcMiddleware *middleware)
{
	return middleware->delay || middleware->metrics;
}

/* Around one list of requests. */
gint64 mfc_middleware_begin(const MfcMiddleware *middleware);
void mfc_middleware_end(MfcMiddleware *middleware, struct mf_logger *logger, gboolean write,
			gint64 begin, guint64 bytes);

G_END_DECLS
