/* SPDX-License-Identifier: MIT */
/* The module goes only when nobody uses it, and then leaves nothing. Loads it again at the end. */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static int unload(void)
{
	return (int)syscall(SYS_delete_module, "memflow", O_NONBLOCK);
}

static void load(void)
{
	assert_int_equal(system("modprobe memflow"), 0);
}

static void test_refused_while_in_use(void **state)
{
	volatile uint64_t *memory;
	struct testvm vm;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, "win10", 8));
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	target = (int)assert_ok(kmod_open_node("win10", O_RDWR));
	assert_errno(unload(), EAGAIN);
	/* A mapping is enough. */
	memory = kmod_map(target, 0, 8 * MIB, PROT_READ);
	close(target);
	assert_errno(unload(), EAGAIN);
	assert_int_equal(memory[4 * MIB / 8], testguest_pattern(4 * MIB));
	munmap((void *)memory, 8 * MIB);
	target = kmod_attach(&vm, 0);
	assert_errno(unload(), EAGAIN);
	close(target);
	/* Published, but not open: that is no reason to stay. */
	assert_true(kmod_wait_for(10, !kmod_use_count()));
	assert_ok(unload());
	assert_int_equal(access("/dev/memflow-vms/win10", F_OK), -1);
	assert_int_equal(access("/dev/memflow", F_OK), -1);
	/* The VM noticed nothing. */
	assert_ok(testvm_command(&vm, "check 0x400000 0x100000"));
	load();
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	assert_int_equal(testvm_stop(&vm), 0);
}

/* While VMs die and their nodes are being taken away. */
static void test_unload_races_death(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		struct testvm vm;

		assert_ok(testvm_start(&vm, "win10", 8));
		assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
		testvm_kill(&vm);
		assert_true(kmod_wait_for(10, !unload()));
		load();
	}
}

/*
 * What the kernel gave to the module and got back is used by others. A lock that still knew the module
 * would be noticed by lockdep; here it is locked by mappings of inodes without a file system of their own.
 */
static void test_nothing_of_it_is_left(void **state)
{
	struct io_uring_params params;
	struct testvm vm;
	unsigned int i;
	void *map;
	int fd;

	(void)state;
	for (i = 0; i < 16; i++) {
		assert_ok(testvm_start(&vm, "win10", 8));
		fd = kmod_attach(&vm, 0);
		munmap((void *)kmod_map(fd, 0, 8 * MIB, PROT_READ), 8 * MIB);
		close(fd);
		assert_int_equal(testvm_stop(&vm), 0);
	}
	assert_true(kmod_wait_for(10, !unload()));
	for (i = 0; i < 512; i++) {
		memset(&params, 0, sizeof(params));
		fd = (int)syscall(SYS_io_uring_setup, 4, &params);
		if (fd < 0 && errno == ENOSYS)
			break;
		assert_ok(fd);
		map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, IORING_OFF_SQES);
		assert_ptr_not_equal(map, MAP_FAILED);
		/* It stays, or the next would get the same memory. */
	}
	load();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused_while_in_use),
		cmocka_unit_test(test_unload_races_death),
		cmocka_unit_test(test_nothing_of_it_is_left),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("unload", tests, NULL, NULL);
}
