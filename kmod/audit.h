/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MEMFLOW_AUDIT_H
#define MEMFLOW_AUDIT_H

#include <linux/types.h>

struct memflow_vm;

/*
 * Says in the kernel's audit log who got a descriptor of which VM. @node: the name
 * that was opened, NULL: through the control device. May sleep.
 */
void memflow_audit_open(const struct memflow_vm *vm, const char *node, bool writable);

#endif /* MEMFLOW_AUDIT_H */
