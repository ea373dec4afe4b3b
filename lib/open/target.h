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

/* Of a memslot, beside the module's flags: it cannot be mapped, only copied from and to. */
#define MFL_SLOT_UNMAPPED (1U << 31)

typedef struct {
	/* (element-type struct memflow_memslot) in order of gpa; looks anew. */
	GArray *(*get_slots)(MflTarget *target, guint64 *generation, GError **error);
	/* Map over what is at @address; 0 or an errno. */
	int (*map)(MflTarget *target, guint64 gpa, gsize length, gpointer address);
	/*
	 * Nullable: map() only reserves, and this puts one slot where it belongs, again
	 * after each get_slots(); 0 or an errno, and then the slot is not mapped.
	 */
	int (*map_slot)(MflTarget *target, guint64 gpa, gsize length, gpointer address);
	int (*map_status)(MflTarget *target, gpointer address);
	/* Copy without a mapping: bytes, or a negative errno where there were none. */
	gint64 (*transfer)(MflTarget *target, gboolean write, guint64 gpa, gpointer buffer,
			   gsize length);
	/*
	 * Nullable: transfer() of whole lists, in any number of threads at once; each
	 * segment's status becomes 0 or an MflError. Who has it needs no transfer().
	 */
	void (*transfer_list)(MflTarget *target, gboolean write, MflSegment **segments, gsize n);
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
extern const MflBackendOps mfl_backend_memfd;
extern const MflBackendOps mfl_backend_procmem;

/* Why a backend was not taken. */
typedef struct {
	MflBackend backend;
	char *reason;
} MflRefusal;

/*
 * Opens by @backend or, if that is MFL_BACKEND_AUTO, by the first that works; those
 * that did not are added to @refusals (element-type MflRefusal).
 */
MflTarget *mfl_target_open(MflDomain *domain, MflBackend backend, MflOpenFlags flags,
			   GArray *refusals, GError **error);
GArray *mfl_refusals_new(void);

/* A target of the kernel module; takes the descriptor over. */
MflTarget *mfl_target_new_module(const MflEnv *env, MflBackend backend, int fd, gboolean readonly);

G_END_DECLS
