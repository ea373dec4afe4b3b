/* SPDX-License-Identifier: MIT */
/*
 * The monitor's text of several versions and machines of QEMU, as golden/record recorded it;
 * and what is none.
 */
#include "flat-view.h"

#include "test-helpers.h"

static char *print_sections(const GArray *sections)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);

		g_string_append_printf(text,
				       "%010" G_GINT64_MODIFIER "x-%010" G_GINT64_MODIFIER
				       "x %s %s @%" G_GINT64_MODIFIER "x\n",
				       section->gpa, section->gpa + section->length - 1,
				       section->readonly ? "ro" : "rw", section->block,
				       section->offset);
	}
	return g_string_free(text, FALSE);
}

static void check_golden(const char *name)
{
	g_autofree char *path = g_build_filename(GOLDEN_DIR, name, NULL);
	g_autofree char *expected_path = g_strconcat(path, ".layout", NULL);
	g_autofree char *text = NULL;
	g_autofree char *expected = NULL;
	g_autofree char *found = NULL;
	g_autoptr(GArray) sections = NULL;
	g_autoptr(GError) error = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	sections = mfl_flat_view_parse(text, &error);
	assert_no_error(error);
	found = print_sections(sections);
	if (g_getenv("MFL_REGENERATE_GOLDEN"))
		assert_true(g_file_set_contents(expected_path, found, -1, NULL));
	assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
	if (strcmp(found, expected) != 0)
		fail_msg("%s is taken for\n%s", name, found);
}

static void test_golden(void **state)
{
	g_autoptr(GDir) dir = g_dir_open(GOLDEN_DIR, 0, NULL);
	const char *name;
	guint n = 0;

	(void)state;
	assert_non_null(dir);
	while ((name = g_dir_read_name(dir))) {
		if (!g_str_has_suffix(name, ".txt"))
			continue;
		check_golden(name);
		n++;
	}
	assert_true(n >= 20);
}

#define HEAD "FlatView #0\n AS \"memory\", root: system\n Root memory region: system\n"

static void test_details(void **state)
{
	static const char text[] =
		"FlatView #0\r\n AS \"I/O\", root: io\r\n"
		"  0000000000000000-000000000000ffff (prio 0, ram): not this one\r\n\r\n"
		"FlatView #1\r\n AS \"cpu-memory-0\", root: system\r\n"
		" AS \"memory\", root: system\r\n Root memory region: system\r\n"
		"  0000000000000000-00000000000bffff (prio 0, ram): ram node @ 5 KVM\r\n"
		"  00000000000c0000-00000000000dffff (prio -1, rom): ram node @ 5 @0000000000100000 "
		"KVM KVM\r\n"
		"  00000000fec00000-00000000fec00fff (prio 0, i/o): ioapic\r\n"
		"  00000000fed00000-00000000fed00fff (prio 0, ramd): 0000:01:00.0 BAR 0 mmaps[0]\r\n"
		"  00000000ffc00000-00000000ffffffff (prio 0, romd): system.flash0\r\n"
		"  0000000100000000-00000001000003ff (prio 0, nv-ram): memnvdimm0 @0000000000000200\r\n"
		"  0000000200000000-00000002ffffffff (prio 0, nv-ramd): dax\r\n"
		"\r\n"
		"FlatView #2\r\n AS \"cpu-smm-0\", root: memory\r\n"
		"  0000000000000000-000000000000ffff (prio 0, ram): nor this\r\n";
	g_autoptr(GArray) sections = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *found = NULL;

	(void)state;
	sections = mfl_flat_view_parse(text, &error);
	assert_no_error(error);
	found = print_sections(sections);
	assert_string_equal(found, "0000000000-00000bffff rw ram node @ 5 @0\n"
				   "00000c0000-00000dffff ro ram node @ 5 @100000\n"
				   "00ffc00000-00ffffffff ro system.flash0 @0\n"
				   "0100000000-01000003ff rw memnvdimm0 @200\n");
	assert_true(mfl_flat_view_equal(sections, sections));
	g_array_index(sections, MflSection, 2).offset++;
	{
		g_autoptr(GArray) again = mfl_flat_view_parse(text, &error);

		assert_false(mfl_flat_view_equal(sections, again));
	}
}

static void test_malformed(void **state)
{
	static const char *const texts[] = {
		"",
		"unknown command: 'info mtree'\r\n",
		/* nothing for processors */
		"FlatView #0\n AS \"I/O\", root: io\n  0000-ffff (prio 0, ram): x\n",
		HEAD,
		HEAD "  0000000000000000-ffffffffffffffff (prio 0, ram): all\n",
		HEAD "  0000000000002000-0000000000001fff (prio 0, ram): upside down\n",
		HEAD "  0000000000000000-0000000000001fff (prio 0, ram): a\n"
		     "  0000000000001000-0000000000002fff (prio 0, ram): overlaps\n",
		HEAD "  0000000000002000-0000000000002fff (prio 0, ram): a\n"
		     "  0000000000000000-0000000000000fff (prio 0, ram): backwards\n",
		HEAD "  0000000000000000-0000000000001fff (prio 0, ram): a @ffffffffffffffff\n",
		HEAD "  0000000000000000-0000000000001fff (prio 0, ram): \n",
		HEAD "  0000000000000000-0000000000001fff (prio 0, rams): a\n",
		HEAD "  0000000000000000-0000000000001fff (prio 0 ram): a\n",
		HEAD "  0000000000000000+0000000000001fff (prio 0, ram): a\n",
		HEAD "  00000000000000000-0000000000001fff (prio 0, ram): a\n",
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;

		if (mfl_flat_view_parse(texts[i], &error))
			fail_msg("taken for a layout: %s", texts[i]);
		assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "is not understood");
	}
}

static void test_addresses(void **state)
{
	static const struct {
		const char *text;
		gboolean good;
	} answers[] = {
		{ "Host virtual address for 0x100000 (pc.ram) is 0x7fd9d7f00000\r\n", TRUE },
		{ "Host virtual address for 0x100000 (pc.ram) is 0x7fd9d7f00000", TRUE },
		{ "Host virtual address for 0x100000 (pc.rom) is 0x7fd9d7f00000\r\n", FALSE },
		{ "Host virtual address for 0x100001 (pc.ram) is 0x7fd9d7f00000\r\n", FALSE },
		{ "Host virtual address for 0x100000 (pc.ram) is 0x7fd9d7f00000 or so", FALSE },
		{ "Host virtual address for 0x100000 (pc.ram) is (nil)\r\n", FALSE },
		{ "Host virtual address for 0x100000 (pc.ram) is 0x0\r\n", FALSE },
		{ "Host virtual address for 0x100000 (pc.ram) is 0x", FALSE },
		{ "Memory at address 0x100000 is not RAM\r\n", FALSE },
		{ "No memory is mapped at address 0x100000\r\n", FALSE },
		{ "", FALSE },
	};
	g_autofree char *command = mfl_gpa2hva_command(0x100000);

	(void)state;
	assert_string_equal(command, "gpa2hva 0x100000");
	for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
		guint64 hva = 0;

		if (mfl_gpa2hva_parse(answers[i].text, 0x100000, "pc.ram", &hva) !=
		    answers[i].good)
			fail_msg("answer %u", i);
		if (answers[i].good)
			assert_int_equal(hva, 0x7fd9d7f00000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_addresses),
	};

	return cmocka_run_group_tests_name("flat-view", tests, NULL, NULL);
}
