/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing guest memory.
 *
 * The way everyone takes: look up, copy, then ask the status page whether what was
 * copied is what the guest had there. No system call, no lock, no allocation.
 * Everything else (the layout changed, something is not mapped) takes the lock.
 */
#include "memory.h"

#include <errno.h>
#include <string.h>

/*
 * x86 firmware switches windows below 1 MiB between RAM and ROM (PAM, SMRAM). A
 * store through a mapping that meets the switch would be a SIGBUS; the module
 * looks at the memslots of that moment and says EROFS. So stores there are its.
 */
#define SWITCHED_END (1ULL << 20)

#define MAX_PIECES 8
#define ATTEMPTS   64

/* Segments read between two looks at the status page. */
#define LIST_MAX 64

typedef struct {
	char *host;
	gsize length;
} Piece;

/* Besides the MflError codes that an access can fail with. */
enum {
	DONE = 0,
	AGAIN = -1,    /* the layout was being changed */
	STALE = -2,    /* the layout has to be read anew */
	UNMAPPED = -3, /* the module has to copy */
};

/*
 * Where the bytes are. What comes out counts only if the snapshot is current then.
 * Goes from entry to entry and never adds @length to @gpa, which might overflow.
 */
static int resolve(const MflSnapshot *snapshot, gboolean write, guint64 gpa, gsize length,
		   Piece *pieces, guint *n_pieces)
{
	const gsize n = MFL_RELAXED(snapshot->table->n);
	int outcome = DONE;

	*n_pieces = 0;
	if (write && gpa < SWITCHED_END)
		outcome = UNMAPPED;
	for (gsize i = mfl_snapshot_find(snapshot, n, gpa); length > 0; i++) {
		MflEntry entry;
		gsize part;

		if (i >= n)
			return MFL_ERROR_RANGE;
		entry = mfl_snapshot_get(snapshot, i);
		if (gpa < entry.gpa || gpa >= entry.end)
			return MFL_ERROR_RANGE;
		if (write && entry.readonly)
			return MFL_ERROR_READONLY;
		part = MIN(length, entry.end - gpa);
		if (!entry.host || *n_pieces == MAX_PIECES) {
			outcome = UNMAPPED;
		} else {
			pieces[*n_pieces].host = (char *)entry.host + (gpa - entry.gpa);
			pieces[*n_pieces].length = part;
			++*n_pieces;
		}
		gpa += part;
		length -= part;
	}
	return outcome;
}

/* Whether everything before this call happened to a living VM of that layout. */
static inline int check_state(MflMemory *memory, const MflSnapshot *snapshot)
{
	guint alive;
	guint64 generation;

	mfl_layout_read_barrier(&memory->layout);
	alive = __atomic_load_n(&snapshot->status->alive, __ATOMIC_ACQUIRE);
	generation = __atomic_load_n(&snapshot->status->generation, __ATOMIC_ACQUIRE);
	if (!mfl_layout_is_current(&memory->layout, snapshot))
		return AGAIN;
	if (!alive)
		return MFL_ERROR_GONE;
	return generation == snapshot->generation ? DONE : STALE;
}

static int try_mapped(MflMemory *memory, gboolean write, guint64 gpa, char *buffer, gsize length)
{
	MflSnapshot snapshot = mfl_layout_begin(&memory->layout);
	Piece pieces[MAX_PIECES];
	guint n_pieces;
	int outcome = write && !snapshot.writable ?
			      MFL_ERROR_READONLY :
			      resolve(&snapshot, write, gpa, length, pieces, &n_pieces);
	int state;

	/*
	 * Before the first byte: the addresses are of one layout and, for a store,
	 * of the one that the VM has now.
	 */
	if (write)
		state = check_state(memory, &snapshot);
	else
		state = mfl_layout_is_current(&memory->layout, &snapshot) ? DONE : AGAIN;
	if (state != DONE)
		return state;
	if (outcome == DONE) {
		for (guint i = 0; i < n_pieces; i++) {
			if (write)
				memcpy(pieces[i].host, buffer, pieces[i].length);
			else
				memcpy(buffer, pieces[i].host, pieces[i].length);
			buffer += pieces[i].length;
		}
	}
	state = check_state(memory, &snapshot);
	return state != DONE ? state : outcome;
}

static MflError code_of_transfer(gint64 result)
{
	switch (-result) {
	case ENXIO:
		return MFL_ERROR_RANGE;
	case EROFS:
	case EBADF:
		return MFL_ERROR_READONLY;
	case ENODEV:
		return MFL_ERROR_GONE;
	default:
		return MFL_ERROR_IO;
	}
}

/* Segments that are given to a target at once. */
#define TRANSFER_MAX 512

/*
 * By a target that copies whole lists: those with status AGAIN. FALSE: it is none. It looks
 * by itself whether its VM is alive; the layout is looked at before.
 */
static gboolean transfer_list(MflMemory *memory, gboolean write, MflSegment *segments,
			      gsize n_segments)
{
	MflSegment *left[TRANSFER_MAX];
	const MflTarget *target;
	gboolean able;
	gsize n = 0;

	pthread_rwlock_rdlock(&memory->using);
	target = memory->attachment->target;
	able = target->ops->transfer_list != NULL;
	for (gsize i = 0; able && i < n_segments; i++) {
		if (segments[i].status == AGAIN)
			left[n++] = &segments[i];
		if (n == TRANSFER_MAX || (n > 0 && i + 1 == n_segments)) {
			target->ops->transfer_list(memory->attachment->target, write, left, n);
			n = 0;
		}
	}
	pthread_rwlock_unlock(&memory->using);
	return able;
}

/* By the module, which looks at the memslots itself. */
static int transfer(MflMemory *memory, gboolean write, guint64 gpa, char *buffer, gsize length)
{
	MflSegment segment = { .gpa = gpa, .buffer = buffer, .length = length, .status = AGAIN };
	mfl_autolock locker = NULL;
	MflTarget *target;

	if (transfer_list(memory, write, &segment, 1))
		return segment.status;
	locker = mfl_lock_take(&memory->lock);
	target = memory->attachment->target;
	/* Re-attached meanwhile, by a backend that has another way. */
	if (!target->ops->transfer)
		return MFL_ERROR_GONE;
	while (length > 0) {
		gint64 result = target->ops->transfer(target, write, gpa, buffer, length);

		if (result <= 0)
			return (int)code_of_transfer(result);
		gpa += (guint64)result;
		buffer += result;
		length -= (gsize)result;
	}
	return DONE;
}

static int update(MflMemory *memory)
{
	g_autoptr(GError) cause = NULL;

	return mfl_memory_update(memory, &cause) ? DONE : cause->code;
}

static int access_memory(MflMemory *memory, gboolean write, guint64 gpa, gpointer buffer,
			 gsize length)
{
	if (length == 0)
		return DONE;
	for (guint attempt = 0; attempt < ATTEMPTS; attempt++) {
		int outcome = try_mapped(memory, write, gpa, buffer, length);
		int failure;

		if (outcome == UNMAPPED)
			break;
		if (outcome != AGAIN && outcome != STALE)
			return outcome;
		if (outcome == STALE && (failure = update(memory)) != DONE &&
		    failure != MFL_ERROR_GONE)
			return failure;
	}
	/* Also for a guest that changes its layout faster than we look. */
	return transfer(memory, write, gpa, buffer, length);
}

void mfl_memory_set_error(MflMemory *memory, GError **error, int code, guint64 gpa, gsize length)
{
	static const char *const texts[] = {
		[MFL_ERROR_RANGE] = "there is no guest memory",
		[MFL_ERROR_READONLY] = "the memory cannot be written",
		[MFL_ERROR_IO] = "the host cannot access the memory",
	};

	if (code == MFL_ERROR_GONE)
		g_set_error(error, MFL_ERROR, code,
			    "domain \"%s\" has stopped, or access to it was revoked; re-attach "
			    "once it runs again",
			    memory->name);
	else
		g_set_error(error, MFL_ERROR, code,
			    "domain \"%s\", 0x%" G_GINT64_MODIFIER "x+0x%" G_GSIZE_MODIFIER "x: %s",
			    memory->name, gpa, length,
			    code < (int)G_N_ELEMENTS(texts) && texts[code] ? texts[code] :
									     "access failed");
}

/*
 * The entry that all of @segment lies in, if it lies in one that is mapped. An entry that
 * was whole once may be read from for as long as the memory object lives, even if it
 * has become that of another layout, or of a VM that is gone: see attachment.h.
 * By value, and not in line, so that the caller can keep everything in registers.
 */
static G_GNUC_NO_INLINE MflWindow find_window(MflMemory *memory, MflSnapshot snapshot,
					      const MflSegment *segment)
{
	static const MflWindow none;
	const gsize n = MFL_RELAXED(snapshot.table->n);
	const gsize i = mfl_snapshot_find(&snapshot, n, segment->gpa);
	MflEntry entry;

	if (i >= n)
		return none;
	entry = mfl_snapshot_get(&snapshot, i);
	if (!entry.host || segment->gpa < entry.gpa || segment->gpa >= entry.end ||
	    segment->length - 1 >= entry.end - segment->gpa)
		return none;
	/* Before the first byte: what was taken out is one entry. */
	if (!mfl_layout_is_current(&memory->layout, &snapshot))
		return none;
	return (MflWindow){ entry.gpa, entry.end - entry.gpa, entry.host };
}

/* Without adding, which might overflow; and no length of 0 passes. */
static inline gboolean is_in_window(const MflWindow *window, guint64 offset, gsize length)
{
	return offset < window->length && length - 1 < window->length - offset;
}

/*
 * Pointers are what is read most of all, and calling memcpy() takes longer than copying
 * one. A pointer that lies on a multiple of its size comes out whole, as by memcpy().
 */
static inline void copy_out(char *buffer, const char *host, gsize length)
{
	if (length - 8 <= 8) {
		guint64 first, last;

		memcpy(&first, host, 8);
		memcpy(&last, host + length - 8, 8);
		memcpy(buffer, &first, 8);
		memcpy(buffer + length - 8, &last, 8);
	} else {
		memcpy(buffer, host, length);
	}
}

/*
 * All of a list for a target that maps nothing. FALSE: it is not that, or there is
 * something about it that is to be looked at.
 */
static gboolean copy_unmapped(MflMemory *memory, gboolean write, MflSegment *segments,
			      gsize n_segments, gsize *n_done)
{
	MflSnapshot snapshot;

	if (G_LIKELY(mfl_layout_get_largest(&memory->layout).length))
		return FALSE;
	snapshot = mfl_layout_begin(&memory->layout);
	if (check_state(memory, &snapshot) != DONE)
		return FALSE;
	for (gsize i = 0; i < n_segments; i++)
		segments[i].status = AGAIN;
	if (!transfer_list(memory, write, segments, n_segments))
		return FALSE;
	*n_done = 0;
	for (gsize i = 0; i < n_segments; i++)
		*n_done += segments[i].status == DONE;
	return TRUE;
}

/* One by one: what read_list() left, if it read any; else all of it. */
static G_GNUC_NO_INLINE gsize read_left(MflMemory *memory, MflSegment *segments, gsize n_segments,
					gsize n_read)
{
	gsize n_done = n_read;

	if (n_read == 0 && copy_unmapped(memory, FALSE, segments, n_segments, &n_done))
		return n_done;
	for (gsize i = 0; i < n_segments; i++) {
		MflSegment *segment = &segments[i];

		if (n_read > 0 && segment->status == DONE)
			continue;
		segment->status = access_memory(memory, FALSE, segment->gpa, segment->buffer,
						segment->length);
		n_done += segment->status == DONE;
	}
	return n_done;
}

/*
 * Copies what is easily copied, and only then asks whether it counts: none of it does
 * if the VM, or its layout, was not the same until the last byte. A return as the last
 * thing, here and in the callers, so that for a short list little is saved and restored.
 */
static G_GNUC_NO_INLINE gsize read_list(MflMemory *memory, MflSegment *segments, gsize n_segments)
{
	MflSnapshot snapshot = mfl_layout_begin(&memory->layout);
	MflWindow window = mfl_layout_get_largest(&memory->layout);
	gsize n_done = n_segments;

	if (G_UNLIKELY(!window.length || !mfl_layout_is_current(&memory->layout, &snapshot)))
		return read_left(memory, segments, n_segments, 0);
	for (gsize i = 0; i < n_segments; i++) {
		MflSegment *segment = &segments[i];
		guint64 offset = segment->gpa - window.gpa;

		if (G_UNLIKELY(!is_in_window(&window, offset, segment->length))) {
			const MflWindow found = find_window(memory, snapshot, segment);

			if (!found.length) {
				segment->status = AGAIN;
				n_done--;
				continue;
			}
			window = found;
			offset = segment->gpa - window.gpa;
		}
		copy_out(segment->buffer, (const char *)window.host + offset, segment->length);
		segment->status = DONE;
	}
	if (G_UNLIKELY(check_state(memory, &snapshot) != DONE))
		n_done = 0;
	else if (G_LIKELY(n_done == n_segments))
		return n_done;
	return read_left(memory, segments, n_segments, n_done);
}

static G_GNUC_NO_INLINE gsize read_long(MflMemory *memory, MflSegment *segments, gsize n_segments)
{
	gsize n_done = 0;

	if (copy_unmapped(memory, FALSE, segments, n_segments, &n_done))
		return n_done;
	for (; n_segments > LIST_MAX; n_segments -= LIST_MAX, segments += LIST_MAX)
		n_done += read_list(memory, segments, LIST_MAX);
	return n_done + read_list(memory, segments, n_segments);
}

/*
 * A list of one, which is what most calls of a memflow host come down to. Whatever is not
 * plain is left to read_list(), which begins anew.
 */
static G_GNUC_NO_INLINE gsize read_one(MflMemory *memory, MflSegment *segment)
{
	const MflSnapshot snapshot = mfl_layout_begin(&memory->layout);
	const MflWindow window = mfl_layout_get_largest(&memory->layout);
	const guint64 offset = segment->gpa - window.gpa;

	if (G_UNLIKELY(!is_in_window(&window, offset, segment->length) ||
		       !mfl_layout_is_current(&memory->layout, &snapshot)))
		return read_list(memory, segment, 1);
	copy_out(segment->buffer, (const char *)window.host + offset, segment->length);
	segment->status = DONE;
	if (G_LIKELY(check_state(memory, &snapshot) == DONE))
		return 1;
	return read_list(memory, segment, 1);
}

gboolean mfl_memory_read(MflMemory *memory, guint64 gpa, gpointer buffer, gsize length,
			 GError **error)
{
	MflSegment segment = { .gpa = gpa, .buffer = buffer, .length = length };

	g_return_val_if_fail(memory && (buffer || !length), FALSE);
	if (read_one(memory, &segment) == 1)
		return TRUE;
	mfl_memory_set_error(memory, error, segment.status, gpa, length);
	return FALSE;
}

gboolean mfl_memory_write(MflMemory *memory, guint64 gpa, gconstpointer buffer, gsize length,
			  GError **error)
{
	MflSegment segment = { .gpa = gpa, .buffer = (gpointer)buffer, .length = length };
	gsize n_done;

	g_return_val_if_fail(memory && (buffer || !length), FALSE);
	if (!copy_unmapped(memory, TRUE, &segment, 1, &n_done))
		segment.status = access_memory(memory, TRUE, gpa, segment.buffer, length);
	if (segment.status == DONE)
		return TRUE;
	mfl_memory_set_error(memory, error, segment.status, gpa, length);
	return FALSE;
}

gsize mfl_memory_readv(MflMemory *memory, MflSegment *segments, gsize n_segments)
{
	g_return_val_if_fail(memory && (segments || !n_segments), 0);
	if (n_segments == 1)
		return read_one(memory, segments);
	if (G_LIKELY(n_segments <= LIST_MAX))
		return read_list(memory, segments, n_segments);
	return read_long(memory, segments, n_segments);
}

/*
 * One by one: each is to be checked before its first byte, so there is nothing to save; unless
 * all of them are copied by system calls.
 */
gsize mfl_memory_writev(MflMemory *memory, MflSegment *segments, gsize n_segments)
{
	gsize n_done = 0;

	g_return_val_if_fail(memory && (segments || !n_segments), 0);
	if (copy_unmapped(memory, TRUE, segments, n_segments, &n_done))
		return n_done;
	for (gsize i = 0; i < n_segments; i++) {
		MflSegment *segment = &segments[i];

		segment->status =
			access_memory(memory, TRUE, segment->gpa, segment->buffer, segment->length);
		n_done += segment->status == DONE;
	}
	return n_done;
}

gpointer mfl_memory_get_pointer(MflMemory *memory, guint64 gpa, gsize length, GError **error)
{
	MflEntry entry;

	g_return_val_if_fail(memory, NULL);
	if (!mfl_memory_ensure_current(memory, error))
		return NULL;
	if (!mfl_layout_find(&memory->layout, gpa, &entry) || gpa < entry.gpa ||
	    length > entry.end - gpa) {
		mfl_memory_set_error(memory, error, MFL_ERROR_RANGE, gpa, length);
		return NULL;
	}
	if (!entry.host) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "domain \"%s\", 0x%" G_GINT64_MODIFIER
			    "x: not mapped here; read it instead",
			    memory->name, gpa);
		return NULL;
	}
	return (gpointer)(entry.host + (gpa - entry.gpa));
}
