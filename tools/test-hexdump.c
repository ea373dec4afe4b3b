// SPDX-License-Identifier: MIT
/* Unit tests of hexdump.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "hexdump.h"

static void assert_dump(guint64 gpa, const void *data, gsize length, const char *expected)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ctl_hexdump(out, ctl_hexdump_width(gpa + length - 1), gpa, data, length);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

/* Expected lines are what xxd 2022-01-14 prints for the same bytes. */
static void test_dump(void **state)
{
	(void)state;
	assert_dump(0, "", 0, "");
	assert_dump(0x1000, "MZ\x90", 3,
		    "00001000: 4d5a 90                                  MZ.\n");
	assert_dump(0, "0123456789abcdef", 16,
		    "00000000: 3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n");
	assert_dump(0x7ff5, "\0\x1b[2J ~\x7f\x80\xff-one more", 18,
		    "00007ff5: 001b 5b32 4a20 7e7f 80ff 2d6f 6e65 206d  ..[2J ~...-one m\n"
		    "00008005: 6f72                                     or\n");
}

static void test_width(void **state)
{
	(void)state;
	assert_int_equal(ctl_hexdump_width(0), 8);
	assert_int_equal(ctl_hexdump_width(0xffffffff), 8);
	assert_int_equal(ctl_hexdump_width(0x100000000), 9);
	assert_int_equal(ctl_hexdump_width(G_MAXUINT64), 16);
	/* One width for all lines, as the last one needs it. */
	assert_dump(0xfffffff8, "0123456789abcdefX", 17,
		    "0fffffff8: 3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n"
		    "100000008: 58                                       X\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
