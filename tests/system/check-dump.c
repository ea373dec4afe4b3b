// SPDX-License-Identifier: MIT
/*
 * Compares every byte that a test guest promises (tests/guest/testguest.h) with a dump of its memory,
 * an ELF core file or a raw one, and knows nothing of who made it.
 *
 *	check-dump [--at-least BYTES] FILE
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "testguest.h"

struct dump {
	const uint8_t *bytes;
	uint64_t size;
	gboolean is_elf;
};

/* The @length bytes at @gpa, NULL: they are not in the dump, or not in one piece. */
static const uint8_t *find(const struct dump *dump, uint64_t gpa, uint64_t length)
{
	const Elf64_Ehdr *header = (const Elf64_Ehdr *)dump->bytes;
	const Elf64_Phdr *segments = (const Elf64_Phdr *)(dump->bytes + header->e_phoff);

	if (!dump->is_elf)
		return gpa + length <= dump->size ? dump->bytes + gpa : NULL;
	for (unsigned int i = 0; i < header->e_phnum; i++) {
		const Elf64_Phdr *segment = &segments[i];

		if (segment->p_type == PT_LOAD && gpa >= segment->p_paddr &&
		    gpa - segment->p_paddr + length <= segment->p_filesz &&
		    segment->p_offset + segment->p_filesz <= dump->size)
			return dump->bytes + segment->p_offset + (gpa - segment->p_paddr);
	}
	return NULL;
}

/* A range of the guest's may be in several segments, which are no smaller than a page. */
static gboolean check_range(const struct dump *dump, uint64_t gpa, uint64_t length)
{
	for (uint64_t end = gpa + length; gpa < end; gpa += 4096) {
		const uint64_t *words = (const uint64_t *)find(dump, gpa, 4096);

		if (!words) {
			fprintf(stderr, "the dump has nothing for 0x%" PRIx64 "\n", gpa);
			return FALSE;
		}
		for (unsigned int i = 0; i < 512; i++) {
			if (words[i] == testguest_pattern(gpa + i * 8))
				continue;
			fprintf(stderr, "at 0x%" PRIx64 ": found %016" PRIx64 ", the guest has %016" PRIx64
				"\n", gpa + i * 8, words[i], testguest_pattern(gpa + i * 8));
			return FALSE;
		}
	}
	return TRUE;
}

static gboolean check(const struct dump *dump, guint64 at_least)
{
	const struct testguest_info *info =
		(const struct testguest_info *)find(dump, TESTGUEST_INFO_GPA, sizeof(*info));
	uint64_t checked = 0;

	if (!info || memcmp(info->magic, TESTGUEST_MAGIC, sizeof(info->magic)) ||
	    !info->pattern_ready || info->nr_ranges > TESTGUEST_MAX_RANGES) {
		fprintf(stderr, "there is no info page of a guest that is ready\n");
		return FALSE;
	}
	for (uint64_t i = 0; i < info->nr_ranges; i++) {
		if (!check_range(dump, info->ranges[i].gpa, info->ranges[i].size))
			return FALSE;
		checked += info->ranges[i].size;
	}
	if (checked < at_least) {
		fprintf(stderr, "the guest has only %" PRIu64 " bytes with a pattern\n", checked);
		return FALSE;
	}
	printf("%s: %" PRIu64 " MiB of %s match\n", dump->is_elf ? "elf" : "raw", checked >> 20,
	       info->name);
	return TRUE;
}

int main(int argc, char **argv)
{
	gint64 at_least = 1;
	const GOptionEntry entries[] = {
		{ "at-least", 0, 0, G_OPTION_ARG_INT64, &at_least, "Fail on a smaller guest", "BYTES" },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = g_option_context_new("FILE");
	g_autoptr(GError) error = NULL;
	struct dump dump;
	struct stat st;
	void *bytes;
	int fd;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2) {
		fprintf(stderr, "%s\n", error ? error->message : "one file, please");
		return 2;
	}
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size < 4096) {
		fprintf(stderr, "%s: %s\n", argv[1], fd < 0 ? g_strerror(errno) : "too small");
		return 1;
	}
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED) {
		fprintf(stderr, "%s: %s\n", argv[1], g_strerror(errno));
		return 1;
	}
	dump = (struct dump){
		.bytes = bytes,
		.size = (uint64_t)st.st_size,
		.is_elf = memcmp(bytes, ELFMAG, SELFMAG) == 0,
	};
	return check(&dump, (guint64)at_least) ? 0 : 1;
}
