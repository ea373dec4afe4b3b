/* SPDX-License-Identifier: MIT */
/*
 * Mutexes that unlock themselves. POSIX ones: ThreadSanitizer knows what they do,
 * and GLib's, whose insides it does not see, would all be races to it.
 */
#pragma once

#include <pthread.h>

typedef pthread_mutex_t MflLock;

static inline void mfl_lock_release(MflLock **lock)
{
	if (*lock)
		pthread_mutex_unlock(*lock);
}

/* A variable that holds @lock until the end of its scope. */
#define mfl_autolock __attribute__((cleanup(mfl_lock_release), unused)) MflLock *

static inline MflLock *mfl_lock_take(MflLock *lock)
{
	pthread_mutex_lock(lock);
	return lock;
}
