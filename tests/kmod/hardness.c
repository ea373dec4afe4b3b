/* SPDX-License-Identifier: MIT */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "hardness.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#define HUGE (2 * MIB)

uint64_t hard_number(const char *name, uint64_t by_default)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : by_default;
}

unsigned int hard_rounds(unsigned int by_default)
{
	return (unsigned int)hard_number("MEMFLOW_ROUNDS", by_default);
}

uint64_t hard_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (*state * UINT64_C(0x2545f4914f6cdd1d)) >> 16;
}

bool hard_reap(pid_t child, unsigned int seconds)
{
	int status = -1;

	if (!kmod_wait_for(seconds, waitpid(child, &status, WNOHANG) == child)) {
		print_error("child %d is not over after %u s\n", (int)child, seconds);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		return false;
	}
	if (WIFSIGNALED(status))
		print_error("child %d: signal %d\n", (int)child, WTERMSIG(status));
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

pid_t hard_fork(void (*work)(void *data), void *data)
{
	pid_t child;

	fflush(NULL);
	child = fork();
	if (!child) {
		/* cmocka's would go on with the parent's tests. */
		signal(SIGSEGV, SIG_DFL);
		signal(SIGBUS, SIG_DFL);
		signal(SIGFPE, SIG_DFL);
		work(data);
		_exit(0);
	}
	assert_ok(child);
	return child;
}

void hard_child(unsigned int seconds, void (*work)(void *data), void *data)
{
	assert_true(hard_reap(hard_fork(work, data), seconds));
}

void hard_vm_fill(struct hard_vm *vm, uint64_t offset, uint64_t length, uint8_t seed)
{
	volatile uint64_t *words = (volatile uint64_t *)(vm->memory + offset);
	uint64_t i;

	for (i = 0; i < length / 8; i++)
		words[i] = testguest_pattern(offset + i * 8) ^ seed;
}

int hard_vm_make(struct hard_vm *vm, uint64_t size, bool huge)
{
	struct memflow_attach attach = { .size = sizeof(attach) };
	struct kvm_userspace_memory_region region = { .memory_size = size };
	int control;
	void *map;

	vm->size = size;
	map = mmap(NULL, size + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		return -errno;
	vm->memory = (uint8_t *)(((uintptr_t)map + HUGE - 1) & ~(uintptr_t)(HUGE - 1));
	madvise(vm->memory, size, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	hard_vm_fill(vm, 0, size, 0);
	vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (vm->kvm < 0)
		return -errno;
	vm->fd = ioctl(vm->kvm, KVM_CREATE_VM, 0);
	region.userspace_addr = (uintptr_t)vm->memory;
	if (vm->fd < 0 || ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region))
		return -errno;
	control = open("/dev/memflow", O_RDONLY | O_CLOEXEC);
	attach.vm_fd = vm->fd;
	vm->target = ioctl(control, MEMFLOW_IOC_ATTACH, &attach);
	if (vm->target < 0)
		return -errno;
	close(control);
	return 0;
}

void hard_vm_end(struct hard_vm *vm)
{
	close(vm->target);
	close(vm->fd);
	close(vm->kvm);
	munmap(vm->memory, vm->size);
}

bool hard_plausible(uint64_t word, uint64_t gpa)
{
	return !word || (word ^ testguest_pattern(gpa)) < 256;
}

static void fork_once(void)
{
	pid_t child = fork();

	if (!child)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
}

void hard_vm_disturb(struct hard_vm *vm, uint64_t *state)
{
	uint64_t pages = vm->size / PAGE;
	uint64_t first = hard_random(state) % pages;
	uint64_t count = 1 + hard_random(state) % (hard_random(state) % 4 ? 8 : pages);
	uint8_t *start = vm->memory + first * PAGE;
	uint64_t length;
	void *other;

	if (count > pages - first)
		count = pages - first;
	length = count * PAGE;
	switch (hard_random(state) % 8) {
	case 0:
		madvise(start, length, MADV_DONTNEED);
		break;
	case 1:
		mprotect(start, length, PROT_READ);
		mprotect(start, length, PROT_READ | PROT_WRITE);
		break;
	case 2:
		mmap(start, length, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS,
		     -1, 0);
		break;
	case 3:
		if (!(hard_random(state) % 8))
			fork_once();
		break;
	case 4:
		/* Moved away and back: the page tables go along. */
		other = mremap(start, length, length, MREMAP_MAYMOVE | MREMAP_DONTUNMAP);
		if (other != MAP_FAILED)
			mremap(other, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, start);
		break;
	case 5:
		/* Nothing of the guest's: only the lock. */
		other = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (other != MAP_FAILED)
			munmap(other, length);
		break;
	default:
		hard_vm_fill(vm, first * PAGE, count > 16 ? 16 * PAGE : length,
			     (uint8_t)hard_random(state));
		break;
	}
}

bool hard_inject(const char *attribute, const char *file, const char *value)
{
	char path[128];
	ssize_t ret;
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", attribute, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ret = write(fd, value, strlen(value));
	close(fd);
	return ret > 0;
}

bool hard_can_inject(void)
{
	static const char *const attributes[] = { "failslab", "fail_page_alloc", "fail_usercopy" };
	unsigned int i;

	for (i = 0; i < 3; i++) {
		hard_inject(attributes[i], "ignore-gfp-wait", "N");
		hard_inject(attributes[i], "ignore-gfp-highmem", "N");
		hard_inject(attributes[i], "min-order", "0");
		hard_inject(attributes[i], "verbose", "0");
	}
	return hard_inject("failslab", "verbose", "0");
}

/* The number at the begin of a line of @path, behind @word. */
static uintmax_t number_in(const char *path, const char *word)
{
	FILE *file = fopen(path, "re");
	size_t length = strlen(word);
	bool found = false;
	char line[512];

	need(file);
	while (!found && fgets(line, sizeof(line), file))
		found = !strncmp(line, word, length);
	fclose(file);
	need(found);
	return strtoumax(line + length, NULL, 0);
}

#define MANY 1000000000 /* failures that are granted; what is left of them says how many there were */

unsigned long hard_fail_allocations(unsigned int percent)
{
	static const char *const attributes[] = { "failslab", "fail_page_alloc" };
	uintmax_t start = number_in("/sys/module/memflow/sections/.text", "");
	uintmax_t size = number_in("/proc/modules", "memflow ");
	const struct { const char *file; uintmax_t value; } settings[] = {
		{ "stacktrace-depth", 32 },
		{ "require-start", start },
		{ "require-end", start + size },
		{ "interval", 1 },
		{ "times", MANY },
		{ "probability", percent },
	};
	unsigned long failed = 0;
	unsigned int i, j;

	for (i = 0; i < 2; i++) {
		char text[64];

		if (!percent) {
			need(hard_inject(attributes[i], "probability", "0"));
			snprintf(text, sizeof(text), "/sys/kernel/debug/%s/times", attributes[i]);
			failed += MANY - number_in(text, "");
			continue;
		}
		for (j = 0; j < sizeof(settings) / sizeof(settings[0]); j++) {
			snprintf(text, sizeof(text), "%ju", settings[j].value);
			need(hard_inject(attributes[i], settings[j].file, text));
		}
	}
	return failed;
}

union message {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

void hard_send(int socket, int fd)
{
	struct iovec iov = { .iov_base = (char[]){ 'f' }, .iov_len = 1 };
	union message message = {};
	struct msghdr header = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &message, .msg_controllen = sizeof(message),
	};

	message.header.cmsg_level = SOL_SOCKET;
	message.header.cmsg_type = SCM_RIGHTS;
	message.header.cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(&message.header), &fd, sizeof(fd));
	need(sendmsg(socket, &header, 0) == 1);
}

int hard_receive(int socket)
{
	char byte;
	struct iovec iov = { .iov_base = &byte, .iov_len = 1 };
	union message message = {};
	struct msghdr header = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &message, .msg_controllen = sizeof(message),
	};
	int fd;

	if (recvmsg(socket, &header, MSG_CMSG_CLOEXEC) != 1)
		return -EPIPE;
	if (header.msg_controllen < CMSG_LEN(sizeof(fd)))
		return -EBADMSG;
	memcpy(&fd, CMSG_DATA(&message.header), sizeof(fd));
	return fd;
}
