// SPDX-License-Identifier: MIT
/* memflowctl policy: mistakes with their places, and what holds for a domain by which rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-glib/json-glib.h>

#include "exit-status.h"
#include "fake-library.h"
#include "fixture.h"

#define METADATA(content)                                                                          \
	"<metadata><m:access xmlns:m='urn:memflow-libvirt:domain:1' " content "/></metadata>"

static void set_policy(struct fixture *f, const char *text)
{
	assert_true(g_file_set_contents(f->policy_file, text, -1, NULL));
}

static void test_check(void **state)
{
	struct fixture *f = *state;
	g_autofree char *named = g_strdup_printf("policy check '%s'", f->policy_file);

	/* No file is a policy, too; but not if somebody names it. */
	assert_succeeds(f, "policy check");
	assert_contains(f->out, "the defaults hold");
	assert_fails(f, named, CTL_FAILURE, "there is no");
	set_policy(f, "[defaults]\nmode=0640\ngroup=0\n");
	assert_succeeds(f, "policy check");
	assert_contains(f->out, "policy.conf: no mistakes");
	set_policy(f, "[defaults]\nmode=0777\n[domain:x]\natach=no\n");
	assert_fails(f, "policy check", CTL_FAILURE, "policy.conf:2: [defaults] mode: ");
	assert_contains(f->err, "policy.conf:4: [domain:x] atach: ");
	assert_fails(f, named, CTL_FAILURE, "policy.conf:2: ");
	assert_int_equal(run(f, "policy check --json"), CTL_FAILURE);
	assert_contains(f->out, "\"exists\" : true");
	assert_contains(f->out, "policy.conf:4: ");
	assert_fails(f, "policy", CTL_USAGE, "policy needs");
	assert_fails(f, "policy show", CTL_USAGE, "show DOMAIN");
	assert_fails(f, "policy frobnicate", CTL_USAGE, "show DOMAIN");
}

/* A line of the output begins with @key and has @value and @from. */
static void assert_line(struct fixture *f, const char *key, const char *value, const char *from)
{
	g_auto(GStrv) lines = g_strsplit(f->out, "\n", -1);

	for (guint i = 0; lines[i]; i++) {
		g_autofree char *start = g_strdup_printf("%-10s %s", key, value);

		if (g_str_has_prefix(lines[i], start) && strstr(lines[i], from))
			return;
	}
	fail_msg("no line \"%s %s … %s\" in: %s", key, value, from, f->out);
}

static void test_show(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "[defaults]\nmode=0640\n[domain:win*]\ngroup=vmi\nreadonly=yes\n");
	assert_succeeds(f, "policy show win10");
	assert_line(f, "attach", "yes", "built-in defaults");
	assert_line(f, "readonly", "yes", "policy.conf [domain:win*]");
	assert_line(f, "group", "vmi", "policy.conf [domain:win*]");
	assert_line(f, "mode", "0640", "policy.conf [defaults]");
	assert_line(f, "result", "is attached", "memflow-vms/win10, read-only");
	/* One that is shut off, too. */
	assert_succeeds(f, "policy show off");
	assert_line(f, "readonly", "no", "built-in defaults");

	fake.content = METADATA("attach='no'");
	assert_succeeds(f, "policy show win10");
	assert_line(f, "attach", "no", "the domain's metadata");
	assert_line(f, "result", "is not attached", "attach=no in the domain's metadata");
	fake.content = METADATA("atach='no'");
	assert_succeeds(f, "policy show win10");
	assert_line(f, "result", "is not attached", "not understood");
	fake.content = NULL;
	fake.type = "qemu";
	assert_succeeds(f, "policy show win10");
	assert_line(f, "result", "is not attached", "'qemu'");
	fake.type = NULL;
	assert_succeeds(f, "policy show alpine");
	assert_line(f, "result", "is not attached", "session");
}

static void test_show_json(void **state)
{
	struct fixture *f = *state;
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonObject *root, *attach;

	set_policy(f, "[uuid:6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01]\nattach=never\n");
	assert_succeeds(f, "policy show win10 --json");
	assert_true(json_parser_load_from_data(parser, f->out, -1, NULL));
	root = json_node_get_object(json_parser_get_root(parser));
	attach = json_object_get_object_member(root, "attach");
	assert_string_equal(json_object_get_string_member(attach, "value"), "never");
	assert_contains(json_object_get_string_member(attach, "from"), "[uuid:");
	assert_false(json_object_get_boolean_member(root, "attached"));
	assert_contains(json_object_get_string_member(root, "refusal"), "attach=never");
	assert_true(json_object_get_null_member(root, "node"));
}

static void test_show_failures(void **state)
{
	struct fixture *f = *state;

	assert_fails(f, "policy show nobody", CTL_NO_DOMAIN, "nobody");
	fake.xml_error = MFL_ERROR_LIBVIRT;
	assert_fails(f, "policy show win10", CTL_LIBVIRT, "no XML");
	fake.xml_error = 0;
	set_policy(f, "[defaults]\nmode=0777\n");
	assert_fails(f, "policy show win10", CTL_FAILURE, "policy.conf:2: ");
	set_policy(f, "");
	fake.content = "<name>twice</name>";
	assert_fails(f, "policy show win10", CTL_FAILURE, "a second <name>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_check),
		TEST(test_show),
		TEST(test_show_json),
		TEST(test_show_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
