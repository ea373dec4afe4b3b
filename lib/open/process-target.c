/* SPDX-License-Identifier: MIT */
/*
 * A VM reached through its process: what it is, its layout, its life and its end. Copying
 * is in process-copy.c, mapping in process-map.c.
 */
#include "process-target.h"

#include "fd.h"
#include "process-memory.h"
#include "process-private.h"
#include "query.h"
#include "runtime.h"
#include "uri.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * How long QEMU is left alone after it was asked. Twice as long each time that nothing was
 * new, so that who looks for memory where there is none does not keep it busy.
 */
#define APART_MIN_US G_GINT64_CONSTANT(1000000)
#define APART_MAX_US G_GINT64_CONSTANT(64000000)
/* And of the time that it takes to be asked, this multiple. */
#define APART_FACTOR 10

MflGuestMap *mfl_process_target_ref_map(MflProcessTarget *self)
{
	mfl_autolock locker = mfl_lock_take(&self->lock);

	return mfl_guest_map_ref(self->map);
}

static guint64 get_epoch(MflProcessTarget *self)
{
	return self->runtime_dir ? mfl_runtime_get_epoch(self->runtime_dir, self->domain->name) : 0;
}

/* The directory of libvirt's that has this domain's files, for its epoch. */
static char *find_runtime_dir(MflDomain *domain)
{
	static const MflUriKind kinds[] = { MFL_URI_SYSTEM, MFL_URI_SESSION };

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *dir = mfl_uri_runtime_dir(domain->context->env, kinds[i]);

		if (mfl_runtime_read_pid(dir, domain->name, NULL) == domain->pid)
			return g_steal_pointer(&dir);
	}
	return NULL;
}

/* With querying held. Whether all that is known is as it was. */
static gboolean is_intact(MflProcessTarget *self)
{
	gsize length;
	g_autofree char *maps = mfl_process_read_maps(self->process, &length, NULL);

	return maps && mfl_guest_map_holds(self->map, maps, length);
}

/* With querying held. Whether what is known is new. */
static gboolean set_map(MflProcessTarget *self, MflGuestMap *map)
{
	mfl_autolock locker = mfl_lock_take(&self->lock);

	if (self->map && mfl_guest_map_equal(self->map, map)) {
		mfl_guest_map_unref(map);
		return FALSE;
	}
	g_clear_pointer(&self->map, mfl_guest_map_unref);
	self->map = map;
	return TRUE;
}

/* With querying held. */
static gboolean query(MflProcessTarget *self, gboolean *is_new, GError **error)
{
	const gint64 began = g_get_monotonic_time();
	/* From before, so that what changes meanwhile is noticed afterwards. */
	const guint64 epoch = get_epoch(self);
	MflGuestMap *map = mfl_guest_map_query(self->domain, self->process, error);
	const gint64 ended = g_get_monotonic_time();

	*is_new = map && set_map(self, map);
	self->failed = !map;
	if (map)
		__atomic_store_n(&self->epoch, epoch, __ATOMIC_RELEASE);
	self->apart = *is_new ? APART_MIN_US : MIN(2 * self->apart, APART_MAX_US);
	self->next_query =
		ended + MAX(self->apart, MIN(APART_FACTOR * (ended - began), APART_MAX_US));
	return map != NULL;
}

MflGuestMap *mfl_process_target_renew_map(MflProcessTarget *self, const MflGuestMap *known)
{
	mfl_autolock querying = mfl_lock_take(&self->querying);
	gboolean is_new;

	/* Written with querying held, so it may be read with it. */
	if (self->map != known)
		return mfl_guest_map_ref(self->map);
	if (g_get_monotonic_time() < self->next_query || !query(self, &is_new, NULL) || !is_new)
		return NULL;
	/* For all who know the layout from get_slots(). */
	self->fresh = TRUE;
	mfl_watch_tell_change(self->watch);
	return mfl_guest_map_ref(self->map);
}

/* With querying held: the layout as it is, or the one that is known if that holds still. */
static gboolean look_again(MflProcessTarget *self, GError **error)
{
	g_autoptr(GError) cause = NULL;
	gboolean is_new;

	/* Somebody has just asked. */
	if (self->fresh) {
		self->fresh = FALSE;
		return TRUE;
	}
	if (self->failed && g_get_monotonic_time() < self->next_query)
		g_set_error(&cause, MFL_ERROR, MFL_ERROR_LIBVIRT,
			    "QEMU could not be asked for the layout of its memory a moment ago");
	else if (query(self, &is_new, &cause))
		return TRUE;
	if (cause->code == MFL_ERROR_GONE || !is_intact(self)) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	/*
	 * libvirtd may be restarting, or a QEMU that is stopped does not answer: no reason
	 * not to read what has not moved. The epoch is left, so that it is tried again.
	 */
	return TRUE;
}

static GArray *get_slots(MflTarget *target, guint64 *generation, GError **error)
{
	MflProcessTarget *self = (MflProcessTarget *)target;
	mfl_autolock querying = mfl_lock_take(&self->querying);
	g_autoptr(GError) cause = NULL;

	if (!mfl_watch_ensure(self->watch, error))
		return NULL;
	*generation = mfl_watch_get_generation(self->watch);
	if (!mfl_process_is_alive(self->process))
		g_set_error(&cause, MFL_ERROR, MFL_ERROR_GONE, "the domain has stopped");
	if (!cause && look_again(self, &cause))
		return mfl_process_target_make_slots(self, generation);
	if (cause->code == MFL_ERROR_GONE)
		mfl_watch_tell_end(self->watch);
	g_propagate_error(error, g_steal_pointer(&cause));
	return NULL;
}

static gboolean has_changed(gpointer data)
{
	MflProcessTarget *self = data;
	const guint64 known = __atomic_load_n(&self->epoch, __ATOMIC_ACQUIRE);
	const guint64 stamp =
		self->runtime_dir ?
			mfl_runtime_get_stamp(self->runtime_dir, self->domain->name) :
			0;

	/* Told, and not asked for yet; or nothing was written. */
	if (stamp == self->stamp)
		return self->changed && self->told == known;
	self->stamp = stamp;
	self->told = known;
	self->changed = get_epoch(self) != known;
	return self->changed;
}

static void ended(gpointer data)
{
	MflProcessTarget *self = data;

	mfl_process_target_drop_all(self);
}

static int map_status(MflTarget *target, gpointer address)
{
	static const MflWatchOps ops = { .has_changed = has_changed, .ended = ended };
	MflProcessTarget *self = (MflProcessTarget *)target;
	struct memflow_status *status =
		mmap(address, (gsize)sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (status == MAP_FAILED)
		return errno;
	status->abi = MEMFLOW_ABI_VERSION;
	status->generation = 1;
	status->alive = 1;
	self->watch = mfl_watch_new(mfl_process_get_pidfd(self->process), status, &ops, self, NULL);
	return self->watch ? 0 : EAGAIN;
}

static void close_target(MflTarget *target)
{
	MflProcessTarget *self = (MflProcessTarget *)target;

	g_clear_pointer(&self->watch, mfl_watch_free);
	g_clear_pointer(&self->map, mfl_guest_map_unref);
	g_clear_pointer(&self->process, mfl_process_free);
	g_clear_pointer(&self->domain, mfl_domain_unref);
	g_clear_pointer(&self->pieces, g_array_unref);
	g_clear_pointer(&self->files, g_array_unref);
	mfl_clear_fd(&self->memory);
	g_free(self->runtime_dir);
	pthread_mutex_destroy(&self->lock);
	pthread_mutex_destroy(&self->querying);
	g_free(self);
}

MflProcessTarget *mfl_process_target_new(MflDomain *domain, MflOpenFlags flags, GError **error)
{
	static const MflTargetOps ops = {
		.get_slots = get_slots,
		.map = mfl_process_target_reserve,
		.map_slot = mfl_process_target_map_slot,
		.map_status = map_status,
		.transfer_list = mfl_process_target_transfer,
		.close = close_target,
	};
	g_autoptr(MflProcess) process = NULL;
	g_autoptr(GError) cause = NULL;
	mfl_autofd memory = -1;
	MflProcessTarget *self;

	if (!domain->pid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_FAILED, "its process is not known: %s",
			    domain->no_pid ? domain->no_pid : "nothing names it");
		return NULL;
	}
	process = mfl_process_open_in(domain->context->env, domain->pid, error);
	if (!process || !mfl_process_is_domain(process, domain->name, domain->uuid, error) ||
	    !mfl_process_check_access(process, error))
		return NULL;
	if (!(flags & MFL_OPEN_READONLY)) {
		memory = mfl_process_open_memory(process, &cause);
		if (memory < 0 && (flags & MFL_OPEN_READ_WRITE ||
				   !g_error_matches(cause, MFL_ERROR, MFL_ERROR_PERMISSION))) {
			g_propagate_error(error, g_steal_pointer(&cause));
			return NULL;
		}
	}
	self = g_new0(MflProcessTarget, 1);
	self->target.ops = &ops;
	self->target.readonly = memory < 0;
	self->memory = mfl_steal_fd(&memory);
	self->domain = mfl_domain_ref(domain);
	self->process = g_steal_pointer(&process);
	self->runtime_dir = find_runtime_dir(domain);
	self->pieces = g_array_new(FALSE, FALSE, sizeof(MflPiece));
	self->files = mfl_process_target_files_new();
	pthread_mutex_init(&self->lock, NULL);
	pthread_mutex_init(&self->querying, NULL);
	return self;
}

void mfl_process_target_close(MflProcessTarget *target)
{
	close_target(&target->target);
}

MflProcess *mfl_process_target_get_process(MflProcessTarget *target)
{
	return target->process;
}

MflTarget *mfl_process_target_open(MflProcessTarget *self, MflBackend backend, GError **error)
{
	gboolean done;

	self->target.backend = backend;
	self->maps_files = backend == MFL_BACKEND_MEMFD;
	pthread_mutex_lock(&self->querying);
	self->apart = APART_MIN_US;
	done = query(self, &self->fresh, error);
	pthread_mutex_unlock(&self->querying);
	if (done && self->maps_files)
		done = mfl_process_target_check_files(self, error);
	if (done)
		return &self->target;
	close_target(&self->target);
	return NULL;
}
