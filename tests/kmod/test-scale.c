/* SPDX-License-Identifier: MIT */
/*
 * As many as a large host has: VMs, readers of one VM, memslots of one guest, and addresses. What
 * that costs is measured by tests/bench/run scale.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "hardness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define NODES "/dev/memflow-vms"
#define DEVICES "/sys/class/memflow"

/* Without by-uuid, which udev makes beside the nodes. */
static unsigned int count_entries(const char *path)
{
	DIR *directory = opendir(path);
	unsigned int count = 0;
	struct dirent *entry;

	if (!directory)
		return 0;
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.' && strcmp(entry->d_name, "by-uuid") != 0;
	closedir(directory);
	return count;
}

static void assert_nothing_left(void)
{
	assert_true(kmod_wait_for(30, !count_entries(NODES)));
	assert_true(kmod_wait_for(30, !count_entries(DEVICES)));
	assert_true(kmod_wait_for(30, !kmod_use_count()));
}

/* --- VMs --- */

#define VMS 200
#define VM_SIZE (64 * KIB)
#define MARKER_GPA 0x2000
#define MARKER(i) (UINT64_C(0xa11ce00000000000) + (i))

static struct published {
	struct testvm vm;
	int target;
	volatile uint64_t *memory;
	const volatile struct memflow_status *status;
} vms[VMS];

static void publish(unsigned int i)
{
	struct published *one = &vms[i];
	char node[32];

	snprintf(node, sizeof(node), "scale-%u", i);
	assert_ok(testvm_start(&one->vm, NULL, 0));
	assert_ok(testvm_command(&one->vm, "slot 0 0 0x%jx anon nofill", (uintmax_t)VM_SIZE));
	assert_ok(testvm_command(&one->vm, "poke 0x%x 0x%jx", MARKER_GPA, (uintmax_t)MARKER(i)));
	assert_ok(kmod_publish(&one->vm, node, 0, 0, 0600));
}

static void open_by_name(unsigned int i)
{
	struct published *one = &vms[i];
	char node[32];

	snprintf(node, sizeof(node), "scale-%u", i);
	one->target = (int)assert_ok(kmod_open_node(node, O_RDWR));
	one->memory = kmod_map(one->target, 0, VM_SIZE, PROT_READ);
	one->status = kmod_status(one->target);
}

/* Which VM is listed as the device @entry, checked to be the process that it says. */
static unsigned int listed_as(const char *entry)
{
	char path[PATH_MAX], name[64] = "", pid[32] = "";
	unsigned int i = VMS;
	FILE *file;

	snprintf(path, sizeof(path), DEVICES "/%s/name", entry);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_non_null(fgets(name, sizeof(name), file));
	fclose(file);
	snprintf(path, sizeof(path), DEVICES "/%s/pid", entry);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_non_null(fgets(pid, sizeof(pid), file));
	fclose(file);
	assert_int_equal(sscanf(name, "scale-%u\n", &i), 1);
	assert_in_range(i, 0, VMS - 1);
	assert_int_equal(atoi(pid), vms[i].vm.pid);
	return i;
}

static void assert_all_listed(void)
{
	DIR *devices = opendir(DEVICES);
	bool seen[VMS] = { false };
	unsigned int count = 0;
	struct dirent *entry;

	assert_non_null(devices);
	while ((entry = readdir(devices))) {
		unsigned int i;

		if (entry->d_name[0] == '.')
			continue;
		i = listed_as(entry->d_name);
		assert_false(seen[i]);
		seen[i] = true;
		count++;
	}
	closedir(devices);
	assert_int_equal(count, VMS);
}

static void assert_itself(unsigned int i)
{
	uint64_t word = 0;

	assert_int_equal(vms[i].memory[MARKER_GPA / 8], MARKER(i));
	assert_int_equal(pread(vms[i].target, &word, 8, MARKER_GPA), 8);
	assert_int_equal(word, MARKER(i));
	assert_int_equal(vms[i].status->alive, 1);
}

static void assert_gone(unsigned int i)
{
	uint64_t word;

	assert_true(kmod_wait_for(30, !vms[i].status->alive));
	/* The status page is the first to say so. */
	assert_true(kmod_wait_for(30, !vms[i].memory[MARKER_GPA / 8]));
	assert_errno(pread(vms[i].target, &word, 8, MARKER_GPA), ENODEV);
}

/* Every second one goes, and the others are still themselves. */
static void test_vms(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < VMS; i++)
		publish(i);
	assert_int_equal(count_entries(NODES), VMS);
	assert_all_listed();
	for (i = 0; i < VMS; i++)
		open_by_name(i);
	for (i = 0; i < VMS; i++)
		assert_itself(i);
	for (i = 1; i < VMS; i += 2)
		testvm_kill(&vms[i].vm);
	for (i = 1; i < VMS; i += 2)
		assert_gone(i);
	assert_true(kmod_wait_for(30, count_entries(NODES) == VMS / 2));
	assert_true(kmod_wait_for(30, count_entries(DEVICES) == VMS / 2));
	for (i = 0; i < VMS; i += 2)
		assert_itself(i);
	for (i = 0; i < VMS; i += 2)
		kill(vms[i].vm.pid, SIGKILL);
	for (i = 0; i < VMS; i += 2)
		assert_gone(i);
	for (i = 0; i < VMS; i++) {
		testvm_kill(&vms[i].vm);
		munmap((void *)vms[i].memory, VM_SIZE);
		munmap((void *)vms[i].status, PAGE);
		close(vms[i].target);
	}
	assert_nothing_left();
}

/* --- readers --- */

#define READERS 64
#define SHARED (8 * MIB)

/* For all of them: memory is the pattern ^ this byte, zeros, or goes. */
enum { SEE_ZEROS = 0x80, SEE_END = 0x81 };

struct reader {
	pid_t pid;
	int socket;
};

static void see(const volatile uint64_t *memory, uint8_t what)
{
	uint64_t gpa;

	for (gpa = 0; gpa < SHARED; gpa += PAGE) {
		if (what == SEE_ZEROS)
			need(memory[gpa / 8] == 0);
		else
			need(memory[gpa / 8] == (testguest_pattern(gpa) ^ what));
	}
}

/* In a process of its own. */
__attribute__((noreturn)) static void read_shared(int socket)
{
	struct pollfd poll_fd = { .events = POLLERR };
	const volatile struct memflow_status *status;
	volatile uint64_t *memory;
	uint64_t word;
	uint8_t what;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	poll_fd.fd = kmod_open_node("shared", O_RDONLY);
	need(poll_fd.fd >= 0);
	memory = mmap(NULL, SHARED, PROT_READ, MAP_SHARED, poll_fd.fd, 0);
	status = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, poll_fd.fd, (off_t)MEMFLOW_STATUS_OFFSET);
	need(memory != MAP_FAILED && status != MAP_FAILED);
	for (;;) {
		need(read(socket, &what, 1) == 1);
		if (what == SEE_END)
			break;
		see(memory, what);
		need(write(socket, &what, 1) == 1);
	}
	need(write(socket, &what, 1) == 1);
	need(poll(&poll_fd, 1, 60 * 1000) == 1 && (poll_fd.revents & POLLHUP));
	need(!status->alive);
	/* The status comes first. */
	for (word = 0; word < SHARED / 8; word += PAGE / 8)
		need(kmod_wait_for(30, !memory[word]));
	need(pread(poll_fd.fd, &word, 8, 0) == -1 && errno == ENODEV);
	_exit(0);
}

static void start_reader(struct reader *readers, unsigned int i)
{
	int sockets[2];

	assert_ok(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	fflush(NULL);
	readers[i].pid = fork();
	if (!readers[i].pid) {
		close(sockets[0]);
		while (i--)
			close(readers[i].socket);
		read_shared(sockets[1]);
	}
	assert_ok(readers[i].pid);
	close(sockets[1]);
	readers[i].socket = sockets[0];
}

static void all_see(struct reader *readers, uint8_t what)
{
	uint8_t answer;
	unsigned int i;

	for (i = 0; i < READERS; i++)
		assert_int_equal(send(readers[i].socket, &what, 1, MSG_NOSIGNAL), 1);
	for (i = 0; i < READERS; i++)
		assert_int_equal(read(readers[i].socket, &answer, 1), 1);
}

/* What the VM does to its memory is seen by each of them, and so is its end. */
static void test_readers(void **state)
{
	struct reader readers[READERS];
	struct testvm vm;
	unsigned int i;

	(void)state;
	assert_ok(testvm_start(&vm, NULL, 0));
	assert_ok(testvm_command(&vm, "slot 0 0 0x%jx anon", (uintmax_t)SHARED));
	assert_ok(kmod_publish(&vm, "shared", 0, 0, 0600));
	for (i = 0; i < READERS; i++)
		start_reader(readers, i);
	all_see(readers, 0);
	assert_ok(testvm_command(&vm, "discard 0 0x%jx", (uintmax_t)SHARED));
	all_see(readers, SEE_ZEROS);
	assert_ok(testvm_command(&vm, "fill 0 0x%jx 0x55", (uintmax_t)SHARED));
	all_see(readers, 0x55);
	all_see(readers, SEE_END);
	testvm_kill(&vm);
	for (i = 0; i < READERS; i++) {
		close(readers[i].socket);
		assert_true(hard_reap(readers[i].pid, 60));
	}
	assert_nothing_left();
}

/* --- memslots --- */

#define SLOTS 500
#define SLOT (16 * KIB)
#define STEP MIB
#define SLOT_GPA(i) ((uint64_t)(i) * STEP)

static void assert_slots(int target, unsigned int count)
{
	static struct memflow_memslot list[SLOTS + 1];
	struct memflow_slots slots = {
		.size = sizeof(slots),
		.count = SLOTS + 1,
		.slots = (uintptr_t)list,
	};
	unsigned int i;

	assert_ok(ioctl(target, MEMFLOW_IOC_SLOTS, &slots));
	assert_int_equal(slots.count, count);
	for (i = 1; i < count; i++)
		assert_true(list[i - 1].gpa + list[i - 1].length <= list[i].gpa);
}

/* Each but @without holds what it had at its first place; between them is nothing. */
static void assert_contents(const volatile uint64_t *memory, int target, unsigned int without)
{
	uint64_t words[SLOT / 8];
	unsigned int i;

	for (i = 0; i < SLOTS; i++) {
		uint64_t gpa = SLOT_GPA(i);

		if (i == without) {
			assert_int_equal(memory[gpa / 8], 0);
			continue;
		}
		assert_int_equal(kmod_count_wrong(memory + gpa / 8, gpa, SLOT, 0), 0);
		assert_int_equal(memory[(gpa + SLOT) / 8], 0);
		assert_int_equal(pread(target, words, SLOT, (off_t)gpa), SLOT);
		assert_int_equal(kmod_count_wrong(words, gpa, SLOT, 0), 0);
	}
}

static void test_slots(void **state)
{
	const unsigned int moved = SLOTS / 2;
	const uint64_t away = SLOT_GPA(SLOTS);
	volatile uint64_t *memory;
	struct testvm vm;
	unsigned int i;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, NULL, 0));
	/* In another order than that of their addresses. */
	for (i = 0; i < SLOTS; i++)
		assert_ok(testvm_command(&vm, "slot %u 0x%jx 0x%jx anon", i,
					 (uintmax_t)SLOT_GPA(i * 7 % SLOTS), (uintmax_t)SLOT));
	target = kmod_attach(&vm, 0);
	memory = kmod_map(target, 0, SLOT_GPA(SLOTS + 1), PROT_READ);
	assert_slots(target, SLOTS);
	assert_contents(memory, target, SLOTS);

	/* One moves to where nothing was, and back. */
	for (i = 0; i * 7 % SLOTS != moved; i++)
		;
	assert_ok(testvm_command(&vm, "move %u 0x%jx", i, (uintmax_t)away));
	assert_slots(target, SLOTS);
	assert_contents(memory, target, moved);
	assert_int_equal(kmod_count_wrong(memory + away / 8, SLOT_GPA(moved), SLOT, 0), 0);
	assert_ok(testvm_command(&vm, "drop-keep %u", i));
	assert_slots(target, SLOTS - 1);
	assert_int_equal(memory[away / 8], 0);
	assert_ok(testvm_command(&vm, "move %u 0x%jx", i, (uintmax_t)SLOT_GPA(moved)));
	assert_slots(target, SLOTS);
	assert_contents(memory, target, SLOTS);

	testvm_kill(&vm);
	for (i = 0; i < SLOTS; i++)
		assert_int_equal(memory[SLOT_GPA(i) / 8], 0);
	munmap((void *)memory, SLOT_GPA(SLOTS + 1));
	close(target);
	assert_nothing_left();
}

/* --- addresses --- */

#define GIBS 32
#define HALF (GIB / 2)

/* Half of each GiB is memory that the guest has hardly touched, half is nothing. */
static void assert_sparse(const volatile uint64_t *memory, unsigned int i)
{
	uint64_t start = i * GIB;

	assert_int_equal(memory[start / 8], MARKER(i));
	assert_int_equal(memory[(start + HALF / 2) / 8], 0);
	assert_int_equal(memory[(start + HALF - 8) / 8], ~MARKER(i));
	assert_int_equal(memory[(start + HALF) / 8], 0);
	assert_int_equal(memory[(start + GIB - 8) / 8], 0);
}

static void test_sparse(void **state)
{
	uint64_t before, after, word;
	volatile uint64_t *memory;
	struct memflow_info info;
	struct testvm vm;
	unsigned int i;
	int target;

	(void)state;
	assert_ok(testvm_start(&vm, NULL, 0));
	for (i = 0; i < GIBS; i++) {
		uintmax_t start = i * GIB;

		assert_ok(testvm_command(&vm, "slot %u 0x%jx 0x%jx anon nofill", i, start,
					 (uintmax_t)HALF));
		assert_ok(testvm_command(&vm, "poke 0x%jx 0x%jx", start, (uintmax_t)MARKER(i)));
		assert_ok(testvm_command(&vm, "poke 0x%jx 0x%jx", start + HALF - 8,
					 (uintmax_t)~MARKER(i)));
	}
	assert_ok(testvm_value(&vm, &before, "rss"));
	target = kmod_attach(&vm, 0);
	kmod_info(target, &info);
	assert_int_equal(info.end, GIBS * GIB - HALF);
	assert_int_equal(info.ram_size, GIBS * HALF);
	memory = kmod_map(target, 0, GIBS * GIB, PROT_READ);
	for (i = 0; i < GIBS; i++) {
		assert_sparse(memory, i);
		assert_int_equal(pread(target, &word, 8, (off_t)(i * GIB + HALF - 8)), 8);
		assert_int_equal(word, ~MARKER(i));
		assert_int_equal(lseek(target, (off_t)(i * GIB), SEEK_HOLE), i * GIB + HALF);
	}
	/* The zero page that a look found gives way to what the guest writes. */
	for (i = 0; i < GIBS; i++) {
		uintmax_t middle = i * GIB + HALF / 2;

		assert_ok(testvm_command(&vm, "poke 0x%jx 0x%x", middle, i + 1));
		assert_int_equal(memory[middle / 8], i + 1);
	}
	/* Looking has made no memory of the 16 GiB. */
	assert_ok(testvm_value(&vm, &after, "rss"));
	assert_true(after < before + 2 * KIB);
	testvm_kill(&vm);
	for (i = 0; i < GIBS; i++)
		assert_int_equal(memory[i * GIB / 8], 0);
	munmap((void *)memory, GIBS * GIB);
	close(target);
	assert_nothing_left();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vms),
		cmocka_unit_test(test_readers),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_sparse),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
