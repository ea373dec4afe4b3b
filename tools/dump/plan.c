// SPDX-License-Identifier: MIT
#include "dump/plan.h"

#include "memflow-libvirt.h"

static void clear_extent(gpointer data)
{
	struct ctl_extent *extent = data;

	g_clear_pointer(&extent->bytes, g_bytes_unref);
}

GArray *ctl_plan_new(void)
{
	GArray *plan = g_array_new(FALSE, FALSE, sizeof(struct ctl_extent));

	g_array_set_clear_func(plan, clear_extent);
	return plan;
}

static void add(GArray *plan, struct ctl_extent extent)
{
	if (extent.length)
		g_array_append_val(plan, extent);
}

void ctl_plan_add_bytes(GArray *plan, GBytes *bytes)
{
	add(plan, (struct ctl_extent){ .kind = CTL_EXTENT_BYTES,
				       .length = g_bytes_get_size(bytes),
				       .bytes = g_bytes_ref(bytes) });
}

void ctl_plan_add_memory(GArray *plan, guint64 gpa, guint64 length)
{
	add(plan, (struct ctl_extent){ .kind = CTL_EXTENT_MEMORY, .length = length, .gpa = gpa });
}

void ctl_plan_add_zeros(GArray *plan, guint64 length)
{
	add(plan, (struct ctl_extent){ .kind = CTL_EXTENT_ZEROS, .length = length });
}

guint64 ctl_plan_get_size(const GArray *plan)
{
	guint64 size = 0;

	for (guint i = 0; i < plan->len; i++)
		size += g_array_index(plan, struct ctl_extent, i).length;
	return size;
}

guint64 ctl_plan_get_memory_size(const GArray *plan)
{
	guint64 size = 0;

	for (guint i = 0; i < plan->len; i++) {
		const struct ctl_extent *extent = &g_array_index(plan, struct ctl_extent, i);

		if (extent->kind == CTL_EXTENT_MEMORY)
			size += extent->length;
	}
	return size;
}

GArray *ctl_plan_clip(const GArray *ranges, guint64 start, guint64 length)
{
	GArray *clipped = g_array_new(FALSE, FALSE, sizeof(MflRange));

	for (guint i = 0; i < ranges->len; i++) {
		MflRange range = g_array_index(ranges, MflRange, i);
		MflRange *last = clipped->len ?
			&g_array_index(clipped, MflRange, clipped->len - 1) : NULL;

		if (range.gpa < start) {
			if (range.length <= start - range.gpa)
				continue;
			range.length -= start - range.gpa;
			range.gpa = start;
		}
		if (range.gpa - start >= length)
			break;
		range.length = MIN(range.length, length - (range.gpa - start));
		if (last && last->gpa + last->length == range.gpa &&
		    last->readonly == range.readonly)
			last->length += range.length;
		else
			g_array_append_val(clipped, range);
	}
	return clipped;
}

GArray *ctl_plan_raw(const GArray *ranges, guint64 start, guint64 end)
{
	GArray *plan = ctl_plan_new();
	guint64 at = start;

	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		ctl_plan_add_zeros(plan, range->gpa - at);
		ctl_plan_add_memory(plan, range->gpa, range->length);
		at = range->gpa + range->length;
	}
	if (end > at)
		ctl_plan_add_zeros(plan, end - at);
	return plan;
}
