/* SPDX-License-Identifier: MIT */
/* A domain's XML, from the libvirt that knows it. */
#include "libvirt.h"

#include "candidates.h"
#include "error.h"

/* NULL without an error: that connection does not know the domain. */
static char *ask(MflDomain *domain, const char *uri, gboolean named, GError **error)
{
	const MflContext *context = domain->context;
	gpointer connection;
	MflUriKind kind;
	char *xml;

	if (!mfl_uri_parse(uri, &kind, error))
		return NULL;
	connection = mfl_libvirt_connect(context, uri, kind, named, error);
	if (!connection)
		return NULL;
	xml = context->libvirt->get_xml(connection, domain->uuid, error);
	context->libvirt->close(connection);
	return xml;
}

char *mfl_domain_dup_xml(MflDomain *domain, GError **error)
{
	MflCandidate candidates[MFL_MAX_CANDIDATES];
	g_autoptr(GError) first = NULL;
	guint n = 1;

	g_return_val_if_fail(domain, NULL);
	if (domain->uri)
		candidates[0] = (MflCandidate){ .uri = domain->uri, .is_default = TRUE };
	else
		n = mfl_candidates_get(domain->context, candidates);
	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) cause = NULL;
		char *xml = ask(domain, candidates[i].uri, candidates[i].is_default, &cause);

		if (xml)
			return xml;
		if (cause && !first)
			first = g_steal_pointer(&cause);
	}
	if (first)
		g_set_error(error, MFL_ERROR, first->code, "cannot ask for the XML of domain \"%s\": %s",
			    domain->name, first->message);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND,
			    "cannot ask for the XML of domain \"%s\": libvirt does not know it (any "
			    "more)",
			    domain->name);
	return NULL;
}
