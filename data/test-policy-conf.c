/* SPDX-License-Identifier: MIT */
/*
 * The policy file that is installed says of itself that it is the default, and
 * that its examples only need their comment sign taken off. Both are true.
 */
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy.h"

#define UUID "00000000-3f0e-4a54-9d52-0a7f3f3c1b11"
#define UUID_OF_EXAMPLE "6f1d5f0a-3f0e-4a54-9d52-0a7f3f3c1b11"

static const char *shipped;

static MflPolicy *load(const char *path, const char *name, const char *uuid)
{
	g_autoptr(GError) error = NULL;
	MflPolicy *policy = mfl_policy_load(path, name, uuid, &error);

	if (!policy)
		fail_msg("%s", error->message);
	return policy;
}

static void assert_equal(const MflPolicy *one, const MflPolicy *other)
{
	assert_int_equal(one->attach, other->attach);
	assert_int_equal(one->never, other->never);
	assert_int_equal(one->readonly, other->readonly);
	assert_int_equal(one->required, other->required);
	assert_int_equal(one->mode, other->mode);
	assert_int_equal(one->metadata, other->metadata);
	assert_int_equal(one->timeout, other->timeout);
	assert_string_equal(one->group, other->group);
}

static void test_is_the_default(void **state)
{
	g_autoptr(MflPolicy) policy = load(shipped, "win10", UUID);
	g_autoptr(MflPolicy) none = load("/nonexistent/policy.conf", "win10", UUID);

	(void)state;
	assert_equal(policy, none);
}

static void test_examples(void **state)
{
	g_autofree char *dir = g_dir_make_tmp("test-policy-conf-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "policy.conf", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GString) uncommented = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;
	g_autoptr(MflPolicy) plain = NULL, none = NULL, lab = NULL, never = NULL;

	(void)state;
	assert_true(g_file_get_contents(shipped, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (gsize i = 0; lines[i]; i++) {
		const char *line = lines[i];

		if (line[0] == '#' && (g_ascii_islower(line[1]) || line[1] == '['))
			line++;
		g_string_append_printf(uncommented, "%s\n", line);
	}
	assert_string_not_equal(uncommented->str, text);
	assert_true(g_file_set_contents(path, uncommented->str, -1, NULL));

	plain = load(path, "win10", UUID);
	none = load("/nonexistent/policy.conf", "win10", UUID);
	assert_equal(plain, none);
	lab = load(path, "lab-1", UUID);
	assert_true(lab->readonly);
	assert_int_equal(lab->mode, 0440);
	never = load(path, "lab-1", UUID_OF_EXAMPLE);
	assert_true(never->never);

	g_remove(path);
	g_rmdir(dir);
}

int main(int argc, char *argv[])
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_the_default),
		cmocka_unit_test(test_examples),
	};

	if (argc != 2)
		return 2;
	shipped = argv[1];
	return cmocka_run_group_tests_name("policy.conf", tests, NULL, NULL);
}
