/* SPDX-License-Identifier: MIT */
/*
 * Many processes that read one VM: what each costs, and what all of them cost the VM.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "scale.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memflow.h"
#include "testguest.h"

#define MOST 64
#define SIZE (16 * MIB)
#define HUGE (2 * MIB)
/* Of these each page is touched by every reader ... */
#define READ (4 * MIB)
/* ... and these by none. */
#define UNTOUCHED (8 * MIB)
/* Where only the first of them reads. */
#define READ_BY_ONE (12 * MIB)

static const unsigned int points[] = { 1, 8, 32, MOST };

enum order { ORDER_OPEN, ORDER_TOUCH, ORDER_TOUCH_ALONE, ORDER_WAIT };

struct reader {
	pid_t pid;
	int socket;
};

static struct reader readers[MOST];

/* What they answer: shared with them. */
static struct answer {
	double seconds; /* that an order took */
	double end;	/* when it was done */
} *answers;

static void touch(const volatile uint64_t *memory, uint64_t gpa, uint64_t length)
{
	for (uint64_t offset = 0; offset < length; offset += PAGE) {
		uint64_t word = memory[(gpa + offset) / 8];

		if (word != testguest_pattern(gpa + offset))
			die("reader %d reads 0x%jx at 0x%jx", getpid(), (uintmax_t)word,
			    (uintmax_t)(gpa + offset));
	}
}

/* As a library does: whole memory and status page. */
struct mapping {
	int target;
	const volatile uint64_t *memory;
	const volatile struct memflow_status *status;
};

static void map(struct mapping *mapping)
{
	char node[64];

	module_node(node, 0);
	mapping->target = module_open(node);
	mapping->memory = module_map(mapping->target, 0, SIZE);
	mapping->status = (const void *)module_map(mapping->target, MEMFLOW_STATUS_OFFSET, PAGE);
}

static void wait_for_end(const struct mapping *mapping)
{
	module_wait_gone(mapping->target);
	if (mapping->status->alive)
		die("a VM that is gone is alive by its status page");
}

static void carry_out(enum order order, struct mapping *mapping)
{
	if (order == ORDER_OPEN)
		map(mapping);
	else if (order == ORDER_TOUCH)
		touch(mapping->memory, 0, READ);
	else if (order == ORDER_TOUCH_ALONE)
		touch(mapping->memory, READ_BY_ONE, HUGE);
	else
		wait_for_end(mapping);
}

/* In a process of its own. */
__attribute__((noreturn)) static void read_memory(int orders, struct answer *answer)
{
	struct mapping mapping = { .target = -1 };
	char order;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (read(orders, &order, 1) == 1) {
		double start = now();

		if (order == ORDER_WAIT && write(orders, &order, 1) != 1)
			_exit(1);
		carry_out((enum order)order, &mapping);
		answer->end = now();
		answer->seconds = answer->end - start;
		if (write(orders, &order, 1) != 1)
			_exit(1);
	}
	if (!mapping.memory)
		_exit(1);
	if (mapping.memory[0] || mapping.memory[UNTOUCHED / 8])
		die("memory of a VM that is gone is still there");
	munmap((void *)mapping.memory, SIZE);
	_exit(0);
}

static void answered(unsigned int i)
{
	char order;

	if (read(readers[i].socket, &order, 1) != 1)
		die("reader %u of VM 0 has ended", i);
}

static void give(unsigned int i, enum order order)
{
	const char byte = (char)order;

	if (write(readers[i].socket, &byte, 1) != 1)
		die("reader %u of VM 0 has ended", i);
	answered(i);
}

/* One after the other; the median of what it took. */
static double give_all(unsigned int count, enum order order)
{
	double seconds[MOST];

	for (unsigned int i = 0; i < count; i++) {
		give(i, order);
		seconds[i] = answers[i].seconds;
	}
	return median(seconds, count);
}

static void start_readers(unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		int sockets[2];

		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
			die("socketpair: %m");
		fflush(NULL);
		readers[i].pid = fork();
		if (readers[i].pid < 0)
			die("fork: %m");
		if (!readers[i].pid) {
			for (unsigned int other = 0; other < i; other++)
				close(readers[other].socket);
			close(sockets[0]);
			read_memory(sockets[1], &answers[i]);
		}
		close(sockets[1]);
		readers[i].socket = sockets[0];
	}
}

/* What the VM pays, by its own clock, for giving back @length. */
static double discard(struct testvm *vm, uint64_t gpa, uint64_t length)
{
	double seconds;

	tell(vm, "discard 0x%jx 0x%jx", (uintmax_t)gpa, (uintmax_t)length);
	seconds = took(vm);
	tell(vm, "fill 0x%jx 0x%jx", (uintmax_t)gpa, (uintmax_t)length);
	return seconds;
}

static void measure_invalidation(struct chart *chart, unsigned int point, struct testvm *vm)
{
	double all[MAX_ROUNDS], page[MAX_ROUNDS], alone[MAX_ROUNDS], none[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		give_all(points[point], ORDER_TOUCH);
		all[i] = discard(vm, 0, HUGE);
		give_all(points[point], ORDER_TOUCH);
		page[i] = discard(vm, HUGE, PAGE);
		give(0, ORDER_TOUCH_ALONE);
		alone[i] = discard(vm, READ_BY_ONE, HUGE);
		none[i] = discard(vm, UNTOUCHED, HUGE);
	}
	give_all(points[point], ORDER_TOUCH);
	chart_set(chart, "the VM gives back 2 MiB that all map", UNIT_TIME, point,
		  median(all, rounds));
	chart_set(chart, "4 KiB that all map", UNIT_TIME, point, median(page, rounds));
	chart_set(chart, "2 MiB that one of them maps", UNIT_TIME, point, median(alone, rounds));
	chart_set(chart, "2 MiB that nobody maps", UNIT_TIME, point, median(none, rounds));
}

static void end_readers(unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		int status;

		close(readers[i].socket);
		if (waitpid(readers[i].pid, &status, 0) < 0 || status)
			die("reader %u of VM 0 did not end well", i);
	}
}

static void measure_death(struct chart *chart, unsigned int point, struct testvm *vm)
{
	const unsigned int count = points[point];
	double start, told = 0;

	for (unsigned int i = 0; i < count; i++)
		give(i, ORDER_WAIT);
	start = now();
	testvm_kill(vm);
	chart_set(chart, "the VM is killed: it has ended", UNIT_TIME, point, now() - start);
	for (unsigned int i = 0; i < count; i++) {
		answered(i);
		if (answers[i].end - start > told)
			told = answers[i].end - start;
	}
	chart_set(chart, "the VM is killed: all readers know", UNIT_TIME, point, told);
	module_wait_clean();
	chart_set(chart, "the VM is killed: nothing of it is left", UNIT_TIME, point,
		  now() - start);
	start = now();
	end_readers(count);
	chart_set(chart, "readers unmap, close and end, each", UNIT_TIME, point,
		  (now() - start) / count);
}

static void measure(struct chart *chart, unsigned int point)
{
	const unsigned int count = points[point];
	int control = module_open("/dev/memflow");
	struct memory before;
	struct testvm vm;
	int fd;

	if (testvm_start(&vm, NULL, 0))
		die("cannot start testvm: %s", vm.reply);
	tell(&vm, "slot 0 0 0x%jx anon", (uintmax_t)SIZE);
	fd = module_vm_fd(&vm);
	module_publish(control, &vm, fd, 0);
	close(fd);
	start_readers(count);
	chart_set(chart, "open and map, each", UNIT_TIME, point, give_all(count, ORDER_OPEN));
	memory_now(&before);
	chart_set(chart, "touch 1024 pages, each", UNIT_TIME, point, give_all(count, ORDER_TOUCH));
	chart_set(chart, "memory for that, each", UNIT_KIB, point,
		  kernel_memory_since(&before) / count);
	measure_invalidation(chart, point, &vm);
	measure_death(chart, point, &vm);
	close(control);
}

void chart_readers(void)
{
	static struct chart chart = {
		.title = "Readers of one VM",
		.of = "processes that map it",
		.points = points,
		.n_points = sizeof(points) / sizeof(*points),
	};

	answers = mmap(NULL, MOST * sizeof(*answers), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (answers == MAP_FAILED)
		die("mmap: %m");
	for (unsigned int point = 0; point < chart.n_points; point++)
		measure(&chart, point);
	chart_print(&chart);
	munmap(answers, MOST * sizeof(*answers));
}
