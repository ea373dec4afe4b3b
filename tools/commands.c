// SPDX-License-Identifier: MIT
/*
 * The table of commands, and the way from an argument vector to one of them.
 */
#include <string.h>

#include "complete.h"
#include "exit-status.h"
#include "memflowctl.h"

static const struct ctl_command *const commands[] = {
	&ctl_command_list,
	&ctl_command_info,
	&ctl_command_read,
	&ctl_command_dump,
	&ctl_command_write,
	&ctl_command_attach,
	&ctl_command_detach,
	&ctl_command_sync,
	&ctl_command_policy,
	&ctl_command_wait,
	&ctl_command_watch,
	&ctl_command_doctor,
	&ctl_command_version,
	&ctl_command_help,
};

const struct ctl_command *ctl_find_command(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	}
	return NULL;
}

const struct ctl_command *ctl_get_command(guint index)
{
	return index < G_N_ELEMENTS(commands) ? commands[index] : NULL;
}

void ctl_print_usage(FILE *out)
{
	fputs("Usage:\n"
	      "  memflowctl COMMAND [OPTION…] [ARGUMENT…]\n\n"
	      "Guest physical memory of libvirt domains, by name.\n\n"
	      "Commands:\n",
	      out);
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->help);
	fputs("\nDOMAIN is a domain's name, UUID or id. Addresses (guest physical) and lengths\n"
	      "are bytes, decimal or 0x hexadecimal, with a suffix K, M, G or T if you like.\n"
	      "\"memflowctl COMMAND --help\" shows a command's options, memflowctl(1) has it all.\n\n"
	      "Exit status:\n",
	      out);
	for (int status = 0; status < CTL_N_STATUSES; status++)
		fprintf(out, "  %2d  %s\n", status, ctl_status_describe(status));
}

int ctl_run(struct ctl *ctl, char **argv)
{
	const struct ctl_command *command;
	const char *name = argv[0] ? argv[1] : NULL;

	if (!name) {
		ctl_print_usage(ctl->err);
		return CTL_USAGE;
	}
	if (!strcmp(name, "--complete"))
		return ctl_finish_output(ctl, ctl_complete(ctl, argv + 2));
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	else if (!strcmp(name, "--version") || !strcmp(name, "-V"))
		name = "version";

	command = ctl_find_command(name);
	if (!command)
		return ctl_fail_usage(ctl, NULL, "there is no command \"%s\"", name);
	return ctl_finish_output(ctl, command->run(ctl, command, argv + 1));
}
