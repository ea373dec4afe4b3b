/* SPDX-License-Identifier: MIT */
/*
 * Whether to connect to libvirt at all, and how.
 *
 * Without a daemon there is nothing to ask: virConnectOpen() would take its time,
 * start a session daemon, and print to stderr through libvirt's global error
 * function, because there is no connection yet whose function could be called
 * (libvirt 9.0.0, virterror.c, virDispatchError()). That global belongs to the
 * program: it cannot be read, so it could not be put back, and it is left alone.
 */
#include "libvirt.h"

gboolean mfl_libvirt_find_daemon(const MflContext *context, const char *uri, MflUriKind kind,
				 gboolean named, gboolean *readonly, GError **error)
{
	MflDaemon daemon = mfl_uri_find_daemon(context->env, kind);

	/* Who names the session means to start it. */
	if (named && (mfl_uri_leads_elsewhere(uri) || kind == MFL_URI_SESSION))
		daemon = daemon == MFL_DAEMON_NONE ? MFL_DAEMON_READ_ONLY : daemon;
	*readonly = daemon == MFL_DAEMON_READ_ONLY;
	if (daemon != MFL_DAEMON_NONE)
		return TRUE;
	g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
		    kind == MFL_URI_SYSTEM ?
			    "libvirt is not running; start it: systemctl start libvirtd" :
			    "no session daemon is running");
	return FALSE;
}

gpointer mfl_libvirt_connect(const MflContext *context, const char *uri, MflUriKind kind,
			     gboolean named, GError **error)
{
	gboolean readonly;

	if (!mfl_libvirt_find_daemon(context, uri, kind, named, &readonly, error))
		return NULL;
	return context->libvirt->open(uri, readonly, error);
}
