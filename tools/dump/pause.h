/* SPDX-License-Identifier: MIT */
/*
 * A domain that stands still for a while, and goes on whatever becomes of this process: one that is
 * killed or crashes is survived by a child, which resumes the domain in its place.
 */
#pragma once

#include "memflow-libvirt.h"

typedef struct _CtlPause CtlPause;

/*
 * Suspends @domain, unless it is paused already; then it is left so. To be called while there is one
 * thread: it forks.
 */
CtlPause *ctl_pause_begin(MflDomain *domain, GError **error);

/* Resumes what was suspended, and frees. Without an error it runs again, or was none of ours. */
gboolean ctl_pause_end(CtlPause *pause, GError **error);
