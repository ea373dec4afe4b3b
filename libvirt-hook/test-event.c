/* SPDX-License-Identifier: MIT */
#include "event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_events(void **state)
{
	static const struct {
		const char *operation, *suboperation;
		HookAction action;
		gboolean may_refuse;
	} cases[] = {
		{ "started", "begin", HOOK_ATTACH, TRUE },
		{ "reconnect", "begin", HOOK_ATTACH, FALSE },
		{ "stopped", "end", HOOK_DETACH, FALSE },
		{ "release", "end", HOOK_DETACH, FALSE },
		{ "prepare", "begin", HOOK_NOTHING, FALSE },
		{ "start", "begin", HOOK_NOTHING, FALSE },
		{ "migrate", "begin", HOOK_NOTHING, FALSE },
		{ "restore", "begin", HOOK_NOTHING, FALSE },
		{ "attach", "begin", HOOK_NOTHING, FALSE },
		{ "started", "end", HOOK_NOTHING, FALSE },
		{ "stopped", "begin", HOOK_NOTHING, FALSE },
		{ "Started", "begin", HOOK_NOTHING, FALSE },
		{ "", "", HOOK_NOTHING, FALSE },
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *argv[] = { (char *)"hook", (char *)"--win 10", (char *)cases[i].operation,
				 (char *)cases[i].suboperation, (char *)"-", NULL };
		HookEvent event;

		assert_true(hook_event_parse(&event, 5, argv));
		assert_string_equal(event.name, "--win 10");
		assert_int_equal(event.action, cases[i].action);
		assert_int_equal(event.may_refuse, cases[i].may_refuse);
	}
}

static void test_argument_counts(void **state)
{
	char *argv[] = { (char *)"hook",  (char *)"win10", (char *)"stopped", (char *)"end",
			 (char *)"-",	  (char *)"more",  NULL };
	HookEvent event;

	(void)state;
	for (int argc = 0; argc <= 3; argc++) {
		assert_false(hook_event_parse(&event, argc, argv));
		assert_int_equal(event.action, HOOK_NOTHING);
	}
	/* What later versions of libvirt may add is none of our business. */
	for (int argc = 4; argc <= 6; argc++) {
		assert_true(hook_event_parse(&event, argc, argv));
		assert_int_equal(event.action, HOOK_DETACH);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_argument_counts),
	};

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
