// SPDX-License-Identifier: MIT
/*
 * The same as the hook does when a domain starts, on demand: for a domain that
 * was running before the module was loaded, or that is not attached by itself.
 *
 * "attach=no" in the policy is about that automatism and does not stand in the
 * way of somebody who asks; "attach=never" does, and there is no option against
 * it: who may attach may also change the policy, and that leaves a trace.
 */
#include <sys/types.h>

#include "core/policy.h"
#include "exit-status.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "number.h"

static int publish(struct ctl *ctl, MflDomain *domain, const MflPolicy *policy, const char *group,
		   guint mode, gboolean readonly)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *node = NULL;

	/* Whatever was asked for, what the host has made read-only stays so. */
	node = mfl_domain_publish(domain, group ? group : policy->group, mode,
				  readonly || policy->readonly ? MFL_PUBLISH_READONLY :
								 MFL_PUBLISH_DEFAULT,
				  &error);
	if (!node && !group && g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID))
		/* The policy's group is not one on the command line, either. */
		return ctl_fail_text(ctl, CTL_FAILURE, "%s", error->message);
	if (!node)
		return ctl_fail(ctl, error);
	fprintf(ctl->out, "%s\n", node);
	return CTL_OK;
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	g_autofree char *group = NULL;
	g_autofree char *mode_text = NULL;
	gboolean readonly = FALSE;
	const GOptionEntry entries[] = {
		{ "group", 'g', 0, G_OPTION_ARG_STRING, &group,
		  "Group of the node, name or number (default: the policy's)", "GROUP" },
		{ "mode", 'm', 0, G_OPTION_ARG_STRING, &mode_text,
		  "Permission bits of the node, octal (default: the policy's)", "MODE" },
		{ "readonly", 'R', 0, G_OPTION_ARG_NONE, &readonly,
		  "Let nobody write through the node", NULL },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(MflDomain) domain = NULL;
	g_autoptr(MflPolicy) policy = NULL;
	g_autoptr(GError) error = NULL;
	guint mode = 0;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "Prints the path of the node. A domain that is attached already "
				     "keeps its node as it is.\n",
				     argv, 1, 1, &status);
	if (!operands)
		return status;
	if (mode_text && !ctl_parse_mode(mode_text, &mode, &error))
		return ctl_fail_usage(ctl, command, "%s", error->message);

	domain = mfl_domain_find(operands[0], uri, &error);
	if (!domain)
		return ctl_fail(ctl, error);
	policy = mfl_policy_load(ctl->policy_file, mfl_domain_get_name(domain),
				 mfl_domain_get_uuid(domain), &error);
	if (!policy)
		/* A mistake in the file is not one on the command line. */
		return ctl_fail_text(ctl, CTL_FAILURE, "%s", error->message);
	if (policy->never)
		return ctl_fail_text(ctl, CTL_PERMISSION,
				     "domain \"%s\" must not be attached: attach=never in %s; "
				     "change it there if you want to attach this domain",
				     mfl_domain_get_name(domain), policy->decided_by);
	return publish(ctl, domain, policy, group, mode_text ? mode : policy->mode, readonly);
}

const struct ctl_command ctl_command_attach = {
	.name = "attach",
	.arguments = "DOMAIN",
	.help = "give a running domain its node",
	.looks_at_nodes = TRUE,
	.run = run,
};
