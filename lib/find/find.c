/* SPDX-License-Identifier: MIT */
/*
 * Finding one domain: published nodes, then libvirt, then, where libvirt cannot be
 * asked, its runtime files. Each step that has nothing to say leaves a note, and
 * the notes are the error message.
 */
#include "find.h"

#include "candidates.h"
#include "error.h"
#include "libvirt.h"
#include "merge.h"
#include "uri.h"
#include "uuid.h"

#include <string.h>

typedef struct {
	const MflContext *context;
	const char *argument;
	const char *uuid; /* the argument, if it is one: text form, lower case */
	MflKey keys;
	GPtrArray *published; /* NULL: no module, or not listed yet */
	gboolean is_listed;
	GString *notes;
	guint n_asked;	 /* connections that answered */
	GError *failure; /* of the last one that did not */
} Search;

static void note(Search *search, const char *step, const char *result)
{
	g_string_append_printf(search->notes, "%s%s: %s", search->notes->len ? "; " : "", step,
			       result);
}

static gboolean fits(const Search *search, MflKey key, const char *name, const char *uuid)
{
	if (!(search->keys & key))
		return FALSE;
	if (key == MFL_KEY_NAME)
		return strcmp(search->argument, name) == 0;
	return key == MFL_KEY_UUID && search->uuid && strcmp(search->uuid, uuid) == 0;
}

/* Reads as many files as there are nodes, so only where one name does not lead to its own. */
static GPtrArray *list_published(Search *search)
{
	if (!search->is_listed)
		search->published = mfl_published_list_in(search->context->env, NULL);
	search->is_listed = TRUE;
	return search->published;
}

static MflDomain *find_node_of_name(const Search *search)
{
	g_autoptr(MflPublished) published = NULL;
	MflDomain *domain;

	if (search->keys & MFL_KEY_NAME)
		published = mfl_published_find_in(search->context->env, search->argument);
	if (!published)
		return NULL;
	domain = mfl_merge_from_published(search->context, published);
	domain->found_by = MFL_KEY_NAME;
	return domain;
}

/* NULL without an error: none. */
static MflDomain *find_published(Search *search, GError **error)
{
	MflDomain *at_once = find_node_of_name(search);

	if (at_once)
		return at_once;
	list_published(search);
	for (MflKey key = MFL_KEY_NAME; search->published && key <= MFL_KEY_UUID; key <<= 1) {
		const MflPublished *found = NULL;

		for (guint i = 0; i < search->published->len; i++) {
			const MflPublished *published = g_ptr_array_index(search->published, i);

			if (!fits(search, key, published->name, published->uuid))
				continue;
			if (found) {
				g_set_error(error, MFL_ERROR, MFL_ERROR_AMBIGUOUS,
					    "several published domains fit \"%s\": \"%s\" (process "
					    "%d) and \"%s\" (process %d); use the name",
					    search->argument, found->name, (int)found->pid,
					    published->name, (int)published->pid);
				return NULL;
			}
			found = published;
		}
		if (found) {
			MflDomain *domain = mfl_merge_from_published(search->context, found);

			domain->found_by = key;
			return domain;
		}
	}
	note(search, "published nodes",
	     search->published ? "none fits" : "the kernel module is not loaded");
	return NULL;
}

static MflDomain *look_up(Search *search, gpointer connection, GError **error)
{
	for (MflKey key = MFL_KEY_NAME; key <= MFL_KEY_ID; key <<= 1) {
		const char *value = key == MFL_KEY_UUID ? search->uuid : search->argument;
		g_autoptr(GError) cause = NULL;
		MflDomain *domain;

		if (!(search->keys & key) || !value)
			continue;
		domain = search->context->libvirt->lookup(connection, search->context, key, value,
							  &cause);
		if (cause) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return NULL;
		}
		if (domain) {
			domain->found_by = key;
			return domain;
		}
	}
	return NULL;
}

/* NULL: none, or libvirt could not be asked, which is left in search->failure. */
static MflDomain *find_in_libvirt(Search *search, const char *uri, MflUriKind kind,
				  gboolean named)
{
	const MflLibvirtOps *libvirt = search->context->libvirt;
	g_autoptr(GError) cause = NULL;
	gpointer connection = mfl_libvirt_connect(search->context, uri, kind, named, &cause);
	MflDomain *domain = NULL;

	if (connection) {
		domain = look_up(search, connection, &cause);
		libvirt->close(connection);
	}
	if (cause) {
		note(search, uri, cause->message);
		/* That there is no daemon says less than that one did not let us in. */
		if (!search->failure || search->failure->code == MFL_ERROR_LIBVIRT) {
			g_clear_error(&search->failure);
			search->failure = g_steal_pointer(&cause);
		}
		return NULL;
	}
	search->n_asked++;
	if (!domain) {
		note(search, uri, "no domain fits");
		return NULL;
	}
	domain->uri = g_strdup(uri);
	mfl_merge_runtime(domain, kind);
	mfl_merge_published(domain, list_published(search));
	return domain;
}

/* For a connection that cannot be asked: its runtime files still tell who runs. */
static MflDomain *find_in_runtime(Search *search, const char *uri, MflUriKind kind)
{
	g_autoptr(GPtrArray) domains = mfl_merge_list_runtime(search->context, uri, kind);

	for (MflKey key = MFL_KEY_NAME; key <= MFL_KEY_UUID; key <<= 1)
		for (guint i = 0; i < domains->len; i++) {
			MflDomain *domain = g_ptr_array_index(domains, i);

			if (!fits(search, key, domain->name, domain->uuid))
				continue;
			domain->found_by = key;
			mfl_merge_published(domain, list_published(search));
			return mfl_domain_ref(domain);
		}
	return NULL;
}

/* One of the connections that are tried when the caller names none. */
static MflDomain *find_implicit(Search *search, const char *uri, MflUriKind kind,
				gboolean named)
{
	const guint before = search->n_asked;
	MflDomain *domain = find_in_libvirt(search, uri, kind, named);

	if (!domain && search->n_asked == before && !mfl_uri_leads_elsewhere(uri))
		domain = find_in_runtime(search, uri, kind);
	return domain;
}

/* The caller's own default; an unusable one is no reason to stop. */
static MflDomain *find_in_default(Search *search, const char *uri)
{
	g_autoptr(GError) cause = NULL;
	MflUriKind kind;

	if (mfl_uri_parse(uri, &kind, &cause))
		return find_implicit(search, uri, kind, TRUE);
	note(search, "LIBVIRT_DEFAULT_URI", cause->message);
	return NULL;
}

static MflDomain *choose(Search *search, MflDomain *first, MflDomain *second, GError **error)
{
	if (!first || !second)
		return first ? first : second;
	if (first->running && second->running) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_AMBIGUOUS,
			    "\"%s\" is running in %s and in %s; say which of them",
			    search->argument, first->uri, second->uri);
		mfl_domain_unref(first);
		mfl_domain_unref(second);
		return NULL;
	}
	if (second->running) {
		mfl_domain_unref(first);
		return second;
	}
	mfl_domain_unref(second);
	return first;
}

static MflDomain *find_anywhere(Search *search, GError **error)
{
	MflCandidate candidates[MFL_MAX_CANDIDATES];
	const guint n = mfl_candidates_get(search->context, candidates);
	g_autoptr(GError) cause = NULL;
	MflDomain *domain = find_published(search, &cause);
	MflDomain *found[MFL_MAX_CANDIDATES] = { NULL };
	guint n_found = 0;

	if (cause) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return NULL;
	}
	for (guint i = 0; i < n && !domain; i++) {
		const MflCandidate *candidate = &candidates[i];

		if (candidate->is_default)
			domain = find_in_default(search, candidate->uri);
		else
			found[n_found++] = find_implicit(search, candidate->uri, candidate->kind,
							 FALSE);
	}
	return domain ? domain : choose(search, found[0], found[1], error);
}

MflDomain *mfl_domain_find_in(const MflContext *context, const char *argument, const char *uri,
			      MflKey keys, GError **error)
{
	g_autofree char *uuid = mfl_uuid_normalize(argument);
	g_autoptr(GString) notes = g_string_new(NULL);
	g_autoptr(GError) cause = NULL;
	Search search = {
		.context = context,
		.argument = argument,
		.uuid = uuid,
		.keys = keys,
		.notes = notes,
	};
	MflDomain *domain = NULL;
	MflUriKind kind;

	if (!*argument) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "no domain given; a name, UUID or id is needed");
		return NULL;
	}
	if (uri && !mfl_uri_parse(uri, &kind, error))
		return NULL;
	if (uri)
		domain = find_in_libvirt(&search, uri, kind, TRUE);
	else
		domain = find_anywhere(&search, &cause);
	if (!domain && !cause) {
		/* Nobody can say that it is not there if nobody could be asked. */
		int code = search.failure && !search.n_asked ? search.failure->code :
							       (int)MFL_ERROR_NOT_FOUND;

		g_set_error(&cause, MFL_ERROR, code, "cannot find domain \"%s\": %s", argument,
			    notes->str);
	}
	g_clear_pointer(&search.published, g_ptr_array_unref);
	g_clear_error(&search.failure);
	if (cause)
		g_propagate_error(error, g_steal_pointer(&cause));
	return domain;
}

MflDomain *mfl_domain_find(const char *domain, const char *uri, GError **error)
{
	g_return_val_if_fail(domain, NULL);
	return mfl_domain_find_in(mfl_context_host(), domain, uri, MFL_KEY_ANY, error);
}
