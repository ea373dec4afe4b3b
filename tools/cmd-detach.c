// SPDX-License-Identifier: MIT
#include "exit-status.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	gboolean revoke = FALSE;
	const GOptionEntry entries[] = {
		{ "revoke", 0, 0, G_OPTION_ARG_NONE, &revoke,
		  "Also end the access of those who have the node open", NULL },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(MflDomain) domain = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "The domain runs on. Without --revoke who has its memory open "
				     "keeps it.\n",
				     argv, 1, 1, &status);
	if (!operands)
		return status;
	domain = mfl_domain_find(operands[0], uri, &error);
	if (!domain || !mfl_domain_unpublish(domain, revoke, &error))
		return ctl_fail(ctl, error);
	return CTL_OK;
}

const struct ctl_command ctl_command_detach = {
	.name = "detach",
	.arguments = "DOMAIN",
	.help = "take a domain's node away",
	.looks_at_nodes = TRUE,
	.run = run,
};
