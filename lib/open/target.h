/* SPDX-License-Identifier: MIT */
/*
 * What a backend gives once it has a domain's memory open, and the table of
 * backends. A backend that has no kernel module behind it fills in the same
 * functions; nothing else has to know.
 */
#pragma once

#include "domain.h"
#include "memflow.h"

G_BEGIN_DECLS

typedef struct _MflTarget MflTarget;

typedef struct {
	/* (element-type struct memflow_memslot) in order of gpa; looks anew. */
	GArray *(*get_slots)(MflTarget *target, guint64 *generation, GError **error);
	/* Map over what is at @address; 0 or an errno. */
	int (*map)(MflTarget *target, guint64 gpa, gsize length, gpointer address);
	int (*map_status)(MflTarget *target, gpointer address);
	/* Copy without a mapping: bytes, or a negative errno where there were none. */
	gint64 (*transfer)(MflTarget *target, gboolean write, guint64 gpa, gpointer buffer,
			   gsize length);
	void (*close)(MflTarget *target);
} MflTargetOps;

/* The head of each backend's own structure. */
struct _MflTarget {
	const MflTargetOps *ops;
	MflBackend backend;
	gboolean readonly;
};

static inline void mfl_target_close(MflTarget *target)
{
	if (target)
		target->ops->close(target);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflTarget, mfl_target_close)

typedef struct {
	MflBackend backend;
	const char *name;
	MflTarget *(*open)(MflDomain *domain, MflOpenFlags flags, GError **error);
} MflBackendOps;

extern const MflBackendOps mfl_backend_node;
extern const MflBackendOps mfl_backend_kmod;

/* Opens by @backend or, if that is MFL_BACKEND_AUTO, by the first that works. */
MflTarget *mfl_target_open(MflDomain *domain, MflBackend backend, MflOpenFlags flags,
			   GError **error);

/* A target of the kernel module; takes the descriptor over. */
MflTarget *mfl_target_new_module(const MflEnv *env, MflBackend backend, int fd, gboolean readonly);

G_END_DECLS
