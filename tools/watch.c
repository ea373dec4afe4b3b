// SPDX-License-Identifier: MIT
/*
 * Plain inotify instead of GFileMonitor: that one looks for a directory that is
 * not there yet every four seconds only (GLib 2.74, gio/inotify/inotify-missing.c).
 */
#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "memflow-libvirt.h"
#include "memflow.h"

struct _CtlWatch {
	int fd;
	char *dev_dir;
	char *node_dir;
};

CtlWatch *ctl_watch_new(const char *dev_dir, GError **error)
{
	CtlWatch *watch;
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd < 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot watch %s: %s", dev_dir,
			    g_strerror(errno));
		return NULL;
	}
	watch = g_new0(CtlWatch, 1);
	watch->fd = fd;
	watch->dev_dir = g_strdup(dev_dir);
	watch->node_dir = g_build_filename(dev_dir, MEMFLOW_NODE_DIR, NULL);
	return watch;
}

void ctl_watch_free(CtlWatch *watch)
{
	if (!watch)
		return;
	close(watch->fd);
	g_free(watch->dev_dir);
	g_free(watch->node_dir);
	g_free(watch);
}

gboolean ctl_watch_arm(CtlWatch *watch, GError **error)
{
	/*
	 * devtmpfs makes a node first and sets its owner and mode afterwards, and
	 * udev may widen them: both are IN_ATTRIB. The parent is watched first, so
	 * that a directory made in between is not missed; adding a watch again
	 * changes nothing.
	 */
	if (inotify_add_watch(watch->fd, watch->dev_dir, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) < 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot watch %s: %s", watch->dev_dir,
			    g_strerror(errno));
		return FALSE;
	}
	if (inotify_add_watch(watch->fd, watch->node_dir,
			      IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE | IN_ONLYDIR) < 0 &&
	    errno != ENOENT) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot watch %s: %s", watch->node_dir,
			    g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}

static int remaining_ms(gint64 deadline)
{
	gint64 left;

	if (deadline < 0)
		return -1;
	left = deadline - g_get_monotonic_time();
	if (left <= 0)
		return 0;
	/* Rounded up, lest the last millisecond be spent turning round. */
	return (int)MIN((left + 999) / 1000, G_MAXINT);
}

int ctl_watch_get_fd(CtlWatch *watch)
{
	return watch->fd;
}

void ctl_watch_drain(CtlWatch *watch)
{
	char events[4096];

	while (read(watch->fd, events, sizeof(events)) > 0)
		;
}

gboolean ctl_watch_wait(CtlWatch *watch, gint64 deadline)
{
	struct pollfd pfd = { .fd = watch->fd, .events = POLLIN };

	for (;;) {
		int ready = poll(&pfd, 1, remaining_ms(deadline));

		if (ready > 0) {
			ctl_watch_drain(watch);
			return TRUE;
		}
		if (deadline >= 0 && g_get_monotonic_time() >= deadline)
			return FALSE;
	}
}
