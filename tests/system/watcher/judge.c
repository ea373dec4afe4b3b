// SPDX-License-Identifier: MIT
/* Whether what was seen can be what the guest had there. */
#include "watcher.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>

#define COMPLAINTS 10

static atomic_ulong looks, wrong, away;

void totals_clear(void)
{
	looks = 0;
	wrong = 0;
	away = 0;
}

struct totals totals_get(void)
{
	return (struct totals){ .looks = looks, .wrong = wrong, .away = away };
}

void count_looks(unsigned long n)
{
	looks += n;
}

void count_away(void)
{
	away++;
}

/* The pattern with some seed that there can be; while the guest boots no more can be said. */
static bool is_plausible(uint64_t word, uint64_t gpa)
{
	uint64_t seed = word ^ testguest_pattern(gpa);

	return !word || (seed < TESTGUEST_STATE_VALID && seed % TESTGUEST_SEED_STEP == 0);
}

enum verdict judge(uint32_t state, uint64_t gpa, uint64_t word)
{
	uint64_t right = testguest_pattern(gpa) ^ TESTGUEST_SEED(state);

	switch (state & TESTGUEST_KIND_MASK) {
	case TESTGUEST_GIVEN:
		return word ? WRONG : RIGHT;
	case TESTGUEST_ROM:
		if (gpa < TESTGUEST_SHADOW_GPA || gpa - TESTGUEST_SHADOW_GPA >= sizeof(rom))
			return WRONG;
		right = rom[(gpa - TESTGUEST_SHADOW_GPA) / sizeof(word)];
		break;
	case TESTGUEST_CHANGING:
		return is_plausible(word, gpa) ? RIGHT : WRONG;
	default:
		break;
	}
	return word == right ? RIGHT : word ? WRONG : ZERO;
}

void complain(const char *way, uint32_t state, uint64_t gpa, uint64_t word)
{
	if (wrong++ < COMPLAINTS)
		fprintf(stderr,
			"%s: 0x%" PRIx64 " read as 0x%" PRIx64 ", a seed of 0x%" PRIx64
			", in state 0x%" PRIx32 "\n",
			way, gpa, word, word ^ testguest_pattern(gpa), state);
}

void judge_zero(const char *way, uint64_t generation, uint32_t state, uint64_t gpa)
{
	struct layout layout;

	if (generation && frame() == generation && get_layout(&layout) &&
	    layout.generation + 1 == generation && covers(&layout, gpa))
		complain(way, state, gpa, 0);
	else
		count_away();
}
