/* SPDX-License-Identifier: MIT */
/*
 * Where guest memory is, for readers that take no lock.
 *
 * A sequence lock: a reader notes an even number, takes out what it needs, and
 * what it took counts if the number is still the same. Nothing a reader may look
 * at while it changes is ever freed before the memory object: tables are
 * overwritten in place, and one that became too small is kept, twice as large a
 * one in its place, so all of them together are less than two of the largest. A
 * domain that changes its layout a million times costs nothing.
 */
#pragma once

#include "lock.h"
#include "memflow.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
	guint64 gpa;
	guint64 end;
	guintptr host; /* 0: not mapped */
	guint64 readonly;
} MflEntry;

typedef struct {
	gsize capacity;
	gsize n;
	MflEntry entries[]; /* in order of gpa */
} MflTable;

/* An entry that is mapped, for finding addresses in it; of length 0: there is none. */
typedef struct {
	guint64 gpa;
	guint64 length;
	guintptr host;
} MflWindow;

typedef struct {
	guint sequence; /* odd while it is being written */
	MflTable *table;
	const struct memflow_status *status;
	guint64 generation; /* what status->generation is while all this holds */
	guint64 base;	    /* what makes generations of different VMs differ */
	guint64 writable;
	MflWindow largest; /* one place less to look at for most readers */
	GPtrArray *outgrown;
	MflLock *writer; /* held by who writes */
} MflLayout;

/* What a reader takes out first. */
typedef struct {
	guint sequence;
	const MflTable *table;
	const struct memflow_status *status;
	guint64 generation;
	guint64 writable;
} MflSnapshot;

void mfl_layout_init(MflLayout *layout, MflLock *writer);
void mfl_layout_clear(MflLayout *layout);

/* Call with @writer held. Copies the entries. */
void mfl_layout_set(MflLayout *layout, const MflEntry *entries, gsize n,
		    const struct memflow_status *status, guint64 generation, guint64 base,
		    gboolean writable);

/* Waits for the end of a change; only for readers that met one. */
guint mfl_layout_wait(MflLayout *layout);

#define MFL_RELAXED(field) __atomic_load_n(&(field), __ATOMIC_RELAXED)

/* Keeps the loads before it before the loads after it. */
static inline void mfl_layout_read_barrier(MflLayout *layout)
{
#if defined(__SANITIZE_THREAD__)
	/* ThreadSanitizer knows no fences; this is one as far as the hardware goes. */
	__atomic_fetch_add(&layout->sequence, 0, __ATOMIC_ACQ_REL);
#else
	(void)layout;
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
#endif
}

static inline MflSnapshot mfl_layout_begin(MflLayout *layout)
{
	MflSnapshot snapshot;

	snapshot.sequence = __atomic_load_n(&layout->sequence, __ATOMIC_ACQUIRE);
	if (G_UNLIKELY(snapshot.sequence & 1))
		snapshot.sequence = mfl_layout_wait(layout);
	snapshot.table = __atomic_load_n(&layout->table, __ATOMIC_ACQUIRE);
	/* Acquire: it is looked at before the snapshot is known to be current. */
	snapshot.status = __atomic_load_n(&layout->status, __ATOMIC_ACQUIRE);
	snapshot.generation = MFL_RELAXED(layout->generation);
	snapshot.writable = MFL_RELAXED(layout->writable);
	return snapshot;
}

static inline MflWindow mfl_layout_get_largest(const MflLayout *layout)
{
	return (MflWindow){
		.gpa = MFL_RELAXED(layout->largest.gpa),
		.length = MFL_RELAXED(layout->largest.length),
		.host = MFL_RELAXED(layout->largest.host),
	};
}

/* Whether all that was taken out since mfl_layout_begin() belongs together. */
static inline gboolean mfl_layout_is_current(MflLayout *layout, const MflSnapshot *snapshot)
{
	mfl_layout_read_barrier(layout);
	return MFL_RELAXED(layout->sequence) == snapshot->sequence;
}

/* Index of the first entry that ends after @gpa. */
static inline gsize mfl_snapshot_find(const MflSnapshot *snapshot, gsize n, guint64 gpa)
{
	gsize low = 0;

	while (low < n) {
		gsize middle = low + (n - low) / 2;

		if (MFL_RELAXED(snapshot->table->entries[middle].end) <= gpa)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

static inline MflEntry mfl_snapshot_get(const MflSnapshot *snapshot, gsize i)
{
	const MflEntry *entry = &snapshot->table->entries[i];

	return (MflEntry){
		.gpa = MFL_RELAXED(entry->gpa),
		.end = MFL_RELAXED(entry->end),
		.host = MFL_RELAXED(entry->host),
		.readonly = MFL_RELAXED(entry->readonly),
	};
}

/* The first entry that ends after @gpa, of the layout as it is; FALSE: there is none. */
static inline gboolean mfl_layout_find(MflLayout *layout, guint64 gpa, MflEntry *entry)
{
	for (;;) {
		MflSnapshot snapshot = mfl_layout_begin(layout);
		const gsize n = MFL_RELAXED(snapshot.table->n);
		const gsize i = mfl_snapshot_find(&snapshot, n, gpa);

		*entry = i < n ? mfl_snapshot_get(&snapshot, i) : (MflEntry){ 0 };
		if (mfl_layout_is_current(layout, &snapshot))
			return i < n;
	}
}

G_END_DECLS
