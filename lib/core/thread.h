/* SPDX-License-Identifier: MIT */
/* Threads of the library's own in somebody else's program. */
#pragma once

#include <glib.h>
#include <pthread.h>

G_BEGIN_DECLS

/*
 * Starts a thread to be joined or detached, with all signals blocked: those are for the program's
 * own threads. FALSE, with errno set, if there can be none.
 */
gboolean mfl_thread_start(pthread_t *thread, void *(*run)(void *data), void *data);

G_END_DECLS
