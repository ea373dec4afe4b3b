// SPDX-License-Identifier: MIT
/* Unit tests of text.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text.h"

static void assert_name(const char *name, const char *expected)
{
	g_autofree char *escaped = ctl_escape_name(name);

	assert_string_equal(escaped, expected);
}

static void test_names(void **state)
{
	(void)state;
	assert_name("win10", "win10");
	assert_name("Prüfstand 2 虚拟机", "Prüfstand 2 虚拟机");
	assert_name("a\x1b[31m\tb\n\x7f", "a\\x1b[31m\\x09b\\x0a\\x7f");
	assert_name("back\\slash", "back\\x5cslash");
	/* CSI as one character, right-to-left override, line separator */
	assert_name("\xc2\x9b", "\\xc2\\x9b");
	assert_name("\u202e", "\\xe2\\x80\\xae"); /* NOLINT(misc-misleading-bidirectional) */
	assert_name("\u2028", "\\xe2\\x80\\xa8");
	/* a lone continuation byte, a sequence cut short, an overlong one */
	assert_name("\x9b", "\\x9b");
	assert_name("\xe2\x80", "\\xe2\\x80");
	assert_name("\xc0\x9b", "\\xc0\\x9b");
	assert_name("", "");
}

static void test_messages(void **state)
{
	g_autofree char *escaped = ctl_escape_message("no \"a\\x20b\x1b\"\n  next line");

	(void)state;
	assert_string_equal(escaped, "no \"a\\x20b\\x1b\"\n  next line");
}

static void assert_size(guint64 bytes, const char *expected)
{
	g_autofree char *size = ctl_format_size(bytes);

	assert_string_equal(size, expected);
}

static void test_sizes(void **state)
{
	(void)state;
	assert_size(0, "0 bytes");
	assert_size(1, "1 byte");
	assert_size(1023, "1023 bytes");
	assert_size(1024, "1 KiB");
	assert_size(640 << 10, "640 KiB");
	assert_size(1536ULL << 20, "1.5 GiB");
	assert_size(4ULL << 30, "4 GiB");
	assert_size((4ULL << 30) - (1ULL << 20), "4 GiB");
	assert_size(3ULL << 40, "3 TiB");
	assert_size(G_MAXUINT64, "16 EiB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
