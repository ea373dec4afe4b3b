/* SPDX-License-Identifier: MIT */
/*
 * Each call with its first allocation failing, then with its second, and so on until it is through
 * without one that fails (/proc/thread-self/fail-nth). It says so with an errno of that kind or
 * copes, the next call is as good as ever, and nothing stays in use. Copies from and to user space
 * fail in the same way, where the kernel can do that.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "hardness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define MOST 400 /* more allocations than any call makes */
#define NODE "faults"

static struct testvm vm;
static int control, target, fail_nth;
static uint64_t buffer[8 * 1024];

/* --- injection --- */

static bool have_injection(void)
{
	bool can = hard_can_inject();

	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	return fail_nth >= 0 && can;
}

static void inject(unsigned int nth)
{
	char number[16];
	int length = snprintf(number, sizeof(number), "%u", nth);

	need(pwrite(fail_nth, number, (size_t)length, 0) == length);
}

/* Ends it; whether the nth had come. */
static bool injected(void)
{
	char number[16] = "";
	ssize_t length = pread(fail_nth, number, sizeof(number) - 1, 0);
	int reset = 2;

	/* Reading may be what fails; then the call was through before. */
	while (pwrite(fail_nth, "0", 1, 0) != 1)
		need(reset--);
	return length > 0 && !strtoul(number, NULL, 10);
}

/* --- calls --- */

/* -1 with errno, or what worked. */
struct call {
	const char *name;
	void (*before)(void);
	long (*call)(void);
	void (*after)(long ret);
};

static void close_it(long fd)
{
	if (fd >= 0)
		close((int)fd);
}

static long open_control(void)
{
	return open("/dev/memflow", O_RDONLY | O_CLOEXEC);
}

static long open_vm(void)
{
	return ioctl(control, MEMFLOW_OPEN_VM, vm.pid);
}

static int vm_fd;

static long attach(void)
{
	struct memflow_attach request = { .size = sizeof(request), .vm_fd = vm_fd };

	return ioctl(control, MEMFLOW_IOC_ATTACH, &request);
}

static long publish(void)
{
	struct memflow_publish request = {
		.size = sizeof(request), .vm_fd = vm_fd, .mode = 0640, .node = NODE, .name = NODE,
	};

	return ioctl(control, MEMFLOW_IOC_PUBLISH, &request);
}

static long unpublish(void)
{
	struct memflow_unpublish request = { .size = sizeof(request), .node = NODE };

	return ioctl(control, MEMFLOW_IOC_UNPUBLISH, &request);
}

/* What was said to be there is there, where it should be, and nowhere afterwards. */
static void check_published(long ret)
{
	struct stat st;
	int err = 0;

	if (!ret)
		err = stat("/dev/memflow-vms/" NODE, &st) ? errno : 0;
	if (!ret && !err)
		assert_int_equal(st.st_mode & 07777, 0640);
	if (!ret)
		assert_ok(unpublish());
	else
		assert_errno(unpublish(), ENOENT);
	assert_int_equal(err, 0);
	assert_int_equal(access("/dev/memflow-vms/" NODE, F_OK), -1);
	assert_int_equal(access("/dev/memflow-vm0", F_OK), -1);
}

static void published(void)
{
	assert_ok(publish());
}

static void check_unpublished(long ret)
{
	if (ret)
		assert_ok(unpublish());
	assert_int_equal(access("/dev/memflow-vms/" NODE, F_OK), -1);
}

static long open_node(void)
{
	return open("/dev/memflow-vms/" NODE, O_RDWR | O_CLOEXEC);
}

static void close_node(long fd)
{
	close_it(fd);
	assert_ok(unpublish());
}

static long version(void)
{
	return ioctl(target, MEMFLOW_IOC_VERSION, buffer);
}

static long info(void)
{
	struct memflow_info request = { .size = sizeof(request) };

	return ioctl(target, MEMFLOW_IOC_INFO, &request);
}

static long get_slots(void)
{
	struct memflow_slots request = { .size = sizeof(request), .count = 8,
					 .slots = (uintptr_t)buffer };

	return ioctl(target, MEMFLOW_IOC_SLOTS, &request);
}

static long vm_info(void)
{
	struct memflow_vm_info request = { .slot_count = 8, .slots = (uintptr_t)buffer };

	return ioctl(target, MEMFLOW_VM_INFO, &request);
}

static struct memflow_slot mapped[4];

static long map_vm(void)
{
	struct memflow_vm_map_info request = { .slot_count = 4, .slots = (uintptr_t)mapped };

	memset(mapped, 0, sizeof(mapped));
	return ioctl(target, MEMFLOW_MAP_VM, &request);
}

static unsigned int count_maps(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned int count = 0;
	char line[512];

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps))
		count += strstr(line, "memflow-vm") != NULL;
	fclose(maps);
	return count;
}

static void unmap_vm(long ret)
{
	unsigned int i;

	for (i = 0; ret >= 0 && i < 4; i++)
		if (mapped[i].map_size)
			munmap((void *)(uintptr_t)mapped[i].host_base, mapped[i].map_size);
	close_it(ret);
	/* Nothing stays mapped that nobody knows of. */
	assert_int_equal(count_maps(), 0);
}

static long transfer(void)
{
	struct memflow_segment segment = { .gpa = 5 * MIB, .buffer = (uintptr_t)buffer,
					   .length = sizeof(buffer) };
	struct memflow_transfer request = { .size = sizeof(request), .count = 1,
					    .segments = (uintptr_t)&segment };
	long ret = ioctl(target, MEMFLOW_IOC_TRANSFER, &request);

	if (!ret) {
		errno = segment.result < 0 ? (int)-segment.result : ENOMEM;
		return -1;
	}
	return ret;
}

static long set_flags(void)
{
	uint32_t flags = 0;

	return ioctl(target, MEMFLOW_IOC_SET_FLAGS, &flags);
}

static long read_some(void)
{
	return pread(target, buffer, sizeof(buffer), 5 * MIB);
}

static long write_some(void)
{
	return pwrite(target, buffer, sizeof(buffer), 6 * MIB);
}

static long seek(void)
{
	return lseek(target, 0, SEEK_END) < 0 ? -1 : 0;
}

static long poll_it(void)
{
	struct pollfd poll_fd = { .fd = target, .events = POLLIN };

	return poll(&poll_fd, 1, 0);
}

/* Another layout for the next call to take in. */
static void change_layout(void)
{
	static bool there;

	assert_ok(testvm_command(&vm, there ? "drop 5" : "slot 5 0x40000000 0x200000 nofill"));
	there = !there;
}

static void *map;

static long map_it(void)
{
	void *got = mmap(NULL, 4 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, target, 4 * MIB);

	map = got == MAP_FAILED ? NULL : got;
	return map ? 0 : -1;
}

static void unmap_it(long ret)
{
	(void)ret;
	if (map)
		munmap(map, 4 * MIB);
	map = NULL;
}

static void map_before(void)
{
	assert_ok(map_it());
}

static long populate(void)
{
	struct memflow_populate request = { .size = sizeof(request), .address = (uintptr_t)map,
					    .length = 4 * MIB };

	return ioctl(target, MEMFLOW_IOC_POPULATE, &request);
}

static void map_hole(void)
{
	map = mmap(NULL, 4 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, target, 2 * GIB);
	assert_ptr_not_equal(map, MAP_FAILED);
}

static void map_after_discard(void)
{
	assert_ok(testvm_command(&vm, "discard 0x400000 0x4000"));
	map_before();
}

static void change_what_is_mapped(void)
{
	change_layout();
	assert_ok(testvm_command(&vm, "discard 0x400000 0x4000"));
}

/* A fault for which there is no memory comes again; no signal comes of it. */
static long touch(void)
{
	(void)*(volatile uint64_t *)map;
	return 0;
}

static long store(void)
{
	*(volatile uint64_t *)map = 1;
	return 0;
}

static long move(void)
{
	void *to = mremap(map, 4 * MIB, 2 * MIB, MREMAP_MAYMOVE);

	if (to == MAP_FAILED)
		return -1;
	map = to;
	return 0;
}

static long split(void)
{
	return mprotect((char *)map + MIB, PAGE, PROT_READ);
}

static const struct call calls[] = {
	{ "open control", NULL, open_control, close_it },
	{ "OPEN_VM", NULL, open_vm, close_it },
	{ "ATTACH", NULL, attach, close_it },
	{ "PUBLISH", NULL, publish, check_published },
	{ "UNPUBLISH", published, unpublish, check_unpublished },
	{ "open node", published, open_node, close_node },
	{ "VERSION", NULL, version, NULL },
	{ "INFO", NULL, info, NULL },
	{ "INFO, changed", change_layout, info, NULL },
	{ "SLOTS", NULL, get_slots, NULL },
	{ "SLOTS, changed", change_layout, get_slots, NULL },
	{ "VM_INFO", NULL, vm_info, NULL },
	{ "MAP_VM", NULL, map_vm, unmap_vm },
	{ "TRANSFER", NULL, transfer, NULL },
	{ "SET_FLAGS", NULL, set_flags, NULL },
	{ "pread", NULL, read_some, NULL },
	{ "pread, changed", change_layout, read_some, NULL },
	{ "pwrite", NULL, write_some, NULL },
	{ "lseek", NULL, seek, NULL },
	{ "poll", NULL, poll_it, NULL },
	{ "poll, changed", change_layout, poll_it, NULL },
	{ "mmap", NULL, map_it, unmap_it },
	{ "load", map_before, touch, unmap_it },
	{ "load, changed", change_what_is_mapped, touch, NULL },
	{ "load of what is gone", map_after_discard, touch, unmap_it },
	{ "store", map_before, store, unmap_it },
	{ "store to a hole", map_hole, store, unmap_it },
	{ "POPULATE", map_before, populate, unmap_it },
	{ "mremap", map_before, move, unmap_it },
	{ "mprotect", map_before, split, unmap_it },
};

static bool acceptable(long ret, int err)
{
	/* EFAULT: a copy from or to user space. */
	return ret >= 0 || err == ENOMEM || err == EFAULT || err == EINTR || err == EAGAIN;
}

static unsigned int try_call(const struct call *call)
{
	unsigned int nth;

	for (nth = 1; nth <= MOST; nth++) {
		bool came;
		long ret;
		int err;

		if (call->before)
			call->before();
		inject(nth);
		ret = call->call();
		err = errno;
		came = injected();
		if (call->after)
			call->after(ret);
		if (!acceptable(ret, err))
			fail_msg("%s, allocation %u: %s", call->name, nth, strerror(err));
		if (!came) {
			if (ret < 0)
				fail_msg("%s, nothing failed: %s", call->name, strerror(err));
			break;
		}
		/* As good as ever. */
		if (call->before)
			call->before();
		ret = call->call();
		err = errno;
		if (call->after)
			call->after(ret);
		if (ret < 0)
			fail_msg("%s, after allocation %u had failed: %s", call->name, nth,
				 strerror(err));
	}
	assert_in_range(nth, 1, MOST);
	return nth - 1;
}

static bool possible;

static void need_injection(void)
{
	if (!possible) {
		print_message("the kernel has no fault injection (CONFIG_FAILSLAB, debugfs)\n");
		skip();
	}
}

static void test_calls(void **state)
{
	unsigned int i, failed = 0;

	(void)state;
	need_injection();
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		unsigned int n;

		/* Needs a mapping that is older than the layout. */
		if (!strcmp(calls[i].name, "load, changed")) {
			map_before();
			n = try_call(&calls[i]);
			unmap_it(0);
		} else {
			n = try_call(&calls[i]);
		}
		print_message("%s: %u\n", calls[i].name, n);
		failed += n;
	}
	print_message("# figure %u failures injected\n", failed);
	/* An injection that never came would have shown nothing. */
	assert_in_range(failed, 50, MOST * 40);
}

/* The first attach to a process makes more: the notifiers of its memory. */
static void attach_first(void *data)
{
	unsigned int nth = *(unsigned int *)data;
	struct hard_vm own;
	bool came;
	long ret;
	int err;

	need(!hard_vm_make(&own, 2 * MIB, false));
	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	close(own.target);
	vm_fd = own.fd;
	inject(nth);
	ret = attach();
	err = errno;
	came = injected();
	if (ret < 0 && !acceptable(ret, err))
		fprintf(stderr, "# allocation %u: %s\n", nth, strerror(err));
	need(acceptable(ret, err));
	if (!came)
		_exit(2);
}

static void test_first_attach(void **state)
{
	unsigned int nth;

	(void)state;
	need_injection();
	for (nth = 1; nth <= MOST; nth++) {
		int status = 0;
		pid_t child;

		fflush(NULL);
		child = fork();
		if (!child) {
			attach_first(&nth);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == 2)
			break;
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	assert_in_range(nth, 2, MOST);
	print_message("%u\n", nth - 1);
}

static void test_nothing_left(void **state)
{
	(void)state;
	need_injection();
	close(target);
	close(control);
	assert_true(kmod_wait_for(30, !kmod_use_count()));
}

static int start(void **state)
{
	(void)state;
	possible = have_injection();
	if (testvm_start(&vm, "faults", 16))
		return -1;
	control = kmod_control();
	vm_fd = kmod_vm_fd(&vm);
	target = kmod_attach(&vm, 0);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	close(vm_fd);
	return testvm_stop(&vm);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_first_attach),
		cmocka_unit_test(test_nothing_left),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("faults", tests, start, stop);
}
