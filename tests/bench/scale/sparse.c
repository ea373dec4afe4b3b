/* SPDX-License-Identifier: MIT */
/*
 * A large guest physical address space, nearly nothing of which is there: half of each GiB is a
 * memslot that the guest has not touched, half a hole.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "scale.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "testguest.h"

#define SLOT (GIB / 2)
#define HUGE (2 * MIB)

static const unsigned int points[] = { 1, 4, 16, 32 };

/* One word each @step from @offset on in each GiB; sums them up. */
static uint64_t touch(const volatile uint64_t *memory, unsigned int gib, uint64_t offset,
		      uint64_t step)
{
	uint64_t sum = 0;

	for (uint64_t gpa = 0; gpa < gib * GIB; gpa += GIB)
		for (uint64_t at = 0; at < SLOT; at += step)
			sum += memory[(gpa + offset + at) / 8];
	return sum;
}

/* Steps over data and holes, as tools do that copy files. */
static double walk(int target, unsigned int gib)
{
	double start = now();
	off_t at = 0;

	for (unsigned int i = 0; i < gib; i++) {
		if (lseek(target, at, SEEK_DATA) != (off_t)(i * GIB))
			die("GiB %u does not begin with memory", i);
		at = lseek(target, (off_t)(i * GIB), SEEK_HOLE);
		if (at != (off_t)(i * GIB + SLOT))
			die("the hole of GiB %u is not in its middle", i);
	}
	return now() - start;
}

static void measure_touch(struct chart *chart, unsigned int point, struct testvm *vm,
			  const volatile uint64_t *memory)
{
	const unsigned int gib = points[point];
	uint64_t rss = ask(vm, "rss");
	struct memory before;
	double start = now();
	uint64_t sum;

	/* A page of each GiB is the guest's, and its word is known; all else is zeros. */
	sum = touch(memory, gib, 0, SLOT);
	chart_set(chart, "touch a page of each GiB, each", UNIT_TIME, point, (now() - start) / gib);
	if (sum != gib * (gib + 1) / 2)
		die("the pages sum up to %" PRIu64, sum);
	memory_now(&before);
	start = now();
	sum = touch(memory, gib, HUGE / 2, HUGE);
	chart_set(chart, "touch a page of each 2 MiB of memory, of a GiB", UNIT_TIME, point,
		  (now() - start) / gib);
	chart_set(chart, "page tables and the like for these", UNIT_KIB, point,
		  kernel_memory_since(&before) / gib);
	memory_now(&before);
	start = now();
	sum += touch(memory, gib, SLOT, HUGE);
	chart_set(chart, "touch a page of each 2 MiB of holes, of a GiB", UNIT_TIME, point,
		  (now() - start) / gib);
	chart_set(chart, "page tables and the like for those", UNIT_KIB, point,
		  kernel_memory_since(&before) / gib);
	if (sum)
		die("what nobody has written sums up to %" PRIu64, sum);
	/* In anonymous memory a look is answered by the zero page. */
	if (ask(vm, "rss") > rss + 1024)
		die("the guest has grown by %" PRIu64 " KiB of being looked at",
		    ask(vm, "rss") - rss);
}

static void measure_attach(struct chart *chart, unsigned int point, int vm_fd)
{
	double attach[MAX_ROUNDS], map[MAX_ROUNDS], unmap[MAX_ROUNDS], detach[MAX_ROUNDS];
	const uint64_t length = points[point] * GIB;

	for (unsigned int i = 0; i < rounds; i++) {
		const volatile uint64_t *memory;
		double start = now();
		int target = module_attach(vm_fd);

		attach[i] = now() - start;
		start = now();
		memory = module_map(target, 0, length);
		map[i] = now() - start;
		start = now();
		munmap((void *)memory, length);
		unmap[i] = now() - start;
		start = now();
		close(target);
		detach[i] = now() - start;
	}
	chart_set(chart, "attach (a memslot a GiB)", UNIT_TIME, point, median(attach, rounds));
	chart_set(chart, "map all", UNIT_TIME, point, median(map, rounds));
	chart_set(chart, "unmap it untouched", UNIT_TIME, point, median(unmap, rounds));
	chart_set(chart, "detach", UNIT_TIME, point, median(detach, rounds));
}

static void measure_death(struct chart *chart, unsigned int point, struct testvm *vm, int target,
			  const volatile uint64_t *memory)
{
	const uint64_t length = points[point] * GIB;
	double start = now();

	testvm_kill(vm);
	chart_set(chart, "the VM is killed: it has ended", UNIT_TIME, point, now() - start);
	module_wait_gone(target);
	if (touch(memory, points[point], 0, SLOT))
		die("memory of a VM that is gone is still there");
	start = now();
	munmap((void *)memory, length);
	chart_set(chart, "unmap all of that", UNIT_TIME, point, now() - start);
}

static void measure(struct chart *chart, unsigned int point)
{
	const unsigned int gib = points[point];
	const volatile uint64_t *memory;
	struct memory before;
	struct testvm vm;
	int vm_fd, target;

	if (testvm_start(&vm, NULL, 0))
		die("cannot start testvm: %s", vm.reply);
	for (unsigned int i = 0; i < gib; i++) {
		tell(&vm, "slot %u 0x%" PRIx64 " 0x%" PRIx64 " anon nofill", i, i * GIB, SLOT);
		tell(&vm, "poke 0x%" PRIx64 " %u", i * GIB, i + 1);
	}
	vm_fd = module_vm_fd(&vm);
	measure_attach(chart, point, vm_fd);
	memory_now(&before);
	target = module_attach(vm_fd);
	close(vm_fd);
	memory = module_map(target, 0, gib * GIB);
	chart_set(chart, "memory of a mapping untouched", UNIT_KIB, point,
		  kernel_memory_since(&before));
	chart_set(chart, "step over memory and holes, a GiB", UNIT_TIME, point,
		  walk(target, gib) / gib);
	measure_touch(chart, point, &vm, memory);
	measure_death(chart, point, &vm, target, memory);
	close(target);
}

void chart_sparse(void)
{
	static struct chart chart = {
		.title = "A sparse guest",
		.of = "GiB of guest physical addresses",
		.points = points,
		.n_points = sizeof(points) / sizeof(*points),
	};

	for (unsigned int point = 0; point < chart.n_points; point++)
		measure(&chart, point);
	chart_print(&chart);
}
