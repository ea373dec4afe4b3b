/* SPDX-License-Identifier: MIT */
/*
 * The exit statuses of memflowctl. Scripts rely on them: a number never changes
 * its meaning.
 */
#pragma once

#include <glib.h>

enum ctl_status {
	CTL_OK = 0,
	CTL_FAILURE = 1,
	CTL_USAGE = 2,
	CTL_NO_DOMAIN = 3,
	CTL_NOT_RUNNING = 4,
	CTL_PERMISSION = 5,
	CTL_MODULE = 6,
	CTL_RANGE = 7,
	CTL_GONE = 8,
	CTL_TIMEOUT = 9,
	CTL_READONLY = 10,
	CTL_UNSUPPORTED = 11,
	CTL_EXISTS = 12,
	CTL_LIBVIRT = 13,
	CTL_BROKEN = 14,
	CTL_WARNINGS = 15,
	CTL_N_STATUSES
};

int ctl_status_from_error(const GError *error);
/* One line for --help and the manual; never NULL below CTL_N_STATUSES. */
const char *ctl_status_describe(int status);
