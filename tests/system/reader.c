// SPDX-License-Identifier: MIT
/*
 * A user of the library that the tests lead step by step, so that a domain can be stopped, started
 * or detached while somebody has its memory open. One command a line on standard input, one answer
 * a line: "ok VALUE" or "error CODE MESSAGE", CODE being the MflError.
 *
 *	open DOMAIN		find and open; the answer is the backend, "ro" or "rw", microseconds
 *	open-ro DOMAIN		the same, read-only
 *	by BACKEND		what open and open-ro are to use; "auto" at first
 *	name			the name in the guest's info page
 *	word GPA		8 bytes, in hexadecimal
 *	set GPA VALUE		write 8 bytes
 *	point GPA, peek		keep a direct pointer; read through it, whatever has become of it
 *	touch			read one word of each page; the answer is pages and microseconds
 *	dimm SLOT		compare every word of a memory device that was plugged; the answer
 *				is its size
 *	threads N		compare the pattern in N threads, each in lists over all RAM; the
 *				answer is how many words each of them compared
 *	loop			answer "ok looping", then read until that fails and answer that
 *	alive, reattach, close
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "memflow-libvirt.h"
#include "testguest.h"

#define PAGE 4096

static MflMemory *memory;
static MflBackend backend = MFL_BACKEND_AUTO;
static volatile const uint64_t *pointer;

static G_GNUC_PRINTF(1, 2) void answer(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("ok ");
	vprintf(format, args);
	printf("\n");
	va_end(args);
	fflush(stdout);
}

static void refuse(const GError *error)
{
	g_autofree char *line = g_strdelimit(g_strdup(error->message), "\n", ' ');

	printf("error %d %s\n", error->domain == MFL_ERROR ? error->code : 0, line);
	fflush(stdout);
}

static GError *open_memory(const char *domain, MflOpenFlags flags)
{
	GError *error = NULL;
	gint64 started = g_get_monotonic_time();

	g_clear_pointer(&memory, mfl_memory_unref);
	memory = mfl_memory_open(domain, NULL, backend, flags, &error);
	if (!memory)
		return error;
	answer("%s %s %" G_GINT64_FORMAT, mfl_backend_to_string(mfl_memory_get_backend(memory)),
	       mfl_memory_is_readonly(memory) ? "ro" : "rw", g_get_monotonic_time() - started);
	return NULL;
}

static GError *read_name(void)
{
	struct testguest_info info;
	GError *error = NULL;

	if (!mfl_memory_read(memory, TESTGUEST_INFO_GPA, &info, sizeof(info), &error))
		return error;
	info.name[sizeof(info.name) - 1] = '\0';
	answer("%s", info.name);
	return NULL;
}

static GError *read_word(uint64_t gpa)
{
	uint64_t word;
	GError *error = NULL;

	if (!mfl_memory_read(memory, gpa, &word, sizeof(word), &error))
		return error;
	answer("0x%" PRIx64, word);
	return NULL;
}

static GError *set_word(const char *arguments)
{
	char *rest;
	uint64_t gpa = g_ascii_strtoull(arguments, &rest, 0);
	uint64_t word = g_ascii_strtoull(rest, NULL, 0);
	GError *error = NULL;

	if (!mfl_memory_write(memory, gpa, &word, sizeof(word), &error))
		return error;
	answer("written");
	return NULL;
}

static GError *touch(void)
{
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	gint64 started = g_get_monotonic_time();
	guint64 pages = 0;

	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);
		GError *error = NULL;
		volatile const char *bytes =
			mfl_memory_get_pointer(memory, range->gpa, range->length, &error);

		if (!bytes)
			return error;
		for (guint64 at = 0; at < range->length; at += PAGE, pages++)
			(void)bytes[at];
	}
	answer("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, pages,
	       g_get_monotonic_time() - started);
	return NULL;
}

/* Nothing may have been plugged or written there meanwhile. */
static GError *compare_dimm(guint slot)
{
	g_autofree uint64_t *words = NULL;
	struct testguest_info info;
	const struct testguest_dimm *dimm = &info.dimms[MIN(slot, TESTGUEST_DIMMS - 1)];
	GError *error = NULL;
	uint32_t seed;

	if (!mfl_memory_read(memory, TESTGUEST_INFO_GPA, &info, sizeof(info), &error))
		return error;
	if (!dimm->size || (dimm->state & ~(uint64_t)TESTGUEST_SEED(UINT32_MAX)) !=
				   (TESTGUEST_STATE_VALID | TESTGUEST_HOLDS))
		return g_error_new(MFL_ERROR, MFL_ERROR_FAILED,
				   "the guest has not filled it: size 0x%" PRIx64 ", state 0x%" PRIx64,
				   dimm->size, dimm->state);
	words = g_malloc(dimm->size);
	if (!mfl_memory_read(memory, dimm->gpa, words, dimm->size, &error))
		return error;
	seed = TESTGUEST_SEED((uint32_t)dimm->state);
	for (uint64_t i = 0; i < dimm->size / 8; i++)
		if (words[i] != (testguest_pattern(dimm->gpa + i * 8) ^ seed))
			return g_error_new(MFL_ERROR, MFL_ERROR_FAILED,
					   "wrong word at 0x%" PRIx64, dimm->gpa + i * 8);
	answer("%" PRIu64, dimm->size);
	return NULL;
}

#define LIST 100

typedef struct {
	guint number;
	guint64 n_compared;
	char *trouble;
} Comparison;

/* One word of each page, each thread another one, a hundred pages at a time. */
static gpointer compare(gpointer data)
{
	Comparison *comparison = data;
	struct testguest_info info;
	MflSegment segments[LIST];
	uint64_t words[LIST];
	gsize n = 0;

	if (!mfl_memory_read(memory, TESTGUEST_INFO_GPA, &info, sizeof(info), NULL)) {
		comparison->trouble = g_strdup("no info page");
		return NULL;
	}
	for (uint64_t r = 0; r < MIN(info.nr_ranges, TESTGUEST_MAX_RANGES); r++) {
		for (uint64_t at = 0; at < info.ranges[r].size; at += PAGE) {
			segments[n].gpa = info.ranges[r].gpa + at + comparison->number % 512 * 8;
			segments[n].buffer = &words[n];
			segments[n++].length = 8;
			if (n < LIST && at + PAGE < info.ranges[r].size)
				continue;
			if (mfl_memory_readv(memory, segments, n) != n) {
				comparison->trouble = g_strdup("not all of a list was read");
				return NULL;
			}
			while (n-- > 0) {
				if (words[n] != testguest_pattern(segments[n].gpa)) {
					comparison->trouble = g_strdup_printf(
						"wrong word at 0x%" PRIx64, segments[n].gpa);
					return NULL;
				}
				comparison->n_compared++;
			}
			n = 0;
		}
	}
	return NULL;
}

static GError *run_threads(guint n)
{
	g_autofree Comparison *comparisons = g_new0(Comparison, n);
	g_autofree GThread **threads = g_new0(GThread *, n);
	GError *error = NULL;

	for (guint i = 0; i < n; i++) {
		comparisons[i].number = i;
		threads[i] = g_thread_new("compare", compare, &comparisons[i]);
	}
	for (guint i = 0; i < n; i++) {
		g_thread_join(threads[i]);
		if (comparisons[i].trouble && !error)
			error = g_error_new(MFL_ERROR, MFL_ERROR_FAILED, "thread %u: %s", i,
					    comparisons[i].trouble);
		g_free(comparisons[i].trouble);
	}
	if (!error)
		answer("%" PRIu64, n ? comparisons[0].n_compared : 0);
	return error;
}

/* Both ways in turn: a copy of some pages, and one segment of a list. */
static GError *loop(void)
{
	g_autofree char *buffer = g_malloc(16 * PAGE);
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);

	answer("looping");
	for (;;) {
		for (guint i = 0; i < ranges->len; i++) {
			const MflRange *range = &g_array_index(ranges, MflRange, i);

			for (guint64 at = 0; at < range->length; at += 16 * PAGE) {
				gsize length = MIN(16 * PAGE, range->length - at);
				GError *error = NULL;

				if (!mfl_memory_read(memory, range->gpa + at, buffer, length, &error))
					return error;
			}
		}
	}
}

static GError *point_to(uint64_t gpa)
{
	GError *error = NULL;

	pointer = mfl_memory_get_pointer(memory, gpa, sizeof(*pointer), &error);
	if (!pointer)
		return error;
	answer("0x%" PRIx64, *pointer);
	return NULL;
}

static GError *obey(const char *line)
{
	GError *error = NULL;

	if (g_str_has_prefix(line, "open "))
		return open_memory(line + 5, MFL_OPEN_DEFAULT);
	if (g_str_has_prefix(line, "open-ro "))
		return open_memory(line + 8, MFL_OPEN_READONLY);
	if (g_str_has_prefix(line, "by ")) {
		if (mfl_backend_from_string(line + 3, &backend, &error))
			answer("%s", mfl_backend_to_string(backend));
		return error;
	}
	if (!memory)
		return g_error_new(MFL_ERROR, MFL_ERROR_INVALID, "nothing is open");
	if (g_str_has_prefix(line, "dimm "))
		return compare_dimm((guint)g_ascii_strtoull(line + 5, NULL, 0));
	if (g_str_has_prefix(line, "threads "))
		return run_threads((guint)g_ascii_strtoull(line + 8, NULL, 0));
	if (g_str_equal(line, "name"))
		return read_name();
	if (g_str_has_prefix(line, "word "))
		return read_word(g_ascii_strtoull(line + 5, NULL, 0));
	if (g_str_has_prefix(line, "set "))
		return set_word(line + 4);
	if (g_str_has_prefix(line, "point "))
		return point_to(g_ascii_strtoull(line + 6, NULL, 0));
	if (g_str_equal(line, "touch"))
		return touch();
	if (g_str_equal(line, "loop"))
		return loop();
	if (g_str_equal(line, "peek")) {
		answer("0x%" PRIx64, *pointer);
	} else if (g_str_equal(line, "alive")) {
		answer("%s", mfl_memory_is_alive(memory) ? "yes" : "no");
	} else if (g_str_equal(line, "reattach")) {
		if (mfl_memory_reattach(memory, &error))
			answer("attached");
	} else if (g_str_equal(line, "close")) {
		g_clear_pointer(&memory, mfl_memory_unref);
		answer("closed");
	} else {
		return g_error_new(MFL_ERROR, MFL_ERROR_INVALID, "no command: %s", line);
	}
	return error;
}

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		g_autoptr(GError) error = NULL;

		line[strcspn(line, "\n")] = '\0';
		error = obey(line);
		if (error)
			refuse(error);
	}
	g_clear_pointer(&memory, mfl_memory_unref);
	return 0;
}
