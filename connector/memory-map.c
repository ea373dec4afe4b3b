/* SPDX-License-Identifier: MIT */
/* The memory map that a host sets: which addresses it may ask for, and where they lie. */
#include "memory-map.h"

#include "error.h"

static gint compare(gconstpointer a, gconstpointer b)
{
	const MfcMapping *left = a;
	const MfcMapping *right = b;

	return left->base < right->base ? -1 : left->base > right->base;
}

GArray *mfc_memory_map_new(struct mf_mapping_list list, GError **error)
{
	g_autoptr(GArray) map = g_array_new(FALSE, FALSE, sizeof(MfcMapping));
	guint64 end = 0;

	for (size_t i = 0; i < list.len; i++) {
		const MfcMapping mapping = {
			.base = list.data[i].base,
			.length = list.data[i].size,
			.real_base = list.data[i].real_base,
		};

		if (mapping.length > G_MAXUINT64 - mapping.base ||
		    mapping.length > G_MAXUINT64 - mapping.real_base) {
			g_set_error(error, MFC_ERROR,
				    MF_ERROR(MF_ORIGIN_CONNECTOR, MF_KIND_OUT_OF_BOUNDS),
				    "it has 0x%" G_GINT64_MODIFIER "x bytes at 0x%" G_GINT64_MODIFIER
				    "x, beyond the end of addresses",
				    mapping.length, MAX(mapping.base, mapping.real_base));
			return NULL;
		}
		if (mapping.length)
			g_array_append_val(map, mapping);
	}
	g_array_sort(map, compare);
	for (guint i = 0; i < map->len; i++) {
		const MfcMapping *mapping = &g_array_index(map, MfcMapping, i);

		if (mapping->base < end) {
			g_set_error(error, MFC_ERROR,
				    MF_ERROR(MF_ORIGIN_CONNECTOR, MF_KIND_INVALID_ARGUMENT),
				    "it says two things of 0x%" G_GINT64_MODIFIER "x",
				    mapping->base);
			return NULL;
		}
		end = mapping->base + mapping->length;
	}
	return map->len ? g_steal_pointer(&map) : NULL;
}

gboolean mfc_memory_map_find(const GArray *map, guint64 address, gsize *length, guint64 *gpa)
{
	const MfcMapping *mapping;
	guint low = 0;
	guint high = map->len;

	/* The first mapping that ends after the address. */
	while (low < high) {
		guint middle = low + (high - low) / 2;

		mapping = &g_array_index(map, MfcMapping, middle);
		if (mapping->base + mapping->length <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == map->len)
		return FALSE;
	mapping = &g_array_index(map, MfcMapping, low);
	if (address < mapping->base) {
		*length = MIN(*length, mapping->base - address);
		return FALSE;
	}
	*length = MIN(*length, mapping->base + mapping->length - address);
	*gpa = mapping->real_base + (address - mapping->base);
	return TRUE;
}

guint64 mfc_memory_map_get_end(const GArray *map)
{
	const MfcMapping *last = &g_array_index(map, MfcMapping, map->len - 1);

	return last->base + last->length;
}

guint64 mfc_memory_map_get_size(const GArray *map)
{
	guint64 size = 0;

	for (guint i = 0; i < map->len; i++)
		size += g_array_index(map, MfcMapping, i).length;
	return size;
}
