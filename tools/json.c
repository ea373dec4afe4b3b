// SPDX-License-Identifier: MIT
#include "json.h"

/*
 * JSON has to carry a hostile name exactly and yet may end up on a terminal:
 * json-glib escapes the ASCII control characters; the others can only be
 * inside of strings, where \uXXXX means the same.
 */
static char *escape_controls(const char *json)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = json; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (c >= 0x7f && c <= 0xffff &&
		    (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT))
			g_string_append_printf(out, "\\u%04x", c);
		else
			g_string_append_unichar(out, c);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void print(FILE *out, JsonBuilder *builder, gboolean pretty)
{
	g_autoptr(JsonGenerator) generator = json_generator_new();
	g_autoptr(JsonNode) root = json_builder_get_root(builder);
	g_autofree char *json = NULL;
	g_autofree char *safe = NULL;

	json_generator_set_pretty(generator, pretty);
	json_generator_set_root(generator, root);
	json = json_generator_to_data(generator, NULL);
	safe = escape_controls(json);
	fprintf(out, "%s\n", safe);
}

void ctl_json_print(FILE *out, JsonBuilder *builder)
{
	print(out, builder, TRUE);
}

void ctl_json_print_line(FILE *out, JsonBuilder *builder)
{
	print(out, builder, FALSE);
}

void ctl_json_add_string(JsonBuilder *builder, const char *key, const char *value)
{
	json_builder_set_member_name(builder, key);
	if (value) {
		/* sysfs may carry bytes that are no UTF-8; JSON cannot. */
		g_autofree char *valid = g_utf8_make_valid(value, -1);

		json_builder_add_string_value(builder, valid);
	} else {
		json_builder_add_null_value(builder);
	}
}

void ctl_json_add_number(JsonBuilder *builder, const char *key, guint64 value)
{
	json_builder_set_member_name(builder, key);
	json_builder_add_int_value(builder, (gint64)value);
}

void ctl_json_add_boolean(JsonBuilder *builder, const char *key, gboolean value)
{
	json_builder_set_member_name(builder, key);
	json_builder_add_boolean_value(builder, value);
}

void ctl_json_add_null(JsonBuilder *builder, const char *key)
{
	json_builder_set_member_name(builder, key);
	json_builder_add_null_value(builder);
}

static void add_known_number(JsonBuilder *builder, const char *key, gboolean known, guint64 value)
{
	if (known)
		ctl_json_add_number(builder, key, value);
	else
		ctl_json_add_null(builder, key);
}

void ctl_json_add_domain(JsonBuilder *builder, MflDomain *domain)
{
	const char *node = mfl_domain_get_node(domain);
	int id = mfl_domain_get_id(domain);
	GPid pid = mfl_domain_get_pid(domain);
	guint64 ram = mfl_domain_get_ram_size(domain);

	ctl_json_add_string(builder, "name", mfl_domain_get_name(domain));
	ctl_json_add_string(builder, "uuid", mfl_domain_get_uuid(domain));
	ctl_json_add_boolean(builder, "running", mfl_domain_is_running(domain));
	add_known_number(builder, "id", id >= 0, (guint64)id);
	add_known_number(builder, "pid", pid > 0, (guint64)pid);
	add_known_number(builder, "ram", ram > 0, ram);
	ctl_json_add_boolean(builder, "published", node != NULL);
	ctl_json_add_string(builder, "node", node);
	ctl_json_add_boolean(builder, "readonly", mfl_domain_is_readonly(domain));
	ctl_json_add_string(builder, "uri", mfl_domain_get_uri(domain));
}
