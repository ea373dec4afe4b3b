/* SPDX-License-Identifier: MIT */
/* The ioctls of memflow-kvm, called as its own user space calls them. */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

/* As mabi.h of memflow-kvm 0.2.1 lays them out. */
typedef struct vm_memslot {
	__aligned_u64 base;
	__aligned_u64 host_base;
	__aligned_u64 map_size;
} vm_memslot_t;

typedef struct vm_info {
	__kernel_pid_t userspace_pid;
	__u32 slot_count;
	struct vm_memslot *slots;
} vm_info_t;

typedef struct vm_map_info {
	__u32 slot_count;
	struct vm_memslot *slots;
} vm_map_info_t;

#define OLD_OPEN_VM _IOR(0x6d, 0, __kernel_pid_t)
#define OLD_VM_INFO _IOWR(0x6d, 1, vm_info_t)
#define OLD_MAP_VM _IOWR(0x6d, 2, vm_map_info_t)

static struct testvm vm;

static int start(void **state)
{
	(void)state;
	/* RAM on both sides of the hole below 4 GiB. */
	return testvm_start(&vm, "win10", 3 * 1024 + 16);
}

static int stop(void **state)
{
	(void)state;
	return testvm_stop(&vm);
}

static void test_numbers(void **state)
{
	(void)state;
	assert_int_equal(MEMFLOW_OPEN_VM, OLD_OPEN_VM);
	assert_int_equal(MEMFLOW_VM_INFO, OLD_VM_INFO);
	assert_int_equal(MEMFLOW_MAP_VM, OLD_MAP_VM);
}

static void test_open(void **state)
{
	int control = kmod_control();

	(void)state;
	close((int)assert_ok(ioctl(control, OLD_OPEN_VM, vm.pid)));
	assert_errno(ioctl(control, OLD_OPEN_VM, getpid()), ENOENT);
	assert_errno(ioctl(control, OLD_OPEN_VM, 4194303), ESRCH);
	assert_errno(ioctl(control, OLD_OPEN_VM, -1), ESRCH);
	close(control);
}

/* The disposable host holds a VM without memory: 0 is the first that has some. */
static void test_open_first(void **state)
{
	vm_memslot_t slots[8];
	vm_info_t info = { .slot_count = 8, .slots = slots };
	int control = kmod_control();
	int target = (int)assert_ok(ioctl(control, OLD_OPEN_VM, 0));

	(void)state;
	assert_ok(ioctl(target, OLD_VM_INFO, &info));
	assert_int_equal(info.userspace_pid, vm.pid);
	close(target);
	close(control);
}

static void test_info(void **state)
{
	vm_memslot_t slots[8] = {};
	vm_info_t info = { .slot_count = 8, .slots = slots };
	int control = kmod_control();
	int target = (int)assert_ok(ioctl(control, OLD_OPEN_VM, vm.pid));
	uint64_t hva;

	(void)state;
	assert_ok(ioctl(target, OLD_VM_INFO, &info));
	assert_int_equal(info.userspace_pid, vm.pid);
	assert_int_equal(info.slot_count, 2);
	assert_int_equal(slots[0].base, 0);
	assert_int_equal(slots[0].map_size, 3 * GIB);
	assert_int_equal(slots[1].base, 4 * GIB);
	assert_int_equal(slots[1].map_size, 16 * MIB);
	assert_ok(testvm_value(&vm, &hva, "hva 0x100000000"));
	assert_int_equal(slots[1].host_base, hva);

	memset(slots, 0, sizeof(slots));
	info.slot_count = 1;
	assert_ok(ioctl(target, OLD_VM_INFO, &info));
	assert_int_equal(info.slot_count, 1);
	assert_int_equal(slots[1].map_size, 0);
	info.slot_count = 2;
	info.slots = NULL;
	assert_errno(ioctl(target, OLD_VM_INFO, &info), EFAULT);
	close(target);
	close(control);
}

static void test_map(void **state)
{
	vm_memslot_t slots[64] = {};
	vm_map_info_t map = { .slot_count = 64, .slots = slots };
	int control = kmod_control();
	int target = (int)assert_ok(ioctl(control, OLD_OPEN_VM, vm.pid));
	int mapped = (int)assert_ok(ioctl(target, OLD_MAP_VM, &map));
	volatile uint64_t *high;
	uint64_t gpa;

	(void)state;
	/* Mappings outlive every descriptor. */
	close(mapped);
	close(target);
	close(control);
	assert_int_equal(map.slot_count, 2);
	high = (volatile uint64_t *)slots[1].host_base;
	assert_int_equal(kmod_count_wrong(high, 4 * GIB, 16 * MIB, 0), 0);
	for (gpa = 4 * MIB; gpa < 3 * GIB; gpa += 64 * MIB + PAGE)
		assert_int_equal(*(volatile uint64_t *)(slots[0].host_base + gpa),
				 testguest_pattern(gpa));
	high[1] = 17;
	assert_ok(testvm_command(&vm, "check 0x100000008 8 0x%jx",
				 (uintmax_t)(testguest_pattern(4 * GIB + 8) ^ 17)));
	assert_ok(munmap((void *)slots[0].host_base, slots[0].map_size));
	assert_ok(munmap((void *)slots[1].host_base, slots[1].map_size));
}

static void test_map_failures(void **state)
{
	vm_memslot_t slots[64];
	vm_map_info_t map = { .slot_count = 64, .slots = NULL };
	int control = kmod_control();
	int target = (int)assert_ok(ioctl(control, OLD_OPEN_VM, vm.pid));

	(void)state;
	assert_errno(ioctl(target, OLD_MAP_VM, &map), EFAULT);
	assert_errno(ioctl(target, OLD_MAP_VM, NULL), EFAULT);
	map = (vm_map_info_t){ .slot_count = 0, .slots = slots };
	close((int)assert_ok(ioctl(target, OLD_MAP_VM, &map)));
	assert_int_equal(map.slot_count, 0);
	assert_errno(ioctl(control, OLD_MAP_VM, &map), ENOTTY);
	close(target);
	close(control);
}

/* Nobody gets more by way of a descriptor than it allows. */
static void test_map_rights(void **state)
{
	vm_map_info_t map = {};
	int node, mapped;

	(void)state;
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0640));
	node = (int)assert_ok(kmod_open_node("win10", O_RDONLY));
	mapped = (int)assert_ok(ioctl(node, OLD_MAP_VM, &map));
	assert_int_equal(fcntl(mapped, F_GETFL) & O_ACCMODE, O_RDONLY);
	assert_errno(pwrite(mapped, "", 1, 0), EBADF);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, mapped, 0), MAP_FAILED);
	close(mapped);
	close(node);
	node = (int)assert_ok(kmod_open_node("win10", O_WRONLY));
	assert_errno(ioctl(node, OLD_MAP_VM, &map), EACCES);
	close(node);
	assert_ok(kmod_unpublish("win10", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_open_first),
		cmocka_unit_test(test_info),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_map_failures),
		cmocka_unit_test(test_map_rights),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("legacy", tests, start, stop);
}
