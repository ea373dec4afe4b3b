/* SPDX-License-Identifier: MIT */
/* The one seam to libvirt. */
#pragma once

#include "domain.h"
#include "uri.h"

G_BEGIN_DECLS

/* Takes the event over. */
typedef void (*MflReport)(MflEvent *event, gpointer data);

struct _MflLibvirtOps {
	/* A connection; NULL: MFL_ERROR_LIBVIRT or MFL_ERROR_PERMISSION. */
	gpointer (*open)(const char *uri, gboolean readonly, GError **error);
	void (*close)(gpointer connection);
	/*
	 * The domain with its name, UUID, id, RAM and state; NULL without an error
	 * if there is none. @key is one bit; a UUID comes in text form.
	 */
	MflDomain *(*lookup)(gpointer connection, const MflContext *context, MflKey key,
			     const char *value, GError **error);
	/* (element-type MflDomain): the running ones. */
	GPtrArray *(*list)(gpointer connection, const MflContext *context, GError **error);
	/* Whether its processors are stopped. FALSE without an error as below. */
	gboolean (*get_paused)(gpointer connection, const char *uuid, gboolean *paused,
			       GError **error);
	/* Whether its processors run. FALSE without an error if there is no such domain. */
	gboolean (*set_paused)(gpointer connection, const char *uuid, gboolean paused,
			       GError **error);
	/*
	 * (element-type utf8): what QEMU's own monitor answers to each of @commands. Takes
	 * a connection that is not read-only, and makes libvirt call the domain tainted. NULL
	 * without an error if there is no such domain. MFL_ERROR_TIMEOUT if there is no
	 * answer for long, MFL_ERROR_GONE once @cancel_fd (-1: none) is readable.
	 */
	GPtrArray *(*ask_monitor)(gpointer connection, const char *uuid,
				  const char *const *commands, int cancel_fd, GError **error);
	/* (transfer full): of this run if it runs. NULL without an error: no such domain. */
	char *(*get_xml)(gpointer connection, const char *uuid, GError **error);
	/*
	 * Connects and reports MFL_EVENT_RUNNING, _CONNECTED, _STARTED and _STOPPED, until
	 * @stop_fd is readable (TRUE) or the connection ends (FALSE, with an error). Has no time
	 * limit, and is for one thread at a time.
	 */
	gboolean (*listen)(const char *uri, gboolean readonly, int stop_fd, MflReport report,
			   gpointer data, GError **error);
};

/*
 * libvirt, with a time limit to each call: MFL_ERROR_TIMEOUT. Where one has not come back yet, the
 * same is not waited for again.
 */
extern const MflLibvirtOps mfl_libvirt;

/* Those limits; unit tests have shorter ones. */
typedef struct {
	guint call_ms;
	guint monitor_ms; /* for QEMU behind libvirtd */
	guint close_ms;
} MflPatience;
extern MflPatience mfl_libvirt_patience;

/* libvirt itself, whose calls last for as long as they last. */
extern const MflLibvirtOps mfl_libvirt_unbounded;

/* libvirt's own listen(), in listen.c. */
gboolean mfl_libvirt_listen(const char *uri, gboolean readonly, int stop_fd, MflReport report,
			    gpointer data, GError **error);

MflEvent *mfl_event_new(MflEventKind kind, const char *name, const char *uuid, const char *detail);

/*
 * Whether there is a daemon to connect to, and whether it has to be read-only. As
 * mfl_libvirt_connect() otherwise.
 */
gboolean mfl_libvirt_find_daemon(const MflContext *context, const char *uri, MflUriKind kind,
				 gboolean named, gboolean *readonly, GError **error);

/*
 * Opens a connection, if there is a daemon to connect to. @named: the caller of
 * the library asked for this URI. If not, no session daemon is started for it.
 */
gpointer mfl_libvirt_connect(const MflContext *context, const char *uri, MflUriKind kind,
			     gboolean named, GError **error);

G_END_DECLS
