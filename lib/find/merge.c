/* SPDX-License-Identifier: MIT */
/* What nodes, libvirt and its runtime files know of one domain, put together. */
#include "merge.h"

#include "process.h"
#include "runtime.h"

#include <string.h>

MflDomain *mfl_merge_from_published(const MflContext *context, const MflPublished *published)
{
	MflDomain *domain = mfl_domain_new(context, published->name, published->uuid);

	domain->running = TRUE; /* the node goes with the VM */
	domain->pid = published->pid;
	domain->node = g_strdup(published->node);
	domain->readonly = published->readonly;
	return domain;
}

void mfl_merge_runtime(MflDomain *domain, MflUriKind kind)
{
	g_autofree char *dir = mfl_uri_runtime_dir(domain->context->env, kind);
	g_autoptr(MflProcess) process = NULL;
	g_autoptr(GError) cause = NULL;

	if (!domain->running)
		return;
	process = mfl_runtime_open_process(domain->context->env, dir, domain->name, domain->uuid,
					   &cause);
	if (process)
		domain->pid = mfl_process_get_pid(process);
	else
		domain->no_pid = g_strdup(cause->message);
}

gboolean mfl_merge_is_same(MflDomain *domain, const MflPublished *published)
{
	/*
	 * UUIDs are unique within a connection only: system and session may have the
	 * same one twice. And a node's pid is a number of the initial pid namespace,
	 * which may be another number here; then the names have to do.
	 */
	return strcmp(domain->uuid, published->uuid) == 0 &&
	       (domain->pid == published->pid || strcmp(domain->name, published->name) == 0);
}

void mfl_merge_published(MflDomain *domain, GPtrArray *published)
{
	const MflPublished *best = NULL;

	for (guint i = 0; domain->running && published && i < published->len; i++) {
		const MflPublished *candidate = g_ptr_array_index(published, i);

		if (!mfl_merge_is_same(domain, candidate))
			continue;
		if (!best || candidate->pid == domain->pid)
			best = candidate;
	}
	if (!best)
		return;
	domain->node = g_strdup(best->node);
	domain->readonly = best->readonly;
	if (!domain->pid)
		domain->pid = best->pid;
}

GPtrArray *mfl_merge_list_runtime(const MflContext *context, const char *uri, MflUriKind kind)
{
	GPtrArray *domains = g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	g_autofree char *dir = mfl_uri_runtime_dir(context->env, kind);
	g_autoptr(GPtrArray) names = mfl_runtime_list_names(dir);

	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *uuid = NULL;
		g_autoptr(MflProcess) process =
			mfl_runtime_open_process(context->env, dir, name, NULL, NULL);
		MflDomain *domain;

		if (!process || !mfl_process_get_domain(process, NULL, &uuid, NULL))
			continue;
		domain = mfl_domain_new(context, name, uuid);
		domain->uri = g_strdup(uri);
		domain->running = TRUE;
		domain->pid = mfl_process_get_pid(process);
		g_ptr_array_add(domains, domain);
	}
	return domains;
}
