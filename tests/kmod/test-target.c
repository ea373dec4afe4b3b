/* SPDX-License-Identifier: MIT */
/* What can be done with a target of a living VM: its file operations and ioctls. */
#include "kmod.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* 8 MiB of RAM with a hole and a ROM. */
#define HOLE_GPA (8 * MIB)
#define ROM_GPA (16 * MIB)
#define ROM_SIZE (64 * KIB)

struct fixture {
	struct testvm vm;
	int target;
};

static int start(void **state)
{
	static struct fixture fixture;

	if (testvm_start(&fixture.vm, "win10", 8))
		return -1;
	assert_ok(testvm_command(&fixture.vm, "slot 7 0x%jx 0x%jx ro", (uintmax_t)ROM_GPA,
				 (uintmax_t)ROM_SIZE));
	fixture.target = kmod_attach(&fixture.vm, 0);
	*state = &fixture;
	return 0;
}

static int stop(void **state)
{
	struct fixture *fixture = *state;

	close(fixture->target);
	return testvm_stop(&fixture->vm);
}

static void test_version(void **state)
{
	struct fixture *fixture = *state;
	struct memflow_version version;
	int control = kmod_control();

	assert_ok(ioctl(control, MEMFLOW_IOC_VERSION, &version));
	assert_int_equal(version.abi, MEMFLOW_ABI_VERSION);
	assert_true(version.features & MEMFLOW_FEATURE_STATUS);
	memset(&version, 0, sizeof(version));
	assert_ok(ioctl(fixture->target, MEMFLOW_IOC_VERSION, &version));
	assert_int_equal(version.abi, MEMFLOW_ABI_VERSION);
	assert_errno(ioctl(control, _IO(MEMFLOW_IOCTL_MAGIC, 0x7f)), ENOTTY);
	close(control);
}

static void test_info(void **state)
{
	struct fixture *fixture = *state;
	struct memflow_info info;

	kmod_info(fixture->target, &info);
	assert_int_equal(info.pid, fixture->vm.pid);
	assert_int_equal(info.state, MEMFLOW_ALIVE);
	assert_int_equal(info.nr_slots, 2);
	assert_int_equal(info.ram_size, 8 * MIB);
	assert_int_equal(info.end, ROM_GPA + ROM_SIZE);
}

static void test_slots(void **state)
{
	struct fixture *fixture = *state;
	struct memflow_memslot slots[4] = {};
	struct memflow_slots request = { .size = sizeof(request), .count = 1 };
	uint64_t hva;

	/* Room for one: told of both, given one. */
	request.slots = (uintptr_t)slots;
	assert_ok(ioctl(fixture->target, MEMFLOW_IOC_SLOTS, &request));
	assert_int_equal(request.count, 2);
	assert_int_equal(slots[1].length, 0);

	request.count = 4;
	assert_ok(ioctl(fixture->target, MEMFLOW_IOC_SLOTS, &request));
	assert_int_equal(slots[0].gpa, 0);
	assert_int_equal(slots[0].length, 8 * MIB);
	assert_int_equal(slots[0].flags, 0);
	assert_int_equal(slots[1].gpa, ROM_GPA);
	assert_int_equal(slots[1].flags, MEMFLOW_READONLY);
	assert_ok(testvm_value(&fixture->vm, &hva, "hva 0"));
	assert_int_equal(slots[0].hva, hva);
}

static void test_pread_all(void **state)
{
	struct fixture *fixture = *state;
	uint64_t *words = malloc(6 * MIB - PAGE);
	uint64_t first, last;

	assert_non_null(words);
	assert_int_equal(pread(fixture->target, words, 6 * MIB - PAGE, 2 * MIB + PAGE),
			 6 * MIB - PAGE);
	assert_int_equal(kmod_count_wrong(words, 2 * MIB + PAGE, 6 * MIB - PAGE, 0), 0);
	/* Neither end at a word, let alone a page. */
	assert_int_equal(pread(fixture->target, words, 3 * PAGE + 5, 3 * MIB + 3), 3 * PAGE + 5);
	first = testguest_pattern(3 * MIB);
	last = testguest_pattern(3 * MIB + 3 * PAGE);
	assert_memory_equal(words, (char *)&first + 3, 5);
	assert_memory_equal((char *)words + 3 * PAGE - 3, &last, 8);
	free(words);
}

static void test_pread_holes(void **state)
{
	struct fixture *fixture = *state;
	uint64_t words[1024];

	/* The last page of RAM and the first of the hole. */
	memset(words, 0xff, sizeof(words));
	assert_int_equal(pread(fixture->target, words, sizeof(words), HOLE_GPA - PAGE), 2 * PAGE);
	assert_int_equal(kmod_count_wrong(words, HOLE_GPA - PAGE, PAGE, 0), 0);
	assert_int_equal(words[512], 0);
	assert_int_equal(words[1023], 0);
	/* The last page, and the end. */
	assert_int_equal(pread(fixture->target, words, sizeof(words), ROM_GPA + ROM_SIZE - PAGE),
			 PAGE);
	assert_int_equal(pread(fixture->target, words, 8, ROM_GPA + ROM_SIZE), 0);
	assert_int_equal(pread(fixture->target, words, 8, INT64_MAX - 8), 0);
}

static void test_pwrite(void **state)
{
	struct fixture *fixture = *state;
	uint64_t value = 0x1122334455667788, seen;
	void *nowhere = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char two_pages[2 * PAGE];

	assert_int_equal(pwrite(fixture->target, &value, 8, 4 * MIB + 64), 8);
	assert_ok(testvm_value(&fixture->vm, &seen, "peek 0x%jx", (uintmax_t)(4 * MIB + 64)));
	assert_int_equal(seen, value);
	assert_errno(pwrite(fixture->target, &value, 8, HOLE_GPA), ENXIO);
	assert_errno(pwrite(fixture->target, &value, 8, ROM_GPA), EROFS);
	/* Up to where the memory ends. */
	memset(two_pages, 0x5a, sizeof(two_pages));
	assert_int_equal(pwrite(fixture->target, two_pages, sizeof(two_pages), HOLE_GPA - PAGE),
			 PAGE);
	assert_errno(pwrite(fixture->target, nowhere, 8, 4 * MIB), EFAULT);
	assert_errno(pread(fixture->target, nowhere, 8, 4 * MIB), EFAULT);
	munmap(nowhere, PAGE);
	assert_ok(testvm_command(&fixture->vm, "fill 0x%jx 0x%jx", (uintmax_t)(4 * MIB),
				 (uintmax_t)(4 * MIB)));
}

static void test_lseek(void **state)
{
	struct fixture *fixture = *state;
	uint64_t word;

	assert_int_equal(lseek(fixture->target, 0, SEEK_END), ROM_GPA + ROM_SIZE);
	assert_int_equal(lseek(fixture->target, 0, SEEK_DATA), 0);
	assert_int_equal(lseek(fixture->target, PAGE, SEEK_HOLE), HOLE_GPA);
	assert_int_equal(lseek(fixture->target, HOLE_GPA + 5, SEEK_DATA), ROM_GPA);
	assert_int_equal(lseek(fixture->target, ROM_GPA + 1, SEEK_HOLE), ROM_GPA + ROM_SIZE);
	assert_errno(lseek(fixture->target, ROM_GPA + ROM_SIZE, SEEK_DATA), ENXIO);
	assert_errno(lseek(fixture->target, -1, SEEK_SET), EINVAL);
	assert_int_equal(lseek(fixture->target, 5 * MIB, SEEK_SET), 5 * MIB);
	assert_int_equal(read(fixture->target, &word, 8), 8);
	assert_int_equal(word, testguest_pattern(5 * MIB));
	assert_int_equal(lseek(fixture->target, 0, SEEK_CUR), 5 * MIB + 8);
}

static void test_mmap_all(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *memory = kmod_map(fixture->target, 0, 32 * MIB, PROT_READ | PROT_WRITE);
	uint64_t start = 2 * MIB + PAGE;

	assert_int_equal(
		kmod_count_wrong(memory + start / 8, start, HOLE_GPA - start, 0), 0);
	assert_int_equal(kmod_count_wrong(memory + ROM_GPA / 8, ROM_GPA, ROM_SIZE, 0), 0);
	assert_string_equal((const char *)memory + TESTGUEST_INFO_GPA, TESTGUEST_MAGIC);
	/* Holes, also beyond the end, are zeros. */
	assert_int_equal(memory[HOLE_GPA / 8], 0);
	assert_int_equal(memory[(32 * MIB - 8) / 8], 0);
	munmap((void *)memory, 32 * MIB);
}

static void test_mmap_write(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *memory = kmod_map(fixture->target, 4 * MIB, PAGE, PROT_READ | PROT_WRITE);
	uint64_t seen;

	/* First read, so that the entry has to be made writable. */
	assert_int_equal(memory[8], testguest_pattern(4 * MIB + 64));
	memory[8] = 42;
	assert_ok(testvm_value(&fixture->vm, &seen, "peek 0x%jx", (uintmax_t)(4 * MIB + 64)));
	assert_int_equal(seen, 42);
	assert_ok(testvm_command(&fixture->vm, "poke 0x%jx 43", (uintmax_t)(4 * MIB + 64)));
	assert_int_equal(memory[8], 43);
	assert_ok(testvm_command(&fixture->vm, "fill 0x%jx 0x1000", (uintmax_t)(4 * MIB)));
	munmap((void *)memory, PAGE);
}

static void test_mmap_hole_write(void **state)
{
	struct fixture *fixture = *state;
	int other = kmod_attach(&fixture->vm, 0);
	volatile uint64_t *memory = kmod_map(fixture->target, HOLE_GPA, PAGE, PROT_READ | PROT_WRITE);
	volatile uint64_t *theirs = kmod_map(other, HOLE_GPA, PAGE, PROT_READ | PROT_WRITE);

	assert_false(kmod_write_faults(memory, 1));
	/* Nobody else sees what was written to nowhere. */
	assert_int_equal(*theirs, 0);
	munmap((void *)memory, PAGE);
	munmap((void *)theirs, PAGE);
	close(other);
}

static void test_rom(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *rom = kmod_map(fixture->target, ROM_GPA, PAGE, PROT_READ | PROT_WRITE);

	assert_true(kmod_write_faults(rom, 1));
	assert_int_equal(*rom, testguest_pattern(ROM_GPA));
	munmap((void *)rom, PAGE);
}

static void test_strict(void **state)
{
	struct fixture *fixture = *state;
	int target = kmod_attach(&fixture->vm, MEMFLOW_STRICT);
	volatile uint64_t *hole = kmod_map(target, HOLE_GPA, PAGE, PROT_READ | PROT_WRITE);
	__u32 flags = 0;

	assert_true(kmod_read_faults(hole));
	assert_true(kmod_write_faults(hole, 1));
	assert_ok(ioctl(target, MEMFLOW_IOC_SET_FLAGS, &flags));
	assert_false(kmod_read_faults(hole));
	flags = MEMFLOW_READONLY;
	assert_errno(ioctl(target, MEMFLOW_IOC_SET_FLAGS, &flags), EINVAL);
	munmap((void *)hole, PAGE);
	close(target);
}

static void test_mmap_refused(void **state)
{
	struct fixture *fixture = *state;
	int readonly = kmod_attach(&fixture->vm, MEMFLOW_READONLY);
	void *map;

	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fixture->target, 0), MAP_FAILED);
	assert_int_equal(errno, EINVAL);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fixture->target, 0),
			 MAP_FAILED);
	assert_int_equal(errno, EPERM);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fixture->target, 1LL << 52),
			 MAP_FAILED);
	assert_int_equal(errno, EINVAL);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, readonly, 0),
			 MAP_FAILED);
	assert_int_equal(errno, EACCES);
	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, readonly, 4 * MIB);
	assert_ptr_not_equal(map, MAP_FAILED);
	assert_int_equal(*(uint64_t *)map, testguest_pattern(4 * MIB));
	assert_errno(mprotect(map, PAGE, PROT_READ | PROT_WRITE), EACCES);
	assert_errno(mprotect(map, PAGE, PROT_READ | PROT_EXEC), EACCES);
	assert_errno(pwrite(readonly, "x", 1, 4 * MIB), EBADF);
	munmap(map, PAGE);
	close(readonly);
}

static void test_status_page(void **state)
{
	struct fixture *fixture = *state;
	const volatile struct memflow_status *status = kmod_status(fixture->target);
	struct memflow_info info;

	kmod_info(fixture->target, &info);
	assert_int_equal(status->abi, MEMFLOW_ABI_VERSION);
	assert_int_equal(status->alive, 1);
	assert_int_equal(status->generation, info.generation);
	assert_errno(mprotect((void *)status, PAGE, PROT_READ | PROT_WRITE), EACCES);
	munmap((void *)status, PAGE);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fixture->target,
			      MEMFLOW_STATUS_OFFSET),
			 MAP_FAILED);
	assert_ptr_equal(mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fixture->target,
			      MEMFLOW_STATUS_OFFSET),
			 MAP_FAILED);
}

static void test_transfer(void **state)
{
	struct fixture *fixture = *state;
	uint64_t buffers[4] = {};
	struct memflow_segment segments[] = {
		{ .gpa = 3 * MIB, .buffer = (uintptr_t)&buffers[0], .length = 8 },
		{ .gpa = HOLE_GPA, .buffer = (uintptr_t)&buffers[1], .length = 8 },
		{ .gpa = HOLE_GPA - 4, .buffer = (uintptr_t)&buffers[2], .length = 8 },
		{ .gpa = ROM_GPA, .buffer = (uintptr_t)&buffers[3], .length = 8 },
		{ .gpa = 3 * MIB, .buffer = 8, .length = 8 },
		{ .gpa = 3 * MIB, .buffer = 0, .length = 0 },
	};
	struct memflow_transfer transfer = {
		.size = sizeof(transfer),
		.count = 6,
		.segments = (uintptr_t)segments,
	};
	int readonly = kmod_attach(&fixture->vm, MEMFLOW_READONLY);

	assert_int_equal(ioctl(fixture->target, MEMFLOW_IOC_TRANSFER, &transfer), 3);
	assert_int_equal(segments[0].result, 8);
	assert_int_equal(buffers[0], testguest_pattern(3 * MIB));
	assert_int_equal(segments[1].result, -ENXIO);
	assert_int_equal(segments[2].result, 4);
	assert_int_equal(segments[3].result, 8);
	assert_int_equal(buffers[3], testguest_pattern(ROM_GPA));
	assert_int_equal(segments[4].result, -EFAULT);
	assert_int_equal(segments[5].result, 0);

	transfer.flags = MEMFLOW_TRANSFER_WRITE;
	assert_errno(ioctl(readonly, MEMFLOW_IOC_TRANSFER, &transfer), EBADF);
	assert_int_equal(ioctl(fixture->target, MEMFLOW_IOC_TRANSFER, &transfer), 2);
	assert_int_equal(segments[3].result, -EROFS);
	transfer.flags = 8;
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_TRANSFER, &transfer), EINVAL);
	close(readonly);
}

static void test_poll(void **state)
{
	struct fixture *fixture = *state;
	struct pollfd poll_fd = { .fd = fixture->target, .events = POLLIN | POLLPRI };
	struct memflow_info info;

	kmod_info(fixture->target, &info);
	assert_int_equal(poll(&poll_fd, 1, 0), 1);
	assert_int_equal(poll_fd.revents, POLLIN);
	assert_ok(testvm_command(&fixture->vm, "slot 9 0x2000000 0x1000"));
	/* Wakes by itself. */
	poll_fd.events = POLLPRI;
	assert_int_equal(poll(&poll_fd, 1, 10 * 1000), 1);
	assert_int_equal(poll_fd.revents, POLLPRI);
	kmod_info(fixture->target, &info);
	assert_int_equal(info.nr_slots, 3);
	assert_int_equal(poll(&poll_fd, 1, 0), 0);
	assert_ok(testvm_command(&fixture->vm, "drop 9"));
}

static void test_bad_arguments(void **state)
{
	struct fixture *fixture = *state;
	struct {
		struct memflow_attach attach;
		__u64 more;
	} large = { .attach = { .size = sizeof(large) } };
	struct memflow_attach attach = { .size = 4 };
	struct memflow_info info = { .size = 2 };
	int control = kmod_control();

	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EINVAL);
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, 0), EFAULT);
	attach = (struct memflow_attach){ .size = sizeof(attach), .vm_fd = -1 };
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EBADF);
	attach.vm_fd = control;
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EINVAL);
	attach.flags = 0x80;
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EINVAL);
	/* A later version's structure, with and without something in what is new. */
	large.attach.vm_fd = kmod_vm_fd(&fixture->vm);
	close((int)assert_ok(ioctl(control, MEMFLOW_IOC_ATTACH, &large)));
	large.more = 1;
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &large), E2BIG);
	close(large.attach.vm_fd);
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_INFO, &info), EINVAL);
	assert_errno(ioctl(fixture->target, MEMFLOW_IOC_INFO, 0), EFAULT);
	close(control);
}

/* A regular file with the name that KVM gives its files is not one of them. */
static void test_impostor(void **state)
{
	struct memflow_attach attach = { .size = sizeof(attach) };
	int control = kmod_control();

	(void)state;
	attach.vm_fd = (int)assert_ok(memfd_create("kvm-vm", MFD_CLOEXEC));
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EINVAL);
	close(attach.vm_fd);
	attach.vm_fd = (int)assert_ok(open("/tmp/kvm-vm", O_RDWR | O_CREAT | O_CLOEXEC, 0600));
	assert_errno(ioctl(control, MEMFLOW_IOC_ATTACH, &attach), EINVAL);
	close(attach.vm_fd);
	unlink("/tmp/kvm-vm");
	close(control);
}

static void test_fork_mremap(void **state)
{
	struct fixture *fixture = *state;
	volatile uint64_t *memory = kmod_map(fixture->target, 4 * MIB, 4 * PAGE, PROT_READ);
	volatile uint64_t *moved;
	int status;
	pid_t pid;

	assert_int_equal(memory[0], testguest_pattern(4 * MIB));
	/* A child has none of it. */
	pid = fork();
	if (!pid) {
		signal(SIGSEGV, SIG_DFL);	/* cmocka catches it */
		(void)*memory;
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
	/* Moved, it is the same; larger it does not get. */
	moved = mremap((void *)memory, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
		       mmap(NULL, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	assert_ptr_not_equal(moved, MAP_FAILED);
	assert_int_equal(kmod_count_wrong(moved, 4 * MIB, 4 * PAGE, 0), 0);
	assert_ptr_equal(mremap((void *)moved, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE), MAP_FAILED);
	/* A piece out of the middle. */
	assert_ok(munmap((char *)moved + PAGE, PAGE));
	assert_int_equal(kmod_count_wrong(moved + 2 * 512, 4 * MIB + 2 * PAGE, 2 * PAGE, 0), 0);
	munmap((void *)moved, 4 * PAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_info),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_pread_all),
		cmocka_unit_test(test_pread_holes),
		cmocka_unit_test(test_pwrite),
		cmocka_unit_test(test_lseek),
		cmocka_unit_test(test_mmap_all),
		cmocka_unit_test(test_mmap_write),
		cmocka_unit_test(test_mmap_hole_write),
		cmocka_unit_test(test_rom),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_mmap_refused),
		cmocka_unit_test(test_status_page),
		cmocka_unit_test(test_transfer),
		cmocka_unit_test(test_poll),
		cmocka_unit_test(test_bad_arguments),
		cmocka_unit_test(test_impostor),
		cmocka_unit_test(test_fork_mremap),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("target", tests, start, stop);
}
