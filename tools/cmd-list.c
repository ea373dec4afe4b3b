// SPDX-License-Identifier: MIT
#include <string.h>

#include "exit-status.h"
#include "json.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "text.h"

enum column { NAME, UUID, PID, RAM, ACCESS, NODE, N_COLUMNS };

static const char *const headings[N_COLUMNS] = {
	[NAME] = "NAME", [UUID] = "UUID",	[PID] = "PID",
	[RAM] = "RAM",	 [ACCESS] = "ACCESS",	[NODE] = "NODE",
};

typedef struct {
	char *cells[N_COLUMNS];
} Row;

static void row_free(Row *row)
{
	for (int i = 0; i < N_COLUMNS; i++)
		g_free(row->cells[i]);
	g_free(row);
}

static const char *access_word(MflDomain *domain)
{
	if (!mfl_domain_get_node(domain))
		return "-";
	return mfl_domain_is_readonly(domain) ? "ro" : "rw";
}

static Row *row_new(MflDomain *domain)
{
	Row *row = g_new0(Row, 1);
	const char *node = mfl_domain_get_node(domain);
	GPid pid = mfl_domain_get_pid(domain);
	guint64 ram = mfl_domain_get_ram_size(domain);

	row->cells[NAME] = ctl_escape_name(mfl_domain_get_name(domain));
	row->cells[UUID] = g_strdup(mfl_domain_get_uuid(domain));
	row->cells[PID] = pid > 0 ? g_strdup_printf("%d", pid) : g_strdup("-");
	row->cells[RAM] = ram ? ctl_format_size(ram) : g_strdup("-");
	row->cells[ACCESS] = g_strdup(access_word(domain));
	/* Nodes have no characters to escape, and are to be copied from here. */
	row->cells[NODE] = g_strdup(node ? node : "-");
	return row;
}

/* Characters, not columns: names in wide scripts may shift their line, no more. */
static void print_cell(FILE *out, const char *text, glong width, gboolean last)
{
	glong padding = width - g_utf8_strlen(text, -1);

	if (last)
		fprintf(out, "%s\n", text);
	else
		fprintf(out, "%s%*s  ", text, (int)MAX(padding, 0), "");
}

static void print_table(FILE *out, GPtrArray *domains)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	glong widths[N_COLUMNS];

	for (int i = 0; i < N_COLUMNS; i++)
		widths[i] = (glong)strlen(headings[i]);
	for (guint r = 0; r < domains->len; r++) {
		Row *row = row_new(g_ptr_array_index(domains, r));

		for (int i = 0; i < N_COLUMNS; i++)
			widths[i] = MAX(widths[i], g_utf8_strlen(row->cells[i], -1));
		g_ptr_array_add(rows, row);
	}
	for (int i = 0; i < N_COLUMNS; i++)
		print_cell(out, headings[i], widths[i], i == N_COLUMNS - 1);
	for (guint r = 0; r < rows->len; r++) {
		Row *row = g_ptr_array_index(rows, r);

		for (int i = 0; i < N_COLUMNS; i++)
			print_cell(out, row->cells[i], widths[i], i == N_COLUMNS - 1);
	}
}

static void print_json(FILE *out, GPtrArray *domains)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	json_builder_set_member_name(builder, "domains");
	json_builder_begin_array(builder);
	for (guint i = 0; i < domains->len; i++) {
		json_builder_begin_object(builder);
		ctl_json_add_domain(builder, g_ptr_array_index(domains, i));
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	json_builder_end_object(builder);
	ctl_json_print(out, builder);
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	gboolean json = FALSE;
	const GOptionEntry entries[] = {
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Ask only this libvirt connection", "URI" },
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(GPtrArray) domains = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 0, &status);
	if (!operands)
		return status;
	domains = mfl_domain_list(uri, &error);
	if (!domains)
		return ctl_fail(ctl, error);
	if (json)
		print_json(ctl->out, domains);
	else if (domains->len)
		print_table(ctl->out, domains);
	else
		ctl_note(ctl, "no domain is running; start one with \"virsh start NAME\"");
	return CTL_OK;
}

const struct ctl_command ctl_command_list = {
	.name = "list",
	.help = "show the running domains and their nodes",
	.run = run,
};
