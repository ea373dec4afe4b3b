/* SPDX-License-Identifier: MIT */
/* A mapping stays true while the host changes what is behind it. */
#include "kmod.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define START (4 * MIB)
#define SIZE (2 * MIB)

struct fixture {
	struct testvm vm;
	int target;
	volatile uint64_t *memory; /* [START, START + SIZE) */
};

static int start(void **state)
{
	static struct fixture fixture;

	if (testvm_start(&fixture.vm, "win10", 16))
		return -1;
	fixture.target = kmod_attach(&fixture.vm, 0);
	fixture.memory = kmod_map(fixture.target, START, SIZE, PROT_READ | PROT_WRITE);
	*state = &fixture;
	return 0;
}

static int stop(void **state)
{
	struct fixture *fixture = *state;

	munmap((void *)fixture->memory, SIZE);
	close(fixture->target);
	return testvm_stop(&fixture->vm);
}

static void command(struct fixture *fixture, const char *name)
{
	assert_ok(testvm_command(&fixture->vm, "%s 0x%jx 0x%jx", name, (uintmax_t)START,
				 (uintmax_t)SIZE));
}

static void refill(struct fixture *fixture, uint64_t seed)
{
	assert_ok(testvm_command(&fixture->vm, "fill 0x%jx 0x%jx 0x%jx", (uintmax_t)START,
				 (uintmax_t)SIZE, (uintmax_t)seed));
}

static void assert_pattern(struct fixture *fixture, uint64_t seed)
{
	assert_int_equal(kmod_count_wrong(fixture->memory, START, SIZE, seed), 0);
}

static void test_discard(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;

	for (i = 1; i <= 20; i++) {
		refill(fixture, i);
		assert_pattern(fixture, i);
		command(fixture, "discard");
		assert_int_equal(fixture->memory[0], 0);
		assert_int_equal(fixture->memory[SIZE / 8 - 1], 0);
	}
	/* A page that was mapped when it was zero shows what is written there later. */
	refill(fixture, 0);
	assert_pattern(fixture, 0);
}

static void test_remap(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;

	for (i = 1; i <= 20; i++) {
		refill(fixture, i);
		assert_pattern(fixture, i);
		command(fixture, "remap");
		assert_int_equal(fixture->memory[8], 0);
		/* A store through a fresh mapping reaches the new memory. */
		fixture->memory[8] = i;
		assert_ok(testvm_command(&fixture->vm, "check 0x%jx 8 0x%jx",
					 (uintmax_t)(START + 64),
					 (uintmax_t)(testguest_pattern(START + 64) ^ i)));
	}
	refill(fixture, 0);
	assert_pattern(fixture, 0);
}

static void test_copy_on_write(void **state)
{
	struct fixture *fixture = *state;

	/* Shared with a child: the first write moves the parent's page away. */
	refill(fixture, 0);
	assert_pattern(fixture, 0);
	command(fixture, "ksm");
	assert_ok(testvm_command(&fixture->vm, "fork"));
	assert_pattern(fixture, 0);
	refill(fixture, 7);
	assert_pattern(fixture, 7);
	fixture->memory[0] = 99;
	assert_ok(testvm_command(&fixture->vm, "unfork"));
	command(fixture, "unksm");
	assert_int_equal(fixture->memory[0], 99);
	refill(fixture, 0);
	assert_pattern(fixture, 0);
}

static void test_protection(void **state)
{
	struct fixture *fixture = *state;
	uint64_t seen;

	refill(fixture, 0);
	fixture->memory[0] = 5;
	/* Where the VM's process may not write, neither may we. */
	assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x1000 r", (uintmax_t)START));
	assert_int_equal(fixture->memory[0], 5);
	assert_true(kmod_write_faults(fixture->memory, 6));
	assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x1000 none", (uintmax_t)START));
	assert_int_equal(fixture->memory[0], 0);
	assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x1000 rw", (uintmax_t)START));
	assert_ok(testvm_value(&fixture->vm, &seen, "peek 0x%jx", (uintmax_t)START));
	assert_int_equal(seen, 5);
	assert_int_equal(fixture->memory[0], 5);
	refill(fixture, 0);
}

/* A page that comes where there was none tells no notifier: the zeros go all the same. */
static void test_first_page(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *window;

	assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x200000 nofill",
				 (uintmax_t)(64 * MIB)));
	assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x200000 none",
				 (uintmax_t)(64 * MIB)));
	window = kmod_map(fixture->target, 64 * MIB, 2 * MIB, PROT_READ | PROT_WRITE);
	assert_int_equal(*window, 0);
	*window = 1; /* discarded */
	assert_int_equal(window[PAGE / 8], 0);
	assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x200000 rw",
				 (uintmax_t)(64 * MIB)));
	assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 5", (uintmax_t)(64 * MIB)));
	assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 6", (uintmax_t)(64 * MIB + PAGE)));
	assert_true(kmod_wait_for(10, *window == 5));
	assert_true(kmod_wait_for(10, window[PAGE / 8] == 6));
	assert_ok(testvm_command(&fixture->vm, "drop 9"));
	munmap((void *)window, 2 * MIB);
}

static void sync_layout(struct fixture *fixture)
{
	struct memflow_info info;

	kmod_info(fixture->target, &info);
}

static void test_slot_changes(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *window = kmod_map(fixture->target, 64 * MIB, 2 * MIB, PROT_READ);
	const volatile struct memflow_status *status = kmod_status(fixture->target);
	unsigned int i;

	for (i = 0; i < 20; i++) {
		uint64_t before = status->generation;

		assert_int_equal(*window, 0);
		assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x100000",
					 (uintmax_t)(64 * MIB)));
		sync_layout(fixture);
		assert_int_not_equal(status->generation, before);
		assert_int_equal(kmod_count_wrong(window, 64 * MIB, MIB, 0), 0);
		assert_ok(testvm_command(&fixture->vm, "move 9 0x%jx", (uintmax_t)(65 * MIB)));
		sync_layout(fixture);
		/* Contents move along; where it was is a hole. */
		assert_int_equal(*window, 0);
		assert_int_equal(kmod_count_wrong(window + MIB / 8, 64 * MIB, MIB, 0), 0);
		assert_ok(testvm_command(&fixture->vm, "drop 9"));
		sync_layout(fixture);
		assert_int_equal(window[MIB / 8], 0);
	}
	munmap((void *)window, 2 * MIB);
	munmap((void *)status, PAGE);
}

/* Nobody asks the module anything: it notices by itself while something is mapped. */
static void test_slot_change_noticed(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *window = kmod_map(fixture->target, 64 * MIB, MIB, PROT_READ);
	const volatile struct memflow_status *status = kmod_status(fixture->target);
	uint64_t before = status->generation;

	assert_int_equal(*window, 0);
	assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x100000", (uintmax_t)(64 * MIB)));
	assert_true(kmod_wait_for(10, status->generation != before));
	assert_true(kmod_wait_for(10, *window == testguest_pattern(64 * MIB)));
	before = status->generation;
	assert_ok(testvm_command(&fixture->vm, "drop 9"));
	assert_true(kmod_wait_for(10, status->generation != before));
	assert_true(kmod_wait_for(10, *window == 0));
	munmap((void *)window, MIB);
	munmap((void *)status, PAGE);
}

/* Attached before it had any memory, as one may meet a VM that is just being made. */
static void test_first_slot_noticed(void **state)
{
	const volatile struct memflow_status *status;
	struct testvm vm;
	uint64_t before;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, NULL, 0));
	target = kmod_attach(&vm, MEMFLOW_READONLY);
	status = kmod_status(target);
	before = status->generation;
	/* Long enough for a watch that looks for mapped memory alone to have ended. */
	sleep(1);
	assert_ok(testvm_command(&vm, "slot 0 0 0x100000"));
	assert_true(kmod_wait_for(10, status->generation != before));
	munmap((void *)status, PAGE);
	close(target);
	assert_int_equal(testvm_stop(&vm), 0);
}

/* A slot that goes and comes back the same: what is mapped stays or comes back, never anything else. */
static void test_slot_churn(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *window = kmod_map(fixture->target, 64 * MIB, MIB, PROT_READ);
	unsigned int i;

	assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x100000", (uintmax_t)(64 * MIB)));
	sync_layout(fixture);
	for (i = 0; i < 20; i++) {
		assert_ok(testvm_command(&fixture->vm, "churn 9 50"));
		sync_layout(fixture);
		assert_int_equal(kmod_count_wrong(window, 64 * MIB, MIB, 0), 0);
	}
	assert_ok(testvm_command(&fixture->vm, "drop 9"));
	munmap((void *)window, MIB);
}

/* Small, so that faults, zaps and refills meet often. */
#define RACE_SIZE (64 * KIB)

static void test_race(void **state)
{
	struct fixture *fixture = *state;
	struct kmod_race race = {
		.memory = fixture->memory, .gpa = START, .length = RACE_SIZE, .stride = 509,
	};
	unsigned int i;

	refill(fixture, 0);
	kmod_race_begin(&race);
	for (i = 0; i < 300; i++) {
		uint64_t word = (i * 4099) % (RACE_SIZE / 8);

		assert_ok(testvm_command(&fixture->vm, "%s 0x%jx 0x%jx",
					 i % 3 ? "discard" : "remap", (uintmax_t)START,
					 (uintmax_t)RACE_SIZE));
		assert_ok(testvm_command(&fixture->vm, "fill 0x%jx 0x%jx", (uintmax_t)START,
					 (uintmax_t)RACE_SIZE));
		/* Acknowledged, so from now on nothing else may be seen. */
		assert_int_equal(fixture->memory[word], testguest_pattern(START + word * 8));
	}
	kmod_race_end(&race);
}

/* The other way round: a store that was made is never lost to a copy of the page. */
static void test_store_race(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;
	uint64_t seen;

	refill(fixture, 0);
	for (i = 1; i <= 200; i++) {
		uint64_t word = (i * 4099) % (SIZE / 8);

		if (i % 4 == 0)
			assert_ok(testvm_command(&fixture->vm, "fork"));
		(void)fixture->memory[word];
		fixture->memory[word] = i;
		if (i % 4 == 0)
			assert_ok(testvm_command(&fixture->vm, "unfork"));
		assert_ok(testvm_value(&fixture->vm, &seen, "peek 0x%jx",
				       (uintmax_t)(START + word * 8)));
		assert_int_equal(seen, i);
	}
	refill(fixture, 0);
}

/* The guest itself writes, and it is seen at once. */
static void test_running_guest(void **state)
{
	struct fixture *fixture = *state;
	uint64_t before, i;

	assert_ok(testvm_command(&fixture->vm, "run 0x%jx", (uintmax_t)(START + 256)));
	before = fixture->memory[32];
	assert_ok(testvm_wait_cycles(&fixture->vm));
	assert_true(kmod_wait_for(10, fixture->memory[32] > before));
	for (i = 0; i < 1000; i++) {
		uint64_t now = fixture->memory[32];

		assert_true(now >= before);
		before = now;
	}
	assert_ok(testvm_command(&fixture->vm, "halt"));
	refill(fixture, 0);
}

static void test_backings(void **state)
{
	static const char *const kinds[] = { "anon", "anon skew", "thp", "thp skew", "memfd" };
	struct fixture *fixture = *state;
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		volatile uint64_t *window;

		assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x400000 %s",
					 (uintmax_t)(64 * MIB), kinds[i]));
		window = kmod_map(fixture->target, 64 * MIB, 4 * MIB, PROT_READ | PROT_WRITE);
		assert_int_equal(kmod_count_wrong(window, 64 * MIB, 4 * MIB, 0), 0);
		window[77] = 1;
		assert_ok(testvm_command(&fixture->vm, "check 0x%jx 8 0x%jx",
					 (uintmax_t)(64 * MIB + 77 * 8),
					 (uintmax_t)(testguest_pattern(64 * MIB + 77 * 8) ^ 1)));
		munmap((void *)window, 4 * MIB);
		assert_ok(testvm_command(&fixture->vm, "drop 9"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_discard),
		cmocka_unit_test(test_remap),
		cmocka_unit_test(test_copy_on_write),
		cmocka_unit_test(test_protection),
		cmocka_unit_test(test_first_page),
		cmocka_unit_test(test_slot_changes),
		cmocka_unit_test(test_slot_change_noticed),
		cmocka_unit_test(test_first_slot_noticed),
		cmocka_unit_test(test_slot_churn),
		cmocka_unit_test(test_race),
		cmocka_unit_test(test_store_race),
		cmocka_unit_test(test_running_guest),
		cmocka_unit_test(test_backings),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("coherence", tests, start, stop);
}
