/* SPDX-License-Identifier: MIT */
/*
 * A memflow host in C, for tests: loads a plugin and uses it as memflow's own would
 * (memflow 0.2.4, src/plugins/), but trusts it in nothing: it counts who owns the
 * library, keeps every log record and each part that a callback was told of.
 */
#pragma once

#include "abi/plugin.h"
#include "fakevms.h"

G_BEGIN_DECLS

typedef struct {
	size_t level;
	char *target;
	char *text;
} Record;

typedef struct {
	void *handle;
	const struct mf_descriptor *descriptor;
	const FakeVms *vms; /* NULL: not the test build */
	FakeLibvirt *libvirt;

	struct mf_logger logger;
	size_t enabled; /* highest level that enabled() lets pass */
	GPtrArray *records;
	MflLock records_lock;

	int libraries; /* owners of the library; atomic */
	int n_library_drops;
	int n_os_drops;
	int n_args_drops;
} Host;

/* @path: of the plugin. With its fakes begun, if it has them. */
Host *host_load(const char *path);
/* The same for one that is linked with the program. */
Host *host_new(const struct mf_descriptor *descriptor, const FakeVms *vms);
/* Nobody may own the library any more. */
void host_free(Host *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Host, host_free)

/* What a user asks for. */
typedef struct {
	const char *target;
	const char *extra[16]; /* name, value, name, value … */
	struct mf_middleware_args middleware;
	gboolean no_args; /* NULL instead of all that */
	gboolean no_logger;
	gboolean stacked; /* on an OS */
} Ask;
#define ASK(...) (&(const Ask){ __VA_ARGS__ })

/* Checks what is to be true of each call, however it ends. */
int32_t host_create(Host *host, const Ask *ask, struct mf_connector *out);

/* (element-type Record): since the last call. */
GPtrArray *host_take_records(Host *host);
/* They are one, of that level, that says @part. */
void host_assert_record(Host *host, size_t level, const char *part);
void host_assert_no_record(Host *host);

/* As a Rust host does: the object first, then its library. */
void container_drop(struct mf_container *container);
struct mf_connector connector_clone(const struct mf_connector *connector);

static inline void connector_drop(struct mf_connector *connector)
{
	container_drop(&connector->container);
}

/* --- lists of requests --- */

typedef struct {
	guint64 gpa;
	guint64 mark; /* ignored where the address is the mark */
	guint8 *buffer;
	gsize length;
} Request;

typedef struct {
	gboolean done;
	guint64 mark;
	guint8 *data;
	gsize length;
} Part;

/* Who wants to hear of parts, and what was told. */
typedef struct {
	GArray *parts; /* Part; NULL: not kept */
	gboolean no_out;
	gboolean no_out_fail;
	gboolean answer; /* of the callbacks */
	gsize n_done;
	gsize n_failed;
	gsize bytes_done;
	gsize bytes_failed;
} Listener;

typedef enum {
	WAY_PHYSICAL,  /* phys_read_raw_iter, phys_write_raw_iter */
	WAY_VIEW_RAW,  /* read_raw_iter, write_raw_iter of phys_view() */
	WAY_VIEW_ITER, /* read_iter, write_iter of it */
	N_WAYS,
} Way;

void listener_clear(Listener *listener);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listener, listener_clear)

/* Allocates nothing but parts; @listener has to be empty. */
int32_t host_transfer(struct mf_connector *connector, Way way, gboolean write,
		      const Request *requests, gsize n, Listener *listener);

/* One request by the physical way; nobody listens. */
int32_t host_read(struct mf_connector *connector, guint64 gpa, void *buffer, gsize length);
int32_t host_write(struct mf_connector *connector, guint64 gpa, const void *data, gsize length);

#define CONNECTOR_ERROR(kind) MF_ERROR(MF_ORIGIN_CONNECTOR, kind)
#define ARGS_ERROR(kind) MF_ERROR(MF_ORIGIN_ARGS_VALIDATOR, kind)

G_END_DECLS
