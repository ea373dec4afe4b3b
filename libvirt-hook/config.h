/* SPDX-License-Identifier: MIT */
/*
 * Where the hook finds things and how patient it is. The installed hook has one
 * configuration, built in (main.c); nothing outside the program can change it.
 * The fault tests link the same objects with another one (main-test.c).
 */
#pragma once

#include <glib.h>

#include "env.h"

G_BEGIN_DECLS

typedef struct {
	const MflEnv *env;
	const char *policy_path;
	const char *journal_socket;
	const char *syslog_socket; /* where there is no journal */
	/* A user's session daemon runs the same hooks, as that user. */
	gboolean (*is_system_daemon)(void);

	/* All in milliseconds since the hook was started. */
	guint input_limit;  /* libvirt has to have written the XML by then */
	guint limit;	    /* libvirt gets its answer by then */
	guint worker_limit; /* work in the background ends by then */

	/* Called before @stage of the work: the place to inject a fault. May be NULL. */
	void (*at_stage)(const char *stage);
} HookConfig;

G_END_DECLS
