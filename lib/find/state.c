/* SPDX-License-Identifier: MIT */
/* Whether a domain's processors run; stopping them and letting them go on. */
#include "libvirt.h"

#include "candidates.h"
#include "error.h"

enum request { PAUSE, RESUME, ASK };

static gboolean carry_out(const MflLibvirtOps *libvirt, gpointer connection, const char *uuid,
			  enum request request, gboolean *paused, GError **error)
{
	if (request == ASK)
		return libvirt->get_paused(connection, uuid, paused, error);
	return libvirt->set_paused(connection, uuid, request == PAUSE, error);
}

/* FALSE without an error: that connection does not know the domain. */
static gboolean carry_out_at(MflDomain *domain, const char *uri, gboolean named,
			     enum request request, gboolean *paused, GError **error)
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
	done = carry_out(context->libvirt, connection, domain->uuid, request, paused, error);
	context->libvirt->close(connection);
	return done;
}

static gboolean request_state(MflDomain *domain, enum request request, gboolean *paused,
			      GError **error)
{
	static const char *const words[] = { "pause", "resume", "ask for the state of" };
	MflCandidate candidates[MFL_MAX_CANDIDATES] = { { .uri = domain->uri } };
	const guint n = domain->uri ? 1 : mfl_candidates_get(domain->context, candidates);
	g_autoptr(GError) first = NULL;

	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) cause = NULL;

		if (carry_out_at(domain, candidates[i].uri, domain->uri != NULL, request, paused,
				 &cause))
			return TRUE;
		if (cause && !first)
			first = g_steal_pointer(&cause);
	}
	if (first)
		g_set_error(error, MFL_ERROR, first->code, "cannot %s domain \"%s\": %s",
			    words[request], domain->name, first->message);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
			    "cannot %s domain \"%s\": no running libvirt knows it; start libvirt: "
			    "systemctl start libvirtd",
			    words[request], domain->name);
	return FALSE;
}

gboolean mfl_domain_get_paused(MflDomain *domain, gboolean *paused, GError **error)
{
	g_return_val_if_fail(domain && paused, FALSE);
	return request_state(domain, ASK, paused, error);
}

gboolean mfl_domain_suspend(MflDomain *domain, GError **error)
{
	g_return_val_if_fail(domain, FALSE);
	return request_state(domain, PAUSE, NULL, error);
}

gboolean mfl_domain_resume(MflDomain *domain, GError **error)
{
	g_return_val_if_fail(domain, FALSE);
	return request_state(domain, RESUME, NULL, error);
}
