/* SPDX-License-Identifier: MIT */
/*
 * For the connector as read-grid loads it without a virtual machine: whatever domain is asked for, it
 * gets a guest of the fake host, whose memory is a memfd called "fake-vm" that read-grid maps, too.
 * meson.build gives mfl_memory_open_by() another name, so that this one takes the real one's place.
 */
#include "fakelibvirt.h"
#include "memory.h"

#define MIB (1ULL << 20)

/* As QEMU's q35 with 512 MiB has them. */
static const struct memflow_memslot q35[] = {
	{ .gpa = 0, .length = 0xa0000 },
	{ .gpa = 0xc0000, .length = 0x20000, .flags = MEMFLOW_READONLY },
	{ .gpa = 0xe0000, .length = 0x20000 },
	{ .gpa = MIB, .length = 511 * MIB },
	{ .gpa = (4ULL << 30) - MIB, .length = MIB, .flags = MEMFLOW_READONLY },
};

static void fill(FakeVm *vm)
{
	g_autofree guint64 *words = g_malloc(MIB);

	for (guint64 gpa = MIB; gpa < 512 * MIB; gpa += MIB) {
		for (guint64 i = 0; i < MIB / 8; i++)
			words[i] = (gpa + 8 * i + 1) * 0x9E3779B97F4A7C15ULL;
		fake_vm_poke(vm, gpa, words, MIB);
	}
}

MflMemory *mfl_memory_open_by(MflKey keys, const char *domain, const char *uri,
			      MflBackend backend, MflOpenFlags flags, GError **error)
{
	static FakeLibvirt *libvirt; /* as long as the program */
	FakeVm *vm;

	g_return_val_if_fail(!libvirt, NULL);
	libvirt = fake_libvirt_new();
	vm = fake_vm_start(libvirt->host, domain, FAKE_UUID_A, 100);
	fake_vm_set_slots(vm, q35, G_N_ELEMENTS(q35));
	fake_vm_publish(vm, FALSE);
	fill(vm);
	return mfl_memory_open_in(&libvirt->context, domain, uri, keys, backend, flags, error);
}
