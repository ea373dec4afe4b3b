// SPDX-License-Identifier: MIT
/*
 * Entry point. Everything else is reachable without it, so that the tests link
 * the same objects.
 *
 * SIGPIPE keeps its default action: a reader that has seen enough ends us the
 * way it ends cat(1).
 */
#include <locale.h>
#include <stdio.h>

#include "capabilities.h"
#include "core/policy.h"
#include "memflowctl.h"

int main(int argc, char **argv)
{
	struct ctl ctl = {
		.in = stdin,
		.out = stdout,
		.err = stderr,
		.env = mfl_env_host(),
		.policy_file = MFL_POLICY_FILE,
	};
	const struct ctl_command *command = argc > 1 ? ctl_find_command(argv[1]) : NULL;

	if (command)
		ctl_drop_capabilities(command);
	/* Not LC_NUMERIC: what we print is read by programs, too. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	g_set_prgname("memflowctl");
	return ctl_run(&ctl, argv);
}
