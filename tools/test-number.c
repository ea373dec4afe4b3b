// SPDX-License-Identifier: MIT
/* Unit tests of number.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "memflow-libvirt.h"
#include "number.h"

static void assert_number(const char *text, guint64 expected)
{
	g_autoptr(GError) error = NULL;
	guint64 value = 1;

	assert_true(ctl_parse_number(text, "address", &value, &error));
	assert_null(error);
	assert_true(value == expected);
}

static void assert_no_number(const char *text)
{
	g_autoptr(GError) error = NULL;
	guint64 value = 77;

	assert_false(ctl_parse_number(text, "address", &value, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	assert_non_null(strstr(error->message, "address"));
	assert_true(value == 77);
}

static void test_numbers(void **state)
{
	(void)state;
	assert_number("0", 0);
	assert_number("010", 10);
	assert_number("4096", 4096);
	assert_number("0x1000", 0x1000);
	assert_number("0XfF", 255);
	assert_number("4K", 4096);
	assert_number("4k", 4096);
	assert_number("0x10M", 16ULL << 20);
	assert_number("3G", 3ULL << 30);
	assert_number("1T", 1ULL << 40);
	assert_number("18446744073709551615", G_MAXUINT64);
	assert_number("0xffffffffffffffff", G_MAXUINT64);
	assert_number("17179869183G", 17179869183ULL << 30);
}

static void test_no_numbers(void **state)
{
	static const char *const bad[] = { "",	   " 1",    "1 ",   "-1",  "+1",      "0x",
					   "x10",  "0x1g0", "1KB",  "K",   "0xK",     "1.5G",
					   "1e3",  "0b1",   "1_000" };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_no_number(bad[i]);
}

static void test_overflow(void **state)
{
	(void)state;
	assert_no_number("18446744073709551616");
	assert_no_number("0x10000000000000000");
	assert_no_number("17179869184G");
	assert_no_number("99999999999999999999999999");
}

static void test_modes(void **state)
{
	static const char *const bad[] = { "", "0777", "1660", "8", "rw", "0660 ", "-1", "000000660" };
	guint mode = 7;

	(void)state;
	assert_true(ctl_parse_mode("0660", &mode, NULL));
	assert_int_equal(mode, 0660);
	assert_true(ctl_parse_mode("440", &mode, NULL));
	assert_int_equal(mode, 0440);
	assert_true(ctl_parse_mode("0", &mode, NULL));
	assert_int_equal(mode, 0);
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		assert_false(ctl_parse_mode(bad[i], &mode, &error));
		assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	}
}

static void assert_hex(const char *text, const void *expected, gsize expected_length)
{
	g_autoptr(GBytes) bytes = ctl_parse_hex(text, NULL);
	gsize length;
	gconstpointer data;

	assert_non_null(bytes);
	data = g_bytes_get_data(bytes, &length);
	assert_int_equal(length, expected_length);
	if (length)
		assert_memory_equal(data, expected, length);
}

static void test_hex(void **state)
{
	static const char *const bad[] = { "d", "dea", "d e", "0xde", "xy", "de:ad", "de," };

	(void)state;
	assert_hex("", NULL, 0);
	assert_hex("deadbeef", "\xde\xad\xbe\xef", 4);
	assert_hex("DE ad\tbe  ef\n", "\xde\xad\xbe\xef", 4);
	assert_hex("00", "\0", 1);
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		assert_null(ctl_parse_hex(bad[i], &error));
		assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),	 cmocka_unit_test(test_no_numbers),
		cmocka_unit_test(test_overflow), cmocka_unit_test(test_modes),
		cmocka_unit_test(test_hex),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
