/* SPDX-License-Identifier: MIT */
/* File descriptors that close themselves; GLib has g_autofd only since 2.76. */
#pragma once

#include <errno.h>
#include <unistd.h>

static inline void mfl_clear_fd(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
}

static inline int mfl_steal_fd(int *fd)
{
	int stolen = *fd;

	*fd = -1;
	return stolen;
}

#define mfl_autofd __attribute__((cleanup(mfl_clear_fd))) int
