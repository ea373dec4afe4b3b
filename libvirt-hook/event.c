/* SPDX-License-Identifier: MIT */
#include "event.h"

static const struct {
	const char *operation;
	const char *suboperation;
	HookAction action;
	gboolean may_refuse;
} events[] = {
	/* The pid file is there, and the virtual CPUs may run. */
	{ "started", "begin", HOOK_ATTACH, TRUE },
	/* libvirtd was restarted: the node may be there already or may be missing. */
	{ "reconnect", "begin", HOOK_ATTACH, FALSE },
	/* QEMU is gone, and its node as a rule, too. */
	{ "stopped", "end", HOOK_DETACH, FALSE },
	{ "release", "end", HOOK_DETACH, FALSE },
};

gboolean hook_event_parse(HookEvent *event, int argc, char *const argv[])
{
	*event = (HookEvent){ .action = HOOK_NOTHING };
	if (argc < 4)
		return FALSE;
	event->name = argv[1];
	for (gsize i = 0; i < G_N_ELEMENTS(events); i++) {
		if (!g_str_equal(argv[2], events[i].operation) ||
		    !g_str_equal(argv[3], events[i].suboperation))
			continue;
		event->action = events[i].action;
		event->may_refuse = events[i].may_refuse;
	}
	return TRUE;
}
