/* SPDX-License-Identifier: MIT */
/* Choosing a backend. */
#include "target.h"

#include <string.h>

/* In the order of MFL_BACKEND_AUTO. */
static const MflBackendOps *const backends[] = { &mfl_backend_node, &mfl_backend_kmod };

const char *mfl_backend_to_string(MflBackend backend)
{
	for (guint i = 0; i < G_N_ELEMENTS(backends); i++)
		if (backends[i]->backend == backend)
			return backends[i]->name;
	return "auto";
}

gboolean mfl_backend_from_string(const char *name, MflBackend *backend, GError **error)
{
	g_autoptr(GString) names = g_string_new("auto");

	g_return_val_if_fail(name && backend, FALSE);
	if (strcmp(name, "auto") == 0) {
		*backend = MFL_BACKEND_AUTO;
		return TRUE;
	}
	for (guint i = 0; i < G_N_ELEMENTS(backends); i++) {
		if (strcmp(name, backends[i]->name) == 0) {
			*backend = backends[i]->backend;
			return TRUE;
		}
		g_string_append_printf(names, ", %s", backends[i]->name);
	}
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
		    "\"%s\" is no backend; there are: %s", name, names->str);
	return FALSE;
}

MflTarget *mfl_target_open(MflDomain *domain, MflBackend backend, MflOpenFlags flags,
			   GError **error)
{
	g_autoptr(GString) reasons = g_string_new(NULL);
	int code = MFL_ERROR_INVALID;

	for (guint i = 0; i < G_N_ELEMENTS(backends); i++) {
		g_autoptr(GError) cause = NULL;
		MflTarget *target;

		if (backend != MFL_BACKEND_AUTO && backend != backends[i]->backend)
			continue;
		target = backends[i]->open(domain, flags, &cause);
		if (target)
			return target;
		g_string_append_printf(reasons, "%s%s: %s", reasons->len ? "; " : "",
				       backends[i]->name, cause->message);
		code = cause->code;
		/*
		 * A read-only node is the host's policy for this domain. Whoever means
		 * to go round it, and may, has to name the other backend.
		 */
		if (code == MFL_ERROR_READONLY)
			break;
	}
	g_set_error(error, MFL_ERROR, code, "cannot open the memory of domain \"%s\": %s",
		    domain->name, reasons->len ? reasons->str : "there is no such backend");
	return NULL;
}
