/* SPDX-License-Identifier: MIT */
/* The pattern, and which page holds it with which seed. */
#include "guest.h"

#define PAGE UINT64_C(4096)
#define MIB UINT64_C(0x100000)

/*
 * Nobody else touches pages with a state, over a reset as well. Loaders work in RAM's beginning,
 * and SeaBIOS in its last 16 MiB and some below them (1.16.1, src/malloc.c, BUILD_MAX_HIGHTABLE).
 */
#define FIRST (16 * MIB)
#define LEFT_AT_END (20 * MIB)

/* 128 MiB; beyond, RAM has no state. */
#define MAX_PAGES 32768

static volatile uint32_t states[MAX_PAGES];

/* One addition and one store a word; a multiplication each takes twice as long under emulation. */
void fill(uint64_t gpa, uint64_t size, uint32_t seed)
{
	const uint64_t step = 8 * TESTGUEST_PATTERN_FACTOR;
	volatile uint64_t *word = (volatile uint64_t *)gpa;
	volatile uint64_t *end = (volatile uint64_t *)(gpa + size);
	uint64_t value = testguest_pattern(gpa);

	while (word != end) {
		word[0] = value ^ seed;
		word[1] = (value += step) ^ seed;
		word[2] = (value += step) ^ seed;
		word[3] = (value += step) ^ seed;
		word[4] = (value += step) ^ seed;
		word[5] = (value += step) ^ seed;
		word[6] = (value += step) ^ seed;
		word[7] = (value += step) ^ seed;
		value += step;
		word += 8;
	}
}

uint32_t next_seed(void)
{
	info->seed += TESTGUEST_SEED_STEP;
	return (uint32_t)info->seed;
}

void device_take(volatile struct testguest_dimm *memory, uint64_t gpa, uint64_t size)
{
	const uint32_t seed = next_seed();

	memory->gpa = gpa;
	memory->state = TESTGUEST_STATE_VALID | TESTGUEST_CHANGING | seed;
	memory->size = size;
	fill(gpa, size, seed);
	memory->state = TESTGUEST_STATE_VALID | TESTGUEST_HOLDS | seed;
}

void device_changes(volatile struct testguest_dimm *memory)
{
	memory->state = TESTGUEST_STATE_VALID | TESTGUEST_CHANGING | next_seed();
}

void page_set_state(uint64_t page, uint32_t state)
{
	states[page] = state | TESTGUEST_STATE_VALID;
}

/* The range with the most of what lies between @FIRST and its end. */
static void choose_pages(void)
{
	for (uint64_t i = 0; i < info->nr_ranges; i++) {
		uint64_t start = info->ranges[i].gpa > FIRST ? info->ranges[i].gpa : FIRST;
		uint64_t end = info->ranges[i].gpa + info->ranges[i].size;
		uint64_t pages;

		if (end <= start + LEFT_AT_END)
			continue;
		pages = (end - LEFT_AT_END - start) / PAGE;
		if (pages > MAX_PAGES)
			pages = MAX_PAGES;
		if (pages <= info->nr_pages)
			continue;
		info->pages_gpa = start;
		info->nr_pages = pages;
	}
}

/* Everything but the pages with a state, which may have a seed of their own. */
static void fill_range(uint64_t start, uint64_t end)
{
	const uint64_t pages_end = info->pages_gpa + info->nr_pages * PAGE;

	if (!info->nr_pages || info->pages_gpa < start || info->pages_gpa >= end) {
		fill(start, end - start, 0);
		return;
	}
	fill(start, info->pages_gpa - start, 0);
	fill(info->pages_gpa, pages_end - info->pages_gpa, (uint32_t)info->seed);
	fill(pages_end, end - pages_end, 0);
}

void pages_init(void)
{
	choose_pages();
	for (uint64_t i = 0; i < info->nr_ranges; i++)
		fill_range(info->ranges[i].gpa, info->ranges[i].gpa + info->ranges[i].size);
	for (uint64_t i = 0; i < info->nr_pages; i++)
		page_set_state(i, TESTGUEST_HOLDS | (uint32_t)info->seed);
	info->states_gpa = (uintptr_t)states;
}
