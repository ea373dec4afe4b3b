/* SPDX-License-Identifier: MIT */
/*
 * A dump, as the sequence of what its file consists of. The formats make plans; copying them is the
 * same for all.
 */
#pragma once

#include <glib.h>

enum ctl_extent_kind {
	CTL_EXTENT_BYTES,
	CTL_EXTENT_MEMORY,
	CTL_EXTENT_ZEROS,
};

/**
 * struct ctl_extent - a piece of a dump
 * @kind: what it is
 * @length: bytes
 * @gpa: of memory
 * @bytes: (transfer full): of bytes
 */
struct ctl_extent {
	enum ctl_extent_kind kind;
	guint64 length;
	guint64 gpa;
	GBytes *bytes;
};

/* (element-type struct ctl_extent): empty; owns the bytes of its elements. */
GArray *ctl_plan_new(void);

/* Nothing is added for a length of 0. */
void ctl_plan_add_bytes(GArray *plan, GBytes *bytes);
void ctl_plan_add_memory(GArray *plan, guint64 gpa, guint64 length);
void ctl_plan_add_zeros(GArray *plan, guint64 length);

/* All bytes, and those that come from the guest. */
guint64 ctl_plan_get_size(const GArray *plan);
guint64 ctl_plan_get_memory_size(const GArray *plan);

/*
 * The part of @ranges (as of mfl_memory_dup_ranges()) that lies in @length bytes from @start, with
 * neighbours of one kind put together.
 * Returns: (transfer full): the same kind of array
 */
GArray *ctl_plan_clip(const GArray *ranges, guint64 start, guint64 length);

/*
 * Memory at its own address, counted from @start, with zeros between, as in the domain's node.
 * @end: where it ends, from where the last range does on
 */
GArray *ctl_plan_raw(const GArray *ranges, guint64 start, guint64 end);

/*
 * An ELF64 core file with one PT_LOAD for each range.
 * @notes: what is in its PT_NOTE
 */
GArray *ctl_plan_elf(const GArray *ranges, GBytes *notes, GError **error);
