// SPDX-License-Identifier: MIT
#include "dump/pause.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/process.h"

struct _CtlPause {
	MflDomain *domain;
	MflProcess *process; /* the domain's; NULL: not known */
	pid_t guard;	     /* 0: the domain was paused before, or is no longer our affair */
	int to_guard;
};

CtlPausePatience ctl_pause_patience = { .resume_ms = 600000, .interval_ms = 2000 };

/*
 * What it is told: that all is well, that a pause that was given up may still come, or that the domain
 * could not be resumed. The end of the pipe without a word is the end of the process that should have
 * told it.
 */
enum { ALL_WELL = 'w', PAUSE_PENDING = 'p', NOT_RESUMED = 'r' };

static gboolean is_gone(const CtlPause *pause)
{
	return pause->process && !mfl_process_is_alive(pause->process);
}

/* A daemon that restarts comes back, a QEMU that hangs may. */
static gboolean may_pass(const GError *error)
{
	return g_error_matches(error, MFL_ERROR, MFL_ERROR_LIBVIRT) ||
	       g_error_matches(error, MFL_ERROR, MFL_ERROR_TIMEOUT);
}

/* TRUE: it runs, or is gone. */
static gboolean resume(const CtlPause *pause, GError **error)
{
	g_autoptr(GError) cause = NULL;
	gboolean paused;

	if (mfl_domain_resume(pause->domain, &cause) || is_gone(pause))
		return TRUE;
	/* libvirt refuses to resume what runs (qemuDomainResume(), libvirt 9.0). */
	if (g_error_matches(cause, MFL_ERROR, MFL_ERROR_LIBVIRT) &&
	    mfl_domain_get_paused(pause->domain, &paused, NULL) && !paused)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&cause));
	return FALSE;
}

static gboolean resume_at_last(const CtlPause *pause, GError **error)
{
	const gint64 end = g_get_monotonic_time() + (gint64)ctl_pause_patience.resume_ms * 1000;

	for (;;) {
		g_autoptr(GError) cause = NULL;

		if (resume(pause, &cause))
			return TRUE;
		if (!may_pass(cause) || g_get_monotonic_time() > end) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return FALSE;
		}
		g_usleep(1000UL * ctl_pause_patience.interval_ms);
	}
}

/*
 * A pause that libvirt had begun was over before it was resumed. One that waited for its turn may come
 * right after that, since libvirt keeps no order. Who pauses it later means it.
 */
static gboolean has_come_late(MflDomain *domain)
{
	gboolean paused = FALSE;

	g_usleep(2UL * G_USEC_PER_SEC);
	return mfl_domain_get_paused(domain, &paused, NULL) && paused;
}

static const char *explain(char word)
{
	return word == PAUSE_PENDING ? "QEMU did not answer in time" :
	       word == NOT_RESUMED   ? "libvirt did not resume it at first" :
				       "it was killed";
}

static void report(MflDomain *domain, const char *why, const GError *error)
{
	const char *uuid = mfl_domain_get_uuid(domain);

	if (error)
		fprintf(stderr,
			"memflowctl: %s, and domain \"%s\" may be paused; "
			"try \"virsh resume %s\": %s\n",
			why, uuid, uuid, error->message);
	else
		fprintf(stderr, "memflowctl: %s; domain \"%s\" has been resumed\n", why, uuid);
}

static G_NORETURN void guard(CtlPause *pause, int from_parent)
{
	static const int survived[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	g_autoptr(GError) error = NULL;
	gboolean resumed;
	char word = 0;
	ssize_t n;

	/* Not by what ends the other: the terminal's interrupt, the shell's hangup. */
	setsid();
	for (guint i = 0; i < G_N_ELEMENTS(survived); i++)
		signal(survived[i], SIG_IGN);
	prctl(PR_SET_NAME, "memflowctl-wait");
	/* Nobody is to wait for the end of a pipe or of a VM's memory because of this process. */
	if (from_parent > 3)
		close_range(3, (unsigned int)from_parent - 1, 0);
	close_range((unsigned int)from_parent + 1, ~0U, 0);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	pause->process = mfl_process_open(mfl_domain_get_pid(pause->domain), NULL);

	do
		n = read(from_parent, &word, 1);
	while (n < 0 && errno == EINTR);
	if (word == ALL_WELL)
		_exit(0);
	resumed = resume_at_last(pause, &error);
	if (resumed && word == PAUSE_PENDING && has_come_late(pause->domain))
		resume_at_last(pause, &error);
	if (!is_gone(pause))
		report(pause->domain, explain(word), error);
	_exit(1);
}

static gboolean start_guard(CtlPause *pause, GError **error)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) != 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot make a pipe: %s",
			    g_strerror(errno));
		return FALSE;
	}
	/*
	 * The child calls libvirt, so no other thread may hold a lock that it needs. The one there may
	 * be besides this, the library's that watches QEMU, holds locks of the library's alone, which
	 * are waited for at a fork; in between it sleeps. Compression has not begun.
	 */
	pause->guard = fork();
	if (pause->guard == 0)
		guard(pause, fds[0]);
	close(fds[0]);
	pause->to_guard = fds[1];
	if (pause->guard < 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot start a process: %s",
			    g_strerror(errno));
		close(fds[1]);
		pause->guard = 0;
		return FALSE;
	}
	return TRUE;
}

static void tell_guard(CtlPause *pause, char word)
{
	while (write(pause->to_guard, &word, 1) < 0 && errno == EINTR)
		;
	close(pause->to_guard);
}

/* It outlives this process. */
static void hand_over(CtlPause *pause, char word)
{
	tell_guard(pause, word);
	pause->guard = 0;
}

static void dismiss_guard(CtlPause *pause)
{
	if (!pause->guard)
		return;
	tell_guard(pause, ALL_WELL);
	while (waitpid(pause->guard, NULL, 0) < 0 && errno == EINTR)
		;
	pause->guard = 0;
}

static void release(CtlPause *pause)
{
	dismiss_guard(pause);
	mfl_process_free(pause->process);
	mfl_domain_unref(pause->domain);
	g_free(pause);
}

/* @error: why the domain could not be suspended */
static void undo(CtlPause *pause, GError **error)
{
	g_autoptr(GError) cause = NULL;

	if (g_error_matches(*error, MFL_ERROR, MFL_ERROR_TIMEOUT)) {
		/* It may still come, and then somebody has to be there. */
		hand_over(pause, PAUSE_PENDING);
	} else if (!resume(pause, &cause) && may_pass(cause)) {
		/* libvirt may have been interrupted with half of it done. */
		hand_over(pause, NOT_RESUMED);
		g_prefix_error(error,
			       "the domain may be paused all the same; a process in the background "
			       "tries to resume it for up to %u seconds: ",
			       ctl_pause_patience.resume_ms / 1000);
	}
}

CtlPause *ctl_pause_begin(MflDomain *domain, GError **error)
{
	CtlPause *pause = g_new0(CtlPause, 1);
	g_autoptr(GError) cause = NULL;
	gboolean paused;

	pause->domain = mfl_domain_ref(domain);
	if (!mfl_domain_get_paused(domain, &paused, error)) {
		release(pause);
		return NULL;
	}
	if (paused)
		return pause;
	if (!start_guard(pause, error)) {
		release(pause);
		return NULL;
	}
	pause->process = mfl_process_open(mfl_domain_get_pid(domain), NULL);
	if (mfl_domain_suspend(domain, &cause))
		return pause;
	undo(pause, &cause);
	g_propagate_error(error, g_steal_pointer(&cause));
	release(pause);
	return NULL;
}

gboolean ctl_pause_end(CtlPause *pause, GError **error)
{
	g_autoptr(GError) cause = NULL;
	const char *uuid = mfl_domain_get_uuid(pause->domain);

	if (!pause->guard || resume(pause, &cause)) {
		release(pause);
		return TRUE;
	}
	if (may_pass(cause)) {
		hand_over(pause, NOT_RESUMED);
		g_prefix_error(&cause,
			       "the domain is still paused; a process in the background tries to "
			       "resume it for up to %u seconds, or try \"virsh resume %s\": ",
			       ctl_pause_patience.resume_ms / 1000, uuid);
	} else {
		g_prefix_error(&cause, "the domain is left paused; try \"virsh resume %s\": ", uuid);
	}
	g_propagate_error(error, g_steal_pointer(&cause));
	release(pause);
	return FALSE;
}
