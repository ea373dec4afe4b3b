/* SPDX-License-Identifier: MIT */
/* libvirt's runtime files: see runtime.h. */
#include "runtime.h"

#include "error.h"

#include <string.h>

#define SUFFIX ".pid"

char *mfl_runtime_system_dir(const MflEnv *env)
{
	return g_build_filename(env->run, "libvirt", "qemu", NULL);
}

char *mfl_runtime_session_dir(const MflEnv *env)
{
	return g_build_filename(mfl_env_get_user_run(env), "libvirt", "qemu", "run", NULL);
}

pid_t mfl_runtime_read_pid(const char *dir, const char *name, GError **error)
{
	g_autofree char *file = NULL;
	g_autofree char *path = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	guint64 pid = 0;

	/* libvirt refuses such names; whoever passes one anyway gets no path out of it. */
	if (!*name || strchr(name, '/')) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "\"%s\" cannot be the name of a libvirt domain", name);
		return 0;
	}
	file = g_strconcat(name, SUFFIX, NULL);
	path = g_build_filename(dir, file, NULL);
	if (!g_file_get_contents(path, &text, NULL, &cause)) {
		gboolean missing = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT);
		gboolean denied = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_ACCES);

		g_set_error(error, MFL_ERROR,
			    missing  ? (int)MFL_ERROR_NOT_RUNNING :
			    denied ? (int)MFL_ERROR_PERMISSION :
					 (int)MFL_ERROR_IO,
			    "cannot read the pid of domain \"%s\": %s", name, cause->message);
		return 0;
	}
	g_strstrip(text);
	if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT, &pid, NULL)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "%s holds no pid", path);
		return 0;
	}
	return (pid_t)pid;
}

GPtrArray *mfl_runtime_list_names(const char *dir)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) entries = g_dir_open(dir, 0, NULL);
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries)))
		if (g_str_has_suffix(entry, SUFFIX) && strlen(entry) > strlen(SUFFIX))
			g_ptr_array_add(names, g_strndup(entry, strlen(entry) - strlen(SUFFIX)));
	return names;
}
