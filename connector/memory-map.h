/* SPDX-License-Identifier: MIT */
/* The memory map that a host sets: which addresses it may ask for, and where they lie. */
#pragma once

#include "abi/plugin.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
	guint64 base;
	guint64 length;
	guint64 real_base; /* gpa of @base */
} MfcMapping;

/*
 * In order of @base, without overlaps; NULL without an error: an empty @list, which
 * lifts the restriction.
 */
GArray *mfc_memory_map_new(struct mf_mapping_list list, GError **error);

/*
 * The first @length or fewer bytes at @address: TRUE and their gpa, or FALSE if they
 * are not in the map. At least 1 byte, if @length is.
 */
gboolean mfc_memory_map_find(const GArray *map, guint64 address, gsize *length, guint64 *gpa);

/* End of the last mapping, and the sum of all. */
guint64 mfc_memory_map_get_end(const GArray *map);
guint64 mfc_memory_map_get_size(const GArray *map);

G_END_DECLS
