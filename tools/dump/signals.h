/* SPDX-License-Identifier: MIT */
/*
 * Signals that would end a command in the midst of what has to be undone: they are noted, the
 * command unwinds, and then dies of them as if nothing had been caught.
 */
#pragma once

#include <glib.h>

/*
 * From here on SIGINT, SIGTERM, SIGHUP and SIGPIPE are noted, unless they are ignored already (nohup).
 * System calls that block return EINTR, also those that are made after the signal. The second signal
 * of a kind ends the process at once. Call it, and make the calls that may block, on the main
 * thread: the kernel prefers it for signals. SIGALRM is used meanwhile.
 */
void ctl_signals_catch(void);

/* G_IO_ERROR_CANCELLED if one came. */
gboolean ctl_signals_check(GError **error);

/*
 * Between these two nothing is interrupted: for what has to be done or undone as a whole. (A
 * connection to libvirt that is interrupted while it is made is none.)
 */
void ctl_signals_hold(void);
void ctl_signals_go_on(void);

/* Undoes ctl_signals_catch(), and does not return if one came whose action is to end us. */
void ctl_signals_release(void);
