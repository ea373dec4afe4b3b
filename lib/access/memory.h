/* SPDX-License-Identifier: MIT */
/* The inside of MflMemory. */
#pragma once

#include "attachment.h"
#include "find.h"
#include "layout.h"

G_BEGIN_DECLS

struct _MflMemory {
	int references; /* atomic */
	MflLayout layout; /* what readers look at, without a lock */

	/* How to find it again. */
	const MflContext *context;
	char *name; /* as it was when it was opened, for messages */
	char *key;
	MflKey key_kind;
	char *uri;
	MflBackend wanted;
	MflOpenFlags flags;

	MflLock reattaching; /* one at a time; taken before lock */
	MflLock lock;	    /* for all of the following, and to write layout */
	MflPool pool;
	MflAttachment *attachment;
	MflDomain *domain;
	GArray *refusals; /* MflRefusal: why no other backend */
	guint64 n_attachments;

	/*
	 * Shared by who is in a function of the attachment's target without the lock;
	 * to exchange the attachment takes both.
	 */
	pthread_rwlock_t using;
};

MflMemory *mfl_memory_open_in(const MflContext *context, const char *argument, const char *uri,
			      MflKey keys, MflBackend backend, MflOpenFlags flags, GError **error);

/* Looks at the memslots and takes in what changed. */
gboolean mfl_memory_update(MflMemory *memory, GError **error);

/* mfl_memory_update() if the status page says that something changed. */
gboolean mfl_memory_ensure_current(MflMemory *memory, GError **error);

void mfl_memory_set_error(MflMemory *memory, GError **error, int code, guint64 gpa, gsize length);

G_END_DECLS
