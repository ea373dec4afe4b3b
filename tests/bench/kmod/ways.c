/* SPDX-License-Identifier: MIT */
/*
 * The module, and what it is compared with.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../pin/pin.h"
#include "memflow.h"

static void map(struct view *view, int fd, uint64_t offset)
{
	void *memory = mmap(NULL, view->guest->size, PROT_READ, MAP_SHARED, fd, (off_t)offset);

	if (memory == MAP_FAILED)
		die("%s: cannot map 0x%" PRIx64 " bytes: %m", view->way->name, view->guest->size);
	view->memory = memory;
	view->fd = fd;
}

static int open_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die("cannot open %s: %m", path);
	return fd;
}

/* All steps of a program that knows nothing but the pid and the number of the descriptor. */
static void attach_memflow(struct view *view)
{
	struct memflow_attach attach = { .size = sizeof(attach), .flags = MEMFLOW_READONLY };
	struct testvm *vm = (struct testvm *)&view->guest->vm;
	static uint64_t number; /* the same in every testvm; asking costs a wake-up of it */
	int control, pidfd, target;

	if (!number && testvm_value(vm, &number, "vmfd"))
		die("testvm: vmfd: %s", vm->reply);
	pidfd = (int)syscall(SYS_pidfd_open, vm->pid, 0);
	attach.vm_fd = (int)syscall(SYS_pidfd_getfd, pidfd, (int)number, 0);
	control = open_file("/dev/memflow");
	target = ioctl(control, MEMFLOW_IOC_ATTACH, &attach);
	if (target < 0)
		die("cannot attach: %m");
	map(view, target, view->guest->gpa);
	close(control);
	close(attach.vm_fd);
	close(pidfd);
}

static void attach_pin(struct view *view)
{
	struct memflow_pin pin = {
		.pid = view->guest->vm.pid,
		.hva = view->guest->hva,
		.length = view->guest->size,
	};

	view->fd = open_file("/dev/memflow-pin");
	if (ioctl(view->fd, MEMFLOW_PIN_MAP, &pin))
		die("cannot pin: %m");
	view->memory = (const volatile uint64_t *)(uintptr_t)pin.address;
}

static void attach_process(struct view *view)
{
	(void)view;
}

/* testvm has closed its descriptor; the file is still to be had where it is mapped. */
static void attach_memfd(struct view *view)
{
	char path[128];

	snprintf(path, sizeof(path), "/proc/%d/map_files/%" PRIx64 "-%" PRIx64, view->guest->vm.pid,
		 view->guest->hva, view->guest->hva + view->guest->size);
	map(view, open_file(path), 0);
}

const struct way ways[WAYS] = {
	[WAY_MEMFLOW] = { "memflow", NULL, attach_memflow },
	[WAY_PIN] = { "pinned", NULL, attach_pin },
	[WAY_PROCESS] = { "process_vm_readv", NULL, attach_process },
	[WAY_MEMFD] = { "memfd", "memfd", attach_memfd },
};

bool way_fits(const struct way *way, const struct guest *guest)
{
	return !way->kind || !strcmp(way->kind, guest->kind);
}

void view_open(struct view *view, const struct way *way, const struct guest *guest)
{
	*view = (struct view){ .guest = guest, .way = way, .fd = -1 };
	way->attach(view);
}

void view_close(struct view *view)
{
	if (view->memory)
		munmap((void *)view->memory, view->guest->size);
	if (view->fd >= 0)
		close(view->fd);
}
