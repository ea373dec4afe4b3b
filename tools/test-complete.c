// SPDX-License-Identifier: MIT
/* Unit tests of complete.c: what is offered. What shells make of it: completion/test-shells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "complete.h"
#include "exit-status.h"
#include "fakehost.h"

/* A command with forms, which no command of ours may have. */
static int run_forms(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
	g_auto(GStrv) operands = NULL;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 9, &status);
	assert_null(operands);
	return status;
}

/*
 * The words that may stand in place of the last of @line, with a blank behind each. @command: the one
 * that @line begins with, if it is in no table.
 */
static char *complete(const MflEnv *env, const struct ctl_command *command, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	GString *offered = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;
	char *out = NULL;
	size_t size = 0;
	struct ctl ctl = { .out = open_memstream(&out, &size), .env = env };

	if (command)
		ctl_complete_command(&ctl, command, words + 1);
	else
		assert_int_equal(ctl_complete(&ctl, words), CTL_OK);
	fclose(ctl.out);
	lines = g_strsplit(out, "\n", -1);
	for (guint i = 0; lines[i] && *lines[i]; i++)
		g_string_append_printf(offered, "%.*s ", (int)strcspn(lines[i], "\t"), lines[i]);
	free(out);
	return g_string_free(offered, FALSE);
}

#define assert_offers(env, line, expected)                                                         \
	do {                                                                                       \
		g_autofree char *offered = complete(env, NULL, line);                                  \
		assert_string_equal(offered, expected);                                            \
	} while (0)

static void test_words(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	const MflEnv *env = &host->env;

	(void)state;
	assert_offers(env, "d", "dump detach doctor ");
	assert_offers(env, "nosuch ", "");
	assert_offers(env, "help w", "write wait watch ");
	assert_offers(env, "detach --", "--revoke --uri= --help ");
	assert_offers(env, "list --uri=qemu:///sy", "--uri=qemu:///system ");
	assert_offers(env, "list -jc q", "qemu:///system qemu:///session ");
	assert_offers(env, "list -cj q", "");
	assert_offers(env, "read --raw=x", "");
	assert_offers(env, "read a 0 8 ", "");
	assert_offers(env, "read --backend m", "memfd ");
	assert_offers(env, "dump --compress ", "zstd zstd: ");
	assert_offers(env, "dump x ", ":files ");
	assert_offers(env, "write -f ", ":files ");
	assert_offers(env, "list -- --", "");
}

static void test_domains(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	const MflEnv *env = &host->env;

	(void)state;
	assert_offers(env, "read ", "");
	fake_vm_publish(fake_vm_start(host, "win10", FAKE_UUID_A, 4711), FALSE);
	fake_vm_start(host, "two", FAKE_UUID_B, 4712);
	/* libvirt's own pid, and names that would harm a terminal. */
	fake_host_write(host, "run/libvirt/qemu/driver.pid", "1\n", -1);
	fake_vm_start(host, "es\x1b[31mc", "0c0c0c0c-1111-2222-3333-444444444444", 4713);
	assert_offers(env, "read ", "win10 two ");
	assert_offers(env, "read t", "two ");
	assert_offers(env, "read --holes zero t", "two ");
	assert_offers(env, "read -- t", "two ");
	assert_offers(env, "dump two w", ":files ");
}

static void test_forms(void **state)
{
	static const struct ctl_command command = {
		.name = "forms",
		.arguments = "check [FILE] | show DOMAIN… | on|off",
		.help = "be a test",
		.run = run_forms,
	};
	g_autoptr(FakeHost) host = fake_host_new();
	static const struct {
		const char *line;
		const char *expected;
	} cases[] = {
		{ "forms ", "check show on off " }, { "forms s", "show " },
		{ "forms check ", ":files " },	    { "forms check a ", "" },
		{ "forms show ", "win10 " },	    { "forms show win10 w", "win10 " },
		{ "forms other ", "" },
	};

	(void)state;
	fake_vm_publish(fake_vm_start(host, "win10", FAKE_UUID_A, 4711), FALSE);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *offered = complete(&host->env, &command, cases[i].line);

		if (strcmp(offered, cases[i].expected) != 0)
			fail_msg("\"%s\" offers \"%s\"", cases[i].line, offered);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_domains),
		cmocka_unit_test(test_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
