/* SPDX-License-Identifier: MIT */
/*
 * Many published VMs: what one more costs, and what those that are there cost who uses one.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "scale.h"

#include <glib.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memflow-libvirt.h"
#include "published.h"

#define MOST 200
#define SIZE (64 * 1024)
#define MARKER(i) (UINT64_C(0xa11ce00000000000) + (i))

static const unsigned int points[] = { 1, 10, 50, 100, MOST };

struct one {
	struct testvm vm;
	int fd;
};

static struct one vms[MOST];

static void begin(unsigned int i)
{
	if (testvm_start(&vms[i].vm, NULL, 0))
		die("cannot start VM %u: %s", i, vms[i].vm.reply);
	tell(&vms[i].vm, "slot 0 0 0x%x anon nofill", SIZE);
	tell(&vms[i].vm, "poke 0x2000 0x%" PRIx64, MARKER(i));
	vms[i].fd = module_vm_fd(&vms[i].vm);
}

static void end(unsigned int i)
{
	close(vms[i].fd);
	testvm_kill(&vms[i].vm);
}

/* Lines that `memflowctl list` prints. */
static unsigned int count_listed(void)
{
	FILE *list = popen("memflowctl list", "re");
	unsigned int lines = 0;
	int c;

	if (!list)
		die("cannot run memflowctl: %m");
	while ((c = getc(list)) != EOF)
		lines += c == '\n';
	if (pclose(list))
		die("memflowctl list failed");
	return lines;
}

static void check(const char *what, unsigned int got, unsigned int wanted)
{
	if (got != wanted)
		die("%s has %u VMs of %u", what, got, wanted);
}

static void measure_publish(struct chart *chart, unsigned int point, int control)
{
	const unsigned int last = points[point] - 1;
	double publish[MAX_ROUNDS], unpublish[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		double start = now();

		module_unpublish(control, last);
		unpublish[i] = now() - start;
		start = now();
		module_publish(control, &vms[last].vm, vms[last].fd, last);
		publish[i] = now() - start;
	}
	chart_set(chart, "publish one more", UNIT_TIME, point, median(publish, rounds));
	chart_set(chart, "unpublish it", UNIT_TIME, point, median(unpublish, rounds));
}

static void measure_list(struct chart *chart, unsigned int point)
{
	double nodes[MAX_ROUNDS], domains[MAX_ROUNDS], ctl[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		double start = now();
		GPtrArray *list = mfl_published_list(NULL);

		nodes[i] = now() - start;
		check("sysfs", list ? list->len : 0, points[point]);
		g_ptr_array_unref(list);
		start = now();
		list = mfl_domain_list(NULL, NULL);
		domains[i] = now() - start;
		check("mfl_domain_list()", list ? list->len : 0, points[point]);
		g_ptr_array_unref(list);
		start = now();
		check("memflowctl list", count_listed(), points[point] + 1);
		ctl[i] = now() - start;
	}
	chart_set(chart, "list all: the nodes in sysfs", UNIT_TIME, point, median(nodes, rounds));
	chart_set(chart, "list all: mfl_domain_list()", UNIT_TIME, point, median(domains, rounds));
	chart_set(chart, "list all: `memflowctl list`", UNIT_TIME, point, median(ctl, rounds));
}

static void read_marker(MflMemory *memory, unsigned int i)
{
	GError *error = NULL;
	uint64_t word = 0;

	if (!mfl_memory_read(memory, 0x2000, &word, sizeof(word), &error))
		die("cannot read VM %u: %s", i, error->message);
	if (word != MARKER(i))
		die("VM %u reads as another: 0x%" PRIx64, i, word);
}

static void measure_open(struct chart *chart, unsigned int point)
{
	double opened[MAX_ROUNDS], fault[MAX_ROUNDS], again[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		unsigned int which = (points[point] - 1) * (i + 1) / rounds;
		double start = now(), open, touched;
		GError *error = NULL;
		MflMemory *memory;
		char name[32];

		snprintf(name, sizeof(name), "scale-%u", which);
		memory = mfl_memory_open(name, NULL, MFL_BACKEND_NODE, 0, &error);
		if (!memory)
			die("cannot open %s: %s", name, error->message);
		open = now();
		read_marker(memory, which);
		touched = now();
		read_marker(memory, which);
		again[i] = now() - touched;
		fault[i] = touched - open;
		opened[i] = open - start;
		mfl_memory_unref(memory);
	}
	chart_set(chart, "open one by name and map it", UNIT_TIME, point, median(opened, rounds));
	chart_set(chart, "first read of 8 bytes, with its fault", UNIT_TIME, point,
		  median(fault, rounds));
	chart_set(chart, "the same again", UNIT_TIME, point, median(again, rounds));
}

/* From the signal on, to its end as readers see it, and to that of its node. */
static void measure_death(struct chart *chart, unsigned int point, int control)
{
	const unsigned int last = points[point] - 1;
	double told[MAX_ROUNDS], gone[MAX_ROUNDS];

	for (unsigned int i = 0; i < rounds; i++) {
		char node[64];
		double start;
		int target;

		module_node(node, last);
		target = module_open(node);
		start = now();
		kill(vms[last].vm.pid, SIGKILL);
		module_wait_gone(target);
		told[i] = now() - start;
		while (!access(node, F_OK))
			sched_yield();
		gone[i] = now() - start;
		close(target);
		end(last);
		begin(last);
		module_publish(control, &vms[last].vm, vms[last].fd, last);
	}
	chart_set(chart, "one is killed: a reader is told", UNIT_TIME, point,
		  median(told, rounds));
	chart_set(chart, "one is killed: its node is gone", UNIT_TIME, point,
		  median(gone, rounds));
}

/* Once, since all of it has to be built up again for it. */
static void measure_end(struct chart *chart, unsigned int point)
{
	double start = now();

	for (unsigned int i = 0; i < points[point]; i++)
		kill(vms[i].vm.pid, SIGKILL);
	for (unsigned int i = 0; i < points[point]; i++) {
		char node[64];

		module_node(node, i);
		while (!access(node, F_OK))
			sched_yield();
	}
	chart_set(chart, "all are killed at once: nodes gone, each", UNIT_TIME, point,
		  (now() - start) / points[point]);
	for (unsigned int i = 0; i < points[point]; i++)
		end(i);
	module_wait_clean();
}

static void measure(struct chart *chart, unsigned int point)
{
	int control = module_open("/dev/memflow");
	struct memory before;

	for (unsigned int i = 0; i < points[point]; i++)
		begin(i);
	memory_now(&before);
	for (unsigned int i = 0; i < points[point]; i++)
		module_publish(control, &vms[i].vm, vms[i].fd, i);
	/* Of few, slabs that have room yet would hide it. */
	chart_set(chart, "memory of a published one besides its page", UNIT_KIB, point,
		  points[point] < 50 ? UNKNOWN : kernel_memory_since(&before) / points[point]);
	measure_publish(chart, point, control);
	measure_list(chart, point);
	measure_open(chart, point);
	measure_death(chart, point, control);
	measure_end(chart, point);
	close(control);
}

void chart_vms(void)
{
	static struct chart chart = {
		.title = "Published VMs",
		.of = "VMs that are published",
		.points = points,
		.n_points = sizeof(points) / sizeof(*points),
	};

	for (unsigned int point = 0; point < chart.n_points; point++)
		measure(&chart, point);
	chart_print(&chart);
}
