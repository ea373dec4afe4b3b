/* SPDX-License-Identifier: MIT */
/* Nodes: names, rights, sysfs, and their end. */
#include "kmod.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUP 54321
#define NOBODY 65534

static struct testvm vm;

static int start(void **state)
{
	(void)state;
	return testvm_start(&vm, "win10", 16);
}

static int stop(void **state)
{
	(void)state;
	return testvm_stop(&vm);
}

static bool node_exists(const char *node)
{
	char path[512];

	snprintf(path, sizeof(path), "/dev/memflow-vms/%s", node);
	return !access(path, F_OK);
}

/* The attribute of the only published VM. */
static void read_attribute(const char *name, char *value, size_t size)
{
	DIR *class = opendir("/sys/class/memflow");
	struct dirent *entry;
	char path[512] = "";
	ssize_t length;
	int fd;

	assert_non_null(class);
	while ((entry = readdir(class)))
		if (entry->d_name[0] != '.')
			snprintf(path, sizeof(path), "/sys/class/memflow/%s/%s", entry->d_name, name);
	closedir(class);
	fd = (int)assert_ok(open(path, O_RDONLY | O_CLOEXEC));
	length = assert_ok(read(fd, value, size - 1));
	value[length] = '\0';
	close(fd);
}

static void test_node(void **state)
{
	char value[4096], expected[64];
	struct memflow_info info;
	struct stat st;
	uint64_t word;
	int target;

	(void)state;
	assert_ok(kmod_publish(&vm, "win10", 0, GROUP, 0640));
	/* There with its rights when the call returns. */
	assert_ok(stat("/dev/memflow-vms/win10", &st));
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(st.st_uid, 0);
	assert_int_equal(st.st_gid, GROUP);
	read_attribute("name", value, sizeof(value));
	assert_string_equal(value, "win10\n");
	read_attribute("uuid", value, sizeof(value));
	assert_string_equal(value, "12340000-0000-0000-0000-000000000000\n");
	read_attribute("pid", value, sizeof(value));
	snprintf(expected, sizeof(expected), "%d\n", vm.pid);
	assert_string_equal(value, expected);
	read_attribute("readonly", value, sizeof(value));
	assert_string_equal(value, "0\n");
	read_attribute("uevent", value, sizeof(value));
	assert_non_null(strstr(value, "DEVNAME=memflow-vms/win10\n"));
	assert_non_null(strstr(value, "MEMFLOW_UUID=12340000-"));

	target = (int)assert_ok(kmod_open_node("win10", O_RDWR));
	assert_int_equal(pread(target, &word, 8, 4 * MIB), 8);
	assert_int_equal(word, testguest_pattern(4 * MIB));
	kmod_info(target, &info);
	assert_int_equal(info.state, MEMFLOW_ALIVE | MEMFLOW_PUBLISHED);
	assert_int_equal(info.uuid[1], 0x34);
	assert_ok(kmod_unpublish("win10", 0));
	assert_false(node_exists("win10"));
	/* Who has it open keeps it. */
	assert_int_equal(pread(target, &word, 8, 4 * MIB), 8);
	kmod_info(target, &info);
	assert_int_equal(info.state, MEMFLOW_ALIVE);
	close(target);
	assert_errno(kmod_unpublish("win10", 0), ENOENT);
}

static void test_revoke(void **state)
{
	volatile uint64_t *memory;
	uint64_t word;
	int target;

	(void)state;
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	target = (int)assert_ok(kmod_open_node("win10", O_RDWR));
	memory = kmod_map(target, 4 * MIB, PAGE, PROT_READ);
	assert_int_equal(*memory, testguest_pattern(4 * MIB));
	assert_ok(kmod_unpublish("win10", MEMFLOW_REVOKE));
	assert_true(kmod_wait_for(10, *memory == 0));
	assert_errno(pread(target, &word, 8, 4 * MIB), ENODEV);
	munmap((void *)memory, PAGE);
	close(target);
	/* The VM itself lives, and can be published again. */
	assert_ok(testvm_value(&vm, &word, "peek 0x400000"));
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	assert_ok(kmod_unpublish("win10", 0));
}

/* By a path that root holds, and by a copy: neither is to lead to a VM that comes later. */
static void test_node_of_before(void **state)
{
	static struct testvm other;
	char link[64], copy[] = "/var/tmp/node-XXXXXX";
	struct stat st;
	int path;

	(void)state;
	assert_ok(testvm_start(&other, "other", 16));
	assert_non_null(mkdtemp(copy));
	assert_ok(rmdir(copy));
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0666));
	path = (int)assert_ok(open("/dev/memflow-vms/win10", O_PATH | O_CLOEXEC));
	assert_ok(fstat(path, &st));
	assert_ok(mknod(copy, S_IFCHR | 0666, st.st_rdev));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", path);
	close((int)assert_ok(open(link, O_RDONLY | O_CLOEXEC)));
	close((int)assert_ok(open(copy, O_RDONLY | O_CLOEXEC)));

	assert_ok(kmod_unpublish("win10", 0));
	assert_ok(kmod_publish(&other, "other", 0, 0, 0600));
	assert_int_equal(open(link, O_RDONLY | O_CLOEXEC), -1);
	assert_true(errno == ENODEV || errno == ENXIO);
	assert_errno(open(copy, O_RDONLY | O_CLOEXEC), ENXIO);
	/* The same name is not the same node, either. */
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	assert_int_equal(open(link, O_RDONLY | O_CLOEXEC), -1);

	assert_ok(kmod_unpublish("win10", 0));
	assert_ok(kmod_unpublish("other", 0));
	assert_ok(unlink(copy));
	close(path);
	assert_ok(testvm_stop(&other));
}

static void test_names(void **state)
{
	static const char *const good[] = { "a", "win10", "a\\x20b", "9", "-x", "_", "a~0123",
					    "UPPER.lower-1_2" };
	static const char *const bad[] = { "", ".", "..", ".hidden", "a/b", "../x", "a b", "a\\x2",
					   "a\\xGG", "a\\x2F", "a\\", "by-uuid", "a!b", "\xc3\xa4",
					   "a\nb", "a,b" };
	char longest[256];
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_ok(kmod_publish(&vm, good[i], 0, 0, 0600));
		assert_true(node_exists(good[i]));
		assert_ok(kmod_unpublish(good[i], 0));
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_errno(kmod_publish(&vm, bad[i], 0, 0, 0600), EINVAL);
	memset(longest, 'x', 255);
	longest[255] = '\0';
	assert_ok(kmod_publish(&vm, longest, 0, 0, 0600));
	assert_true(node_exists(longest));
	assert_ok(kmod_unpublish(longest, 0));
}

static void test_arguments(void **state)
{
	struct memflow_publish publish = { .size = sizeof(publish), .vm_fd = -1, .node = "win10" };
	struct testvm other;
	int control = kmod_control();

	(void)state;
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), EINVAL);
	publish.pid = getpid();
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), ENOENT);
	publish.pid = 4194303;
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), ESRCH);
	publish.pid = vm.pid;
	publish.mode = 04600;
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), EINVAL);
	publish.mode = 0600;
	memset(publish.name, 'x', sizeof(publish.name));
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), EINVAL);
	strcpy(publish.name, "win\n10");
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), EINVAL);
	strcpy(publish.name, "win10");
	/* A descriptor of one VM with the pid of another. */
	assert_ok(testvm_start(&other, "other", 8));
	publish.vm_fd = kmod_vm_fd(&other);
	assert_errno(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish), ESRCH);
	publish.pid = other.pid;
	assert_ok(ioctl(control, MEMFLOW_IOC_PUBLISH, &publish));
	close(publish.vm_fd);
	assert_errno(kmod_publish(&vm, "win10", 0, 0, 0600), EEXIST);
	/* Gone with its VM, and free for the next. */
	testvm_kill(&other);
	assert_true(kmod_wait_for(10, !node_exists("win10")));
	close(control);
}

/* The node of a VM that died a moment ago is not in the way of its successor's. */
static void test_restart(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		struct testvm restarted;

		assert_ok(testvm_start(&restarted, "restarted", 8));
		assert_ok(kmod_publish(&restarted, "restarted", 0, 0, 0600));
		testvm_kill(&restarted);
	}
	assert_true(kmod_wait_for(10, !node_exists("restarted")));
}

static void test_unpublish_matches(void **state)
{
	struct memflow_unpublish unpublish = { .size = sizeof(unpublish), .node = "win10" };
	int control = kmod_control();

	(void)state;
	assert_ok(kmod_publish(&vm, "win10", 0, 0, 0600));
	unpublish.pid = vm.pid + 1;
	assert_errno(ioctl(control, MEMFLOW_IOC_UNPUBLISH, &unpublish), ENOENT);
	unpublish.pid = vm.pid;
	unpublish.uuid[0] = 0x99;
	assert_errno(ioctl(control, MEMFLOW_IOC_UNPUBLISH, &unpublish), ENOENT);
	unpublish.uuid[0] = 0x12;
	unpublish.uuid[1] = 0x34;
	assert_ok(ioctl(control, MEMFLOW_IOC_UNPUBLISH, &unpublish));
	close(control);
}

/* Runs @check as nobody, in @group besides, and returns its result. */
static int as_nobody(gid_t group, int (*check)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		if (setgroups(group ? 1 : 0, &group) || setgid(NOBODY) || setuid(NOBODY))
			_exit(99);
		_exit(check());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int check_member(void)
{
	uint64_t word;
	int fd = kmod_open_node("shared", O_RDWR);

	if (fd < 0 || pread(fd, &word, 8, 4 * MIB) != 8 || word != testguest_pattern(4 * MIB))
		return 1;
	if (open("/dev/memflow", O_RDONLY) >= 0 || errno != EACCES)
		return 2;
	return kmod_open_node("private", O_RDONLY) == -EACCES ? 0 : 3;
}

static int check_stranger(void)
{
	if (kmod_open_node("shared", O_RDONLY) != -EACCES)
		return 1;
	return open("/dev/memflow", O_RDONLY) < 0 && errno == EACCES ? 0 : 2;
}

static void test_rights(void **state)
{
	struct testvm other;

	(void)state;
	assert_ok(testvm_start(&other, "other", 8));
	assert_ok(kmod_publish(&vm, "shared", 0, GROUP, 0660));
	assert_ok(kmod_publish(&other, "private", 0, 0, 0600));
	assert_int_equal(as_nobody(GROUP, check_member), 0);
	assert_int_equal(as_nobody(0, check_stranger), 0);
	assert_ok(kmod_unpublish("shared", 0));
	assert_ok(kmod_unpublish("private", 0));
	assert_int_equal(testvm_stop(&other), 0);
}

/* With the control device in hand, but without the capability. */
static int check_publish_without_capability(void)
{
	struct memflow_publish publish = { .size = sizeof(publish), .vm_fd = -1, .pid = vm.pid,
					   .node = "win10" };
	int control = 100;

	if (ioctl(control, MEMFLOW_IOC_PUBLISH, &publish) != -1 || errno != EPERM)
		return 1;
	return ioctl(control, MEMFLOW_IOC_UNPUBLISH, &publish) == -1 && errno == EPERM ? 0 : 2;
}

static void test_publish_needs_capability(void **state)
{
	int control = kmod_control();

	(void)state;
	assert_int_equal(dup2(control, 100), 100);
	assert_int_equal(as_nobody(0, check_publish_without_capability), 0);
	close(100);
	close(control);
}

static void test_readonly(void **state)
{
	struct stat st;
	uint64_t word;
	void *map;
	int target;

	(void)state;
	assert_ok(kmod_publish(&vm, "win10", MEMFLOW_READONLY, GROUP, 0660));
	assert_ok(stat("/dev/memflow-vms/win10", &st));
	assert_int_equal(st.st_mode & 07777, 0440);
	/* root gets no further. */
	assert_errno(kmod_open_node("win10", O_RDWR), EACCES);
	assert_errno(kmod_open_node("win10", O_WRONLY), EACCES);
	assert_ok(chmod("/dev/memflow-vms/win10", 0666));
	assert_errno(kmod_open_node("win10", O_RDWR), EACCES);
	target = (int)assert_ok(kmod_open_node("win10", O_RDONLY));
	assert_int_equal(pread(target, &word, 8, 4 * MIB), 8);
	assert_errno(pwrite(target, &word, 8, 4 * MIB), EBADF);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, target, 0),
			 MAP_FAILED);
	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, target, 4 * MIB);
	assert_ptr_not_equal(map, MAP_FAILED);
	assert_errno(mprotect(map, PAGE, PROT_READ | PROT_WRITE), EACCES);
	munmap(map, PAGE);
	close(target);
	assert_ok(kmod_unpublish("win10", 0));
}

/* Whether the kernel log got a line with @text since @log was opened. */
static bool logged(int log, const char *text)
{
	char record[8192];
	ssize_t length;

	/* EPIPE: records were lost to newer ones. */
	while ((length = read(log, record, sizeof(record) - 1)) >= 0 || errno == EPIPE) {
		if (length < 0)
			continue;
		record[length] = '\0';
		if (strstr(record, text))
			return true;
	}
	return false;
}

/* What the kernel log takes in a burst is limited, audit records among it; 0: no limit. */
static unsigned int set_log_limit(unsigned int seconds)
{
	FILE *file = fopen("/proc/sys/kernel/printk_ratelimit", "r+e");
	unsigned int before = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%u", &before), 1);
	rewind(file);
	fprintf(file, "%u\n", seconds);
	assert_int_equal(fclose(file), 0);
	return before;
}

/* Who opened which VM: one record for each descriptor, none for what was refused. */
static void test_audit(void **state)
{
	unsigned int limit = set_log_limit(0);
	int log = (int)assert_ok(open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC));
	char expected[128];
	int fd;

	(void)state;
	assert_ok(lseek(log, 0, SEEK_END));
	assert_ok(kmod_publish(&vm, "audited", MEMFLOW_READONLY, 0, 0600));
	assert_int_equal(kmod_open_node("audited", O_RDWR), -EACCES);
	assert_false(kmod_wait_for(1, logged(log, "op=memflow_open")));
	fd = (int)assert_ok(kmod_open_node("audited", O_RDONLY));
	snprintf(expected, sizeof(expected),
		 "op=memflow_open node=audited vm_pid=%d access=ro pid=%d uid=0 ", vm.pid,
		 getpid());
	assert_true(kmod_wait_for(10, logged(log, expected)));
	close(fd);
	fd = kmod_attach(&vm, 0);
	snprintf(expected, sizeof(expected),
		 "op=memflow_open node=- vm_pid=%d access=rw pid=%d uid=0 ", vm.pid, getpid());
	assert_true(kmod_wait_for(10, logged(log, expected)));
	close(fd);
	assert_ok(kmod_unpublish("audited", 0));
	close(log);
	set_log_limit(limit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_node),
		cmocka_unit_test(test_revoke),
		cmocka_unit_test(test_node_of_before),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_unpublish_matches),
		cmocka_unit_test(test_rights),
		cmocka_unit_test(test_publish_needs_capability),
		cmocka_unit_test(test_readonly),
		cmocka_unit_test(test_audit),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("publish", tests, start, stop);
}
