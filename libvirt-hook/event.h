/* SPDX-License-Identifier: MIT */
/*
 * What libvirt tells in the hook's arguments (docs/hooks.rst, libvirt 9.0):
 * NAME OPERATION SUBOPERATION EXTRA.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
	HOOK_NOTHING,
	HOOK_ATTACH,
	HOOK_DETACH,
} HookAction;

typedef struct {
	const char *name; /* the domain's */
	HookAction action;
	/*
	 * Whether the hook may stop the domain by failing. libvirt kills it after
	 * a failed "reconnect", too (9.0 src/qemu/qemu_process.c,
	 * qemuProcessReconnect), but a domain that runs already is more than one
	 * that does not start: a broken module must not turn a restart of libvirtd
	 * into an outage.
	 */
	gboolean may_refuse;
} HookEvent;

/* FALSE if these are not libvirt's arguments. */
gboolean hook_event_parse(HookEvent *event, int argc, char *const argv[]);

G_END_DECLS
