/* SPDX-License-Identifier: MIT */
/* libvirt connection URIs: see uri.h. */
#include "uri.h"

#include "error.h"
#include "runtime.h"

#include <string.h>

gboolean mfl_uri_parse(const char *uri, MflUriKind *kind, GError **error)
{
	g_autofree char *scheme = NULL;
	g_autofree char *host = NULL;
	g_autofree char *path = NULL;

	if (!g_uri_split(uri, G_URI_FLAGS_NONE, &scheme, NULL, &host, NULL, &path, NULL, NULL,
			 NULL) ||
	    !scheme) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "\"%s\" is no libvirt URI; use " MFL_URI_QEMU_SYSTEM
			    " or " MFL_URI_QEMU_SESSION,
			    uri);
		return FALSE;
	}
	if (strcmp(scheme, "qemu") != 0 && !g_str_has_prefix(scheme, "qemu+")) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "%s is no QEMU connection; only QEMU/KVM domains can be read", uri);
		return FALSE;
	}
	if ((host && *host) ||
	    (strcmp(scheme, "qemu") != 0 && strcmp(scheme, "qemu+unix") != 0)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "%s leads to another host; a domain's memory can only be read where "
			    "it runs: run this there, with " MFL_URI_QEMU_SYSTEM,
			    uri);
		return FALSE;
	}
	if (strcmp(path, "/system") == 0) {
		*kind = MFL_URI_SYSTEM;
		return TRUE;
	}
	if (strcmp(path, "/session") == 0) {
		*kind = MFL_URI_SESSION;
		return TRUE;
	}
	if (strcmp(path, "/embed") == 0)
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "%s is private to the program that opened it; give a node of its "
			    "domain instead",
			    uri);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "%s ends neither in /system nor in /session", uri);
	return FALSE;
}

gboolean mfl_uri_leads_elsewhere(const char *uri)
{
	return strchr(uri, '?') != NULL;
}

char *mfl_uri_runtime_dir(const MflEnv *env, MflUriKind kind)
{
	return kind == MFL_URI_SYSTEM ? mfl_runtime_system_dir(env) :
					mfl_runtime_session_dir(env);
}

static gboolean has_socket(const char *run, const char *first, const char *second)
{
	g_autofree char *first_path = g_build_filename(run, "libvirt", first, NULL);
	g_autofree char *second_path = g_build_filename(run, "libvirt", second, NULL);

	return g_file_test(first_path, G_FILE_TEST_EXISTS) ||
	       g_file_test(second_path, G_FILE_TEST_EXISTS);
}

MflDaemon mfl_uri_find_daemon(const MflEnv *env, MflUriKind kind)
{
	const char *run = kind == MFL_URI_SYSTEM ? env->run : mfl_env_get_user_run(env);

	/*
	 * Of the modular daemon and of the monolithic one (libvirt docs/daemons.rst).
	 * Session daemons have no socket of their own for read-only connections.
	 */
	if (has_socket(run, "virtqemud-sock-ro", "libvirt-sock-ro"))
		return MFL_DAEMON_READ_ONLY;
	if (has_socket(run, "virtqemud-sock", "libvirt-sock"))
		return kind == MFL_URI_SYSTEM ? MFL_DAEMON_READ_WRITE : MFL_DAEMON_READ_ONLY;
	return MFL_DAEMON_NONE;
}
