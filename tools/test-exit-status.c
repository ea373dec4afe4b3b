// SPDX-License-Identifier: MIT
/* Unit tests of exit-status.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gio/gio.h>

#include "exit-status.h"
#include "memflow-libvirt.h"

static int status_of(GQuark domain, int code)
{
	g_autoptr(GError) error = g_error_new_literal(domain, code, "");

	return ctl_status_from_error(error);
}

/* The numbers are what scripts were written against; this list only grows. */
static void test_numbers(void **state)
{
	static const struct {
		int code;
		int status;
	} table[] = {
		{ MFL_ERROR_FAILED, 1 },      { MFL_ERROR_INVALID, 2 },	  { MFL_ERROR_NOT_FOUND, 3 },
		{ MFL_ERROR_NOT_RUNNING, 4 }, { MFL_ERROR_AMBIGUOUS, 3 }, { MFL_ERROR_PERMISSION, 5 },
		{ MFL_ERROR_NO_MODULE, 6 },   { MFL_ERROR_ABI, 6 },	  { MFL_ERROR_UNSUPPORTED, 11 },
		{ MFL_ERROR_GONE, 8 },	      { MFL_ERROR_RANGE, 7 },	  { MFL_ERROR_READONLY, 10 },
		{ MFL_ERROR_LIBVIRT, 13 },    { MFL_ERROR_TIMEOUT, 9 },	  { MFL_ERROR_EXISTS, 12 },
		{ MFL_ERROR_IO, 1 },	      { 9999, 1 },
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		assert_int_equal(status_of(MFL_ERROR, table[i].code), table[i].status);
}

static void test_other_domains(void **state)
{
	(void)state;
	assert_int_equal(ctl_status_from_error(NULL), 0);
	assert_int_equal(status_of(G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE), 2);
	assert_int_equal(status_of(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED), 5);
	assert_int_equal(status_of(G_FILE_ERROR, G_FILE_ERROR_ACCES), 5);
	assert_int_equal(status_of(G_FILE_ERROR, G_FILE_ERROR_NOENT), 1);
}

static void test_descriptions(void **state)
{
	(void)state;
	for (int status = 0; status < CTL_N_STATUSES; status++)
		assert_non_null(ctl_status_describe(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_other_domains),
		cmocka_unit_test(test_descriptions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
