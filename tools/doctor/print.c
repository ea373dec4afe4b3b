// SPDX-License-Identifier: MIT
/* What was found, for people and for programs. */
#include <string.h>

#include "doctor.h"
#include "json.h"
#include "text.h"

static const struct {
	const char *word;
	const char *name;
} results[DOCTOR_N_RESULTS] = {
	[DOCTOR_OK] = { "ok", "ok" },
	[DOCTOR_WARNING] = { "WARNING", "warning" },
	[DOCTOR_BROKEN] = { "BROKEN", "broken" },
	[DOCTOR_UNKNOWN] = { "unknown", "unknown" },
};

char *doctor_command(const struct doctor *doctor, const struct doctor_finding *finding)
{
	const char *comment = finding->fix ? strstr(finding->fix, "   # ") : NULL;
	g_autofree char *command = NULL;
	g_autofree char *quoted = NULL;

	if (!finding->fix || !finding->as_root || doctor->world->uid == 0)
		return g_strdup(finding->fix);
	command = g_strndup(finding->fix,
			    comment ? (gsize)(comment - finding->fix) : strlen(finding->fix));
	if (!comment)
		comment = "";
	/* sudo runs one program; a shell's words are for a shell. */
	if (!strpbrk(command, "&|;<>$\"'*#~"))
		return g_strconcat("sudo ", command, comment, NULL);
	quoted = g_shell_quote(command);
	return g_strconcat("sudo sh -c ", quoted, comment, NULL);
}

static void print_line(FILE *out, const char *first, const char *second, const char *text)
{
	g_autofree char *safe = ctl_escape_message(text);

	fprintf(out, "%-8s %-19s %s\n", first, second, safe);
}

static void print_detail(FILE *out, const char *label, const char *text)
{
	g_autofree char *line = g_strconcat(label, text, NULL);

	if (text)
		print_line(out, "", "", line);
}

void doctor_print(FILE *out, const struct doctor *doctor, gboolean quiet)
{
	for (guint i = 0; i < doctor->findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor->findings, i);
		g_autofree char *command = doctor_command(doctor, finding);

		if (quiet && finding->result == DOCTOR_OK)
			continue;
		print_line(out, results[finding->result].word, finding->check, finding->what);
		print_detail(out, "why: ", finding->why);
		print_detail(out, "fix: ", command);
	}
	if (!quiet)
		fprintf(out, "\n%u ok, %u broken, %u with a warning, %u could not be checked\n",
			doctor_count(doctor, DOCTOR_OK), doctor_count(doctor, DOCTOR_BROKEN),
			doctor_count(doctor, DOCTOR_WARNING), doctor_count(doctor, DOCTOR_UNKNOWN));
}

void doctor_print_json(FILE *out, const struct doctor *doctor)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	json_builder_set_member_name(builder, "findings");
	json_builder_begin_array(builder);
	for (guint i = 0; i < doctor->findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor->findings, i);

		json_builder_begin_object(builder);
		ctl_json_add_string(builder, "check", finding->check);
		ctl_json_add_string(builder, "result", results[finding->result].name);
		ctl_json_add_string(builder, "what", finding->what);
		ctl_json_add_string(builder, "why", finding->why);
		ctl_json_add_string(builder, "fix", finding->fix);
		ctl_json_add_boolean(builder, "fix_as_root", finding->as_root);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	for (guint i = 0; i < DOCTOR_N_RESULTS; i++)
		ctl_json_add_number(builder, results[i].name, doctor_count(doctor, i));
	json_builder_end_object(builder);
	ctl_json_print(out, builder);
}
