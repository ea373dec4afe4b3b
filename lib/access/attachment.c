/* SPDX-License-Identifier: MIT */
/* An open target and where it is mapped in this process: see attachment.h. */
#include "attachment.h"

#include "error.h"
#include "pages.h"

#include <errno.h>

/* So that huge pages can be mapped as such, where there is room for it the largest ones. */
#define MAP_ALIGN (sizeof(gpointer) > 4 ? 1UL << 30 : 2UL << 20)
#define GPA_ALIGN (1ULL << 30) /* room for memory that is plugged later */
#define MAX_AREAS 64
#define RETIRED_MAX 64	  /* reservations kept before the oldest are used again */
#define END_MAX	  MEMFLOW_STATUS_OFFSET /* of guest physical addresses */

typedef struct {
	guint64 gpa;
	guint64 end;
	char *host;
} Area;

void mfl_pool_init(MflPool *pool)
{
	pool->reservations = g_array_new(FALSE, FALSE, sizeof(MflReservation));
	g_queue_init(&pool->retired);
}

void mfl_pool_clear(MflPool *pool)
{
	for (guint i = 0; i < pool->reservations->len; i++) {
		MflReservation *reservation =
			&g_array_index(pool->reservations, MflReservation, i);

		munmap(reservation->base, reservation->length);
	}
	g_array_unref(pool->reservations);
	g_queue_clear_full(&pool->retired, g_free);
}

/* The oldest retired reservation that fits without wasting much. */
static gboolean take_retired(MflPool *pool, gsize length, MflReservation *taken)
{
	if (g_queue_get_length(&pool->retired) < RETIRED_MAX)
		return FALSE;
	for (GList *link = pool->retired.head; link; link = link->next) {
		MflReservation *candidate = link->data;

		if (candidate->length < length || candidate->length / 4 > length)
			continue;
		*taken = *candidate;
		g_free(candidate);
		g_queue_delete_link(&pool->retired, link);
		return TRUE;
	}
	return FALSE;
}

static gboolean reserve(MflPool *pool, gsize length, MflReservation *reservation)
{
	void *base;

	if (take_retired(pool, length, reservation))
		return TRUE;
	base = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (base == MAP_FAILED)
		return FALSE;
	reservation->base = base;
	reservation->length = length;
	g_array_append_val(pool->reservations, *reservation);
	return TRUE;
}

static void retire(MflPool *pool, MflReservation *reservation)
{
	/* Should it fail, the old mapping reads as zeros just as well: it is dead. */
	(void)mfl_pages_clear(reservation->base, reservation->length);
	g_queue_push_tail(&pool->retired, g_memdup2(reservation, sizeof(*reservation)));
}

MflAttachment *mfl_attachment_new(MflPool *pool, MflTarget *target, GError **error)
{
	MflAttachment *attachment = g_new0(MflAttachment, 1);
	MflReservation page;
	int errnum = ENOMEM;

	attachment->target = target;
	attachment->pool = pool;
	attachment->areas = g_array_new(FALSE, FALSE, sizeof(Area));
	attachment->reservations = g_array_new(FALSE, FALSE, sizeof(MflReservation));
	if (reserve(pool, (gsize)sysconf(_SC_PAGESIZE), &page)) {
		g_array_append_val(attachment->reservations, page);
		errnum = target->ops->map_status(target, page.base);
	}
	if (errnum) {
		mfl_error_set_errno(error, errnum, "cannot map the status page");
		mfl_attachment_retire(attachment);
		return NULL;
	}
	attachment->status = (const struct memflow_status *)page.base;
	return attachment;
}

static char *find_area(MflAttachment *attachment, guint64 gpa, guint64 end)
{
	for (guint i = 0; i < attachment->areas->len; i++) {
		const Area *area = &g_array_index(attachment->areas, Area, i);

		if (gpa >= area->gpa && end <= area->end)
			return area->host + (gpa - area->gpa);
	}
	return NULL;
}

char *mfl_attachment_map(MflAttachment *attachment, guint64 gpa, guint64 end)
{
	char *host = find_area(attachment, gpa, end);
	MflTarget *target = attachment->target;
	MflReservation reservation;
	Area area;

	if (host)
		return host;
	if (gpa >= end || end > END_MAX || attachment->areas->len >= MAX_AREAS)
		return NULL;
	area.gpa = gpa & ~(GPA_ALIGN - 1);
	area.end = (end + GPA_ALIGN - 1) & ~(GPA_ALIGN - 1);
	if (area.end - area.gpa > G_MAXSIZE - MAP_ALIGN) /* 32-bit programs */
		return NULL;
	if (!reserve(attachment->pool, area.end - area.gpa + MAP_ALIGN, &reservation))
		return NULL;
	g_array_append_val(attachment->reservations, reservation);
	area.host = (char *)(((guintptr)reservation.base + MAP_ALIGN - 1) & ~(MAP_ALIGN - 1));
	if (target->ops->map(target, area.gpa, area.end - area.gpa, area.host))
		return NULL;
	g_array_append_val(attachment->areas, area);
	return area.host + (gpa - area.gpa);
}

char *mfl_attachment_map_slot(MflAttachment *attachment, const struct memflow_memslot *slot)
{
	MflTarget *target = attachment->target;
	char *host;

	if (slot->flags & MFL_SLOT_UNMAPPED)
		return NULL;
	host = mfl_attachment_map(attachment, slot->gpa, slot->gpa + slot->length);
	if (host && target->ops->map_slot &&
	    target->ops->map_slot(target, slot->gpa, slot->length, host))
		return NULL;
	return host;
}

void mfl_attachment_retire(MflAttachment *attachment)
{
	for (guint i = 0; i < attachment->reservations->len; i++)
		retire(attachment->pool,
		       &g_array_index(attachment->reservations, MflReservation, i));
	g_array_unref(attachment->reservations);
	g_array_unref(attachment->areas);
	mfl_target_close(attachment->target);
	g_free(attachment);
}
