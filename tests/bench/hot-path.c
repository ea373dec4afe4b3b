/* SPDX-License-Identifier: MIT */
/*
 * The library's part of a read alone: mfl_memory_readv() on a fake of the module, where a guest's
 * memory is a memfd. For counting instructions, which no other load on the machine changes:
 *
 *	valgrind --tool=callgrind --toggle-collect=mfl_memory_readv hot-path 8 32 1000
 */
#include "fakelibvirt.h"
#include "memory.h"

#include <stdlib.h>

#define MIB	 (1ULL << 20)
#define MAX_COUNT 1024

/* As QEMU's pc with 512 MiB has them. */
static const struct memflow_memslot pc[] = {
	{ .gpa = 0, .length = 0xa0000 },
	{ .gpa = 0xc0000, .length = 0x20000, .flags = MEMFLOW_READONLY },
	{ .gpa = 0xe0000, .length = 0x20000 },
	{ .gpa = MIB, .length = 511 * MIB },
	{ .gpa = (4ULL << 30) - MIB, .length = MIB, .flags = MEMFLOW_READONLY },
};

/* One call: addresses within 8 KiB, as memflow's examples/read_bench.rs takes them. */
static void fill(MflSegment *segments, gsize count, gsize size, char *buffer, guint64 *random)
{
	for (gsize i = 0; i < count; i++) {
		*random = *random * 6364136223846793005ULL + 1442695040888963407ULL;
		segments[i].gpa = 0x1234567 + (*random >> 33) % 8192;
		segments[i].buffer = buffer + i * size;
		segments[i].length = size;
	}
}

static int measure(MflMemory *memory, gsize size, gsize count, gsize calls)
{
	g_autofree MflSegment *lists = g_new(MflSegment, count * 64);
	g_autofree char *buffer = g_malloc0(size * count);
	guint64 random = 1;
	gint64 start;
	double each;

	for (guint i = 0; i < 64; i++)
		fill(lists + i * count, count, size, buffer, &random);
	start = g_get_monotonic_time();
	for (gsize i = 0; i < calls; i++) {
		if (mfl_memory_readv(memory, lists + i % 64 * count, count) != count) {
			g_printerr("hot-path: a read failed\n");
			return 1;
		}
	}
	each = (double)(g_get_monotonic_time() - start) * 1000 / (double)(calls * count);
	g_print("%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT ": %.1f ns each\n", size, count, each);
	return 0;
}

int main(int argc, char **argv)
{
	gsize size = argc > 1 ? strtoul(argv[1], NULL, 0) : 0;
	gsize count = argc > 2 ? strtoul(argv[2], NULL, 0) : 0;
	gsize calls = argc > 3 ? strtoul(argv[3], NULL, 0) : 0;
	g_autoptr(FakeLibvirt) libvirt = NULL;
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GError) error = NULL;
	FakeVm *vm;

	if (!size || size > 16 * MIB || !count || count > MAX_COUNT || !calls) {
		g_printerr("usage: hot-path SIZE COUNT CALLS\n");
		return 2;
	}
	libvirt = fake_libvirt_new();
	vm = fake_vm_start(libvirt->host, "bench", FAKE_UUID_A, 100);
	fake_vm_set_slots(vm, pc, G_N_ELEMENTS(pc));
	fake_vm_publish(vm, FALSE);
	memory = mfl_memory_open_in(&libvirt->context, "bench", NULL, MFL_KEY_ANY,
				    MFL_BACKEND_AUTO, MFL_OPEN_READONLY, &error);
	if (!memory) {
		g_printerr("hot-path: %s\n", error->message);
		return 1;
	}
	return measure(memory, size, count, calls);
}
