/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Filling a mapping before it is used.
 */
#ifndef MEMFLOW_POPULATE_H
#define MEMFLOW_POPULATE_H

struct memflow_target;

/* MEMFLOW_IOC_POPULATE */
int memflow_populate(struct memflow_target *target, const void __user *arg);

#endif /* MEMFLOW_POPULATE_H */
