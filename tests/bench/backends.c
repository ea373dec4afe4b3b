/* SPDX-License-Identifier: MIT */
/*
 * The backends side by side: one domain, one program, the same lists to each of them in turn, so that
 * what disturbs one disturbs all. Prints tables in Markdown; see docs/performance.md.
 *
 *	bench-backends DOMAIN GPA LENGTH ROUNDS MILLISECONDS BACKEND…
 *
 * The first backend is what the others are compared with. Fails if one reads other bytes.
 */
#include "memflow-libvirt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAYS_MAX 4
#define LISTS	 32
#define COUNT_MAX 32
#define LARGEST 65536

typedef struct {
	const char *name;
	MflMemory *memory;
	double open_us;	  /* the least */
	double *ns;	  /* of one request, for each cell and round */
	char *buffer;
} Way;

typedef struct {
	gsize size;
	gsize count;
} Cell;

/* Those of memflow's examples/read_bench.rs, and pointers. */
static const Cell cells[] = {
	{ 65536, 32 }, { 4096, 32 }, { 64, 32 }, { 8, 32 },
	{ 65536, 1 },  { 4096, 1 },  { 64, 1 },	 { 8, 1 },
};

static guint64 random_state = 1;

static guint64 next_random(void)
{
	random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
	return random_state >> 33;
}

static int compare_doubles(gconstpointer a, gconstpointer b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return left < right ? -1 : left > right;
}

static double median(double *values, guint n)
{
	qsort(values, n, sizeof(*values), compare_doubles);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* From name to handle, some times; the last one is kept. */
static gboolean open_way(Way *way, const char *domain)
{
	MflBackend backend = MFL_BACKEND_AUTO;
	g_autoptr(GError) error = NULL;

	if (!mfl_backend_from_string(way->name, &backend, &error)) {
		g_printerr("bench-backends: %s\n", error->message);
		return FALSE;
	}
	for (guint i = 0; i < 10; i++) {
		const gint64 began = g_get_monotonic_time();
		double us;

		g_clear_pointer(&way->memory, mfl_memory_unref);
		way->memory = mfl_memory_open(domain, NULL, backend, MFL_OPEN_READONLY, &error);
		if (!way->memory) {
			g_printerr("bench-backends: %s\n", error->message);
			return FALSE;
		}
		us = (double)(g_get_monotonic_time() - began);
		way->open_us = i == 0 ? us : MIN(us, way->open_us);
	}
	way->buffer = g_malloc(LARGEST * COUNT_MAX);
	return TRUE;
}

static void fill(MflSegment *segments, const Cell *cell, guint64 gpa, guint64 length)
{
	for (gsize i = 0; i < cell->count; i++) {
		segments[i].gpa = gpa + next_random() * 4096 % (length - 2 * LARGEST) +
				  next_random() % 4096;
		segments[i].length = cell->size;
	}
}

/* Nanoseconds a request; 0: a read failed. */
static double measure(Way *way, const Cell *cell, MflSegment *lists, gint64 us)
{
	const gint64 began = g_get_monotonic_time();
	gint64 now = began;
	guint64 n = 0;

	for (gsize i = 0; i < LISTS * cell->count; i++)
		lists[i].buffer = way->buffer + i % cell->count * cell->size;
	while (now - began < us) {
		for (gsize i = 0; i < LISTS; i++, n++)
			if (mfl_memory_readv(way->memory, lists + i * cell->count, cell->count) !=
			    cell->count)
				return 0;
		now = g_get_monotonic_time();
	}
	return (double)(now - began) * 1000 / (double)(n * cell->count);
}

static gboolean run_cell(Way *ways, guint n_ways, guint cell, guint round, guint64 gpa,
			 guint64 length, gint64 us)
{
	g_autofree MflSegment *lists = g_new0(MflSegment, LISTS * cells[cell].count);

	for (gsize i = 0; i < LISTS; i++)
		fill(lists + i * cells[cell].count, &cells[cell], gpa, length);
	for (guint w = 0; w < n_ways; w++) {
		/* Each is the first one now and then. */
		Way *way = &ways[(w + round) % n_ways];
		const double ns = measure(way, &cells[cell], lists, us);

		if (ns <= 0) {
			g_printerr("bench-backends: %s: a read failed\n", way->name);
			return FALSE;
		}
		way->ns[cell] = ns;
	}
	for (guint w = 1; w < n_ways; w++)
		if (memcmp(ways[w].buffer, ways[0].buffer, cells[cell].size * cells[cell].count)) {
			g_printerr("bench-backends: %s reads other bytes than %s\n", ways[w].name,
				   ways[0].name);
			return FALSE;
		}
	return TRUE;
}

static void print_tables(const Way *ways, guint n_ways, double *const *cell_ns, guint n_rounds)
{
	printf("\n| | name to handle |\n|---|---:|\n");
	for (guint w = 0; w < n_ways; w++)
		printf("| %s | %.2f ms |\n", ways[w].name, ways[w].open_us / 1000);
	printf("\n| requests × bytes |");
	for (guint w = 0; w < n_ways; w++)
		printf(" %s, ns |", ways[w].name);
	for (guint w = 1; w < n_ways; w++)
		printf(" %s : %s |", ways[w].name, ways[0].name);
	printf("\n|---|");
	for (guint w = 0; w < 2 * n_ways - 1; w++)
		printf("---:|");
	for (guint c = 0; c < G_N_ELEMENTS(cells); c++) {
		printf("\n| %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " |", cells[c].count, cells[c].size);
		for (guint w = 0; w < n_ways; w++) {
			g_autofree double *ns = g_memdup2(cell_ns[c * WAYS_MAX + w],
							  n_rounds * sizeof(double));

			printf(" %.0f |", median(ns, n_rounds));
		}
		/* Of each round for itself, because rounds differ more than ways. */
		for (guint w = 1; w < n_ways; w++) {
			g_autofree double *ratios = g_new(double, n_rounds);

			for (guint r = 0; r < n_rounds; r++)
				ratios[r] = cell_ns[c * WAYS_MAX + w][r] / cell_ns[c * WAYS_MAX][r];
			printf(" %.2f |", median(ratios, n_rounds));
		}
	}
	printf("\n");
}

static int run(Way *ways, guint n_ways, char **argv)
{
	const guint64 gpa = g_ascii_strtoull(argv[2], NULL, 0);
	const guint64 length = g_ascii_strtoull(argv[3], NULL, 0);
	const guint n_rounds = (guint)g_ascii_strtoull(argv[4], NULL, 0);
	const gint64 us = (gint64)g_ascii_strtoull(argv[5], NULL, 0) * 1000;
	double *cell_ns[G_N_ELEMENTS(cells) * WAYS_MAX] = { NULL };
	int status = 1;

	if (length <= 4 * LARGEST || !n_rounds) {
		g_printerr("bench-backends: no such range, or no rounds\n");
		return 2;
	}
	for (guint i = 0; i < G_N_ELEMENTS(cell_ns); i++)
		cell_ns[i] = g_new0(double, n_rounds);
	for (guint w = 0; w < n_ways; w++) {
		ways[w].ns = g_new0(double, G_N_ELEMENTS(cells));
		if (!open_way(&ways[w], argv[1]))
			goto out;
	}
	for (guint r = 0; r < n_rounds; r++)
		for (guint c = 0; c < G_N_ELEMENTS(cells); c++) {
			if (!run_cell(ways, n_ways, c, r, gpa, length, us))
				goto out;
			for (guint w = 0; w < n_ways; w++)
				cell_ns[c * WAYS_MAX + w][r] = ways[w].ns[c];
		}
	print_tables(ways, n_ways, cell_ns, n_rounds);
	status = 0;
out:
	for (guint i = 0; i < G_N_ELEMENTS(cell_ns); i++)
		g_free(cell_ns[i]);
	return status;
}

int main(int argc, char **argv)
{
	Way ways[WAYS_MAX] = { 0 };
	guint n_ways = 0;
	int status;

	if (argc < 7 || argc > 6 + WAYS_MAX) {
		g_printerr("usage: bench-backends DOMAIN GPA LENGTH ROUNDS MILLISECONDS BACKEND…\n");
		return 2;
	}
	for (int i = 6; i < argc; i++)
		ways[n_ways++].name = argv[i];
	status = run(ways, n_ways, argv);
	for (guint w = 0; w < n_ways; w++) {
		g_clear_pointer(&ways[w].memory, mfl_memory_unref);
		g_free(ways[w].ns);
		g_free(ways[w].buffer);
	}
	return status;
}
