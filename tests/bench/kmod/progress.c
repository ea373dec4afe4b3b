/* SPDX-License-Identifier: MIT */
/*
 * What a scan of its memory does to a running guest. How fast a vCPU counts by the clock says little: a
 * scan and a vCPU share the machine, and so do others. So its steps are counted against the time
 * that its own thread was on a CPU, in short turns with and without a scan, and the exits that it
 * took besides.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* Turns for each round that is asked for. */
#define TURNS 8

/*
 * How long a turn is at least. The scheduler's clock of a thread on another CPU goes on at ticks; where
 * there is but one, it is right whenever another thread looks.
 */
#define TURN 0.1

/* Where the vCPU counts. */
#define COUNTER 0x1000

/* Of the vCPU so far. */
struct sample {
	double steps;
	double run;  /* seconds on a CPU */
	double wait; /* seconds that it would have run, had there been a CPU */
	double exits;
	double violations; /* of nested page tables */
	double time;
};

/* By turn. */
struct turns {
	double pace[MAX_ROUNDS]; /* steps in a second on a CPU */
	double share[MAX_ROUNDS]; /* of the time that it wanted a CPU */
	double exits[MAX_ROUNDS]; /* in a million steps */
	double violations[MAX_ROUNDS];
};

struct vcpu {
	struct guest *guest;
	bool several; /* CPUs */
	uint64_t hva; /* of its counter */
	char schedstat[64];
	char kvm[64];
};

/* The thread that is not the first one. */
static void find_thread(struct vcpu *vcpu)
{
	char path[32];
	struct dirent *entry;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", vcpu->guest->vm.pid);
	tasks = opendir(path);
	while (tasks && (entry = readdir(tasks))) {
		int task = atoi(entry->d_name);

		if (task && task != vcpu->guest->vm.pid)
			snprintf(vcpu->schedstat, sizeof(vcpu->schedstat), "%s/%d/schedstat", path,
				 task);
	}
	if (tasks)
		closedir(tasks);
	if (!*vcpu->schedstat)
		die("testvm's vCPU has no thread");
}

static uint64_t value_of(struct guest *guest, const char *command)
{
	uint64_t value;

	if (testvm_value(&guest->vm, &value, "%s", command))
		die("testvm: %s: %s", command, guest->vm.reply);
	return value;
}

static void start_vcpu(struct vcpu *vcpu, struct guest *guest)
{
	*vcpu = (struct vcpu){ .guest = guest, .several = sysconf(_SC_NPROCESSORS_ONLN) > 1 };
	if (testvm_command(&guest->vm, "run 0x%x 0x%" PRIx64 " 0x%" PRIx64, COUNTER, guest->gpa,
			   guest->size) ||
	    testvm_wait_cycles(&guest->vm))
		die("testvm: run: %s", guest->vm.reply);
	vcpu->hva = value_of(guest, "hva 0x1000");
	find_thread(vcpu);
	snprintf(vcpu->kvm, sizeof(vcpu->kvm), "/sys/kernel/debug/kvm/%d-%d", guest->vm.pid,
		 (int)value_of(guest, "vmfd"));
}

static double kvm_counter(const struct vcpu *vcpu, const char *name)
{
	unsigned long long value;
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", vcpu->kvm, name);
	file = fopen(path, "re");
	if (!file || fscanf(file, "%llu", &value) != 1)
		die("cannot read %s (is debugfs mounted?): %m", path);
	fclose(file);
	return (double)value;
}

/* Not by testvm, which would have to run for it. */
static void take_sample(const struct vcpu *vcpu, struct sample *sample)
{
	unsigned long long run, wait;
	uint64_t steps;
	struct iovec local = { &steps, sizeof(steps) };
	struct iovec remote = { (void *)(uintptr_t)vcpu->hva, sizeof(steps) };
	FILE *file = fopen(vcpu->schedstat, "re");

	if (!file || fscanf(file, "%llu %llu", &run, &wait) != 2)
		die("cannot read %s: %m", vcpu->schedstat);
	fclose(file);
	if (process_vm_readv(vcpu->guest->vm.pid, &local, 1, &remote, 1, 0) != sizeof(steps))
		die("process_vm_readv: %m");
	*sample = (struct sample){
		.steps = (double)steps,
		.run = (double)run * 1e-9,
		.wait = (double)wait * 1e-9,
		.exits = kvm_counter(vcpu, "exits"),
		.violations = kvm_counter(vcpu, "pf_taken"),
		.time = now(),
	};
}

/* False: an emulated CPU had no time on the machine in all of the turn, which says nothing. */
static bool note_turn(struct turns *turns, unsigned int turn, const struct sample *before,
		      const struct sample *after)
{
	double steps = after->steps - before->steps, run = after->run - before->run;

	if (steps <= 0 || run <= 0)
		return false;
	turns->pace[turn] = steps / run;
	turns->share[turn] = run / (run + after->wait - before->wait);
	turns->exits[turn] = (after->exits - before->exits) / steps * 1e6;
	turns->violations[turn] = (after->violations - before->violations) / steps * 1e6;
	return true;
}

/* Some scans, and as long without. */
static bool take_turn(const struct vcpu *vcpu, const struct way *way, struct view *view, bool anew,
		      struct turns *with, struct turns *without, unsigned int turn)
{
	const struct pattern *pattern = &patterns[PATTERN_WORDS];
	struct sample start, middle, end;

	take_sample(vcpu, &start);
	do {
		if (anew)
			view_open(view, way, vcpu->guest);
		pattern->read(view);
		if (anew)
			view_close(view);
	} while (vcpu->several && now() - start.time < TURN);
	take_sample(vcpu, &middle);
	usleep((useconds_t)((middle.time - start.time) * 1e6));
	take_sample(vcpu, &end);
	return note_turn(with, turn, &start, &middle) && note_turn(without, turn, &middle, &end);
}

static void progress_row(const struct vcpu *vcpu, const struct way *way, bool anew,
			 unsigned int count)
{
	static struct turns with, without;
	unsigned int done = 0, lost = 0;
	struct view view;

	if (!anew)
		view_open(&view, way, vcpu->guest);
	while (done < count) {
		if (take_turn(vcpu, way, &view, anew, &with, &without, done))
			done++;
		else if (++lost > 10 * count)
			die("the vCPU stands still");
	}
	if (!anew)
		view_close(&view);
	printf("| %s | %s | %.3f | %.2f | %.2f | %.1f | %.1f | %.1f | %.1f |\n", way->name,
	       anew ? "each scan" : "once", median_ratio(with.pace, without.pace, count),
	       median(without.share, count), median(with.share, count),
	       median(without.exits, count), median(with.exits, count),
	       median(without.violations, count), median(with.violations, count));
	fflush(stdout);
}

void table_progress(uint64_t size, unsigned int rounds)
{
	const unsigned int count = rounds * TURNS > MAX_ROUNDS ? MAX_ROUNDS : rounds * TURNS;
	struct guest guest;
	struct vcpu vcpu;

	if (!guest_start(&guest, "anon", size, true))
		return;
	start_vcpu(&vcpu, &guest);
	printf("\n### A guest that runs while its %" PRIu64 " MiB are scanned, %u turns\n\n"
	       "| way | attached | steps by its own time, ÷ without a scan | share of a CPU: without "
	       "| with | exits in a million steps: without | with "
	       "| violations in a million steps: without | with |\n"
	       "|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
	       size / MIB, count);
	for (unsigned int i = 0; i < WAYS; i++) {
		if (!way_fits(&ways[i], &guest))
			continue;
		progress_row(&vcpu, &ways[i], false, count);
		progress_row(&vcpu, &ways[i], true, count);
	}
	testvm_command(&guest.vm, "halt");
	guest_stop(&guest);
}
