// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each VM has an inode of its own, so that all its mappings, whichever
 * descriptor they came from, are found through one address space.
 *
 * They come from a cache of the module's: a lock of theirs has a class of the
 * module's, and locks of inodes are initialised once for all users of the memory.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "compat.h"
#include "inode.h"

#define MEMFLOW_FS_MAGIC	0x6d666c77	/* "mflw" */

static struct kmem_cache *inode_cache;
static struct vfsmount *memflow_mnt;
static struct lock_class_key i_mmap_key;

static void init_once(void *inode)
{
	inode_init_once(inode);
}

static struct inode *alloc_vm_inode(struct super_block *sb)
{
	return alloc_inode_sb(sb, inode_cache, GFP_KERNEL);
}

static void free_vm_inode(struct inode *inode)
{
	kmem_cache_free(inode_cache, inode);
}

static const struct super_operations super_ops = {
	.alloc_inode = alloc_vm_inode,
	.free_inode = free_vm_inode,
	.statfs = simple_statfs,
};

static int init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, MEMFLOW_FS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->ops = &super_ops;
	/* As any mount of anonymous inodes; path_noexec() (fs/exec.c) asks since 6.17. */
	fc->s_iflags |= SB_I_NOEXEC | SB_I_NODEV;
	return 0;
}

/* No owner: its one mount is the module's own, goes with it, and has no files. */
static struct file_system_type fs_type = {
	.name = "memflow",
	.init_fs_context = init_fs_context,
	.kill_sb = kill_anon_super,
};

struct inode *memflow_inode_new(void)
{
	struct inode *inode = alloc_anon_inode(memflow_mnt->mnt_sb);

	if (IS_ERR(inode))
		return inode;
	lockdep_set_class(&inode->i_mapping->i_mmap_rwsem, &i_mmap_key);
	memflow_allow_huge_faults(inode);
	return inode;
}

int memflow_inode_init(void)
{
	inode_cache = kmem_cache_create("memflow_inode", sizeof(struct inode), 0,
					SLAB_RECLAIM_ACCOUNT | SLAB_ACCOUNT, init_once);
	if (!inode_cache)
		return -ENOMEM;
	memflow_mnt = kern_mount(&fs_type);
	if (IS_ERR(memflow_mnt)) {
		kmem_cache_destroy(inode_cache);
		return PTR_ERR(memflow_mnt);
	}
	return 0;
}

void memflow_inode_exit(void)
{
	kern_unmount(memflow_mnt);
	/* Inodes are freed after a grace period, by free_vm_inode(). */
	rcu_barrier();
	kmem_cache_destroy(inode_cache);
}
