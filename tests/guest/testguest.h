/* SPDX-License-Identifier: MIT */
/*
 * What a test guest holds in its memory: the contract between the tiny guest, testvm and whoever
 * reads guest memory from outside.  Only fixed-width integers, so that freestanding code, tests
 * and the demo include the same file.
 *
 * All words are little-endian, as x86 stores them.
 */
#ifndef TESTGUEST_H
#define TESTGUEST_H

#include <stddef.h>
#include <stdint.h>

/* The guest's own image, stack and page tables; no pattern there. */
#define TESTGUEST_IMAGE_START UINT64_C(0x100000)
#define TESTGUEST_IMAGE_END UINT64_C(0x200000)

/* struct testguest_info lives here, in one page that carries no pattern either. */
#define TESTGUEST_INFO_GPA UINT64_C(0x200000)
#define TESTGUEST_INFO_SIZE UINT64_C(0x1000)

/* Below this address (interrupt vectors, BIOS data) nothing is promised. */
#define TESTGUEST_LOW_END UINT64_C(0x1000)

/* 15 characters and the NUL that makes them 16 bytes. */
#define TESTGUEST_MAGIC "memflow-guest-1"

#define TESTGUEST_NAME_SIZE 256
#define TESTGUEST_MAX_RANGES 16

struct testguest_range {
	uint64_t gpa;  /* multiple of 4096 */
	uint64_t size; /* bytes, multiple of 4096, not 0 */
};

struct testguest_info {
	/* TESTGUEST_MAGIC; written last, so that the rest holds once this is there. */
	char magic[16];
	/* The domain's name in bytes, NUL-terminated, cut off after 255 bytes. */
	char name[TESTGUEST_NAME_SIZE];
	/* Bumped by every timer tick (50 a second); testvm has no ticks and leaves it at 0. */
	uint64_t counter;
	/* 0, and 1 from when every range holds the pattern; stays 0 with fill=none. */
	uint64_t pattern_ready;
	/* Never 0; another one after every boot. */
	uint64_t boot_id;
	/* A reader writes a number here ... */
	uint64_t request;
	/* ... and within a tick finds testguest_response(request) here (not in testvm). */
	uint64_t response;
	/* How many of ranges[] count. */
	uint64_t nr_ranges;
	/* The RAM that carries the pattern, ascending, without overlap. */
	struct testguest_range ranges[TESTGUEST_MAX_RANGES];
};

#define TESTGUEST_ASSERT_AT(field, offset) \
	_Static_assert(offsetof(struct testguest_info, field) == (offset), #field)
TESTGUEST_ASSERT_AT(magic, 0x000);
TESTGUEST_ASSERT_AT(name, 0x010);
TESTGUEST_ASSERT_AT(counter, 0x110);
TESTGUEST_ASSERT_AT(pattern_ready, 0x118);
TESTGUEST_ASSERT_AT(boot_id, 0x120);
TESTGUEST_ASSERT_AT(request, 0x128);
TESTGUEST_ASSERT_AT(response, 0x130);
TESTGUEST_ASSERT_AT(nr_ranges, 0x138);
TESTGUEST_ASSERT_AT(ranges, 0x140);
_Static_assert(sizeof(struct testguest_info) == 0x240, "struct testguest_info");
#undef TESTGUEST_ASSERT_AT

#define TESTGUEST_PATTERN_FACTOR UINT64_C(0x9E3779B97F4A7C15)
#define TESTGUEST_PATTERN_OFFSET UINT64_C(0x6D656D666C6F7721)

/*
 * The 8 bytes at guest physical address gpa (a multiple of 8) as one word.  The factor is odd, so
 * no two words are alike: a page that is mapped in the wrong place never passes for the right one.
 */
static inline uint64_t testguest_pattern(uint64_t gpa)
{
	return gpa * TESTGUEST_PATTERN_FACTOR + TESTGUEST_PATTERN_OFFSET;
}

/* What the guest answers to a request. */
static inline uint64_t testguest_response(uint64_t request)
{
	return request * 3 + 1;
}

#endif /* TESTGUEST_H */
