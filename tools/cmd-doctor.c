// SPDX-License-Identifier: MIT
/* Looks at the whole line, from the module to memflow's plugin, and says what is wrong with it. */
#include "doctor/doctor.h"

#include "exit-status.h"
#include "memflowctl.h"

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	gboolean json = FALSE;
	gboolean quiet = FALSE;
	const GOptionEntry entries[] = {
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Show only what is not well", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_auto(Doctor) doctor = { 0 };
	int status;

	operands = ctl_parse_options(
		ctl, command, entries,
		"Changes nothing. CHECK, such as \"hook\" or \"hook.file\", makes "
		"only those checks.\nmemflowctl-doctor(1) describes them all.\n",
		argv, 0, 1, &status);
	if (!operands)
		return status;
	doctor_init(&doctor, doctor_world_host(ctl->env, ctl->policy_file));
	if (!doctor_run(&doctor, operands[0] ? operands[0] : ""))
		return ctl_fail_usage(ctl, command, "there is no check \"%s\"", operands[0]);
	if (json)
		doctor_print_json(ctl->out, &doctor);
	else
		doctor_print(ctl->out, &doctor, quiet);
	if (doctor_count(&doctor, DOCTOR_BROKEN))
		return CTL_BROKEN;
	return doctor_count(&doctor, DOCTOR_WARNING) ? CTL_WARNINGS : CTL_OK;
}

const struct ctl_command ctl_command_doctor = {
	.name = "doctor",
	.arguments = "[CHECK]",
	.help = "look for what is wrong, and say what mends it",
	.looks_at_nodes = TRUE,
	.looks_at_log = TRUE,
	.run = run,
};
