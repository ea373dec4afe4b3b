/* SPDX-License-Identifier: MIT */
/*
 * The outside world as the library sees it: the core's part and libvirt. Public
 * functions use the host's; unit tests hand their own to the *_in() functions.
 */
#pragma once

#include "env.h"
#include "memflow-libvirt.h"

G_BEGIN_DECLS

typedef struct _MflLibvirtOps MflLibvirtOps;

typedef struct _MflContext {
	const MflEnv *env;
	const MflLibvirtOps *libvirt;
	const char *(*get_default_uri)(void); /* may return NULL */
} MflContext;

const MflContext *mfl_context_host(void);

G_END_DECLS
