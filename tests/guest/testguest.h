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

/*
 * Memory whose contents change while the guest runs has a state; 0 says nothing. A reader that
 * finds the same state before and after it looked has to have seen what the state says: no contents
 * return under a state that was there before.
 */
#define TESTGUEST_STATE_VALID UINT32_C(0x80000000)
#define TESTGUEST_KIND_MASK UINT32_C(3)
#define TESTGUEST_HOLDS UINT32_C(0)    /* the pattern ^ TESTGUEST_SEED(state) */
#define TESTGUEST_CHANGING UINT32_C(1) /* that, what comes next, or zeros, word by word */
#define TESTGUEST_GIVEN UINT32_C(2)    /* given back to the host, which has dropped it: zeros */
#define TESTGUEST_ROM UINT32_C(3)      /* the end of the firmware's image */

/* Seeds only ever grow, over resets, too. They are multiples of this. */
#define TESTGUEST_SEED_STEP UINT32_C(4)
#define TESTGUEST_SEED(state) ((state) & ~(TESTGUEST_STATE_VALID | TESTGUEST_KIND_MASK))

/* Where PC firmware lies: memory, or the end of a ROM, as the chipset is told. */
#define TESTGUEST_SHADOW_GPA UINT64_C(0xf0000)
#define TESTGUEST_SHADOW_SIZE UINT64_C(0x10000)
#define TESTGUEST_ROM_GPA UINT64_C(0xffff0000)

/* Memory of a device: of a memory device that was plugged, or of a PCI device's BAR. */
struct testguest_dimm {
	uint64_t gpa;
	uint64_t size;  /* 0: there is none */
	uint64_t state; /* of all of it */
};

#define TESTGUEST_DIMMS 4

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
	/*
	 * The RAM that carries the pattern, ascending, without overlap. Pages with a state are
	 * among it, and carry what that says.
	 */
	struct testguest_range ranges[TESTGUEST_MAX_RANGES];

	/*
	 * The pages that the guest may give to a balloon (not in testvm, where all below is 0), and
	 * the address of one uint32_t for each, its state.
	 */
	uint64_t pages_gpa;
	uint64_t nr_pages;
	uint64_t states_gpa;
	/* How many of them are in the balloon. */
	uint64_t balloon_pages;
	/* The highest seed so far. */
	uint64_t seed;
	/* A reader writes how often the shadow window shall have changed since boot ... */
	uint64_t shadow_wanted;
	/* ... and here is how often it has; without that chipset it stays 0. */
	uint64_t shadow_done;
	uint64_t shadow_state;
	struct testguest_dimm dimms[TESTGUEST_DIMMS];
	/* A reader writes how often the PCI device's memory shall have come or gone since boot ... */
	uint64_t bar_wanted;
	/* ... and here is how often it has; without such a device it stays 0. */
	uint64_t bar_done;
	struct testguest_dimm bar;
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
TESTGUEST_ASSERT_AT(pages_gpa, 0x240);
TESTGUEST_ASSERT_AT(balloon_pages, 0x258);
TESTGUEST_ASSERT_AT(seed, 0x260);
TESTGUEST_ASSERT_AT(shadow_wanted, 0x268);
TESTGUEST_ASSERT_AT(shadow_state, 0x278);
TESTGUEST_ASSERT_AT(dimms, 0x280);
TESTGUEST_ASSERT_AT(bar_wanted, 0x2e0);
TESTGUEST_ASSERT_AT(bar, 0x2f0);
_Static_assert(sizeof(struct testguest_info) == 0x308, "struct testguest_info");
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
