/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A VM as this module sees it: regions of another process's memory, laid out at
 * guest physical addresses, and an inode whose pages they are.
 *
 * Locks, outermost first; what is not listed together never nests:
 *
 *   nodes_lock (node.c)          publishing and unpublishing
 *   vm->refresh_lock             one change of the layout at a time; held while
 *                                interval notifiers come and go, which takes the
 *                                target's mmap_lock: never taken under an
 *                                mmap_lock, so not in the fault path
 *   mmap_lock of a reader        by the core, around the fault path
 *     vm->layout_lock            read: look at kvm_file, layout and regions, and
 *                                insert page table entries; write: swap them,
 *                                for a few instructions and nothing inside
 *       mmap_lock of the target  tried, never waited for
 *       vm->table_lock         who makes a page table or a huge entry of an
 *                              empty pmd of a reader
 *       region->lock             spinlock; makes "still valid, so insert" one
 *                                step against "invalid from now on"
 *         page table lock
 *   zaps_lock (invalidate.c)     spinlock, of all VMs, for a list's three pointers
 *                                and as long as a walk over the zaps that are
 *                                running at the moment; nothing inside
 *
 * The invalidation callback runs under whatever the target's process holds. It
 * takes region->lock, lets go of it, then i_mmap_rwsem of our inode and the page
 * table locks of readers; nothing of ours that is held over an allocation. So
 * reclaim may come through here from anywhere above.
 */
#ifndef MEMFLOW_VM_H
#define MEMFLOW_VM_H

#include <linux/kref.h>
#include <linux/mmu_notifier.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "uapi/memflow.h"

struct file;
struct inode;
struct iov_iter;
struct memflow_kvm_slot;
struct memflow_node;
struct page;

/**
 * struct memflow_region - one memslot, as the layout that it belongs to saw it
 * @notifier: over [hva, hva + length) of the VM's process
 * @vm: the VM; outlives its regions
 * @layout: the newest layout that has it; NULL: not taken in yet. Under
 *	refresh_lock.
 * @lock: see above
 * @gpa: guest physical address, bytes
 * @length: bytes
 * @hva: address in the VM's process
 * @readonly: a ROM
 * @mapped: a bit per 2 MiB (of offset in the region): set before an entry is
 *	inserted there, cleared when all of it is zapped. Under @lock. Saves the
 *	zap of what nobody mapped, and with it the sleep.
 * @blank_start: where readers were given zeros because the process has no page
 * @blank_end: there, offsets of bytes; none if it is not above. Under @lock.
 */
struct memflow_region {
	struct mmu_interval_notifier notifier;
	struct memflow_vm *vm;
	struct memflow_layout *layout;
	spinlock_t lock;		/* @mapped, @blank_…, insertions against @notifier */
	u64 gpa;
	u64 length;
	unsigned long hva;
	bool readonly;
	unsigned long *mapped;
	u64 blank_start;
	u64 blank_end;
};

#define MEMFLOW_BLOCK_SHIFT	21

/* What a fault needs to know; replaced as a whole, never changed. */
struct memflow_layout {
	u64 generation;			/* of KVM */
	u64 end;
	u64 ram_size;
	unsigned int count;
	struct memflow_region *regions[];	/* in order of gpa */
};

struct memflow_vm {
	struct kref ref;
	pid_t pid;
	unsigned int flags;		/* MEMFLOW_READONLY */
	u8 uuid[MEMFLOW_UUID_LEN];
	struct mm_struct *mm;		/* mmgrab()ed */
	struct inode *inode;		/* the address space of all readers */
	struct memflow_node *node;	/* under nodes_lock; NULL: not published */

	struct rw_semaphore layout_lock;
	struct file *kvm_file;		/* NULL once the VM is gone */
	struct memflow_layout *layout;	/* likewise */
	struct mutex refresh_lock;	/* changes of layout, @watched */
	struct mutex table_lock;	/* empty pmds of readers */

	bool dead;			/* set once; WRITE_ONCE, READ_ONCE */
	bool watched;			/* @lifetime is in; under refresh_lock */
	struct mmu_interval_notifier lifetime;
	struct work_struct death_work;
	struct delayed_work watch_work;
	wait_queue_head_t wait;		/* for poll() */

	struct page *status_page;
	struct memflow_status *status;
};

int memflow_vm_init(void);
void memflow_vm_exit(void);

/*
 * A VM for that file, or an ERR_PTR: ESRCH: its process is gone; EOPNOTSUPP: its
 * memory is confidential. The reference to @file is taken over if that succeeds.
 */
struct memflow_vm *memflow_vm_create(struct file *file, unsigned int flags);
struct memflow_vm *memflow_vm_get(struct memflow_vm *vm);
void memflow_vm_put(struct memflow_vm *vm);

/*
 * From now on there is no such VM: says so on the status page, wakes who polls
 * and leaves the rest to a work item. From any context, any number of times.
 */
void memflow_vm_kill(struct memflow_vm *vm);
static inline bool memflow_vm_is_dead(const struct memflow_vm *vm)
{
	return READ_ONCE(vm->dead);
}

static inline u64 memflow_vm_generation(const struct memflow_vm *vm)
{
	return READ_ONCE(vm->status->generation);
}

/* Somebody maps or polls the VM: look for changed memslots until nobody does. */
void memflow_vm_watch(struct memflow_vm *vm);

/* --- layout.c --- */

/*
 * Takes in changed memslots, if they changed. When it returns 0, every mapping
 * shows a layout at least as new as the call. ENODEV: the VM is gone; then nothing is
 * waited for. Not under an mmap_lock; sleeps.
 */
int memflow_layout_refresh(struct memflow_vm *vm);

/*
 * Takes away the zeros that stand for pages which the process did not have: nobody
 * says when it gets one.
 */
void memflow_layout_zap_blanks(struct memflow_vm *vm);

/* Takes the layout away for good. With refresh_lock held. */
void memflow_layout_drop(struct memflow_vm *vm);

/* Under layout_lock: whether layout and KVM's memslots are the same. */
bool memflow_layout_is_current(struct memflow_vm *vm);

/*
 * Under layout_lock: the region of @gpa or NULL. Then *@hole_end is the first
 * byte of the next region, U64_MAX if there is none.
 */
struct memflow_region *memflow_layout_find(struct memflow_vm *vm, u64 gpa,
					   u64 *hole_end);

/*
 * A copy of the layout for user space, an array for kvfree() (NULL if it is
 * empty), or an ERR_PTR.
 */
struct memflow_memslot *memflow_layout_snapshot(struct memflow_vm *vm, u32 *count,
						u64 *generation);

/* --- fault.c --- */

extern const struct vm_operations_struct memflow_memory_vm_ops;
extern const struct vm_operations_struct memflow_status_vm_ops;

/* Bytes that a fault looks at, in their natural alignment. */
unsigned long memflow_fault_batch(void);

/* --- invalidate.c --- */

extern const struct mmu_interval_notifier_ops memflow_region_ops;

/* Removes [gpa, gpa + length) from every mapping. Sleeps. */
void memflow_zap(struct memflow_vm *vm, u64 gpa, u64 length);

/* --- copy.c --- */

/**
 * enum memflow_copy - how, a set of bits
 * @MEMFLOW_COPY_TO_GUEST: else from it
 * @MEMFLOW_COPY_ZERO_HOLES: they are read as zeros, up to the end of the address
 *	space
 * @MEMFLOW_COPY_LOCKED: the caller has a reader's mmap_lock, so that neither
 *	refresh_lock nor the mmap_lock of the target may be waited for
 */
enum memflow_copy {
	MEMFLOW_COPY_TO_GUEST = 1 << 0,
	MEMFLOW_COPY_ZERO_HOLES = 1 << 1,
	MEMFLOW_COPY_LOCKED = 1 << 2,
};

/*
 * Copies between guest memory at @gpa and @iter, which it advances. Returns the
 * number of bytes, or what stopped the first one: ENXIO: hole, EROFS: a ROM,
 * ENODEV: the VM is gone, EFAULT: either side's memory cannot be accessed, EBUSY:
 * a lock or a new layout would have had to be waited for.
 */
ssize_t memflow_copy(struct memflow_vm *vm, u64 gpa, struct iov_iter *iter,
		     enum memflow_copy how);

#endif /* MEMFLOW_VM_H */
