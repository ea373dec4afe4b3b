/* SPDX-License-Identifier: MIT */
/* The module goes only when nobody uses it, and then leaves nothing. Loads it again at the end. */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused_while_in_use),
		cmocka_unit_test(test_unload_races_death),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("unload", tests, NULL, NULL);
}
