/* SPDX-License-Identifier: MIT */
/* Log records to the memflow host. */
#pragma once

#include "abi/plugin.h"

#include <glib.h>

G_BEGIN_DECLS

/* Tells the host where to say that its log level changed. */
void mfc_log_init(struct mf_logger *logger);

/*
 * One whole sentence at @level (MF_LOG_ERROR …). Without a logger, which is before
 * the first create and with hosts that have none, errors and warnings go where
 * GLib's messages go.
 */
void mfc_log(struct mf_logger *logger, size_t level, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* What @error says, made a sentence: the library's messages are parts of one. */
void mfc_log_error(struct mf_logger *logger, size_t level, const GError *error);

G_END_DECLS
