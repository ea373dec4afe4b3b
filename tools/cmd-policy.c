// SPDX-License-Identifier: MIT
/*
 * The policy for who writes it: whether it is right, and what it makes of a domain. Both by
 * the code that the hook decides by.
 */
#include <string.h>

#include "core/device.h"
#include "core/policy.h"
#include "decide/verdict.h"
#include "exit-status.h"
#include "json.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "text.h"

/* ------------------------------------------------------------------ check -- */

static void print_mistakes_json(struct ctl *ctl, const char *file, gboolean exists,
				GPtrArray *mistakes)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	ctl_json_add_string(builder, "file", file);
	ctl_json_add_boolean(builder, "exists", exists);
	json_builder_set_member_name(builder, "mistakes");
	json_builder_begin_array(builder);
	for (guint i = 0; mistakes && i < mistakes->len; i++) {
		g_autofree char *valid = g_utf8_make_valid(g_ptr_array_index(mistakes, i), -1);

		json_builder_add_string_value(builder, valid);
	}
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	ctl_json_print(ctl->out, builder);
}

static int check(struct ctl *ctl, const char *file, gboolean json)
{
	const char *path = file ? file : ctl->policy_file;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) mistakes = mfl_policy_check(path, &error);
	/* Who names none is told that none is needed. */
	const gboolean missing = g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_FOUND);

	if (!mistakes && !(missing && !file))
		return ctl_fail_text(ctl, CTL_FAILURE, "%s", error->message);
	if (json)
		print_mistakes_json(ctl, path, mistakes != NULL, mistakes);
	else if (missing)
		fprintf(ctl->out, "%s\n", error->message);
	else if (!mistakes->len)
		fprintf(ctl->out, "%s: no mistakes\n", path);
	for (guint i = 0; mistakes && i < mistakes->len; i++)
		ctl_note(ctl, "%s", (char *)g_ptr_array_index(mistakes, i));
	return mistakes && mistakes->len ? CTL_FAILURE : CTL_OK;
}

/* ------------------------------------------------------------------- show -- */

typedef struct {
	const char *key;
	char *value;
	const char *from;
} Line;

enum { N_LINES = 7 };

static const char *yes_or_no(gboolean yes)
{
	return yes ? "yes" : "no";
}

static void describe(const MflPolicy *policy, Line lines[N_LINES])
{
	static const char *const metadata[] = {
		[MFL_POLICY_METADATA_RESTRICT] = "restrict",
		[MFL_POLICY_METADATA_FULL] = "full",
		[MFL_POLICY_METADATA_IGNORE] = "ignore",
	};
	const Line all[N_LINES] = {
		{ "attach", g_strdup(policy->never ? "never" : yes_or_no(policy->attach)),
		  policy->decided_by },
		{ "readonly", g_strdup(yes_or_no(policy->readonly)), policy->readonly_from },
		{ "required", g_strdup(yes_or_no(policy->required)), policy->required_from },
		{ "group", g_strdup(policy->group), policy->group_from },
		{ "mode", g_strdup_printf("%04o", (guint)policy->mode), policy->mode_from },
		{ "metadata", g_strdup(metadata[policy->metadata]), policy->metadata_from },
		{ "timeout", g_strdup_printf("%u", policy->timeout), policy->timeout_from },
	};

	memcpy(lines, all, sizeof(all));
}

static void print_policy(struct ctl *ctl, const MflDomainXml *domain, const MflPolicy *policy,
			 const char *refusal)
{
	g_autofree char *name = ctl_escape_name(domain->name);
	g_autofree char *node = mfl_device_node_path(ctl->env, domain->name);
	g_autofree char *safe = refusal ? ctl_escape_message(refusal) : NULL;
	Line lines[N_LINES];

	fprintf(ctl->out, "%-10s %s\n", "domain", name);
	fprintf(ctl->out, "%-10s %s\n", "uuid", domain->uuid);
	describe(policy, lines);
	for (guint i = 0; i < N_LINES; i++) {
		g_autofree char *value = ctl_escape_name(lines[i].value);
		g_autofree char *from = ctl_escape_message(lines[i].from);

		fprintf(ctl->out, "%-10s %-10s %s\n", lines[i].key, value, from);
		g_free(lines[i].value);
	}
	if (refusal)
		fprintf(ctl->out, "%-10s is not attached when it starts: %s\n", "result", safe);
	else
		fprintf(ctl->out, "%-10s is attached when it starts: %s%s\n", "result", node,
			policy->readonly ? ", read-only" : "");
}

static void print_policy_json(struct ctl *ctl, const MflDomainXml *domain,
			      const MflPolicy *policy, const char *refusal)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autofree char *node = mfl_device_node_path(ctl->env, domain->name);
	Line lines[N_LINES];

	json_builder_begin_object(builder);
	ctl_json_add_string(builder, "name", domain->name);
	ctl_json_add_string(builder, "uuid", domain->uuid);
	describe(policy, lines);
	for (guint i = 0; i < N_LINES; i++) {
		json_builder_set_member_name(builder, lines[i].key);
		json_builder_begin_object(builder);
		ctl_json_add_string(builder, "value", lines[i].value);
		ctl_json_add_string(builder, "from", lines[i].from);
		json_builder_end_object(builder);
		g_free(lines[i].value);
	}
	ctl_json_add_boolean(builder, "attached", refusal == NULL);
	ctl_json_add_string(builder, "refusal", refusal);
	ctl_json_add_string(builder, "node", refusal ? NULL : node);
	json_builder_end_object(builder);
	ctl_json_print(ctl->out, builder);
}

static int show(struct ctl *ctl, const char *argument, const char *uri, gboolean json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) domain = mfl_domain_find(argument, uri, &error);
	g_autofree char *text = domain ? mfl_domain_dup_xml(domain, &error) : NULL;
	g_autoptr(MflDomainXml) xml = NULL;
	g_autoptr(MflPolicy) policy = NULL;
	g_autofree char *refusal = NULL;
	MflVerdict verdict;

	if (!text)
		return ctl_fail(ctl, error);
	xml = mfl_domain_xml_parse(text, strlen(text), &error);
	if (xml)
		policy = mfl_policy_load(ctl->policy_file, xml->name, xml->uuid, &error);
	if (!policy)
		return ctl_fail_text(ctl, CTL_FAILURE, "%s", error->message);
	verdict = mfl_verdict_reach(policy, xml, &refusal);
	if (verdict == MFL_VERDICT_ATTACH && mfl_domain_get_uri(domain) &&
	    g_str_has_prefix(mfl_domain_get_uri(domain), "qemu:///session"))
		refusal = g_strdup("it belongs to a user's session daemon");
	if (json)
		print_policy_json(ctl, xml, policy, refusal);
	else
		print_policy(ctl, xml, policy, refusal);
	return CTL_OK;
}

/* -------------------------------------------------------------------- run -- */

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	gboolean json = FALSE;
	const GOptionEntry entries[] = {
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "show: look only at this libvirt connection", "URI" },
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "\"check\" looks for mistakes in FILE, or in the host's policy.\n"
				     "\"show\" says what holds for DOMAIN, and which rule says so.\n",
				     argv, 1, 2, &status);
	if (!operands)
		return status;
	if (!strcmp(operands[0], "check"))
		return check(ctl, operands[1], json);
	if (!strcmp(operands[0], "show") && operands[1])
		return show(ctl, operands[1], uri, json);
	return ctl_fail_usage(ctl, command, "policy needs \"check [FILE]\" or \"show DOMAIN\"");
}

const struct ctl_command ctl_command_policy = {
	.name = "policy",
	.arguments = "check [FILE] | show DOMAIN",
	.help = "check the policy, or show what it makes of a domain",
	.run = run,
};
