/* SPDX-License-Identifier: MIT */
/* UUIDs in the forms people write them. */
#include "uuid.h"

#include "test-helpers.h"

static void check(const char *text, const char *expected)
{
	g_autofree char *normal = mfl_uuid_normalize(text);

	if (expected)
		assert_string_equal(normal, expected);
	else
		assert_null(normal);
}

static void test_forms(void **state)
{
	const char *normal = "c7a5fdbd-edaf-9455-926a-d65c16db1809";

	(void)state;
	check(normal, normal);
	check("C7A5FDBD-EDAF-9455-926A-D65C16DB1809", normal);
	check("c7a5fdbdedaf9455926ad65c16db1809", normal);
	check("", NULL);
	check("win10", NULL);
	check("c7a5fdbd-edaf-9455-926a-d65c16db180", NULL);
	check("c7a5fdbd-edaf-9455-926a-d65c16db18090", NULL);
	check("c7a5fdbd-edaf-9455-926a-d65c16db180g", NULL);
	check("-c7a5fdbd-edaf-9455-926a-d65c16db1809", NULL);
	check("c7a5fdbd-edaf-9455-926a-d65c16db1809-", NULL);
}

static void test_bytes(void **state)
{
	static const guint8 expected[MFL_UUID_BYTES] = { 0xc7, 0xa5, 0xfd, 0xbd, 0xed, 0xaf,
							 0x94, 0x55, 0x92, 0x6a, 0xd6, 0x5c,
							 0x16, 0xdb, 0x18, 0x09 };
	guint8 bytes[MFL_UUID_BYTES];

	(void)state;
	assert_true(mfl_uuid_parse("c7a5fdbd-edaf-9455-926a-d65c16db1809", bytes));
	assert_memory_equal(bytes, expected, sizeof(bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_bytes),
	};

	return cmocka_run_group_tests_name("uuid", tests, NULL, NULL);
}
