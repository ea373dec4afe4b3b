/* SPDX-License-Identifier: MIT */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

void die(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

uint64_t faults_so_far(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return (uint64_t)usage.ru_minflt;
}

/* The number behind @name at the beginning of a line of @path. */
static int64_t number_in(const char *path, const char *name)
{
	FILE *file = fopen(path, "re");
	long long number = 0;
	bool found = false;
	char line[256];

	if (!file)
		die("cannot open %s: %m", path);
	while (!found && fgets(line, sizeof(line), file))
		found = !strncmp(line, name, strlen(name)) &&
			sscanf(line + strlen(name), "%lld", &number) == 1;
	fclose(file);
	if (!found)
		die("%s has no %s", path, name);
	return number;
}

void memory_now(struct memory *memory)
{
	char dummy;
	int fd = open("/proc/sys/vm/stat_refresh", O_RDONLY | O_CLOEXEC);

	/* What each CPU has counted for itself. */
	if (fd < 0 || read(fd, &dummy, 1) < 0)
		die("cannot read /proc/sys/vm/stat_refresh: %m");
	close(fd);
	memory->tables = number_in("/proc/meminfo", "PageTables:") << 10;
	memory->slab = number_in("/proc/meminfo", "Slab:") << 10;
	memory->vmalloc = number_in("/proc/meminfo", "VmallocUsed:") << 10;
	memory->pinned = (number_in("/proc/vmstat", "nr_foll_pin_acquired") -
			  number_in("/proc/vmstat", "nr_foll_pin_released")) *
			 (int64_t)PAGE;
}

struct memory memory_since(const struct memory *before)
{
	struct memory memory;

	memory_now(&memory);
	memory.tables -= before->tables;
	memory.slab -= before->slab;
	memory.vmalloc -= before->vmalloc;
	memory.pinned -= before->pinned;
	return memory;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double median(const double *values, unsigned int count)
{
	double sorted[MAX_ROUNDS];

	if (!count)
		return 0;
	memcpy(sorted, values, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), compare);
	return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

double median_ratio(const double *numerators, const double *denominators, unsigned int count)
{
	double ratios[MAX_ROUNDS];

	for (unsigned int i = 0; i < count; i++)
		ratios[i] = numerators[i] / denominators[i];
	return median(ratios, count);
}
