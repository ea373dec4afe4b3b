// SPDX-License-Identifier: MIT
/*
 * GOptionContext knows programs, not subcommands: this gives each of them its
 * usage line, its --help and its errors in the same form.
 */
#include "complete.h"
#include "exit-status.h"
#include "memflowctl.h"

static GOptionContext *new_context(const struct ctl_command *command, const GOptionEntry *entries,
				   const char *description)
{
	GOptionContext *context = g_option_context_new(command->arguments);
	g_autofree char *summary = NULL;

	summary = g_strdup_printf("%c%s.", g_ascii_toupper(command->help[0]), command->help + 1);
	g_option_context_set_summary(context, summary);
	if (description)
		g_option_context_set_description(context, description);
	g_option_context_add_main_entries(context, entries, NULL);
	/* GLib's own --help prints past our streams and exits. */
	g_option_context_set_help_enabled(context, FALSE);
	return context;
}

static void print_help(struct ctl *ctl, const struct ctl_command *command, GOptionContext *context)
{
	g_autofree char *program = g_strdup(g_get_prgname());
	g_autofree char *with_command = g_strdup_printf("memflowctl %s", command->name);
	g_autofree char *help = NULL;

	/* The usage line begins with the program's name and knows no subcommands. */
	g_set_prgname(with_command);
	help = g_option_context_get_help(context, TRUE, NULL);
	g_set_prgname(program);
	fputs(help, ctl->out);
}

char **ctl_parse_options(struct ctl *ctl, const struct ctl_command *command,
			 const GOptionEntry *entries, const char *description, char **argv,
			 guint min, guint max, int *status)
{
	gboolean help = FALSE;
	g_auto(GStrv) operands = NULL;
	g_auto(GStrv) args = g_strdupv(argv);
	const GOptionEntry common[] = {
		{ "help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = new_context(command, entries, description);
	g_autoptr(GError) error = NULL;
	guint n;

	if (ctl->completion) {
		ctl_completion_take(ctl->completion, command, entries);
		*status = CTL_OK;
		return NULL;
	}
	g_option_context_add_main_entries(context, common, NULL);
	if (!g_option_context_parse_strv(context, &args, &error)) {
		*status = ctl_fail_usage(ctl, command, "%s", error->message);
		return NULL;
	}
	if (help) {
		print_help(ctl, command, context);
		*status = CTL_OK;
		return NULL;
	}
	if (!operands)
		operands = g_new0(char *, 1);
	n = g_strv_length(operands);
	if (n < min || n > max) {
		*status = ctl_fail_usage(ctl, command, n < min ?
					 "%s needs %s" : "%s takes no more than %s", command->name,
					 command->arguments ? command->arguments : "no operands");
		return NULL;
	}
	for (guint i = 0; i < n; i++) {
		if (!g_utf8_validate(operands[i], -1, NULL)) {
			*status = ctl_fail_usage(ctl, command, "\"%s\" is not valid UTF-8",
						 operands[i]);
			return NULL;
		}
	}
	return g_steal_pointer(&operands);
}
