/* SPDX-License-Identifier: MIT */
/*
 * What happens to domains, through whatever becomes of libvirt's daemon: a thread listens,
 * and when there is nothing to listen to, tries again. The thread is never waited for, because a
 * call of libvirt's may not come back; it lets go of what it shares when it sees that it is not
 * wanted any more.
 */
#include "events.h"

#include "error.h"
#include "fd.h"
#include "libvirt.h"
#include "lock.h"
#include "thread.h"
#include "uri.h"

#include <poll.h>
#include <sys/eventfd.h>

#define RETRY_MS 1000

struct _MflEvents {
	int references; /* atomic: the owner's and the thread's */
	const MflContext *context;
	char *uri;
	MflUriKind kind;
	MflLock lock;
	GQueue *queue; /* MflEvent; with the lock */
	int readable;  /* eventfd: the queue is not empty */
	int stop;      /* eventfd */
	gboolean connected; /* the thread's */
	gboolean told;	    /* that it is not; the thread's */
};

MflEvent *mfl_event_new(MflEventKind kind, const char *name, const char *uuid, const char *detail)
{
	MflEvent *event = g_new0(MflEvent, 1);

	event->kind = kind;
	event->name = g_strdup(name);
	event->uuid = g_strdup(uuid);
	event->detail = g_strdup(detail);
	return event;
}

void mfl_event_free(MflEvent *event)
{
	if (!event)
		return;
	g_free(event->name);
	g_free(event->uuid);
	g_free(event->detail);
	g_free(event);
}

static void events_unref(MflEvents *events)
{
	if (!g_atomic_int_dec_and_test(&events->references))
		return;
	g_queue_free_full(events->queue, (GDestroyNotify)mfl_event_free);
	pthread_mutex_destroy(&events->lock);
	mfl_clear_fd(&events->readable);
	mfl_clear_fd(&events->stop);
	g_free(events->uri);
	g_free(events);
}

static void raise_fd(int fd)
{
	const guint64 one = 1;

	if (write(fd, &one, sizeof(one)) < 0)
		g_warn_if_reached();
}

static void push(MflEvent *event, gpointer data)
{
	MflEvents *events = data;

	if (event->kind == MFL_EVENT_CONNECTED)
		events->connected = TRUE;
	pthread_mutex_lock(&events->lock);
	g_queue_push_tail(events->queue, event);
	pthread_mutex_unlock(&events->lock);
	raise_fd(events->readable);
}

static gboolean is_stopped(const MflEvents *events, int timeout_ms)
{
	struct pollfd stop = { .fd = events->stop, .events = POLLIN };

	return poll(&stop, 1, timeout_ms) > 0;
}

static void listen_once(MflEvents *events)
{
	const MflContext *context = events->context;
	g_autoptr(GError) error = NULL;
	gboolean readonly;

	events->connected = FALSE;
	if (mfl_libvirt_find_daemon(context, events->uri, events->kind, FALSE, &readonly, &error) &&
	    context->libvirt->listen(events->uri, readonly, events->stop, push, events,
				     &error))
		return;
	if (events->connected || !events->told)
		push(mfl_event_new(MFL_EVENT_DISCONNECTED, NULL, NULL, error->message), events);
	events->told = TRUE;
}

static void *thread_main(void *argument)
{
	MflEvents *events = argument;

	while (!is_stopped(events, 0)) {
		listen_once(events);
		if (is_stopped(events, RETRY_MS))
			break;
	}
	events_unref(events);
	return NULL;
}

static gboolean start(MflEvents *events)
{
	pthread_t thread;

	g_atomic_int_inc(&events->references);
	if (mfl_thread_start(&thread, thread_main, events)) {
		pthread_detach(thread);
		return TRUE;
	}
	g_atomic_int_add(&events->references, -1);
	return FALSE;
}

MflEvents *mfl_events_new_in(const MflContext *context, const char *uri, GError **error)
{
	MflEvents *events;
	MflUriKind kind;

	if (!mfl_uri_parse(uri, &kind, error))
		return NULL;
	events = g_new0(MflEvents, 1);
	events->references = 1;
	events->context = context;
	events->uri = g_strdup(uri);
	events->kind = kind;
	events->queue = g_queue_new();
	pthread_mutex_init(&events->lock, NULL);
	events->readable = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	events->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (events->readable < 0 || events->stop < 0 || !start(events)) {
		mfl_error_set_errno(error, errno, "cannot listen to %s", uri);
		events_unref(events);
		return NULL;
	}
	return events;
}

MflEvents *mfl_events_new(const char *uri, GError **error)
{
	g_return_val_if_fail(uri, NULL);
	return mfl_events_new_in(mfl_context_host(), uri, error);
}

void mfl_events_free(MflEvents *events)
{
	g_return_if_fail(events);
	raise_fd(events->stop);
	events_unref(events);
}

int mfl_events_get_fd(MflEvents *events)
{
	g_return_val_if_fail(events, -1);
	return events->readable;
}

MflEvent *mfl_events_take(MflEvents *events)
{
	MflEvent *event;
	guint64 count;

	g_return_val_if_fail(events, NULL);
	pthread_mutex_lock(&events->lock);
	event = g_queue_pop_head(events->queue);
	/* Under the lock, or what comes just now would be there and not be seen. */
	if (!event && read(events->readable, &count, sizeof(count)) < 0 && errno != EAGAIN)
		g_warn_if_reached();
	pthread_mutex_unlock(&events->lock);
	return event;
}
