/* SPDX-License-Identifier: MIT */
/* The commands of testvm's line protocol, one function each. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "vm.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../testguest.h"

#ifndef MADV_PAGEOUT /* Linux 5.4, but not in every libc's headers */
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLLAPSE /* Linux 6.1 */
#define MADV_COLLAPSE 25
#endif

#define MAX_WORDS 8

const char testvm_help[] =
	"slot ID GPA SIZE [ro] [anon|thp|huge|memfd] [skew] [nofill]\n"
	"                   new memory, filled with the pattern, as memslot ID; anon: small pages,\n"
	"                   thp: transparent huge ones, huge: those of hugetlbfs; host addresses are\n"
	"                   congruent to the gpa modulo 2 MiB, with skew they are not\n"
	"drop ID            delete the memslot, then unmap its memory\n"
	"drop-keep ID       delete the memslot, keep the memory; move brings it back\n"
	"move ID GPA        the memslot to another guest physical address, contents and all\n"
	"churn ID COUNT     delete the memslot and create it again, so many times\n"
	"fill GPA SIZE [SEED]   write the pattern, each word ^ SEED\n"
	"check GPA SIZE [SEED]  compare with it\n"
	"peek GPA           -> the 8 bytes there\n"
	"poke GPA VALUE     write 8 bytes\n"
	"discard GPA SIZE   give the memory back, as a balloon does; it reads as zero\n"
	"remap GPA SIZE     map new memory (zero) over the same host addresses\n"
	"mprotect GPA SIZE r|rw|none\n"
	"ksm GPA SIZE       let KSM merge it\n"
	"unksm GPA SIZE     no longer, and unmerge\n"
	"pageout GPA SIZE   swap out, if there is swap\n"
	"collapse GPA SIZE  make huge pages of it now\n"
	"dontfork           all memory, as QEMU does\n"
	"fork               a child that shares all memory copy-on-write\n"
	"unfork             end it\n"
	"run GPA [WALK SIZE]   a vCPU that counts in the 8 bytes at GPA (below 4 GiB, not at the\n"
	"                   end of a page), with its code in the 56 bytes behind; and reads a word\n"
	"                   of a page of [WALK, WALK + SIZE), the next one each time\n"
	"halt               stop the vCPU\n"
	"cycles             -> how far the vCPU counted\n"
	"hva GPA            -> the host address\n"
	"rss                -> the slots' resident memory in KiB\n"
	"pid                -> this process\n"
	"vmfd               -> the number of the VM's file descriptor\n"
	"took               -> how many ns the command before took, up to its answer\n"
	"help, quit\n";

static pid_t forked;
static uint64_t started; /* ns; the command that is being carried out */
static uint64_t took;	 /* by the one before its answer */

static uint64_t nanoseconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

void ok(const char *format, ...)
{
	va_list args;

	took = nanoseconds() - started;
	va_start(args, format);
	fputs("ok ", stdout);
	vprintf(format, args);
	putchar('\n');
	va_end(args);
}

void ok_done(void)
{
	took = nanoseconds() - started;
	puts("ok");
}

void error(int code, const char *format, ...)
{
	va_list args;

	took = nanoseconds() - started;
	va_start(args, format);
	printf("error %d ", code);
	vprintf(format, args);
	printf(": %s\n", strerror(code));
	va_end(args);
}

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
	err = add_slot((uint32_t)w->number[0], w->number[1], w->number[2], flags, kind, skew,
		       nofill);
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
			error(EBADMSG,
			      "word at 0x%" PRIx64 " is 0x%016" PRIx64 ", wanted 0x%016" PRIx64, gpa,
			      word, wanted);
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

	if (vcpu_runs()) {
		error(EBUSY, "the vCPU runs already");
		return;
	}
	if (gpa >= GIB4 || (gpa & (PAGE - 1)) > PAGE - 64) {
		error(EINVAL, "run wants 64 bytes of one page below 4 GiB");
		return;
	}
	if (w->count == 2 || w->number[1] + w->number[2] > GIB4 || w->number[2] > GIB4 ||
	    (w->number[1] | w->number[2]) & (PAGE - 1)) {
		error(EINVAL, "run walks over pages below 4 GiB");
		return;
	}
	if (w->count == 3 && !memory_at(w->number[1], w->number[2], PAGE))
		return;
	hva = memory_at(gpa, 64, 8);
	if (hva)
		answer(run_vcpu(gpa, hva, w->number[1], w->number[2]), "run a vCPU");
}

static void do_halt(const struct words *w)
{
	const char *why;
	int err = halt_vcpu(&why);

	(void)w;
	if (err == -EIO)
		error(EIO, "the vCPU had ended by itself: %s", why);
	else if (err)
		error(-err, "no vCPU runs");
	else
		ok_done();
}

static void do_cycles(const struct words *w)
{
	struct slot *slot = vcpu_gpa() ? slot_of(vcpu_gpa(), 8) : NULL;

	(void)w;
	if (!slot)
		error(ENOENT, "no vCPU counts in memory that is there");
	else
		ok("%" PRIu64, *(volatile uint64_t *)(slot->hva + (vcpu_gpa() - slot->gpa)));
}

static void do_hva(const struct words *w)
{
	uint8_t *hva = memory_at(w->number[0], 1, 1);

	if (hva)
		ok("0x%" PRIxPTR, (uintptr_t)hva);
}

static bool lies_in_slot(uintptr_t hva)
{
	for (size_t i = 0; i < MAX_SLOTS; i++)
		if (slots[i].used && hva - (uintptr_t)slots[i].hva < slots[i].size)
			return true;
	return false;
}

static void do_rss(const struct words *w)
{
	/* Not status: its VmRSS lags behind by up to 64 pages a thread (Linux 6.1, mm/memory.c). */
	FILE *smaps = fopen("/proc/self/smaps", "re");
	unsigned long start, end, kib, sum = 0;
	bool counts = false;
	char line[256];

	if (!smaps) {
		answer(-errno, w->command);
		return;
	}
	while (fgets(line, sizeof(line), smaps)) {
		if (sscanf(line, "%lx-%lx", &start, &end) == 2)
			counts = lies_in_slot(start);
		else if (counts && sscanf(line, "Rss: %lu", &kib) == 1)
			sum += kib;
	}
	fclose(smaps);
	ok("%lu", sum);
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

static void do_took(const struct words *w)
{
	(void)w;
	ok("%" PRIu64, took);
}

static void do_help(const struct words *w)
{
	(void)w;
	fputs(testvm_help, stderr);
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
	{ "run", do_run, 1, 3, 3 },
	{ "halt", do_halt, 0, 0, 0 },
	{ "cycles", do_cycles, 0, 0, 0 },
	{ "hva", do_hva, 1, 1, 1 },
	{ "rss", do_rss, 0, 0, 0 },
	{ "pid", do_pid, 0, 0, 0 },
	{ "vmfd", do_vmfd, 0, 0, 0 },
	{ "took", do_took, 0, 0, 0 },
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

void catch_faults(void)
{
	const struct sigaction fault = { .sa_handler = on_fault };

	sigaction(SIGSEGV, &fault, NULL);
	sigaction(SIGBUS, &fault, NULL);
}

void end_commands(void)
{
	const char *why;

	halt_vcpu(&why);
	end_fork();
}

void execute(char *line)
{
	struct words w = { .command = NULL };
	char *rest = line;
	char *word;

	started = nanoseconds();
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
