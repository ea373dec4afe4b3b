/* SPDX-License-Identifier: MIT */
/*
 * Looks into the RAM of a running tiny guest through the file that backs it, the plainest way to
 * see guest memory, and checks all that testguest.h promises.  So whatever finds another pattern
 * later has found its own mistake and not the guest's.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "testguest.h"

#define GIB4 (UINT64_C(1) << 32)

/* Firmware keeps some RAM at the end of low memory for itself (SeaBIOS, ACPI tables). */
#define FIRMWARE_MAX UINT64_C(0x100000)

/* For what must come within a tick; long, because the machine may be busy. */
#define PATIENCE_S 30

struct ram {
	uint8_t *bytes;
	uint64_t size;
	uint64_t low; /* how much of it lies below 4 GiB; the rest starts at 4 GiB */
};

static int failures;

__attribute__((format(printf, 1, 2))) static void fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("FAIL: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	failures++;
}

/* Where gpa is in the file, or NULL if [gpa, gpa + size) is not all RAM. */
static void *at(const struct ram *ram, uint64_t gpa, uint64_t size)
{
	if (gpa < ram->low && size <= ram->low - gpa)
		return ram->bytes + gpa;
	if (gpa >= GIB4 && gpa - GIB4 < ram->size - ram->low &&
	    size <= ram->size - ram->low - (gpa - GIB4))
		return ram->bytes + ram->low + (gpa - GIB4);
	return NULL;
}

static void check_range(const struct ram *ram, const struct testguest_range *range)
{
	const uint64_t *words = at(ram, range->gpa, range->size);
	uint64_t wrong = 0;

	if (!words) {
		fail("range 0x%" PRIx64 "+0x%" PRIx64 " is not RAM", range->gpa, range->size);
		return;
	}
	for (uint64_t i = 0; i < range->size / 8; i++) {
		uint64_t gpa = range->gpa + i * 8;

		if (words[i] != testguest_pattern(gpa) && wrong++ == 0)
			fail("word at 0x%" PRIx64 " is 0x%016" PRIx64 ", wanted 0x%016" PRIx64, gpa,
			     words[i], testguest_pattern(gpa));
	}
	if (wrong)
		fail("%" PRIu64 " wrong words in 0x%" PRIx64 "+0x%" PRIx64, wrong, range->gpa,
		     range->size);
}

/* That the ranges are all RAM there is, but for the places that testguest.h names and firmware. */
static void check_ranges(const struct ram *ram, const volatile struct testguest_info *info)
{
	uint64_t total = 0, high = 0, end = 0;
	const uint64_t own = TESTGUEST_INFO_GPA + TESTGUEST_INFO_SIZE;
	/* Page 0, the legacy hole with the EBDA's page before it, and the guest's own. */
	const uint64_t without = TESTGUEST_LOW_END + 0x61000 + (own - TESTGUEST_IMAGE_START);

	if (info->nr_ranges == 0 || info->nr_ranges > TESTGUEST_MAX_RANGES) {
		fail("%" PRIu64 " ranges", info->nr_ranges);
		return;
	}
	for (uint64_t i = 0; i < info->nr_ranges; i++) {
		struct testguest_range range = { info->ranges[i].gpa, info->ranges[i].size };

		printf("range 0x%" PRIx64 " + 0x%" PRIx64 "\n", range.gpa, range.size);
		if (range.gpa < end || range.gpa < TESTGUEST_LOW_END || !range.size ||
		    (range.gpa | range.size) & 0xfff ||
		    (range.gpa < own && range.gpa + range.size > TESTGUEST_IMAGE_START))
			fail("range 0x%" PRIx64 "+0x%" PRIx64 " is misplaced", range.gpa,
			     range.size);
		end = range.gpa + range.size;
		total += range.size;
		if (range.gpa >= GIB4)
			high += range.size;
		if (info->pattern_ready)
			check_range(ram, &range);
	}
	if (high != ram->size - ram->low)
		fail("ranges cover 0x%" PRIx64 " bytes above 4 GiB, RAM there is 0x%" PRIx64, high,
		     ram->size - ram->low);
	if (total > ram->size - without || total + FIRMWARE_MAX < ram->size - without)
		fail("ranges cover 0x%" PRIx64 " of 0x%" PRIx64 " bytes", total, ram->size);
}

/* Waits until *word is (or, with other, is no longer) value. */
static bool wait_for(const volatile uint64_t *word, uint64_t value, bool other)
{
	const struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };

	for (int i = 0; i < PATIENCE_S * 200; i++) {
		if ((*word == value) != other)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

static void check_life(volatile struct testguest_info *info)
{
	static const uint64_t requests[] = { 41, UINT64_C(0x123456789abcdef0), 42 };

	if (!wait_for(&info->counter, info->counter, true))
		fail("the counter stands still at %" PRIu64, info->counter);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		info->request = requests[i];
		if (!wait_for(&info->response, testguest_response(requests[i]), false))
			fail("request %" PRIu64 " got response %" PRIu64, requests[i],
			     info->response);
	}
}

int main(int argc, char **argv)
{
	volatile struct testguest_info *info;
	struct ram ram;
	struct stat st;
	bool filled;
	int fd;

	if (argc != 5) {
		fprintf(stderr, "usage: %s RAM-FILE LOW-BYTES NAME filled|empty\n", argv[0]);
		return 2;
	}
	fd = open(argv[1], O_RDWR | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		fprintf(stderr, "cannot open %s: %s\n", argv[1], strerror(errno));
		return 2;
	}
	ram.size = (uint64_t)st.st_size;
	ram.low = strtoull(argv[2], NULL, 0);
	if (ram.low > ram.size)
		ram.low = ram.size;
	ram.bytes = mmap(NULL, ram.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (ram.bytes == MAP_FAILED) {
		fprintf(stderr, "cannot map %s: %s\n", argv[1], strerror(errno));
		return 2;
	}
	filled = !strcmp(argv[4], "filled");

	info = at(&ram, TESTGUEST_INFO_GPA, sizeof(*info));
	if (!info || memcmp((const char *)info->magic, TESTGUEST_MAGIC, sizeof(info->magic))) {
		fail("no info page at 0x%" PRIx64, TESTGUEST_INFO_GPA);
		return 1;
	}
	if (strncmp((const char *)info->name, argv[3], sizeof(info->name) - 1) ||
	    info->name[sizeof(info->name) - 1])
		fail("the name is \"%.255s\", wanted \"%s\"", (const char *)info->name, argv[3]);
	if (info->pattern_ready != filled)
		fail("pattern_ready is %" PRIu64, info->pattern_ready);
	if (!info->boot_id)
		fail("boot_id is 0");
	printf("boot_id 0x%016" PRIx64 "\n", info->boot_id);
	check_ranges(&ram, info);
	check_life(info);
	return failures ? 1 : 0;
}
