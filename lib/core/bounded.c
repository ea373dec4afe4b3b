/* SPDX-License-Identifier: MIT */
/* Calls that may never come back: see bounded.h. */
#include "bounded.h"

#include "fd.h"
#include "lock.h"
#include "thread.h"

#include <dlfcn.h>
#include <poll.h>
#include <sys/eventfd.h>

typedef struct {
	void (*run)(gpointer data);
	gpointer data;
	GDestroyNotify destroy;
	MflLock lock;
	gboolean done;
	gboolean abandoned;
	int event;
} Call;

static void call_free(Call *call)
{
	mfl_clear_fd(&call->event);
	pthread_mutex_destroy(&call->lock);
	g_free(call);
}

static void *thread_main(void *argument)
{
	Call *call = argument;
	const guint64 one = 1;
	gboolean abandoned;

	call->run(call->data);
	pthread_mutex_lock(&call->lock);
	call->done = TRUE;
	abandoned = call->abandoned;
	/* Under the lock: who waits may free the call once it sees that it is done. */
	if (!abandoned && write(call->event, &one, sizeof(one)) < 0)
		g_warn_if_reached();
	pthread_mutex_unlock(&call->lock);
	if (abandoned) {
		call->destroy(call->data);
		call_free(call);
	}
	return NULL;
}

/*
 * A program may unload the library, in whose code a thread still waits. An object that
 * was opened with that flag stays for good.
 */
static void stay_loaded(void)
{
	Dl_info info;

	if (dladdr((void *)stay_loaded, &info) && info.dli_fname)
		(void)dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

static MflBounded wait_for(Call *call, int cancel_fd, guint limit_ms)
{
	struct pollfd fds[] = {
		{ .fd = call->event, .events = POLLIN },
		{ .fd = cancel_fd, .events = POLLIN },
	};
	const gint64 end = g_get_monotonic_time() + (gint64)limit_ms * 1000;

	for (;;) {
		const gint64 left = end - g_get_monotonic_time();
		const int ready = poll(fds, G_N_ELEMENTS(fds), (int)(MAX(left, 0) / 1000));

		if (ready < 0 && errno != EINTR)
			return MFL_BOUNDED_FAILED;
		if (ready > 0 && fds[0].revents)
			return MFL_BOUNDED_DONE;
		if (ready > 0)
			return MFL_BOUNDED_CANCELLED;
		if (left <= 0)
			return MFL_BOUNDED_TIMEOUT;
	}
}

MflBounded mfl_bounded_run(void (*run)(gpointer data), gpointer data, GDestroyNotify destroy,
			   int cancel_fd, guint limit_ms)
{
	Call *call = g_new0(Call, 1);
	MflBounded outcome = MFL_BOUNDED_FAILED;
	gboolean started;
	pthread_t thread;

	call->run = run;
	call->data = data;
	call->destroy = destroy;
	pthread_mutex_init(&call->lock, NULL);
	call->event = eventfd(0, EFD_CLOEXEC);
	started = call->event >= 0 && mfl_thread_start(&thread, thread_main, call);
	if (!started) {
		destroy(data);
		call_free(call);
		return MFL_BOUNDED_FAILED;
	}
	outcome = wait_for(call, cancel_fd, limit_ms);
	pthread_mutex_lock(&call->lock);
	if (call->done)
		outcome = MFL_BOUNDED_DONE;
	else
		call->abandoned = TRUE;
	pthread_mutex_unlock(&call->lock);
	/*
	 * Its end is waited for, because what it still runs (what libraries have to do at the end of
	 * a thread, for one) may be unloaded next.
	 */
	if (outcome == MFL_BOUNDED_DONE) {
		pthread_join(thread, NULL);
		call_free(call);
	} else {
		stay_loaded();
		pthread_detach(thread);
	}
	return outcome;
}
