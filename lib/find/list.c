/* SPDX-License-Identifier: MIT */
/* Listing the running domains: published nodes and libvirt's, each once. */
#include "find.h"

#include "candidates.h"
#include "error.h"
#include "libvirt.h"
#include "merge.h"
#include "uri.h"

#include <string.h>

typedef struct {
	const MflContext *context;
	GPtrArray *published; /* NULL: no module */
	GPtrArray *domains;
	guint n_asked;
	GString *notes;
	int code; /* of the error, if nobody could be asked */
} Listing;

static void note(Listing *listing, const char *step, const char *result)
{
	g_string_append_printf(listing->notes, "%s%s: %s", listing->notes->len ? "; " : "", step,
			       result);
}

static void note_error(Listing *listing, const char *step, const GError *cause)
{
	note(listing, step, cause->message);
	if (cause->code == MFL_ERROR_TIMEOUT)
		listing->code = cause->code;
}

/* Takes @domains over. */
static void add_all(Listing *listing, GPtrArray *domains)
{
	for (guint i = 0; i < domains->len; i++) {
		MflDomain *domain = g_ptr_array_index(domains, i);

		mfl_merge_published(domain, listing->published);
		g_ptr_array_add(listing->domains, mfl_domain_ref(domain));
	}
	g_ptr_array_unref(domains);
	listing->n_asked++;
}

static gboolean add_libvirt(Listing *listing, const char *uri, MflUriKind kind, gboolean named,
			    GError **error)
{
	const MflLibvirtOps *libvirt = listing->context->libvirt;
	gpointer connection = mfl_libvirt_connect(listing->context, uri, kind, named, error);
	GPtrArray *domains = NULL;

	if (connection) {
		domains = libvirt->list(connection, listing->context, error);
		libvirt->close(connection);
	}
	if (!domains)
		return FALSE;
	for (guint i = 0; i < domains->len; i++) {
		MflDomain *domain = g_ptr_array_index(domains, i);

		domain->uri = g_strdup(uri);
		mfl_merge_runtime(domain, kind);
	}
	add_all(listing, domains);
	return TRUE;
}

/* What a connection that cannot be asked has left in its runtime files. */
static void add_runtime(Listing *listing, const char *uri, MflUriKind kind)
{
	g_autofree char *dir = mfl_uri_runtime_dir(listing->context->env, kind);

	if (g_file_test(dir, G_FILE_TEST_IS_DIR))
		add_all(listing, mfl_merge_list_runtime(listing->context, uri, kind));
}

static void add_implicit(Listing *listing, const char *uri, MflUriKind kind, gboolean named)
{
	g_autoptr(GError) cause = NULL;

	if (add_libvirt(listing, uri, kind, named, &cause))
		return;
	note_error(listing, uri, cause);
	if (!mfl_uri_leads_elsewhere(uri))
		add_runtime(listing, uri, kind);
}

static void add_default(Listing *listing, const char *uri)
{
	g_autoptr(GError) cause = NULL;
	MflUriKind kind;

	if (mfl_uri_parse(uri, &kind, &cause))
		add_implicit(listing, uri, kind, TRUE);
	else
		note_error(listing, uri, cause);
}

/* The nodes of domains that libvirt did not name. */
static void add_published(Listing *listing)
{
	const guint n = listing->domains->len;

	if (!listing->published) {
		note(listing, "published nodes", "the kernel module is not loaded");
		return;
	}
	listing->n_asked++;
	for (guint i = 0; i < listing->published->len; i++) {
		const MflPublished *published = g_ptr_array_index(listing->published, i);
		gboolean known = FALSE;

		for (guint k = 0; k < n && !known; k++) {
			MflDomain *domain = g_ptr_array_index(listing->domains, k);

			known = g_strcmp0(domain->node, published->node) == 0;
		}
		if (!known)
			g_ptr_array_add(listing->domains,
					mfl_merge_from_published(listing->context, published));
	}
}

static int compare(gconstpointer a, gconstpointer b)
{
	const MflDomain *left = *(MflDomain *const *)a;
	const MflDomain *right = *(MflDomain *const *)b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->uuid, right->uuid);
}

/* The same domain may have been reached by two URIs (LIBVIRT_DEFAULT_URI and its kind). */
static void remove_doubles(GPtrArray *domains)
{
	for (guint i = 1; i < domains->len;) {
		const MflDomain *left = g_ptr_array_index(domains, i - 1);
		const MflDomain *right = g_ptr_array_index(domains, i);

		if (compare(&left, &right) == 0 && left->pid == right->pid)
			g_ptr_array_remove_index(domains, i);
		else
			i++;
	}
}

GPtrArray *mfl_domain_list_in(const MflContext *context, const char *uri, GError **error)
{
	g_autoptr(GString) notes = g_string_new(NULL);
	g_autoptr(GPtrArray) published = NULL;
	g_autoptr(GPtrArray) domains =
		g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	Listing listing = {
		.context = context,
		.domains = domains,
		.notes = notes,
		.code = MFL_ERROR_LIBVIRT,
	};
	MflCandidate candidates[MFL_MAX_CANDIDATES];
	const guint n = mfl_candidates_get(context, candidates);
	MflUriKind kind;

	if (uri && !mfl_uri_parse(uri, &kind, error))
		return NULL;
	published = mfl_published_list_in(context->env, NULL);
	listing.published = published;
	if (uri) {
		if (!add_libvirt(&listing, uri, kind, TRUE, error))
			return NULL;
	} else {
		for (guint i = 0; i < n; i++) {
			if (candidates[i].is_default)
				add_default(&listing, candidates[i].uri);
			else
				add_implicit(&listing, candidates[i].uri, candidates[i].kind, FALSE);
		}
		add_published(&listing);
	}
	if (!listing.n_asked) {
		g_set_error(error, MFL_ERROR, listing.code, "cannot list domains: %s", notes->str);
		return NULL;
	}
	g_ptr_array_sort(domains, compare);
	remove_doubles(domains);
	return g_steal_pointer(&domains);
}

GPtrArray *mfl_domain_list(const char *uri, GError **error)
{
	return mfl_domain_list_in(mfl_context_host(), uri, error);
}
