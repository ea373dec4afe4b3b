/* SPDX-License-Identifier: GPL-2.0-only */
/* The inodes of VMs, and the mount that they and the files of anonymous targets live in. */
#ifndef MEMFLOW_INODE_H
#define MEMFLOW_INODE_H

struct inode;
struct vfsmount;

int memflow_inode_init(void);
void memflow_inode_exit(void);

/* With a reference for iput(), or an ERR_PTR. */
struct inode *memflow_inode_new(void);

struct vfsmount *memflow_inode_mount(void);

#endif /* MEMFLOW_INODE_H */
