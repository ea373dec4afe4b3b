/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A target: an open descriptor of a VM, from its node or from the control
 * device. uapi/memflow.h describes what user space can do with one.
 */
#ifndef MEMFLOW_TARGET_H
#define MEMFLOW_TARGET_H

#include <linux/types.h>

struct file;
struct memflow_vm;
struct page;

/**
 * struct memflow_target - private_data of its file and of its VMAs
 * @vm: the VM
 * @flags: MEMFLOW_READONLY, MEMFLOW_STRICT
 * @seen: generation that this descriptor's user was last told, for poll()
 * @sink: takes what is written where there is no memory; NULL until somebody does
 */
struct memflow_target {
	struct memflow_vm *vm;
	unsigned int flags;
	u64 seen;
	struct page *sink;
};

extern const struct file_operations memflow_target_fops;

/*
 * Makes @file, of memflow_target_fops, a target of @vm, whose reference it takes
 * over if that succeeds. EACCES: a read-only VM opened for writing; ENODEV: it is
 * gone.
 */
int memflow_target_open(struct file *file, struct memflow_vm *vm, unsigned int flags);

/* A new descriptor, audited, or an errno; takes over the reference to @vm in any case. */
int memflow_target_fd(struct memflow_vm *vm, unsigned int flags);

/* For the fault path: the page for lost stores. NULL: no memory. */
struct page *memflow_target_sink(struct memflow_target *target);

#endif /* MEMFLOW_TARGET_H */
