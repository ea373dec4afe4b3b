/* SPDX-License-Identifier: MIT */
/* The inside of MflProcessTarget. */
#pragma once

#include "lock.h"
#include "process-target.h"
#include "watch.h"

G_BEGIN_DECLS

/* A slot that is mapped here. */
typedef struct {
	guint64 gpa;
	MflStretch host;
	char *address; /* of what is mapped: whole pages of the file, so perhaps more */
	gsize length;
} MflPiece;

/* A file that guest memory is mapped from. */
typedef struct {
	guint64 device;
	guint64 inode;
	int fd;
	guint64 page; /* its pages may be huge */
} MflBackingFile;

struct _MflProcessTarget {
	MflTarget target;
	MflDomain *domain;
	MflProcess *process;
	int memory; /* /proc/PID/mem, for writing; -1: read-only */
	char *runtime_dir; /* NULL: not known */
	MflWatch *watch;
	gboolean maps_files;

	MflLock querying; /* one at a time; taken before lock. For: */
	gboolean fresh;	  /* get_slots() has not told this layout yet */
	gboolean failed;  /* the last query */
	gint64 next_query; /* in g_get_monotonic_time() */
	gint64 apart;
	guint64 epoch; /* of that layout; atomic */

	/* The watching thread's: */
	guint64 stamp;	  /* of libvirt's file, when it was read */
	gboolean changed; /* it was another one */
	guint64 told;	  /* than that */

	MflLock lock; /* for the following */
	MflGuestMap *map; /* written with both */
	GArray *pieces;	  /* MflPiece */
	GArray *files;	  /* MflBackingFile */
	gboolean over;	  /* it has ended: nothing is mapped any more */
};

MflGuestMap *mfl_process_target_ref_map(MflProcessTarget *self);

/*
 * A newer one than @known, of which somebody doubts that it is true; NULL: there is none, or
 * QEMU was asked too short a time ago. Slow.
 */
MflGuestMap *mfl_process_target_renew_map(MflProcessTarget *self, const MflGuestMap *known);

/* process-copy.c */
void mfl_process_target_transfer(MflTarget *target, gboolean write, MflSegment **segments,
				 gsize n);

/* process-map.c */
GArray *mfl_process_target_files_new(void);

/*
 * The present layout as memslots, with those marked that cannot be mapped; what is mapped
 * and not part of it any more reads as zeros then. *@generation may become a new one.
 */
GArray *mfl_process_target_make_slots(MflProcessTarget *self, guint64 *generation);
/* Whether it is worth the name of the backend that maps. */
gboolean mfl_process_target_check_files(MflProcessTarget *self, GError **error);
int mfl_process_target_reserve(MflTarget *target, guint64 gpa, gsize length, gpointer address);
int mfl_process_target_map_slot(MflTarget *target, guint64 gpa, gsize length, gpointer address);
/* Zeros everywhere. */
void mfl_process_target_drop_all(MflProcessTarget *self);

G_END_DECLS
