/* SPDX-License-Identifier: MIT */
/*
 * libvirt with a time limit to each call. A libvirtd that is stopped keeps its socket
 * open, and a QEMU that hangs keeps libvirtd waiting; a call of ours would wait with
 * them. Which has not come back is left to itself, with all that it uses; and until it does,
 * who would ask the same is told so at once instead of waiting as long again.
 */
#include "bounded.h"
#include "libvirt.h"
#include "lock.h"

#include <unistd.h>

#include <stdlib.h>

/* libvirtd takes its time while it starts and probes QEMU; a monitor does not. */
MflPatience mfl_libvirt_patience = { .call_ms = 30000, .monitor_ms = 10000, .close_ms = 2000 };

/* A call that was given up, and has not come back yet. Reference counted by g_atomic_rc_box. */
typedef struct {
	char *whom;    /* who does not answer: a URI, or a domain's UUID */
	pid_t process; /* that has made it: after fork(2) nobody waits for it in the child */
	gboolean over; /* atomic */
} Overdue;

static MflLock overdue_lock = PTHREAD_MUTEX_INITIALIZER;
static GPtrArray *overdue; /* Overdue; NULL: there is none */

/* A connection, and who uses it: its owner and calls that have not come back. */
typedef struct {
	int references; /* atomic */
	gpointer handle;
	gboolean stuck; /* a call has not come back; others would wait for it */
} Connection;

typedef enum { OPEN, CLOSE, LOOKUP, LIST, GET_PAUSED, SET_PAUSED, ASK_MONITOR, GET_XML } Kind;

enum { RUNNING = 1, PAUSED = 2 };

typedef struct {
	Kind kind;
	Connection *connection;
	const MflContext *context;
	char *text; /* URI, UUID or what is looked up */
	char **commands;
	MflKey key;
	gboolean flag;
	gpointer result;
	GError *error;
	Overdue *overdue; /* NULL: nobody else would have to wait for the same */
} Request;

static void clear_overdue(gpointer call)
{
	g_free(((Overdue *)call)->whom);
}

static void overdue_unref(gpointer call)
{
	g_atomic_rc_box_release_full(call, clear_overdue);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Overdue, overdue_unref)

/* Also if a call comes back just now, whose thread may have freed its request already. */
static void add_overdue(Overdue *call)
{
	mfl_autolock locker = mfl_lock_take(&overdue_lock);

	if (!overdue)
		overdue = g_ptr_array_new_with_free_func(overdue_unref);
	g_ptr_array_add(overdue, g_atomic_rc_box_acquire(call));
}

static gboolean is_overdue(const char *whom)
{
	mfl_autolock locker = mfl_lock_take(&overdue_lock);
	gboolean found = FALSE;

	for (guint i = overdue ? overdue->len : 0; i-- > 0;) {
		const Overdue *call = g_ptr_array_index(overdue, i);

		if (call->process != getpid() || g_atomic_int_get(&call->over))
			g_ptr_array_remove_index_fast(overdue, i);
		else if (g_strcmp0(call->whom, whom) == 0)
			found = TRUE;
	}
	if (overdue && !overdue->len)
		g_clear_pointer(&overdue, g_ptr_array_unref);
	return found;
}

static void connection_unref(Connection *connection)
{
	if (!g_atomic_int_dec_and_test(&connection->references))
		return;
	if (connection->handle)
		mfl_libvirt_unbounded.close(connection->handle);
	g_free(connection);
}

static void clear_result(Request *request)
{
	if (!request->result)
		return;
	switch (request->kind) {
	case OPEN:
		mfl_libvirt_unbounded.close(request->result);
		break;
	case LOOKUP:
		mfl_domain_unref(request->result);
		break;
	case LIST:
	case ASK_MONITOR:
		g_ptr_array_unref(request->result);
		break;
	case GET_XML:
		free(request->result);
		break;
	case CLOSE:
	case GET_PAUSED:
	case SET_PAUSED:
	default:
		break;
	}
}

static void request_free(gpointer data)
{
	Request *request = data;

	if (request->overdue) {
		g_atomic_int_set(&request->overdue->over, TRUE);
		overdue_unref(request->overdue);
	}
	clear_result(request);
	g_clear_pointer(&request->connection, connection_unref);
	g_clear_error(&request->error);
	g_free(request->text);
	g_strfreev(request->commands);
	g_free(request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Request, request_free)

static void run(gpointer data)
{
	const MflLibvirtOps *libvirt = &mfl_libvirt_unbounded;
	Request *request = data;
	gpointer handle = request->connection ? request->connection->handle : NULL;

	switch (request->kind) {
	case OPEN:
		request->result = libvirt->open(request->text, request->flag, &request->error);
		break;
	case CLOSE:
		g_clear_pointer(&request->connection, connection_unref);
		break;
	case LOOKUP:
		request->result = libvirt->lookup(handle, request->context, request->key,
						  request->text, &request->error);
		break;
	case LIST:
		request->result = libvirt->list(handle, request->context, &request->error);
		break;
	case GET_PAUSED: {
		gboolean paused = FALSE;

		/* Two bits in one: that it is known, and what. */
		if (libvirt->get_paused(handle, request->text, &paused, &request->error))
			request->result = GINT_TO_POINTER(paused ? PAUSED : RUNNING);
		break;
	}
	case SET_PAUSED:
		request->result = GINT_TO_POINTER(libvirt->set_paused(
			handle, request->text, request->flag, &request->error));
		break;
	case ASK_MONITOR:
		request->result = libvirt->ask_monitor(handle, request->text,
						       (const char *const *)request->commands, -1,
						       &request->error);
		break;
	case GET_XML:
		request->result = libvirt->get_xml(handle, request->text, &request->error);
		break;
	default:
		g_warn_if_reached();
	}
}

static Request *request_new(Kind kind, Connection *connection, const char *text)
{
	Request *request = g_new0(Request, 1);

	request->kind = kind;
	request->connection = connection;
	if (connection)
		g_atomic_int_inc(&connection->references);
	request->text = g_strdup(text);
	/* What other calls wait for depends on locks of libvirtd's. */
	if (kind == OPEN || kind == ASK_MONITOR || kind == SET_PAUSED) {
		request->overdue = g_atomic_rc_box_new0(Overdue);
		request->overdue->whom = g_strdup(text);
		request->overdue->process = getpid();
	}
	return request;
}

/* @waited_ms 0: somebody else has. */
static void set_stuck_error(Kind kind, guint waited_ms, GError **error)
{
	const gboolean asks_qemu = kind == ASK_MONITOR || kind == SET_PAUSED;
	g_autofree char *waited = waited_ms ?
					  g_strdup_printf("does not answer within %u s",
							  waited_ms / 1000) :
					  g_strdup("still does not answer");

	g_set_error(error, MFL_ERROR, MFL_ERROR_TIMEOUT,
		    asks_qemu ? "QEMU %s; see whether its process, or libvirtd, is stopped or hangs: "
				"ps -C qemu-system-x86_64,libvirtd -o pid,stat,args" :
				"libvirt %s; see whether it is stopped or hangs: systemctl status "
				"libvirtd",
		    waited);
}

/* Takes @request over; what it results in, or NULL and perhaps an error. */
static gpointer perform(Request *request, int cancel_fd, guint limit_ms, GError **error)
{
	Connection *connection = request->connection;
	const Kind kind = request->kind;
	g_autoptr(Overdue) call = NULL;
	g_autoptr(Request) finished = NULL;

	if ((connection && connection->stuck) ||
	    (request->overdue && is_overdue(request->overdue->whom))) {
		request_free(request);
		set_stuck_error(kind, 0, error);
		return NULL;
	}
	if (request->overdue)
		call = g_atomic_rc_box_acquire(request->overdue);
	/* The request may be gone with its own reference before we have looked. */
	if (connection)
		g_atomic_int_inc(&connection->references);
	switch (mfl_bounded_run(run, request, request_free, cancel_fd, limit_ms)) {
	case MFL_BOUNDED_DONE:
		finished = request;
		if (finished->error)
			g_propagate_error(error, g_steal_pointer(&finished->error));
		break;
	case MFL_BOUNDED_CANCELLED:
		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
			    "the domain stopped while libvirt was asked about it");
		break;
	case MFL_BOUNDED_TIMEOUT:
		if (call)
			add_overdue(call);
		set_stuck_error(kind, limit_ms, error);
		break;
	case MFL_BOUNDED_FAILED:
	default:
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO,
			    "cannot start a thread for a call of libvirt's");
	}
	if (connection) {
		connection->stuck = !finished;
		connection_unref(connection);
	}
	return finished ? g_steal_pointer(&finished->result) : NULL;
}

static gpointer open_connection(const char *uri, gboolean readonly, GError **error)
{
	Request *request = request_new(OPEN, NULL, uri);
	Connection *connection;
	gpointer handle;

	request->flag = readonly;
	handle = perform(request, -1, mfl_libvirt_patience.call_ms, error);
	if (!handle)
		return NULL;
	connection = g_new0(Connection, 1);
	connection->references = 1;
	connection->handle = handle;
	return connection;
}

/* Also closing waits for an answer; of a connection that is stuck nobody waits for it. */
static void close_connection(gpointer data)
{
	Connection *connection = data;
	Request *request = request_new(CLOSE, NULL, NULL);

	request->connection = connection; /* its owner's reference */
	if (mfl_bounded_run(run, request, request_free, -1,
			    connection->stuck ? 0 : mfl_libvirt_patience.close_ms) == MFL_BOUNDED_DONE)
		request_free(request);
}

static MflDomain *lookup(gpointer connection, const MflContext *context, MflKey key,
			 const char *value, GError **error)
{
	Request *request = request_new(LOOKUP, connection, value);

	request->context = context;
	request->key = key;
	return perform(request, -1, mfl_libvirt_patience.call_ms, error);
}

static GPtrArray *list(gpointer connection, const MflContext *context, GError **error)
{
	Request *request = request_new(LIST, connection, NULL);

	request->context = context;
	return perform(request, -1, mfl_libvirt_patience.call_ms, error);
}

static gboolean get_paused(gpointer connection, const char *uuid, gboolean *paused, GError **error)
{
	const int state =
		GPOINTER_TO_INT(perform(request_new(GET_PAUSED, connection, uuid), -1,
					mfl_libvirt_patience.call_ms, error));

	*paused = state == PAUSED;
	return state != 0;
}

static gboolean set_paused(gpointer connection, const char *uuid, gboolean paused, GError **error)
{
	Request *request = request_new(SET_PAUSED, connection, uuid);

	request->flag = paused;
	return GPOINTER_TO_INT(perform(request, -1, mfl_libvirt_patience.call_ms, error));
}

static GPtrArray *ask_monitor(gpointer connection, const char *uuid, const char *const *commands,
			      int cancel_fd, GError **error)
{
	Request *request = request_new(ASK_MONITOR, connection, uuid);

	request->commands = g_strdupv((char **)commands);
	return perform(request, cancel_fd, mfl_libvirt_patience.monitor_ms, error);
}

static char *get_xml(gpointer connection, const char *uuid, GError **error)
{
	return perform(request_new(GET_XML, connection, uuid), -1, mfl_libvirt_patience.call_ms, error);
}

const MflLibvirtOps mfl_libvirt = {
	.open = open_connection,
	.close = close_connection,
	.lookup = lookup,
	.list = list,
	.get_paused = get_paused,
	.set_paused = set_paused,
	.ask_monitor = ask_monitor,
	.get_xml = get_xml,
	/* Has a thread of its own, and is to last. */
	.listen = mfl_libvirt_listen,
};
