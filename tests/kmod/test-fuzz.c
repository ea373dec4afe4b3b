/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer of the module's whole interface: calls by chance, but made as the interface wants them or
 * nearly so, from several threads, on VMs that change and die meanwhile. A call fails with an errno
 * that is documented for it, nobody dies, and nothing is in use afterwards; whether the kernel has
 * complained is for who looks at its log.
 *
 *	MEMFLOW_CALLS	how many (5000)
 *	MEMFLOW_SEED	where the numbers begin; printed
 *	MEMFLOW_PROCESSES	among how many processes that know nothing of each other (1); if more, each
 *			keeps to one CPU: on emulated ones what all threads mostly do is wait for
 *			another CPU's answer to an interrupt (TLB)
 *	MEMFLOW_FAIL	so many of a hundred allocations that the module makes or asks for fail
 *	MEMFLOW_COVERAGE	a file for what was covered of the module, for `coverage` beside this
 *
 * Each call is made from one number, so that a sequence is some numbers. Where the kernel has KCOV,
 * sequences whose last call went where none had been are kept, and made again with changes.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "hardness.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

#define THREADS 4
#define ARENA (64 * MIB)
#define BUFFER (256 * KIB)
#define FDS 16
#define MAPS 16
#define SEQUENCE 6
#define CORPUS 1024

#define KCOV_INIT_TRACE _IOR('c', 1, unsigned long)
#define KCOV_ENABLE _IO('c', 100)
#define KCOV_DISABLE _IO('c', 101)
#define KCOV_ENTRIES (64 * 1024)

struct fuzzer {
	uint64_t chance;	/* the call's numbers come from here */
	uint8_t *arena;		/* mappings at fixed places */
	uint8_t *buffer;	/* before a page that is not there */
	int fds[FDS];		/* targets, or -1; nobody else closes them */
	int control;
	int mem;		/* /proc/self/mem */
	int sockets[2], pipe[2];
	struct { void *start; uint64_t length; } maps[MAPS];
	uint64_t *kcov;
	sigjmp_buf back;
	volatile bool may_fault;
	unsigned long calls, failed, faulted;
	uint64_t last[SEQUENCE];
	unsigned int number;
};

static struct {
	uint64_t calls, seed;
	unsigned int fail;	/* percent */
	atomic_ulong made;
	atomic_bool stop;
	atomic_int pid;		/* of the VM that dies now and then */
	atomic_int unexpected;
	struct hard_vm own;
	/* A descriptor on its way from one thread to another. */
	pthread_mutex_t lock;
	int handed;
	/*
	 * Written: an arena may have a hole; read: the kernel chooses where a mapping goes,
	 * libc's as well, or it would be mapped over by the arena's thread, and the hole that
	 * it leaves be taken for free by the next.
	 */
	pthread_rwlock_t holes;
	/* What was covered: a set of PCs, and sequences that got there. */
	uint32_t covered[1 << 16];
	unsigned int nr_covered, nr_own, nr_corpus;
	uint64_t corpus[CORPUS][SEQUENCE];
	uint64_t module_start, module_end;
} all = {
	.lock = PTHREAD_MUTEX_INITIALIZER,
	.holes = PTHREAD_RWLOCK_INITIALIZER,
	.handed = -1,
};

static _Thread_local struct fuzzer *me;

static uint64_t any(void)
{
	return hard_random(&me->chance);
}

static uint64_t below(uint64_t limit)
{
	return any() % limit;
}

static bool one_in(unsigned int n)
{
	return !below(n);
}

/* --- what calls are made of --- */

/* A number with a meaning: an edge, a size, a page, or anything. */
static uint64_t odd_number(void)
{
	static const uint64_t edges[] = {
		0, 1, 7, 8, 0xfff, 0x1000, 0x1fffff, 0x200000, MEMFLOW_STATUS_OFFSET,
		0x7fffffff, 0x80000000, 0xffffffff, UINT64_C(1) << 40, UINT64_C(1) << 52,
		(UINT64_C(1) << 52) - 1, INT64_MAX, UINT64_C(1) << 63, UINT64_MAX, UINT64_MAX - 0xfff,
		(uint64_t)-EFAULT, (uint64_t)-ENXIO,
	};

	return one_in(3) ? any() << below(48) : edges[below(sizeof(edges) / sizeof(edges[0]))];
}

static uint64_t gpa(void)
{
	if (one_in(6))
		return odd_number();
	return below(20 * MIB) & ~(one_in(3) ? UINT64_C(0) : PAGE - 1);
}

static uint64_t length(void)
{
	if (one_in(8))
		return odd_number();
	/* Seldom much: it takes as long as a hundred calls. */
	return one_in(2) ? below(64) : one_in(30) ? below(4 * BUFFER) : below(4 * PAGE);
}

/* Where the kernel is to read or write @size bytes: mostly a good place. */
static void *place(uint64_t size)
{
	switch (below(12)) {
	case 0:
		return NULL;
	case 1:
		return (void *)(uintptr_t)(UINT64_C(0xffff888000000000) + below(GIB));
	case 2:	/* a mapping, perhaps of the same memory */
		return me->arena + below(ARENA);
	case 3:	/* the end is missing */
		return me->buffer + BUFFER - below(size < BUFFER ? size + 1 : BUFFER);
	case 4:
		return (void *)(uintptr_t)odd_number();
	default:
		return me->buffer + (size < BUFFER ? below(BUFFER - size) : 0);
	}
}

/* A structure where the kernel gets to see it; broken in a few bytes now and then. */
static void *put(const void *data, size_t size)
{
	uint8_t *to = me->buffer + (one_in(4) ? BUFFER - size : below(64) * 512);

	if (one_in(20))
		return place(size);
	memcpy(to, data, size);
	while (one_in(8))
		to[below(size)] = (uint8_t)any();
	return to;
}

static uint32_t size_of(size_t size)
{
	return one_in(10) ? (uint32_t)odd_number() : (uint32_t)(size + (one_in(10) ? 8 : 0));
}

static int *slot(void)
{
	return &me->fds[below(FDS)];
}

static int target(void)
{
	unsigned int tries = 8;
	int fd = -1;

	while (fd < 0 && tries--)
		fd = *slot();
	return one_in(100) ? me->control : fd;
}

static void keep(int fd)
{
	int *to = slot();

	if (fd < 0)
		return;
	if (*to >= 0)
		close(*to);
	*to = fd;
}

static void keep_map(void *start, uint64_t bytes)
{
	unsigned int i = (unsigned int)below(MAPS);

	if (me->maps[i].length)
		munmap(me->maps[i].start, me->maps[i].length);
	me->maps[i].start = start;
	me->maps[i].length = bytes;
}

/*
 * Nothing at [@at, @at + @bytes) any more. What may be made writable there and be touched is of small
 * pages: clearing huge ones would be most of what is done.
 */
static void *make_empty(void *at, uint64_t bytes, int flags)
{
	void *map = mmap(at, bytes, PROT_NONE,
			 flags | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (map != MAP_FAILED)
		madvise(map, bytes, MADV_NOHUGEPAGE);
	return map;
}

/*
 * A call that maps at a fixed place of the arena, but fails, may have taken away what was there. That
 * is filled again before the kernel puts into it what an address was not asked for, another thread's
 * stack for one.
 */
#define AT_FIXED_PLACE(call, at, bytes)                                                            \
	({                                                                                         \
		void *map_;                                                                        \
		int error_;                                                                        \
		pthread_rwlock_wrlock(&all.holes);                                                 \
		map_ = (call);                                                                     \
		error_ = errno;                                                                    \
		if (map_ == MAP_FAILED)                                                            \
			make_empty(at, bytes, MAP_FIXED);                                          \
		errno = error_;                                                                    \
		pthread_rwlock_unlock(&all.holes);                                                 \
		map_;                                                                              \
	})

#define ANYWHERE(call)                                                                             \
	({                                                                                         \
		__typeof__(call) result_;                                                             \
		int error_;                                                                        \
		pthread_rwlock_rdlock(&all.holes);                                                 \
		result_ = (call);                                                                     \
		error_ = errno;                                                                    \
		pthread_rwlock_unlock(&all.holes);                                                 \
		errno = error_;                                                                    \
		result_;                                                                              \
	})

/* --- judging --- */

static void judge(long ret, const char *call, const int *errnos)
{
	if (ret >= 0)
		return;
	me->failed++;
	for (; *errnos; errnos++)
		if (errno == *errnos)
			return;
	/* No memory, no descriptors, a signal: of any call. */
	if (errno == ENOMEM || errno == EINTR || errno == EMFILE || errno == ENFILE)
		return;
	if (all.unexpected++ < 20)
		fprintf(stderr, "# %s: %m is not documented; call 0x%jx\n", call,
			(uintmax_t)me->last[me->number % SEQUENCE]);
}

#define JUDGE(call, ...)                                                                           \
	({                                                                                         \
		static const int errnos_[] = { __VA_ARGS__, 0 };                                   \
		long ret_ = (long)(call);                                                          \
		judge(ret_, #call, errnos_);                                                       \
		ret_;                                                                              \
	})

/* --- calls --- */

static void call_open(void)
{
	static const char *const nodes[] = { "fuzz-a", "fuzz-b", "fuzz-c", "." };
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR };
	struct memflow_attach attach = { .size = size_of(sizeof(attach)), .vm_fd = all.own.fd };
	char path[64];

	switch (below(4)) {
	case 0:
		keep((int)JUDGE(ioctl(me->control, MEMFLOW_OPEN_VM,
				      one_in(6) ? (long)odd_number() : one_in(3) ? 0 : all.pid),
				ESRCH, ENOENT, EOPNOTSUPP, ENODEV));
		break;
	case 1:
		attach.flags = one_in(20) ? (uint32_t)odd_number() : (uint32_t)below(4);
		if (one_in(6))
			attach.vm_fd = one_in(2) ? (int)below(64) : (int)odd_number();
		if (one_in(30))
			attach.reserved = (uint32_t)odd_number();
		keep((int)JUDGE(ioctl(me->control, MEMFLOW_IOC_ATTACH, put(&attach, sizeof(attach))),
				EBADF, EINVAL, ESRCH, EOPNOTSUPP, EFAULT, E2BIG, ENODEV));
		break;
	default:
		snprintf(path, sizeof(path), "/dev/memflow-vms/%s", nodes[below(3)]);
		keep((int)JUDGE(open(path, modes[below(3)] | O_CLOEXEC), ENOENT, ENXIO, ENODEV,
				EACCES));
	}
}

static void call_publish(void)
{
	struct memflow_publish publish = { .size = size_of(sizeof(publish)), .mode = 0600 };
	struct memflow_unpublish unpublish = { .size = size_of(sizeof(unpublish)) };
	char node[8] = "fuzz-a";

	node[5] = (char)('a' + below(3));
	if (one_in(20))
		node[below(6)] = (char)any();
	memcpy(unpublish.node, node, sizeof(node));
	memcpy(publish.node, node, sizeof(node));
	memcpy(publish.name, node, sizeof(node));
	publish.flags = one_in(8) ? (uint32_t)odd_number() : (uint32_t)below(2);
	publish.vm_fd = one_in(2) ? all.own.fd : one_in(10) ? (int)odd_number() : -1;
	publish.pid = publish.vm_fd < 0 ? all.pid : one_in(4) ? getpid() : 0;
	if (one_in(10))
		publish.mode = (uint32_t)odd_number();
	if (one_in(10))
		publish.uid = (uint32_t)odd_number();
	unpublish.flags = one_in(4) ? MEMFLOW_REVOKE : one_in(10) ? (uint32_t)odd_number() : 0;
	if (one_in(4))
		unpublish.pid = one_in(2) ? all.pid : (int)odd_number();
	if (one_in(2))
		JUDGE(ioctl(me->control, MEMFLOW_IOC_PUBLISH, put(&publish, sizeof(publish))),
		      EEXIST, EINVAL, EBADF, ESRCH, ENOENT, EOPNOTSUPP, EFAULT, E2BIG);
	else
		JUDGE(ioctl(me->control, MEMFLOW_IOC_UNPUBLISH, put(&unpublish, sizeof(unpublish))),
		      ENOENT, EINVAL, EFAULT, E2BIG);
}

static void call_map_vm(void)
{
	struct memflow_slot slots[8];
	struct memflow_vm_map_info info = { .slots = (uintptr_t)slots };
	struct memflow_vm_info other = { .slot_count = (uint32_t)odd_number() };
	unsigned int i;
	int ret;

	if (one_in(2)) {
		other.slots = (uintptr_t)place(below(64) * sizeof(slots[0]));
		JUDGE(ioctl(target(), MEMFLOW_VM_INFO, put(&other, sizeof(other))), EFAULT, ENODEV,
		      EBADF, ENOTTY);
		return;
	}
	/* A good place for the addresses, or their mappings would stay for ever. */
	info.slot_count = (uint32_t)below(8);
	if (one_in(10))
		info.slots = (uintptr_t)place(0);
	ret = (int)JUDGE(ANYWHERE(ioctl(target(), MEMFLOW_MAP_VM, &info)), EFAULT, ENODEV, EBADF,
			 ENOTTY, EACCES);
	keep(ret);
	for (i = 0; ret >= 0 && info.slots == (uintptr_t)slots && i < info.slot_count; i++)
		keep_map((void *)(uintptr_t)slots[i].host_base, slots[i].map_size);
}

static void call_info(void)
{
	struct memflow_info info = { .size = size_of(sizeof(info)) };
	struct memflow_slots slots = { .size = size_of(sizeof(slots)) };
	uint32_t flags = one_in(4) ? (uint32_t)odd_number() : one_in(2) ? MEMFLOW_STRICT : 0;

	switch (below(5)) {
	case 0:
		JUDGE(ioctl(target(), MEMFLOW_IOC_INFO, put(&info, sizeof(info))), EFAULT, EINVAL,
		      E2BIG, EBADF, ENOTTY);
		break;
	case 1:
		slots.count = one_in(4) ? (uint32_t)odd_number() : (uint32_t)below(9);
		slots.slots = (uintptr_t)place(slots.count * sizeof(struct memflow_memslot));
		JUDGE(ioctl(target(), MEMFLOW_IOC_SLOTS, put(&slots, sizeof(slots))), EFAULT,
		      EINVAL, E2BIG, ENODEV, EBADF, ENOTTY);
		break;
	case 2:
		JUDGE(ioctl(target(), MEMFLOW_IOC_SET_FLAGS, put(&flags, sizeof(flags))), EFAULT,
		      EINVAL, EBADF, ENOTTY);
		break;
	case 3:
		JUDGE(ioctl(one_in(2) ? me->control : target(), MEMFLOW_IOC_VERSION, place(16)),
		      EFAULT, EBADF);
		break;
	default:
		/* No number of ours. */
		JUDGE(ioctl(one_in(2) ? me->control : target(),
			    _IOC(below(4), MEMFLOW_IOCTL_MAGIC, 0x40 + below(0xc0), below(0x4000)),
			    place(64)),
		      ENOTTY, EBADF);
	}
}

static void call_transfer(void)
{
	struct memflow_segment segments[8];
	struct memflow_transfer transfer = {
		.size = size_of(sizeof(transfer)),
		.flags = one_in(20) ? (uint32_t)odd_number() : (uint32_t)below(2),
		.count = one_in(20) ? (uint32_t)odd_number() : (uint32_t)below(9),
	};
	struct memflow_segment *seen;
	unsigned int i, whole = 0;
	bool other = false;
	long ret;

	for (i = 0; i < 8; i++)
		segments[i] = (struct memflow_segment){ .gpa = gpa(), .length = length(), .result = 1 };
	for (i = 0; i < 8; i++)
		segments[i].buffer = (uintptr_t)place(segments[i].length);
	seen = (struct memflow_segment *)(me->buffer + BUFFER - sizeof(segments));
	memcpy(seen, segments, sizeof(segments));
	transfer.segments = one_in(20) ? (uintptr_t)place(sizeof(segments)) : (uintptr_t)seen;
	ret = JUDGE(ioctl(target(), MEMFLOW_IOC_TRANSFER, &transfer), EFAULT, EINVAL, E2BIG, EBADF,
		    ENODEV, ENOTTY);
	if (ret < 0 || transfer.segments != (uintptr_t)seen || transfer.count > 8)
		return;
	/* Unless what was read went over it. */
	for (i = 0; i < transfer.count; i++)
		if (seen[i].gpa != segments[i].gpa || seen[i].length != segments[i].length)
			other = true;
	for (i = 0; i < transfer.count; i++)
		whole += seen[i].result >= 0 && (uint64_t)seen[i].result == segments[i].length;
	if (!other && transfer.flags == 1 && whole != ret && all.unexpected++ < 20)
		fprintf(stderr, "# TRANSFER returned %ld with %u whole segments\n", ret, whole);
}

static void call_copy(void)
{
	uint64_t bytes = length();
	struct iovec iov[3];
	unsigned int i;

	for (i = 0; i < 3; i++) {
		iov[i].iov_len = below(9000);
		iov[i].iov_base = place(iov[i].iov_len);
	}
	switch (below(7)) {
	case 0:
		JUDGE(pread(target(), place(bytes), bytes, (off_t)gpa()), EFAULT, ENODEV, EBADF,
		      EINVAL);
		break;
	case 1:
		JUDGE(pwrite(target(), place(bytes), bytes, (off_t)gpa()), EFAULT, ENODEV, EBADF,
		      EINVAL, ENXIO, EROFS);
		break;
	case 2:
		JUDGE(read(target(), place(bytes), bytes), EFAULT, ENODEV, EBADF, EINVAL);
		break;
	case 3:
		JUDGE(write(target(), place(bytes), bytes), EFAULT, ENODEV, EBADF, EINVAL, ENXIO,
		      EROFS);
		break;
	case 4:
		JUDGE(preadv(target(), iov, 3, (off_t)gpa()), EFAULT, ENODEV, EBADF, EINVAL);
		break;
	case 5:
		JUDGE(pwritev(target(), iov, 3, (off_t)gpa()), EFAULT, ENODEV, EBADF, EINVAL, ENXIO,
		      EROFS);
		break;
	default:
		JUDGE(lseek(target(), (off_t)gpa(), (int)below(6)), EINVAL, ENXIO, ENODEV, EBADF);
	}
}

static void call_mmap(void)
{
	static const int prots[] = { PROT_READ, PROT_READ | PROT_WRITE, PROT_WRITE, PROT_NONE,
				     PROT_READ | PROT_EXEC };
	uint64_t bytes = one_in(30) ? odd_number() : (1 + below(one_in(8) ? 4096 : 64)) * PAGE;
	int flags = one_in(16) ? MAP_PRIVATE : MAP_SHARED;
	int prot = prots[below(sizeof(prots) / sizeof(prots[0]))];
	off_t offset = one_in(10) ? (off_t)MEMFLOW_STATUS_OFFSET : (off_t)(gpa() & ~(PAGE - 1));
	uint64_t at = below(ARENA / PAGE) * PAGE;
	void *map;

	if (one_in(20))
		flags |= MAP_POPULATE;
	if (one_in(2) && bytes && bytes <= ARENA - at) {
		map = AT_FIXED_PLACE(mmap(me->arena + at, bytes, prot, flags | MAP_FIXED, target(),
					  offset),
				     me->arena + at, bytes);
		JUDGE(map == MAP_FAILED ? -1 : 0, EINVAL, EACCES, ENODEV, EPERM, EOVERFLOW, EBADF);
		return;
	}
	map = ANYWHERE(mmap(NULL, bytes, prot, flags, target(), offset));
	JUDGE(map == MAP_FAILED ? -1 : 0, EINVAL, EACCES, ENODEV, EPERM, EOVERFLOW, EBADF);
	if (map != MAP_FAILED)
		keep_map(map, bytes);
}

static void call_populate(void)
{
	struct memflow_populate populate = { .size = size_of(sizeof(populate)) };
	uint64_t at = below(ARENA / 2 / PAGE) * PAGE;
	int fd = target();

	populate.address = (uintptr_t)me->arena + at;
	populate.length = (1 + below(one_in(8) ? 4096 : 64)) * PAGE;
	/* Or it would hardly ever be this one's mapping. */
	if (!one_in(4))
		AT_FIXED_PLACE(mmap(me->arena + at, populate.length, PROT_READ,
				    MAP_SHARED | MAP_FIXED, fd, (off_t)(gpa() & ~(PAGE - 1))),
			       me->arena + at, populate.length);
	if (one_in(20))
		populate.flags = (uint32_t)odd_number();
	if (one_in(20))
		populate.address = odd_number();
	if (one_in(20))
		populate.length = odd_number();
	JUDGE(ioctl(fd, MEMFLOW_IOC_POPULATE, put(&populate, sizeof(populate))), EFAULT, EINVAL,
	      E2BIG, EACCES, ENODEV, EBADF, ENOTTY);
}

static void call_status(void)
{
	volatile const struct memflow_status *status = ANYWHERE(
		mmap(NULL, PAGE, PROT_READ, MAP_SHARED, target(), (off_t)MEMFLOW_STATUS_OFFSET));

	if (status == MAP_FAILED)
		return;
	(void)status->alive;
	/* As any other mapping from now on, of which pieces go and which moves. */
	keep_map((void *)status, PAGE);
}

/* Of one mapping of this thread's, whose place is its own: nobody else maps there. */
static void call_remap(void)
{
	unsigned int i = (unsigned int)below(MAPS);
	uint64_t bytes = me->maps[i].length, part;
	uint8_t *start = me->maps[i].start, *at;
	void *to;

	if (!bytes)
		return;
	part = below((bytes + PAGE - 1) / PAGE) * PAGE;
	switch (below(4)) {
	case 0:	/* its beginning goes */
		if (!part)
			return;
		JUDGE(munmap(start, part), EINVAL);
		me->maps[i].start = start + part;
		me->maps[i].length = bytes > part ? bytes - part : 0;
		break;
	case 1:	/* moves into the arena */
		if (bytes > ARENA / 2)
			return;
		at = me->arena + below(ARENA / 2 / PAGE) * PAGE;
		to = AT_FIXED_PLACE(mremap(start, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, at),
				    at, bytes);
		JUDGE(to == MAP_FAILED ? -1 : 0, EFAULT, EINVAL, EAGAIN);
		if (to != MAP_FAILED)
			me->maps[i].length = 0;
		break;
	case 2:
		to = ANYWHERE(mremap(start, bytes, bytes + below(64) * PAGE,
				     (int)below(8) & ~MREMAP_FIXED));
		JUDGE(to == MAP_FAILED ? -1 : 0, EFAULT, EINVAL, EAGAIN);
		if (to != MAP_FAILED)
			me->maps[i].start = to;
		break;
	default:
		munmap(start, bytes);
		me->maps[i].length = 0;
	}
}

static void call_protect(void)
{
	static const int advices[] = { 0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
				       20, 21, 22, 23, 25 };
	uint64_t at = below(ARENA / PAGE) * PAGE;
	uint64_t bytes = (1 + below(one_in(4) ? (ARENA - at) / PAGE : 8)) * PAGE;

	if (bytes > ARENA - at)
		bytes = PAGE;
	switch (below(4)) {
	case 0:
		JUDGE(mprotect(me->arena + at, bytes, (int)below(8)), EACCES, EINVAL);
		break;
	case 1:
		/* What is advised is the core's to judge. */
		madvise(me->arena + at, bytes, advices[below(sizeof(advices) / sizeof(int))]);
		break;
	case 2:
		JUDGE(msync(me->arena + at, bytes, (int)below(8)), EINVAL, EBUSY, EIO);
		break;
	default:
		make_empty(me->arena + at, bytes, MAP_FIXED);
	}
}

static void call_touch(void)
{
	volatile uint8_t *byte = me->arena + below(ARENA), *end = me->arena + ARENA;
	unsigned int i = (unsigned int)below(MAPS), n;

	if (me->maps[i].length && one_in(2)) {
		byte = (uint8_t *)me->maps[i].start + below(me->maps[i].length);
		end = (uint8_t *)me->maps[i].start + me->maps[i].length;
	}
	if (sigsetjmp(me->back, 1)) {
		me->faulted++;
		return;
	}
	me->may_fault = true;
	n = one_in(8) ? 1 + (unsigned int)below(64) : 1;
	/* Not beyond it: what is there is somebody else's. */
	for (; n && byte < end; n--, byte += PAGE) {
		if (one_in(3))
			*byte = (uint8_t)any();
		else
			(void)*byte;
	}
	me->may_fault = false;
}

/* The kernel's own ways to somebody's memory. */
static void call_through_core(void)
{
	uint8_t *at = me->arena + below(ARENA - 9000);
	struct iovec remote = { .iov_base = at, .iov_len = below(9000) };
	struct iovec local = { .iov_base = me->buffer, .iov_len = 9000 };
	char drain[4096];

	switch (below(5)) {
	case 0:
		JUDGE(pread(me->mem, me->buffer, below(9000), (off_t)(uintptr_t)at), EIO, EFAULT);
		break;
	case 1:
		JUDGE(pwrite(me->mem, me->buffer, below(9000), (off_t)(uintptr_t)at), EIO, EFAULT);
		break;
	case 2:
		JUDGE(process_vm_readv(getpid(), &local, 1, &remote, 1, 0), EFAULT);
		break;
	case 3:
		JUDGE(vmsplice(me->pipe[1], &remote, 1, SPLICE_F_NONBLOCK), EFAULT, EAGAIN);
		while (read(me->pipe[0], drain, sizeof(drain)) > 0)
			;
		break;
	default:
		at = (uint8_t *)((uintptr_t)at & ~(uintptr_t)3);
		JUDGE(syscall(SYS_futex, at, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, 1, at,
			      FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0)),
		      EFAULT, EAGAIN, ENOSYS);
	}
}

static void call_descriptor(void)
{
	struct pollfd poll_fd = { .fd = target(), .events = (short)any() };
	int *fd = slot(), other;

	switch (below(6)) {
	case 0:
		JUDGE(poll(&poll_fd, 1, one_in(50) ? 2 : 0), EFAULT);
		break;
	case 1:
		if (*fd >= 0)
			keep(dup(*fd));
		break;
	case 2:	/* by mail to oneself */
		if (*fd < 0)
			break;
		hard_send(me->sockets[0], *fd);
		keep(hard_receive(me->sockets[1]));
		break;
	case 3:	/* to another thread */
		pthread_mutex_lock(&all.lock);
		other = all.handed;
		all.handed = *fd;
		*fd = other;
		pthread_mutex_unlock(&all.lock);
		break;
	case 4:
		if (*fd >= 0) {
			close(*fd);
			*fd = -1;
		}
		break;
	default:
		if (*fd >= 0)
			fcntl(*fd, F_SETFL, one_in(2) ? O_NONBLOCK : 0);
	}
}

static void call_disturb(void)
{
	/* Not by many at once: where it moves memory away and back, others would map. */
	if (me->number % 8 || pthread_mutex_trylock(&all.lock))
		return;
	madvise(all.own.memory + below(1024) * PAGE, (1 + below(512)) * PAGE, MADV_DONTNEED);
	hard_vm_fill(&all.own, below(1024) * PAGE, 4 * PAGE, (uint8_t)any());
	mprotect(all.own.memory, 4 * MIB, one_in(4) ? PROT_READ : PROT_READ | PROT_WRITE);
	mprotect(all.own.memory, all.own.size, PROT_READ | PROT_WRITE);
	pthread_mutex_unlock(&all.lock);
}

static void make_call(uint64_t number)
{
	static void (*const calls[])(void) = {
		call_open, call_publish, call_map_vm, call_info, call_transfer, call_copy,
		call_copy, call_mmap, call_mmap, call_populate, call_status, call_remap,
		call_protect, call_touch, call_touch, call_touch, call_through_core,
		call_descriptor, call_disturb,
	};

	me->number++;
	me->last[me->number % SEQUENCE] = number;
	me->chance = number | 1;
	calls[below(sizeof(calls) / sizeof(calls[0]))]();
	me->calls++;
}

/* --- coverage --- */

static void find_module(void)
{
	FILE *modules = fopen("/proc/modules", "re");
	uintmax_t start;
	char line[512];
	unsigned int size;

	while (modules && fgets(line, sizeof(line), modules))
		if (sscanf(line, "memflow %u %*u %*s %*s 0x%jx", &size, &start) == 2) {
			all.module_start = start;
			all.module_end = start + size;
		}
	if (modules)
		fclose(modules);
}

static void open_kcov(struct fuzzer *fuzzer)
{
	int fd = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);
	void *map;

	if (fd < 0 || ioctl(fd, KCOV_INIT_TRACE, KCOV_ENTRIES))
		return;
	map = mmap(NULL, KCOV_ENTRIES * 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map != MAP_FAILED && !ioctl(fd, KCOV_ENABLE, 0))
		fuzzer->kcov = map;
}

/* Whether the call went where none had been; with that it is kept. */
static bool gained(void)
{
	uint64_t count = __atomic_load_n(me->kcov, __ATOMIC_RELAXED);
	bool found = false;
	uint64_t i;

	pthread_mutex_lock(&all.lock);
	for (i = 1; i <= count && i < KCOV_ENTRIES; i++) {
		uint64_t pc = me->kcov[i];
		bool own = pc >= all.module_start && pc < all.module_end;
		uint32_t key = (uint32_t)pc, at = (key * 2654435761U) >> 16;

		while (all.covered[at] && all.covered[at] != key)
			at = (at + 1) & 0xffff;
		if (all.covered[at] || all.nr_covered > 60000)
			continue;
		all.covered[at] = key;
		all.nr_covered++;
		all.nr_own += own;
		/* Elsewhere in the kernel chance finds something all the time. */
		found |= own;
	}
	if (found && all.nr_corpus < CORPUS) {
		for (i = 0; i < SEQUENCE; i++)
			all.corpus[all.nr_corpus][i] = me->last[(me->number + 1 + i) % SEQUENCE];
		all.nr_corpus++;
	}
	pthread_mutex_unlock(&all.lock);
	return found;
}

/* Where in the module's text, one line each. */
static void write_coverage(void)
{
	const char *path = getenv("MEMFLOW_COVERAGE");
	FILE *file = path && *path ? fopen(path, "we") : NULL;
	unsigned int i;

	for (i = 0; file && i < sizeof(all.covered) / sizeof(all.covered[0]); i++) {
		/* The upper half is that of all of the kernel. */
		uint64_t pc = all.covered[i] | UINT64_C(0xffffffff00000000);

		if (pc >= all.module_start && pc < all.module_end)
			fprintf(file, "%jx\n", (uintmax_t)(pc - all.module_start));
	}
	if (file)
		need(!fclose(file));
}

/* A sequence that led somewhere, with one call of it replaced. */
static void again(uint64_t *random)
{
	uint64_t sequence[SEQUENCE];
	unsigned int i;

	pthread_mutex_lock(&all.lock);
	memcpy(sequence, all.corpus[hard_random(random) % all.nr_corpus], sizeof(sequence));
	pthread_mutex_unlock(&all.lock);
	sequence[hard_random(random) % SEQUENCE] = hard_random(random);
	for (i = 0; i < SEQUENCE; i++)
		make_call(sequence[i]);
}

/* --- threads --- */

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)context;
	if (!me || !me->may_fault) {
		dprintf(2, "# signal %d outside of a touch, at %p, code %d, call 0x%jx", signal,
			info->si_addr, info->si_code,
			me ? (uintmax_t)me->last[me->number % SEQUENCE] : 0);
		dprintf(2, "; arena %p, buffer %p, the VM's memory %p\n",
			me ? (void *)me->arena : NULL, me ? (void *)me->buffer : NULL,
			(void *)all.own.memory);
		_exit(99);
	}
	me->may_fault = false;
	siglongjmp(me->back, signal);
}

static void prepare(struct fuzzer *fuzzer)
{
	uint8_t *room;
	unsigned int i;

	for (i = 0; i < FDS; i++)
		fuzzer->fds[i] = -1;
	/* Behind it a page that never is there: copies of any length end at it. */
	fuzzer->arena = make_empty(NULL, ARENA + PAGE, 0);
	room = mmap(NULL, BUFFER + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(fuzzer->arena != MAP_FAILED && room != MAP_FAILED);
	need(!mprotect(room + BUFFER, PAGE, PROT_NONE));
	fuzzer->buffer = room;
	fuzzer->control = open("/dev/memflow", O_RDONLY | O_CLOEXEC);
	fuzzer->mem = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	need(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fuzzer->sockets));
	need(!pipe2(fuzzer->pipe, O_NONBLOCK | O_CLOEXEC));
}

static void *fuzz(void *data)
{
	uint64_t random = all.seed * 1000 + (uintptr_t)data;
	struct fuzzer fuzzer = {};

	prepare(&fuzzer);
	me = &fuzzer;
	open_kcov(me);
	while (all.made < all.calls && !all.unexpected) {
		unsigned long before = me->calls;

		if (me->kcov)
			__atomic_store_n(me->kcov, 0, __ATOMIC_RELAXED);
		if (me->kcov && all.nr_corpus && !(hard_random(&random) % 4))
			again(&random);
		else
			make_call(hard_random(&random));
		if (me->kcov)
			gained();
		all.made += me->calls - before;
	}
	fprintf(stderr, "# thread %ju: %lu calls, %lu failed, %lu faults\n",
		(uintmax_t)(uintptr_t)data, me->calls, me->failed, me->faulted);
	return NULL;
}

/* As long as what was done took, and some: on a slow kernel this would otherwise be all that is done. */
static void rest(struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	usleep((useconds_t)((now.tv_sec - since->tv_sec) * 1000000 +
			    (now.tv_nsec - since->tv_nsec) / 1000) + 5000);
	clock_gettime(CLOCK_MONOTONIC, since);
}

/* Starts VMs, changes their memslots, and kills them; testvm belongs to one thread. */
static void be_the_host(void)
{
	uint64_t random = all.seed | 1;
	struct timespec since;
	struct testvm vm;

	clock_gettime(CLOCK_MONOTONIC, &since);
	while (!all.stop) {
		unsigned int changes = 40;

		/* posix_spawn(3) maps a stack in between. */
		if (ANYWHERE(testvm_start(&vm, "fuzzed", 16)))
			continue;
		all.pid = vm.pid;
		while (changes-- && !all.stop) {
			testvm_command(&vm, "slot 5 0x%jx 0x400000 %s",
				       (uintmax_t)(16 * MIB + hard_random(&random) % 2 * 2 * MIB),
				       hard_random(&random) % 2 ? "thp" : "memfd ro");
			rest(&since);
			testvm_command(&vm, "discard 0x%jx 0x10000",
				       (uintmax_t)(4 * MIB + hard_random(&random) % 64 * 65536));
			testvm_command(&vm, "churn 5 3");
			testvm_command(&vm, hard_random(&random) % 4 ? "drop 5" : "drop-keep 5");
			rest(&since);
		}
		testvm_kill(&vm);
		rest(&since);
	}
}

static void *watch_the_end(void *threads)
{
	unsigned int i;

	for (i = 0; i < THREADS; i++)
		pthread_join(((pthread_t *)threads)[i], NULL);
	all.stop = true;
	return NULL;
}

static void run(void *unused)
{
	struct sigaction action = { .sa_sigaction = on_fault,
				   .sa_flags = SA_NODEFER | SA_SIGINFO };
	pthread_t threads[THREADS], watcher;
	uintptr_t i;

	(void)unused;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	/* So much memory as the arenas are, and some. */
	setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 256, 256 });
	find_module();
	need(!hard_vm_make(&all.own, 8 * MIB, true));
	if (all.fail)
		hard_fail_allocations(all.fail);
	for (i = 0; i < THREADS; i++)
		need(!ANYWHERE(pthread_create(&threads[i], NULL, fuzz, (void *)(i + 1))));
	need(!ANYWHERE(pthread_create(&watcher, NULL, watch_the_end, threads)));
	be_the_host();
	pthread_join(watcher, NULL);
	if (all.fail)
		fprintf(stderr, "# figure %lu allocations failed\n", hard_fail_allocations(0));
	fprintf(stderr, "# figure %lu calls, seed 0x%jx; ", (unsigned long)all.made,
		(uintmax_t)all.seed);
	if (all.nr_covered)
		fprintf(stderr, "%u PCs covered, %u of them in the module, %u sequences kept\n",
			all.nr_covered, all.nr_own, all.nr_corpus);
	else
		fprintf(stderr, "coverage not known: the kernel has no KCOV\n");
	write_coverage();
	need(!all.unexpected);
}

#define PROCESSES 16

/* For who forks from here on. */
static void keep_to_cpu(unsigned int number)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(number % (unsigned int)sysconf(_SC_NPROCESSORS_ONLN), &cpus);
	assert_ok(sched_setaffinity(0, sizeof(cpus), &cpus));
}

static void test_fuzz(void **state)
{
	const char *const nodes[] = { "fuzz-a", "fuzz-b", "fuzz-c" };
	unsigned int processes = (unsigned int)hard_number("MEMFLOW_PROCESSES", 1);
	unsigned int patience, i;
	pid_t children[PROCESSES];
	bool well = true;
	cpu_set_t cpus;

	(void)state;
	all.fail = (unsigned int)hard_number("MEMFLOW_FAIL", 0);
	if (all.fail && !hard_can_inject()) {
		print_message("the kernel has no fault injection (CONFIG_FAILSLAB, debugfs)\n");
		skip();
	}
	all.calls = hard_number("MEMFLOW_CALLS", 5000);
	all.seed = hard_number("MEMFLOW_SEED", 0);
	while (!all.seed)
		assert_ok(getrandom(&all.seed, sizeof(all.seed), 0));
	patience = 120 + (unsigned int)(all.calls / 200);
	print_message("seed 0x%jx, %ju calls\n", (uintmax_t)all.seed, (uintmax_t)all.calls);
	assert_in_range(processes, 1, PROCESSES);
	all.calls /= processes;
	assert_ok(sched_getaffinity(0, sizeof(cpus), &cpus));
	for (i = 0; i < processes; i++, all.seed += 1000) {
		if (processes > 1)
			keep_to_cpu(i);
		children[i] = hard_fork(run, NULL);
	}
	assert_ok(sched_setaffinity(0, sizeof(cpus), &cpus));
	for (i = 0; i < processes; i++)
		well &= hard_reap(children[i], patience);
	for (i = 0; i < 3; i++)
		kmod_unpublish(nodes[i], 0);
	if (all.fail) /* also where the child did not come so far */
		hard_fail_allocations(0);
	assert_true(well);
	assert_true(kmod_wait_for(30, !kmod_use_count()));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_fuzz) };

	if (kmod_setup(NULL))
		return 1;
	return cmocka_run_group_tests_name("fuzz", tests, NULL, NULL);
}
