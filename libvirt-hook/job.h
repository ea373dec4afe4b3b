/* SPDX-License-Identifier: MIT */
/* The work itself: what the worker process does for one event. */
#pragma once

#include "config.h"
#include "event.h"

G_BEGIN_DECLS

/* What came in on standard input. */
typedef struct {
	char *xml;
	gsize length;
	const char *mistake; /* why it is not what libvirt wrote; NULL: it is */
	/*
	 * The writer had not closed its end in time. What is there can be complete
	 * all the same; if it is well-formed, it is.
	 */
	gboolean cut_off;
} HookInput;

/*
 * Does the work, logs how it went and reports it to @report_fd, each exactly
 * once. May crash or hang: it is run in a process of its own.
 */
void hook_job_run(const HookConfig *config, const HookEvent *event, const HookInput *input,
		  int report_fd);

G_END_DECLS
