/* SPDX-License-Identifier: MIT */
/*
 * What users would not do on purpose: processes that read each other or themselves, mappings taken
 * to pieces, readers and VMs killed at any moment, nodes made and taken away by many at once. All the
 * while somebody tries to unload the module. MEMFLOW_ROUNDS says how often, MEMFLOW_CYCLES how many VMs
 * are killed under readers (1000 for a deep run).
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "hardness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/kvm.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define SIZE (8 * MIB)
#define HUGE (2 * MIB)
#define PATIENCE 120 /* s; for what takes a second */

/* --- somebody who wants the module gone --- */

static struct {
	pthread_t thread;
	int control; /* held, so that it has to be refused */
	atomic_bool stop;
	atomic_ulong tries;
	atomic_int wrong;
} unloader;

static void *try_unloading(void *unused)
{
	(void)unused;
	while (!unloader.stop) {
		long ret = syscall(SYS_delete_module, "memflow", O_NONBLOCK);

		if (!ret || errno != EAGAIN)
			unloader.wrong = ret ? errno : -1;
		unloader.tries++;
		usleep(20 * 1000); /* each try takes its time on a debug kernel */
	}
	return NULL;
}

static int start(void **state)
{
	(void)state;
	unloader.control = kmod_control();
	return pthread_create(&unloader.thread, NULL, try_unloading, NULL);
}

static int stop(void **state)
{
	(void)state;
	unloader.stop = true;
	pthread_join(unloader.thread, NULL);
	print_message("# figure %lu times the module was asked to go\n", unloader.tries);
	close(unloader.control);
	if (unloader.wrong || !unloader.tries)
		print_error("unloading: %s\n", strerror(unloader.wrong));
	return unloader.wrong || !unloader.tries ? -1 : 0;
}

/* Last of all: what all of it left behind. */
static void test_nothing_left(void **state)
{
	(void)state;
	/* The unloader's is the one that stays. */
	assert_true(kmod_wait_for(30, kmod_use_count() == 1));
	assert_int_equal(unloader.wrong, 0);
}

/* --- processes that read each other, or themselves --- */

struct scan {
	volatile uint64_t *memory;
	uint64_t size;
	uint64_t seed;
	atomic_bool stop;
	atomic_ulong looks;
};

/* Loads, and now and then a store of what may be there. */
static void *scan(void *data)
{
	struct scan *scan = data;
	uint64_t state = scan->seed;

	while (!scan->stop) {
		uint64_t word = hard_random(&state) % (scan->size / 8);

		need(hard_plausible(scan->memory[word], word * 8));
		if (!(hard_random(&state) % 8))
			scan->memory[word] = testguest_pattern(word * 8) ^ 1;
		scan->looks++;
	}
	return NULL;
}

/* mprotect() makes that memory read-only for a moment; a store then raises SIGBUS, as documented. */
static void on_sigbus(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	(void)context;
	/* The store comes again; the memory will be writable by then. */
	usleep(100);
}

static void retry_on_sigbus(void)
{
	struct sigaction action = { .sa_sigaction = on_sigbus, .sa_flags = SA_SIGINFO };

	sigaction(SIGBUS, &action, NULL);
}

/* Two threads that look at @target while the process changes @vm. */
static void look_and_disturb(struct hard_vm *vm, int target, unsigned int rounds, uint64_t seed)
{
	struct scan scans[2] = {};
	pthread_t threads[2];
	unsigned int i;

	retry_on_sigbus();
	for (i = 0; i < 2; i++) {
		scans[i].memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, target, 0);
		need(scans[i].memory != MAP_FAILED);
		scans[i].size = SIZE;
		scans[i].seed = seed + i;
		need(!pthread_create(&threads[i], NULL, scan, &scans[i]));
	}
	for (i = 0; i < rounds * 20; i++)
		hard_vm_disturb(vm, &seed);
	for (i = 0; i < 2; i++) {
		scans[i].stop = true;
		pthread_join(threads[i], NULL);
		need(scans[i].looks);
		munmap((void *)scans[i].memory, SIZE);
	}
}

struct side {
	int socket;
	bool huge;
	uint64_t seed;
};

static void be_one_side(struct side *side)
{
	struct hard_vm vm;
	char byte = 0;
	int peer;

	need(!hard_vm_make(&vm, SIZE, side->huge));
	hard_send(side->socket, vm.target);
	peer = hard_receive(side->socket);
	need(peer >= 0);
	look_and_disturb(&vm, peer, hard_rounds(8), side->seed);
	/* Neither goes before the other is done: what is gone is another test. */
	need(send(side->socket, &byte, 1, MSG_NOSIGNAL) == 1);
	need(recv(side->socket, &byte, 1, 0) == 1);
	close(peer);
	hard_vm_end(&vm);
}

static void read_each_other(bool huge)
{
	int sockets[2];
	pid_t children[2];
	unsigned int i;

	assert_ok(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	for (i = 0; i < 2; i++) {
		struct side side = { .socket = sockets[i], .huge = huge, .seed = 77 + i };

		children[i] = fork();
		if (!children[i]) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(sockets[!i]);
			be_one_side(&side);
			_exit(0);
		}
		assert_ok(children[i]);
	}
	close(sockets[0]);
	close(sockets[1]);
	assert_true(hard_reap(children[0], PATIENCE + hard_rounds(8)) &
		    hard_reap(children[1], 10));
}

static void test_each_other(void **state)
{
	(void)state;
	read_each_other(false);
}

static void test_each_other_huge(void **state)
{
	(void)state;
	read_each_other(true);
}

static void read_oneself(void *data)
{
	struct hard_vm vm;

	need(!hard_vm_make(&vm, SIZE, *(bool *)data));
	look_and_disturb(&vm, vm.target, hard_rounds(8), 99);
	hard_vm_end(&vm);
}

static void test_oneself(void **state)
{
	bool huge = false;

	(void)state;
	hard_child(PATIENCE + hard_rounds(8), read_oneself, &huge);
	huge = true;
	hard_child(PATIENCE + hard_rounds(8), read_oneself, &huge);
}

static void *take_the_lock(void *data)
{
	atomic_bool *over = data;

	while (!*over) {
		void *map = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		munmap(map, PAGE);
	}
	return NULL;
}

/* As a debugger would: the core holds the reader's mmap_lock around it. */
static void read_own_mem_file(void *unused)
{
	static char buffer[16 * 4096];
	int mem = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	atomic_bool over = false;
	struct hard_vm vm;
	pthread_t thread;
	unsigned int i;
	char *map;

	(void)unused;
	need(!hard_vm_make(&vm, SIZE, false));
	map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, vm.target, 0);
	need(map != MAP_FAILED && mem >= 0);
	need(!pthread_create(&thread, NULL, take_the_lock, &over));
	for (i = 0; i < hard_rounds(8) * 50; i++) {
		uint64_t offset = i * 37 % (SIZE / PAGE - 16) * PAGE;

		/* EIO: it would have had to wait. */
		if (pread(mem, buffer, sizeof(buffer), (off_t)((uintptr_t)map + offset)) ==
		    sizeof(buffer))
			need(!memcmp(buffer, vm.memory + offset, sizeof(buffer)));
		if (pwrite(mem, buffer, 8, (off_t)((uintptr_t)map + offset)) < 0)
			need(errno == EIO);
	}
	over = true;
	pthread_join(thread, NULL);
	/* With nobody in the way it is read. */
	need(pread(mem, buffer, sizeof(buffer), (off_t)(uintptr_t)map) == sizeof(buffer));
	need(!memcmp(buffer, vm.memory, sizeof(buffer)));
	munmap(map, SIZE);
	close(mem);
	hard_vm_end(&vm);
}

static void test_oneself_as_debugger(void **state)
{
	(void)state;
	hard_child(PATIENCE + hard_rounds(8), read_own_mem_file, NULL);
}

static void write_own_mem_file(void *unused)
{
	int mem = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	uint8_t buffer[2 * PAGE], *map;
	struct hard_vm vm;

	(void)unused;
	need(!hard_vm_make(&vm, SIZE, false));
	map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(map != MAP_FAILED && mem >= 0);
	memset(map, 0x5a, 2 * PAGE);
	need(mmap(map, PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, vm.target, 0) == map);
	/* A mapping that is not to be written is not, by no way. */
	need(pwrite(mem, "overwritten", 8, (off_t)(uintptr_t)map) < 0 && errno == EIO);
	/* What is behind it is not the guest's. */
	need(pread(mem, buffer, sizeof(buffer), (off_t)(uintptr_t)map) == sizeof(buffer));
	need(!memcmp(buffer, vm.memory, PAGE));
	need(buffer[PAGE] == 0x5a && buffer[2 * PAGE - 1] == 0x5a);
	munmap(map, 2 * PAGE);
	close(mem);
	hard_vm_end(&vm);
}

static void test_oneself_unwritable(void **state)
{
	(void)state;
	hard_child(PATIENCE, write_own_mem_file, NULL);
}

/* A descriptor by O_PATH has a VM's name, and is found before it. */
static void look_past_path(void *unused)
{
	int first = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int control = open("/dev/memflow", O_RDONLY | O_CLOEXEC);
	struct memflow_attach attach = { .size = sizeof(attach), .vm_fd = first };
	char link[64];
	struct hard_vm vm;
	int path, target;

	(void)unused;
	need(first >= 0 && control >= 0 && !hard_vm_make(&vm, SIZE, false));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", vm.fd);
	path = open(link, O_PATH | O_CLOEXEC);
	need(path >= 0 && dup3(path, first, O_CLOEXEC) == first && first < vm.fd);
	target = ioctl(control, MEMFLOW_OPEN_VM, getpid());
	need(target >= 0);
	need(ioctl(control, MEMFLOW_IOC_ATTACH, &attach) < 0 && errno == EBADF);
	hard_vm_end(&vm);
}

static void test_path_descriptor(void **state)
{
	(void)state;
	hard_child(PATIENCE, look_past_path, NULL);
}

#define OVER (UINT64_C(64) * MIB)

/* A memslot of @vm whose memory is a mapping of @of's, and who reads both. */
static volatile uint8_t *lay_over(const struct hard_vm *vm, const struct hard_vm *of)
{
	struct kvm_userspace_memory_region region = {
		.slot = 1, .guest_phys_addr = OVER, .memory_size = 2 * MIB,
	};
	void *map = mmap(NULL, 2 * MIB, PROT_READ, MAP_SHARED, of->target, (off_t)OVER);

	need(map != MAP_FAILED);
	region.userspace_addr = (uintptr_t)map;
	need(!ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region));
	return map;
}

static void map_over_itself(void *unused)
{
	volatile uint8_t *map, *other;
	struct hard_vm a, b;
	uint64_t i;

	(void)unused;
	need(!hard_vm_make(&a, SIZE, false) && !hard_vm_make(&b, SIZE, false));
	map = lay_over(&a, &a);
	for (i = 0; i < 2 * MIB; i += PAGE)
		need(!map[i]);
	need(!munmap((void *)map, 2 * MIB));
	/* Each over the other's. */
	map = lay_over(&a, &b);
	other = lay_over(&b, &a);
	for (i = 0; i < 2 * MIB; i += PAGE)
		need(!map[i] && !other[i]);
	need(!munmap((void *)map, 2 * MIB));
	need(!munmap((void *)other, 2 * MIB));
	hard_vm_end(&a);
	hard_vm_end(&b);
}

static void test_over_itself(void **state)
{
	(void)state;
	hard_child(PATIENCE, map_over_itself, NULL);
}

/* --- mappings taken to pieces --- */

static struct testvm whole;

static int start_whole(void **state)
{
	(void)state;
	if (testvm_start(&whole, "whole", 16))
		return -1;
	if (testvm_command(&whole, "slot 3 0x40000000 0x1000000 thp"))
		return -1;
	return 0;
}

static int stop_whole(void **state)
{
	(void)state;
	return testvm_stop(&whole);
}

static bool right(const char *map, uint64_t gpa, uint64_t length)
{
	return !kmod_count_wrong((const volatile uint64_t *)map, gpa, length, 0);
}

/* Whether touching it raises SIGSEGV; in a child of one's own. */
static bool dies(volatile char *byte)
{
	pid_t child = fork();
	int status;

	if (!child) {
		(void)*byte;
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

struct pieces {
	int target;
	uint64_t gpa;
};

static void take_to_pieces(void *data)
{
	const struct pieces *pieces = data;
	uint64_t gpa = pieces->gpa;
	unsigned int i;

	for (i = 0; i < 2 + hard_rounds(10) / 10; i++) {
		char *room = mmap(NULL, 4 * SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		char *map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, pieces->target,
				 (off_t)gpa);
		char *to = room + i % 3 * PAGE;

		need(map != MAP_FAILED && room != MAP_FAILED);
		need(right(map, gpa, SIZE));
		/* No child has it. */
		need(dies(map));
		/* It moves, whole and in part, and does not grow. */
		to = mremap(map, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, to);
		need(to != MAP_FAILED && right(to, gpa, SIZE));
		need(msync(map, PAGE, MS_ASYNC) && errno == ENOMEM);
		map = to;
		to = mremap(map + 3 * PAGE, PAGE * 700, PAGE * 700, MREMAP_MAYMOVE | MREMAP_FIXED,
			    room + 2 * SIZE);
		need(to != MAP_FAILED && right(to, gpa + 3 * PAGE, PAGE * 700));
		need(right(map, gpa, 3 * PAGE));
		need(mremap(to, PAGE * 700, SIZE, MREMAP_MAYMOVE) == MAP_FAILED);
		need(mremap(to, 0, PAGE, MREMAP_MAYMOVE) == MAP_FAILED);
		need(mremap(to, PAGE * 700, PAGE, 0) == to && right(to, gpa + 3 * PAGE, PAGE));
		/* Rights come and go; execution never comes. */
		map += 703 * PAGE;
		gpa += 703 * PAGE;
		need(!mprotect(map + PAGE, PAGE, PROT_NONE));
		need(right(map, gpa, PAGE) && right(map + 2 * PAGE, gpa + 2 * PAGE, 9 * PAGE));
		need(!mprotect(map + PAGE, PAGE, PROT_READ | PROT_WRITE));
		need(mprotect(map, PAGE, PROT_READ | PROT_EXEC) && errno == EACCES);
		map[PAGE + 5] = map[PAGE + 5];
		need(right(map, gpa, 11 * PAGE));
		/* Every third page goes. */
		for (uint64_t page = 0; page < 300; page += 3)
			need(!munmap(map + page * PAGE, PAGE));
		for (uint64_t page = 1; page < 300; page += 3)
			need(right(map + page * PAGE, gpa + page * PAGE, 2 * PAGE));
		need(!madvise(map + PAGE, PAGE, MADV_DONTNEED) || errno == EINVAL);
		need(right(map + PAGE, gpa + PAGE, PAGE));
		gpa = pieces->gpa;
		munmap(room, 4 * SIZE);
	}
	/* The rest ends with the process, or with its exec below. */
	need(mmap(NULL, SIZE, PROT_READ, MAP_SHARED | MAP_POPULATE, pieces->target, (off_t)gpa) !=
	     MAP_FAILED);
	if (!fork()) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(0);
	}
}

static void exec_with_mapping(void *data)
{
	const struct pieces *pieces = data;
	char *map = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, pieces->target, (off_t)pieces->gpa);

	need(map != MAP_FAILED && right(map, pieces->gpa, SIZE));
	execl("/bin/true", "true", (char *)NULL);
	need(false);
}

static void test_pieces(void **state)
{
	struct pieces pieces = { .target = kmod_attach(&whole, 0), .gpa = 4 * MIB };

	(void)state;
	hard_child(PATIENCE, take_to_pieces, &pieces);
	hard_child(PATIENCE, exec_with_mapping, &pieces);
	pieces.gpa = GIB;
	hard_child(PATIENCE, take_to_pieces, &pieces);
	hard_child(PATIENCE, exec_with_mapping, &pieces);
	close(pieces.target);
}

/* A page that somebody holds a reference to would outlive a revoked right and the VM. */
static void test_nobody_holds_a_page(void **state)
{
	static const uint64_t gpas[] = { 4 * MIB, GIB };
	int target = kmod_attach(&whole, 0);
	unsigned int i, write;
	int ends[2];

	(void)state;
	testvm_command(&whole, "collapse 0x40000000 0x1000000");
	assert_ok(pipe2(ends, O_NONBLOCK | O_CLOEXEC));
	for (i = 0; i < 2; i++) {
		for (write = 0; write < 2; write++) {
			volatile uint64_t *map = kmod_map(target, gpas[i], SIZE,
							  PROT_READ | PROT_WRITE);
			struct iovec iov = { .iov_base = (void *)(map + PAGE / 8),
					     .iov_len = PAGE };
			uint64_t word = map[PAGE / 8];

			if (write)
				map[PAGE / 8] = word;
			assert_errno(vmsplice(ends[1], &iov, 1, 0), EFAULT);
			munmap((void *)map, SIZE);
		}
	}
	close(ends[0]);
	close(ends[1]);
	close(target);
}

/* --- killed at any moment --- */

static void be_a_reader(void *data)
{
	const struct testvm *vm = data;
	uint64_t state = (uint64_t)getpid() | 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		uint64_t page = 1024 + hard_random(&state) % 1024;
		int control = open("/dev/memflow", O_RDONLY);
		int target = ioctl(control, MEMFLOW_OPEN_VM, vm->pid);
		struct memflow_slot slots[4];
		struct memflow_vm_map_info mapped = { .slot_count = 4,
						      .slots = (uintptr_t)slots };
		volatile uint64_t *map;
		uint64_t word;

		need(target >= 0);
		map = mmap(NULL, 16 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, target, 0);
		need(map != MAP_FAILED);
		for (unsigned int i = 0; i < 64; i++) {
			word = map[(page + i * 17 % 1024) * PAGE / 8];
			need(word == testguest_pattern((page + i * 17 % 1024) * PAGE));
			map[(page + i * 17 % 1024) * PAGE / 8] = word;
		}
		need(pread(target, &word, 8, (off_t)(page * PAGE)) == 8);
		need(ioctl(target, MEMFLOW_MAP_VM, &mapped) >= 0);
		munmap((void *)map, 16 * MIB);
		close(target);
		close(control);
		/* Far fewer descriptors than MEMFLOW_MAP_VM gives. */
		close_range(16, ~0U, 0);
		for (unsigned int i = 0; i < mapped.slot_count; i++)
			munmap((void *)(uintptr_t)slots[i].host_base, slots[i].map_size);
	}
}

static void test_reader_killed(void **state)
{
	unsigned int rounds = hard_rounds(15), i, early = 0;
	uint64_t chance = 4711;

	(void)state;
	for (i = 0; i < rounds; i++) {
		struct testvm *vm = &whole;
		int status;
		pid_t child;

		fflush(NULL);
		child = fork();
		if (!child) {
			be_a_reader(vm);
			_exit(1);
		}
		assert_ok(child);
		usleep((useconds_t)(hard_random(&chance) % (50 * 1000)));
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		early += !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	}
	assert_int_equal(early, 0);
	assert_ok(testvm_command(&whole, "check 0x600000 0x200000"));
	print_message("# figure %u readers killed\n", rounds);
}

/* The kernel asks for a page itself, on behalf of futex(2), and nobody ever gives it. */
static void wait_for_no_page(int started)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	struct hard_vm own;
	uint32_t *map;

	need(uffd >= 0 && !ioctl(uffd, UFFDIO_API, &api));
	need(!hard_vm_make(&own, SIZE, false));
	map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, own.target, 0);
	need(map != MAP_FAILED);
	range.range.start = (uintptr_t)own.memory;
	range.range.len = MIB;
	need(!ioctl(uffd, UFFDIO_REGISTER, &range));
	need(!madvise(own.memory, MIB, MADV_DONTNEED));
	need(write(started, "", 1) == 1);
	for (;;)
		syscall(SYS_futex, map, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, 1, map,
			FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0));
}

static void test_killed_in_the_kernel(void **state)
{
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	int ends[2], status;
	pid_t child;
	char byte;

	(void)state;
	if (fd < 0) {
		print_message("the kernel has no userfaultfd\n");
		skip();
	}
	close(fd);
	assert_ok(pipe2(ends, O_CLOEXEC));
	child = fork();
	if (!child) {
		wait_for_no_page(ends[1]);
		_exit(1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	usleep(200 * 1000);
	kill(child, SIGKILL);
	assert_true(kmod_wait_for(30, waitpid(child, &status, WNOHANG) == child));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

#define READERS 8

struct reader {
	volatile uint64_t *memory;
	const volatile struct memflow_status *status;
	int target;
	atomic_bool started;
	uint64_t wrong;
};

static void *read_until_gone(void *data)
{
	struct reader *reader = data;
	uint64_t state = (uintptr_t)data | 1;
	unsigned int looks = 0;

	/* Eight that never rest would leave the VM no time to start and die. */
	setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10);
	for (;;) {
		uint64_t word = (4 * MIB + hard_random(&state) % (4 * MIB)) / 8;
		uint64_t value = reader->memory[word], copy = 0;
		bool copied = hard_random(&state) % 16 == 0 &&
			      pread(reader->target, &copy, 8, (off_t)(word * 8)) == 8;

		atomic_thread_fence(memory_order_acquire);
		if (!reader->status->alive)
			return NULL;
		reader->wrong += value != testguest_pattern(word * 8);
		reader->wrong += copied && copy != value;
		reader->started = true;
		/* Two emulated CPUs are soon all that readers have. */
		if (!(++looks % 64))
			usleep(500);
	}
}

static void test_vm_killed(void **state)
{
	unsigned int rounds = (unsigned int)hard_number("MEMFLOW_CYCLES", hard_rounds(4)), round, i;

	(void)state;
	for (round = 0; round < rounds; round++) {
		struct reader readers[READERS] = {};
		pthread_t threads[READERS];
		bool node = round % 2;
		struct testvm vm;

		assert_ok(testvm_start(&vm, "killed", 8));
		if (node)
			assert_ok(kmod_publish(&vm, "killed", 0, 0, 0600));
		for (i = 0; i < READERS; i++) {
			struct reader *reader = &readers[i];

			reader->target = node ? (int)assert_ok(kmod_open_node("killed", O_RDWR)) :
						kmod_attach(&vm, 0);
			reader->memory = kmod_map(reader->target, 0, SIZE, PROT_READ | PROT_WRITE);
			reader->status = kmod_status(reader->target);
		}
		for (i = 0; i < READERS; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, read_until_gone,
							&readers[i]),
					 0);
		/* Not all have begun in every other round. */
		for (i = 0; i < READERS && round % 4 < 2; i++)
			assert_true(kmod_wait_for(30, readers[i].started));
		testvm_kill(&vm);
		for (i = 0; i < READERS; i++) {
			pthread_join(threads[i], NULL);
			assert_int_equal(readers[i].wrong, 0);
			assert_int_equal(readers[i].memory[MIB / 8], 0);
			munmap((void *)readers[i].memory, SIZE);
			munmap((void *)readers[i].status, PAGE);
			close(readers[i].target);
		}
	}
	print_message("# figure %u VMs killed under %u readers each\n", rounds, READERS);
}

/* --- nodes --- */

static const char *const names[] = { "race-a", "race-b" };

static bool expected(int ret, const int *errnos)
{
	for (; *errnos; errnos++)
		if (ret == -*errnos)
			return true;
	print_error("unexpected: %s\n", strerror(-ret));
	return false;
}

struct racer {
	struct testvm *vms;
	uint64_t seed;
	atomic_int wrong;
	unsigned int published;
	unsigned int opened;
};

static void *race(void *data)
{
	static const int publishing[] = { EEXIST, 0 }, unpublishing[] = { ENOENT, 0 };
	/* ENXIO: the file was there still, its device no more. */
	static const int opening[] = { ENOENT, ENXIO, ENODEV, 0 };
	struct racer *racer = data;
	unsigned int rounds = hard_rounds(15) * 4, i;

	for (i = 0; i < rounds; i++) {
		const char *name = names[hard_random(&racer->seed) % 2];
		struct memflow_info info = { .size = sizeof(info) };
		unsigned int what = (unsigned int)(hard_random(&racer->seed) % 4);
		unsigned int revoke = hard_random(&racer->seed) % 2 ? MEMFLOW_REVOKE : 0;
		int ret;

		if (what == 0) {
			ret = kmod_publish(&racer->vms[hard_random(&racer->seed) % 2], name, 0, 0,
					   0600);
			racer->published += !ret;
			if (ret && !expected(ret, publishing))
				racer->wrong = what + 1;
		} else if (what == 1) {
			ret = kmod_unpublish(name, revoke);
			if (ret && !expected(ret, unpublishing))
				racer->wrong = what + 1;
		} else {
			volatile uint64_t *map;

			ret = kmod_open_node(name, O_RDWR);
			if (ret < 0) {
				if (!expected(ret, opening))
					racer->wrong = what + 1;
				continue;
			}
			racer->opened++;
			map = mmap(NULL, MIB, PROT_READ, MAP_SHARED, ret, 4 * MIB);
			if (map != MAP_FAILED && *map && *map != testguest_pattern(4 * MIB))
				racer->wrong = 10;
			if (map != MAP_FAILED)
				munmap((void *)map, MIB);
			else if (errno != ENODEV)
				racer->wrong = 11;
			if (ioctl(ret, MEMFLOW_IOC_INFO, &info))
				racer->wrong = 12;
			close(ret);
		}
	}
	return NULL;
}

static unsigned int count_nodes(void)
{
	DIR *directory = opendir("/sys/class/memflow");
	unsigned int count = 0;
	struct dirent *entry;

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

static void test_publish_races(void **state)
{
	struct racer racers[4] = {};
	pthread_t threads[4];
	struct testvm vms[2];
	unsigned int i, published = 0, opened = 0;

	(void)state;
	for (i = 0; i < 2; i++)
		assert_ok(testvm_start(&vms[i], names[i], 8));
	for (i = 0; i < 4; i++) {
		racers[i].vms = vms;
		racers[i].seed = 1000 + i;
		assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
	}
	for (i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(racers[i].wrong, 0);
		published += racers[i].published;
		opened += racers[i].opened;
	}
	assert_int_not_equal(published, 0);
	print_message("# figure nodes published %u times, opened %u times\n", published, opened);
	/* Their end takes the nodes away. */
	for (i = 0; i < 2; i++)
		testvm_kill(&vms[i]);
	assert_true(kmod_wait_for(30, count_nodes() == 0));
}

/* --- descriptors on their way --- */

static void give(void *data)
{
	int target = kmod_attach(&whole, MEMFLOW_READONLY);

	hard_send(*(int *)data, target);
	close(target);
}

static void test_passed_on(void **state)
{
	struct memflow_slot slots[4];
	struct memflow_vm_map_info mapped = { .slot_count = 1, .slots = (uintptr_t)slots };
	int sockets[2], target, again;
	uint64_t word;
	void *map;

	(void)state;
	assert_ok(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	/* The sender is gone before it is taken. */
	hard_child(PATIENCE, give, &sockets[0]);
	target = (int)assert_ok(hard_receive(sockets[1]));
	map = (void *)kmod_map(target, 4 * MIB, MIB, PROT_READ);
	assert_true(right(map, 4 * MIB, MIB));
	assert_errno(mprotect(map, MIB, PROT_READ | PROT_WRITE), EACCES);
	assert_errno(pwrite(target, &word, 8, 4 * MIB), EBADF);
	assert_ptr_equal(mmap(NULL, PAGE, PROT_WRITE, MAP_SHARED, target, 0), MAP_FAILED);
	assert_int_equal(errno, EACCES);
	again = (int)assert_ok(ioctl(target, MEMFLOW_MAP_VM, &mapped));
	assert_errno(pwrite(again, &word, 8, 4 * MIB), EBADF);
	assert_errno(mprotect((void *)(uintptr_t)slots[0].host_base, PAGE, PROT_READ | PROT_WRITE),
		     EACCES);
	munmap((void *)(uintptr_t)slots[0].host_base, slots[0].map_size);
	munmap(map, MIB);
	close(again);
	close(target);
	/* One that nobody ever takes goes with the socket. */
	hard_child(PATIENCE, give, &sockets[0]);
	close(sockets[0]);
	close(sockets[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_other),
		cmocka_unit_test(test_each_other_huge),
		cmocka_unit_test(test_oneself),
		cmocka_unit_test(test_oneself_as_debugger),
		cmocka_unit_test(test_oneself_unwritable),
		cmocka_unit_test(test_path_descriptor),
		cmocka_unit_test(test_over_itself),
		cmocka_unit_test_setup_teardown(test_pieces, start_whole, stop_whole),
		cmocka_unit_test_setup_teardown(test_nobody_holds_a_page, start_whole, stop_whole),
		cmocka_unit_test_setup_teardown(test_reader_killed, start_whole, stop_whole),
		cmocka_unit_test(test_killed_in_the_kernel),
		cmocka_unit_test(test_vm_killed),
		cmocka_unit_test(test_publish_races),
		cmocka_unit_test_setup_teardown(test_passed_on, start_whole, stop_whole),
		cmocka_unit_test(test_nothing_left),
	};

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("hardness", tests, start, stop);
}
