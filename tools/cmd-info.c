// SPDX-License-Identifier: MIT
#include "exit-status.h"
#include "json.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "text.h"

static void print_field(FILE *out, const char *name, const char *value)
{
	fprintf(out, "%-12s %s\n", name, value);
}

static void print_number(FILE *out, const char *name, gint64 value)
{
	fprintf(out, "%-12s %" G_GINT64_FORMAT "\n", name, value);
}

static void print_size(FILE *out, const char *name, guint64 bytes)
{
	g_autofree char *size = ctl_format_size(bytes);

	fprintf(out, "%-12s %s (%" G_GUINT64_FORMAT " bytes)\n", name, size, bytes);
}

static void print_ranges(FILE *out, GArray *ranges)
{
	fputs("\nGuest memory\n", out);
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);
		g_autofree char *size = ctl_format_size(range->length);

		fprintf(out, "  %016" G_GINT64_MODIFIER "x-%016" G_GINT64_MODIFIER "x  %s  %s\n",
			range->gpa, range->gpa + range->length - 1, range->readonly ? "ro" : "rw",
			size);
	}
}

static const MflBackend backends[] = { MFL_BACKEND_NODE, MFL_BACKEND_KMOD, MFL_BACKEND_MEMFD,
				       MFL_BACKEND_PROCMEM };

/* Why it is this backend and none of those before it. */
static void print_refusals(FILE *out, MflMemory *memory)
{
	const char *heading = "Not used";

	for (guint i = 0; i < G_N_ELEMENTS(backends); i++) {
		g_autofree char *reason = mfl_memory_dup_refusal(memory, backends[i]);
		g_autofree char *message = reason ? ctl_escape_message(reason) : NULL;

		if (!message)
			continue;
		fprintf(out, "%-12s %s: %s\n", heading, mfl_backend_to_string(backends[i]),
			message);
		heading = "";
	}
}

static void print_text(FILE *out, MflDomain *domain, MflMemory *memory, const GError *why_not)
{
	const char *node = mfl_domain_get_node(domain);
	g_autofree char *name = ctl_escape_name(mfl_domain_get_name(domain));

	print_field(out, "Name", name);
	print_field(out, "UUID", mfl_domain_get_uuid(domain));
	print_field(out, "State", mfl_domain_is_running(domain) ? "running" : "not running");
	if (mfl_domain_get_id(domain) >= 0)
		print_number(out, "Id", mfl_domain_get_id(domain));
	if (mfl_domain_get_pid(domain) > 0)
		print_number(out, "Process", mfl_domain_get_pid(domain));
	if (mfl_domain_get_uri(domain))
		print_field(out, "Connection", mfl_domain_get_uri(domain));
	if (node)
		fprintf(out, "%-12s %s%s\n", "Node", node,
			mfl_domain_is_readonly(domain) ? " (read-only)" : "");
	else
		print_field(out, "Node", "none");

	if (memory) {
		g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);

		print_field(out, "Backend", mfl_backend_to_string(mfl_memory_get_backend(memory)));
		print_refusals(out, memory);
		print_size(out, "RAM", mfl_memory_get_ram_size(memory));
		fprintf(out, "%-12s 0x%" G_GINT64_MODIFIER "x\n", "End",
			mfl_memory_get_end(memory));
		print_ranges(out, ranges);
		return;
	}
	if (mfl_domain_get_ram_size(domain))
		print_size(out, "RAM", mfl_domain_get_ram_size(domain));
	if (why_not) {
		g_autofree char *message = ctl_escape_message(why_not->message);

		print_field(out, "Memory", message);
	}
}

static void add_memory(JsonBuilder *builder, MflMemory *memory)
{
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);

	json_builder_begin_object(builder);
	ctl_json_add_string(builder, "backend",
			    mfl_backend_to_string(mfl_memory_get_backend(memory)));
	json_builder_set_member_name(builder, "not_used");
	json_builder_begin_object(builder);
	for (guint i = 0; i < G_N_ELEMENTS(backends); i++) {
		g_autofree char *reason = mfl_memory_dup_refusal(memory, backends[i]);

		if (reason)
			ctl_json_add_string(builder, mfl_backend_to_string(backends[i]), reason);
	}
	json_builder_end_object(builder);
	ctl_json_add_number(builder, "generation", mfl_memory_get_generation(memory));
	ctl_json_add_number(builder, "end", mfl_memory_get_end(memory));
	ctl_json_add_number(builder, "ram", mfl_memory_get_ram_size(memory));
	json_builder_set_member_name(builder, "ranges");
	json_builder_begin_array(builder);
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		json_builder_begin_object(builder);
		ctl_json_add_number(builder, "gpa", range->gpa);
		ctl_json_add_number(builder, "length", range->length);
		ctl_json_add_boolean(builder, "readonly", range->readonly);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	json_builder_end_object(builder);
}

static void print_json(FILE *out, MflDomain *domain, MflMemory *memory, const GError *why_not)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	ctl_json_add_domain(builder, domain);
	json_builder_set_member_name(builder, "memory");
	if (memory)
		add_memory(builder, memory);
	else
		json_builder_add_null_value(builder);
	ctl_json_add_string(builder, "memory_error", why_not ? why_not->message : NULL);
	json_builder_end_object(builder);
	ctl_json_print(out, builder);
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	g_autofree char *backend_name = NULL;
	gboolean json = FALSE;
	const GOptionEntry entries[] = {
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		{ "backend", 'b', 0, G_OPTION_ARG_STRING, &backend_name,
		  "How to open the memory: auto, node, kmod, memfd, procmem", "NAME" },
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(MflDomain) domain = NULL;
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GError) error = NULL;
	MflBackend backend = MFL_BACKEND_AUTO;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 1, 1, &status);
	if (!operands)
		return status;
	if (backend_name && !mfl_backend_from_string(backend_name, &backend, &error))
		return ctl_fail_usage(ctl, command, "%s", error->message);
	domain = mfl_domain_find(operands[0], uri, &error);
	if (!domain)
		return ctl_fail(ctl, error);

	/*
	 * That a domain is there is worth knowing without the right to look into
	 * it; who names a backend wants to know whether that one works.
	 */
	if (mfl_domain_is_running(domain) || backend_name)
		memory = mfl_memory_open(operands[0], uri, backend, MFL_OPEN_READONLY, &error);
	if (!memory && backend_name)
		return ctl_fail(ctl, error);
	if (json)
		print_json(ctl->out, domain, memory, error);
	else
		print_text(ctl->out, domain, memory, error);
	return CTL_OK;
}

const struct ctl_command ctl_command_info = {
	.name = "info",
	.arguments = "DOMAIN",
	.help = "show a domain and the layout of its memory",
	.run = run,
};
