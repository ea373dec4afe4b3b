/* SPDX-License-Identifier: MIT */
/*
 * A domain that stands still for a while, and goes on whatever becomes of this process: one that is
 * killed or crashes is survived by a child, which resumes the domain in its place; so is one that cannot
 * resume it, because libvirt restarts for instance.
 */
#pragma once

#include "memflow-libvirt.h"

typedef struct _CtlPause CtlPause;

/*
 * Suspends @domain, unless it is paused already; then it is left so. To be called while there is one
 * thread: it forks.
 */
CtlPause *ctl_pause_begin(MflDomain *domain, GError **error);

/*
 * Resumes what was suspended, and frees. Without an error it runs again, is gone, or was none of ours.
 * With one it is paused; the error says whether the child goes on trying.
 */
gboolean ctl_pause_end(CtlPause *pause, GError **error);

/* How long the child tries to resume a domain, and how often. Tests have less. */
typedef struct {
	guint resume_ms;
	guint interval_ms;
} CtlPausePatience;
extern CtlPausePatience ctl_pause_patience;
