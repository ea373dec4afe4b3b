/* SPDX-License-Identifier: MIT */
/*
 * One virtual CPU that counts in guest memory, for tests that want the guest itself to write while
 * they read.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "vm.h"

#include <errno.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
	int fd;
	struct kvm_run *run;
	pthread_t thread;
	bool running;
	uint64_t gpa;
	volatile sig_atomic_t stop;
	char ended[64]; /* why, if not by halt; for halt's answer */
} vcpu = { .fd = -1 };

static void on_kick(int signal)
{
	(void)signal;
}

static void *vcpu_thread(void *unused)
{
	(void)unused;
	while (!vcpu.stop) {
		if (ioctl(vcpu.fd, KVM_RUN, 0) < 0) {
			if (errno == EINTR || errno == EAGAIN)
				continue;
			snprintf(vcpu.ended, sizeof(vcpu.ended), "KVM_RUN: %s", strerror(errno));
			break;
		}
		/* A store to memory that is not there right now; try until it is back. */
		if (vcpu.run->exit_reason == KVM_EXIT_MMIO)
			continue;
		snprintf(vcpu.ended, sizeof(vcpu.ended), "exit reason %u", vcpu.run->exit_reason);
		break;
	}
	return NULL;
}

static int create_vcpu(void)
{
	const struct sigaction kick = { .sa_handler = on_kick };
	int size = ioctl(kvm_fd, KVM_GET_VCPU_MMAP_SIZE, 0);
	struct kvm_run *run;
	int fd;

	if (vcpu.fd >= 0)
		return 0;
	if (size < 0)
		return -errno;
	fd = ioctl(vm_fd, KVM_CREATE_VCPU, 0);
	if (fd < 0)
		return -errno;
	run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (run == MAP_FAILED) {
		int err = -errno;

		close(fd);
		return err;
	}
	/* A forked child would hold the VM by this mapping. */
	madvise(run, (size_t)size, MADV_DONTFORK);
	sigaction(SIGUSR1, &kick, NULL);
	vcpu.fd = fd;
	vcpu.run = run;
	return 0;
}

/* Flat 32-bit protected mode without paging. */
static int reset_vcpu(uint64_t gpa, uint64_t walk, uint64_t size)
{
	struct kvm_segment flat = {
		.limit = 0xffffffff, .present = 1, .db = 1, .s = 1, .g = 1,
	};
	struct kvm_regs regs = {
		.rip = gpa + 8, .rdi = gpa, .rsi = walk, .rsp = walk + size, .rflags = 2,
	};
	struct kvm_sregs sregs;

	if (ioctl(vcpu.fd, KVM_GET_SREGS, &sregs) < 0)
		return -errno;
	flat.selector = 0x10;
	flat.type = 3;
	sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = flat;
	flat.selector = 0x08;
	flat.type = 11;
	sregs.cs = flat;
	sregs.cr0 |= 1;
	if (ioctl(vcpu.fd, KVM_SET_SREGS, &sregs) < 0 || ioctl(vcpu.fd, KVM_SET_REGS, &regs) < 0)
		return -errno;
	return 0;
}

/*
 * All 8 bytes change at once, so that a reader never sees half a carry, and locked, so that
 * what another CPU stores there meanwhile is counted on from and not lost.
 */
#define COUNT                                                                                      \
	0x89, 0xc3,		/* 1: mov %eax, %ebx */                                            \
	0x89, 0xd1,		/* mov %edx, %ecx */                                               \
	0x83, 0xc3, 0x01,	/* add $1, %ebx */                                                 \
	0x83, 0xd1, 0x00,	/* adc $0, %ecx */                                                 \
	0xf0, 0x0f, 0xc7, 0x0f	/* lock cmpxchg8b (%edi) */

static const uint8_t counting[] = {
	COUNT,
	0xeb, 0xf0, /* jmp 1b */
};

static const uint8_t walking[] = {
	COUNT,
	0x8b, 0x2e,			    /* mov (%esi), %ebp */
	0x81, 0xc6, 0x00, 0x10, 0x00, 0x00, /* add $0x1000, %esi */
	0x39, 0xe6,			    /* cmp %esp, %esi */
	0x72, 0xe6,			    /* jb 1b */
	0xbe, 0x00, 0x00, 0x00, 0x00,	    /* mov $WALK, %esi */
	0xeb, 0xdf,			    /* jmp 1b */
};

#define WALK_OFFSET (sizeof(walking) - 6)

static void write_code(uint8_t *hva, uint64_t walk, uint64_t size)
{
	const uint32_t start = (uint32_t)walk;

	memset(hva, 0, 8);
	memcpy(hva + 8, size ? walking : counting, size ? sizeof(walking) : sizeof(counting));
	if (size)
		memcpy(hva + 8 + WALK_OFFSET, &start, sizeof(start));
}

int run_vcpu(uint64_t gpa, uint8_t *hva, uint64_t walk, uint64_t size)
{
	int err;

	write_code(hva, walk, size);
	err = create_vcpu();
	if (!err)
		err = reset_vcpu(gpa, walk, size);
	if (err)
		return err;
	vcpu.stop = 0;
	vcpu.ended[0] = '\0';
	vcpu.gpa = gpa;
	vcpu.run->immediate_exit = 0;
	err = -pthread_create(&vcpu.thread, NULL, vcpu_thread, NULL);
	vcpu.running = !err;
	return err;
}

int halt_vcpu(const char **why)
{
	if (!vcpu.running)
		return -ESRCH;
	vcpu.stop = 1;
	/* For a signal that comes just before KVM_RUN (Documentation/virt/kvm/api.rst). */
	vcpu.run->immediate_exit = 1;
	pthread_kill(vcpu.thread, SIGUSR1);
	pthread_join(vcpu.thread, NULL);
	vcpu.running = false;
	*why = vcpu.ended;
	return vcpu.ended[0] ? -EIO : 0;
}

bool vcpu_runs(void)
{
	return vcpu.running;
}

uint64_t vcpu_gpa(void)
{
	return vcpu.gpa;
}
