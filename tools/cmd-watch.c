// SPDX-License-Identifier: MIT
/*
 * Nodes are looked at whenever something changes in their directory, and what is told is the
 * difference to the look before: so nothing depends on libvirt, and no event can be missed that
 * has a lasting effect. libvirt's events tell why.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/fd.h"
#include "core/published.h"
#include "exit-status.h"
#include "json.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "text.h"
#include "watch.h"

#define DEFAULT_URI "qemu:///system"

/* The inode tells a node from its successor of the same name and process. */
typedef struct {
	MflPublished *published;
	ino_t inode;
} Node;

typedef struct {
	struct ctl *ctl;
	gboolean json;
	const char *uri;
	GPtrArray *nodes;     /* Node, as of the last look */
	GHashTable *running;  /* uuid → name: domains that libvirt said run */
	GHashTable *reported; /* the same, while a connection is made */
	gboolean was_connected;
} Watcher;

/* ----------------------------------------------------------------- output -- */

typedef struct {
	const char *event;
	const char *name;
	const char *uuid;
	const char *detail;
	const MflPublished *published;
} Line;

static void print_json(FILE *out, const Line *line)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *time = g_date_time_format_iso8601(now);
	const MflPublished *published = line->published;

	json_builder_begin_object(builder);
	ctl_json_add_string(builder, "time", time);
	ctl_json_add_string(builder, "event", line->event);
	ctl_json_add_string(builder, "name", line->name);
	ctl_json_add_string(builder, "uuid", line->uuid);
	ctl_json_add_string(builder, "node", published ? published->node : NULL);
	if (published) {
		ctl_json_add_number(builder, "pid", (guint64)published->pid);
		ctl_json_add_boolean(builder, "readonly", published->readonly);
	} else {
		ctl_json_add_null(builder, "pid");
		ctl_json_add_null(builder, "readonly");
	}
	ctl_json_add_string(builder, "detail", line->detail);
	json_builder_end_object(builder);
	ctl_json_print_line(out, builder);
}

static void print_text(FILE *out, const Line *line)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%S%:z");
	g_autofree char *name = line->name ? ctl_escape_name(line->name) : NULL;
	g_autofree char *detail = line->detail ? ctl_escape_message(line->detail) : NULL;
	const MflPublished *published = line->published;

	fprintf(out, "%s %s", time, line->event);
	if (name)
		fprintf(out, " %s", name);
	if (published)
		fprintf(out, ": %s (pid %d, %s)", published->node, (int)published->pid,
			published->readonly ? "ro" : "rw");
	if (detail)
		fprintf(out, ": %s", detail);
	fputc('\n', out);
}

static void print_line(const Watcher *watcher, const Line *line)
{
	if (watcher->json)
		print_json(watcher->ctl->out, line);
	else
		print_text(watcher->ctl->out, line);
	/* Whoever reads a pipe is to know it now. */
	fflush(watcher->ctl->out);
}

/* ------------------------------------------------------------------ nodes -- */

static void node_free(Node *node)
{
	mfl_published_free(node->published);
	g_free(node);
}

static gboolean is_same(const Node *a, const Node *b)
{
	return a->inode == b->inode && a->published->pid == b->published->pid &&
	       !strcmp(a->published->node, b->published->node);
}

static gboolean has(GPtrArray *nodes, const Node *node)
{
	for (guint i = 0; i < nodes->len; i++)
		if (is_same(g_ptr_array_index(nodes, i), node))
			return TRUE;
	return FALSE;
}

/*
 * What a look finds. sysfs forgets a node a moment after its file has gone, and there is no event
 * then: so the file decides. No module: no nodes.
 */
static GPtrArray *list_nodes(const MflEnv *env)
{
	GPtrArray *nodes = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
	g_autoptr(GPtrArray) published = mfl_published_list_in(env, NULL);

	while (published && published->len) {
		g_autoptr(MflPublished) one = g_ptr_array_steal_index(published, 0);
		GStatBuf status;
		Node *node;

		if (g_stat(one->node, &status) < 0)
			continue;
		node = g_new0(Node, 1);
		node->published = g_steal_pointer(&one);
		node->inode = status.st_ino;
		g_ptr_array_add(nodes, node);
	}
	return nodes;
}

static void print_missing(const Watcher *watcher, const char *event, GPtrArray *nodes,
			  GPtrArray *others)
{
	for (guint i = 0; i < nodes->len; i++) {
		const Node *node = g_ptr_array_index(nodes, i);
		const Line line = { event, node->published->name, node->published->uuid, NULL,
				    node->published };

		if (!has(others, node))
			print_line(watcher, &line);
	}
}

static void look(Watcher *watcher)
{
	GPtrArray *nodes = list_nodes(watcher->ctl->env);

	print_missing(watcher, "detached", watcher->nodes, nodes);
	print_missing(watcher, "attached", nodes, watcher->nodes);
	g_ptr_array_unref(watcher->nodes);
	watcher->nodes = nodes;
}

/* ---------------------------------------------------------------- domains -- */

static void print_domain(const Watcher *watcher, const char *event, const char *uuid,
			 const char *name, const char *detail)
{
	const Line line = { event, name, uuid, detail, NULL };

	print_line(watcher, &line);
}

/* Those of @domains that are not among @others. */
static void print_unknown(const Watcher *watcher, const char *event, GHashTable *domains,
			  GHashTable *others)
{
	GHashTableIter iter;
	gpointer uuid, name;

	g_hash_table_iter_init(&iter, domains);
	while (g_hash_table_iter_next(&iter, &uuid, &name))
		if (!g_hash_table_contains(others, uuid))
			print_domain(watcher, event, uuid, name, "while libvirt was away");
}

static GHashTable *new_domains(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void connected(Watcher *watcher)
{
	print_domain(watcher, "libvirt-connected", NULL, NULL, watcher->uri);
	if (watcher->was_connected) {
		print_unknown(watcher, "stopped", watcher->running, watcher->reported);
		print_unknown(watcher, "started", watcher->reported, watcher->running);
	}
	watcher->was_connected = TRUE;
	g_hash_table_unref(watcher->running);
	watcher->running = watcher->reported;
	watcher->reported = new_domains();
}

static void handle(Watcher *watcher, const MflEvent *event)
{
	switch (event->kind) {
	case MFL_EVENT_RUNNING:
		g_hash_table_insert(watcher->reported, g_strdup(event->uuid),
				    g_strdup(event->name));
		break;
	case MFL_EVENT_CONNECTED:
		connected(watcher);
		break;
	case MFL_EVENT_DISCONNECTED:
		print_domain(watcher, "libvirt-disconnected", NULL, NULL, event->detail);
		g_hash_table_remove_all(watcher->reported);
		break;
	case MFL_EVENT_STARTED:
		/* It started just when libvirt was connected to, and has been seen running. */
		if (g_hash_table_insert(watcher->running, g_strdup(event->uuid),
					g_strdup(event->name)))
			print_domain(watcher, "started", event->uuid, event->name, event->detail);
		break;
	case MFL_EVENT_STOPPED:
		g_hash_table_remove(watcher->running, event->uuid);
		print_domain(watcher, "stopped", event->uuid, event->name, event->detail);
		break;
	}
}

/* ------------------------------------------------------------------- loop -- */

static int watch(Watcher *watcher, CtlWatch *directory, MflEvents *events, int signals)
{
	struct pollfd fds[] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = ctl_watch_get_fd(directory), .events = POLLIN },
		{ .fd = events ? mfl_events_get_fd(events) : -1, .events = POLLIN },
	};
	g_autoptr(GError) error = NULL;

	while (!ferror(watcher->ctl->out)) {
		g_autoptr(MflEvent) event = NULL;

		if (poll(fds, G_N_ELEMENTS(fds), -1) < 0 && errno != EINTR)
			return ctl_fail_text(watcher->ctl, CTL_FAILURE, "cannot wait: %s",
					     g_strerror(errno));
		if (fds[0].revents)
			break;
		if (fds[1].revents) {
			ctl_watch_drain(directory);
			if (!ctl_watch_arm(directory, &error))
				return ctl_fail(watcher->ctl, error);
			look(watcher);
		}
		if (events && (event = mfl_events_take(events)))
			handle(watcher, event);
	}
	return CTL_OK;
}

static int watch_from_now(Watcher *watcher, gboolean existing, gboolean no_libvirt, int signals)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(CtlWatch) directory = ctl_watch_new(watcher->ctl->env->dev, &error);
	g_autoptr(MflEvents) events = NULL;

	if (!directory || !ctl_watch_arm(directory, &error))
		return ctl_fail(watcher->ctl, error);
	if (!no_libvirt) {
		events = mfl_events_new(watcher->uri, &error);
		if (!events)
			return ctl_fail(watcher->ctl, error);
	}
	if (existing) {
		look(watcher);
	} else {
		g_ptr_array_unref(watcher->nodes);
		watcher->nodes = list_nodes(watcher->ctl->env);
	}
	return watch(watcher, directory, events, signals);
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	gboolean json = FALSE, existing = FALSE, no_libvirt = FALSE;
	const GOptionEntry entries[] = {
		{ "existing", 'e', 0, G_OPTION_ARG_NONE, &existing,
		  "Begin with the domains that are attached already", NULL },
		{ "no-libvirt", 'L', 0, G_OPTION_ARG_NONE, &no_libvirt,
		  "Watch the nodes alone", NULL },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Listen to this libvirt connection (default: " DEFAULT_URI ")", "URI" },
		{ "json", 'j', 0, G_OPTION_ARG_NONE, &json,
		  "Print JSON, an object on each line", NULL },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	Watcher watcher = { .ctl = ctl };
	sigset_t ending, before;
	mfl_autofd signals = -1;
	int status;

	operands = ctl_parse_options(ctl, command, entries, NULL, argv, 0, 0, &status);
	if (!operands)
		return status;
	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ending, &before);
	signals = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
	watcher.json = json;
	watcher.uri = uri ? uri : DEFAULT_URI;
	watcher.nodes = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
	watcher.running = new_domains();
	watcher.reported = new_domains();
	status = watch_from_now(&watcher, existing, no_libvirt, signals);
	g_hash_table_unref(watcher.running);
	g_hash_table_unref(watcher.reported);
	g_ptr_array_unref(watcher.nodes);
	if (signals >= 0) {
		struct signalfd_siginfo taken;

		/* Or it would come when it is let through again. */
		while (read(signals, &taken, sizeof(taken)) > 0)
			;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return status;
}

const struct ctl_command ctl_command_watch = {
	.name = "watch",
	.help = "tell when domains are attached and detached, start and stop",
	.run = run,
};
