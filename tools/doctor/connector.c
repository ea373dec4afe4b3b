// SPDX-License-Identifier: MIT
/*
 * The plugin for memflow: installed, with its .meta file, and where the memflow of whoever asks
 * looks. memflow from 0.2.4 on looks in ~/.local/lib/memflow, in the directories of
 * MEMFLOW_PLUGIN_PATH and in the current one; before, in /usr/lib/memflow by itself
 * (memflow/src/plugins/inventory.rs).
 */
#include <string.h>

#include <json-glib/json-glib.h>

#include "doctor.h"

#define VARIABLE "MEMFLOW_PLUGIN_PATH"
#define PLUGIN "libmemflow_libvirt"

static char *plugin_path(const struct doctor *doctor, const char *ending)
{
	g_autofree char *name = g_strconcat(PLUGIN, ending, NULL);

	return g_build_filename(doctor->world->plugin_dir, name, NULL);
}

static gboolean under_sudo(const struct doctor *doctor)
{
	return doctor->world->uid == 0 && doctor->world->getenv("SUDO_USER");
}

/* ----------------------------------------------------------------- file, .meta -- */

void doctor_check_connector_file(struct doctor *doctor)
{
	g_autofree char *path = plugin_path(doctor, ".so");
	struct stat status;
	int errnum = doctor_stat(doctor, path, &status);

	if (errnum) {
		doctor_warning(doctor, "there is no %s", path);
		doctor_why(doctor,
			   "programs of memflow do not know -c libvirt:NAME; memflowctl and the "
			   "nodes do not need it");
		doctor_fix_install(doctor, path);
	} else if (!S_ISREG(status.st_mode) || (status.st_mode & 0444) != 0444) {
		doctor_warning(doctor, "%s cannot be read by everybody: mode %04o", path,
			       (guint)status.st_mode & 07777);
		doctor_why(doctor, "programs of memflow pass over it");
		doctor_fix(doctor, "chmod 644 %s", path);
	} else {
		doctor_ok(doctor, "the connector is installed: %s", path);
	}
}

static char *get_digest(const struct doctor *doctor, const char *path)
{
	g_autofree char *full = doctor_path(doctor, path);
	g_autofree char *data = NULL;
	gsize length;

	if (!g_file_test(full, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(full, &data, &length, NULL))
		return NULL;
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)data, length);
}

/* (nullable): not there, or no such file */
static char *get_meta_digest(const struct doctor *doctor, const char *path)
{
	g_autofree char *text = doctor_read(doctor, path);
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonNode *root, *digest = NULL;

	if (!text || !json_parser_load_from_data(parser, text, -1, NULL))
		return NULL;
	root = json_parser_get_root(parser);
	if (root && JSON_NODE_HOLDS_OBJECT(root))
		digest = json_object_get_member(json_node_get_object(root), "digest");
	return digest && JSON_NODE_HOLDS_VALUE(digest) ? g_strdup(json_node_get_string(digest))
						       : NULL;
}

void doctor_check_connector_meta(struct doctor *doctor)
{
	g_autofree char *plugin = plugin_path(doctor, ".so");
	g_autofree char *path = plugin_path(doctor, ".meta");
	g_autofree char *tool = g_build_filename(doctor->world->tool_dir, "write-meta", NULL);
	g_autofree char *digest = get_digest(doctor, plugin);
	g_autofree char *wanted = get_meta_digest(doctor, path);

	if (!digest) {
		doctor_unknown(doctor, "%s cannot be read, so what belongs to it is not known",
			       plugin);
		return;
	}
	if (g_strcmp0(digest, wanted) == 0) {
		doctor_ok(doctor, "%s belongs to the connector", path);
		return;
	}
	if (!doctor_exists(doctor, path))
		doctor_warning(doctor, "there is no %s", path);
	else
		doctor_warning(doctor, "%s belongs to another build of the connector", path);
	doctor_why(doctor,
		   "memflow from 0.2.4 on takes a plugin without it only from file systems that "
		   "keep birth times, and memflowup removes such plugins");
	if (doctor_exists(doctor, tool))
		doctor_fix(doctor, "%s %s " MFL_VERSION, tool, plugin);
	else
		doctor_fix_install(doctor, path);
}

/* ----------------------------------------------------------------------- path -- */

/* A plugin of ours in @dir; memflowup adds a digest to its name. (nullable) */
static char *find_plugin(const struct doctor *doctor, const char *dir)
{
	g_autofree char *full = doctor_path(doctor, dir);
	g_autoptr(GDir) entries = *dir ? g_dir_open(full, 0, NULL) : NULL;
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries)))
		if (g_str_has_prefix(entry, PLUGIN) && g_str_has_suffix(entry, ".so"))
			return g_build_filename(dir, entry, NULL);
	return NULL;
}

static char *find_in_variable(const struct doctor *doctor)
{
	const char *value = doctor->world->getenv(VARIABLE);
	g_auto(GStrv) dirs = g_strsplit(value ? value : "", ":", -1);

	for (guint i = 0; dirs[i]; i++) {
		char *found = find_plugin(doctor, dirs[i]);

		if (found)
			return found;
	}
	return NULL;
}

static void report_not_found(struct doctor *doctor)
{
	const char *dir = doctor->world->plugin_dir;
	const char *value = doctor->world->getenv(VARIABLE);
	g_autofree char *quoted = doctor_quote(dir);

	if (value && *value)
		doctor_warning(doctor, VARIABLE " is %s, and the connector is not there", value);
	else if (under_sudo(doctor))
		doctor_warning(doctor, "sudo has dropped " VARIABLE);
	else
		doctor_warning(doctor, VARIABLE " is not set in this session");
	doctor_why(doctor, "memflow from 0.2.4 on says \"plugin not found: libvirt\"%s",
		   under_sudo(doctor) ? "; members of the node's group do not need sudo"
		   : doctor_exists(doctor, "/etc/profile.d/memflow-libvirt.sh")
			   ? "; a session has it from its login on, so log in again, or for "
			     "this shell"
			   : "");
	if (under_sudo(doctor))
		doctor_fix_self(doctor, "sudo " VARIABLE "=%s PROGRAM", quoted);
	else
		doctor_fix_self(doctor, "export " VARIABLE "=\"${" VARIABLE ":+$" VARIABLE ":}\"%s",
				quoted);
}

void doctor_check_connector_path(struct doctor *doctor)
{
	const char *home = doctor->world->home;
	g_autofree char *installed = find_plugin(doctor, doctor->world->plugin_dir);
	g_autofree char *home_dir =
		home ? g_build_filename(home, ".local/lib/memflow", NULL) : g_strdup("");
	g_autofree char *own = find_plugin(doctor, home_dir);
	g_autofree char *found = find_in_variable(doctor);
	g_autofree char *digest = installed ? get_digest(doctor, installed) : NULL;
	g_autofree char *own_digest = own ? get_digest(doctor, own) : NULL;
	g_autofree char *quoted = own ? doctor_quote(own) : NULL;

	if (own && installed && g_strcmp0(digest, own_digest) != 0) {
		doctor_warning(doctor, "%s is another build than %s", own, installed);
		doctor_why(doctor,
			   "memflow takes the one of them that its .meta file says is newer");
		doctor_fix_self(doctor, "rm %s", quoted);
	} else if (own || found) {
		doctor_ok(doctor, "memflow finds the connector: %s", own ? own : found);
	} else if (!installed) {
		doctor_unknown(doctor, "the connector is not installed, so nobody can find it");
	} else {
		report_not_found(doctor);
	}
}

/* ----------------------------------------------------------------------- sudo -- */

void doctor_check_connector_sudo(struct doctor *doctor)
{
	const char *bin_dir = doctor->world->bin_dir;
	const char *path = doctor->world->getenv("PATH");
	g_auto(GStrv) dirs = g_strsplit(path ? path : "", ":", -1);

	if (!under_sudo(doctor)) {
		doctor_ok(doctor,
			  "this is not run by sudo, which has a PATH and plugins of its own");
	} else if (g_strv_contains((const char *const *)dirs, bin_dir)) {
		doctor_ok(doctor, "sudo's PATH has memflowctl: %s", bin_dir);
	} else {
		doctor_warning(doctor, "sudo's PATH (secure_path) is %s, without %s",
			       path ? path : "empty", bin_dir);
		doctor_why(doctor, "sudo memflowctl: command not found");
		doctor_fix_self(doctor, "sudo %s/memflowctl doctor", bin_dir);
	}
}
