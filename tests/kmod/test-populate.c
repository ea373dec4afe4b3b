/* SPDX-License-Identifier: MIT */
/*
 * A mapping that was filled in advance takes no page faults where the VM has memory, makes none
 * where it has not, and is as true as any other.
 */
#include "slotted.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

/* More faults than none may come by interrupts of the test. */
#define SLACK 8

static int populate(int target, const volatile void *address, uint64_t length)
{
	struct memflow_populate request = {
		.size = sizeof(request),
		.address = (uintptr_t)address,
		.length = length,
	};

	return ioctl(target, MEMFLOW_IOC_POPULATE, &request);
}

/* Page faults of a load from each page. */
static unsigned long faults_of_loads(const struct kmod_slotted *fixture)
{
	unsigned long before = kmod_faults_so_far();
	uint64_t i;

	for (i = 0; i < SIZE / 8; i += PAGE / 8)
		(void)fixture->memory[i];
	return kmod_faults_so_far() - before;
}

static uint64_t page_table_bytes(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	uintmax_t kilobytes = 0;
	char line[128];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) && sscanf(line, "VmPTE: %ju kB", &kilobytes) != 1)
		;
	fclose(file);
	return kilobytes * KIB;
}

static void test_kinds(void **state)
{
	static const char *const kinds[] = { "anon", "anon skew", "thp", "thp skew", "memfd" };
	struct kmod_slotted *fixture = *state;
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		print_message("# of %s memory\n", kinds[i]);
		kmod_slot_add(fixture, kinds[i]);
		assert_ok(populate(fixture->target, fixture->memory, SIZE));
		assert_in_range(faults_of_loads(fixture), 0, SLACK);
		assert_int_equal(kmod_count_wrong(fixture->memory, START, SIZE, 0), 0);
		/* Again is no harm, and stores still come by themselves. */
		assert_ok(populate(fixture->target, fixture->memory, SIZE));
		fixture->memory[5] = 1;
		assert_ok(testvm_command(&fixture->vm, "check 0x%jx 8 0x%jx",
					 (uintmax_t)(START + 40),
					 (uintmax_t)(testguest_pattern(START + 40) ^ 1)));
		kmod_slot_drop(fixture);
	}
}

/* Only what was asked for, and a batch around it. */
static void test_piece(void **state)
{
	struct kmod_slotted *fixture = *state;
	uint64_t offset = 3 * MIB + 5 * PAGE;

	kmod_slot_add(fixture, "anon");
	assert_ok(populate(fixture->target, (const volatile char *)fixture->memory + offset, PAGE));
	assert_in_range(faults_of_loads(fixture), SIZE / (64 * PAGE) - 1, SIZE / PAGE);
	kmod_slot_drop(fixture);
}

static void test_nothing_is_made(void **state)
{
	static const char *const kinds[] = { "memfd nofill", "anon nofill", "thp nofill" };
	struct kmod_slotted *fixture = *state;
	uint64_t before, after;
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		kmod_slot_add(fixture, kinds[i]);
		assert_ok(testvm_value(&fixture->vm, &before, "rss"));
		assert_ok(populate(fixture->target, fixture->memory, SIZE));
		assert_ok(testvm_value(&fixture->vm, &after, "rss"));
		assert_int_equal(after, before);
		/* One page is there: it comes, the others do not. */
		assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 7",
					 (uintmax_t)(START + 37 * PAGE)));
		assert_ok(populate(fixture->target, fixture->memory, SIZE));
		assert_int_equal(fixture->memory[37 * PAGE / 8], 7);
		assert_int_equal(fixture->memory[36 * PAGE / 8], 0);
		kmod_slot_drop(fixture);
	}
}

/* Terabytes of hole are stepped over, without a page table. */
static void test_holes(void **state)
{
	const uint64_t length = UINT64_C(1) << 40;
	struct kmod_slotted *fixture = *state;
	volatile uint64_t *whole;
	uint64_t before;

	kmod_slot_add(fixture, "anon");
	whole = kmod_map(fixture->target, 0, length, PROT_READ);
	before = page_table_bytes();
	assert_ok(populate(fixture->target, whole, length));
	assert_in_range(page_table_bytes() - before, 0, 512 * KIB);
	assert_int_equal(kmod_count_wrong(whole + START / 8, START, SIZE, 0), 0);
	munmap((void *)whole, length);
	kmod_slot_drop(fixture);
}

static void test_refused(void **state)
{
	struct memflow_populate request = { .size = sizeof(request), .length = PAGE };
	struct kmod_slotted *fixture = *state;
	volatile char *bytes;
	int other;

	kmod_slot_add(fixture, "anon");
	bytes = (volatile char *)fixture->memory;
	other = kmod_attach(&fixture->vm, MEMFLOW_READONLY);
	assert_ok(populate(fixture->target, bytes, 0));
	assert_errno(populate(fixture->target, bytes + 1, PAGE), EINVAL);
	assert_errno(populate(fixture->target, bytes, PAGE + 1), EINVAL);
	assert_errno(populate(fixture->target, bytes, -PAGE), EINVAL);
	assert_errno(populate(fixture->target, (const char *)-PAGE, 0), ENOMEM);
	/* Beyond the mapping, another descriptor's, and none of ours at all. */
	assert_errno(populate(fixture->target, bytes, GIB), ENOMEM);
	assert_errno(populate(other, bytes, PAGE), ENOMEM);
	assert_errno(populate(fixture->target, (const char *)((uintptr_t)&request & -PAGE), PAGE),
		     ENOMEM);
	request.address = (uintptr_t)bytes;
	request.flags = 1;
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_POPULATE, &request), EINVAL);
	request.flags = 0;
	request.size = 8;
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_POPULATE, &request), EINVAL);
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_POPULATE, NULL), EFAULT);
	assert_ok(mprotect((void *)bytes, PAGE, PROT_NONE));
	assert_errno(populate(fixture->target, bytes, PAGE), EACCES);
	close(other);
	kmod_slot_drop(fixture);
}

/* Holes stay what they are for who wants to hear of them. */
static void test_strict(void **state)
{
	struct kmod_slotted *fixture = *state;
	volatile uint64_t *window;
	int strict = kmod_attach(&fixture->vm, MEMFLOW_STRICT);

	kmod_slot_add(fixture, "anon");
	window = kmod_map(strict, START - SIZE, 3 * SIZE, PROT_READ);
	assert_ok(populate(strict, window, 3 * SIZE));
	assert_true(kmod_read_faults(window));
	assert_true(kmod_read_faults(window + 3 * SIZE / 8 - 1));
	assert_int_equal(kmod_count_wrong(window + SIZE / 8, START, SIZE, 0), 0);
	munmap((void *)window, 3 * SIZE);
	close(strict);
	kmod_slot_drop(fixture);
}

static void ignore(int number)
{
	(void)number;
}

/* Asked for all of a large guest, it hears signals. */
static void test_interrupted(void **state)
{
	const struct itimerval soon = { { 0, 1000 }, { 0, 1000 } }, never = { { 0, 0 }, { 0, 0 } };
	struct sigaction action = { .sa_handler = ignore };
	struct kmod_slotted *fixture = *state;
	unsigned int i;
	int ret = 0;

	kmod_slot_add(fixture, "anon");
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	for (i = 0; i < 10000 && !ret; i++)
		ret = populate(fixture->target, fixture->memory, SIZE) ? errno : 0;
	setitimer(ITIMER_REAL, &never, NULL);
	assert_int_equal(ret, EINTR);
	kmod_slot_drop(fixture);
}

/* While the memory changes in every way, whoever is populated sees nothing old. */
static void test_race(void **state)
{
	static const char *const changes[] = { "collapse", "discard", "remap" };
	struct kmod_slotted *fixture = *state;
	struct kmod_race race = {
		.gpa = START, .length = SIZE, .stride = 4099, .max_seed = 255,
	};
	unsigned int i;

	kmod_slot_add(fixture, "thp");
	race.memory = fixture->memory;
	kmod_race_begin(&race);
	for (i = 0; i < 60; i++) {
		uint64_t word = (i * 40009) % (SIZE / 8);

		assert_ok(testvm_command(&fixture->vm, "fill 0x%jx 0x%jx 0x%x", (uintmax_t)START,
					 (uintmax_t)SIZE, i));
		assert_ok(populate(fixture->target, fixture->memory, SIZE));
		assert_int_equal(fixture->memory[word], testguest_pattern(START + word * 8) ^ i);
		testvm_command(&fixture->vm, "%s 0x%jx 0x%jx", changes[i % 3], (uintmax_t)START,
			       (uintmax_t)(i % 2 ? SIZE : 64 * PAGE));
		assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 0x%jx",
					 (uintmax_t)(START + word * 8),
					 (uintmax_t)(testguest_pattern(START + word * 8) ^ 200)));
		assert_int_equal(fixture->memory[word], testguest_pattern(START + word * 8) ^ 200);
	}
	kmod_race_end(&race);
	kmod_slot_drop(fixture);
}

static void test_dead(void **state)
{
	struct testvm vm;
	volatile uint64_t *memory;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "dying", 16));
	target = kmod_attach(&vm, 0);
	memory = kmod_map(target, 0, 16 * MIB, PROT_READ);
	assert_ok(populate(target, memory, 16 * MIB));
	testvm_kill(&vm);
	assert_true(kmod_wait_for(10, populate(target, memory, 16 * MIB) && errno == ENODEV));
	assert_int_equal(memory[5 * MIB / 8], 0);
	munmap((void *)memory, 16 * MIB);
	close(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),	    cmocka_unit_test(test_piece),
		cmocka_unit_test(test_nothing_is_made), cmocka_unit_test(test_holes),
		cmocka_unit_test(test_refused),	    cmocka_unit_test(test_strict),
		cmocka_unit_test(test_interrupted), cmocka_unit_test(test_race),
		cmocka_unit_test(test_dead),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("populate", tests, kmod_slotted_start, kmod_slotted_stop);
}
