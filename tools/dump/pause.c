// SPDX-License-Identifier: MIT
#include "dump/pause.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct _CtlPause {
	MflDomain *domain;
	pid_t guard; /* 0: the domain was paused before */
	int to_guard;
};

/*
 * What it is told: that all is well, or that a pause that was given up may still come. The end of the
 * pipe without a word is the end of the process that should have told it.
 */
enum { ALL_WELL = 'w', PAUSE_PENDING = 'p' };

static gboolean resume_at_last(MflDomain *domain, GError **error)
{
	const gint64 end = g_get_monotonic_time() + G_GINT64_CONSTANT(600) * G_USEC_PER_SEC;

	for (;;) {
		g_autoptr(GError) cause = NULL;

		if (mfl_domain_resume(domain, &cause))
			return TRUE;
		if (!g_error_matches(cause, MFL_ERROR, MFL_ERROR_TIMEOUT) ||
		    g_get_monotonic_time() > end) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return FALSE;
		}
		g_usleep(2UL * G_USEC_PER_SEC);
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

static G_NORETURN void guard(MflDomain *domain, int from_parent)
{
	static const int survived[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	g_autoptr(GError) error = NULL;
	gboolean pending, resumed;
	const char *why;
	ssize_t n;
	char word;

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

	do
		n = read(from_parent, &word, 1);
	while (n < 0 && errno == EINTR);
	if (n == 1 && word == ALL_WELL)
		_exit(0);
	pending = n == 1;
	why = pending ? "QEMU did not answer in time" : "it was killed";
	resumed = resume_at_last(domain, &error);
	if (resumed && pending && has_come_late(domain))
		resumed = resume_at_last(domain, &error);
	if (resumed)
		fprintf(stderr, "memflowctl: %s; domain \"%s\" has been resumed\n", why,
			mfl_domain_get_uuid(domain));
	else
		fprintf(stderr,
			"memflowctl: %s, and domain \"%s\" may be paused; try \"virsh resume %s\": %s\n",
			why, mfl_domain_get_uuid(domain), mfl_domain_get_uuid(domain),
			error->message);
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
		guard(pause->domain, fds[0]);
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
	mfl_domain_unref(pause->domain);
	g_free(pause);
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
	if (mfl_domain_suspend(domain, &cause))
		return pause;
	if (g_error_matches(cause, MFL_ERROR, MFL_ERROR_TIMEOUT)) {
		/* It may still come, and then somebody has to be there. */
		tell_guard(pause, PAUSE_PENDING);
		pause->guard = 0;
	} else {
		/* libvirt may have been interrupted with half of it done. */
		mfl_domain_resume(domain, NULL);
	}
	g_propagate_error(error, g_steal_pointer(&cause));
	release(pause);
	return NULL;
}

gboolean ctl_pause_end(CtlPause *pause, GError **error)
{
	gboolean resumed = TRUE;

	if (pause->guard && !mfl_domain_resume(pause->domain, error)) {
		g_prefix_error(error, "the domain is left paused; try \"virsh resume %s\": ",
			       mfl_domain_get_uuid(pause->domain));
		resumed = FALSE;
	}
	release(pause);
	return resumed;
}
