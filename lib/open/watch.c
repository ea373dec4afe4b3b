/* SPDX-License-Identifier: MIT */
/* Watching processes for those that have no module: see watch.h. */
#include "watch.h"

#include "error.h"
#include "fd.h"
#include "lock.h"
#include "process.h"
#include "thread.h"

#include <poll.h>
#include <sys/eventfd.h>

/* Between two looks at whether layouts have changed. */
#define TICK_MS 250

struct _MflWatch {
	int pidfd;
	struct memflow_status *status;
	const MflWatchOps *ops;
	gpointer data;
	gboolean over; /* it has ended, and that was told */
};

/*
 * "starting" is for who begins or ends the thread and is held while it is waited for;
 * "lock" is for the list, and held while functions of a watch run. In this order.
 */
static MflLock starting = PTHREAD_MUTEX_INITIALIZER;
static MflLock lock = PTHREAD_MUTEX_INITIALIZER;
static GPtrArray *watches;
static pthread_t thread;
static gboolean running; /* with starting */
static gboolean stop;	 /* with lock */
static int wake = -1;

void mfl_watch_tell_end(MflWatch *watch)
{
	__atomic_store_n(&watch->status->alive, 0, __ATOMIC_RELEASE);
}

void mfl_watch_tell_change(MflWatch *watch)
{
	__atomic_fetch_add(&watch->status->generation, 1, __ATOMIC_RELEASE);
}

guint64 mfl_watch_get_generation(MflWatch *watch)
{
	return __atomic_load_n(&watch->status->generation, __ATOMIC_ACQUIRE);
}

/* With the lock: what poll(2) is to wait for; [0] wakes this thread up. */
static GArray *list_descriptors(void)
{
	GArray *fds = g_array_sized_new(FALSE, TRUE, sizeof(struct pollfd), watches->len + 1);
	struct pollfd fd = { .fd = wake, .events = POLLIN };

	g_array_append_val(fds, fd);
	for (guint i = 0; i < watches->len; i++) {
		const MflWatch *watch = g_ptr_array_index(watches, i);

		fd.fd = watch->over ? -1 : watch->pidfd;
		g_array_append_val(fds, fd);
	}
	return fds;
}

/* With the lock. */
static void look(MflWatch *watch)
{
	if (watch->over)
		return;
	if (!mfl_pidfd_is_alive(watch->pidfd)) {
		watch->over = TRUE;
		mfl_watch_tell_end(watch);
		watch->ops->ended(watch->data);
	} else if (watch->ops->has_changed(watch->data)) {
		mfl_watch_tell_change(watch);
	}
}

static void *thread_main(void *unused)
{
	pthread_mutex_lock(&lock);
	while (!stop) {
		g_autoptr(GArray) fds = list_descriptors();
		guint64 count;

		pthread_mutex_unlock(&lock);
		if (poll((struct pollfd *)(void *)fds->data, fds->len, TICK_MS) > 0 &&
		    g_array_index(fds, struct pollfd, 0).revents &&
		    read(wake, &count, sizeof(count)) < 0)
			g_warn_if_reached();
		pthread_mutex_lock(&lock);
		for (guint i = 0; !stop && i < watches->len; i++)
			look(g_ptr_array_index(watches, i));
	}
	pthread_mutex_unlock(&lock);
	return unused;
}

/* With the lock or without the thread. */
static void wake_up(void)
{
	const guint64 one = 1;

	if (write(wake, &one, sizeof(one)) < 0)
		g_warn_if_reached();
}

static void before_fork(void)
{
	pthread_mutex_lock(&starting);
	pthread_mutex_lock(&lock);
}

static void after_fork(void)
{
	pthread_mutex_unlock(&lock);
	pthread_mutex_unlock(&starting);
}

/*
 * The child has copies of the status pages and nobody who keeps them true. So each layout
 * counts as changed; who then asks for it anew has the thread started.
 */
static void after_fork_in_child(void)
{
	mfl_clear_fd(&wake);
	running = FALSE;
	for (guint i = 0; watches && i < watches->len; i++)
		mfl_watch_tell_change(g_ptr_array_index(watches, i));
	after_fork();
}

static void initialize(void)
{
	static gsize initialized;

	if (g_once_init_enter(&initialized)) {
		pthread_atfork(before_fork, after_fork, after_fork_in_child);
		g_once_init_leave(&initialized, 1);
	}
}

/* With starting. Returns 0 or an errno. */
static int start(void)
{
	int errnum = 0;

	if (running)
		return 0;
	wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (wake < 0)
		return errno;
	stop = FALSE;
	running = mfl_thread_start(&thread, thread_main, NULL);
	if (!running) {
		errnum = errno;
		mfl_clear_fd(&wake);
	}
	return errnum;
}

gboolean mfl_watch_ensure(MflWatch *watch, GError **error)
{
	mfl_autolock starter = mfl_lock_take(&starting);
	const int errnum = start();

	if (errnum) {
		mfl_error_set_errno(error, errnum,
				    "cannot start the thread that watches the domain's process");
		return FALSE;
	}
	/* In a child its end may have gone by unnoticed. */
	if (!mfl_pidfd_is_alive(watch->pidfd))
		mfl_watch_tell_end(watch);
	return TRUE;
}

MflWatch *mfl_watch_new(int pidfd, struct memflow_status *status, const MflWatchOps *ops,
			gpointer data, GError **error)
{
	MflWatch *watch = g_new0(MflWatch, 1);

	initialize();
	watch->pidfd = pidfd;
	watch->status = status;
	watch->ops = ops;
	watch->data = data;
	pthread_mutex_lock(&lock);
	if (!watches)
		watches = g_ptr_array_new();
	g_ptr_array_add(watches, watch);
	pthread_mutex_unlock(&lock);
	if (!mfl_watch_ensure(watch, error)) {
		mfl_watch_free(watch);
		return NULL;
	}
	pthread_mutex_lock(&lock);
	wake_up();
	pthread_mutex_unlock(&lock);
	return watch;
}

void mfl_watch_free(MflWatch *watch)
{
	mfl_autolock starter = mfl_lock_take(&starting);
	gboolean last;

	pthread_mutex_lock(&lock);
	g_ptr_array_remove(watches, watch);
	last = watches->len == 0;
	if (last)
		g_clear_pointer(&watches, g_ptr_array_unref);
	if (running) {
		stop = last;
		wake_up();
	}
	pthread_mutex_unlock(&lock);
	/* Waited for, because the code that it runs may be unloaded next. */
	if (last && running) {
		pthread_join(thread, NULL);
		running = FALSE;
		mfl_clear_fd(&wake);
	}
	g_free(watch);
}
