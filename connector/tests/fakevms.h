/* SPDX-License-Identifier: MIT */
/*
 * The test build of the plugin has the fake libvirt and its virtual machines inside, in
 * place of the host's, and exports how to handle them: they have to be the plugin's own,
 * which hides everything else that it is linked with.
 */
#pragma once

#include "fakelibvirt.h"

G_BEGIN_DECLS

#define FAKE_MIB (1ULL << 20)
#define FAKE_GIB (1ULL << 30)

/*
 * As a small PC's: RAM, a hole for devices, ROM, RAM, a hole, ROM, RAM above 4 GiB. What
 * a VM has at first.
 */
#define FAKE_PC_SLOTS                                                                              \
	{                                                                                          \
		{ .gpa = 0, .length = 0xa0000 },                                                   \
			{ .gpa = 0xc0000, .length = 0x20000, .flags = MEMFLOW_READONLY },          \
			{ .gpa = 0xe0000, .length = 0x20000 },                                     \
			{ .gpa = FAKE_MIB, .length = 15 * FAKE_MIB },                              \
			{ .gpa = 4 * FAKE_GIB - FAKE_MIB,                                          \
			  .length = FAKE_MIB,                                                      \
			  .flags = MEMFLOW_READONLY },                                             \
			{ .gpa = 4 * FAKE_GIB, .length = 16 * FAKE_MIB },                          \
	}
#define FAKE_PC_END (4 * FAKE_GIB + 16 * FAKE_MIB)
#define FAKE_PC_RAM (0xa0000 + 0x20000 + 31 * FAKE_MIB)

/* May be called while other threads use the plugin, except for begin() and end(). */
typedef struct {
	FakeLibvirt *(*begin)(void); /* without a domain */
	void (*end)(void);

	/* Runs, is known to libvirt, and published if @published. */
	FakeVm *(*start)(const char *name, const char *uuid, gboolean published);
	/* Nobody finds it before @data is in its memory. */
	FakeVm *(*start_with)(const char *name, const char *uuid, guint64 gpa, const void *data,
			      gsize length, gboolean published);
	void (*stop)(FakeVm *vm);
	void (*publish)(FakeVm *vm, gboolean readonly);
	void (*unpublish)(FakeVm *vm);
	void (*set_slots)(FakeVm *vm, const struct memflow_memslot *slots, guint n);
	void (*poke)(FakeVm *vm, guint64 gpa, const void *data, gsize length);
	void (*peek)(FakeVm *vm, guint64 gpa, void *data, gsize length);
	int (*get_id)(FakeVm *vm); /* libvirt's */

	/* As fake_libvirt_…() and fake_host_remove(). */
	MflDomain *(*define)(FakeLibvirt *libvirt, GPtrArray *connection, const char *name,
			     const char *uuid, int id);
	void (*start_session)(FakeLibvirt *libvirt);
	void (*stop_system)(FakeLibvirt *libvirt);
	void (*remove)(FakeHost *host, const char *path);
	/* From now on libvirt cannot be connected to. */
	void (*refuse)(MflError code, const char *message);
} FakeVms;

extern const FakeVms memflow_libvirt_fake_vms;

G_END_DECLS
