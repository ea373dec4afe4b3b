/* SPDX-License-Identifier: MIT */
/* For unit tests: a libvirt with two connections, and a context that has it. */
#pragma once

#include "fakehost.h"
#include "libvirt.h"

G_BEGIN_DECLS

typedef struct {
	MflContext context;
	FakeHost *host;
	GPtrArray *system;  /* MflDomain */
	GPtrArray *session; /* MflDomain */
	GError *refusal;    /* what connecting fails with */
	const char *default_uri;
	guint n_connections; /* opened so far */
	guint n_open;	     /* and not closed again */
	gboolean readonly;   /* how the last was opened */
	const char *paused;  /* UUID of the one that is */
	GError *monitor_refusal; /* what asking a monitor fails with */
	guint n_asked;		 /* times that a monitor was asked */
	const char *xml;	 /* of each domain */
	guint n_torn;		 /* so many more times the layout changes while it is asked for */
} FakeLibvirt;

/* With a system daemon, without one for the session. */
FakeLibvirt *fake_libvirt_new(void);
void fake_libvirt_free(FakeLibvirt *libvirt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeLibvirt, fake_libvirt_free)

/* @id -1: shut off. The pointer is good for changing it before it is asked for. */
MflDomain *fake_libvirt_define(FakeLibvirt *libvirt, GPtrArray *connection, const char *name,
			       const char *uuid, int id);
void fake_libvirt_start_session(FakeLibvirt *libvirt);
void fake_libvirt_stop_system(FakeLibvirt *libvirt);

G_END_DECLS
