// SPDX-License-Identifier: MIT
/* Unit tests of ranges.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "memflow-libvirt.h"
#include "ranges.h"

/* RAM, ROM right behind it, a hole, RAM up to the last byte there is. */
static const MflRange layout[] = {
	{ 0x1000, 0x1000, FALSE },
	{ 0x2000, 0x800, TRUE },
	{ 0x4000, 0x1000, FALSE },
	{ 0xfffffffffffff000, 0xfff, FALSE },
};

static GArray *new_ranges(guint n)
{
	GArray *ranges = g_array_new(FALSE, FALSE, sizeof(MflRange));

	return n ? g_array_append_vals(ranges, layout, n) : ranges;
}

static void assert_run(GArray *ranges, guint64 gpa, gboolean memory, guint64 expected_end)
{
	guint64 end = 0;

	assert_int_equal(ctl_ranges_run(ranges, gpa, &end), memory);
	assert_true(end == expected_end);
}

static void test_runs(void **state)
{
	g_autoptr(GArray) ranges = new_ranges(G_N_ELEMENTS(layout));
	g_autoptr(GArray) empty = new_ranges(0);

	(void)state;
	assert_run(ranges, 0, FALSE, 0x1000);
	assert_run(ranges, 0xfff, FALSE, 0x1000);
	assert_run(ranges, 0x1000, TRUE, 0x2800);
	assert_run(ranges, 0x1fff, TRUE, 0x2800);
	assert_run(ranges, 0x2000, TRUE, 0x2800);
	assert_run(ranges, 0x2800, FALSE, 0x4000);
	assert_run(ranges, 0x4fff, TRUE, 0x5000);
	assert_run(ranges, 0x5000, FALSE, 0xfffffffffffff000);
	assert_run(ranges, 0xfffffffffffff000, TRUE, G_MAXUINT64);
	assert_run(ranges, G_MAXUINT64, FALSE, G_MAXUINT64);
	assert_run(empty, 0, FALSE, G_MAXUINT64);
}

static void test_holes(void **state)
{
	g_autoptr(GArray) ranges = new_ranges(G_N_ELEMENTS(layout));
	guint64 hole = 1;

	(void)state;
	assert_false(ctl_ranges_find_hole(ranges, 0, 0, &hole));
	assert_true(ctl_ranges_find_hole(ranges, 0, 1, &hole));
	assert_true(hole == 0);
	assert_false(ctl_ranges_find_hole(ranges, 0x1000, 0x1800, &hole));
	assert_true(ctl_ranges_find_hole(ranges, 0x1000, 0x1801, &hole));
	assert_true(hole == 0x2800);
	assert_true(ctl_ranges_find_hole(ranges, 0x4fff, 2, &hole));
	assert_true(hole == 0x5000);
	assert_true(ctl_ranges_find_hole(ranges, 0xfffffffffffffffe, 2, &hole));
	assert_true(hole == G_MAXUINT64);
}

static void test_error(void **state)
{
	g_autoptr(GArray) ranges = new_ranges(2);
	g_autoptr(GArray) empty = new_ranges(0);
	g_autoptr(GError) error = NULL;

	(void)state;
	ctl_ranges_set_error(ranges, "win10", 0x2800, &error);
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_RANGE));
	assert_string_equal(error->message,
			    "domain \"win10\" has no memory at 0x2800; it has some at\n"
			    "  0x1000-0x1fff\n"
			    "  0x2000-0x27ff (read-only)");
	g_clear_error(&error);
	ctl_ranges_set_error(empty, "win10", 0, &error);
	assert_non_null(strstr(error->message, "at no address at all"));
	g_clear_error(&error);
	for (guint64 i = 0; i < 20; i++) {
		const MflRange range = { i << 20, 4096, FALSE };

		g_array_append_val(empty, range);
	}
	ctl_ranges_set_error(empty, "win10", 4096, &error);
	assert_non_null(strstr(error->message, "and 4 more"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_holes),
		cmocka_unit_test(test_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
