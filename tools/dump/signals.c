// SPDX-License-Identifier: MIT
#include "dump/signals.h"

#include <gio/gio.h>
#include <signal.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
static struct sigaction before[G_N_ELEMENTS(signals)];
static int pending; /* atomic */

static void note(int signal)
{
	g_atomic_int_compare_and_exchange(&pending, 0, signal);
}

void ctl_signals_catch(void)
{
	/* No SA_RESTART: a write to a pipe that nobody reads has to end. */
	struct sigaction action = { .sa_handler = note, .sa_flags = (int)SA_RESETHAND };

	g_atomic_int_set(&pending, 0);
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
		sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

int ctl_signals_pending(void)
{
	return g_atomic_int_get(&pending);
}

gboolean ctl_signals_check(GError **error)
{
	int signal = ctl_signals_pending();

	if (signal)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted: %s",
			    g_strsignal(signal));
	return signal == 0;
}

void ctl_signals_release(void)
{
	int signal = ctl_signals_pending();

	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	g_atomic_int_set(&pending, 0);
	if (signal)
		raise(signal);
}
