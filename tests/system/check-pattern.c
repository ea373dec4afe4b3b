// SPDX-License-Identifier: MIT
/*
 * Compares every byte that a test guest promises (tests/guest/testguest.h) with what arrives here,
 * by all ways in: the library's direct pointers, its copies, or pread(2) of the domain's node.
 *
 *	check-pattern [--backend NAME] [--copy | --pread] [--at-least BYTES] DOMAIN
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "memflow-libvirt.h"
#include "testguest.h"

#define CHUNK (4 * 1024 * 1024)

struct source {
	MflMemory *memory;
	int fd; /* -1: not by pread(2) */
	gboolean copy; /* else through direct pointers */
	uint64_t *buffer;
};

static gboolean compare(const uint64_t *words, uint64_t gpa, uint64_t length)
{
	for (uint64_t i = 0; i < length / 8; i++) {
		if (words[i] == testguest_pattern(gpa + i * 8))
			continue;
		fprintf(stderr, "at 0x%" PRIx64 ": found %016" PRIx64 ", the guest has %016" PRIx64 "\n",
			gpa + i * 8, words[i], testguest_pattern(gpa + i * 8));
		return FALSE;
	}
	return TRUE;
}

static gboolean check_pread(const struct source *source, uint64_t gpa, uint64_t length)
{
	while (length) {
		size_t piece = MIN(length, CHUNK);
		ssize_t got = pread(source->fd, source->buffer, piece, (off_t)gpa);

		if (got != (ssize_t)piece) {
			fprintf(stderr, "pread of %zu bytes at 0x%" PRIx64 " returned %zd: %s\n", piece,
				gpa, got, got < 0 ? g_strerror(errno) : "short");
			return FALSE;
		}
		if (!compare(source->buffer, gpa, piece))
			return FALSE;
		gpa += piece;
		length -= piece;
	}
	return TRUE;
}

static gboolean check_pointer(const struct source *source, uint64_t gpa, uint64_t length)
{
	g_autoptr(GError) error = NULL;
	const uint64_t *words = mfl_memory_get_pointer(source->memory, gpa, length, &error);

	if (!words) {
		fprintf(stderr, "no pointer to 0x%" PRIx64 ": %s\n", gpa, error->message);
		return FALSE;
	}
	return compare(words, gpa, length);
}

/* In pieces that are whole pages, and lists of them that are not. */
static gboolean check_copy(const struct source *source, uint64_t gpa, uint64_t length)
{
	while (length) {
		size_t piece = MIN(length, CHUNK);
		size_t half = piece / 16 * 8;
		MflSegment segments[] = {
			{ gpa, source->buffer, half, 0 },
			{ gpa + half, (char *)source->buffer + half, piece - half, 0 },
		};

		if (mfl_memory_readv(source->memory, segments, 2) != 2) {
			fprintf(stderr, "reading %zu bytes at 0x%" PRIx64 ": errors %d and %d\n",
				piece, gpa, segments[0].status, segments[1].status);
			return FALSE;
		}
		if (!compare(source->buffer, gpa, piece))
			return FALSE;
		gpa += piece;
		length -= piece;
	}
	return TRUE;
}

/* A range of the guest's may be several memslots of QEMU's. */
static gboolean check_range(const struct source *source, GArray *slots, uint64_t gpa,
			    uint64_t length, uint64_t *checked)
{
	uint64_t found = 0;

	for (guint i = 0; i < slots->len; i++) {
		const MflRange *slot = &g_array_index(slots, MflRange, i);
		uint64_t start = MAX(gpa, slot->gpa);
		uint64_t end = MIN(gpa + length, slot->gpa + slot->length);

		if (start >= end)
			continue;
		if (!(source->fd >= 0 ? check_pread :
		      source->copy    ? check_copy :
					check_pointer)(source, start, end - start))
			return FALSE;
		found += end - start;
	}
	if (found != length) {
		fprintf(stderr, "the guest has RAM at 0x%" PRIx64 "-0x%" PRIx64
			", %" PRIu64 " bytes of it are in no range here\n", gpa, gpa + length,
			length - found);
		return FALSE;
	}
	*checked += found;
	return TRUE;
}

static gboolean check(const struct source *source, guint64 at_least)
{
	struct testguest_info info;
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) slots = mfl_memory_dup_ranges(source->memory);
	uint64_t checked = 0;
	gint64 started = g_get_monotonic_time();

	if (!mfl_memory_read(source->memory, TESTGUEST_INFO_GPA, &info, sizeof(info), &error)) {
		fprintf(stderr, "cannot read the info page: %s\n", error->message);
		return FALSE;
	}
	if (memcmp(info.magic, TESTGUEST_MAGIC, sizeof(info.magic)) || !info.pattern_ready ||
	    info.nr_ranges > TESTGUEST_MAX_RANGES) {
		fprintf(stderr, "there is no info page of a guest that is ready\n");
		return FALSE;
	}
	for (uint64_t i = 0; i < info.nr_ranges; i++) {
		if (!check_range(source, slots, info.ranges[i].gpa, info.ranges[i].size, &checked))
			return FALSE;
	}
	if (checked < at_least) {
		fprintf(stderr, "the guest has only %" PRIu64 " bytes with a pattern\n", checked);
		return FALSE;
	}
	printf("%" PRIu64 " MiB match, the last at 0x%" PRIx64 " (%.1f s)\n", checked >> 20,
	       info.ranges[info.nr_ranges - 1].gpa + info.ranges[info.nr_ranges - 1].size - 1,
	       (double)(g_get_monotonic_time() - started) / G_USEC_PER_SEC);
	return TRUE;
}

static gboolean open_node(struct source *source)
{
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(source->memory);
	const char *node = mfl_domain_get_node(domain);

	source->fd = node ? open(node, O_RDONLY | O_CLOEXEC) : -1;
	if (source->fd < 0) {
		fprintf(stderr, "cannot open the node %s: %s\n", node ? node : "(none)",
			g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}

int main(int argc, char **argv)
{
	gboolean by_pread = FALSE;
	gboolean by_copy = FALSE;
	g_autofree char *backend_name = NULL;
	MflBackend backend = MFL_BACKEND_AUTO;
	gint64 at_least = 1;
	const GOptionEntry entries[] = {
		{ "pread", 0, 0, G_OPTION_ARG_NONE, &by_pread, "Read the node with pread(2)", NULL },
		{ "copy", 0, 0, G_OPTION_ARG_NONE, &by_copy, "Copy by the library", NULL },
		{ "backend", 0, 0, G_OPTION_ARG_STRING, &backend_name, "Open by it", "NAME" },
		{ "at-least", 0, 0, G_OPTION_ARG_INT64, &at_least, "Fail on a smaller guest", "BYTES" },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = g_option_context_new("DOMAIN");
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) memory = NULL;
	struct source source = { .fd = -1 };
	gboolean matches;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2) {
		fprintf(stderr, "%s\n", error ? error->message : "one domain, please");
		return 2;
	}
	if (backend_name && !mfl_backend_from_string(backend_name, &backend, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 2;
	}
	memory = mfl_memory_open(argv[1], NULL, backend, MFL_OPEN_READONLY, &error);
	if (!memory) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	source.memory = memory;
	source.copy = by_copy;
	source.buffer = g_malloc(CHUNK);
	matches = (!by_pread || open_node(&source)) && check(&source, (guint64)at_least);
	if (source.fd >= 0)
		close(source.fd);
	g_free(source.buffer);
	return matches ? 0 : 1;
}
