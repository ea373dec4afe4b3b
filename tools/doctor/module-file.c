// SPDX-License-Identifier: MIT
/*
 * The module as a file: where modprobe would take it from, and what can be read in it without
 * loading it. Distributions that compress modules hide the latter from us.
 */
#include <string.h>

#include "doctor.h"

static const char signature_end[] = "~Module signature appended~\n";

void doctor_module_file_clear(struct doctor_module_file *file)
{
	g_clear_pointer(&file->path, g_free);
	g_clear_pointer(&file->srcversion, g_free);
}

/* "updates/dkms/memflow.ko.xz: " begins a line of modules.dep; a path may be absolute, too. */
static char *find_indexed(const char *dep, const char *dir)
{
	for (const char *line = dep; line && *line;) {
		const gsize length = strcspn(line, ":\n");
		g_autofree char *path = g_strndup(line, length);
		g_autofree char *name = g_path_get_basename(path);

		if (g_str_equal(name, "memflow.ko") || g_str_has_prefix(name, "memflow.ko."))
			return *path == '/' ? g_steal_pointer(&path)
					    : g_build_filename(dir, path, NULL);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return NULL;
}

static char *find_unindexed(const struct doctor *doctor, const char *dir)
{
	static const char *const places[] = { "updates/dkms",	    "updates", "extra",
					      "kernel/extra",	    "misc",    "weak-updates",
					      "kernel/drivers/misc" };
	static const char *const endings[] = { "", ".xz", ".zst", ".gz" };

	for (guint i = 0; i < G_N_ELEMENTS(places) * G_N_ELEMENTS(endings); i++) {
		g_autofree char *path =
			g_strconcat(dir, "/", places[i / G_N_ELEMENTS(endings)], "/memflow.ko",
				    endings[i % G_N_ELEMENTS(endings)], NULL);

		if (doctor_exists(doctor, path))
			return g_steal_pointer(&path);
	}
	return NULL;
}

/* "srcversion=…" is one of the strings, each with a NUL at its end, of the section .modinfo. */
static char *find_srcversion(const char *data, gsize length)
{
	static const char key[] = "\0srcversion=";
	const char *found = memmem(data, length, key, sizeof(key) - 1);

	if (!found)
		return NULL;
	found += sizeof(key) - 1;
	return g_strndup(found, (gsize)(data + length - found));
}

static void look_into(const struct doctor *doctor, struct doctor_module_file *file)
{
	g_autofree char *full = doctor_path(doctor, file->path);
	g_autofree char *data = NULL;
	gsize length;

	if (!g_str_has_suffix(full, ".ko") || !g_file_test(full, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(full, &data, &length, NULL))
		return;
	file->known = TRUE;
	file->is_signed = length >= strlen(signature_end) &&
			  memcmp(data + length - strlen(signature_end), signature_end,
				 strlen(signature_end)) == 0;
	file->srcversion = find_srcversion(data, length);
}

void doctor_module_file_find(const struct doctor *doctor, struct doctor_module_file *file)
{
	g_autofree char *dir = g_build_filename("/lib/modules", doctor->world->release, NULL);
	g_autofree char *dep_path = g_build_filename(dir, "modules.dep", NULL);
	g_autofree char *dep = doctor_read(doctor, dep_path);

	*file = (struct doctor_module_file){ .path = find_indexed(dep, dir) };
	file->indexed = file->path && doctor_exists(doctor, file->path);
	if (!file->indexed) {
		g_free(file->path);
		file->path = find_unindexed(doctor, dir);
	}
	if (file->path)
		look_into(doctor, file);
}
