/* SPDX-License-Identifier: MIT */
/*
 * libvirt's lifecycle events: the other half of the seam to libvirt. They come only where an
 * event loop runs, which libvirt has one of for the whole process (libvirt-event.h).
 */
#include "libvirt.h"

#include "error.h"
#include "uuid.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

typedef struct {
	MflReport report;
	gpointer data;
	gboolean stopped;
	gboolean closed;
	const char *why;
} Listener;

static void ignore_error(void *data, virErrorPtr error)
{
	(void)data;
	(void)error;
}

/* Words of virsh event (9.0.0, tools/virsh-domain-event.c); what is newer has none. */
static const char *describe(int event, int detail)
{
	static const char *const started[] = {
		[VIR_DOMAIN_EVENT_STARTED_BOOTED] = "booted",
		[VIR_DOMAIN_EVENT_STARTED_MIGRATED] = "migrated",
		[VIR_DOMAIN_EVENT_STARTED_RESTORED] = "restored",
		[VIR_DOMAIN_EVENT_STARTED_FROM_SNAPSHOT] = "snapshot",
		[VIR_DOMAIN_EVENT_STARTED_WAKEUP] = "wakeup",
	};
	static const char *const stopped[] = {
		[VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN] = "shutdown",
		[VIR_DOMAIN_EVENT_STOPPED_DESTROYED] = "destroyed",
		[VIR_DOMAIN_EVENT_STOPPED_CRASHED] = "crashed",
		[VIR_DOMAIN_EVENT_STOPPED_MIGRATED] = "migrated",
		[VIR_DOMAIN_EVENT_STOPPED_SAVED] = "saved",
		[VIR_DOMAIN_EVENT_STOPPED_FAILED] = "failed",
		[VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT] = "snapshot",
	};

	if (event == VIR_DOMAIN_EVENT_STARTED)
		return detail >= 0 && detail < (int)G_N_ELEMENTS(started) ? started[detail] : NULL;
	return detail >= 0 && detail < (int)G_N_ELEMENTS(stopped) ? stopped[detail] : NULL;
}

static void report_domain(const Listener *listener, MflEventKind kind, virDomainPtr domain,
			  const char *detail)
{
	char text[VIR_UUID_STRING_BUFLEN];
	g_autofree char *uuid = NULL;

	if (virDomainGetUUIDString(domain, text) < 0)
		return;
	uuid = mfl_uuid_normalize(text);
	listener->report(mfl_event_new(kind, virDomainGetName(domain), uuid, detail),
			 listener->data);
}

static int on_lifecycle(virConnectPtr connection, virDomainPtr domain, int event, int detail,
			void *data)
{
	(void)connection;
	if (event == VIR_DOMAIN_EVENT_STARTED)
		report_domain(data, MFL_EVENT_STARTED, domain, describe(event, detail));
	else if (event == VIR_DOMAIN_EVENT_STOPPED)
		report_domain(data, MFL_EVENT_STOPPED, domain, describe(event, detail));
	return 0;
}

static void on_close(virConnectPtr connection, int reason, void *data)
{
	Listener *listener = data;

	(void)connection;
	listener->closed = TRUE;
	listener->why = reason == VIR_CONNECT_CLOSE_REASON_EOF ? "libvirt has ended" :
		reason == VIR_CONNECT_CLOSE_REASON_KEEPALIVE   ? "libvirt does not answer" :
								 "the connection broke";
}

static void on_stop(int watch, int fd, int events, void *data)
{
	Listener *listener = data;

	(void)watch;
	(void)fd;
	(void)events;
	listener->stopped = TRUE;
}

static gboolean report_running(const Listener *listener, virConnectPtr connection)
{
	virDomainPtr *domains = NULL;
	int n = virConnectListAllDomains(connection, &domains, VIR_CONNECT_LIST_DOMAINS_ACTIVE);

	for (int i = 0; i < n; i++) {
		report_domain(listener, MFL_EVENT_RUNNING, domains[i], NULL);
		virDomainFree(domains[i]);
	}
	free(domains);
	return n >= 0;
}

static void register_loop(void)
{
	static gsize registered;

	if (g_once_init_enter(&registered)) {
		virEventRegisterDefaultImpl();
		/* A daemon that has left its socket behind would be on stderr at each try. */
		virSetErrorFunc(NULL, ignore_error);
		g_once_init_leave(&registered, 1);
	}
}

static void set_error(GError **error)
{
	const virError *last = virGetLastError();

	g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "libvirt says: %s",
		    last && last->message ? last->message : "nothing");
	virResetLastError();
}

static void run_loop(const Listener *listener)
{
	while (!listener->stopped && !listener->closed)
		if (virEventRunDefaultImpl() < 0)
			return;
}

static gboolean listen_to(virConnectPtr connection, Listener *listener, int stop_fd,
			  GError **error)
{
	int watch = virEventAddHandle(stop_fd, VIR_EVENT_HANDLE_READABLE, on_stop, listener, NULL);
	int lifecycle;
	gboolean done = FALSE;

	if (watch < 0) {
		set_error(error);
		return FALSE;
	}
	lifecycle = virConnectDomainEventRegisterAny(connection, NULL,
						     VIR_DOMAIN_EVENT_ID_LIFECYCLE,
						     VIR_DOMAIN_EVENT_CALLBACK(on_lifecycle),
						     listener, NULL);
	/* Events that come meanwhile are delivered by the loop, that is after these. */
	if (lifecycle >= 0 && report_running(listener, connection)) {
		listener->report(mfl_event_new(MFL_EVENT_CONNECTED, NULL, NULL, NULL),
				 listener->data);
		run_loop(listener);
		done = TRUE;
	} else {
		set_error(error);
	}
	/*
	 * Of a connection that broke, too, where it fails: what is left of the registration holds
	 * the connection, and what it has queued would reach the next one's loop and @listener.
	 */
	if (lifecycle >= 0)
		virConnectDomainEventDeregisterAny(connection, lifecycle);
	virEventRemoveHandle(watch);
	return done;
}

gboolean mfl_libvirt_listen(const char *uri, gboolean readonly, int stop_fd, MflReport report,
			    gpointer data, GError **error)
{
	Listener listener = { .report = report, .data = data };
	virConnectPtr connection;
	gboolean notified;

	register_loop();
	connection = readonly ? virConnectOpenReadOnly(uri) : virConnectOpen(uri);
	if (!connection) {
		set_error(error);
		return FALSE;
	}
	virConnSetErrorFunc(connection, NULL, ignore_error);
	/* Or nobody would notice that it hangs: seconds between questions, and how many may fail. */
	virConnectSetKeepAlive(connection, 5, 3);
	/* libvirt's test driver has no connection that could break. */
	notified = virConnectRegisterCloseCallback(connection, on_close, &listener, NULL) == 0;
	if (listen_to(connection, &listener, stop_fd, error) && !listener.stopped)
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "%s",
			    listener.why ? listener.why : "libvirt's event loop failed");
	if (notified)
		virConnectUnregisterCloseCallback(connection, on_close);
	virConnectClose(connection);
	virResetLastError();
	return listener.stopped;
}
