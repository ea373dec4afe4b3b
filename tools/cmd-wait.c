// SPDX-License-Identifier: MIT
/*
 * For scripts: after `virsh start` returns, the node may be some moments away
 * (the hook attaches in the background), and udev may still be granting rights.
 */
#include "core/bounded.h"
#include "exit-status.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "watch.h"

/* What a wait may outlast; anything else would not get better by waiting. */
static gboolean may_come(const GError *error)
{
	if (error->domain != MFL_ERROR)
		return FALSE;
	switch (error->code) {
	case MFL_ERROR_NOT_FOUND:
	case MFL_ERROR_NOT_RUNNING:
	case MFL_ERROR_PERMISSION:
	case MFL_ERROR_NO_MODULE:
	case MFL_ERROR_GONE:
	case MFL_ERROR_LIBVIRT:
	case MFL_ERROR_TIMEOUT:
	case MFL_ERROR_UNSUPPORTED:
		return TRUE;
	default:
		return FALSE;
	}
}

/* What a look may take when there is no time left, so that there is one. */
#define LOOK_MS 1000

typedef struct {
	char *domain;
	char *uri;
	gboolean attached;
	GError *error;
} Look;

static void look_free(gpointer data)
{
	Look *look = data;

	g_free(look->domain);
	g_free(look->uri);
	g_clear_error(&look->error);
	g_free(look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Look, look_free)

static void look_run(gpointer data)
{
	Look *look = data;
	g_autoptr(MflMemory) memory = NULL;

	memory = mfl_memory_open(look->domain, look->uri, MFL_BACKEND_NODE, MFL_OPEN_READONLY,
				 &look->error);
	look->attached = memory != NULL;
}

/* libvirt may be asked on the way, and one that hangs has patience of its own. */
static gboolean is_attached(const char *domain, const char *uri, gint64 deadline, GError **error)
{
	g_autoptr(Look) look = g_new0(Look, 1);
	const gint64 left = (deadline - g_get_monotonic_time()) / 1000;

	look->domain = g_strdup(domain);
	look->uri = g_strdup(uri);
	if (deadline < 0) {
		look_run(look);
	} else if (mfl_bounded_run(look_run, look, look_free, -1,
				   (guint)CLAMP(left, LOOK_MS, G_MAXINT)) != MFL_BOUNDED_DONE) {
		/* The thread's now, or gone. */
		look = NULL;
		g_set_error(error, MFL_ERROR, MFL_ERROR_TIMEOUT,
			    "libvirt has not answered; \"memflowctl doctor libvirt\" looks into it");
		return FALSE;
	}
	if (look->error)
		g_propagate_error(error, g_steal_pointer(&look->error));
	return look->attached;
}

static int wait_for(struct ctl *ctl, const char *domain, const char *uri, gint64 deadline)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(CtlWatch) watch = ctl_watch_new(ctl->env->dev, &error);
	gboolean said_why = FALSE;

	if (!watch)
		return ctl_fail(ctl, error);
	for (;;) {
		g_clear_error(&error);
		if (!ctl_watch_arm(watch, &error))
			return ctl_fail(ctl, error);
		if (is_attached(domain, uri, deadline, &error))
			return CTL_OK;
		if (!may_come(error))
			return ctl_fail(ctl, error);
		/* Who mistyped a name would wait for ever without a word. */
		if (!said_why && deadline < 0)
			ctl_note(ctl, "waiting for \"%s\" to be attached; now: %s", domain,
				 error->message);
		said_why = TRUE;
		if (!ctl_watch_wait(watch, deadline))
			return ctl_fail_text(ctl, CTL_TIMEOUT,
					     "time is up and domain \"%s\" is not attached: %s",
					     domain, error->message);
	}
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	const gdouble not_given = -G_MAXDOUBLE;
	gdouble seconds = not_given;
	const GOptionEntry entries[] = {
		{ "timeout", 't', 0, G_OPTION_ARG_DOUBLE, &seconds,
		  "Give up after that time (default: never)", "SECONDS" },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	gint64 deadline = -1;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "A domain is attached once it has a node and you can read it. It "
				     "need not be running\nor even defined when the wait begins.\n",
				     argv, 1, 1, &status);
	if (!operands)
		return status;
	if (seconds != not_given) {
		/* Written so that "nan" is refused, too. */
		if (!(seconds >= 0 && seconds <= 1e9))
			return ctl_fail_usage(ctl, command,
					      "--timeout takes a number of seconds from 0 to 1e9");
		deadline = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
	}
	return wait_for(ctl, operands[0], uri, deadline);
}

const struct ctl_command ctl_command_wait = {
	.name = "wait",
	.arguments = "DOMAIN",
	.help = "wait until a domain is attached",
	.run = run,
};
