/* SPDX-License-Identifier: MIT */
/*
 * An open target and where it is mapped in this process.
 *
 * No address that was ever handed out is given back to the system before the
 * memory object goes: a reader that still holds one must find something there.
 * A retired attachment's mappings are replaced by zero pages in one step each, and
 * its addresses go into a pool. Only when that holds many are the oldest used
 * again, so that a domain that is restarted all night costs no more address space
 * than one that is restarted a few hundred times.
 */
#pragma once

#include "target.h"

G_BEGIN_DECLS

typedef struct {
	char *base;
	gsize length;
} MflReservation;

typedef struct {
	GArray *reservations; /* all of them, in use or not */
	GQueue retired;	      /* MflReservation, the oldest first */
} MflPool;

void mfl_pool_init(MflPool *pool);
void mfl_pool_clear(MflPool *pool);

typedef struct {
	MflTarget *target;
	MflPool *pool;
	const struct memflow_status *status;
	GArray *areas;	     /* what is mapped where */
	GArray *reservations; /* what to retire */
} MflAttachment;

/* Takes @target over, also when it fails. */
MflAttachment *mfl_attachment_new(MflPool *pool, MflTarget *target, GError **error);

/*
 * The address of @gpa in a mapping that reaches to @end or beyond; maps it if need
 * be. NULL if that is not possible: then the target's transfer() has to do.
 */
char *mfl_attachment_map(MflAttachment *attachment, guint64 gpa, guint64 end);

/* The same for one of the target's slots. */
char *mfl_attachment_map_slot(MflAttachment *attachment, const struct memflow_memslot *slot);

/* Closes the target. Its addresses read as zeros from now on. */
void mfl_attachment_retire(MflAttachment *attachment);

G_END_DECLS
