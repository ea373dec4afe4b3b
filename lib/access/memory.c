/* SPDX-License-Identifier: MIT */
/* MflMemory: opening it, following its layout, and finding it again. */
#include "memory.h"

#include <string.h>

/* Below, the whole guest physical space is one mapping, holes included. */
#define ONE_AREA_MAX (1ULL << 40)

/* Generations of one VM are counted from 0; those of the next one begin higher. */
#define GENERATIONS_SHIFT 48

static gboolean is_slot_usable(const struct memflow_memslot *slot)
{
	return slot->length > 0 && slot->gpa < MEMFLOW_STATUS_OFFSET &&
	       slot->length <= MEMFLOW_STATUS_OFFSET - slot->gpa;
}

/* Memslots as entries; those that lie together in gpa and here become one. */
static GArray *map_slots(MflAttachment *attachment, const GArray *slots)
{
	GArray *entries = g_array_new(FALSE, TRUE, sizeof(MflEntry));
	guint64 end = 0;

	for (guint i = 0; i < slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(slots, struct memflow_memslot, i);

		if (is_slot_usable(slot) && !(slot->flags & MFL_SLOT_UNMAPPED) &&
		    slot->gpa + slot->length <= ONE_AREA_MAX)
			end = MAX(end, slot->gpa + slot->length);
	}
	if (end)
		mfl_attachment_map(attachment, 0, end);
	for (guint i = 0; i < slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(slots, struct memflow_memslot, i);
		MflEntry *last = entries->len ?
					 &g_array_index(entries, MflEntry, entries->len - 1) :
					 NULL;
		MflEntry entry;

		if (!is_slot_usable(slot))
			continue;
		entry.gpa = slot->gpa;
		entry.end = slot->gpa + slot->length;
		entry.readonly = slot->flags & MEMFLOW_READONLY ? 1 : 0;
		entry.host = (guintptr)mfl_attachment_map_slot(attachment, slot);
		if (last && last->end == entry.gpa && last->readonly == entry.readonly &&
		    (entry.host ? last->host && last->host + (last->end - last->gpa) == entry.host :
				  !last->host))
			last->end = entry.end;
		else
			g_array_append_val(entries, entry);
	}
	return entries;
}

/* Call with the lock held. */
static gboolean set_layout(MflMemory *memory, MflAttachment *attachment, guint64 base,
			   GError **error)
{
	guint64 generation = 0;
	g_autoptr(GArray) slots = attachment->target->ops->get_slots(attachment->target,
								     &generation, error);
	g_autoptr(GArray) entries = NULL;

	if (!slots)
		return FALSE;
	entries = map_slots(attachment, slots);
	mfl_layout_set(&memory->layout, (const MflEntry *)(void *)entries->data, entries->len,
		       attachment->status, generation, base, !attachment->target->readonly);
	return TRUE;
}

/* Finds the domain and opens it; once more, if it was restarted in between. */
static MflTarget *find_and_open(const MflContext *context, const char *argument, const char *uri,
				MflKey keys, MflBackend backend, MflOpenFlags flags,
				MflDomain **domain, GArray *refusals, GError **error)
{
	g_autoptr(GError) stopped = NULL;

	for (;;) {
		g_autoptr(GError) cause = NULL;
		g_autoptr(MflDomain) found =
			mfl_domain_find_in(context, argument, uri, keys, &cause);
		MflTarget *target;

		if (!found || !mfl_domain_check_open(found, &cause)) {
			/* It stopped under our eyes, and libvirt has seen it by now. */
			g_propagate_error(error,
					  stopped && cause->code == MFL_ERROR_NOT_RUNNING ?
						  g_steal_pointer(&stopped) :
						  g_steal_pointer(&cause));
			return NULL;
		}
		g_array_set_size(refusals, 0);
		target = mfl_target_open(found, backend, flags, refusals, &cause);
		if (target) {
			*domain = g_steal_pointer(&found);
			return target;
		}
		if (!stopped && g_error_matches(cause, MFL_ERROR, MFL_ERROR_GONE)) {
			stopped = g_steal_pointer(&cause);
			continue;
		}
		/* libvirt may take it for running a moment longer than its process does. */
		g_propagate_error(error, stopped && cause->code == MFL_ERROR_FAILED ?
						 g_steal_pointer(&stopped) :
						 g_steal_pointer(&cause));
		return NULL;
	}
}

/* Takes @target, @domain and @refusals over. Call with the lock held. */
static gboolean attach(MflMemory *memory, MflTarget *target, MflDomain *domain, GArray *refusals,
		       GError **error)
{
	MflAttachment *attachment = mfl_attachment_new(&memory->pool, target, error);
	const guint64 base = (memory->n_attachments + 1) << GENERATIONS_SHIFT;

	if (!attachment || !set_layout(memory, attachment, base, error)) {
		g_clear_pointer(&attachment, mfl_attachment_retire);
		mfl_domain_unref(domain);
		g_array_unref(refusals);
		return FALSE;
	}
	/*
	 * Readers that have the old addresses find zeros there, and that it is dead. Those
	 * that are in the old target's functions are waited for; they know that, too.
	 */
	pthread_rwlock_wrlock(&memory->using);
	g_clear_pointer(&memory->attachment, mfl_attachment_retire);
	memory->attachment = attachment;
	pthread_rwlock_unlock(&memory->using);
	g_clear_pointer(&memory->domain, mfl_domain_unref);
	g_clear_pointer(&memory->refusals, g_array_unref);
	memory->domain = domain;
	memory->refusals = refusals;
	memory->n_attachments++;
	return TRUE;
}

MflMemory *mfl_memory_open_in(const MflContext *context, const char *argument, const char *uri,
			      MflKey keys, MflBackend backend, MflOpenFlags flags, GError **error)
{
	g_autoptr(GArray) refusals = mfl_refusals_new();
	g_autoptr(MflMemory) memory = NULL;
	MflDomain *domain = NULL;
	MflTarget *target;

	if ((flags & MFL_OPEN_READONLY) && (flags & MFL_OPEN_READ_WRITE)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "memory cannot be opened both read-only and for writing");
		return NULL;
	}
	target = find_and_open(context, argument, uri, keys, backend, flags, &domain, refusals,
			       error);
	if (!target)
		return NULL;
	memory = g_new0(MflMemory, 1);
	memory->references = 1;
	memory->context = context;
	memory->name = g_strdup(domain->name);
	/* An id is given to another domain sooner or later, a UUID is not. */
	memory->key_kind = domain->found_by == MFL_KEY_NAME ? MFL_KEY_NAME : MFL_KEY_UUID;
	memory->key = g_strdup(memory->key_kind == MFL_KEY_NAME ? domain->name : domain->uuid);
	memory->uri = g_strdup(uri);
	memory->wanted = backend;
	memory->flags = flags;
	pthread_mutex_init(&memory->reattaching, NULL);
	pthread_mutex_init(&memory->lock, NULL);
	pthread_rwlock_init(&memory->using, NULL);
	mfl_pool_init(&memory->pool);
	mfl_layout_init(&memory->layout, &memory->lock);
	if (!attach(memory, target, domain, g_steal_pointer(&refusals), error))
		return NULL;
	return g_steal_pointer(&memory);
}

MflMemory *mfl_memory_open(const char *domain, const char *uri, MflBackend backend,
			   MflOpenFlags flags, GError **error)
{
	g_return_val_if_fail(domain, NULL);
	return mfl_memory_open_by(MFL_KEY_ANY, domain, uri, backend, flags, error);
}

MflMemory *mfl_memory_open_by(MflKey keys, const char *domain, const char *uri,
			      MflBackend backend, MflOpenFlags flags, GError **error)
{
	g_return_val_if_fail(domain && (keys & MFL_KEY_ANY), NULL);
	return mfl_memory_open_in(mfl_context_host(), domain, uri, keys, backend, flags, error);
}

MflMemory *mfl_memory_ref(MflMemory *memory)
{
	g_return_val_if_fail(memory, NULL);
	g_atomic_int_inc(&memory->references);
	return memory;
}

void mfl_memory_unref(MflMemory *memory)
{
	g_return_if_fail(memory);
	if (!g_atomic_int_dec_and_test(&memory->references))
		return;
	g_clear_pointer(&memory->attachment, mfl_attachment_retire);
	g_clear_pointer(&memory->domain, mfl_domain_unref);
	mfl_pool_clear(&memory->pool);
	mfl_layout_clear(&memory->layout);
	g_clear_pointer(&memory->refusals, g_array_unref);
	pthread_rwlock_destroy(&memory->using);
	pthread_mutex_destroy(&memory->lock);
	pthread_mutex_destroy(&memory->reattaching);
	g_free(memory->name);
	g_free(memory->key);
	g_free(memory->uri);
	g_free(memory);
}

gboolean mfl_memory_reattach(MflMemory *memory, GError **error)
{
	g_autoptr(GArray) refusals = mfl_refusals_new();
	mfl_autolock reattaching = NULL;
	mfl_autolock locker = NULL;
	MflDomain *domain = NULL;
	MflTarget *target;

	g_return_val_if_fail(memory, FALSE);
	reattaching = mfl_lock_take(&memory->reattaching);
	if (mfl_memory_is_alive(memory))
		return TRUE;
	/* This may take long. Others go on reading meanwhile, and are told GONE. */
	target = find_and_open(memory->context, memory->key, memory->uri, memory->key_kind,
			       memory->wanted, memory->flags, &domain, refusals, error);
	if (!target)
		return FALSE;
	locker = mfl_lock_take(&memory->lock);
	return attach(memory, target, domain, g_steal_pointer(&refusals), error);
}

gboolean mfl_memory_update(MflMemory *memory, GError **error)
{
	mfl_autolock locker = mfl_lock_take(&memory->lock);

	return set_layout(memory, memory->attachment, memory->layout.base, error);
}

gboolean mfl_memory_refresh(MflMemory *memory, GError **error)
{
	g_autoptr(GError) cause = NULL;

	g_return_val_if_fail(memory, FALSE);
	if (mfl_memory_update(memory, &cause))
		return TRUE;
	if (cause->code == MFL_ERROR_GONE)
		mfl_memory_set_error(memory, error, MFL_ERROR_GONE, 0, 0);
	else
		g_propagate_error(error, g_steal_pointer(&cause));
	return FALSE;
}

/* What the status page says; both from the same one. */
static gboolean load_status(MflMemory *memory, guint64 *generation, gboolean *current)
{
	for (;;) {
		MflSnapshot snapshot = mfl_layout_begin(&memory->layout);
		guint64 base = MFL_RELAXED(memory->layout.base);
		guint alive = __atomic_load_n(&snapshot.status->alive, __ATOMIC_ACQUIRE);
		guint64 number = __atomic_load_n(&snapshot.status->generation, __ATOMIC_ACQUIRE);

		if (!mfl_layout_is_current(&memory->layout, &snapshot))
			continue;
		*generation = base + number;
		*current = number == snapshot.generation;
		return alive != 0;
	}
}

gboolean mfl_memory_is_alive(MflMemory *memory)
{
	guint64 generation;
	gboolean current;

	g_return_val_if_fail(memory, FALSE);
	return load_status(memory, &generation, &current);
}

guint64 mfl_memory_get_generation(MflMemory *memory)
{
	guint64 generation;
	gboolean current;

	g_return_val_if_fail(memory, 0);
	load_status(memory, &generation, &current);
	return generation;
}

gboolean mfl_memory_ensure_current(MflMemory *memory, GError **error)
{
	guint64 generation;
	gboolean current;

	if (!load_status(memory, &generation, &current)) {
		mfl_memory_set_error(memory, error, MFL_ERROR_GONE, 0, 0);
		return FALSE;
	}
	return current || mfl_memory_refresh(memory, error);
}

MflDomain *mfl_memory_dup_domain(MflMemory *memory)
{
	mfl_autolock locker = NULL;

	g_return_val_if_fail(memory, NULL);
	locker = mfl_lock_take(&memory->lock);
	return mfl_domain_ref(memory->domain);
}

MflBackend mfl_memory_get_backend(MflMemory *memory)
{
	mfl_autolock locker = NULL;

	g_return_val_if_fail(memory, MFL_BACKEND_AUTO);
	locker = mfl_lock_take(&memory->lock);
	return memory->attachment->target->backend;
}

char *mfl_memory_dup_refusal(MflMemory *memory, MflBackend backend)
{
	mfl_autolock locker = NULL;

	g_return_val_if_fail(memory, NULL);
	locker = mfl_lock_take(&memory->lock);
	for (guint i = 0; i < memory->refusals->len; i++) {
		const MflRefusal *refusal = &g_array_index(memory->refusals, MflRefusal, i);

		if (refusal->backend == backend)
			return g_strdup(refusal->reason);
	}
	return NULL;
}

gboolean mfl_memory_is_readonly(MflMemory *memory)
{
	g_return_val_if_fail(memory, TRUE);
	return mfl_layout_begin(&memory->layout).writable == 0;
}

GArray *mfl_memory_dup_ranges(MflMemory *memory)
{
	GArray *ranges = g_array_new(FALSE, TRUE, sizeof(MflRange));
	mfl_autolock locker = NULL;

	g_return_val_if_fail(memory, ranges);
	mfl_memory_ensure_current(memory, NULL);
	locker = mfl_lock_take(&memory->lock);
	for (gsize i = 0; i < memory->layout.table->n; i++) {
		const MflEntry *entry = &memory->layout.table->entries[i];
		MflRange range = {
			.gpa = entry->gpa,
			.length = entry->end - entry->gpa,
			.readonly = entry->readonly != 0,
		};

		g_array_append_val(ranges, range);
	}
	return ranges;
}

gboolean mfl_memory_find_range(MflMemory *memory, guint64 gpa, MflRange *range)
{
	gboolean found;
	MflEntry entry;

	g_return_val_if_fail(memory && range, FALSE);
	found = mfl_layout_find(&memory->layout, gpa, &entry);
	range->gpa = entry.gpa;
	range->length = entry.end - entry.gpa;
	range->readonly = entry.readonly != 0;
	return found;
}

guint64 mfl_memory_get_end(MflMemory *memory)
{
	g_autoptr(GArray) ranges = NULL;
	const MflRange *last;

	g_return_val_if_fail(memory, 0);
	ranges = mfl_memory_dup_ranges(memory);
	if (!ranges->len)
		return 0;
	last = &g_array_index(ranges, MflRange, ranges->len - 1);
	return last->gpa + last->length;
}

guint64 mfl_memory_get_ram_size(MflMemory *memory)
{
	g_autoptr(GArray) ranges = NULL;
	guint64 size = 0;

	g_return_val_if_fail(memory, 0);
	ranges = mfl_memory_dup_ranges(memory);
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		if (!range->readonly)
			size += range->length;
	}
	return size;
}

const char *mfl_version(void)
{
	return MFL_VERSION;
}
