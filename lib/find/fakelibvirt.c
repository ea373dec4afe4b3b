/* SPDX-License-Identifier: MIT */
/* For unit tests: a libvirt with two connections. */
#include "fakelibvirt.h"

#include "uri.h"

#include <string.h>

/* The functions of an MflLibvirtOps have no room for a context; a test has one. */
static FakeLibvirt *the_libvirt;

static gpointer fake_open(const char *uri, gboolean readonly, GError **error)
{
	the_libvirt->n_connections++;
	the_libvirt->readonly = readonly;
	if (the_libvirt->refusal) {
		g_propagate_error(error, g_error_copy(the_libvirt->refusal));
		return NULL;
	}
	the_libvirt->n_open++;
	return g_str_has_suffix(uri, "/session") ? the_libvirt->session : the_libvirt->system;
}

static void fake_close(gpointer connection)
{
	(void)connection;
	the_libvirt->n_open--;
}

/* As libvirt does, a new object for each time it is asked. */
static MflDomain *copy(const MflDomain *domain)
{
	MflDomain *copied = mfl_domain_new(domain->context, domain->name, domain->uuid);

	copied->id = domain->id;
	copied->running = domain->running;
	copied->confidential = domain->confidential;
	copied->ram_size = domain->ram_size;
	return copied;
}

static MflDomain *fake_lookup(gpointer connection, const MflContext *context, MflKey key,
			      const char *value, GError **error)
{
	const GPtrArray *domains = connection;

	(void)context;
	(void)error;
	for (guint i = 0; i < domains->len; i++) {
		const MflDomain *domain = g_ptr_array_index(domains, i);
		g_autofree char *id = g_strdup_printf("%d", domain->id);

		if ((key == MFL_KEY_NAME && strcmp(domain->name, value) == 0) ||
		    (key == MFL_KEY_UUID && strcmp(domain->uuid, value) == 0) ||
		    (key == MFL_KEY_ID && domain->id >= 0 && strcmp(id, value) == 0))
			return copy(domain);
	}
	return NULL;
}

static GPtrArray *fake_list(gpointer connection, const MflContext *context, GError **error)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	const GPtrArray *domains = connection;

	(void)context;
	(void)error;
	for (guint i = 0; i < domains->len; i++) {
		const MflDomain *domain = g_ptr_array_index(domains, i);

		if (domain->running)
			g_ptr_array_add(list, copy(domain));
	}
	return list;
}

static gboolean fake_set_paused(gpointer connection, const char *uuid, gboolean paused,
				GError **error)
{
	const GPtrArray *domains = connection;

	for (guint i = 0; i < domains->len; i++) {
		const MflDomain *domain = g_ptr_array_index(domains, i);

		if (strcmp(domain->uuid, uuid) != 0)
			continue;
		if (!domain->running) {
			g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "it is not running");
			return FALSE;
		}
		the_libvirt->paused = paused ? domain->uuid : NULL;
		return TRUE;
	}
	return FALSE;
}

static gboolean fake_get_paused(gpointer connection, const char *uuid, gboolean *paused,
				GError **error)
{
	const GPtrArray *domains = connection;

	(void)error;
	for (guint i = 0; i < domains->len; i++) {
		const MflDomain *domain = g_ptr_array_index(domains, i);

		if (strcmp(domain->uuid, uuid) != 0)
			continue;
		*paused = g_strcmp0(the_libvirt->paused, uuid) == 0;
		return TRUE;
	}
	return FALSE;
}

static const char *fake_default_uri(void)
{
	return the_libvirt->default_uri;
}

FakeLibvirt *fake_libvirt_new(void)
{
	static const MflLibvirtOps ops = {
		.open = fake_open,
		.close = fake_close,
		.lookup = fake_lookup,
		.list = fake_list,
		.get_paused = fake_get_paused,
		.set_paused = fake_set_paused,
	};
	FakeLibvirt *libvirt = g_new0(FakeLibvirt, 1);

	g_assert_null(the_libvirt);
	the_libvirt = libvirt;
	libvirt->host = fake_host_new();
	libvirt->context.env = &libvirt->host->env;
	libvirt->context.libvirt = &ops;
	libvirt->context.get_default_uri = fake_default_uri;
	libvirt->system = g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	libvirt->session = g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	fake_host_write(libvirt->host, "run/libvirt/libvirt-sock-ro", "", 0);
	return libvirt;
}

void fake_libvirt_start_session(FakeLibvirt *libvirt)
{
	fake_host_write(libvirt->host, "user/libvirt/libvirt-sock", "", 0);
}

void fake_libvirt_stop_system(FakeLibvirt *libvirt)
{
	fake_host_remove(libvirt->host, "run/libvirt/libvirt-sock-ro");
}

MflDomain *fake_libvirt_define(FakeLibvirt *libvirt, GPtrArray *connection, const char *name,
			       const char *uuid, int id)
{
	MflDomain *domain = mfl_domain_new(&libvirt->context, name, uuid);

	domain->id = id;
	domain->running = id >= 0;
	domain->ram_size = 1 << 20;
	g_ptr_array_add(connection, domain);
	return domain;
}

void fake_libvirt_free(FakeLibvirt *libvirt)
{
	g_assert_cmpuint(libvirt->n_open, ==, 0);
	g_ptr_array_unref(libvirt->system);
	g_ptr_array_unref(libvirt->session);
	g_clear_error(&libvirt->refusal);
	fake_host_free(libvirt->host);
	g_free(libvirt);
	the_libvirt = NULL;
}
