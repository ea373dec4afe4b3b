/* SPDX-License-Identifier: MIT */
/* libvirt's runtime files: see runtime.h. */
#include "runtime.h"

#include "error.h"

#include <string.h>
#include <sys/stat.h>

#define SUFFIX ".pid"

char *mfl_runtime_system_dir(const MflEnv *env)
{
	return g_build_filename(env->run, "libvirt", "qemu", NULL);
}

char *mfl_runtime_session_dir(const MflEnv *env)
{
	return g_build_filename(mfl_env_get_user_run(env), "libvirt", "qemu", "run", NULL);
}

/*
 * libvirt escapes a name in this path as in XML (9.0.0, src/util/virpidfile.c,
 * virPidFileBuildPath(): virBufferEscapeString): "a & b" has "a &amp; b.pid". Should
 * it stop doing so, the name itself is tried next; whose process it is, is checked
 * afterwards in any case.
 */
static char *find_pid_file(const char *dir, const char *name)
{
	g_autofree char *file = g_strconcat(name, SUFFIX, NULL);
	g_autofree char *escaped = NULL;
	g_autofree char *path = NULL;

	if (g_utf8_validate(file, -1, NULL)) {
		escaped = g_markup_escape_text(file, -1);
		path = g_build_filename(dir, escaped, NULL);
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			return g_steal_pointer(&path);
	}
	return g_build_filename(dir, file, NULL);
}

/* The other way round: a name out of a file's. */
static char *unescape(const char *text, gsize length)
{
	static const struct {
		const char *entity;
		char character;
	} entities[] = {
		{ "&amp;", '&' },   { "&lt;", '<' },	{ "&gt;", '>' },
		{ "&apos;", '\'' }, { "&quot;", '"' },
	};
	GString *name = g_string_new(NULL);

	for (const char *end = text + length; text < end;) {
		guint i;

		for (i = 0; i < G_N_ELEMENTS(entities); i++)
			if (g_str_has_prefix(text, entities[i].entity))
				break;
		if (i == G_N_ELEMENTS(entities)) {
			g_string_append_c(name, *text++);
			continue;
		}
		g_string_append_c(name, entities[i].character);
		text += strlen(entities[i].entity);
	}
	return g_string_free(name, FALSE);
}

pid_t mfl_runtime_read_pid(const char *dir, const char *name, GError **error)
{
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
	path = find_pid_file(dir, name);
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

MflProcess *mfl_runtime_open_process(const MflEnv *env, const char *dir, const char *name,
				     const char *uuid, GError **error)
{
	g_autoptr(MflProcess) process = NULL;
	pid_t pid = mfl_runtime_read_pid(dir, name, error);

	if (pid <= 0)
		return NULL;
	process = mfl_process_open_in(env, pid, error);
	if (!process || !mfl_process_is_domain(process, name, uuid, error))
		return NULL;
	return g_steal_pointer(&process);
}

/* Its name is not escaped (9.0.0, src/conf/virdomainobjlist.c, virDomainConfigFile()). */
static char *get_state_path(const char *dir, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".xml", NULL);

	return g_build_filename(dir, file, NULL);
}

/*
 * The file is written beside its place and renamed (9.0.0, src/util/virfile.c,
 * virFileRewrite()), so that it is another inode each time.
 */
guint64 mfl_runtime_get_stamp(const char *dir, const char *name)
{
	g_autofree char *path = get_state_path(dir, name);
	struct stat status;
	guint64 stamp;

	if (stat(path, &status) < 0)
		return 0;
	stamp = (guint64)status.st_mtim.tv_sec * G_GUINT64_CONSTANT(1000000000) +
		(guint64)status.st_mtim.tv_nsec;
	stamp = stamp * 31 + (guint64)status.st_ino;
	return stamp ? stamp : 1;
}

/*
 * Each command to a monitor has the file written, as it was (seen with 9.0.0). And whether the
 * domain is paused, which stands in <domstatus>, is no matter of its devices.
 */
guint64 mfl_runtime_get_epoch(const char *dir, const char *name)
{
	g_autofree char *path = get_state_path(dir, name);
	g_autofree char *text = NULL;
	guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325); /* FNV-1a */
	gsize length = 0;

	if (!g_file_get_contents(path, &text, &length, NULL))
		return 0;
	for (const char *line = text, *end = text + length; line < end;) {
		const char *stop = memchr(line, '\n', (gsize)(end - line));

		stop = stop ? stop + 1 : end;
		for (; line < stop && !g_str_has_prefix(line, "<domstatus "); line++) {
			hash ^= (guint8)*line;
			hash *= G_GUINT64_CONSTANT(0x100000001b3);
		}
		line = stop;
	}
	return hash ? hash : 1;
}

GPtrArray *mfl_runtime_list_names(const char *dir)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) entries = g_dir_open(dir, 0, NULL);
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries)))
		if (g_str_has_suffix(entry, SUFFIX) && strlen(entry) > strlen(SUFFIX))
			g_ptr_array_add(names, unescape(entry, strlen(entry) - strlen(SUFFIX)));
	return names;
}
