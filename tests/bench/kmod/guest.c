/* SPDX-License-Identifier: MIT */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

#define HUGE (2 * MIB)
/* Room for the guest, so that the host does not begin to reclaim. */
#define SPARE (512 * MIB)
#define LIST 1024

static uint64_t meminfo(const char *name)
{
	FILE *file = fopen("/proc/meminfo", "re");
	unsigned long kib = 0;
	char line[256];

	if (!file)
		die("cannot open /proc/meminfo: %m");
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)) && line[strlen(name)] == ':')
			sscanf(line + strlen(name), ": %lu", &kib);
	fclose(file);
	return (uint64_t)kib << 10;
}

static bool set_pool(uint64_t pages)
{
	FILE *file = fopen("/proc/sys/vm/nr_hugepages", "r+e");
	uint64_t there = 0;

	if (!file)
		return !pages;
	fprintf(file, "%" PRIu64 "\n", pages);
	fflush(file);
	rewind(file);
	if (fscanf(file, "%" SCNu64, &there) != 1)
		there = 0;
	fclose(file);
	return there >= pages;
}

static void command(struct guest *guest, const char *line)
{
	if (testvm_command(&guest->vm, "%s", line))
		die("testvm: %s: %s", line, guest->vm.reply);
}

/* A word of each page: where the contents do not matter, the pattern would take too long. */
static void touch(const struct guest *guest)
{
	struct iovec local[LIST], remote[LIST];
	uint64_t word = 1;

	for (uint64_t offset = 0; offset < guest->size; offset += LIST * PAGE) {
		for (uint64_t i = 0; i < LIST; i++) {
			local[i] = (struct iovec){ &word, 8 };
			remote[i] =
				(struct iovec){ (void *)(uintptr_t)(guest->hva + offset + i * PAGE),
						8 };
		}
		if (process_vm_writev(guest->vm.pid, local, LIST, remote, LIST, 0) != LIST * 8)
			die("process_vm_writev: %m");
	}
}

bool guest_start(struct guest *guest, const char *kind, uint64_t size, bool fill)
{
	bool huge = !strcmp(kind, "huge");
	char line[128];

	if (meminfo("MemAvailable") < size + SPARE || (huge && !set_pool(size / HUGE))) {
		set_pool(0);
		printf("- no room in this host for %" PRIu64 " MiB of kind %s\n", size / MIB, kind);
		return false;
	}
	/* Below 4 GiB where it fits, for the vCPU. */
	*guest = (struct guest){ .kind = kind, .gpa = size > GIB ? 4 * GIB : GIB, .size = size };
	if (testvm_start(&guest->vm, NULL, 0))
		die("cannot start testvm: %s", guest->vm.reply);
	command(guest, "slot 0 0 0x200000 anon");
	snprintf(line, sizeof(line), "slot 1 0x%" PRIx64 " 0x%" PRIx64 " %s%s", guest->gpa, size,
		 kind, fill ? "" : " nofill");
	command(guest, line);
	if (testvm_value(&guest->vm, &guest->hva, "hva 0x%" PRIx64, guest->gpa))
		die("testvm: hva: %s", guest->vm.reply);
	if (!fill)
		touch(guest);
	/* Not all may have found a huge page at once. */
	if (!strcmp(kind, "thp"))
		testvm_command(&guest->vm, "collapse 0x%" PRIx64 " 0x%" PRIx64, guest->gpa, size);
	return true;
}

void guest_stop(struct guest *guest)
{
	testvm_stop(&guest->vm);
	if (!strcmp(guest->kind, "huge"))
		set_pool(0);
}
