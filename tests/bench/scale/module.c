/* SPDX-License-Identifier: MIT */
/*
 * The module's calls, and what is done to testvm's VMs.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "scale.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "memflow.h"

int module_vm_fd(struct testvm *vm)
{
	static uint64_t number; /* the same in every testvm */
	int pidfd, fd;

	if (!number)
		number = ask(vm, "vmfd");
	pidfd = (int)syscall(SYS_pidfd_open, vm->pid, 0);
	fd = (int)syscall(SYS_pidfd_getfd, pidfd, (int)number, 0);
	if (fd < 0)
		die("cannot take the descriptor of testvm's VM: %m");
	close(pidfd);
	return fd;
}

int module_attach(int vm_fd)
{
	struct memflow_attach attach = { .size = sizeof(attach), .vm_fd = vm_fd };
	int control = module_open("/dev/memflow");
	int target = ioctl(control, MEMFLOW_IOC_ATTACH, &attach);

	if (target < 0)
		die("cannot attach: %m");
	close(control);
	return target;
}

void module_publish(int control, const struct testvm *vm, int vm_fd, unsigned int i)
{
	struct memflow_publish publish = {
		.size = sizeof(publish),
		.vm_fd = vm_fd,
		.pid = vm->pid,
		.mode = 0600,
		.uuid = { 0x5c, 0xa1, 0xe0, (uint8_t)(i >> 8), (uint8_t)i },
	};

	snprintf(publish.node, sizeof(publish.node), "scale-%u", i);
	snprintf(publish.name, sizeof(publish.name), "scale-%u", i);
	if (ioctl(control, MEMFLOW_IOC_PUBLISH, &publish))
		die("cannot publish VM %u: %m", i);
}

void module_unpublish(int control, unsigned int i)
{
	struct memflow_unpublish unpublish = { .size = sizeof(unpublish) };

	snprintf(unpublish.node, sizeof(unpublish.node), "scale-%u", i);
	if (ioctl(control, MEMFLOW_IOC_UNPUBLISH, &unpublish))
		die("cannot unpublish VM %u: %m", i);
}

void module_node(char path[64], unsigned int i)
{
	snprintf(path, 64, "/dev/memflow-vms/scale-%u", i);
}

int module_open(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die("cannot open %s: %m", path);
	return fd;
}

const volatile uint64_t *module_map(int target, uint64_t gpa, uint64_t length)
{
	void *map = mmap(NULL, length, PROT_READ, MAP_SHARED, target, (off_t)gpa);

	if (map == MAP_FAILED)
		die("cannot map 0x%" PRIx64 " bytes at 0x%" PRIx64 ": %m", length, gpa);
	return map;
}

void module_wait_gone(int target)
{
	struct pollfd poll_fd = { .fd = target, .events = POLLERR };

	if (poll(&poll_fd, 1, 60 * 1000) != 1 || !(poll_fd.revents & POLLHUP))
		die("a VM that was killed is not gone after a minute");
}

unsigned int count_entries(const char *path)
{
	DIR *directory = opendir(path);
	unsigned int count = 0;
	struct dirent *entry;

	if (!directory)
		return 0;
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

void module_wait_clean(void)
{
	const double start = now();

	while (count_entries("/dev/memflow-vms") || count_entries("/sys/class/memflow")) {
		if (now() - start > 60)
			die("%u nodes and %u devices are left of VMs that are gone",
			    count_entries("/dev/memflow-vms"),
			    count_entries("/sys/class/memflow"));
		usleep(1000);
	}
}

__attribute__((format(printf, 3, 0))) static void
command_v(struct testvm *vm, uint64_t *value, const char *format, va_list args)
{
	char line[TESTVM_LINE];
	int err;

	vsnprintf(line, sizeof(line), format, args);
	err = value ? testvm_value(vm, value, "%s", line) : testvm_command(vm, "%s", line);
	if (err)
		die("testvm: %s: %s", line, vm->reply);
}

void tell(struct testvm *vm, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	command_v(vm, NULL, format, args);
	va_end(args);
}

uint64_t ask(struct testvm *vm, const char *format, ...)
{
	uint64_t value = 0;
	va_list args;

	va_start(args, format);
	command_v(vm, &value, format, args);
	va_end(args);
	return value;
}

double took(struct testvm *vm)
{
	return (double)ask(vm, "took") * 1e-9;
}

double kernel_memory_since(const struct memory *before)
{
	struct memory memory = memory_since(before);

	return (double)(memory.tables + memory.slab + memory.vmalloc);
}
