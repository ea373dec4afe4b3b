/* SPDX-License-Identifier: MIT */
/*
 * Calls that may never come back, in a thread of their own. libvirt has no time limits:
 * a call waits for as long as libvirtd, or behind it QEMU's monitor, does not answer.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
	MFL_BOUNDED_DONE,      /* the call came back */
	MFL_BOUNDED_TIMEOUT,   /* it did not within the limit */
	MFL_BOUNDED_CANCELLED, /* @cancel_fd became readable first */
	MFL_BOUNDED_FAILED,    /* there is no thread to be had */
} MflBounded;

/*
 * Has run(data) done and waits for it, for @limit_ms at most and until @cancel_fd (-1:
 * none) is readable. Unless it is DONE, @data belongs to the thread, which hands it to
 * @destroy once the call does come back (FAILED: here and now).
 */
MflBounded mfl_bounded_run(void (*run)(gpointer data), gpointer data, GDestroyNotify destroy,
			   int cancel_fd, guint limit_ms);

G_END_DECLS
