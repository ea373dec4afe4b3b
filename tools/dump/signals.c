// SPDX-License-Identifier: MIT
#include "dump/signals.h"

#include <gio/gio.h>
#include <signal.h>
#include <unistd.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
static struct sigaction before[G_N_ELEMENTS(signals)];
static struct sigaction alarm_before;
static int pending;   /* atomic */
static int held;      /* atomic */

/*
 * A signal that comes just before a call that blocks, or after a part of a write was done, does not
 * end the next one. So there is another one each second.
 */
static void again(int signal)
{
	(void)signal;
	if (!g_atomic_int_get(&held))
		alarm(1);
}

static void note(int signal)
{
	g_atomic_int_compare_and_exchange(&pending, 0, signal);
	again(signal);
}

void ctl_signals_catch(void)
{
	/* No SA_RESTART: a write to a pipe that nobody reads has to end. */
	const struct sigaction action = { .sa_handler = note, .sa_flags = (int)SA_RESETHAND };
	const struct sigaction repeat = { .sa_handler = again };

	g_atomic_int_set(&pending, 0);
	g_atomic_int_set(&held, FALSE);
	sigaction(SIGALRM, &repeat, &alarm_before);
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
		sigaction(signals[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

gboolean ctl_signals_check(GError **error)
{
	int signal = g_atomic_int_get(&pending);

	if (signal)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted: %s",
			    g_strsignal(signal));
	return signal == 0;
}

static void mask(int how)
{
	sigset_t set;

	sigemptyset(&set);
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaddset(&set, signals[i]);
	pthread_sigmask(how, &set, NULL);
}

void ctl_signals_hold(void)
{
	g_atomic_int_set(&held, TRUE);
	alarm(0);
	mask(SIG_BLOCK);
}

void ctl_signals_go_on(void)
{
	g_atomic_int_set(&held, FALSE);
	mask(SIG_UNBLOCK);
	/* What was noted before lost its alarm to ctl_signals_hold(). */
	if (g_atomic_int_get(&pending))
		alarm(1);
}

void ctl_signals_release(void)
{
	int signal = g_atomic_int_get(&pending);

	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	alarm(0);
	sigaction(SIGALRM, &alarm_before, NULL);
	g_atomic_int_set(&pending, 0);
	if (signal)
		raise(signal);
}
