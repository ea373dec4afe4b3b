/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the benchmark of scale share. Nothing returns errors: a failure, which is a word
 * that is not the guest's or anything left behind, ends the program.
 */
#pragma once

#include "../kmod/bench.h"

#include <sys/types.h>

/* --- chart.c --- */

#define MAX_POINTS 6
#define MAX_CURVES 16

/* What a curve counts; a time is one of instructions in a host that counts them. */
enum unit { UNIT_TIME, UNIT_KIB, UNIT_COUNT };

/* How often each step is measured; MAX_ROUNDS at most. */
extern unsigned int rounds;
extern bool instructions;

/* A table with a row a curve and a column a point. */
struct chart {
	const char *title;
	const char *of; /* what the points count */
	const unsigned int *points;
	unsigned int n_points;
	struct curve {
		const char *name;
		enum unit unit;
		bool known[MAX_POINTS];
		double values[MAX_POINTS];
	} curves[MAX_CURVES];
	unsigned int n_curves;
};

#define UNKNOWN (-1.0)

/* Seconds or bytes at point number @point; the first of a curve makes it. */
void chart_set(struct chart *chart, const char *curve, enum unit unit, unsigned int point,
	       double value);
void chart_print(const struct chart *chart);

/* --- module.c --- */

/* A descriptor of @vm's KVM VM in this process. */
int module_vm_fd(struct testvm *vm);

/* A target, by @vm_fd. */
int module_attach(int vm_fd);

/* The node and the name of VM number @i, and its descriptor. */
void module_publish(int control, const struct testvm *vm, int vm_fd, unsigned int i);
void module_unpublish(int control, unsigned int i);
void module_node(char path[64], unsigned int i);
int module_open(const char *path);

const volatile uint64_t *module_map(int target, uint64_t gpa, uint64_t length);

/* Until the target's VM is gone. */
void module_wait_gone(int target);

/* Entries of a directory, without . and .. */
unsigned int count_entries(const char *path);

/* Until sysfs and /dev have nothing of any VM, or dies. */
void module_wait_clean(void);

/* testvm_command() and testvm_value(); die on error. */
__attribute__((format(printf, 2, 3))) void tell(struct testvm *vm, const char *format, ...);
__attribute__((format(printf, 2, 3))) uint64_t ask(struct testvm *vm, const char *format, ...);

/* Seconds that testvm's last command took. */
double took(struct testvm *vm);

/* Of tables, slab and vmalloc. */
double kernel_memory_since(const struct memory *before);

/* --- the charts --- */

void chart_vms(void);
void chart_readers(void);
void chart_slots(void);
void chart_sparse(void);
