// SPDX-License-Identifier: MIT
/* Ways to look at the world: see doctor.h. */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "doctor.h"

char *doctor_path(const struct doctor *doctor, const char *path)
{
	return g_strconcat(doctor->world->root, path, NULL);
}

int doctor_stat(const struct doctor *doctor, const char *path, struct stat *status)
{
	g_autofree char *full = doctor_path(doctor, path);

	return stat(full, status) ? errno : 0;
}

int doctor_lstat(const struct doctor *doctor, const char *path, struct stat *status)
{
	g_autofree char *full = doctor_path(doctor, path);

	return lstat(full, status) ? errno : 0;
}

gboolean doctor_exists(const struct doctor *doctor, const char *path)
{
	struct stat status;

	return doctor_stat(doctor, path, &status) == 0;
}

char *doctor_read(const struct doctor *doctor, const char *path)
{
	g_autofree char *full = doctor_path(doctor, path);
	char *text = NULL;

	/* A pipe in a file's place would be waited for. */
	if (!g_file_test(full, G_FILE_TEST_IS_REGULAR))
		return NULL;
	g_file_get_contents(full, &text, NULL, NULL);
	return text;
}

const char *doctor_first(const struct doctor *doctor, const char *const *paths)
{
	for (; *paths; paths++)
		if (doctor_exists(doctor, *paths))
			return *paths;
	return NULL;
}

char *doctor_quote(const char *word)
{
	if (*word && !word[strspn(word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-+:=,@%")])
		return g_strdup(word);
	return g_shell_quote(word);
}

char *doctor_read_line(const char *dir, const char *path)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	char *text = NULL;

	return g_file_get_contents(full, &text, NULL, NULL) ? g_strchomp(text) : NULL;
}
