/* SPDX-License-Identifier: MIT */
/*
 * A guest with many memslots.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "scale.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "memflow.h"
#include "testguest.h"

#define MOST 500
#define SLOT (16 * 1024)
#define STEP (1 * MIB) /* from one to the next */
#define ATTACHED 64
#define GPA(i) ((uint64_t)(i) * STEP)

static const unsigned int points[] = { 1, 10, 100, MOST };

static void check_word(const volatile uint64_t *memory, uint64_t gpa, uint64_t wanted)
{
	uint64_t word = memory[gpa / 8];

	if (word != wanted)
		die("0x%" PRIx64 " reads as 0x%" PRIx64 ", not 0x%" PRIx64, gpa, word, wanted);
}

static unsigned int count_slots(int target)
{
	struct memflow_info info = { .size = sizeof(info) };

	if (ioctl(target, MEMFLOW_IOC_INFO, &info))
		die("MEMFLOW_IOC_INFO: %m");
	return info.nr_slots;
}

static void list_slots(int target, unsigned int count)
{
	static struct memflow_memslot list[MOST + 1];
	struct memflow_slots slots = {
		.size = sizeof(slots),
		.count = MOST + 1,
		.slots = (uintptr_t)list,
	};

	if (ioctl(target, MEMFLOW_IOC_SLOTS, &slots))
		die("MEMFLOW_IOC_SLOTS: %m");
	if (slots.count != count || list[count - 1].gpa != GPA(count - 1))
		die("%u slots are listed, not %u", slots.count, count);
}

static void measure_attach(struct chart *chart, unsigned int point, int vm_fd)
{
	double attach[MAX_ROUNDS], detach[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		double start = now();
		int target = module_attach(vm_fd);

		attach[i] = now() - start;
		start = now();
		close(target);
		detach[i] = now() - start;
	}
	chart_set(chart, "attach", UNIT_TIME, point, median(attach, rounds));
	chart_set(chart, "detach", UNIT_TIME, point, median(detach, rounds));
}

/* Of several at once: what others allocate meanwhile is little beside them. */
static void measure_memory(struct chart *chart, unsigned int point, int vm_fd)
{
	struct memory before;
	int targets[ATTACHED];

	memory_now(&before);
	for (unsigned int i = 0; i < ATTACHED; i++)
		targets[i] = module_attach(vm_fd);
	chart_set(chart, "memory of an attached one besides its page", UNIT_KIB, point,
		  kernel_memory_since(&before) / ATTACHED);
	for (unsigned int i = 0; i < ATTACHED; i++)
		close(targets[i]);
}

static void measure_faults(struct chart *chart, unsigned int point, int target)
{
	const uint64_t length = GPA(points[point]), last = GPA(points[point] - 1);
	double first_slot[MAX_ROUNDS], last_slot[MAX_ROUNDS], hole[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		const volatile uint64_t *memory = module_map(target, 0, length);
		double start = now();

		check_word(memory, 0, testguest_pattern(0));
		first_slot[i] = now() - start;
		start = now();
		check_word(memory, last + PAGE, testguest_pattern(last + PAGE));
		last_slot[i] = now() - start;
		start = now();
		check_word(memory, last + STEP / 2, 0);
		hole[i] = now() - start;
		munmap((void *)memory, length);
	}
	chart_set(chart, "fault in the first slot", UNIT_TIME, point, median(first_slot, rounds));
	chart_set(chart, "fault in the last slot", UNIT_TIME, point,
		  points[point] > 1 ? median(last_slot, rounds) : UNKNOWN);
	chart_set(chart, "fault in the last hole", UNIT_TIME, point, median(hole, rounds));
}

/* The last slot is deleted and comes back, both seen by the next call. */
static void measure_changes(struct chart *chart, unsigned int point, struct testvm *vm,
			    int target)
{
	double list[MAX_ROUNDS], same[MAX_ROUNDS], went[MAX_ROUNDS], came[MAX_ROUNDS];
	const unsigned int count = points[point];

	for (unsigned int i = 0; i < rounds; i++) {
		double start = now();

		list_slots(target, count);
		list[i] = now() - start;
		start = now();
		count_slots(target);
		same[i] = now() - start;
		tell(vm, "drop-keep %u", count - 1);
		start = now();
		if (count_slots(target) != count - 1)
			die("a slot that was deleted is still there");
		went[i] = now() - start;
		tell(vm, "move %u 0x%" PRIx64, count - 1, GPA(count - 1));
		start = now();
		if (count_slots(target) != count)
			die("a slot that came is not there");
		came[i] = now() - start;
	}
	chart_set(chart, "list the slots", UNIT_TIME, point, median(list, rounds));
	chart_set(chart, "info, nothing has changed", UNIT_TIME, point, median(same, rounds));
	chart_set(chart, "info after one slot went", UNIT_TIME, point, median(went, rounds));
	chart_set(chart, "info after one slot came", UNIT_TIME, point, median(came, rounds));
}

static void measure_death(struct chart *chart, unsigned int point, struct testvm *vm, int target)
{
	const unsigned int count = points[point];
	const volatile uint64_t *memory = module_map(target, 0, GPA(count));
	double start = now();

	for (unsigned int i = 0; i < count; i++)
		check_word(memory, GPA(i), testguest_pattern(GPA(i)));
	chart_set(chart, "read a word of each slot, each", UNIT_TIME, point,
		  (now() - start) / count);
	start = now();
	kill(vm->pid, SIGKILL);
	module_wait_gone(target);
	chart_set(chart, "the VM is killed: its reader is told", UNIT_TIME, point, now() - start);
	testvm_kill(vm);
	chart_set(chart, "the VM is killed: it has ended", UNIT_TIME, point, now() - start);
	for (unsigned int i = 0; i < count; i++)
		check_word(memory, GPA(i), 0);
	munmap((void *)memory, GPA(count));
}

static void measure(struct chart *chart, unsigned int point)
{
	const unsigned int count = points[point];
	struct testvm vm;
	int vm_fd, target;

	if (testvm_start(&vm, NULL, 0))
		die("cannot start testvm: %s", vm.reply);
	for (unsigned int i = 0; i < count; i++)
		tell(&vm, "slot %u 0x%" PRIx64 " 0x%x anon", i, GPA(i), SLOT);
	vm_fd = module_vm_fd(&vm);
	measure_attach(chart, point, vm_fd);
	measure_memory(chart, point, vm_fd);
	target = module_attach(vm_fd);
	close(vm_fd);
	measure_faults(chart, point, target);
	measure_changes(chart, point, &vm, target);
	measure_death(chart, point, &vm, target);
	close(target);
}

void chart_slots(void)
{
	static struct chart chart = {
		.title = "A guest with many memslots",
		.of = "memslots",
		.points = points,
		.n_points = sizeof(points) / sizeof(*points),
	};

	for (unsigned int point = 0; point < chart.n_points; point++)
		measure(&chart, point);
	chart_print(&chart);
}
