/* SPDX-License-Identifier: MIT */
/* The inside of MflDomain, for the functions that find one. */
#pragma once

#include "context.h"

G_BEGIN_DECLS

/* Filled in while it is being found, immutable once a caller has it. */
struct _MflDomain {
	int references; /* atomic; not GLib's, see lock.h for why */
	const MflContext *context;
	char *name;
	char *uuid;
	char *uri;
	char *node;
	int id;
	pid_t pid;
	char *no_pid; /* why the pid is not known */
	gboolean running;
	gboolean readonly;
	gboolean confidential; /* <launchSecurity> */
	guint64 ram_size;
	MflKey found_by;
};

MflDomain *mfl_domain_new(const MflContext *context, const char *name, const char *uuid);

/* Refuses what has no readable memory: shut off and confidential domains. */
gboolean mfl_domain_check_open(MflDomain *domain, GError **error);

G_END_DECLS
