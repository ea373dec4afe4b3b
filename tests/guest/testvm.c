/* SPDX-License-Identifier: MIT */
/*
 * The smallest KVM virtual machine: memslots that a test shapes line by line, and nothing of QEMU
 * or libvirt.  A test forks it (testvm.h), does to its memory what QEMU, a balloon or the host's
 * memory management would do, and sees what a reader outside makes of it, thousands of times a
 * minute.  The commands are listed in help[].
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "testguest.h"

#ifndef MADV_PAGEOUT /* Linux 5.4, but not in every libc's headers */
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLLAPSE /* Linux 6.1 */
#define MADV_COLLAPSE 25
#endif

#define PAGE UINT64_C(0x1000)
#define HUGE UINT64_C(0x200000)
#define GIB3 UINT64_C(0xc0000000)
#define GIB4 UINT64_C(0x100000000)
#define MAX_SLOTS 4096
#define MAX_WORDS 8

static const char help[] =
	"slot ID GPA SIZE [ro] [anon|thp|huge|memfd] [skew] [nofill]\n"
	"                        new memory, filled with the pattern, as memslot ID; anon has small\n"
	"                        pages, thp transparent huge ones, huge those of hugetlbfs; a host\n"
	"                        address is congruent to its gpa modulo 2 MiB, with skew it is not\n"
	"drop ID                 delete the memslot, then unmap its memory\n"
	"drop-keep ID            delete the memslot, keep the memory; move brings it back\n"
	"move ID GPA             the memslot to another guest physical address, contents and all\n"
	"churn ID COUNT          delete the memslot and create it again, so many times\n"
	"fill GPA SIZE [SEED]    write the pattern, each word ^ SEED\n"
	"check GPA SIZE [SEED]   compare with it\n"
	"peek GPA                -> the 8 bytes there\n"
	"poke GPA VALUE          write 8 bytes\n"
	"discard GPA SIZE        give the memory back, as a balloon does; it reads as zero\n"
	"remap GPA SIZE          map new memory (zero) over the same host addresses\n"
	"mprotect GPA SIZE r|rw|none\n"
	"ksm GPA SIZE            let KSM merge it\n"
	"unksm GPA SIZE          no longer, and unmerge\n"
	"pageout GPA SIZE        swap out, if there is swap\n"
	"collapse GPA SIZE       make huge pages of it now\n"
	"dontfork                all memory, as QEMU does\n"
	"fork                    a child that shares all memory copy-on-write\n"
	"unfork                  end it\n"
	"run GPA                 a vCPU that counts in the 8 bytes at GPA (below 4 GiB, not at the end\n"
	"                        of a page), with its code in the 56 bytes behind\n"
	"halt                    stop the vCPU\n"
	"cycles                  -> how far the vCPU counted\n"
	"hva GPA                 -> the host address\n"
	"rss                     -> resident memory in KiB\n"
	"pid                     -> this process\n"
	"vmfd                    -> the number of the VM's file descriptor\n"
	"help, quit\n";

enum kind { KIND_ANON, KIND_THP, KIND_HUGE, KIND_MEMFD };

struct slot {
	bool used;
	bool live; /* a memslot, not only memory kept back */
	enum kind kind;
	uint32_t flags;
	uint64_t gpa;
	uint64_t size;
	uint8_t *hva;
	/* The address space it lies in, larger for the sake of alignment. */
	void *reserved;
	size_t reserved_size;
};

static struct slot slots[MAX_SLOTS];
static int kvm_fd = -1;
static int vm_fd = -1;
static pid_t forked;

static struct {
	int fd;
	struct kvm_run *run;
	pthread_t thread;
	bool running;
	uint64_t gpa;
	volatile sig_atomic_t stop;
	char ended[64]; /* why, if not by halt; for halt's answer */
} vcpu = { .fd = -1 };

/* -- answers ---------------------------------------------------------------------------------- */

__attribute__((format(printf, 1, 2))) static void ok(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("ok ", stdout);
	vprintf(format, args);
	putchar('\n');
	va_end(args);
}

static void ok_done(void)
{
	puts("ok");
}

__attribute__((format(printf, 2, 3))) static void error(int code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("error %d ", code);
	vprintf(format, args);
	printf(": %s\n", strerror(code));
	va_end(args);
}

/* -- memory ----------------------------------------------------------------------------------- */

static struct slot *slot_of(uint64_t gpa, uint64_t size)
{
	struct slot *kept = NULL;

	for (size_t i = 0; i < MAX_SLOTS; i++) {
		struct slot *slot = &slots[i];

		if (!slot->used || gpa < slot->gpa || gpa - slot->gpa >= slot->size ||
		    size > slot->size - (gpa - slot->gpa))
			continue;
		if (slot->live)
			return slot;
		kept = slot;
	}
	return kept;
}

/* The host address of [gpa, gpa + size), or NULL after an answer was given. */
static uint8_t *memory_at(uint64_t gpa, uint64_t size, uint64_t align)
{
	struct slot *slot;

	if ((gpa | size) & (align - 1) || !size) {
		error(EINVAL, "0x%" PRIx64 "+0x%" PRIx64 " is not aligned to %" PRIu64, gpa, size,
		      align);
		return NULL;
	}
	slot = slot_of(gpa, size);
	if (!slot) {
		error(EFAULT, "0x%" PRIx64 "+0x%" PRIx64 " is not in one slot", gpa, size);
		return NULL;
	}
	return slot->hva + (gpa - slot->gpa);
}

static void fill_memory(uint8_t *hva, uint64_t gpa, uint64_t size, uint64_t seed)
{
	uint64_t *words = (uint64_t *)hva;

	for (uint64_t i = 0; i < size / 8; i++)
		words[i] = testguest_pattern(gpa + i * 8) ^ seed;
}

static int set_region(uint32_t id, const struct slot *slot, uint64_t size)
{
	struct kvm_userspace_memory_region region = {
		.slot = id,
		.flags = slot->flags,
		.guest_phys_addr = slot->gpa,
		.memory_size = size,
		.userspace_addr = (uintptr_t)slot->hva,
	};

	return ioctl(vm_fd, KVM_SET_USER_MEMORY_REGION, &region) < 0 ? -errno : 0;
}

/*
 * Huge pages can back a memslot only where host and guest address agree modulo their size, so all
 * memory is laid out that way, inside a reservation that keeps neighbours apart.
 */
static int map_slot(struct slot *slot, bool skew)
{
	int flags = MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	uintptr_t start;
	int fd = -1;
	int err = 0;

	slot->reserved_size = slot->size + 2 * HUGE;
	slot->reserved = mmap(NULL, slot->reserved_size, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (slot->reserved == MAP_FAILED)
		return -errno;
	start = ((uintptr_t)slot->reserved + HUGE - 1) & ~(uintptr_t)(HUGE - 1);
	start += slot->gpa & (HUGE - 1);
	if (skew)
		start ^= PAGE;

	if (slot->kind == KIND_HUGE)
		flags |= MAP_HUGETLB;
	if (slot->kind == KIND_MEMFD) {
		flags = MAP_FIXED | MAP_SHARED;
		fd = memfd_create("testvm", MFD_CLOEXEC);
		if (fd < 0 || ftruncate(fd, (off_t)slot->size) < 0) {
			err = -errno;
			goto fail;
		}
	}
	slot->hva = mmap((void *)start, slot->size, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (slot->hva == MAP_FAILED) {
		err = -errno;
		goto fail;
	}
	if (fd >= 0)
		close(fd);
	/* Either may be missing from a kernel without transparent huge pages. */
	if (slot->kind == KIND_THP)
		madvise(slot->hva, slot->size, MADV_HUGEPAGE);
	else if (slot->kind == KIND_ANON)
		madvise(slot->hva, slot->size, MADV_NOHUGEPAGE);
	return 0;

fail:
	if (fd >= 0)
		close(fd);
	munmap(slot->reserved, slot->reserved_size);
	return err;
}

static void unmap_slot(struct slot *slot)
{
	munmap(slot->reserved, slot->reserved_size);
	memset(slot, 0, sizeof(*slot));
}

/* With nofill the memory is not even touched. */
static int add_slot(uint32_t id, uint64_t gpa, uint64_t size, uint32_t flags, enum kind kind,
		    bool skew, bool nofill)
{
	struct slot *slot = &slots[id];
	int err;

	*slot = (struct slot){ .kind = kind, .flags = flags, .gpa = gpa, .size = size };
	err = map_slot(slot, skew);
	if (err)
		goto fail;
	err = set_region(id, slot, size);
	if (err) {
		munmap(slot->reserved, slot->reserved_size);
		goto fail;
	}
	slot->used = true;
	slot->live = true;
	if (!nofill)
		fill_memory(slot->hva, gpa, size, 0);
	return 0;

fail:
	memset(slot, 0, sizeof(*slot));
	return err;
}

/* -- virtual CPU ------------------------------------------------------------------------------ */

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
	vcpu.fd = fd;
	vcpu.run = run;
	return 0;
}

/* Flat 32-bit protected mode without paging. */
static int reset_vcpu(uint64_t gpa)
{
	struct kvm_segment flat = {
		.limit = 0xffffffff, .present = 1, .db = 1, .s = 1, .g = 1,
	};
	struct kvm_regs regs = { .rip = gpa + 8, .rdi = gpa, .rflags = 2 };
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

static int run_vcpu(uint64_t gpa, uint8_t *hva)
{
	/*
	 * All 8 bytes change at once, so that a reader never sees half a carry, and locked, so that
	 * what another CPU stores there meanwhile is counted on from and not lost.
	 */
	static const uint8_t code[] = {
		0x89, 0xc3,	        /* 1: mov %eax, %ebx */
		0x89, 0xd1,	        /* mov %edx, %ecx */
		0x83, 0xc3, 0x01,       /* add $1, %ebx */
		0x83, 0xd1, 0x00,       /* adc $0, %ecx */
		0xf0, 0x0f, 0xc7, 0x0f, /* lock cmpxchg8b (%edi) */
		0xeb, 0xf0,	        /* jmp 1b */
	};
	int err;

	memset(hva, 0, 8);
	memcpy(hva + 8, code, sizeof(code));
	err = create_vcpu();
	if (!err)
		err = reset_vcpu(gpa);
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

static void halt_vcpu(void)
{
	if (!vcpu.running)
		return;
	vcpu.stop = 1;
	/* For a signal that comes just before KVM_RUN (Documentation/virt/kvm/api.rst). */
	vcpu.run->immediate_exit = 1;
	pthread_kill(vcpu.thread, SIGUSR1);
	pthread_join(vcpu.thread, NULL);
	vcpu.running = false;
}

/* -- commands --------------------------------------------------------------------------------- */

struct words {
	const char *command;
	const char *word[MAX_WORDS];
	uint64_t number[MAX_WORDS]; /* the words read as numbers */
	bool is_number[MAX_WORDS];
	size_t count;
};

static void answer(int err, const char *command)
{
	if (err)
		error(-err, "cannot %s", command);
	else
		ok_done();
}

static struct slot *slot_by_id(const struct words *w)
{
	struct slot *slot = NULL;

	if (w->number[0] < MAX_SLOTS && slots[w->number[0]].used)
		slot = &slots[w->number[0]];
	else
		error(ENOENT, "no slot %s", w->word[0]);
	return slot;
}

static void do_slot(const struct words *w)
{
	enum kind kind = KIND_ANON;
	bool skew = false, nofill = false;
	uint32_t flags = 0;
	int err;

	for (size_t i = 3; i < w->count; i++) {
		if (!strcmp(w->word[i], "ro")) {
			flags |= KVM_MEM_READONLY;
		} else if (!strcmp(w->word[i], "anon")) {
			kind = KIND_ANON;
		} else if (!strcmp(w->word[i], "thp")) {
			kind = KIND_THP;
		} else if (!strcmp(w->word[i], "huge")) {
			kind = KIND_HUGE;
		} else if (!strcmp(w->word[i], "memfd")) {
			kind = KIND_MEMFD;
		} else if (!strcmp(w->word[i], "skew")) {
			skew = true;
		} else if (!strcmp(w->word[i], "nofill")) {
			nofill = true;
		} else {
			error(EINVAL, "slot knows no %s", w->word[i]);
			return;
		}
	}
	if (w->number[0] >= MAX_SLOTS) {
		error(EINVAL, "slot ids end at %u", MAX_SLOTS - 1);
		return;
	}
	if (slots[w->number[0]].used) {
		error(EEXIST, "slot %s is there", w->word[0]);
		return;
	}
	if ((w->number[1] | w->number[2]) & (PAGE - 1) || !w->number[2]) {
		error(EINVAL, "a slot is made of pages");
		return;
	}
	if (kind == KIND_HUGE && (skew || (w->number[1] | w->number[2]) & (HUGE - 1))) {
		error(EINVAL, "a huge slot is made of 2 MiB pages");
		return;
	}
	err = add_slot((uint32_t)w->number[0], w->number[1], w->number[2], flags, kind, skew, nofill);
	if (err && kind == KIND_HUGE)
		error(-err, "cannot add a huge slot; raise /proc/sys/vm/nr_hugepages");
	else
		answer(err, "add the slot");
}

static void do_drop(const struct words *w)
{
	struct slot *slot = slot_by_id(w);
	int err = 0;

	if (!slot)
		return;
	if (slot->live)
		err = set_region((uint32_t)w->number[0], slot, 0);
	if (!err) {
		slot->live = false;
		if (!strcmp(w->command, "drop"))
			unmap_slot(slot);
	}
	answer(err, "delete the slot");
}

static void do_move(const struct words *w)
{
	struct slot *slot = slot_by_id(w);
	uint64_t before;
	int err;

	if (!slot)
		return;
	before = slot->gpa;
	slot->gpa = w->number[1];
	err = set_region((uint32_t)w->number[0], slot, slot->size);
	if (err)
		slot->gpa = before;
	else
		slot->live = true;
	answer(err, "move the slot");
}

static void do_churn(const struct words *w)
{
	struct slot *slot = slot_by_id(w);
	uint32_t id = (uint32_t)w->number[0];
	int err = 0;

	if (!slot)
		return;
	for (uint64_t i = 0; i < w->number[1] && !err; i++) {
		if (slot->live)
			err = set_region(id, slot, 0);
		if (!err) {
			slot->live = false;
			err = set_region(id, slot, slot->size);
		}
		slot->live = !err;
	}
	answer(err, "delete and create the slot");
}

static void do_fill(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], w->number[1], 8);

	if (!hva)
		return;
	fill_memory(hva, w->number[0], w->number[1], w->number[2]);
	ok_done();
}

static void do_check(const struct words *w)
{
	const volatile uint64_t *words;
	uint8_t *hva = memory_at(w->number[0], w->number[1], 8);

	if (!hva)
		return;
	words = (const volatile uint64_t *)hva;
	for (uint64_t i = 0; i < w->number[1] / 8; i++) {
		uint64_t gpa = w->number[0] + i * 8;
		uint64_t wanted = testguest_pattern(gpa) ^ w->number[2];
		uint64_t word = words[i];

		if (word != wanted) {
			error(EBADMSG, "word at 0x%" PRIx64 " is 0x%016" PRIx64 ", wanted 0x%016" PRIx64,
			      gpa, word, wanted);
			return;
		}
	}
	ok_done();
}

static void do_peek(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], 8, 8);

	if (hva)
		ok("0x%" PRIx64, *(volatile uint64_t *)hva);
}

static void do_poke(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], 8, 8);

	if (!hva)
		return;
	*(volatile uint64_t *)hva = w->number[1];
	ok_done();
}

/* QEMU 7.2 softmmu/physmem.c, ram_block_discard_range(): shared memory needs a hole punched. */
static void do_discard(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], w->number[1], PAGE);
	int err;

	if (!hva)
		return;
	err = madvise(hva, w->number[1], MADV_REMOVE) < 0 ? -errno : 0;
	if (err == -EINVAL || err == -EACCES) /* private memory */
		err = madvise(hva, w->number[1], MADV_DONTNEED) < 0 ? -errno : 0;
	answer(err, w->command);
}

static void do_remap(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], w->number[1], PAGE);
	void *fresh;

	if (!hva)
		return;
	fresh = mmap(hva, w->number[1], PROT_READ | PROT_WRITE,
		     MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	answer(fresh == MAP_FAILED ? -errno : 0, w->command);
}

static void do_mprotect(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], w->number[1], PAGE);
	int prot;

	if (!hva)
		return;
	if (!strcmp(w->word[2], "r")) {
		prot = PROT_READ;
	} else if (!strcmp(w->word[2], "rw")) {
		prot = PROT_READ | PROT_WRITE;
	} else if (!strcmp(w->word[2], "none")) {
		prot = PROT_NONE;
	} else {
		error(EINVAL, "mprotect knows r, rw and none");
		return;
	}
	answer(mprotect(hva, w->number[1], prot) < 0 ? -errno : 0, w->command);
}

static void do_madvise(const struct words *w)
{
	static const struct {
		const char *command;
		int advice;
	} advices[] = {
		{ "ksm", MADV_MERGEABLE },
		{ "unksm", MADV_UNMERGEABLE },
		{ "pageout", MADV_PAGEOUT },
		{ "collapse", MADV_COLLAPSE },
	};
	uint8_t *hva = memory_at(w->number[0], w->number[1], PAGE);

	for (size_t i = 0; hva && i < sizeof(advices) / sizeof(advices[0]); i++)
		if (!strcmp(advices[i].command, w->command))
			answer(madvise(hva, w->number[1], advices[i].advice) < 0 ? -errno : 0,
			       w->command);
}

static void do_dontfork(const struct words *w)
{
	int err = 0;

	for (size_t i = 0; i < MAX_SLOTS; i++)
		if (slots[i].used && madvise(slots[i].hva, slots[i].size, MADV_DONTFORK) < 0)
			err = -errno;
	answer(err, w->command);
}

static void end_fork(void)
{
	if (forked > 0) {
		kill(forked, SIGKILL);
		waitpid(forked, NULL, 0);
	}
	forked = 0;
}

static void do_fork(const struct words *w)
{
	end_fork();
	fflush(stdout);
	forked = fork();
	if (forked == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		/* Only the memory is wanted; the VM must die with its process. */
		close_range(0, ~0u, 0);
		for (;;)
			pause();
	}
	if (forked < 0)
		answer(-errno, w->command);
	else
		ok("%d", (int)forked);
}

static void do_unfork(const struct words *w)
{
	(void)w;
	end_fork();
	ok_done();
}

static void do_run(const struct words *w)
{
	uint64_t gpa = w->number[0];
	uint8_t *hva;

	if (vcpu.running) {
		error(EBUSY, "the vCPU runs already");
		return;
	}
	if (gpa >= GIB4 || (gpa & (PAGE - 1)) > PAGE - 64) {
		error(EINVAL, "run wants 64 bytes of one page below 4 GiB");
		return;
	}
	hva = memory_at(gpa, 64, 8);
	if (hva)
		answer(run_vcpu(gpa, hva), "run a vCPU");
}

static void do_halt(const struct words *w)
{
	(void)w;
	if (!vcpu.running) {
		error(ESRCH, "no vCPU runs");
		return;
	}
	halt_vcpu();
	if (vcpu.ended[0])
		error(EIO, "the vCPU had ended by itself: %s", vcpu.ended);
	else
		ok_done();
}

static void do_cycles(const struct words *w)
{
	struct slot *slot = vcpu.gpa ? slot_of(vcpu.gpa, 8) : NULL;

	(void)w;
	if (!slot)
		error(ENOENT, "no vCPU counts in memory that is there");
	else
		ok("%" PRIu64, *(volatile uint64_t *)(slot->hva + (vcpu.gpa - slot->gpa)));
}

static void do_hva(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], 1, 1);

	if (hva)
		ok("0x%" PRIxPTR, (uintptr_t)hva);
}

static void do_rss(const struct words *w)
{
	/* Not status: its VmRSS lags behind by up to 64 pages a thread (Linux 6.1, mm/memory.c). */
	FILE *smaps = fopen("/proc/self/smaps_rollup", "re");
	unsigned long kib = 0;
	char line[256];

	if (!smaps) {
		answer(-errno, w->command);
		return;
	}
	while (fgets(line, sizeof(line), smaps))
		if (sscanf(line, "Rss: %lu", &kib) == 1)
			break;
	fclose(smaps);
	ok("%lu", kib);
}

static void do_pid(const struct words *w)
{
	(void)w;
	ok("%d", (int)getpid());
}

static void do_vmfd(const struct words *w)
{
	(void)w;
	ok("%d", vm_fd);
}

static void do_help(const struct words *w)
{
	(void)w;
	fputs(help, stderr);
	ok("see stderr");
}

static const struct command {
	const char *name;
	void (*function)(const struct words *words);
	size_t min;	/* words that it needs ... */
	size_t max;	/* ... and takes */
	size_t numbers; /* how many of them are numbers, from the first on */
} commands[] = {
	{ "slot", do_slot, 3, MAX_WORDS, 3 },
	{ "drop", do_drop, 1, 1, 1 },
	{ "drop-keep", do_drop, 1, 1, 1 },
	{ "move", do_move, 2, 2, 2 },
	{ "churn", do_churn, 2, 2, 2 },
	{ "fill", do_fill, 2, 3, 3 },
	{ "check", do_check, 2, 3, 3 },
	{ "peek", do_peek, 1, 1, 1 },
	{ "poke", do_poke, 2, 2, 2 },
	{ "discard", do_discard, 2, 2, 2 },
	{ "remap", do_remap, 2, 2, 2 },
	{ "mprotect", do_mprotect, 3, 3, 2 },
	{ "ksm", do_madvise, 2, 2, 2 },
	{ "unksm", do_madvise, 2, 2, 2 },
	{ "pageout", do_madvise, 2, 2, 2 },
	{ "collapse", do_madvise, 2, 2, 2 },
	{ "dontfork", do_dontfork, 0, 0, 0 },
	{ "fork", do_fork, 0, 0, 0 },
	{ "unfork", do_unfork, 0, 0, 0 },
	{ "run", do_run, 1, 1, 1 },
	{ "halt", do_halt, 0, 0, 0 },
	{ "cycles", do_cycles, 0, 0, 0 },
	{ "hva", do_hva, 1, 1, 1 },
	{ "rss", do_rss, 0, 0, 0 },
	{ "pid", do_pid, 0, 0, 0 },
	{ "vmfd", do_vmfd, 0, 0, 0 },
	{ "help", do_help, 0, 0, 0 },
};

/* A test may take the rights off memory that it then wants touched: an answer, not a crash. */
static sigjmp_buf fault_return;
static volatile sig_atomic_t in_command;

static void on_fault(int signal)
{
	if (in_command)
		siglongjmp(fault_return, signal);
	/* Ours: die of it, once this returns to the instruction that did it. */
	sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
}

static void call(const struct command *command, const struct words *w)
{
	int signal = sigsetjmp(fault_return, 1);

	if (signal) {
		error(EFAULT, "%s: %s", w->command,
		      signal == SIGBUS ? "SIGBUS" : "SIGSEGV");
	} else {
		in_command = 1;
		command->function(w);
	}
	in_command = 0;
}

static void execute(char *line)
{
	struct words w = { .command = NULL };
	char *rest = line;
	char *word;

	w.command = strtok_r(rest, " \t\n", &rest);
	if (!w.command) {
		error(EINVAL, "an empty line");
		return;
	}
	while ((word = strtok_r(NULL, " \t\n", &rest))) {
		char *end;

		if (w.count == MAX_WORDS) {
			error(E2BIG, "%s", w.command);
			return;
		}
		errno = 0;
		w.word[w.count] = word;
		w.number[w.count] = strtoull(word, &end, 0);
		w.is_number[w.count] = !*end && !errno && *word != '-';
		w.count++;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *command = &commands[i];

		if (strcmp(command->name, w.command) != 0)
			continue;
		if (w.count < command->min || w.count > command->max) {
			error(EINVAL, "%s with %zu words; see help", w.command, w.count);
			return;
		}
		for (size_t n = 0; n < command->numbers && n < w.count; n++) {
			if (!w.is_number[n]) {
				error(EINVAL, "%s is no number", w.word[n]);
				return;
			}
		}
		call(command, &w);
		return;
	}
	error(EINVAL, "no command %s; see help", w.command);
}

/* -- a machine like testguest's ---------------------------------------------------------------- */

static void add_range(struct testguest_info *info, uint64_t gpa, uint64_t end)
{
	if (end <= gpa)
		return;
	info->ranges[info->nr_ranges].gpa = gpa;
	info->ranges[info->nr_ranges].size = end - gpa;
	info->nr_ranges++;
}

static int build_machine(const char *name, uint64_t size)
{
	uint64_t low = size < GIB3 ? size : GIB3;
	struct testguest_info *info;
	struct timespec now;
	int err = add_slot(0, 0, low, 0, KIND_ANON, false, false);

	if (!err && size > low)
		err = add_slot(1, GIB4, size - low, 0, KIND_ANON, false, false);
	if (err)
		return err;

	memset(slots[0].hva + TESTGUEST_INFO_GPA, 0, TESTGUEST_INFO_SIZE);
	info = (struct testguest_info *)(slots[0].hva + TESTGUEST_INFO_GPA);
	strncpy(info->name, name, sizeof(info->name) - 1);
	clock_gettime(CLOCK_REALTIME, &now);
	info->boot_id = ((uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec) ^
			(uint64_t)getpid() << 48;
	add_range(info, TESTGUEST_LOW_END, TESTGUEST_IMAGE_START);
	add_range(info, TESTGUEST_INFO_GPA + TESTGUEST_INFO_SIZE, low);
	if (size > low)
		add_range(info, GIB4, GIB4 + (size - low));
	info->pattern_ready = 1;
	memcpy(info->magic, TESTGUEST_MAGIC, sizeof(info->magic));
	return 0;
}

static int open_vm(void)
{
	kvm_fd = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm_fd < 0) {
		int code = errno;

		error(code, "cannot open /dev/kvm");
		return -code;
	}
	vm_fd = ioctl(kvm_fd, KVM_CREATE_VM, 0);
	if (vm_fd < 0) {
		int code = errno;

		error(code, "cannot create a VM");
		return -code;
	}
	/* fork would hand it on and keep the VM alive */
	fcntl(vm_fd, F_SETFD, FD_CLOEXEC);
	return 0;
}

int main(int argc, char **argv)
{
	struct sigaction kick = { .sa_handler = on_kick };
	struct sigaction fault = { .sa_handler = on_fault };
	const char *name = NULL;
	uint64_t mib = 64;
	char line[512];

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--name") && i + 1 < argc) {
			name = argv[++i];
		} else if (!strcmp(argv[i], "--memory") && i + 1 < argc) {
			mib = strtoull(argv[++i], NULL, 10);
		} else {
			fprintf(stderr,
				"usage: %s [--name NAME [--memory MIB]]\n"
				"Commands come on stdin, a line each; the end of stdin ends the VM.\n\n%s",
				argv[0], help);
			return !strcmp(argv[i], "--help") ? 0 : 2;
		}
	}
	if (name && mib < 4) {
		fprintf(stderr, "%s: --memory wants at least 4 MiB\n", argv[0]);
		return 2;
	}

	/* A test that crashes must not leave its VM behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGUSR1, &kick, NULL);
	sigaction(SIGSEGV, &fault, NULL);
	sigaction(SIGBUS, &fault, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (open_vm() < 0)
		return 1;
	if (name) {
		int err = build_machine(name, mib << 20);

		if (err) {
			error(-err, "cannot build a machine of %" PRIu64 " MiB", mib);
			return 1;
		}
	}
	printf("ready %d\n", (int)getpid());

	while (fgets(line, sizeof(line), stdin)) {
		if (!strcmp(line, "quit\n")) {
			halt_vcpu();
			end_fork();
			ok_done();
			return 0;
		}
		execute(line);
	}
	halt_vcpu();
	end_fork();
	return 0;
}
