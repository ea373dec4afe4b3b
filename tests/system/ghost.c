/* SPDX-License-Identifier: MIT */
/*
 * Leaves a node behind whose process is gone: the VM's address space is kept by another
 * process that shares it, so the module sees no end of the VM. Usage: ghost NAME UUID; prints the pid
 * of the keeper, which is to be killed.
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "memflow.h"

#define RAM_SIZE (2UL << 20)

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int make_vm(void)
{
	struct kvm_userspace_memory_region region = { .memory_size = RAM_SIZE };
	void *ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	int vm = kvm < 0 ? -1 : ioctl(kvm, KVM_CREATE_VM, 0);

	region.userspace_addr = (uintptr_t)ram;
	if (ram == MAP_FAILED || vm < 0 || ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region) < 0)
		fail("cannot make a VM");
	return vm;
}

static void parse_uuid(const char *text, uint8_t *uuid)
{
	for (int i = 0; i < MEMFLOW_UUID_LEN; text++) {
		char pair[3] = { text[0], text[0] ? text[1] : '\0', '\0' };

		if (*text == '-')
			continue;
		uuid[i++] = (uint8_t)strtoul(pair, NULL, 16);
		text++;
	}
}

static void publish(int vm, const char *name, const char *uuid)
{
	static struct memflow_publish publish;
	int control = open("/dev/memflow", O_RDWR | O_CLOEXEC);

	publish.size = sizeof(publish);
	publish.vm_fd = vm;
	publish.pid = getpid();
	publish.mode = 0600;
	snprintf(publish.node, sizeof(publish.node), "%s", name);
	snprintf(publish.name, sizeof(publish.name), "%s", name);
	parse_uuid(uuid, publish.uuid);
	if (control < 0 || ioctl(control, MEMFLOW_IOC_PUBLISH, &publish) < 0)
		fail("cannot publish it");
	close(control);
}

static int keep(void *unused)
{
	(void)unused;
	/* Nobody who reads our output is to wait for this one. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	for (;;)
		pause();
	return 0;
}

int main(int argc, char **argv)
{
	static char stack[65536] __attribute__((aligned(16)));
	int keeper;

	if (argc != 3 || strlen(argv[2]) != 36) {
		fputs("usage: ghost NAME UUID\n", stderr);
		return 2;
	}
	publish(make_vm(), argv[1], argv[2]);
	keeper = clone(keep, stack + sizeof(stack), CLONE_VM, NULL);
	if (keeper < 0)
		fail("cannot start the keeper");
	printf("%d\n", keeper);
	fflush(stdout);
	_exit(0);
}
