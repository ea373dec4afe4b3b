/* SPDX-License-Identifier: MIT */
#include "thread.h"

#include <errno.h>
#include <signal.h>

gboolean mfl_thread_start(pthread_t *thread, void *(*run)(void *data), void *data)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	errno = pthread_create(thread, NULL, run, data);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return errno == 0;
}
