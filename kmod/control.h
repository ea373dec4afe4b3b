/* SPDX-License-Identifier: GPL-2.0-only */
/* /dev/memflow */
#ifndef MEMFLOW_CONTROL_H
#define MEMFLOW_CONTROL_H

#include <linux/types.h>

int memflow_control_init(void);
void memflow_control_exit(void);

/* MEMFLOW_IOC_VERSION, which targets answer as well. */
int memflow_version(void __user *arg);

/*
 * Reads a structure that begins with its size, as uapi/memflow.h promises; *size
 * is what the caller gave.
 */
int memflow_copy_struct(void *to, size_t known, const void __user *from, u32 *size);

#endif /* MEMFLOW_CONTROL_H */
