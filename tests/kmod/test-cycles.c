/* SPDX-License-Identifier: MIT */
/* VMs come and go, each published and read; afterwards everything is as it was. */
#include "kmod.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define CYCLES 200

static unsigned int count_entries(const char *path)
{
	DIR *directory = opendir(path);
	unsigned int count = 0;

	if (!directory)
		return 0;
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void cycle(unsigned int round)
{
	volatile uint64_t *memory;
	struct testvm vm;
	int target;

	assert_ok(testvm_start(&vm, "cycle", 8));
	assert_ok(kmod_publish(&vm, "cycle", 0, 0, 0600));
	target = (int)assert_ok(kmod_open_node("cycle", O_RDWR));
	memory = kmod_map(target, 0, 8 * MIB, PROT_READ | PROT_WRITE);
	assert_int_equal(memory[4 * MIB / 8 + round], testguest_pattern(4 * MIB + round * 8));
	memory[4 * MIB / 8] = round;
	/* Every way out: killed with the reader there, or the reader first. */
	if (round % 2)
		testvm_kill(&vm);
	munmap((void *)memory, 8 * MIB);
	close(target);
	if (round % 2 == 0)
		assert_int_equal(testvm_stop(&vm), 0);
}

static void test_cycles(void **state)
{
	unsigned int descriptors, uses, i;
	uint64_t slab, after;

	(void)state;
	/* What is allocated once only is allocated now. */
	for (i = 0; i < 10; i++)
		cycle(i);
	assert_true(kmod_wait_for(10, !kmod_use_count()));
	descriptors = count_entries("/proc/self/fd");
	uses = kmod_use_count();
	slab = kmod_meminfo("SUnreclaim");
	for (i = 0; i < CYCLES; i++)
		cycle(i);
	assert_true(kmod_wait_for(10, count_entries("/sys/class/memflow") == 2));
	assert_true(kmod_wait_for(10, kmod_use_count() == uses));
	/* With what udev has put there, which it takes away in its own time. */
	assert_true(kmod_wait_for(10, !count_entries("/dev/memflow-vms")));
	assert_int_equal(count_entries("/proc/self/fd"), descriptors);
	/*
	 * One VM object with its regions is several KiB: a leak of one in each cycle would be
	 * seen here, other users of the slab are not. A kernel that looks for leaks itself, and keeps
	 * for KASAN what was freed, is asked when all tests are done.
	 */
	if (!access("/sys/kernel/debug/kmemleak", F_OK))
		return;
	assert_true(kmod_wait_for(20, (after = kmod_meminfo("SUnreclaim")) < slab + CYCLES * 2 * KIB));
	print_message("slab: %+jd KiB after %d cycles\n", ((intmax_t)after - (intmax_t)slab) / 1024,
		      CYCLES);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cycles) };

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("cycles", tests, NULL, NULL);
}
