/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MEMFLOW_LOOKUP_H
#define MEMFLOW_LOOKUP_H

#include <linux/types.h>

struct file;

/*
 * The file of a VM, with a reference for the caller, or an ERR_PTR. All numbers
 * are the calling process's: its descriptors, its pid namespace.
 */

/* EBADF: no descriptor; EINVAL: not a VM's. */
struct file *memflow_lookup_fd(int fd);

/* ESRCH: no such process; ENOENT: it has no VM. */
struct file *memflow_lookup_pid(pid_t pid);

/* The first VM that has memory, of any process. ENOENT: there is none. */
struct file *memflow_lookup_first(void);

/* Whether @pid's memory is the one that the VM of @file runs in. */
bool memflow_lookup_matches(const struct file *file, pid_t pid);

#endif /* MEMFLOW_LOOKUP_H */
