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
 * A byte is what it is told when all is well. The end of the pipe without one is the end of the
 * process that should have told it.
 */
static G_NORETURN void guard(MflDomain *domain, int from_parent)
{
	static const int survived[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	g_autoptr(GError) error = NULL;
	ssize_t n;
	char byte;

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
		n = read(from_parent, &byte, 1);
	while (n < 0 && errno == EINTR);
	if (n == 1)
		_exit(0);
	if (mfl_domain_resume(domain, &error))
		fprintf(stderr, "memflowctl: it was killed; domain \"%s\" has been resumed\n",
			mfl_domain_get_uuid(domain));
	else
		fprintf(stderr, "memflowctl: it was killed, and domain \"%s\" is still paused: %s\n",
			mfl_domain_get_uuid(domain), error->message);
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

static void dismiss_guard(CtlPause *pause)
{
	if (!pause->guard)
		return;
	while (write(pause->to_guard, "", 1) < 0 && errno == EINTR)
		;
	close(pause->to_guard);
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
	if (mfl_domain_suspend(domain, error))
		return pause;
	/* libvirt may have been interrupted with half of it done. */
	mfl_domain_resume(domain, NULL);
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
