/* SPDX-License-Identifier: MIT */
/* What every cmocka test of ours includes first. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <glib.h>

#include "memflow-libvirt.h"

/* The call failed with that code, and the message says that. */
#define assert_mfl_error(error, wanted, part)                                               \
	do {                                                                                \
		assert_non_null(error);                                                     \
		if ((error)->domain != MFL_ERROR || (error)->code != (int)(wanted) ||       \
		    !strstr((error)->message, (part)))                                      \
			fail_msg("expected error %d with \"%s\", got %d: %s", (int)(wanted), \
				 (part), (error)->code, (error)->message);                  \
		g_clear_error(&(error));                                                    \
	} while (0)

#define assert_no_error(error)                                       \
	do {                                                         \
		if (error)                                           \
			fail_msg("unexpected: %s", (error)->message); \
	} while (0)

/* Of this process. */
static inline guint count_threads(void)
{
	g_autoptr(GDir) tasks = g_dir_open("/proc/self/task", 0, NULL);
	guint n = 0;

	while (g_dir_read_name(tasks))
		n++;
	return n;
}
