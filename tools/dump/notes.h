/* SPDX-License-Identifier: MIT */
/* What stands in the PT_NOTE of a core file. */
#pragma once

#include <glib.h>

/*
 * Ours has this name and type. The type is no other note's, because crash(8) looks at types before
 * names. Its contents are lines "key=value".
 */
#define CTL_NOTE_NAME "memflow-libvirt"
#define CTL_NOTE_TYPE 0x4d464c31 /* "MFL1" */

/**
 * struct ctl_about - what our note tells
 * @domain: name of the domain
 * @uuid: its UUID
 * @time: when the dump began, seconds since 1970
 * @paused: its processors stood still while it was read
 */
struct ctl_about {
	const char *domain;
	const char *uuid;
	gint64 time;
	gboolean paused;
};

/*
 * @vmcoreinfo: (nullable): what the guest's kernel has in its VMCOREINFO note
 * Returns: (transfer full): the notes
 */
GBytes *ctl_notes_new(const struct ctl_about *about, GBytes *vmcoreinfo);
