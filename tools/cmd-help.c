// SPDX-License-Identifier: MIT
#include "exit-status.h"
#include "memflowctl.h"

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
	g_auto(GStrv) operands = NULL;
	const struct ctl_command *about;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 1, &status);
	if (!operands)
		return status;
	if (!operands[0]) {
		ctl_print_usage(ctl->out);
		return CTL_OK;
	}
	about = ctl_find_command(operands[0]);
	if (!about)
		return ctl_fail_usage(ctl, NULL, "there is no command \"%s\"", operands[0]);
	return about->run(ctl, about, (char *[]){ (char *)about->name, (char[]){ "--help" }, NULL });
}

const struct ctl_command ctl_command_help = {
	.name = "help",
	.arguments = "[COMMAND]",
	.help = "show the commands, or a command's options",
	.run = run,
};
