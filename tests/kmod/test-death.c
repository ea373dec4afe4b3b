/* SPDX-License-Identifier: MIT */
/* What is left to a reader whose VM is gone. */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define VM_MIB 64

static void test_everything_says_gone(void **state)
{
	const volatile struct memflow_status *status;
	struct pollfd poll_fd = { .events = POLLIN };
	struct memflow_slots slots = { .size = sizeof(slots) };
	struct memflow_segment segment = {};
	struct memflow_transfer transfer = { .size = sizeof(transfer), .count = 1,
					     .segments = (uintptr_t)&segment };
	volatile uint64_t *memory, *untouched;
	struct memflow_info info;
	struct testvm vm;
	uint64_t word;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", VM_MIB));
	target = kmod_attach(&vm, 0);
	memory = kmod_map(target, 4 * MIB, MIB, PROT_READ | PROT_WRITE);
	untouched = kmod_map(target, 8 * MIB, MIB, PROT_READ | PROT_WRITE);
	status = kmod_status(target);
	memory[0] = 7;
	assert_int_equal(status->alive, 1);
	testvm_kill(&vm);

	assert_true(kmod_wait_for(10, !status->alive));
	/* The status page is the first to say so. */
	assert_true(kmod_wait_for(10, !memory[0] && !*untouched));
	assert_false(kmod_write_faults(memory, 1));
	assert_false(kmod_write_faults(untouched + 600, 1));
	poll_fd.fd = target;
	assert_int_equal(poll(&poll_fd, 1, 10 * 1000), 1);
	assert_int_equal(poll_fd.revents, POLLHUP | POLLERR);
	assert_errno(pread(target, &word, 8, 4 * MIB), ENODEV);
	assert_errno(pwrite(target, &word, 8, 4 * MIB), ENODEV);
	assert_errno(ioctl(target, MEMFLOW_IOC_SLOTS, &slots), ENODEV);
	assert_errno(ioctl(target, MEMFLOW_IOC_TRANSFER, &transfer), ENODEV);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, target, 0), MAP_FAILED);
	assert_int_equal(errno, ENODEV);
	kmod_info(target, &info);
	assert_int_equal(info.state, 0);
	munmap((void *)memory, MIB);
	munmap((void *)untouched, MIB);
	munmap((void *)status, PAGE);
	close(target);
}

static void test_strict_reader(void **state)
{
	volatile uint64_t *memory;
	struct testvm vm;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", VM_MIB));
	target = kmod_attach(&vm, MEMFLOW_STRICT);
	memory = kmod_map(target, 4 * MIB, MIB, PROT_READ);
	assert_int_equal(*memory, testguest_pattern(4 * MIB));
	testvm_kill(&vm);
	assert_true(kmod_wait_for(10, kmod_read_faults(memory)));
	munmap((void *)memory, MIB);
	close(target);
}

/* Every page is mapped here, and yet the host has them back as soon as the VM is gone. */
static void test_memory_is_free(void **state)
{
	const uint64_t size = 512 * MIB;
	uint64_t with, i, sum = 0;
	volatile uint64_t *memory;
	struct testvm vm;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", size / MIB));
	target = kmod_attach(&vm, 0);
	memory = kmod_map(target, 0, size, PROT_READ);
	for (i = 0; i < size / 8; i += PAGE / 8)
		sum += memory[i];
	assert_int_not_equal(sum, 0);
	with = kmod_meminfo("MemAvailable");
	testvm_kill(&vm);
	assert_true(kmod_wait_for(10, kmod_meminfo("MemAvailable") > with + size * 9 / 10));
	munmap((void *)memory, size);
	close(target);
}

struct reader {
	int target;
	volatile uint64_t *memory;
	const volatile struct memflow_status *status;
	atomic_bool started;
	uint64_t rounds;
	uint64_t wrong;
};

/* Copies as a library does: the copy first, then whether it can be believed. */
static void *read_until_gone(void *data)
{
	struct reader *reader = data;

	for (;;) {
		uint64_t word = (reader->rounds * 4099) % (VM_MIB / 2 * MIB / 8) + 4 * MIB / 8;
		uint64_t value = reader->memory[word];

		atomic_thread_fence(memory_order_acquire);
		if (!reader->status->alive)
			return NULL;
		reader->wrong += value != testguest_pattern(word * 8);
		reader->rounds++;
		reader->started = true;
	}
}

static void test_killed_under_readers(void **state)
{
	unsigned int round, i;

	(void)state;
	for (round = 0; round < 20; round++) {
		struct reader readers[4] = {};
		pthread_t threads[4];
		struct testvm vm;

		assert_ok(testvm_start(&vm, "win10", VM_MIB));
		for (i = 0; i < 4; i++) {
			struct reader *reader = &readers[i];

			reader->target = kmod_attach(&vm, 0);
			reader->memory = kmod_map(reader->target, 0, VM_MIB * MIB, PROT_READ);
			reader->status = kmod_status(reader->target);
			assert_int_equal(pthread_create(&threads[i], NULL, read_until_gone, reader),
					 0);
		}
		for (i = 0; i < 4; i++)
			assert_true(kmod_wait_for(10, readers[i].started));
		testvm_kill(&vm);
		for (i = 0; i < 4; i++) {
			pthread_join(threads[i], NULL);
			assert_int_equal(readers[i].wrong, 0);
			munmap((void *)readers[i].memory, VM_MIB * MIB);
			munmap((void *)readers[i].status, PAGE);
			close(readers[i].target);
		}
	}
}

/* The target goes first, then the VM, and the other way round, without a mapping. */
static void test_orders(void **state)
{
	struct testvm vm;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", VM_MIB));
	target = kmod_attach(&vm, 0);
	close(target);
	assert_int_equal(testvm_stop(&vm), 0);

	assert_ok(testvm_start(&vm, "win10", VM_MIB));
	target = kmod_attach(&vm, 0);
	testvm_kill(&vm);
	close(target);
}

static void test_attach_to_the_dead(void **state)
{
	struct memflow_attach attach = { .size = sizeof(attach) };
	int control = kmod_control();
	struct testvm vm;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", VM_MIB));
	attach.vm_fd = kmod_vm_fd(&vm);
	testvm_kill(&vm);
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), ESRCH);
	close(attach.vm_fd);
	close(control);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_says_gone),
		cmocka_unit_test(test_strict_reader),
		cmocka_unit_test(test_memory_is_free),
		cmocka_unit_test(test_killed_under_readers),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_attach_to_the_dead),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("death", tests, NULL, NULL);
}
