/* SPDX-License-Identifier: MIT */
/* What the watcher's parts share: one domain, opened in every way there is. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "memflow-libvirt.h"
#include "memflow.h"
#include "testguest.h"

#define PAGE UINT64_C(4096)
#define WORDS (PAGE / sizeof(uint64_t))
#define MAP_SIZE (UINT64_C(16) << 30)
#define MAX_SLOTS 64

/* -- node.c ------------------------------------------------------------------------------------ */

struct layout {
	uint64_t generation;
	unsigned int count;
	struct memflow_memslot slots[MAX_SLOTS];
};

extern MflMemory *memory;
extern int node; /* -1: closed */
extern volatile char *map; /* of the node from gpa 0 on, MAP_SIZE bytes */

/* The firmware's image where it is always to be seen, as the shadow window may show it. */
extern uint64_t rom[TESTGUEST_SHADOW_SIZE / sizeof(uint64_t)];

/* The domain's node, and the mappings. False, with errno, if that fails. */
bool node_open(void);
void node_close(void);

static inline uint64_t load(uint64_t gpa)
{
	return *(const volatile uint64_t *)(map + gpa);
}

static inline const volatile struct testguest_info *info_page(void)
{
	return (const volatile struct testguest_info *)(map + TESTGUEST_INFO_GPA);
}

/* What the status page says. */
bool is_alive(void);

/* Takes in a changed layout; 0 once the VM is gone, or else the generation + 1. */
uint64_t frame(void);
bool get_layout(struct layout *layout);
bool covers(const struct layout *layout, uint64_t gpa);

/* -- judge.c ----------------------------------------------------------------------------------- */

struct totals {
	unsigned long looks;
	unsigned long wrong;
	unsigned long away; /* zeros where there was no memory just then */
};

enum verdict { RIGHT, WRONG, ZERO };

void totals_clear(void);
struct totals totals_get(void);
void count_looks(unsigned long n);
void count_away(void);

static inline bool is_known(uint32_t state)
{
	return state & TESTGUEST_STATE_VALID;
}

/* Of a word that was loaded while its page had that state. */
enum verdict judge(uint32_t state, uint64_t gpa, uint64_t word);

/* Counts a wrong one, and shows it if it is among the first. */
void complain(const char *way, uint32_t state, uint64_t gpa, uint64_t word);

/*
 * A zero, where frame() was @generation before, is lost memory if the VM lives and its layout had
 * memory there all the time; or else memory was away.
 */
void judge_zero(const char *way, uint64_t generation, uint32_t state, uint64_t gpa);

/* -- look.c ------------------------------------------------------------------------------------ */

void look_begin(void);
void look_end(void);

/* One look at each word of each page by each way, with nothing excused. */
void sweep(void);

/* -- sums.c ------------------------------------------------------------------------------------ */

/* A checksum of each page of the layout; the number of pages. */
size_t sums_remember(const struct layout *layout);
/* The same again: returns the number of pages, and how many are not what they were. */
size_t sums_compare(const struct layout *layout, size_t *differ);
/* How many words of the remembered pages there are, and how many of them are not zero. */
size_t sums_gone(size_t *not_zero);
