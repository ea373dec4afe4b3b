/* SPDX-License-Identifier: MIT */
/* libvirt connection URIs: which of them lead to a QEMU on this host. */
#pragma once

#include "env.h"

G_BEGIN_DECLS

typedef enum {
	MFL_URI_SYSTEM,
	MFL_URI_SESSION,
} MflUriKind;

#define MFL_URI_QEMU_SYSTEM  "qemu:///system"
#define MFL_URI_QEMU_SESSION "qemu:///session"

/*
 * MFL_ERROR_UNSUPPORTED for other hosts, other hypervisors and qemu:///embed,
 * MFL_ERROR_INVALID for what is no such URI at all.
 */
gboolean mfl_uri_parse(const char *uri, MflUriKind *kind, GError **error);

/* "?socket=" leads to a daemon that need not be the one of that kind. */
gboolean mfl_uri_leads_elsewhere(const char *uri);

/* Where the runtime files of that connection's domains are. */
char *mfl_uri_runtime_dir(const MflEnv *env, MflUriKind kind);

/* The sockets that a daemon of that kind has here. */
typedef enum {
	MFL_DAEMON_NONE,
	MFL_DAEMON_READ_WRITE, /* no read-only one */
	MFL_DAEMON_READ_ONLY,
} MflDaemon;

MflDaemon mfl_uri_find_daemon(const MflEnv *env, MflUriKind kind);

G_END_DECLS
