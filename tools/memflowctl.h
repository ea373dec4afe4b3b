/* SPDX-License-Identifier: MIT */
/*
 * What the files of memflowctl share: the command table's row, the streams a
 * command works with, and the few things every command does in the same way
 * (options, errors, exit status).
 */
#pragma once

#include <stdio.h>

#include <glib.h>

#include "core/env.h"

/**
 * struct ctl - the world of a command
 * @in: standard input
 * @out: standard output
 * @err: standard error
 * @env: the host, for what the library's public interface does not tell
 * @policy_file: the host's policy
 * @completion: (nullable): not to do anything, but to say what words may come (complete.h)
 *
 * Handed down instead of used as globals so that the tests can run whole
 * commands against memory streams.
 */
struct ctl {
	FILE *in;
	FILE *out;
	FILE *err;
	const MflEnv *env;
	const char *policy_file;
	struct _CtlCompletion *completion;
};

/**
 * struct ctl_command - a row of the command table
 * @name: what the user types
 * @arguments: its operands, for the usage line
 * @help: one line for `memflowctl help`
 * @looks_at_nodes: it makes, removes or judges nodes: keeps CAP_SYS_ADMIN (capabilities.h)
 * @looks_at_log: it reads the kernel's log: keeps CAP_SYSLOG
 * @run: does it; @argv begins with the command's name and ends with NULL
 *	Returns: exit status
 */
struct ctl_command {
	const char *name;
	const char *arguments;
	const char *help;
	gboolean looks_at_nodes;
	gboolean looks_at_log;
	int (*run)(struct ctl *ctl, const struct ctl_command *command, char **argv);
};

extern const struct ctl_command ctl_command_attach;
extern const struct ctl_command ctl_command_detach;
extern const struct ctl_command ctl_command_doctor;
extern const struct ctl_command ctl_command_dump;
extern const struct ctl_command ctl_command_help;
extern const struct ctl_command ctl_command_info;
extern const struct ctl_command ctl_command_list;
extern const struct ctl_command ctl_command_policy;
extern const struct ctl_command ctl_command_read;
extern const struct ctl_command ctl_command_sync;
extern const struct ctl_command ctl_command_version;
extern const struct ctl_command ctl_command_wait;
extern const struct ctl_command ctl_command_watch;
extern const struct ctl_command ctl_command_write;

/* commands.c */
int ctl_run(struct ctl *ctl, char **argv);
void ctl_print_usage(FILE *out);
const struct ctl_command *ctl_find_command(const char *name);
/* NULL: there are no more. */
const struct ctl_command *ctl_get_command(guint index);

/**
 * ctl_parse_options: (options.c)
 * @entries: the command's own options, NULL-terminated
 * @description: (nullable): text below the options in --help
 * @argv: as ctl_command.run got it
 * @min, @max: how many operands the command takes
 * @status: out: exit status if NULL is returned
 *
 * Handles --help, usage errors and completion; to be called before a command does anything.
 *
 * Returns: (transfer full): the operands, NULL if the command is over
 */
char **ctl_parse_options(struct ctl *ctl, const struct ctl_command *command,
			 const GOptionEntry *entries, const char *description, char **argv,
			 guint min, guint max, int *status);

/* report.c */

/* Prints "memflowctl: ERROR" and returns the exit status that goes with it. */
int ctl_fail(struct ctl *ctl, const GError *error);
/* Prints "memflowctl: TEXT" and returns @status. */
int ctl_fail_text(struct ctl *ctl, int status, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* A usage error: the text, and where to read more. */
int ctl_fail_usage(struct ctl *ctl, const struct ctl_command *command, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* Something the user should know while the command goes on. */
void ctl_note(struct ctl *ctl, const char *format, ...) G_GNUC_PRINTF(2, 3);
/*
 * Flushes @ctl->out. Returns @status, or 1 if the output could not be written; a
 * reader that closed its end is no news to anyone and is not reported.
 */
int ctl_finish_output(struct ctl *ctl, int status);
