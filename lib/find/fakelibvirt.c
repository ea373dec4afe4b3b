/* SPDX-License-Identifier: MIT */
/* For unit tests: a libvirt with two connections. */
#include "fakelibvirt.h"

#include "uri.h"

#include <string.h>

/* The functions of an MflLibvirtOps have no room for a context; a test has one. */
static FakeLibvirt *the_libvirt;

static gpointer fake_open(const char *uri, gboolean readonly, GError **error)
{
	g_atomic_int_inc(&the_libvirt->n_connections);
	g_atomic_int_set(&the_libvirt->readonly, readonly);
	if (the_libvirt->refusal) {
		g_propagate_error(error, g_error_copy(the_libvirt->refusal));
		return NULL;
	}
	g_atomic_int_inc(&the_libvirt->n_open);
	return g_str_has_suffix(uri, "/session") ? the_libvirt->session : the_libvirt->system;
}

static void fake_close(gpointer connection)
{
	(void)connection;
	g_atomic_int_add(&the_libvirt->n_open, -1);
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

static FakeVm *find_vm(const char *uuid)
{
	for (guint i = 0; i < the_libvirt->host->vms->len; i++) {
		FakeVm *vm = g_ptr_array_index(the_libvirt->host->vms, i);

		if (vm->running && strcmp(vm->uuid, uuid) == 0)
			return vm;
	}
	return NULL;
}

/* As QEMU prints it, its memory being one block that begins at guest physical address 0. */
static char *print_flat_view(FakeVm *vm)
{
	GString *text = g_string_new("FlatView #0\n AS \"I/O\", root: io\n"
				     " Root memory region: io\n"
				     "  0000000000000000-000000000000ffff (prio 0, i/o): io\n\n"
				     "FlatView #1\n AS \"memory\", root: system\n"
				     " AS \"cpu-memory-0\", root: system\n"
				     " Root memory region: system\n");

	for (guint i = 0; i < vm->slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(vm->slots, struct memflow_memslot, i);

		g_string_append_printf(text,
				       "  %016" G_GINT64_MODIFIER "x-%016" G_GINT64_MODIFIER
				       "x (prio 0, %s): pc.ram",
				       (guint64)slot->gpa, (guint64)(slot->gpa + slot->length - 1),
				       slot->flags & MEMFLOW_READONLY ? "rom" : "ram");
		if (slot->gpa)
			g_string_append_printf(text, " @%016" G_GINT64_MODIFIER "x",
					       (guint64)slot->gpa);
		g_string_append(text, " KVM KVM\n");
	}
	if (the_libvirt->n_torn > 0) {
		the_libvirt->n_torn--;
		g_string_append_printf(text, "  0000%08x000-0000%08xfff (prio 0, ram): torn\n",
				       0x01000000 + the_libvirt->n_torn,
				       0x01000000 + the_libvirt->n_torn);
	}
	g_string_append(text, "\n");
	return g_string_free(text, FALSE);
}

static char *answer(FakeVm *vm, const char *command)
{
	guint64 gpa;

	if (strcmp(command, "info mtree -f") == 0)
		return print_flat_view(vm);
	g_assert_true(g_str_has_prefix(command, "gpa2hva 0x"));
	gpa = g_ascii_strtoull(command + strlen("gpa2hva 0x"), NULL, 16);
	for (guint i = 0; i < vm->slots->len; i++) {
		const struct memflow_memslot *slot =
			&g_array_index(vm->slots, struct memflow_memslot, i);

		if (gpa >= slot->gpa && gpa - slot->gpa < slot->length)
			return g_strdup_printf("Host virtual address for 0x%" G_GINT64_MODIFIER
					       "x (pc.ram) is 0x%" G_GINT64_MODIFIER "x\r\n",
					       gpa, (guint64)(FAKE_HVA + gpa));
	}
	return g_strdup_printf("Memory at address 0x%" G_GINT64_MODIFIER "x is not RAM\r\n", gpa);
}

static char *fake_get_xml(gpointer connection, const char *uuid, GError **error)
{
	const GPtrArray *domains = connection;

	(void)error;
	for (guint i = 0; i < domains->len; i++) {
		const MflDomain *domain = g_ptr_array_index(domains, i);

		if (strcmp(domain->uuid, uuid) == 0)
			return g_strdup(the_libvirt->xml);
	}
	return NULL;
}

static GPtrArray *fake_ask_monitor(gpointer connection, const char *uuid,
				   const char *const *commands, int cancel_fd, GError **error)
{
	GPtrArray *answers;
	FakeVm *vm;

	(void)connection;
	(void)cancel_fd;
	g_atomic_int_inc(&the_libvirt->n_asked);
	if (g_atomic_int_get(&the_libvirt->readonly)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
			    "operation forbidden: read only access");
		return NULL;
	}
	if (the_libvirt->monitor_refusal) {
		g_propagate_error(error, g_error_copy(the_libvirt->monitor_refusal));
		return NULL;
	}
	answers = g_ptr_array_new_with_free_func(g_free);
	pthread_mutex_lock(&the_libvirt->host->lock);
	vm = find_vm(uuid);
	if (vm) /* as libvirt 9.0 does */
		fake_vm_touch_state(vm);
	for (; vm && *commands; commands++)
		g_ptr_array_add(answers, answer(vm, *commands));
	pthread_mutex_unlock(&the_libvirt->host->lock);
	if (!vm)
		g_clear_pointer(&answers, g_ptr_array_unref);
	return answers;
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
		.ask_monitor = fake_ask_monitor,
		.get_xml = fake_get_xml,
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
	g_clear_error(&libvirt->monitor_refusal);
	fake_host_free(libvirt->host);
	g_free(libvirt);
	the_libvirt = NULL;
}
