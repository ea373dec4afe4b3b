/* SPDX-License-Identifier: MIT */
/*
 * Huge pages are mapped by one entry where the VM's process has them, neighbours come along where
 * it has none, and both stay true when pages split, collapse, move or go.
 */
#include "slotted.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE (2 * MIB)

__attribute__((format(printf, 2, 3))) static void command(struct kmod_slotted *fixture,
							  const char *format, ...)
{
	char line[TESTVM_LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	assert_ok(testvm_command(&fixture->vm, "%s", line));
}

static void fill(struct kmod_slotted *fixture, uint64_t seed)
{
	command(fixture, "fill 0x%jx 0x%jx 0x%jx", (uintmax_t)START, (uintmax_t)SIZE,
		(uintmax_t)seed);
}

/* khugepaged needs minutes for it. Linux 6.1 has the advice; false: only the first touch does it. */
static bool collapse(struct kmod_slotted *fixture)
{
	int ret = testvm_command(&fixture->vm, "collapse 0x%jx 0x%jx", (uintmax_t)START,
				 (uintmax_t)SIZE);

	if (ret == -EINVAL)
		return false;
	assert_ok(ret);
	return true;
}

/* Page faults of a look at each page, or a store to each. */
static unsigned long faults_of(struct kmod_slotted *fixture, bool write)
{
	unsigned long before = kmod_faults_so_far();
	uint64_t i;

	for (i = 0; i < SIZE / 8; i += PAGE / 8) {
		if (write)
			fixture->memory[i] = testguest_pattern(START + i * 8);
		else
			(void)fixture->memory[i];
	}
	return kmod_faults_so_far() - before;
}

static void assert_pattern(struct kmod_slotted *fixture, uint64_t seed)
{
	assert_int_equal(kmod_count_wrong(fixture->memory, START, SIZE, seed), 0);
}

static unsigned int pages_of_a_batch(void)
{
	FILE *file = fopen("/sys/module/memflow/parameters/batch", "re");
	unsigned int batch = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%u", &batch), 1);
	fclose(file);
	return batch;
}

/* More than asked for may come by interrupts of the test; far fewer than pages is the point. */
#define SLACK 8

static void expect_huge(struct kmod_slotted *fixture)
{
	assert_in_range(faults_of(fixture, false), 1, SIZE / HUGE + SLACK);
	assert_in_range(faults_of(fixture, true), 1, SIZE / HUGE + SLACK);
	assert_pattern(fixture, 0);
}

static void test_transparent(void **state)
{
	struct kmod_slotted *fixture = *state;

	kmod_slot_add(fixture, "thp");
	collapse(fixture);
	expect_huge(fixture);
	kmod_slot_drop(fixture);
}

/* So many pages in the pool as the test needs, or a skip where the host has no room for them. */
static bool have_pool(unsigned int pages)
{
	FILE *pool = fopen("/proc/sys/vm/nr_hugepages", "r+e");
	unsigned int there = 0;

	if (!pool)
		return false;
	fprintf(pool, "%u\n", pages);
	fflush(pool);
	rewind(pool);
	if (fscanf(pool, "%u", &there) != 1)
		there = 0;
	fclose(pool);
	return there >= pages;
}

static void test_hugetlbfs(void **state)
{
	struct kmod_slotted *fixture = *state;
	int ret;

	if (!have_pool(SIZE / HUGE)) {
		print_message("the host has no %ju huge pages\n", (uintmax_t)(SIZE / HUGE));
		skip();
	}
	kmod_slot_add(fixture, "huge");
	expect_huge(fixture);
	/* hugetlbfs gives pages back since Linux 5.18. */
	ret = testvm_command(&fixture->vm, "discard 0x%jx 0x%jx", (uintmax_t)(START + HUGE),
			     (uintmax_t)HUGE);
	if (ret != -EINVAL) {
		assert_ok(ret);
		assert_int_equal(fixture->memory[HUGE / 8], 0);
		assert_int_equal(kmod_count_wrong(fixture->memory, START, HUGE, 0), 0);
	}
	kmod_slot_drop(fixture);
	have_pool(0);
}

static void test_batches(void **state)
{
	struct kmod_slotted *fixture = *state;
	unsigned int batch = pages_of_a_batch();

	kmod_slot_add(fixture, "anon");
	assert_true(batch > 1);
	assert_in_range(faults_of(fixture, false), 1, SIZE / PAGE / batch + SLACK);
	/* A store makes one page writable and leaves its neighbours alone. */
	assert_in_range(faults_of(fixture, true), SIZE / PAGE, 2 * SIZE / PAGE + SLACK);
	assert_pattern(fixture, 0);
	kmod_slot_drop(fixture);
}

/* Host and guest address differ modulo 2 MiB: no huge entry fits, and nothing else goes wrong. */
static void test_skewed(void **state)
{
	struct kmod_slotted *fixture = *state;

	kmod_slot_add(fixture, "thp skew");
	assert_in_range(faults_of(fixture, false), SIZE / HUGE + SLACK, SIZE / PAGE);
	assert_pattern(fixture, 0);
	kmod_slot_drop(fixture);
}

/* Neighbours of a page that was never touched are not there to be mapped, and are not made. */
static void test_nothing_is_made(void **state)
{
	struct kmod_slotted *fixture = *state;
	uint64_t before, after;
	unsigned int i;

	kmod_slot_add(fixture, "memfd nofill");
	assert_ok(testvm_value(&fixture->vm, &before, "rss"));
	for (i = 0; i < 16; i++)
		assert_int_equal(fixture->memory[i * (SIZE / 16) / 8], 0);
	assert_ok(testvm_value(&fixture->vm, &after, "rss"));
	/* A page each, which reading shared memory cannot avoid. */
	assert_in_range(after - before, 0, 16 * 4);
	kmod_slot_drop(fixture);
}

/* The huge zero page stands there until somebody writes. */
static void test_untouched(void **state)
{
	struct kmod_slotted *fixture = *state;
	uint64_t seen;

	kmod_slot_add(fixture, "thp nofill");
	faults_of(fixture, false);
	assert_int_equal(fixture->memory[0], 0);
	command(fixture, "poke 0x%jx 77", (uintmax_t)(START + PAGE));
	assert_int_equal(fixture->memory[PAGE / 8], 77);
	fixture->memory[HUGE / 8 + 5] = 78;
	assert_ok(testvm_value(&fixture->vm, &seen, "peek 0x%jx", (uintmax_t)(START + HUGE + 40)));
	assert_int_equal(seen, 78);
	fill(fixture, 3);
	assert_pattern(fixture, 3);
	kmod_slot_drop(fixture);
}

static void test_split_and_collapse(void **state)
{
	struct kmod_slotted *fixture = *state;
	bool collapsed;
	unsigned int i;

	kmod_slot_add(fixture, "thp");
	for (i = 1; i <= 10; i++) {
		uint64_t page = (i * 37) % (SIZE / PAGE);

		fill(fixture, i);
		collapse(fixture);
		assert_pattern(fixture, i);
		/* One page out of a huge one. */
		command(fixture, "discard 0x%jx 0x1000", (uintmax_t)(START + page * PAGE));
		assert_int_equal(fixture->memory[page * PAGE / 8], 0);
		assert_int_equal(fixture->memory[page * PAGE / 8 + 511], 0);
		assert_int_equal(kmod_count_wrong(fixture->memory, START, page * PAGE, i), 0);
		assert_int_equal(kmod_count_wrong(fixture->memory + (page + 1) * PAGE / 8,
						  START + (page + 1) * PAGE,
						  SIZE - (page + 1) * PAGE, i),
				 0);
		collapse(fixture);
		assert_int_equal(fixture->memory[page * PAGE / 8], 0);
		/* Stores reach what it collapsed to. */
		fixture->memory[page * PAGE / 8] = i;
		command(fixture, "check 0x%jx 8 0x%jx", (uintmax_t)(START + page * PAGE),
			(uintmax_t)(testguest_pattern(START + page * PAGE) ^ i));
	}
	/* Mapped anew, what collapsed is huge again. */
	kmod_slot_unmap(fixture);
	fill(fixture, 0);
	collapsed = collapse(fixture);
	kmod_slot_map(fixture);
	if (collapsed)
		expect_huge(fixture);
	else
		assert_pattern(fixture, 0);
	kmod_slot_drop(fixture);
}

/* A child shares the pages: neither side may see what the other writes from then on. */
static void test_fork(void **state)
{
	struct kmod_slotted *fixture = *state;

	kmod_slot_add(fixture, "thp");
	collapse(fixture);
	faults_of(fixture, true);
	command(fixture, "fork");
	assert_pattern(fixture, 0);
	fixture->memory[0] = 5;
	command(fixture, "check 0x%jx 8 0x%jx", (uintmax_t)START,
		(uintmax_t)(testguest_pattern(START) ^ 5));
	fill(fixture, 9);
	assert_pattern(fixture, 9);
	command(fixture, "unfork");
	fill(fixture, 0);
	assert_pattern(fixture, 0);
	kmod_slot_drop(fixture);
}

/* The reader takes a huge mapping to pieces. */
static void test_pieces(void **state)
{
	struct kmod_slotted *fixture = *state;
	char *bytes;

	kmod_slot_add(fixture, "thp");
	collapse(fixture);
	faults_of(fixture, true);
	bytes = (char *)fixture->memory;
	assert_int_equal(mprotect(bytes + HUGE + PAGE, PAGE, PROT_READ), 0);
	assert_int_equal(munmap(bytes + 2 * HUGE + PAGE, PAGE), 0);
	assert_int_equal(kmod_count_wrong(fixture->memory, START, 2 * HUGE + PAGE, 0), 0);
	assert_int_equal(kmod_count_wrong(fixture->memory + (2 * HUGE + 2 * PAGE) / 8,
					  START + 2 * HUGE + 2 * PAGE,
					  SIZE - 2 * HUGE - 2 * PAGE, 0),
			 0);
	fixture->memory[(HUGE + 2 * PAGE) / 8] = 1;
	command(fixture, "check 0x%jx 8 0x%jx", (uintmax_t)(START + HUGE + 2 * PAGE),
		(uintmax_t)(testguest_pattern(START + HUGE + 2 * PAGE) ^ 1));
	kmod_slot_drop(fixture);
}

/* A window into the middle of a huge page, at an address that does not fit it. */
static void test_odd_windows(void **state)
{
	struct kmod_slotted *fixture = *state;
	uint64_t offset;

	kmod_slot_add(fixture, "thp");
	collapse(fixture);
	for (offset = PAGE; offset < 2 * HUGE; offset += 61 * PAGE) {
		volatile uint64_t *window = kmod_map(fixture->target, START + offset,
						     HUGE + 3 * PAGE, PROT_READ);

		assert_int_equal(kmod_count_wrong(window, START + offset, HUGE + 3 * PAGE, 0), 0);
		munmap((void *)window, HUGE + 3 * PAGE);
	}
	kmod_slot_drop(fixture);
}

#define RACE_SIZE (2 * HUGE)

static void test_race(void **state)
{
	static const char *const changes[] = { "collapse", "discard", "collapse", "remap" };
	struct kmod_slotted *fixture = *state;
	struct kmod_race race = {
		.gpa = START, .length = RACE_SIZE, .stride = 4099, .max_seed = 255,
	};
	unsigned int i;

	kmod_slot_add(fixture, "thp");
	race.memory = fixture->memory;
	kmod_race_begin(&race);
	for (i = 0; i < 100; i++) {
		uint64_t word = (i * 40009) % (RACE_SIZE / 8);
		uint64_t size = i % 3 ? RACE_SIZE : 16 * PAGE;

		command(fixture, "fill 0x%jx 0x%jx 0x%x", (uintmax_t)START, (uintmax_t)RACE_SIZE, i);
		assert_int_equal(fixture->memory[word], testguest_pattern(START + word * 8) ^ i);
		if (i % 8 == 7)
			command(fixture, "fork");
		/* Refused without a page to collapse, or by a kernel before 6.1. */
		testvm_command(&fixture->vm, "%s 0x%jx 0x%jx", changes[i % 4], (uintmax_t)START,
			       (uintmax_t)size);
		command(fixture, "poke 0x%jx 0x%jx", (uintmax_t)(START + word * 8),
			(uintmax_t)(testguest_pattern(START + word * 8) ^ 200));
		assert_int_equal(fixture->memory[word], testguest_pattern(START + word * 8) ^ 200);
		if (i % 8 == 7)
			command(fixture, "unfork");
	}
	kmod_race_end(&race);
	kmod_slot_drop(fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transparent),
		cmocka_unit_test(test_hugetlbfs),
		cmocka_unit_test(test_batches),
		cmocka_unit_test(test_skewed),
		cmocka_unit_test(test_nothing_is_made),
		cmocka_unit_test(test_untouched),
		cmocka_unit_test(test_split_and_collapse),
		cmocka_unit_test(test_fork),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_odd_windows),
		cmocka_unit_test(test_race),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("huge", tests, kmod_slotted_start, kmod_slotted_stop);
}
