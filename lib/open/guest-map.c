/* SPDX-License-Identifier: MIT */
/* Where in the memory of its process a guest's memory is: see guest-map.h. */
#include "guest-map.h"

#include <string.h>

MflGuestMap *mfl_guest_map_new(guint n)
{
	MflGuestMap *map = g_malloc0(sizeof(MflGuestMap) + n * sizeof(MflRegion));

	map->references = 1;
	map->n = n;
	return map;
}

MflGuestMap *mfl_guest_map_ref(MflGuestMap *map)
{
	g_atomic_int_inc(&map->references);
	return map;
}

void mfl_guest_map_unref(MflGuestMap *map)
{
	if (g_atomic_int_dec_and_test(&map->references))
		g_free(map);
}

guint mfl_guest_map_find(const MflGuestMap *map, guint64 gpa)
{
	guint low = 0;
	guint high = map->n;

	while (low < high) {
		const guint middle = low + (high - low) / 2;
		const MflRegion *region = &map->regions[middle];

		if (gpa >= region->gpa && gpa - region->gpa >= region->length)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

gboolean mfl_guest_map_holds(const MflGuestMap *map, const char *maps, gsize length)
{
	for (guint i = 0; i < map->n; i++)
		if (!mfl_maps_has(maps, length, &map->regions[i].host))
			return FALSE;
	return TRUE;
}

gboolean mfl_guest_map_equal(const MflGuestMap *left, const MflGuestMap *right)
{
	if (left->n != right->n)
		return FALSE;
	for (guint i = 0; i < left->n; i++) {
		const MflRegion *a = &left->regions[i];
		const MflRegion *b = &right->regions[i];

		if (a->gpa != b->gpa || a->length != b->length || a->readonly != b->readonly ||
		    a->host.start != b->host.start || a->host.shared != b->host.shared ||
		    a->host.device != b->host.device || a->host.inode != b->host.inode ||
		    a->host.offset != b->host.offset)
			return FALSE;
	}
	return TRUE;
}
