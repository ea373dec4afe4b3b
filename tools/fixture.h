/* SPDX-License-Identifier: MIT */
/*
 * For tests of whole commands, from the argument vector to the output, with fake-library.c behind
 * them. To be included after cmocka.h.
 */
#pragma once

#include <stdio.h>
#include <string.h>

#include "core/env.h"

#define MIB ((gsize)1 << 20)

/**
 * struct fixture - the world of a command under test
 * @dir: empty at first, removed with all that is in it
 * @policy_file: its name in @dir; it does not exist
 * @env: a host on which nothing can be opened
 * @in: NULL: empty
 * @out_to: NULL: into @out
 * @out, @out_size: what the last command printed
 * @err, @err_size: what it said
 */
struct fixture {
	char *dir;
	char *policy_file;
	MflEnv env;
	FILE *in;
	FILE *out_to;
	char *out;
	size_t out_size;
	char *err;
	size_t err_size;
};

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* env.open: permission denied. */
int no_open(const char *path, int flags);

/* Runs "memflowctl LINE"; words of LINE as a shell would split them. */
int run(struct fixture *f, const char *line);

#define assert_contains(text, part)                                                                \
	do {                                                                                       \
		if (!strstr(text, part))                                                           \
			fail_msg("\"%s\" is not in: %s", part, text);                              \
	} while (0)

void assert_succeeds(struct fixture *f, const char *line);

/* A failed command says why and prints no data. */
void assert_fails(struct fixture *f, const char *line, int expected, const char *why);

/* What was printed is what is in golden/; MFL_REGENERATE_GOLDEN=1 in the environment writes it. */
void assert_golden(struct fixture *f, const char *name);
