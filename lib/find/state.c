/* SPDX-License-Identifier: MIT */
/* Stopping a domain's processors and letting them go on. */
#include "libvirt.h"

#include "candidates.h"
#include "error.h"

/* FALSE without an error: that connection does not know the domain. */
static gboolean set_paused_at(MflDomain *domain, const char *uri, gboolean named, gboolean paused,
			      GError **error)
{
	const MflContext *context = domain->context;
	gpointer connection;
	gboolean done;
	MflUriKind kind;

	if (!mfl_uri_parse(uri, &kind, error))
		return FALSE;
	/* As when it was found: no session daemon is started for one nobody named. */
	if (!named && mfl_uri_find_daemon(context->env, kind) == MFL_DAEMON_NONE)
		return FALSE;
	connection = context->libvirt->open(uri, FALSE, error);
	if (!connection)
		return FALSE;
	done = context->libvirt->set_paused(connection, domain->uuid, paused, error);
	context->libvirt->close(connection);
	return done;
}

static gboolean set_paused(MflDomain *domain, gboolean paused, GError **error)
{
	MflCandidate candidates[MFL_MAX_CANDIDATES] = { { .uri = domain->uri } };
	const guint n = domain->uri ? 1 : mfl_candidates_get(domain->context, candidates);
	g_autoptr(GError) first = NULL;

	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) cause = NULL;

		if (set_paused_at(domain, candidates[i].uri, domain->uri != NULL, paused, &cause))
			return TRUE;
		if (cause && !first)
			first = g_steal_pointer(&cause);
	}
	if (first)
		g_set_error(error, MFL_ERROR, first->code, "cannot %s domain \"%s\": %s",
			    paused ? "pause" : "resume", domain->name, first->message);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
			    "cannot %s domain \"%s\": no running libvirt knows it; start libvirt: "
			    "systemctl start libvirtd",
			    paused ? "pause" : "resume", domain->name);
	return FALSE;
}

gboolean mfl_domain_suspend(MflDomain *domain, GError **error)
{
	g_return_val_if_fail(domain, FALSE);
	return set_paused(domain, TRUE, error);
}

gboolean mfl_domain_resume(MflDomain *domain, GError **error)
{
	g_return_val_if_fail(domain, FALSE);
	return set_paused(domain, FALSE, error);
}
