/* SPDX-License-Identifier: MIT */
/*
 * The tables. The ways take turns in each round, so that what disturbs the machine for longer than
 * a round cancels in the ratios: medians of the ratios within each round.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Of one way, by round. */
struct series {
	double attach[MAX_ROUNDS]; /* all in seconds */
	double first[MAX_ROUNDS];
	double whole[MAX_ROUNDS]; /* both */
	double again[MAX_ROUNDS];
	double detach[MAX_ROUNDS];
	uint64_t faults;
};

static void check_sum(const struct view *view, const struct pattern *pattern, uint64_t sum,
		      uint64_t *expected)
{
	if (!*expected)
		*expected = sum;
	if (sum != *expected)
		die("%s read other words than the ways before it (%s)", view->way->name,
		    pattern->name);
}

/* Without a pattern, nothing but attaching and detaching. */
static void measure(struct series *series, unsigned int round, const struct way *way,
		    const struct guest *guest, const struct pattern *pattern, uint64_t *expected)
{
	double start = now(), attached, read, again;
	struct view view;
	uint64_t faults;

	view_open(&view, way, guest);
	attached = read = again = now();
	if (pattern) {
		faults = faults_so_far();
		check_sum(&view, pattern, pattern->read(&view), expected);
		read = now();
		series->faults = faults_so_far() - faults;
		check_sum(&view, pattern, pattern->read(&view), expected);
		again = now();
	}
	view_close(&view);
	series->attach[round] = attached - start;
	series->first[round] = read - attached;
	series->whole[round] = read - start;
	series->again[round] = again - read;
	series->detach[round] = now() - again;
}

static void measure_all(struct series series[WAYS], unsigned int rounds, const struct guest *guest,
			const struct pattern *pattern)
{
	uint64_t expected = 0;

	for (unsigned int round = 0; round < rounds; round++)
		for (unsigned int i = 0; i < WAYS; i++) {
			unsigned int way = (i + round) % WAYS;

			if (way_fits(&ways[way], guest))
				measure(&series[way], round, &ways[way], guest, pattern, &expected);
		}
}

/* Ours takes so little that a single interrupt shows: the median of several each time. */
#define ATTACHES 9

static void measure_attach(struct series series[WAYS], unsigned int rounds,
			   const struct guest *guest)
{
	struct series several;

	/* Once before, for what the first user of anything pays. */
	measure(&several, 0, &ways[WAY_MEMFLOW], guest, NULL, NULL);
	for (unsigned int round = 0; round < rounds; round++) {
		measure(&series[WAY_PIN], round, &ways[WAY_PIN], guest, NULL, NULL);
		for (unsigned int i = 0; i < ATTACHES; i++)
			measure(&several, i, &ways[WAY_MEMFLOW], guest, NULL, NULL);
		series[WAY_MEMFLOW].attach[round] = median(several.attach, ATTACHES);
		series[WAY_MEMFLOW].detach[round] = median(several.detach, ATTACHES);
	}
}

#define MS(values) (median(values, rounds) * 1e3)

void table_attach(const uint64_t *sizes, size_t count, unsigned int rounds)
{
	struct series series[WAYS];
	double smaller = 0;

	printf("\n### Attach and detach, 4 KiB pages\n\n"
	       "| MiB | memflow, ms | ÷ the size before | pinned, ms | pinned ÷ memflow "
	       "| detach: memflow, ms | pinned, ms |\n|--:|--:|--:|--:|--:|--:|--:|\n");
	for (size_t i = 0; i < count; i++) {
		const struct series *ours = &series[WAY_MEMFLOW], *pinned = &series[WAY_PIN];
		struct guest guest;
		double attach;

		if (!guest_start(&guest, "anon", sizes[i], false))
			continue;
		measure_attach(series, rounds, &guest);
		guest_stop(&guest);
		attach = MS(ours->attach);
		printf("| %" PRIu64 " | %.2f | ", sizes[i] / MIB, attach);
		if (smaller > 0)
			printf("%.2f", attach / smaller);
		printf(" | %.1f | %.0f | %.2f | %.1f |\n", MS(pinned->attach),
		       median_ratio(pinned->attach, ours->attach, rounds), MS(ours->detach),
		       MS(pinned->detach));
		fflush(stdout);
		smaller = attach;
	}
}

static void reads_row(const struct guest *guest, const struct pattern *pattern, unsigned int rounds)
{
	const double gib = (double)guest->size / (double)GIB;
	struct series series[WAYS];
	const struct series *ours = &series[WAY_MEMFLOW];

	measure_all(series, rounds, guest, pattern);
	for (unsigned int i = 0; i < WAYS; i++) {
		const struct series *way = &series[i];

		if (!way_fits(&ways[i], guest))
			continue;
		printf("| %s, %" PRIu64 " MiB | %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f "
		       "| %.0f |\n",
		       guest->kind, guest->size / MIB, pattern->name, ways[i].name, MS(way->whole),
		       median_ratio(way->whole, ours->whole, rounds), MS(way->first),
		       median_ratio(way->first, ours->first, rounds), MS(way->again),
		       median_ratio(way->again, ours->again, rounds), (double)way->faults / gib);
	}
	fflush(stdout);
}

void table_reads(const uint64_t *sizes, size_t count, unsigned int rounds)
{
	static const char *const kinds[] = { "anon", "thp", "huge", "memfd" };

	printf("\n### Reads\n\n"
	       "| memory | read | way | attach and first, ms | ÷ memflow | first, ms | ÷ memflow "
	       "| again, ms | ÷ memflow | faults per GiB |\n"
	       "|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
	for (size_t i = 0; i < count; i++)
		for (size_t kind = 0; kind < sizeof(kinds) / sizeof(*kinds); kind++) {
			struct guest guest;

			if (!guest_start(&guest, kinds[kind], sizes[i], true))
				continue;
			for (size_t k = 0; k < PATTERNS; k++)
				reads_row(&guest, &patterns[k], rounds);
			guest_stop(&guest);
		}
}

static void memory_line(const char *kind, const char *way, const char *when, struct memory memory,
			unsigned int count)
{
	printf("| %s | %s | %s | %.1f | %.1f | %.1f | %.0f |\n", kind, way, when,
	       (double)memory.tables / count / 1024, (double)memory.slab / count / 1024,
	       (double)memory.vmalloc / count / 1024, (double)memory.pinned / count / 1024);
}

/* So many at once, that what others do meanwhile is little beside it. */
#define MAPPINGS 64

static void memory_before_touch(const struct guest *guest)
{
	static struct view views[MAPPINGS];
	struct memory before;

	memory_now(&before);
	for (unsigned int i = 0; i < MAPPINGS; i++)
		view_open(&views[i], &ways[WAY_MEMFLOW], guest);
	memory_line(guest->kind, "memflow", "attached, each of 64", memory_since(&before),
		    MAPPINGS);
	for (unsigned int i = 0; i < MAPPINGS; i++)
		view_close(&views[i]);
	usleep(500 * 1000);
}

static void memory_of_way(const struct guest *guest, const struct way *way)
{
	struct memory before;
	struct view view;

	memory_now(&before);
	view_open(&view, way, guest);
	memory_line(guest->kind, way->name, "attached", memory_since(&before), 1);
	patterns[PATTERN_PAGES].read(&view);
	memory_line(guest->kind, way->name, "all read", memory_since(&before), 1);
	view_close(&view);
	usleep(500 * 1000);
}

void table_memory(uint64_t size)
{
	static const char *const kinds[] = { "anon", "thp" };

	printf("\n### What the host pays for a mapping of %" PRIu64 " MiB, in KiB\n\n"
	       "| memory | way | when | page tables | slab | vmalloc | guest memory pinned |\n"
	       "|---|---|---|--:|--:|--:|--:|\n",
	       size / MIB);
	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(*kinds); kind++) {
		struct guest guest;

		if (!guest_start(&guest, kinds[kind], size, false))
			continue;
		memory_before_touch(&guest);
		memory_of_way(&guest, &ways[WAY_MEMFLOW]);
		memory_of_way(&guest, &ways[WAY_PIN]);
		guest_stop(&guest);
		fflush(stdout);
	}
}

#define BATCH "/sys/module/memflow/parameters/batch"

static unsigned int get_batch(void)
{
	FILE *file = fopen(BATCH, "re");
	unsigned int batch = 0;

	if (!file || fscanf(file, "%u", &batch) != 1)
		die("cannot read " BATCH ": %m");
	fclose(file);
	return batch;
}

static void set_batch(unsigned int batch)
{
	FILE *file = fopen(BATCH, "we");

	if (!file || fprintf(file, "%u\n", batch) < 0 || fclose(file))
		die("cannot write " BATCH ": %m");
}

#define BATCHES 7 /* 1, 2, 4 … 64 */

void table_batch(uint64_t size, unsigned int rounds)
{
	static struct series series[PATTERNS][BATCHES];
	uint64_t expected[PATTERNS] = { 0 };
	unsigned int before = get_batch();
	struct guest guest;

	if (!guest_start(&guest, "anon", size, true))
		return;
	for (unsigned int round = 0; round < rounds; round++)
		for (unsigned int i = 0; i < BATCHES; i++) {
			set_batch(1U << i);
			for (unsigned int k = 0; k < PATTERNS; k++)
				measure(&series[k][i], round, &ways[WAY_MEMFLOW], &guest,
					&patterns[k], &expected[k]);
		}
	set_batch(before);
	guest_stop(&guest);
	printf("\n### Pages mapped around a fault: attach and first read of %" PRIu64
	       " MiB, 4 KiB pages\n\n| batch |",
	       size / MIB);
	for (unsigned int k = 0; k < PATTERNS; k++)
		printf(" %s, ms | ÷ batch 1 |", patterns[k].name);
	printf(" faults per GiB |\n|");
	for (unsigned int i = 0; i < 2 * PATTERNS + 2; i++)
		printf("--:|");
	printf("\n");
	for (unsigned int i = 0; i < BATCHES; i++) {
		printf("| %u |", 1U << i);
		for (unsigned int k = 0; k < PATTERNS; k++)
			printf(" %.2f | %.2f |", MS(series[k][i].whole),
			       median_ratio(series[k][i].whole, series[k][0].whole, rounds));
		printf(" %.0f |\n",
		       (double)series[PATTERN_WORDS][i].faults * (double)GIB / (double)size);
	}
	fflush(stdout);
}
