/* SPDX-License-Identifier: GPL-2.0-only */
/* The inodes of VMs: no file has one, mappings of all of a VM's files do. */
#ifndef MEMFLOW_INODE_H
#define MEMFLOW_INODE_H

struct inode;

int memflow_inode_init(void);
void memflow_inode_exit(void);

/* With a reference for iput(), or an ERR_PTR. */
struct inode *memflow_inode_new(void);

#endif /* MEMFLOW_INODE_H */
