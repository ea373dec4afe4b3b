/* SPDX-License-Identifier: MIT */
/* Encoding of domain names. */
#include "name.h"

#include "test-helpers.h"

static void check(const char *name, const char *expected)
{
	g_autofree char *encoded = mfl_name_encode(name);

	assert_string_equal(encoded, expected);
}

static void test_plain(void **state)
{
	(void)state;
	check("win10", "win10");
	check("Debian-12_x.64", "Debian-12_x.64");
	check("by-uuid2", "by-uuid2");
	check("-", "-");
}

static void test_encoded(void **state)
{
	(void)state;
	check("a b", "a\\x20b");
	check("a,b", "a\\x2cb");
	check("it's \"it\"", "it\\x27s\\x20\\x22it\\x22");
	check("a!b", "a\\x21b");
	check("Büro", "B\\xc3\\xbcro");
	check("by-uuid", "\\x62y-uuid");
	check(".", "\\x2e");
	check("..", "\\x2e.");
	check(".hidden", "\\x2ehidden");
	check("a/b", "a\\x2fb");
	check("../../etc", "\\x2e.\\x2f..\\x2fetc");
	check("~", "\\x7e");
	check("a\\x20b", "a\\x5cx20b");
	check("a\nb", "a\\x0ab");
	check("", "");
}

static char *repeat(const char *part, guint n)
{
	GString *text = g_string_new(NULL);

	while (n--)
		g_string_append(text, part);
	return g_string_free(text, FALSE);
}

static void test_length(void **state)
{
	g_autofree char *plain_255 = repeat("a", 255);
	g_autofree char *plain_256 = repeat("a", 256);
	g_autofree char *prefix_238 = repeat("a", 238);
	g_autofree char *umlauts = repeat("ü", 100); /* 200 bytes, 800 encoded */
	g_autofree char *umlauts_2 = g_strconcat(umlauts, "!", NULL);
	g_autofree char *a = mfl_name_encode(plain_256);
	g_autofree char *b = mfl_name_encode(umlauts);
	g_autofree char *c = mfl_name_encode(umlauts_2);
	/* printf %256s | tr ' ' a | sha256sum */
	g_autofree char *expected = g_strconcat(prefix_238, "~02d7160d77e18c64", NULL);

	(void)state;
	check(plain_255, plain_255);
	assert_string_equal(a, expected);
	assert_int_equal(strlen(a), 255);

	/* 236 is the last multiple of 4 within 238: no escape is cut in two */
	assert_int_equal(strlen(b), 236 + 17);
	assert_true(g_str_has_prefix(b + 232, "\\xc3~"));
	assert_string_not_equal(b, c);
	assert_memory_equal(b, c, 237);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_encoded),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
