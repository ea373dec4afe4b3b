/* SPDX-License-Identifier: MIT */
/* Choosing a backend. */
#include "target.h"

#include <string.h>

/* In the order of MFL_BACKEND_AUTO. */
static const MflBackendOps *const backends[] = {
	&mfl_backend_node,
	&mfl_backend_kmod,
	&mfl_backend_memfd,
	&mfl_backend_procmem,
};

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

static void clear_refusal(gpointer refusal)
{
	g_free(((MflRefusal *)refusal)->reason);
}

GArray *mfl_refusals_new(void)
{
	GArray *refusals = g_array_new(FALSE, TRUE, sizeof(MflRefusal));

	g_array_set_clear_func(refusals, clear_refusal);
	return refusals;
}

static void add_refusal(GArray *refusals, MflBackend backend, const char *reason)
{
	MflRefusal *refusal;

	g_array_set_size(refusals, refusals->len + 1);
	refusal = &g_array_index(refusals, MflRefusal, refusals->len - 1);
	refusal->backend = backend;
	refusal->reason = g_strdup(reason);
}

/*
 * Of all the reasons the one that a program should know. That the module is not there, or
 * that a domain is nothing for a backend, is no news where a right is missing for the next.
 */
static int choose_code(int before, int code)
{
	const gboolean weak = code == MFL_ERROR_UNSUPPORTED || code == MFL_ERROR_NO_MODULE ||
			      code == MFL_ERROR_NOT_FOUND;

	if (before == MFL_ERROR_PERMISSION)
		return before;
	return weak && before != MFL_ERROR_INVALID && before != MFL_ERROR_NOT_FOUND ? before :
										       code;
}

MflTarget *mfl_target_open(MflDomain *domain, MflBackend backend, MflOpenFlags flags,
			   GArray *refusals, GError **error)
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
		add_refusal(refusals, backends[i]->backend, cause->message);
		g_string_append_printf(reasons, "%s%s: %s", reasons->len ? "; " : "",
				       backends[i]->name, cause->message);
		/*
		 * A read-only node is the host's policy for this domain. Whoever means
		 * to go round it, and may, has to name the other backend. And what is gone
		 * is gone for all of them, as is who does not answer.
		 */
		if (cause->code == MFL_ERROR_READONLY || cause->code == MFL_ERROR_GONE ||
		    cause->code == MFL_ERROR_TIMEOUT) {
			code = cause->code;
			break;
		}
		code = choose_code(code, cause->code);
		/* Nor is more opened than the node would have given. */
		if (backends[i]->backend == MFL_BACKEND_NODE && domain->node && domain->readonly)
			flags |= MFL_OPEN_READONLY;
	}
	g_set_error(error, MFL_ERROR, code, "cannot open the memory of domain \"%s\": %s",
		    domain->name, reasons->len ? reasons->str : "there is no such backend");
	return NULL;
}
