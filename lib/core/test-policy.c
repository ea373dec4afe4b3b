/* SPDX-License-Identifier: MIT */
#include "policy.h"

#include <glib/gstdio.h>
#include <grp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "memflow-libvirt.h"

#define UUID "6f1d5f0a-3f0e-4a54-9d52-0a7f3f3c1b11"
#define UUID_UPPER "6F1D5F0A-3F0E-4A54-9D52-0A7F3F3C1B11"
#define UUID_OTHER "00000000-3f0e-4a54-9d52-0a7f3f3c1b11"

typedef struct {
	char *dir;
	char *path;
} Fixture;

static int setup(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->dir = g_dir_make_tmp("test-policy-XXXXXX", NULL);
	assert_non_null(fixture->dir);
	fixture->path = g_build_filename(fixture->dir, "policy.conf", NULL);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	g_remove(fixture->path);
	g_rmdir(fixture->dir);
	g_free(fixture->path);
	g_free(fixture->dir);
	g_free(fixture);
	return 0;
}

static MflPolicy *load(void **state, const char *text, const char *name, const char *uuid)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	MflPolicy *policy;

	assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
	policy = mfl_policy_load(fixture->path, name, uuid, &error);
	if (error)
		fail_msg("%s", error->message);
	assert_non_null(policy);
	return policy;
}

/* The message has to begin with the line and to name both parts. */
static void assert_refused(void **state, const char *text, guint line, const char *part,
			   const char *other_part)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *where = g_strdup_printf("%s:%u: ", fixture->path, line);

	assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
	assert_null(mfl_policy_load(fixture->path, "win10", UUID, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	if (!g_str_has_prefix(error->message, where))
		fail_msg("\"%s\" does not begin with \"%s\"", error->message, where);
	if (!strstr(error->message, part) || !strstr(error->message, other_part))
		fail_msg("\"%s\" does not name \"%s\" and \"%s\"", error->message, part, other_part);
}

static void test_missing_file_is_defaults(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflPolicy) policy = mfl_policy_load(fixture->path, "win10", UUID, &error);

	assert_null(error);
	assert_non_null(policy);
	assert_true(policy->attach);
	assert_false(policy->never);
	assert_false(policy->readonly);
	assert_false(policy->required);
	assert_string_equal(policy->group, "memflow");
	assert_int_equal(policy->mode, 0660);
	assert_int_equal(policy->metadata, MFL_POLICY_METADATA_RESTRICT);
	assert_int_equal(policy->timeout, 10);
}

static void test_empty_file_is_defaults(void **state)
{
	g_autoptr(MflPolicy) policy = load(state, "", "win10", UUID);

	assert_true(policy->attach);
	assert_string_equal(policy->decided_by, "built-in defaults");
}

static void test_unreadable_file_fails_closed(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	assert_int_equal(g_mkdir(fixture->path, 0700), 0); /* root may read any file, not this */
	assert_null(mfl_policy_load(fixture->path, "win10", UUID, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_IO));
	assert_non_null(strstr(error->message, fixture->path));
	assert_int_equal(g_rmdir(fixture->path), 0);
}

static void test_all_keys(void **state)
{
	g_autoptr(MflPolicy) policy = load(state,
					   "# comment\n"
					   "[defaults]\n"
					   "attach=yes\n"
					   "readonly = yes \n"
					   "required=yes\n"
					   "group=kvm\n"
					   "mode=0440\n"
					   "metadata=ignore\n"
					   "timeout=30\n",
					   "win10", UUID);

	assert_true(policy->attach);
	assert_true(policy->readonly);
	assert_true(policy->required);
	assert_string_equal(policy->group, "kvm");
	assert_int_equal(policy->mode, 0440);
	assert_int_equal(policy->metadata, MFL_POLICY_METADATA_IGNORE);
	assert_int_equal(policy->timeout, 30);
}

static void test_order_and_merge(void **state)
{
	/* On purpose: the uuid section first, the defaults last. */
	static const char text[] = "[uuid:" UUID_UPPER "]\n"
				   "mode=0400\n"
				   "[domain:win*]\n"
				   "mode=0600\n"
				   "readonly=yes\n"
				   "group=first\n"
				   "[domain:*10]\n"
				   "group=second\n"
				   "[domain:other]\n"
				   "group=third\n"
				   "[defaults]\n"
				   "mode=0666\n"
				   "group=fourth\n"
				   "readonly=no\n";
	g_autoptr(MflPolicy) both = load(state, text, "win10", UUID);
	g_autoptr(MflPolicy) name_only = load(state, text, "win10", UUID_OTHER);
	g_autoptr(MflPolicy) no_uuid = load(state, text, "win7", NULL);
	g_autoptr(MflPolicy) none = load(state, text, "linux", UUID_OTHER);

	assert_int_equal(both->mode, 0400);
	assert_string_equal(both->group, "second");
	assert_true(both->readonly);

	assert_int_equal(name_only->mode, 0600);
	assert_string_equal(name_only->group, "second");

	assert_int_equal(no_uuid->mode, 0600);
	assert_string_equal(no_uuid->group, "first");

	assert_int_equal(none->mode, 0666);
	assert_string_equal(none->group, "fourth");
	assert_false(none->readonly);
}

static void test_globs(void **state)
{
	static const struct {
		const char *glob, *name;
		gboolean fits;
	} cases[] = {
		{ "*", "anything", TRUE },
		{ "win10", "win10", TRUE },
		{ "win10", "win100", FALSE },
		{ "win10", "Win10", FALSE },
		{ "win?0", "win10", TRUE },
		{ "win?0", "win\xc3\xbc""0", TRUE }, /* one character, two bytes */
		{ "a b,c", "a b,c", TRUE },
		{ "it's \"it\"", "it's \"it\"", TRUE },
		{ "*\xc3\xa4*", "fr\xc3\xa4ulein", TRUE },
		{ "a:b", "a:b", TRUE },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup_printf("[domain:%s]\nattach=no\n", cases[i].glob);
		g_autoptr(MflPolicy) policy = load(state, text, cases[i].name, UUID);

		if (policy->attach == cases[i].fits)
			fail_msg("glob %s, name %s", cases[i].glob, cases[i].name);
	}
}

static void test_decided_by_names_the_section(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *expected = g_strdup_printf("%s [domain:win*]", fixture->path);
	g_autoptr(MflPolicy) policy = load(state,
					   "[defaults]\nattach=no\n"
					   "[domain:win*]\nattach=yes\n"
					   "[domain:win1*]\nmode=0600\n",
					   "win10", UUID);

	assert_true(policy->attach);
	assert_string_equal(policy->decided_by, expected);
}

static void test_origin_of_each_key(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *defaults = g_strdup_printf("%s [defaults]", fixture->path);
	g_autofree char *section = g_strdup_printf("%s [domain:win*]", fixture->path);
	const MflPolicyMetadata metadata = { .readonly = MFL_POLICY_YES };
	g_autoptr(MflPolicy) policy = load(state,
					   "[defaults]\nmode=0640\nrequired=yes\ntimeout=3\n"
					   "[domain:win*]\nmode=0600\nmetadata=restrict\n"
					   "[domain:other]\ntimeout=4\ngroup=0\n",
					   "win10", UUID);

	assert_string_equal(policy->decided_by, "built-in defaults");
	assert_string_equal(policy->readonly_from, "built-in defaults");
	assert_string_equal(policy->group_from, "built-in defaults");
	assert_string_equal(policy->required_from, defaults);
	assert_string_equal(policy->timeout_from, defaults);
	assert_string_equal(policy->mode_from, section);
	assert_string_equal(policy->metadata_from, section);
	mfl_policy_apply_metadata(policy, &metadata);
	assert_string_equal(policy->readonly_from, "the domain's metadata");
}

/* All mistakes, where they are; none of what is only unusual. */
static void test_check(void **state)
{
	static const char *const expected[] = {
		":2: [defaults] atach: no such key",
		":3: [defaults] mode: \"0777\" is no octal number",
		":4: [defaults] group: there is no group \"no-such-group\"",
		":6: [domain:]: no name",
		":8: [somewhere]: no such section",
		":11: [uuid:" UUID "] attach: \"perhaps\" is none of",
	};
	Fixture *fixture = *state;
	g_autoptr(GPtrArray) mistakes = NULL;
	g_autoptr(GError) error = NULL;

	assert_null(mfl_policy_check(fixture->path, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_FOUND));
	assert_true(g_file_set_contents(fixture->path,
					"[defaults]\natach=yes\nmode=0777\ngroup=no-such-group\n"
					"required=yes\n[domain:]\nattach=no\n[somewhere]\na=b\n"
					"[uuid:" UUID "]\nattach=perhaps\n",
					-1, NULL));
	mistakes = mfl_policy_check(fixture->path, NULL);
	assert_int_equal(mistakes->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < mistakes->len; i++)
		if (!strstr(g_ptr_array_index(mistakes, i), expected[i]))
			fail_msg("no \"%s\" in: %s", expected[i],
				 (char *)g_ptr_array_index(mistakes, i));
	g_ptr_array_unref(mistakes);

	assert_true(g_file_set_contents(fixture->path, "[defaults]\nattach=yes\nattach\n", -1,
					NULL));
	mistakes = mfl_policy_check(fixture->path, NULL);
	assert_int_equal(mistakes->len, 1);
	assert_non_null(strstr(g_ptr_array_index(mistakes, 0), "policy.conf:3: "));
	g_ptr_array_unref(mistakes);

	assert_true(g_file_set_contents(fixture->path, "[defaults]\ngroup=0\n[domain:*]\n", -1,
					NULL));
	mistakes = mfl_policy_check(fixture->path, NULL);
	assert_int_equal(mistakes->len, 0);
}

static void test_own_no_is_not_a_failure(void **state)
{
	g_autoptr(MflPolicy) policy = load(
		state, "[defaults]\nrequired=yes\n[domain:win*]\nattach=no\n", "win10", UUID);

	assert_false(policy->attach);
	assert_false(policy->required);
}

static void test_mistakes_are_named(void **state)
{
	assert_refused(state, "[defaults]\n\nattach\n", 3, "attach", "");
	assert_refused(state, "attach=yes\n", 1, "", "");
	assert_refused(state, "# fine\n\n[defaults\nattach=yes\n", 3, "", "");
	assert_refused(state, "[defaults]\natach=yes\n", 2, "[defaults]", "atach");
	assert_refused(state, "[defaults]\nattach=maybe\n", 2, "attach", "maybe");
	assert_refused(state, "[defaults]\nattach=true\n", 2, "attach", "true");
	assert_refused(state, "[defaults]\nattach=\n", 2, "attach", "");
	assert_refused(state, "[defaults]\nreadonly=never\n", 2, "readonly", "");
	assert_refused(state, "[defaults]\nrequired=1\n", 2, "required", "");
	assert_refused(state, "[defaults]\nmetadata=some\n", 2, "metadata", "");
	assert_refused(state, "[defaults]\ngroup=\n", 2, "group", "");
	assert_refused(state, "[defaults]\ntimeout=0\n", 2, "timeout", "");
	assert_refused(state, "[defaults]\ntimeout=31\n", 2, "timeout", "");
	assert_refused(state, "[defaults]\n\n# mode\nmode=0777\n", 4, "mode", "0666");
	assert_refused(state, "[defaults]\nmode=04660\n", 2, "mode", "");
	assert_refused(state, "[defaults]\nmode=rw\n", 2, "mode", "rw");
	assert_refused(state, "[defaults]\nmode=-1\n", 2, "mode", "");
	assert_refused(state, "[default]\nattach=no\n", 1, "[default]", "");
	assert_refused(state, "[domain:]\nattach=no\n", 1, "[domain:]", "");
	assert_refused(state, "\n[uuid:123]\nattach=no\n", 2, "123", "");
}

/* What the file says last would otherwise not be what holds. */
static void test_repeated_section(void **state)
{
	assert_refused(state,
		       "[domain:lab-*]\nattach=no\n[domain:lab-w*]\nattach=yes\n"
		       " [domain:lab-*] \nattach=never\n",
		       5, "[domain:lab-*]", "line 1");
	assert_refused(state, "[defaults]\n[defaults]", 2, "[defaults]", "line 1");
}

static void test_mistake_elsewhere_counts(void **state)
{
	assert_refused(state, "[defaults]\nattach=yes\n[domain:other]\nmode=0777\n", 4,
		       "[domain:other]", "mode");
	assert_refused(state, "[uuid:" UUID_OTHER "]\nx=1\n", 2, "x", "");
	assert_refused(state, "[defaults]\nmode=0777\nmode=0600\nmode=07777\n", 4, "mode", "");
}

static void test_nul_byte(void **state)
{
	static const char text[] = "[defaults]\nattach=yes\n\0[domain:win10]\nattach=never\n";
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	assert_true(g_file_set_contents(fixture->path, text, sizeof(text) - 1, NULL));
	assert_null(mfl_policy_load(fixture->path, "win10", UUID, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
}

static void test_too_large(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new("[defaults]\nattach=yes\n");

	while (text->len <= (gsize)1024 * 1024)
		g_string_append(text, "# one of the very many lines of a very long file\n");
	assert_true(g_file_set_contents(fixture->path, text->str, (gssize)text->len, NULL));
	assert_null(mfl_policy_load(fixture->path, "win10", UUID, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
}

static void test_metadata(void **state)
{
	const MflPolicyChoice U = MFL_POLICY_UNSET, Y = MFL_POLICY_YES, N = MFL_POLICY_NO;
	const struct {
		const char *host;
		MflPolicyMetadata metadata;
		gboolean attach, readonly;
	} cases[] = {
		/* restrict, the default */
		{ "attach=yes", { U, U }, TRUE, FALSE },
		{ "attach=yes", { N, U }, FALSE, FALSE },
		{ "attach=yes", { Y, Y }, TRUE, TRUE },
		{ "attach=no", { Y, U }, FALSE, FALSE },
		{ "attach=never", { Y, U }, FALSE, FALSE },
		{ "readonly=yes", { Y, N }, TRUE, TRUE },
		/* full: attach=yes counts, too; never and readonly hold */
		{ "metadata=full\nattach=no", { U, U }, FALSE, FALSE },
		{ "metadata=full\nattach=no", { Y, U }, TRUE, FALSE },
		{ "metadata=full\nattach=no", { N, U }, FALSE, FALSE },
		{ "metadata=full\nattach=yes", { N, U }, FALSE, FALSE },
		{ "metadata=full\nattach=never", { Y, U }, FALSE, FALSE },
		{ "metadata=full\nreadonly=yes", { Y, N }, TRUE, TRUE },
		/* ignore */
		{ "metadata=ignore", { N, Y }, TRUE, FALSE },
		{ "metadata=ignore\nattach=no", { Y, U }, FALSE, FALSE },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strdup_printf("[defaults]\n%s\n", cases[i].host);
		g_autoptr(MflPolicy) policy = load(state, text, "win10", UUID);
		gboolean before = policy->attach;

		mfl_policy_apply_metadata(policy, &cases[i].metadata);
		if (policy->attach != cases[i].attach || policy->readonly != cases[i].readonly)
			fail_msg("case %zu: %s: attach %d, readonly %d", i, cases[i].host,
				 policy->attach, policy->readonly);
		if (policy->attach != before)
			assert_string_equal(policy->decided_by, "the domain's metadata");
	}
}

static void test_metadata_keeps_required(void **state)
{
	static const MflPolicyMetadata refuse = { .attach = MFL_POLICY_NO };
	static const MflPolicyMetadata ask = { .attach = MFL_POLICY_YES };
	g_autoptr(MflPolicy) attached = load(state, "[defaults]\nrequired=yes\n", "win10", UUID);
	g_autoptr(MflPolicy) not_attached = load(
		state, "[defaults]\nrequired=yes\nattach=no\nmetadata=full\n", "win10", UUID);

	mfl_policy_apply_metadata(attached, &refuse);
	assert_false(attached->attach);
	assert_true(attached->required);

	mfl_policy_apply_metadata(not_attached, &ask);
	assert_true(not_attached->attach);
	assert_false(not_attached->required);
}

static void test_group(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(MflPolicy) name = load(state, "[defaults]\ngroup=root\n", "win10", UUID);
	g_autoptr(MflPolicy) number = load(state, "[defaults]\ngroup=4711\n", "win10", UUID);
	g_autoptr(MflPolicy) none = load(state,
					 "[defaults]\ngroup=root\n"
					 "[domain:win10]\ngroup=no-such-group\n",
					 "win10", UUID);
	g_autoptr(MflPolicy) minus = load(state, "[defaults]\ngroup=4294967295\n", "win10", UUID);
	g_autofree char *section = g_strdup_printf("%s [domain:win10]", fixture->path);
	g_autoptr(GError) error = NULL;
	gid_t gid = 1;

	assert_true(mfl_policy_get_gid(name, &gid, NULL));
	assert_int_equal(gid, 0);
	assert_true(mfl_policy_get_gid(number, &gid, NULL));
	assert_int_equal(gid, 4711);

	assert_false(mfl_policy_get_gid(none, &gid, &error));
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	assert_non_null(strstr(error->message, section));
	assert_non_null(strstr(error->message, "group=no-such-group"));
	g_clear_error(&error);

	assert_false(mfl_policy_get_gid(minus, &gid, &error));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_missing_file_is_defaults),
		TEST(test_empty_file_is_defaults),
		TEST(test_unreadable_file_fails_closed),
		TEST(test_all_keys),
		TEST(test_order_and_merge),
		TEST(test_globs),
		TEST(test_decided_by_names_the_section),
		TEST(test_origin_of_each_key),
		TEST(test_check),
		TEST(test_own_no_is_not_a_failure),
		TEST(test_mistakes_are_named),
		TEST(test_repeated_section),
		TEST(test_mistake_elsewhere_counts),
		TEST(test_nul_byte),
		TEST(test_too_large),
		TEST(test_metadata),
		TEST(test_metadata_keeps_required),
		TEST(test_group),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
