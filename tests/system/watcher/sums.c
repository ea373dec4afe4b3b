// SPDX-License-Identifier: MIT
/* What all of a guest's memory was, to compare it with what another process has of it later. */
#include "watcher.h"

#include <inttypes.h>
#include <stdio.h>

#define COMPLAINTS 10

struct sum {
	uint64_t gpa;
	uint64_t value;
};

static GArray *sums;

static uint64_t checksum(uint64_t gpa)
{
	uint64_t sum = gpa;

	for (unsigned int i = 0; i < WORDS; i++) {
		sum = (sum ^ load(gpa + i * sizeof(sum))) * TESTGUEST_PATTERN_FACTOR;
		sum ^= sum >> 31;
	}
	return sum;
}

static GArray *sum_up(const struct layout *layout)
{
	GArray *array = g_array_new(FALSE, FALSE, sizeof(struct sum));

	for (unsigned int i = 0; i < layout->count; i++) {
		uint64_t end = layout->slots[i].gpa + layout->slots[i].length;

		for (uint64_t gpa = layout->slots[i].gpa; gpa < MIN(end, MAP_SIZE); gpa += PAGE) {
			struct sum sum = { .gpa = gpa, .value = checksum(gpa) };

			g_array_append_val(array, sum);
		}
	}
	return array;
}

size_t sums_remember(const struct layout *layout)
{
	g_clear_pointer(&sums, g_array_unref);
	sums = sum_up(layout);
	return sums->len;
}

size_t sums_compare(const struct layout *layout, size_t *differ)
{
	g_autoptr(GArray) now = sum_up(layout);

	*differ = sums && sums->len > now->len ? sums->len - now->len : 0;
	for (guint i = 0; i < now->len; i++) {
		const struct sum *is = &g_array_index(now, struct sum, i);
		const struct sum *was =
			sums && i < sums->len ? &g_array_index(sums, struct sum, i) : NULL;

		if (was && was->gpa == is->gpa && was->value == is->value)
			continue;
		if (++*differ <= COMPLAINTS)
			fprintf(stderr, "the page at 0x%" PRIx64 " is not what it was\n", is->gpa);
	}
	return now->len;
}

size_t sums_gone(size_t *not_zero)
{
	*not_zero = 0;
	for (guint i = 0; sums && i < sums->len; i++) {
		uint64_t gpa = g_array_index(sums, struct sum, i).gpa;

		for (unsigned int word = 0; word < WORDS; word++)
			*not_zero += load(gpa + word * sizeof(uint64_t)) != 0;
	}
	return sums ? sums->len * WORDS : 0;
}
