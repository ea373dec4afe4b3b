/* SPDX-License-Identifier: MIT */
/*
 * Where in the memory of its process a guest's memory is, at one moment. Immutable and
 * reference counted: who copies holds one while another is made.
 */
#pragma once

#include "flat-view.h"
#include "maps.h"

G_BEGIN_DECLS

typedef struct {
	guint64 gpa;
	guint64 length;
	gboolean readonly;
	MflStretch host; /* of @length bytes */
} MflRegion;

typedef struct {
	int references; /* atomic */
	guint n;
	MflRegion regions[]; /* in order of gpa */
} MflGuestMap;

MflGuestMap *mfl_guest_map_new(guint n);
MflGuestMap *mfl_guest_map_ref(MflGuestMap *map);
void mfl_guest_map_unref(MflGuestMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflGuestMap, mfl_guest_map_unref)

/* Index of the first region that ends after @gpa. */
guint mfl_guest_map_find(const MflGuestMap *map, guint64 gpa);

/* Whether all of it is mapped where it was, in the text of /proc/PID/maps. */
gboolean mfl_guest_map_holds(const MflGuestMap *map, const char *maps, gsize length);

/* Whether they say the same. */
gboolean mfl_guest_map_equal(const MflGuestMap *left, const MflGuestMap *right);

G_END_DECLS
