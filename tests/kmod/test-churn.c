/* SPDX-License-Identifier: MIT */
/*
 * Readers look at memory whose contents never change while the host moves the pages behind it:
 * swaps them out, merges them, splits and collapses huge ones, compacts, and migrates them between
 * nodes. Whatever else than the contents is seen was stale or foreign.
 */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <unistd.h>

#define START GIB
#define SIZE (8 * MIB)
#define THREADS 2
#define SWAP_FILE "/var/tmp/memflow-test.swap"

/* MEMFLOW_ROUNDS of each change; a deeper run sets more. */
static unsigned int rounds = 3;

struct reader {
	pthread_t thread;
	volatile uint64_t *memory;
	unsigned int first;
};

struct fixture {
	struct testvm vm;
	int target;
	struct reader readers[THREADS];
	volatile uint64_t *memory;
};

static atomic_bool stop;
static atomic_ulong checks;
static atomic_ulong wrong;

/* Words all over the pages: 509 is prime to what a page holds. */
static void *look(void *data)
{
	struct reader *reader = data;

	while (!stop) {
		unsigned long bad = 0;
		uint64_t i, seen = 0;

		for (i = reader->first; i < SIZE / 8; i += 509, seen++)
			bad += reader->memory[i] != testguest_pattern(START + i * 8);
		wrong += bad;
		checks += seen;
	}
	return NULL;
}

/* Each test's slot is of a kind of its own. */
static void begin(struct fixture *fixture, const char *kind)
{
	unsigned int i;

	assert_ok(testvm_command(&fixture->vm, "slot 7 0x%jx 0x%jx %s", (uintmax_t)START,
				 (uintmax_t)SIZE, kind));
	fixture->memory = kmod_map(fixture->target, START, SIZE, PROT_READ);
	stop = false;
	checks = 0;
	wrong = 0;
	for (i = 0; i < THREADS; i++) {
		fixture->readers[i].memory = fixture->memory;
		fixture->readers[i].first = i * 255;
		assert_int_equal(pthread_create(&fixture->readers[i].thread, NULL, look,
						&fixture->readers[i]),
				 0);
	}
}

static void end(struct fixture *fixture, const char *what)
{
	unsigned int i;

	stop = true;
	for (i = 0; i < THREADS; i++)
		pthread_join(fixture->readers[i].thread, NULL);
	/* Once more, each word. */
	wrong += kmod_count_wrong(fixture->memory, START, SIZE, 0);
	checks += SIZE / 8;
	munmap((void *)fixture->memory, SIZE);
	assert_ok(testvm_command(&fixture->vm, "drop 7"));
	print_message("# figure %s: %lu checks, %lu wrong\n", what, checks, wrong);
	assert_int_equal(wrong, 0);
}

static int change(struct fixture *fixture, const char *name)
{
	return testvm_command(&fixture->vm, "%s 0x%jx 0x%jx", name, (uintmax_t)START,
			      (uintmax_t)SIZE);
}

static void set(const char *path, const char *value)
{
	int fd = (int)assert_ok(open(path, O_WRONLY | O_CLOEXEC));

	assert_ok(write(fd, value, strlen(value)));
	close(fd);
}

/* A number of /proc/vmstat; 0 where the kernel does not count that. */
static uint64_t event(const char *name)
{
	FILE *file = fopen("/proc/vmstat", "re");
	char line[128], word[64];
	uintmax_t value, found = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%63s %ju", word, &value) == 2 && !strcmp(word, name))
			found = value;
	fclose(file);
	return found;
}

static uint64_t number_in(const char *path)
{
	FILE *file = fopen(path, "re");
	uintmax_t value = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ju", &value), 1);
	fclose(file);
	return value;
}

static void test_swap(void **state)
{
	struct fixture *fixture = *state;
	uint64_t before = event("pswpout");
	unsigned int i;

	if (system("fallocate -l 48M " SWAP_FILE " && chmod 600 " SWAP_FILE
		   " && mkswap " SWAP_FILE " >/dev/null") ||
	    swapon(SWAP_FILE, 0)) {
		print_message("this host has no room for a swap file: %s\n", strerror(errno));
		unlink(SWAP_FILE);
		skip();
	}
	begin(fixture, "anon");
	for (i = 0; i < rounds; i++)
		assert_ok(change(fixture, "pageout"));
	end(fixture, "swap");
	assert_ok(swapoff(SWAP_FILE));
	unlink(SWAP_FILE);
	assert_true(event("pswpout") > before);
}

/* Who reads gives nobody a copy of what is shared. */
static void read_merged(int target)
{
	static char buffer[SIZE];
	uint64_t before;

	set("/sys/kernel/mm/ksm/run", "0");
	before = event("cow_ksm");
	assert_int_equal(pread(target, buffer, SIZE, START), SIZE);
	assert_int_equal(event("cow_ksm"), before);
	set("/sys/kernel/mm/ksm/run", "1");
}

/* Two VMs with the same contents: pages of one become pages of both. */
static void test_merge(void **state)
{
	struct fixture *fixture = *state;
	struct testvm twin;
	unsigned int i;

	assert_ok(testvm_start(&twin, NULL, 0));
	assert_ok(testvm_command(&twin, "slot 7 0x%jx 0x%jx anon", (uintmax_t)START,
				 (uintmax_t)SIZE));
	set("/sys/kernel/mm/ksm/sleep_millisecs", "10");
	set("/sys/kernel/mm/ksm/pages_to_scan", "4000");
	set("/sys/kernel/mm/ksm/run", "1");
	begin(fixture, "anon");
	assert_ok(testvm_command(&twin, "ksm 0x%jx 0x%jx", (uintmax_t)START, (uintmax_t)SIZE));
	for (i = 0; i < (rounds + 2) / 3; i++) {
		assert_ok(change(fixture, "ksm"));
		assert_true(kmod_wait_for(30, number_in("/sys/kernel/mm/ksm/pages_sharing") > 0));
		read_merged(fixture->target);
		assert_ok(change(fixture, "unksm"));
	}
	set("/sys/kernel/mm/ksm/run", "2");
	end(fixture, "ksm");
	set("/sys/kernel/mm/ksm/run", "0");
	assert_int_equal(testvm_stop(&twin), 0);
}

static void test_split_and_collapse(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;

	begin(fixture, "thp");
	for (i = 0; i < rounds; i++) {
		uint64_t gpa = START + (i * 37) % (SIZE / PAGE) * PAGE;

		assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x1000 r", (uintmax_t)gpa));
		assert_ok(testvm_command(&fixture->vm, "mprotect 0x%jx 0x1000 rw",
					 (uintmax_t)gpa));
		assert_ok(testvm_command(&fixture->vm, "fork"));
		assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 0x%jx", (uintmax_t)gpa,
					 (uintmax_t)testguest_pattern(gpa)));
		assert_ok(testvm_command(&fixture->vm, "unfork"));
		change(fixture, "collapse"); /* Linux 6.1 */
	}
	end(fixture, "thp");
}

static void test_compaction(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;

	begin(fixture, "anon");
	for (i = 0; i < rounds; i++)
		set("/proc/sys/vm/compact_memory", "1");
	end(fixture, "compaction");
}

static void migrate(struct fixture *fixture, const char *kind)
{
	uint64_t before = event("pgmigrate_success");
	unsigned int i;

	begin(fixture, kind);
	for (i = 0; i < rounds; i++) {
		unsigned long from = 1UL << (i & 1), to = 1UL << (~i & 1);

		assert_in_range(assert_ok(syscall(SYS_migrate_pages, fixture->vm.pid,
						  8 * sizeof(from), &from, &to)),
				0, SIZE / PAGE * 4);
	}
	end(fixture, kind);
	assert_true(event("pgmigrate_success") > before);
}

static void test_migration(void **state)
{
	if (access("/sys/devices/system/node/node1", F_OK)) {
		print_message("this host has one memory node\n");
		skip();
	}
	migrate(*state, "anon");
	migrate(*state, "thp");
	migrate(*state, "memfd");
}

/* Slots that come and go beside it change the layout, and nothing here. */
static void test_layouts(void **state)
{
	struct fixture *fixture = *state;
	unsigned int i;

	begin(fixture, "thp");
	assert_ok(testvm_command(&fixture->vm, "slot 9 0x%jx 0x100000", (uintmax_t)(2 * GIB)));
	for (i = 0; i < rounds; i++) {
		struct memflow_info info;

		assert_ok(testvm_command(&fixture->vm, "churn 9 50"));
		kmod_info(fixture->target, &info);
	}
	assert_ok(testvm_command(&fixture->vm, "drop 9"));
	end(fixture, "layouts");
}

static int start(void **state)
{
	static struct fixture fixture;
	const char *wanted = getenv("MEMFLOW_ROUNDS");

	if (wanted)
		rounds = (unsigned int)strtoul(wanted, NULL, 10);
	if (testvm_start(&fixture.vm, "win10", 16))
		return -1;
	fixture.target = kmod_attach(&fixture.vm, 0);
	*state = &fixture;
	return 0;
}

static int finish(void **state)
{
	struct fixture *fixture = *state;

	close(fixture->target);
	return testvm_stop(&fixture->vm);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_split_and_collapse),
		cmocka_unit_test(test_compaction),
		cmocka_unit_test(test_migration),
		cmocka_unit_test(test_layouts),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("churn", tests, start, finish);
}
