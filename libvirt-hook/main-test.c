/* SPDX-License-Identifier: MIT */
/*
 * The hook for the fault tests: the same objects as the installed one, but its
 * world is a directory, its kernel module is faked here, and faults are injected
 * where the environment says:
 *
 *   MEMFLOW_HOOK_TEST_ROOT    holds policy.conf, proc, sys, dev, run, run/journal, run/syslog
 *   MEMFLOW_HOOK_TEST_FAULT   PLACE:FAULT; places are the stages of the job and
 *                             "open", "version", "ioctl" of the device; faults: segv,
 *                             abort, kill, exit, hang, stuck, slow (3 s), a number
 *                             (errno of "open" and "ioctl")
 *   MEMFLOW_HOOK_TEST_LIMITS  INPUT,LIMIT,WORKER in milliseconds, if not as installed
 *   MEMFLOW_HOOK_TEST_USER    set: play a user's session daemon
 *
 * What the fake module is asked for it writes to dev/calls. Never installed.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memflow.h"
#include "supervise.h"

static const char *root;

static void hang(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	for (;;)
		pause();
}

/* In state D, as with a driver that never answers: vfork(2) waits for its child that way. */
static void get_stuck(void)
{
	/* NOLINTBEGIN: that the parent stands still is what it is used for */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	if (vfork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
#pragma GCC diagnostic pop
	/* NOLINTEND */
}

static void die(int signal_number)
{
	/* Sanitizers would catch it. */
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* 0, or the errno to fail with. */
static int inject(const char *place)
{
	const char *fault = getenv("MEMFLOW_HOOK_TEST_FAULT");
	size_t length = strlen(place);

	if (!fault || strncmp(fault, place, length) != 0 || fault[length] != ':')
		return 0;
	fault += length + 1;
	if (strcmp(fault, "segv") == 0)
		die(SIGSEGV);
	else if (strcmp(fault, "abort") == 0)
		die(SIGABRT);
	else if (strcmp(fault, "kill") == 0)
		raise(SIGKILL);
	else if (strcmp(fault, "exit") == 0)
		_exit(3);
	else if (strcmp(fault, "hang") == 0)
		hang();
	else if (strcmp(fault, "stuck") == 0)
		get_stuck();
	else if (strcmp(fault, "slow") == 0)
		sleep(3);
	else
		return atoi(fault);
	return 0;
}

static void at_stage(const char *stage)
{
	inject(stage);
}

static void record(const char *line)
{
	g_autofree char *path = g_build_filename(root, "dev", "calls", NULL);
	FILE *file = fopen(path, "ae");

	if (!file)
		return;
	fprintf(file, "%s\n", line);
	fclose(file);
}

static int fake_open(const char *path, int flags)
{
	errno = inject("open");
	if (errno)
		return -1;
	return open(path, flags | O_CLOEXEC);
}

static int fake_ioctl(int fd G_GNUC_UNUSED, unsigned long request, void *argument)
{
	g_autofree char *line = NULL;

	if (request == MEMFLOW_IOC_VERSION) {
		struct memflow_version *version = argument;

		inject("version");
		version->abi = MEMFLOW_ABI_VERSION;
		version->features =
			MEMFLOW_FEATURE_PUBLISH | MEMFLOW_FEATURE_STATUS | MEMFLOW_FEATURE_TRANSFER;
		return 0;
	}
	errno = inject("ioctl");
	if (errno)
		return -1;
	if (request == MEMFLOW_IOC_PUBLISH) {
		const struct memflow_publish *publish = argument;

		line = g_strdup_printf("publish %s pid=%d uid=%u gid=%u mode=%04o flags=%u name=%s",
				       publish->node, publish->pid, publish->uid, publish->gid,
				       publish->mode, publish->flags, publish->name);
	} else if (request == MEMFLOW_IOC_UNPUBLISH) {
		const struct memflow_unpublish *unpublish = argument;

		line = g_strdup_printf("unpublish %s pid=%d flags=%u", unpublish->node,
				       unpublish->pid, unpublish->flags);
	} else {
		errno = ENOTTY;
		return -1;
	}
	record(line);
	return 0;
}

static int fake_pidfd_getfd(int pidfd G_GNUC_UNUSED, int fd G_GNUC_UNUSED)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static gboolean is_system_daemon(void)
{
	return !getenv("MEMFLOW_HOOK_TEST_USER");
}

int main(int argc, char *argv[])
{
	static MflEnv env;
	static HookConfig config = {
		.env = &env,
		.is_system_daemon = is_system_daemon,
		.input_limit = 1000,
		.limit = 1500,
		.worker_limit = 30000,
		.at_stage = at_stage,
	};
	const char *limits = getenv("MEMFLOW_HOOK_TEST_LIMITS");

	root = getenv("MEMFLOW_HOOK_TEST_ROOT");
	if (!root)
		return 2;
	if (limits && sscanf(limits, "%u,%u,%u", &config.input_limit, &config.limit,
			     &config.worker_limit) != 3)
		return 2;
	env = *mfl_env_host();
	env.proc = g_build_filename(root, "proc", NULL);
	env.sys = g_build_filename(root, "sys", NULL);
	env.dev = g_build_filename(root, "dev", NULL);
	env.run = g_build_filename(root, "run", NULL);
	env.open = fake_open;
	env.ioctl = fake_ioctl;
	env.pidfd_getfd = fake_pidfd_getfd;
	config.policy_path = g_build_filename(root, "policy.conf", NULL);
	config.journal_socket = g_build_filename(root, "run", "journal", NULL);
	config.syslog_socket = g_build_filename(root, "run", "syslog", NULL);
	return hook_run(&config, argc, argv);
}
