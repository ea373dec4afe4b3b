/* SPDX-License-Identifier: MIT */
/* Where guest memory is: the writing side. See layout.h. */
#include "layout.h"

#define SPINS 64

#define STORE(field, value) __atomic_store_n(&(field), (value), __ATOMIC_RELAXED)

static MflTable *table_new(gsize capacity)
{
	MflTable *table = g_malloc0(sizeof(MflTable) + capacity * sizeof(MflEntry));

	table->capacity = capacity;
	return table;
}

void mfl_layout_init(MflLayout *layout, MflLock *writer)
{
	static const struct memflow_status nothing;

	*layout = (MflLayout){
		.table = table_new(16),
		.status = &nothing,
		.outgrown = g_ptr_array_new_with_free_func(g_free),
		.writer = writer,
	};
}

void mfl_layout_clear(MflLayout *layout)
{
	g_free(layout->table);
	g_ptr_array_unref(layout->outgrown);
}

static MflWindow find_largest(const MflEntry *entries, gsize n)
{
	MflWindow largest = { 0 };

	for (gsize i = 0; i < n; i++) {
		const guint64 length = entries[i].end - entries[i].gpa;

		if (entries[i].host && length > largest.length)
			largest = (MflWindow){ entries[i].gpa, length, entries[i].host };
	}
	return largest;
}

void mfl_layout_set(MflLayout *layout, const MflEntry *entries, gsize n,
		    const struct memflow_status *status, guint64 generation, guint64 base,
		    gboolean writable)
{
	const guint sequence = MFL_RELAXED(layout->sequence);
	const MflWindow largest = find_largest(entries, n);
	MflTable *table = layout->table;

	if (n > table->capacity)
		table = table_new(MAX(2 * table->capacity, n));

	/* Who sees anything of what follows also sees the odd number. */
	__atomic_exchange_n(&layout->sequence, sequence + 1, __ATOMIC_ACQ_REL);
#if !defined(__SANITIZE_THREAD__)
	__atomic_thread_fence(__ATOMIC_RELEASE);
#endif
	if (table != layout->table) {
		g_ptr_array_add(layout->outgrown, layout->table);
		__atomic_store_n(&layout->table, table, __ATOMIC_RELEASE);
	}
	STORE(table->n, n);
	for (gsize i = 0; i < n; i++) {
		STORE(table->entries[i].gpa, entries[i].gpa);
		STORE(table->entries[i].end, entries[i].end);
		STORE(table->entries[i].host, entries[i].host);
		STORE(table->entries[i].readonly, entries[i].readonly);
	}
	STORE(layout->largest.gpa, largest.gpa);
	STORE(layout->largest.length, largest.length);
	STORE(layout->largest.host, largest.host);
	__atomic_store_n(&layout->status, status, __ATOMIC_RELEASE);
	STORE(layout->generation, generation);
	STORE(layout->base, base);
	STORE(layout->writable, writable ? 1 : 0);
	__atomic_store_n(&layout->sequence, sequence + 2, __ATOMIC_RELEASE);
}

guint mfl_layout_wait(MflLayout *layout)
{
	for (guint spin = 0;; spin++) {
		guint sequence = __atomic_load_n(&layout->sequence, __ATOMIC_ACQUIRE);

		if (!(sequence & 1))
			return sequence;
		/* The writer may have lost its processor: sleep until it is done. */
		if (spin >= SPINS) {
			pthread_mutex_lock(layout->writer);
			pthread_mutex_unlock(layout->writer);
		}
	}
}
