/* SPDX-License-Identifier: MIT */
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "domain-xml.h"
#include "event.h"
#include "job.h"
#include "log.h"
#include "report.h"

/* How long a worker that closed its end may take to become a zombie. */
#define REAP_PATIENCE 200

typedef struct {
	const HookConfig *config;
	gint64 start; /* milliseconds */
	HookEvent event;
	HookInput input;
	int stderr_fd; /* libvirt's, or -1 */
	pid_t worker;
	int reports;
	gboolean policy_known;
	gboolean required;
} Hook;

static gint64 now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (gint64)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/*
 * Whether @fd can be read, or has ended, before @deadline. What is there already
 * counts after it, too: on a busy host it may have passed before the first look.
 */
static gboolean wait_readable(int fd, gint64 deadline)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	int result;

	do {
		result = poll(&ready, 1, (int)CLAMP(deadline - now(), 0, INT_MAX));
	} while (result < 0 && errno == EINTR);
	return result > 0;
}

/* -------------------------------------------------------------- environment -- */

static int open_null(void)
{
	return open("/dev/null", O_RDWR | O_CLOEXEC);
}

/* A standard stream that is closed would be the next file that is opened. */
static void ensure_standard_streams(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* The lowest free number is this one. */
		if (open("/dev/null", O_RDWR) != fd)
			_exit(0);
	}
}

static void point_to_null(int fd)
{
	int null = open_null();

	if (null < 0) {
		close(fd);
		return;
	}
	dup2(null, fd);
	close(null);
}

/*
 * A signal that ends this process kills the VM. It lives for a moment only, and
 * SIGKILL stays.
 */
static void block_signals(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t all;

	/* Ignored, it would make waitpid(2) fail. */
	sigaction(SIGCHLD, &action, NULL);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

static void unblock_signals(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };
	sigset_t none;

	sigaction(SIGPIPE, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* -------------------------------------------------------------------- input -- */

/*
 * Takes all that libvirt writes, also what is too much, since libvirt writes
 * until all is written or nobody reads any more.
 */
static void read_input(Hook *hook)
{
	const gint64 deadline = hook->start + hook->config->input_limit;
	HookInput *input = &hook->input;
	static char rest[65536];

	/* Only what is used gets memory. */
	input->xml = malloc(MFL_DOMAIN_XML_MAX);
	if (!input->xml)
		input->mistake = "out of memory";
	for (;;) {
		gboolean keep = !input->mistake && input->length < MFL_DOMAIN_XML_MAX;
		ssize_t length;

		if (!wait_readable(STDIN_FILENO, deadline)) {
			input->cut_off = TRUE;
			return;
		}
		/* It may never end. */
		if (!keep && now() >= deadline) {
			input->mistake = MFL_DOMAIN_XML_TOO_LARGE;
			return;
		}
		length = keep ? read(STDIN_FILENO, input->xml + input->length,
				     MFL_DOMAIN_XML_MAX - input->length) :
				read(STDIN_FILENO, rest, sizeof(rest));
		if (length == 0)
			return;
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0) {
			input->mistake = "it cannot be read";
			return;
		}
		if (keep)
			input->length += (gsize)length;
		else if (!input->mistake)
			input->mistake = MFL_DOMAIN_XML_TOO_LARGE;
	}
}

/* ------------------------------------------------------------------- worker -- */

/*
 * The kernel ends the worker, whatever state its own code is in. (If it waits
 * uninterruptibly in the kernel, not even that helps, until the wait is over.)
 */
static void limit_lifetime(gint64 milliseconds)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	struct itimerspec when = {
		.it_value.tv_sec = milliseconds / 1000,
		.it_value.tv_nsec = milliseconds % 1000 * 1000000,
	};
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
		timer_settime(timer, 0, &when, NULL);
}

static void G_GNUC_NORETURN work(const Hook *hook, int report_fd)
{
	if (hook->stderr_fd >= 0)
		close(hook->stderr_fd);
	close(hook->reports);
	setsid();
	limit_lifetime(MAX(1, hook->start + hook->config->worker_limit - now()));
	unblock_signals();
	hook_job_run(hook->config, &hook->event, &hook->input, report_fd);
	_exit(0);
}

static gboolean start_worker(Hook *hook)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return FALSE;
	hook->reports = ends[0];
	hook->worker = fork();
	if (hook->worker == 0)
		work(hook, ends[1]);
	close(ends[1]);
	if (hook->worker < 0) {
		close(ends[0]);
		return FALSE;
	}
	fcntl(hook->reports, F_SETFL, O_NONBLOCK);
	return TRUE;
}

/* The wait status of the worker, if it comes in a moment. */
static gboolean reap(const Hook *hook, int *status)
{
	for (int i = 0; i < REAP_PATIENCE / 10; i++) {
		pid_t pid = waitpid(hook->worker, status, WNOHANG);

		if (pid == hook->worker)
			return TRUE;
		if (pid < 0 && errno != EINTR)
			return FALSE;
		poll(NULL, 0, 10);
	}
	return FALSE;
}

/* How the worker ended without a word. */
static void describe_death(const Hook *hook, char *text, size_t size)
{
	int status;

	if (!reap(hook, &status))
		snprintf(text, size, "the worker ended before it was done");
	else if (WIFSIGNALED(status))
		snprintf(text, size, "the worker died of signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	else
		snprintf(text, size, "the worker ended before it was done, with status %d",
			 WEXITSTATUS(status));
}

/* ------------------------------------------------------------------- answer -- */

static int refuse(const Hook *hook, const char *reason)
{
	struct pollfd ready = { .fd = hook->stderr_fd, .events = POLLOUT };
	char line[1280];

	/* libvirt puts it into the error that the administrator sees. */
	snprintf(line, sizeof(line),
		 HOOK_LOG_IDENTIFIER ": the domain is not attached, and the policy requires it: "
				     "%s\n",
		 reason);
	if (hook->stderr_fd >= 0 && poll(&ready, 1, 100) == 1) {
		/* The status is what counts. */
		G_GNUC_UNUSED ssize_t written = write(hook->stderr_fd, line, strlen(line));
	}
	return 1;
}

static int answer_failure(const Hook *hook, const char *reason)
{
	return hook->required && hook->event.may_refuse ? refuse(hook, reason) : 0;
}

/*
 * Stays behind when libvirt has had its answer, so that the end of a slow worker
 * is logged, too. The worker is not its child: only the pipe tells.
 */
static void G_GNUC_NORETURN watch(Hook *hook)
{
	const gint64 deadline = hook->start + hook->config->worker_limit + 1000;
	HookReport report;
	int received = -1;

	if (hook->stderr_fd >= 0)
		close(hook->stderr_fd);
	setsid();
	unblock_signals();
	while (wait_readable(hook->reports, deadline)) {
		received = hook_report_receive(hook->reports, &report);
		if (received == 0 || (received == 1 && report.kind != HOOK_REPORT_POLICY))
			break;
		received = -1;
	}
	if (received == 0)
		hook_log(LOG_ERR,
			 "the worker in the background ended before it was done: it crashed, was "
			 "killed or took %u seconds%s",
			 hook->config->worker_limit / 1000,
			 hook->event.action == HOOK_ATTACH ?
				 "; to try again: memflowctl sync" :
				 "");
	else if (received < 0)
		hook_log(LOG_ERR,
			 "the worker in the background, process %d, is stuck in the kernel and "
			 "cannot be killed; the kernel's log may say where",
			 hook->worker);
	_exit(0);
}

static int answer_late(Hook *hook)
{
	char reason[128];
	guint limit = hook->config->limit;

	if (hook->required && hook->event.may_refuse) {
		/* It must not attach a VM that libvirt is about to kill. */
		kill(hook->worker, SIGKILL);
		snprintf(reason, sizeof(reason), "it took longer than the policy's timeout");
		hook_log(LOG_ERR, "not attached, and the policy requires it: %s", reason);
		return refuse(hook, reason);
	}
	hook_log(LOG_WARNING,
		 "not done after %u.%u seconds%s; the domain does not wait, the work goes on in the "
		 "background",
		 limit / 1000, limit % 1000 / 100,
		 hook->event.may_refuse && !hook->policy_known ?
			 ", and whether the policy requires it is not known yet" :
			 "");
	if (fork() == 0)
		watch(hook);
	return 0;
}

static int supervise(Hook *hook)
{
	gint64 deadline = hook->start + hook->config->limit;
	char reason[128];

	while (wait_readable(hook->reports, deadline)) {
		HookReport report;
		int received = hook_report_receive(hook->reports, &report);

		if (received < 0)
			continue;
		if (received == 0) {
			describe_death(hook, reason, sizeof(reason));
			hook_log(LOG_ERR, "%s%s",
				 hook->event.action == HOOK_ATTACH ? "not attached: " : "", reason);
			return answer_failure(hook, reason);
		}
		switch (report.kind) {
		case HOOK_REPORT_POLICY:
			hook->policy_known = TRUE;
			hook->required = report.required != 0;
			if (hook->required && hook->event.may_refuse)
				deadline = hook->start + report.timeout;
			else
				deadline = hook->start + hook->config->limit;
			break;
		case HOOK_REPORT_FAILED:
			return answer_failure(hook, report.reason);
		default:
			return 0;
		}
	}
	return answer_late(hook);
}

int hook_run(const HookConfig *config, int argc, char *const argv[])
{
	Hook hook = { .config = config, .start = now(), .stderr_fd = -1 };
	int status = 0;

	ensure_standard_streams();
	/* Nobody may wait for a descriptor that a worker got from whoever called. */
	close_range(STDERR_FILENO + 1, UINT_MAX, 0);
	block_signals();
	/* "migrate" and "restore" take standard output as the domain's new XML. */
	point_to_null(STDOUT_FILENO);

	hook_log_init(config->journal_socket, config->syslog_socket);
	if (!hook_event_parse(&hook.event, argc, argv)) {
		hook_log(LOG_WARNING, "started with %d arguments; libvirt gives four: NAME "
				      "OPERATION SUBOPERATION EXTRA",
			 MAX(0, argc - 1));
		return 0;
	}
	if (hook.event.action == HOOK_NOTHING)
		return 0;
	hook_log_set_domain(hook.event.name, NULL);
	hook.stderr_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	point_to_null(STDERR_FILENO);

	read_input(&hook);
	point_to_null(STDIN_FILENO);
	if (start_worker(&hook))
		status = supervise(&hook);
	else
		hook_log(LOG_ERR, "cannot start a worker: %s", strerror(errno));
	free(hook.input.xml);
	return status;
}
