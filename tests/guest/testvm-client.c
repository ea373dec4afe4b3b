/* SPDX-License-Identifier: MIT */
/*
 * The test's end of testvm's line protocol.  Independent of any test framework: it returns errors
 * and lets the test assert.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "testvm.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* So that nothing hangs for ever; a kernel that checks much takes minutes to fill some GiB. */
#define ANSWER_TIMEOUT_MS (600 * 1000)
#define CYCLES_TIMEOUT_MS (30 * 1000)

extern char **environ;

/* Into @path, which holds PATH_MAX bytes. */
static void find_program(char *path)
{
	const char *given = getenv("TESTVM");
	ssize_t length;
	char *slash;

	if (given && *given) {
		snprintf(path, PATH_MAX, "%s", given);
		return;
	}
	length = readlink("/proc/self/exe", path, PATH_MAX - sizeof("/testvm"));
	if (length > 0) {
		path[length] = '\0';
		slash = strrchr(path, '/');
		strcpy(slash ? slash + 1 : path, "testvm");
		if (!access(path, X_OK))
			return;
	}
	strcpy(path, "testvm");
}

/* One line without its line feed into @line.  Returns 0 or a negative errno. */
static int read_line(struct testvm *vm, char line[TESTVM_LINE])
{
	for (;;) {
		char *end = memchr(vm->ahead, '\n', vm->ahead_size);
		struct pollfd poll_fd = { .fd = vm->fd, .events = POLLIN };
		ssize_t got;
		int ready;

		if (end) {
			size_t length = (size_t)(end - vm->ahead);

			memcpy(line, vm->ahead, length);
			line[length] = '\0';
			vm->ahead_size -= length + 1;
			memmove(vm->ahead, end + 1, vm->ahead_size);
			return 0;
		}
		if (vm->ahead_size == sizeof(vm->ahead))
			return -EPROTO;
		ready = poll(&poll_fd, 1, ANSWER_TIMEOUT_MS);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready < 0)
			return -errno;
		if (ready == 0)
			return -ETIMEDOUT;
		got = recv(vm->fd, vm->ahead + vm->ahead_size, sizeof(vm->ahead) - vm->ahead_size,
			   0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return -EPIPE;
		vm->ahead_size += (size_t)got;
	}
}

/* Takes an answer apart: its text to @vm->reply, its meaning as the return value. */
static int read_answer(struct testvm *vm)
{
	char line[TESTVM_LINE];
	char *text = line;
	long code = 0;
	int err;

	vm->reply[0] = '\0';
	err = read_line(vm, line);
	if (err)
		return err;
	if (!strncmp(line, "ok", 2)) {
		text += 2;
	} else if (!strncmp(line, "ready ", 6)) {
		text += 5;
	} else if (!strncmp(line, "error ", 6)) {
		code = strtol(line + 6, &text, 10);
		if (code <= 0 || code > INT_MAX)
			return -EPROTO;
	} else {
		strcpy(vm->reply, line);
		return -EPROTO;
	}
	strcpy(vm->reply, *text == ' ' ? text + 1 : text);
	return (int)-code;
}

/* Waits for the end of the program and lets go of everything.  Returns its wait status. */
static int reap(struct testvm *vm)
{
	int status = 0;

	if (vm->fd >= 0)
		close(vm->fd);
	vm->fd = -1;
	if (vm->pid > 0)
		while (waitpid(vm->pid, &status, 0) < 0 && errno == EINTR)
			;
	vm->pid = 0;
	vm->ahead_size = 0;
	return status;
}

int testvm_start(struct testvm *vm, const char *name, unsigned int memory_mib)
{
	char memory[16];
	char path[PATH_MAX];
	char *argv[] = { path, (char *)"--name", (char *)name, (char *)"--memory", memory, NULL };
	posix_spawn_file_actions_t actions;
	int sockets[2];
	int err;

	memset(vm, 0, sizeof(*vm));
	vm->fd = -1;
	snprintf(memory, sizeof(memory), "%u", memory_mib);
	find_program(path);
	if (!name)
		argv[1] = NULL;

	/* A socket and not pipes: send() to a VM that is gone can do without SIGPIPE. */
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) < 0)
		return -errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, sockets[1], STDOUT_FILENO);
	err = -posix_spawnp(&vm->pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(sockets[1]);
	if (err) {
		close(sockets[0]);
		vm->pid = 0;
		snprintf(vm->reply, sizeof(vm->reply), "cannot run %.400s: %s", path,
			 strerror(-err));
		return err;
	}
	vm->fd = sockets[0];
	err = read_answer(vm);
	if (err) {
		kill(vm->pid, SIGKILL);
		reap(vm);
	}
	return err;
}

static int command_v(struct testvm *vm, const char *format, va_list args)
{
	char line[TESTVM_LINE];
	int length = vsnprintf(line, sizeof(line), format, args);
	size_t sent = 0;

	if (length < 0 || (size_t)length + 1 >= sizeof(line))
		return -E2BIG;
	line[length++] = '\n';
	while (sent < (size_t)length) {
		ssize_t n = send(vm->fd, line + sent, (size_t)length - sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -EPIPE;
		sent += (size_t)n;
	}
	return read_answer(vm);
}

int testvm_command(struct testvm *vm, const char *format, ...)
{
	va_list args;
	int err;

	va_start(args, format);
	err = command_v(vm, format, args);
	va_end(args);
	return err;
}

int testvm_value(struct testvm *vm, uint64_t *value, const char *format, ...)
{
	unsigned long long number;
	va_list args;
	char *end;
	int err;

	va_start(args, format);
	err = command_v(vm, format, args);
	va_end(args);
	if (err)
		return err;
	number = strtoull(vm->reply, &end, 0);
	if (end == vm->reply || *end)
		return -EPROTO;
	*value = number;
	return 0;
}

int testvm_wait_cycles(struct testvm *vm)
{
	const struct timespec pause = { .tv_nsec = 1000 * 1000 };
	uint64_t before, now;
	int err = testvm_value(vm, &before, "cycles");

	for (int i = 0; !err && i < CYCLES_TIMEOUT_MS; i++) {
		err = testvm_value(vm, &now, "cycles");
		if (!err && now > before)
			return 0;
		nanosleep(&pause, NULL);
	}
	return err ? err : -ETIMEDOUT;
}

void testvm_kill(struct testvm *vm)
{
	if (vm->pid > 0)
		kill(vm->pid, SIGKILL);
	reap(vm);
}

int testvm_stop(struct testvm *vm)
{
	int err = testvm_command(vm, "quit");
	int status;

	if (err == -ETIMEDOUT)
		kill(vm->pid, SIGKILL);
	status = reap(vm);
	return err || !WIFEXITED(status) || WEXITSTATUS(status) ? -EPROTO : 0;
}
