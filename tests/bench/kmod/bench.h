/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the kernel module's benchmark share: a guest whose memory is read, the ways to
 * read it, and what is measured of them. Nothing returns errors: a failure ends the program.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testvm.h"

#define MIB UINT64_C(0x100000)
#define GIB UINT64_C(0x40000000)
#define PAGE UINT64_C(0x1000)

/* --- guest.c --- */

/* A VM with one memslot, and beside it memory to run in. */
struct guest {
	struct testvm vm;
	const char *kind; /* of memory, as testvm names it */
	uint64_t gpa;
	uint64_t size;
	uint64_t hva;
};

/*
 * All its pages are there; with @fill it is the pattern. False: this host has no such memory, and a
 * line that says so was printed.
 */
bool guest_start(struct guest *guest, const char *kind, uint64_t size, bool fill);
void guest_stop(struct guest *guest);

/* --- ways.c --- */

/* A way to read, while it is attached. */
struct view {
	const struct guest *guest;
	const struct way *way;
	const volatile uint64_t *memory; /* NULL: by a system call */
	int fd;
};

struct way {
	const char *name;
	const char *kind; /* of the only memory that it can read; NULL: any */
	void (*attach)(struct view *view);
};

enum { WAY_MEMFLOW, WAY_PIN, WAY_PROCESS, WAY_MEMFD, WAYS };
extern const struct way ways[WAYS];

bool way_fits(const struct way *way, const struct guest *guest);
void view_open(struct view *view, const struct way *way, const struct guest *guest);
void view_close(struct view *view);

/* --- patterns.c --- */

/* What to read: each returns a sum, the same for every way. */
struct pattern {
	const char *name;
	uint64_t (*read)(const struct view *view);
};

enum { PATTERN_WORDS, PATTERN_VECTORS, PATTERN_PAGES, PATTERN_SCATTERED, PATTERNS };
extern const struct pattern patterns[PATTERNS];

#define SCATTERED_PAGES 4096

/* --- figures.c --- */

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

double now(void);

/* Page faults of this thread so far. */
uint64_t faults_so_far(void);

/* Memory that the kernel has for itself, and pages pinned, in bytes. */
struct memory {
	int64_t tables;
	int64_t slab;
	int64_t vmalloc;
	int64_t pinned;
};

void memory_now(struct memory *memory);
struct memory memory_since(const struct memory *before);

#define MAX_ROUNDS 101

double median(const double *values, unsigned int count);

/* The median of ours[i] / theirs[i]. */
double median_ratio(const double *numerators, const double *denominators, unsigned int count);

/* --- progress.c --- */

void table_progress(uint64_t size, unsigned int rounds);

/* --- tables.c --- */

void table_attach(const uint64_t *sizes, size_t count, unsigned int rounds);
void table_reads(const uint64_t *sizes, size_t count, unsigned int rounds);
void table_memory(uint64_t size);
void table_batch(uint64_t size, unsigned int rounds);
