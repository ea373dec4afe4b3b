/* SPDX-License-Identifier: MIT */
/*
 * One connector object of a memflow host. A clone is an object of its own, which
 * shares nothing with the first that either could notice. Like every memflow object
 * it is used by one thread at a time.
 */
#pragma once

#include "middleware.h"
#include "source.h"

G_BEGIN_DECLS

typedef struct {
	MfcSource *source;
	MflMemory *memory; /* one run of the domain */
	gboolean stopped;  /* @memory is gone, as a request has been told */
	GArray *map;	   /* set_mem_map(), NULL: none */
	MfcMiddleware middleware;
	struct mf_logger *logger;

	/* Of @memory, when it had that generation. */
	gboolean has_metadata;
	guint64 generation;
	struct mf_phys_metadata metadata;
} MfcInstance;

/* Opens the domain. Free with mfc_instance_drop(). */
MfcInstance *mfc_instance_new(const MfcOptions *options, struct mf_logger *logger, GError **error);
void mfc_instance_drop(void *instance);

struct mf_phys_metadata mfc_instance_get_metadata(MfcInstance *instance);

/* After the domain stopped: attaches to its next run, if there is one. */
gboolean mfc_instance_revive(MfcInstance *instance);

/* The object that a host gets; takes over @instance and @library. */
struct mf_connector mfc_instance_to_connector(MfcInstance *instance, struct mf_arc library);

static inline MfcInstance *mfc_instance_of(const struct mf_container *container)
{
	return container->instance.instance;
}

/* Another owner of the library, and of nothing else. */
static inline struct mf_arc mfc_arc_clone(const struct mf_arc *arc)
{
	struct mf_arc clone = *arc;

	if (arc->instance && arc->clone_fn)
		clone.instance = arc->clone_fn(arc->instance);
	return clone;
}

static inline void mfc_arc_drop(struct mf_arc *arc)
{
	if (arc->instance && arc->drop_fn)
		arc->drop_fn(arc->instance);
}

/* The same instance for as long as the original lives: nobody drops it here. */
static inline struct mf_container mfc_container_borrow(const struct mf_container *container)
{
	struct mf_container borrowed = *container;

	borrowed.instance.drop_fn = NULL;
	borrowed.context = mfc_arc_clone(&container->context);
	return borrowed;
}

/* Implements Clone. */
struct mf_container mfc_container_clone(const struct mf_container *container);

extern const struct mf_clone_vtbl mfc_clone_vtbl;
extern const struct mf_connector_cpu_vtbl mfc_connector_cpu_vtbl;
extern const struct mf_view_vtbl mfc_view_vtbl;

G_END_DECLS
