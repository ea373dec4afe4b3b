/* SPDX-License-Identifier: GPL-2.0-only */
/* The ioctls that memflow-kvm's users know; see uapi/memflow.h. */
#ifndef MEMFLOW_LEGACY_H
#define MEMFLOW_LEGACY_H

#include <linux/compiler_types.h>

struct file;
struct memflow_vm;

int memflow_legacy_info(struct memflow_vm *vm, void __user *arg);
int memflow_legacy_map(struct file *file, void __user *arg);

#endif /* MEMFLOW_LEGACY_H */
