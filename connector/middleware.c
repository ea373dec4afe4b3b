/* SPDX-License-Identifier: MIT */
/* A delay before each request list, and a log of how many there were. */
#include "middleware.h"

#include "log.h"

#define REPORTS_APART G_USEC_PER_SEC

gint64 mfc_middleware_begin(const MfcMiddleware *middleware)
{
	if (middleware->delay)
		g_usleep(middleware->delay);
	return g_get_monotonic_time();
}

void mfc_middleware_end(MfcMiddleware *middleware, struct mf_logger *logger, gboolean write,
			gint64 begin, guint64 bytes)
{
	MfcMetrics *metrics = write ? &middleware->writes : &middleware->reads;
	gint64 now = g_get_monotonic_time();
	gint64 span;

	if (!middleware->metrics)
		return;
	if (!metrics->since)
		metrics->since = begin;
	metrics->lists++;
	metrics->bytes += bytes;
	metrics->busy += (guint64)(now - begin);
	span = now - metrics->since;
	if (span < REPORTS_APART)
		return;
	mfc_log(logger, MF_LOG_INFO,
		"%s: %.0f request lists a second, %.3f us and %.0f bytes each, %.0f bytes a second.",
		write ? "Writes" : "Reads", (double)metrics->lists * G_USEC_PER_SEC / (double)span,
		(double)metrics->busy / (double)metrics->lists,
		(double)metrics->bytes / (double)metrics->lists,
		(double)metrics->bytes * G_USEC_PER_SEC / (double)span);
	*metrics = (MfcMetrics){ .since = now };
}
