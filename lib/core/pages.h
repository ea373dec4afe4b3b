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
 * call a race with those readers.
 *
 * A host that overcommits nothing (vm.overcommit_memory=2) may refuse so much that could be
 * written, and until Linux 6.12 has taken the old mapping away by then. What can only be
 * read, it does not count. FALSE: nothing may be there.
 */
static inline gboolean mfl_pages_clear(gpointer address, gsize length)
{
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;

	return syscall(SYS_mmap, address, length, PROT_READ | PROT_WRITE, flags, -1, 0) != -1 ||
	       syscall(SYS_mmap, address, length, PROT_READ, flags, -1, 0) != -1;
}
