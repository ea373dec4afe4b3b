/* SPDX-License-Identifier: MIT */
/*
 * Copying between a guest and this process by system calls.
 *
 * Reads go by process_vm_readv(2), which takes hundreds of pieces at once, and a pid. If
 * the process that was opened is alive afterwards, the pid was its own meanwhile, and the
 * bytes count; otherwise they are taken back.
 *
 * For a write that is too late. So writes go through /proc/PID/mem, which was opened once
 * and is that process's memory, or nobody's. And because QEMU may have unplugged memory of
 * the guest and use the addresses for itself, the kernel is asked before what is mapped
 * there.
 */
#include "process-private.h"

#include "process-memory.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Within IOV_MAX (1024), and little enough for the stack. */
#define BATCH 256

/*
 * Between the end of conventional memory and 1 MiB x86 firmware switches windows between
 * RAM and ROM, which no mapping and no libvirt tells about.
 */
#define SWITCHED_START 0xa0000
#define SWITCHED_END   (1ULL << 20)

typedef struct {
	guint n;
	struct iovec local[BATCH];
	struct iovec remote[BATCH];
	const MflRegion *regions[BATCH];
	MflSegment *segments[BATCH];
} Batch;

typedef struct {
	MflProcessTarget *target;
	gboolean write;
	MflGuestMap *map;
	char *maps; /* text of /proc/PID/maps, once it was needed */
	gsize maps_length;
	gconstpointer faulted; /* where there was no page a moment ago */
	gboolean ended;	       /* the process has no memory any more */
	Batch batch;
} Copy;

static gboolean is_in_place(Copy *copy, const MflRegion *region)
{
	if (!copy->maps)
		copy->maps = mfl_process_read_maps(copy->target->process, &copy->maps_length, NULL);
	return copy->maps && mfl_maps_has(copy->maps, copy->maps_length, &region->host);
}

/* The parts of a piece that were copied. */
static void advance(Batch *batch, guint i, gsize length)
{
	batch->local[i].iov_base = (char *)batch->local[i].iov_base + length;
	batch->local[i].iov_len -= length;
	batch->remote[i].iov_base = (char *)batch->remote[i].iov_base + length;
	batch->remote[i].iov_len -= length;
}

/*
 * There is no page to be had, as in the memory of a device or with a hardware error: zeros,
 * as through the module. Or the guest's memory is not there any more; or it was not for a
 * moment, and is again, so that a page is tried twice.
 */
static gboolean fill_page(Copy *copy, guint i)
{
	Batch *batch = &copy->batch;
	const gsize page = (gsize)sysconf(_SC_PAGESIZE);
	const gsize in_page = page - ((guintptr)batch->remote[i].iov_base & (page - 1));
	const gsize length = MIN(in_page, batch->remote[i].iov_len);

	g_clear_pointer(&copy->maps, g_free);
	if (!is_in_place(copy, batch->regions[i]))
		return FALSE;
	if (copy->faulted != batch->remote[i].iov_base) {
		copy->faulted = batch->remote[i].iov_base;
		return TRUE;
	}
	memset(batch->local[i].iov_base, 0, length);
	advance(batch, i, length);
	return TRUE;
}

static int code_of(gssize result)
{
	switch (-result) {
	case ESRCH:
		return MFL_ERROR_GONE;
	case EPERM:
	case EACCES:
		return MFL_ERROR_PERMISSION;
	default:
		return MFL_ERROR_IO;
	}
}

static void read_batch(Copy *copy)
{
	Batch *batch = &copy->batch;
	guint i = 0;

	while (i < batch->n) {
		gssize result = mfl_process_readv(copy->target->process, &batch->local[i],
						  &batch->remote[i], batch->n - i);
		const gboolean stuck = result <= 0;

		for (; result > 0 && i < batch->n; i++) {
			const gsize length = MIN((gsize)result, batch->remote[i].iov_len);

			advance(batch, i, length);
			result -= (gssize)length;
			if (batch->remote[i].iov_len)
				break;
		}
		if (!stuck)
			continue;
		copy->ended |= result == -ESRCH;
		if ((result != -EFAULT && result != 0) || !fill_page(copy, i))
			batch->segments[i]->status = result ? code_of(result) : MFL_ERROR_IO;
		if (batch->segments[i]->status || !batch->remote[i].iov_len)
			i++;
	}
	batch->n = 0;
}

static int write_piece(Copy *copy, guint i)
{
	Batch *batch = &copy->batch;

	while (batch->remote[i].iov_len) {
		const ssize_t done = copy->target->domain->context->env->pwrite(
			copy->target->memory, batch->local[i].iov_base, batch->local[i].iov_len,
			(off_t)(guintptr)batch->remote[i].iov_base);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			copy->ended |= done == 0;
			return done ? MFL_ERROR_IO : MFL_ERROR_GONE;
		}
		advance(batch, i, (gsize)done);
	}
	return 0;
}

static void write_batch(Copy *copy)
{
	Batch *batch = &copy->batch;

	for (guint i = 0; i < batch->n; i++)
		if (!batch->segments[i]->status)
			batch->segments[i]->status = write_piece(copy, i);
	batch->n = 0;
}

static void copy_batch(Copy *copy)
{
	if (copy->write)
		write_batch(copy);
	else
		read_batch(copy);
}

/* Whether all of it can be copied; a write is done as a whole or not at all. */
static int check(Copy *copy, const MflSegment *segment)
{
	const MflGuestMap *map = copy->map;
	guint64 gpa = segment->gpa;
	gsize length = segment->length;

	for (guint i = mfl_guest_map_find(map, gpa); length > 0; i++) {
		const MflRegion *region = &map->regions[i];
		gsize part;

		if (i >= map->n || gpa < region->gpa)
			return MFL_ERROR_RANGE;
		if (copy->write && region->readonly)
			return MFL_ERROR_READONLY;
		if (copy->write && !is_in_place(copy, region))
			return MFL_ERROR_IO;
		part = MIN(length, region->length - (gpa - region->gpa));
		gpa += part;
		length -= part;
	}
	return 0;
}

static void add(Copy *copy, MflSegment *segment)
{
	const MflGuestMap *map = copy->map;
	Batch *batch = &copy->batch;
	guint64 gpa = segment->gpa;
	gsize length = segment->length;
	char *buffer = segment->buffer;

	for (guint i = mfl_guest_map_find(map, gpa); length > 0; i++) {
		const MflRegion *region = &map->regions[i];
		const guint64 offset = gpa - region->gpa;
		const gsize part = MIN(length, region->length - offset);

		if (batch->n == BATCH)
			copy_batch(copy);
		batch->local[batch->n] = (struct iovec){ buffer, part };
		batch->remote[batch->n] =
			(struct iovec){ (gpointer)(guintptr)(region->host.start + offset), part };
		batch->regions[batch->n] = region;
		batch->segments[batch->n++] = segment;
		gpa += part;
		buffer += part;
		length -= part;
	}
}

static gboolean is_switched(const MflSegment *segment)
{
	return segment->length && segment->gpa < SWITCHED_END &&
	       segment->length > SWITCHED_START - MIN(segment->gpa, SWITCHED_START);
}

/* Those that another layout may help. */
static gboolean is_doubtful(const MflSegment *segment)
{
	return segment->status == MFL_ERROR_RANGE || segment->status == MFL_ERROR_IO ||
	       (segment->status == MFL_ERROR_READONLY && is_switched(segment));
}

static void set_map(Copy *copy, MflGuestMap *map)
{
	g_clear_pointer(&copy->map, mfl_guest_map_unref);
	copy->map = map;
	g_clear_pointer(&copy->maps, g_free);
}

/* With one layout: all of them, or those that may be helped by it. */
static gboolean copy_all(Copy *copy, MflSegment **segments, gsize n, gboolean again)
{
	gboolean doubtful = FALSE;

	for (gsize i = 0; i < n; i++) {
		MflSegment *segment = segments[i];

		if (again && !is_doubtful(segment))
			continue;
		segment->status = copy->write && copy->target->target.readonly ?
					  (int)MFL_ERROR_READONLY :
					  check(copy, segment);
		if (!segment->status)
			add(copy, segment);
	}
	copy_batch(copy);
	for (gsize i = 0; i < n && !doubtful; i++)
		doubtful = is_doubtful(segments[i]);
	return doubtful;
}

static void take_back(Copy *copy, MflSegment **segments, gsize n)
{
	mfl_watch_tell_end(copy->target->watch);
	for (gsize i = 0; i < n; i++) {
		if (!segments[i]->length)
			continue;
		segments[i]->status = MFL_ERROR_GONE;
		if (!copy->write)
			memset(segments[i]->buffer, 0, segments[i]->length);
	}
}

void mfl_process_target_transfer(MflTarget *target, gboolean write, MflSegment **segments, gsize n)
{
	MflProcessTarget *self = (MflProcessTarget *)target;
	gboolean switched = FALSE;
	MflGuestMap *newer;
	Copy copy; /* of which most is a batch that nobody looks at yet */

	copy.target = self;
	copy.write = write;
	copy.map = mfl_process_target_ref_map(self);
	copy.maps = NULL;
	copy.faulted = NULL;
	copy.ended = FALSE;
	copy.batch.n = 0;
	for (gsize i = 0; i < n && !switched; i++)
		switched = is_switched(segments[i]);
	if (switched && (newer = mfl_process_target_renew_map(self, copy.map)))
		set_map(&copy, newer);
	if (copy_all(&copy, segments, n, FALSE) &&
	    (newer = mfl_process_target_renew_map(self, copy.map))) {
		set_map(&copy, newer);
		copy_all(&copy, segments, n, TRUE);
	}
	/* The memory of a process goes before the process does. */
	if (copy.ended || !mfl_process_is_alive(self->process))
		take_back(&copy, segments, n);
	set_map(&copy, NULL);
}
