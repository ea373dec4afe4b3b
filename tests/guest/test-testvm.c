/* SPDX-License-Identifier: MIT */
/*
 * testvm and its client, checked from outside through process_vm_readv(2): a test of the kernel
 * module may then trust that what it did to the memory has happened.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

#include "testguest.h"
#include "testvm.h"

#define GIB4 UINT64_C(0x100000000)

static struct testvm vm;

/* The word at @gpa as another process sees it. */
static int outside(uint64_t gpa, uint64_t *word)
{
	struct iovec local = { .iov_base = word, .iov_len = sizeof(*word) };
	struct iovec remote = { .iov_len = sizeof(*word) };
	uint64_t hva;
	int err = testvm_value(&vm, &hva, "hva 0x%llx", (unsigned long long)gpa);

	if (err)
		return err;
	remote.iov_base = (void *)(uintptr_t)hva;
	return process_vm_readv(vm.pid, &local, 1, &remote, 1, 0) < 0 ? -errno : 0;
}

static void assert_word(uint64_t gpa, uint64_t wanted)
{
	uint64_t word = 0;

	assert_int_equal(outside(gpa, &word), 0);
	assert_int_equal(word, wanted);
}

static int start_empty(void **state)
{
	(void)state;
	return testvm_start(&vm, NULL, 0);
}

static int stop(void **state)
{
	(void)state;
	return testvm_stop(&vm);
}

static void test_slots(void **state)
{
	uint64_t word;

	(void)state;
	assert_int_equal(testvm_command(&vm, "slot 0 0 0x100000"), 0);
	assert_int_equal(testvm_command(&vm, "slot 7 0x%llx 0x400000 thp", (long long)GIB4), 0);
	assert_int_equal(testvm_command(&vm, "slot 8 0x10000000 0x3000 memfd ro"), 0);
	assert_int_equal(testvm_command(&vm, "slot 9 0x20000000 0x2000 skew"), 0);
	assert_word(0x1238, testguest_pattern(0x1238));
	assert_word(GIB4 + 0x3ffff8, testguest_pattern(GIB4 + 0x3ffff8));
	assert_word(0x10002000, testguest_pattern(0x10002000));
	assert_word(0x20001000, testguest_pattern(0x20001000));

	assert_int_equal(testvm_value(&vm, &word, "hva 0x%llx", (long long)GIB4), 0);
	assert_int_equal(word & 0x1fffff, 0);
	assert_int_equal(testvm_value(&vm, &word, "hva 0x20000000"), 0);
	assert_int_equal(word & 0x1fffff, 0x1000);

	/* The kernel refuses an overlap, and an answer carries its errno. */
	assert_int_equal(testvm_command(&vm, "slot 1 0x80000 0x100000"), -EEXIST);
	assert_int_equal(testvm_command(&vm, "slot 0 0x40000000 0x1000"), -EEXIST);
	assert_int_equal(testvm_command(&vm, "slot 2 0x40000000 0x1001"), -EINVAL);
	assert_int_equal(testvm_command(&vm, "peek 0x40000000"), -EFAULT);

	assert_int_equal(testvm_command(&vm, "move 8 0x30000000"), 0);
	assert_word(0x30000008, testguest_pattern(0x10000008));
	assert_int_equal(testvm_command(&vm, "drop-keep 7"), 0);
	assert_int_equal(testvm_command(&vm, "slot 2 0x%llx 0x1000 nofill", (long long)GIB4), 0);
	assert_word(GIB4, 0);
	assert_int_equal(testvm_command(&vm, "move 7 0x%llx", (long long)GIB4), -EEXIST);
	assert_int_equal(testvm_command(&vm, "drop 2"), 0);
	assert_int_equal(testvm_command(&vm, "move 7 0x%llx", (long long)GIB4), 0);
	assert_int_equal(testvm_command(&vm, "check 0x%llx 0x400000", (long long)GIB4), 0);
	assert_int_equal(testvm_command(&vm, "churn 0 100"), 0);
	assert_int_equal(testvm_command(&vm, "check 0 0x100000"), 0);
	assert_int_equal(testvm_command(&vm, "drop 0"), 0);
	assert_int_equal(testvm_command(&vm, "drop 0"), -ENOENT);
	assert_int_equal(testvm_command(&vm, "peek 0"), -EFAULT);
}

static void test_memory(void **state)
{
	uint64_t before, after, word;

	(void)state;
	assert_int_equal(testvm_command(&vm, "slot 0 0 0x1000000"), 0);
	assert_int_equal(testvm_command(&vm, "slot 1 0x2000000 0x10000 memfd"), 0);

	assert_int_equal(testvm_command(&vm, "fill 0x1000 0x1000 0x55"), 0);
	assert_int_equal(testvm_value(&vm, &word, "took"), 0);
	assert_in_range(word, 1, UINT64_C(3600000000000));
	assert_int_equal(testvm_command(&vm, "check 0x1000 0x1000 0x55"), 0);
	assert_int_equal(testvm_command(&vm, "check 0x1000 0x1000"), -EBADMSG);
	assert_non_null(strstr(vm.reply, "word at 0x1000 is 0x"));
	assert_word(0x1008, testguest_pattern(0x1008) ^ 0x55);
	assert_int_equal(testvm_command(&vm, "poke 0x2000 0xdeadbeefcafe"), 0);
	assert_word(0x2000, UINT64_C(0xdeadbeefcafe));
	assert_int_equal(testvm_value(&vm, &word, "peek 0x2000"), 0);
	assert_int_equal(word, UINT64_C(0xdeadbeefcafe));

	assert_int_equal(testvm_value(&vm, &before, "rss"), 0);
	assert_int_equal(testvm_command(&vm, "discard 0x100000 0x800000"), 0);
	assert_int_equal(testvm_value(&vm, &after, "rss"), 0);
	assert_int_equal(before - after, 8192);
	assert_word(0x100000, 0);
	assert_word(0xffff8, testguest_pattern(0xffff8));
	assert_int_equal(testvm_command(&vm, "discard 0x2001000 0x1000"), 0);
	assert_word(0x2001000, 0);
	assert_word(0x2002000, testguest_pattern(0x2002000));

	assert_int_equal(testvm_command(&vm, "remap 0x3000 0x1000"), 0);
	assert_word(0x3000, 0);
	assert_word(0x4000, testguest_pattern(0x4000));

	assert_int_equal(testvm_command(&vm, "mprotect 0x5000 0x1000 none"), 0);
	assert_int_equal(outside(0x5000, &word), -EFAULT);
	assert_int_equal(testvm_command(&vm, "peek 0x5000"), -EFAULT);
	assert_int_equal(testvm_command(&vm, "mprotect 0x5000 0x1000 r"), 0);
	assert_word(0x5000, testguest_pattern(0x5000));
	assert_int_equal(testvm_command(&vm, "poke 0x5000 1"), -EFAULT);
	assert_int_equal(testvm_command(&vm, "mprotect 0x5000 0x1000 rw"), 0);
	assert_int_equal(testvm_command(&vm, "poke 0x5000 1"), 0);
	assert_int_equal(testvm_command(&vm, "mprotect 0x5000 0x1000 x"), -EINVAL);

	/* The child keeps the old page; ours becomes a copy. */
	assert_int_equal(testvm_command(&vm, "fork"), 0);
	assert_int_equal(testvm_command(&vm, "poke 0x6000 2"), 0);
	assert_word(0x6000, 2);
	assert_int_equal(testvm_command(&vm, "unfork"), 0);
	assert_int_equal(testvm_command(&vm, "dontfork"), 0);
	assert_int_equal(testvm_command(&vm, "check 0x7000 0x9000"), 0);
}

static void test_vcpu(void **state)
{
	uint64_t stopped, word;

	(void)state;
	assert_int_equal(testvm_command(&vm, "slot 0 0 0x100000"), 0);
	assert_int_equal(testvm_command(&vm, "halt"), -ESRCH);
	assert_int_equal(testvm_command(&vm, "run 0x3000"), 0);
	assert_int_equal(testvm_command(&vm, "run 0x4000"), -EBUSY);
	assert_int_equal(testvm_wait_cycles(&vm), 0);
	/* It loads what is there before it counts on. */
	assert_int_equal(testvm_command(&vm, "poke 0x3000 0x7fffffffff"), 0);
	assert_int_equal(testvm_wait_cycles(&vm), 0);
	assert_int_equal(testvm_command(&vm, "halt"), 0);
	assert_int_equal(testvm_value(&vm, &stopped, "cycles"), 0);
	assert_true(stopped > UINT64_C(0x7fffffffff));
	assert_word(0x3000, stopped);
	assert_int_equal(testvm_command(&vm, "run 0x8000"), 0);
	assert_int_equal(testvm_wait_cycles(&vm), 0);
	assert_int_equal(testvm_command(&vm, "halt"), 0);
	assert_int_equal(testvm_value(&vm, &word, "peek 0x3000"), 0);
	assert_int_equal(word, stopped);
	assert_int_equal(testvm_command(&vm, "check 0x4000 0x4000"), 0);
}

/* Shared memory is there once it is read. */
static void test_walk(void **state)
{
	uint64_t before, after;

	(void)state;
	assert_int_equal(testvm_command(&vm, "slot 0 0 0x10000"), 0);
	assert_int_equal(testvm_command(&vm, "slot 1 0x200000 0x100000 memfd nofill"), 0);
	assert_int_equal(testvm_value(&vm, &before, "rss"), 0);
	assert_int_equal(testvm_command(&vm, "run 0x3000 0x200000"), -EINVAL);
	assert_int_equal(testvm_command(&vm, "run 0x3000 0x200000 0x200000"), -EFAULT);
	assert_int_equal(testvm_command(&vm, "run 0x3000 0x200000 0x80000"), 0);
	do {
		assert_int_equal(testvm_wait_cycles(&vm), 0);
		assert_int_equal(testvm_value(&vm, &after, "cycles"), 0);
	} while (after < 256);
	assert_int_equal(testvm_command(&vm, "halt"), 0);
	assert_int_equal(testvm_value(&vm, &after, "rss"), 0);
	/* That half of the memory, but not all of it. */
	assert_in_range(after, before + 0x200, before + 0x3c0);
	assert_int_equal(testvm_command(&vm, "check 0x4000 0x4000"), 0);
}

static void test_protocol(void **state)
{
	char longest[600];
	uint64_t number;

	(void)state;
	assert_int_equal(testvm_value(&vm, &number, "pid"), 0);
	assert_int_equal(number, vm.pid);
	assert_int_equal(testvm_value(&vm, &number, "vmfd"), 0);
	assert_true(number > 2);
	assert_int_equal(testvm_command(&vm, "nonsense"), -EINVAL);
	assert_int_equal(testvm_command(&vm, "slot 0 0"), -EINVAL);
	assert_int_equal(testvm_command(&vm, "slot 0 zero 0x1000"), -EINVAL);
	assert_int_equal(testvm_command(&vm, "%s", ""), -EINVAL);
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(testvm_command(&vm, "%s", longest), -E2BIG);
	assert_int_equal(testvm_value(&vm, &number, "unfork"), -EPROTO);
}

static void test_machine(void **state)
{
	struct testguest_info info;
	struct iovec local = { .iov_base = &info, .iov_len = sizeof(info) };
	struct iovec remote = { .iov_len = sizeof(info) };
	uint64_t hva;

	(void)state;
	assert_int_equal(testvm_start(&vm, "a name, with \"all\"", 64), 0);
	assert_int_equal(testvm_value(&vm, &hva, "hva 0x200000"), 0);
	remote.iov_base = (void *)(uintptr_t)hva;
	assert_int_equal(process_vm_readv(vm.pid, &local, 1, &remote, 1, 0), sizeof(info));
	assert_memory_equal(info.magic, TESTGUEST_MAGIC, sizeof(info.magic));
	assert_string_equal(info.name, "a name, with \"all\"");
	assert_int_equal(info.pattern_ready, 1);
	assert_int_not_equal(info.boot_id, 0);
	assert_int_equal(info.nr_ranges, 2);
	assert_int_equal(info.ranges[1].gpa, 0x201000);
	assert_int_equal(info.ranges[1].gpa + info.ranges[1].size, 64 << 20);
	for (size_t i = 0; i < info.nr_ranges; i++)
		assert_int_equal(testvm_command(&vm, "check 0x%llx 0x%llx",
						(unsigned long long)info.ranges[i].gpa,
						(unsigned long long)info.ranges[i].size),
				 0);
	assert_int_equal(testvm_stop(&vm), 0);
	assert_int_equal(vm.pid, 0);
}

static void test_end(void **state)
{
	pid_t pid;

	(void)state;
	assert_int_equal(testvm_start(&vm, NULL, 0), 0);
	pid = vm.pid;
	testvm_kill(&vm);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
	assert_int_equal(testvm_command(&vm, "pid"), -EPIPE);

	assert_int_equal(testvm_start(&vm, NULL, 0), 0);
	assert_int_equal(kill(vm.pid, SIGKILL), 0);
	assert_int_equal(testvm_command(&vm, "pid"), -EPIPE);
	assert_int_equal(testvm_stop(&vm), -EPROTO);

	/* Nobody there to talk to: it goes by itself, or stop would wait for ever. */
	assert_int_equal(testvm_start(&vm, NULL, 0), 0);
	close(vm.fd);
	vm.fd = -1;
	assert_int_equal(testvm_stop(&vm), -EPROTO);
}

static void test_many(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(testvm_start(&vm, NULL, 0), 0);
		assert_int_equal(testvm_command(&vm, "slot 0 0 0x100000"), 0);
		testvm_kill(&vm);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_slots, start_empty, stop),
		cmocka_unit_test_setup_teardown(test_memory, start_empty, stop),
		cmocka_unit_test_setup_teardown(test_vcpu, start_empty, stop),
		cmocka_unit_test_setup_teardown(test_walk, start_empty, stop),
		cmocka_unit_test_setup_teardown(test_protocol, start_empty, stop),
		cmocka_unit_test(test_machine),
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_many),
	};

	/* Only what a machine may lack is a reason to skip; a testvm that cannot start is none. */
	if (access("/dev/kvm", R_OK | W_OK)) {
		fprintf(stderr, "skip: cannot open /dev/kvm: %s\n", strerror(errno));
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
