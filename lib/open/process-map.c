/* SPDX-License-Identifier: MIT */
/*
 * Mapping guest memory that QEMU itself has from a file: a memfd, or a file of tmpfs or
 * hugetlbfs. Its descriptor is QEMU's own, so that no name has to lead to it and no
 * file of another domain's can be in its place.
 */
#include "process-private.h"

#include "fd.h"
#include "pages.h"
#include "process-memory.h"

#include <errno.h>
#include <linux/magic.h>
#include <sys/statfs.h>

/* Windows that firmware switches between RAM and ROM: copied, after another look. */
#define SWITCHED_START 0xa0000
#define SWITCHED_END   (1ULL << 20)

static void clear_file(gpointer file)
{
	mfl_clear_fd(&((MflBackingFile *)file)->fd);
}

GArray *mfl_process_target_files_new(void)
{
	GArray *files = g_array_new(FALSE, FALSE, sizeof(MflBackingFile));

	g_array_set_clear_func(files, clear_file);
	return files;
}

/* Whether [gpa, gpa + length) of @region is of a file that may be mapped here. */
static gboolean can_map(const MflRegion *region, guint64 gpa, guint64 length)
{
	const guint64 page_mask = (guint64)sysconf(_SC_PAGESIZE) - 1;
	const guint64 at = gpa - region->gpa;

	return region->host.shared && region->host.inode && !region->readonly &&
	       (gpa >= SWITCHED_END || gpa + length <= SWITCHED_START) &&
	       !((gpa | length | (region->host.start + at) | (region->host.offset + at)) &
		 page_mask);
}

static MflStretch get_stretch(const MflRegion *region, guint64 gpa, guint64 length)
{
	MflStretch stretch = region->host;

	stretch.start += gpa - region->gpa;
	stretch.offset += gpa - region->gpa;
	stretch.length = length;
	return stretch;
}

static gboolean is_piece_valid(const MflPiece *piece, const GArray *slots, const MflGuestMap *map)
{
	for (guint i = 0; i < slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(slots, struct memflow_memslot, i);
		const MflRegion *region;
		MflStretch stretch;

		if (slot->gpa != piece->gpa || slot->flags & MFL_SLOT_UNMAPPED)
			continue;
		region = &map->regions[mfl_guest_map_find(map, slot->gpa)];
		stretch = get_stretch(region, slot->gpa, slot->length);
		return stretch.start == piece->host.start && stretch.length == piece->host.length &&
		       stretch.device == piece->host.device &&
		       stretch.inode == piece->host.inode && stretch.offset == piece->host.offset;
	}
	return FALSE;
}

static gboolean overlap(const MflPiece *a, const MflPiece *b)
{
	return a->address < b->address + b->length && b->address < a->address + a->length;
}

/* With lock. Also of others that share a huge page with it; they are mapped anew. */
static void drop_piece(MflProcessTarget *self, guint index)
{
	const MflPiece piece = g_array_index(self->pieces, MflPiece, index);

	(void)mfl_pages_clear(piece.address, piece.length);
	for (guint i = self->pieces->len; i-- > 0;)
		if (overlap(&g_array_index(self->pieces, MflPiece, i), &piece))
			g_array_remove_index_fast(self->pieces, i);
}

/* With lock. */
static gboolean is_file_used(const MflGuestMap *map, const MflBackingFile *file)
{
	for (guint i = 0; i < map->n; i++)
		if (map->regions[i].host.device == file->device &&
		    map->regions[i].host.inode == file->inode)
			return TRUE;
	return FALSE;
}

/* Zeros where nothing of the present layout is; unplugged memory is let go of. */
static void drop_pieces(MflProcessTarget *self, const GArray *slots, guint64 *generation)
{
	mfl_autolock locker = mfl_lock_take(&self->lock);
	gboolean told = FALSE;

	for (guint i = 0; i < self->pieces->len;) {
		if (is_piece_valid(&g_array_index(self->pieces, MflPiece, i), slots, self->map)) {
			i++;
			continue;
		}
		/* First, so that no reader takes the zeros for the guest's. */
		if (!told) {
			mfl_watch_tell_change(self->watch);
			*generation = mfl_watch_get_generation(self->watch);
			told = TRUE;
		}
		drop_piece(self, i);
		i = 0;
	}
	for (guint i = self->files->len; i-- > 0;)
		if (!is_file_used(self->map, &g_array_index(self->files, MflBackingFile, i)))
			g_array_remove_index_fast(self->files, i);
}

static void add_slot(const MflProcessTarget *self, GArray *slots, const MflRegion *region,
		     guint64 gpa, guint64 end)
{
	const guint64 from = MAX(gpa, region->gpa);
	const guint64 to = MIN(end, region->gpa + region->length);
	struct memflow_memslot slot = {
		.gpa = from,
		.length = to - from,
		.flags = region->readonly ? MEMFLOW_READONLY : 0,
	};

	if (from >= to)
		return;
	if (!self->maps_files || !can_map(region, from, to - from))
		slot.flags |= MFL_SLOT_UNMAPPED;
	g_array_append_val(slots, slot);
}

GArray *mfl_process_target_make_slots(MflProcessTarget *self, guint64 *generation)
{
	GArray *slots = g_array_sized_new(FALSE, TRUE, sizeof(struct memflow_memslot),
					  self->map->n + 2);

	for (guint i = 0; i < self->map->n; i++) {
		const MflRegion *region = &self->map->regions[i];

		add_slot(self, slots, region, 0, SWITCHED_START);
		add_slot(self, slots, region, SWITCHED_START, SWITCHED_END);
		add_slot(self, slots, region, SWITCHED_END, G_MAXUINT64);
	}
	if (self->maps_files)
		drop_pieces(self, slots, generation);
	return slots;
}

/* With lock. NULL: there is no descriptor of it. */
static const MflBackingFile *get_file(MflProcessTarget *self, const MflStretch *stretch,
				      GError **error)
{
	MflBackingFile file = { .device = stretch->device, .inode = stretch->inode };
	struct statfs status;

	for (guint i = 0; i < self->files->len; i++) {
		const MflBackingFile *known = &g_array_index(self->files, MflBackingFile, i);

		if (known->device == file.device && known->inode == file.inode)
			return known;
	}
	file.fd = mfl_process_get_file(self->process, stretch, error);
	if (file.fd < 0)
		return NULL;
	file.page = (guint64)sysconf(_SC_PAGESIZE);
	if (fstatfs(file.fd, &status) == 0 && status.f_type == HUGETLBFS_MAGIC &&
	    status.f_bsize > 0)
		file.page = MAX(file.page, (guint64)status.f_bsize);
	g_array_append_val(self->files, file);
	return &g_array_index(self->files, MflBackingFile, self->files->len - 1);
}

gboolean mfl_process_target_check_files(MflProcessTarget *self, GError **error)
{
	mfl_autolock locker = mfl_lock_take(&self->lock);
	const MflRegion *largest = NULL;
	guint64 all = 0;
	guint64 mapped = 0;

	for (guint i = 0; i < self->map->n; i++) {
		const MflRegion *region = &self->map->regions[i];

		if (region->readonly)
			continue;
		all += region->length;
		if (!region->host.shared || !region->host.inode)
			continue;
		mapped += region->length;
		if (!largest || region->length > largest->length)
			largest = region;
	}
	if (!largest || mapped < all / 2) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "most of its RAM is not shared: %" G_GUINT64_FORMAT
			    " of %" G_GUINT64_FORMAT " MiB are",
			    mapped >> 20, all >> 20);
		return FALSE;
	}
	return get_file(self, &largest->host, error) != NULL;
}

/* The slots come one by one; between them there is nothing. */
int mfl_process_target_reserve(MflTarget *target, guint64 gpa, gsize length, gpointer address)
{
	(void)target;
	(void)gpa;
	(void)length;
	(void)address;
	return 0;
}

/* With lock. Maps the pages of @file that @piece lies in. */
static int map_piece(MflProcessTarget *self, const MflBackingFile *file, MflPiece *piece)
{
	const guint64 mask = file->page - 1;
	const guint64 before = piece->host.offset & mask;
	const int prot = self->target.readonly ? PROT_READ : PROT_READ | PROT_WRITE;

	if (((guintptr)piece->address & mask) != before)
		return EINVAL;
	piece->address -= before;
	piece->length = (gsize)((before + piece->host.length + mask) & ~mask);
	if (self->domain->context->env->mmap(piece->address, piece->length, prot,
					     MAP_SHARED | MAP_FIXED, file->fd,
					     (off_t)(piece->host.offset - before)) == MAP_FAILED)
		return errno;
	g_array_append_val(self->pieces, *piece);
	return 0;
}

int mfl_process_target_map_slot(MflTarget *target, guint64 gpa, gsize length, gpointer address)
{
	MflProcessTarget *self = (MflProcessTarget *)target;
	mfl_autolock locker = mfl_lock_take(&self->lock);
	const MflBackingFile *file;
	const MflRegion *region;
	MflPiece piece;
	guint i;

	if (self->over)
		return ENODEV;
	i = mfl_guest_map_find(self->map, gpa);
	region = &self->map->regions[i];
	if (i >= self->map->n || gpa < region->gpa ||
	    length > region->length - (gpa - region->gpa) || !can_map(region, gpa, length))
		return EINVAL;
	piece.gpa = gpa;
	piece.host = get_stretch(region, gpa, length);
	piece.address = address;
	for (i = 0; i < self->pieces->len; i++) {
		const MflPiece *known = &g_array_index(self->pieces, MflPiece, i);

		if (known->gpa == gpa && known->host.length == length &&
		    (char *)address >= known->address &&
		    (char *)address < known->address + known->length)
			return 0; /* get_slots() has seen to it that it is true */
	}
	file = get_file(self, &piece.host, NULL);
	return file ? map_piece(self, file, &piece) : ENOENT;
}

void mfl_process_target_drop_all(MflProcessTarget *self)
{
	mfl_autolock locker = mfl_lock_take(&self->lock);

	self->over = TRUE;
	while (self->pieces->len)
		drop_piece(self, 0);
	g_array_set_size(self->files, 0);
}
