// SPDX-License-Identifier: MIT
/*
 * Repairs what the hook could not do: domains that ran before the module was loaded, that libvirt
 * started without the hook, or that the policy says something else of by now.
 */
#include "core/device.h"
#include "exit-status.h"
#include "json.h"
#include "memflowctl.h"
#include "sync.h"
#include "text.h"

static const struct {
	const char *word;
	const char *done;
} actions[SYNC_N_ACTIONS] = {
	[SYNC_NONE] = { "none", "" },		   [SYNC_ATTACH] = { "attach", "attached" },
	[SYNC_REPLACE] = { "replace", "replaced" }, [SYNC_DETACH] = { "detach", "detached" },
	[SYNC_REMOVE] = { "remove", "removed" },   [SYNC_KEEP] = { "keep", "kept" },
};

/* "/dev/memflow-vms/win10 (pid 4711, group memflow, mode 0660, read-only)" */
static char *describe_node(const struct ctl *ctl, const SyncStep *step)
{
	g_autofree char *node = mfl_device_node_path(ctl->env, step->name);
	g_autofree char *group =
		step->by_hand ? g_strdup_printf("%u", (guint)step->published->gid) :
				ctl_escape_name(step->policy->group);

	return g_strdup_printf("%s (pid %d, group %s, mode %04o%s)", node, (int)step->pid, group,
			       (guint)ctl_sync_mode(step), step->policy->readonly ? ", read-only" : "");
}

static void print_step(struct ctl *ctl, const SyncStep *step, gboolean dry_run)
{
	g_autofree char *name = ctl_escape_name(step->name);
	g_autofree char *reason = step->reason ? ctl_escape_message(step->reason) : NULL;
	const gboolean makes = step->action == SYNC_ATTACH || step->action == SYNC_REPLACE;
	g_autofree char *node = makes && step->policy ? describe_node(ctl, step) : NULL;

	if (step->action == SYNC_NONE || step->error)
		return;
	fprintf(ctl->out, "%s%s %s: ", dry_run ? "would " : "",
		dry_run ? actions[step->action].word : actions[step->action].done, name);
	if (step->action == SYNC_ATTACH)
		fprintf(ctl->out, "%s\n", node);
	else if (node)
		fprintf(ctl->out, "%s; %s\n", node, reason);
	else
		fprintf(ctl->out, "%s\n", reason);
}

static void print_json(struct ctl *ctl, GPtrArray *steps, gboolean dry_run, const GError *failure)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	ctl_json_add_boolean(builder, "dry_run", dry_run);
	ctl_json_add_string(builder, "error", failure ? failure->message : NULL);
	json_builder_set_member_name(builder, "domains");
	json_builder_begin_array(builder);
	for (guint i = 0; i < steps->len; i++) {
		const SyncStep *step = g_ptr_array_index(steps, i);

		json_builder_begin_object(builder);
		ctl_json_add_string(builder, "name", step->name);
		ctl_json_add_string(builder, "uuid", step->uuid);
		if (step->pid > 0)
			ctl_json_add_number(builder, "pid", (guint64)step->pid);
		else
			ctl_json_add_null(builder, "pid");
		ctl_json_add_string(builder, "action", actions[step->action].word);
		ctl_json_add_boolean(builder, "done", step->done);
		ctl_json_add_string(builder, "reason", step->reason);
		ctl_json_add_string(builder, "error", step->error ? step->error->message : NULL);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	ctl_json_print(ctl->out, builder);
}

/* A group or metadata that are wrong are no mistakes on the command line. */
static int get_status(const GError *error)
{
	int status = ctl_status_from_error(error);

	return status == CTL_USAGE ? CTL_FAILURE : status;
}

static int report(struct ctl *ctl, GPtrArray *steps, gboolean dry_run, gboolean json,
		  const GError *failure)
{
	int status = CTL_OK;
	guint n_todo = 0;

	if (json)
		print_json(ctl, steps, dry_run, failure);
	for (guint i = 0; i < steps->len; i++) {
		const SyncStep *step = g_ptr_array_index(steps, i);

		n_todo += step->error || step->action != SYNC_NONE;
		if (!json)
			print_step(ctl, step, dry_run);
		if (!step->error)
			continue;
		ctl_note(ctl, "domain \"%s\": %s", step->name, step->error->message);
		status = status ? status : get_status(step->error);
	}
	if (failure) {
		ctl_note(ctl, "%s", failure->message);
		return get_status(failure);
	}
	if (!json && !n_todo)
		fprintf(ctl->out, "nothing to do\n");
	return status;
}

/* The policy's first mistake is everyone's; it is said once, and nothing is touched. */
static gboolean check(const struct ctl *ctl, GError **error)
{
	g_autoptr(MflPolicy) policy = mfl_policy_load(ctl->policy_file, "", NULL, error);

	return policy && mfl_device_check(ctl->env, error);
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	gboolean dry_run = FALSE, strict = FALSE, revoke = FALSE, json = FALSE;
	const GOptionEntry entries[] = {
		{ "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run,
		  "Only say what would be done", NULL },
		{ "strict", 0, 0, G_OPTION_ARG_NONE, &strict,
		  "Do not spare what was attached by hand", NULL },
		{ "revoke", 0, 0, G_OPTION_ARG_NONE, &revoke,
		  "Also end the access of those who have a node open that goes", NULL },
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(GPtrArray) steps = NULL;
	g_autoptr(GError) failure = NULL;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 0, &status);
	if (!operands)
		return status;
	if (!check(ctl, &failure))
		return ctl_fail_text(ctl, get_status(failure), "%s", failure->message);
	steps = ctl_sync_plan(ctl, strict, &failure);
	for (guint i = 0; !dry_run && i < steps->len; i++)
		ctl_sync_carry_out(ctl, g_ptr_array_index(steps, i), revoke);
	return report(ctl, steps, dry_run, json, failure);
}

const struct ctl_command ctl_command_sync = {
	.name = "sync",
	.help = "attach and detach the running domains as the policy says",
	.looks_at_nodes = TRUE,
	.run = run,
};
