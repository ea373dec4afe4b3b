/* SPDX-License-Identifier: MIT */
/* The one seam to libvirt. Nothing else calls it; patience.c sees to it that it ends. */
#include "libvirt.h"

#include "confidential.h"
#include "error.h"
#include "uuid.h"

#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

typedef virDomain MflVirDomain;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflVirDomain, virDomainFree)

/* libvirt prints errors to stderr unless a connection has a function for them. */
static void ignore_error(void *data, virErrorPtr error)
{
	(void)data;
	(void)error;
}

/* libvirt's last error of this thread, which it keeps in thread-local storage. */
static void set_libvirt_error(GError **error, const char *what)
{
	const virError *last = virGetLastError();
	MflError code = MFL_ERROR_LIBVIRT;

	if (last && (last->code == VIR_ERR_AUTH_FAILED || last->code == VIR_ERR_AUTH_CANCELLED ||
		     last->code == VIR_ERR_AUTH_UNAVAILABLE ||
		     last->code == VIR_ERR_ACCESS_DENIED))
		code = MFL_ERROR_PERMISSION;
	g_set_error(error, MFL_ERROR, (int)code, "%s: libvirt says: %s", what,
		    last && last->message ? last->message : "nothing");
	virResetLastError();
}

static gpointer open_connection(const char *uri, gboolean readonly, GError **error)
{
	virConnectPtr connection = readonly ? virConnectOpenReadOnly(uri) : virConnectOpen(uri);

	if (!connection) {
		set_libvirt_error(error, "cannot connect");
		return NULL;
	}
	virConnSetErrorFunc(connection, NULL, ignore_error);
	return connection;
}

static void close_connection(gpointer connection)
{
	virConnectClose(connection);
}

static gboolean is_no_domain(void)
{
	const virError *last = virGetLastError();

	return last && last->code == VIR_ERR_NO_DOMAIN;
}

static gboolean is_confidential(virDomainPtr domain)
{
	char *xml = virDomainGetXMLDesc(domain, 0);
	const gboolean confidential = xml && mfl_xml_is_confidential(xml);

	free(xml);
	return confidential;
}

/* NULL without an error if the domain has gone meanwhile. */
static MflDomain *describe(virDomainPtr handle, const MflContext *context, GError **error)
{
	g_autoptr(MflDomain) domain = NULL;
	char text[VIR_UUID_STRING_BUFLEN];
	g_autofree char *uuid = NULL;
	virDomainInfo info;
	guint id = virDomainGetID(handle);

	if (virDomainGetUUIDString(handle, text) < 0 || virDomainGetInfo(handle, &info) < 0) {
		if (!is_no_domain())
			set_libvirt_error(error, "cannot ask for a domain's state");
		virResetLastError();
		return NULL;
	}
	uuid = mfl_uuid_normalize(text);
	domain = mfl_domain_new(context, virDomainGetName(handle), uuid);
	/* Who has an id has a process, also when the guest has crashed and is preserved. */
	domain->running = id != G_MAXUINT;
	domain->id = domain->running ? (int)id : -1;
	domain->ram_size = (guint64)info.maxMem * 1024;
	domain->confidential = is_confidential(handle);
	virResetLastError();
	return g_steal_pointer(&domain);
}

static MflDomain *lookup(gpointer connection, const MflContext *context, MflKey key,
			 const char *value, GError **error)
{
	g_autoptr(MflVirDomain) handle = NULL;
	guint64 id;

	switch (key) {
	case MFL_KEY_NAME:
		handle = virDomainLookupByName(connection, value);
		break;
	case MFL_KEY_UUID:
		handle = virDomainLookupByUUIDString(connection, value);
		break;
	case MFL_KEY_ID:
		if (g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT, &id, NULL))
			handle = virDomainLookupByID(connection, (int)id);
		break;
	case MFL_KEY_ANY:
	default:
		g_return_val_if_reached(NULL);
	}
	if (!handle) {
		if (virGetLastError() && !is_no_domain())
			set_libvirt_error(error, "cannot look up a domain");
		virResetLastError();
		return NULL;
	}
	return describe(handle, context, error);
}

static GPtrArray *list(gpointer connection, const MflContext *context, GError **error)
{
	g_autoptr(GPtrArray) domains =
		g_ptr_array_new_with_free_func((GDestroyNotify)mfl_domain_unref);
	virDomainPtr *handles = NULL;
	int n = virConnectListAllDomains(connection, &handles, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
	gboolean failed = n < 0;

	if (failed)
		set_libvirt_error(error, "cannot list the domains");
	for (int i = 0; i < n; i++) {
		MflDomain *domain = NULL;

		if (!failed) {
			g_autoptr(GError) cause = NULL;

			domain = describe(handles[i], context, &cause);
			if (cause) {
				g_propagate_error(error, g_steal_pointer(&cause));
				failed = TRUE;
			}
		}
		if (domain)
			g_ptr_array_add(domains, domain);
		virDomainFree(handles[i]);
	}
	free(handles);
	return failed ? NULL : g_steal_pointer(&domains);
}

static gboolean get_paused(gpointer connection, const char *uuid, gboolean *paused, GError **error)
{
	g_autoptr(MflVirDomain) handle = virDomainLookupByUUIDString(connection, uuid);
	int state;
	gboolean done = handle && virDomainGetState(handle, &state, NULL, 0) == 0;

	if (done)
		/* Also after a crash or an I/O error, and while the guest sleeps. */
		*paused = state != VIR_DOMAIN_RUNNING && state != VIR_DOMAIN_BLOCKED &&
			  state != VIR_DOMAIN_SHUTDOWN;
	else if (virGetLastError() && !is_no_domain())
		set_libvirt_error(error, "it is refused");
	virResetLastError();
	return done;
}

static gboolean set_paused(gpointer connection, const char *uuid, gboolean paused, GError **error)
{
	g_autoptr(MflVirDomain) handle = virDomainLookupByUUIDString(connection, uuid);
	gboolean done = handle && (paused ? virDomainSuspend(handle) : virDomainResume(handle)) == 0;

	if (!done && virGetLastError() && !is_no_domain())
		set_libvirt_error(error, "it is refused");
	virResetLastError();
	return done;
}

static GPtrArray *ask_monitor(gpointer connection, const char *uuid, const char *const *commands,
			      int cancel_fd, GError **error)
{
	g_autoptr(MflVirDomain) handle = virDomainLookupByUUIDString(connection, uuid);
	g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(free);
	gboolean failed = !handle;

	(void)cancel_fd;
	for (; !failed && *commands; commands++) {
		char *answer = NULL;

		failed = virDomainQemuMonitorCommand(handle, *commands, &answer,
						     VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP) < 0;
		if (!failed)
			g_ptr_array_add(answers, answer);
	}
	if (failed && !is_no_domain())
		set_libvirt_error(error, "cannot ask QEMU's monitor");
	virResetLastError();
	return failed ? NULL : g_steal_pointer(&answers);
}

static char *get_xml(gpointer connection, const char *uuid, GError **error)
{
	g_autoptr(MflVirDomain) handle = virDomainLookupByUUIDString(connection, uuid);
	char *xml = handle ? virDomainGetXMLDesc(handle, 0) : NULL;

	if (!xml && virGetLastError() && !is_no_domain())
		set_libvirt_error(error, "cannot get the domain's XML");
	virResetLastError();
	return xml;
}

const MflLibvirtOps mfl_libvirt_unbounded = {
	.open = open_connection,
	.close = close_connection,
	.lookup = lookup,
	.list = list,
	.get_paused = get_paused,
	.set_paused = set_paused,
	.ask_monitor = ask_monitor,
	.get_xml = get_xml,
	.listen = mfl_libvirt_listen,
};
