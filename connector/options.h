/* SPDX-License-Identifier: MIT */
/* What a user may say after `-c libvirt:`. */
#pragma once

#include "abi/plugin.h"

#include <memflow-libvirt.h>

G_BEGIN_DECLS

typedef struct {
	MflKey key;
	char *domain; /* NULL: the only one that runs */
	char *uri;    /* NULL: wherever it is found */
	MflBackend backend;
	MflOpenFlags flags;
	guint64 delay; /* microseconds before each request list */
	gboolean metrics;
} MfcOptions;

/*
 * Parses and checks everything; @args NULL: nothing was said. Errors are of
 * MFC_ERROR or MFL_ERROR. @options need mfc_options_clear() in either case.
 */
gboolean mfc_options_parse(MfcOptions *options, const struct mf_connector_args *args,
			   GError **error);
void mfc_options_clear(MfcOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MfcOptions, mfc_options_clear)

/* For the user, one argument a line. */
extern const char mfc_options_help[];

G_END_DECLS
