/* SPDX-License-Identifier: MIT */
/* What is mapped where, as the kernel says it. */
#include "maps.h"

#include "test-helpers.h"

static const char text[] =
	"55e0c0000000-55e0c0001000 r-xp 00000000 08:01 77                 /usr/bin/qemu\n"
	"7f0000000000-7f0000200000 rw-p 00000000 00:00 0 \n"
	"7f0000200000-7f0000300000 rw-p 00000000 00:00 0                  [heap]\n"
	"7f0000300000-7f0000400000 ---p 00000000 00:00 0 \n"
	"7f0000400000-7f0000500000 rw-s 00000000 00:0f 2057   /memfd:ram-node0 (deleted)\n"
	"no line of the kernel's\n"
	"7f0000500000-7f0000700000 rw-s 00100000 00:0f 2057   /memfd:ram-node0 (deleted)\n"
	"7f0000700000-7f0000800000 rw-s 00000000 00:0f 2058   /memfd:ram-node1 (deleted)\n"
	"7f0000800000-7f0000900000 rw-s 00200000 00:0f 2058   /memfd:ram-node1 (deleted)\n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n"
	"7f0000900000-7f0000a00000 rw-s 0000";

static void test_lines(void **state)
{
	MflMaps maps = mfl_maps_begin(text, sizeof(text) - 1);
	MflMapping mapping;
	guint n = 0;

	(void)state;
	while (mfl_maps_next(&maps, &mapping)) {
		if (n == 0) {
			assert_true(mapping.start == 0x55e0c0000000 && mapping.end == 0x55e0c0001000);
			assert_true(mapping.device == (8ULL << 32 | 1) && mapping.inode == 77);
			assert_true(mapping.readable && !mapping.writable && !mapping.shared);
			assert_int_equal(mapping.path_length, strlen("/usr/bin/qemu"));
			assert_memory_equal(mapping.path, "/usr/bin/qemu", mapping.path_length);
		}
		if (n == 1)
			assert_int_equal(mapping.path_length, 0);
		if (n == 5) {
			assert_true(mapping.shared && mapping.writable);
			assert_int_equal(mapping.offset, 0x100000);
		}
		n++;
	}
	/* less the one that is none, and the one that was cut off */
	assert_int_equal(n, 9);
	assert_false(mfl_maps_next(&maps, &mapping));
	maps = mfl_maps_begin("", 0);
	assert_false(mfl_maps_next(&maps, &mapping));
}

static void test_malformed(void **state)
{
	static const char *const lines[] = {
		"\n",
		"7f00-7e00 rw-p 00000000 00:00 0 \n",
		"7f00-7f00 rw-p 00000000 00:00 0 \n",
		"7f00-7f01\n",
		"7f00-7f01 rw-p\n",
		"7f00-7f01 rw-p 00000000 00:00\n",
		"7f00-7f01 rw-p 00000000 00 00 0 \n",
		"10000000000000000-20000000000000000 rw-p 00000000 00:00 0 \n",
		"7f00-7f01 rw-p 00000000 100000000:00 0 \n",
		"7f00-7f01 rw-p 00000000 00:00 99999999999999999999 x\n",
		"x7f00-7f01 rw-p 00000000 00:00 0 \n",
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
		MflMaps maps = mfl_maps_begin(lines[i], strlen(lines[i]));
		MflMapping mapping;

		if (mfl_maps_next(&maps, &mapping))
			fail_msg("taken for a mapping: %s", lines[i]);
	}
}

static void test_find(void **state)
{
	static const struct {
		guint64 start, length;
		gboolean found;
		guint64 inode, offset;
	} searches[] = {
		{ 0x7f0000000000, 0x200000, TRUE, 0, 0 },
		{ 0x7f0000000000, 0x300000, TRUE, 0, 0 }, /* two of anonymous memory */
		{ 0x7f0000100000, 0x200001, FALSE, 0, 0 }, /* reaches what cannot be read */
		{ 0x7f0000300000, 0x1000, FALSE, 0, 0 },
		{ 0x7f0000480000, 0x100000, TRUE, 2057, 0x80000 }, /* one file in two mappings */
		{ 0x7f0000400000, 0x300000, TRUE, 2057, 0 },
		{ 0x7f0000400000, 0x300001, FALSE, 0, 0 },  /* another file */
		{ 0x7f0000700000, 0x200000, FALSE, 0, 0 },  /* not the next of that file */
		{ 0x7f0000800000, 0x100000, TRUE, 2058, 0x200000 },
		{ 0x7f0000800000, 0x100001, FALSE, 0, 0 },
		{ 0x7e0000000000, 0x1000, FALSE, 0, 0 },
		{ 0x7f0000000000, 0, FALSE, 0, 0 },
		{ G_MAXUINT64 - 10, 20, FALSE, 0, 0 },
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(searches); i++) {
		MflStretch stretch = { 0 };
		const gboolean found = mfl_maps_find(text, sizeof(text) - 1, searches[i].start,
						     searches[i].length, &stretch);

		if (found != searches[i].found)
			fail_msg("search %u", i);
		if (!found)
			continue;
		assert_int_equal(stretch.inode, searches[i].inode);
		assert_int_equal(stretch.offset, searches[i].offset);
		assert_true(mfl_maps_has(text, sizeof(text) - 1, &stretch));
		stretch.inode++;
		assert_false(mfl_maps_has(text, sizeof(text) - 1, &stretch));
	}
}

/* Memory that was unplugged, and what has its addresses now. */
static void test_has(void **state)
{
	static const char before[] = "7f00000000-7f40000000 rw-p 00000000 00:00 0 \n";
	static const char after[] = "7f00000000-7f00021000 rw-p 00000000 00:00 0 \n"
				    "7f00021000-7f04000000 ---p 00000000 00:00 0 \n";
	static const char file[] = "7f00000000-7f40000000 rw-s 00000000 00:01 5 /memfd:x\n";
	MflStretch stretch;

	(void)state;
	assert_true(mfl_maps_find(before, strlen(before), 0x7f00000000, 1 << 30, &stretch));
	assert_true(mfl_maps_has(before, strlen(before), &stretch));
	assert_false(mfl_maps_has(after, strlen(after), &stretch));
	assert_false(mfl_maps_has(file, strlen(file), &stretch));
	assert_false(mfl_maps_has("", 0, &stretch));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_has),
	};

	return cmocka_run_group_tests_name("maps", tests, NULL, NULL);
}
