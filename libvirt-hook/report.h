/* SPDX-License-Identifier: MIT */
/*
 * What the worker tells the supervisor over a pipe. Each report is written at
 * once and is smaller than PIPE_BUF, so it arrives whole or not at all.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
	/* The policy: must it be attached, and how long may that take (milliseconds)? */
	HOOK_REPORT_POLICY = 1,
	/* The end of the work: all is as the policy wants it. */
	HOOK_REPORT_DONE,
	/* The end of the work: it is not, and why. It has been logged. */
	HOOK_REPORT_FAILED,
} HookReportKind;

typedef struct {
	guint32 kind;
	guint32 required;
	guint32 timeout;
	char reason[1012];
} HookReport;

/* Write errors are of no interest: then nobody listens any more. */
void hook_report_send(int fd, const HookReport *report);

/* 1: there was one, 0: there will be none, -1: not now (errno EAGAIN) */
int hook_report_receive(int fd, HookReport *report);

G_END_DECLS
