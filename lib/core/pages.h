/* SPDX-License-Identifier: MIT */
/* Zeros in place of what is mapped. */
#pragma once

#include <glib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * In one step: whoever reads there finds the old or zeros, never nothing. By syscall(2),
 * because ThreadSanitizer takes an mmap(3) for a write to all of the range, which it would
 * call a race with those readers. FALSE: the old mapping stays.
 */
static inline gboolean mfl_pages_clear(gpointer address, gsize length)
{
	return syscall(SYS_mmap, address, length, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) != -1;
}
