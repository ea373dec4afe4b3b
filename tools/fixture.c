// SPDX-License-Identifier: MIT
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "fake-library.h"
#include "fixture.h"
#include "memflowctl.h"

int no_open(const char *path, int flags)
{
	(void)path;
	(void)flags;
	errno = EACCES;
	return -1;
}

int fixture_setup(void **state)
{
	struct fixture *f = g_new0(struct fixture, 1);

	fake_reset();
	f->dir = g_dir_make_tmp("test-commands-XXXXXX", NULL);
	assert_non_null(f->dir);
	f->policy_file = g_build_filename(f->dir, "policy.conf", NULL);
	f->env = (MflEnv){ .dev = f->dir, .sys = f->dir, .open = no_open };
	*state = f;
	return 0;
}

static void remove_tree(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_tree(child);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	fake_reset();
	remove_tree(f->dir);
	g_free(f->dir);
	g_free(f->policy_file);
	free(f->out);
	free(f->err);
	g_free(f);
	return 0;
}

int run(struct fixture *f, const char *line)
{
	g_autofree char *whole = g_strconcat("memflowctl ", line, NULL);
	g_auto(GStrv) argv = NULL;
	FILE *empty = fopen("/dev/null", "re");
	FILE *to_string;
	struct ctl ctl = { .in = f->in ? f->in : empty,
			   .env = &f->env,
			   .policy_file = f->policy_file };
	int status;

	assert_true(g_shell_parse_argv(whole, NULL, &argv, NULL));
	free(f->out);
	free(f->err);
	to_string = open_memstream(&f->out, &f->out_size);
	ctl.out = f->out_to ? f->out_to : to_string;
	ctl.err = open_memstream(&f->err, &f->err_size);
	status = ctl_run(&ctl, argv);
	fclose(to_string);
	fclose(ctl.err);
	fclose(empty);
	return status;
}

void assert_succeeds(struct fixture *f, const char *line)
{
	int status = run(f, line);

	if (status || f->err_size)
		fail_msg("\"%s\" gave %d: %s", line, status, f->err);
}

void assert_fails(struct fixture *f, const char *line, int expected, const char *why)
{
	int status = run(f, line);

	if (status != expected)
		fail_msg("\"%s\" gave %d, not %d: %s", line, status, expected, f->err);
	assert_true(g_str_has_prefix(f->err, "memflowctl: "));
	assert_contains(f->err, why);
	assert_int_equal(f->out_size, 0);
}

void assert_golden(struct fixture *f, const char *name)
{
	g_autofree char *path = g_build_filename(GOLDEN_DIR, name, NULL);
	g_autofree char *expected = NULL;

	if (g_strcmp0(g_getenv("MFL_REGENERATE_GOLDEN"), "1") == 0)
		assert_true(g_file_set_contents(path, f->out, (gssize)f->out_size, NULL));
	if (!g_file_get_contents(path, &expected, NULL, NULL))
		fail_msg("cannot read %s", path);
	assert_string_equal(f->out, expected);
}
