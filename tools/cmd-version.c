// SPDX-License-Identifier: MIT
/*
 * The first question in a report of trouble: which versions met here?
 */
#include "exit-status.h"
#include "json.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "module.h"

static void print_module(FILE *out, const struct ctl_module *module)
{
	g_auto(GStrv) names = NULL;
	g_autofree char *features = NULL;

	if (!module->loaded) {
		fputs("kernel module memflow: not loaded; load it with \"modprobe memflow\"\n", out);
		return;
	}
	fprintf(out, "kernel module memflow %s", module->version ? module->version : "(no version)");
	if (!module->known) {
		fputs(", interface unknown: you may open neither /dev/memflow nor a node\n", out);
		return;
	}
	names = ctl_module_feature_names(module->features);
	features = g_strjoinv(" ", names);
	fprintf(out, ", interface %u (%s)\n", module->abi, features);
}

static void print_json(FILE *out, const struct ctl_module *module)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_auto(GStrv) names = ctl_module_feature_names(module->features);

	json_builder_begin_object(builder);
	ctl_json_add_string(builder, "memflowctl", MFL_VERSION);
	ctl_json_add_string(builder, "library", mfl_version());
	json_builder_set_member_name(builder, "module");
	json_builder_begin_object(builder);
	ctl_json_add_boolean(builder, "loaded", module->loaded);
	ctl_json_add_string(builder, "version", module->version);
	if (module->known) {
		ctl_json_add_number(builder, "abi", module->abi);
		json_builder_set_member_name(builder, "features");
		json_builder_begin_array(builder);
		for (guint i = 0; names[i]; i++)
			json_builder_add_string_value(builder, names[i]);
		json_builder_end_array(builder);
	} else {
		ctl_json_add_null(builder, "abi");
		ctl_json_add_null(builder, "features");
	}
	json_builder_end_object(builder);
	json_builder_end_object(builder);
	ctl_json_print(out, builder);
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	gboolean json = FALSE;
	const GOptionEntry entries[] = {
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_auto(CtlModule) module = { 0 };
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 0, &status);
	if (!operands)
		return status;
	ctl_module_query(ctl->env, &module);
	if (json) {
		print_json(ctl->out, &module);
		return CTL_OK;
	}
	fprintf(ctl->out, "memflowctl %s\nlibmemflow-libvirt %s\n", MFL_VERSION, mfl_version());
	print_module(ctl->out, &module);
	return CTL_OK;
}

const struct ctl_command ctl_command_version = {
	.name = "version",
	.help = "show the versions of tool, library and kernel module",
	.run = run,
};
