// SPDX-License-Identifier: GPL-2.0-only
/*
 * Emptying readers' mappings when the VM's process changes what it has there.
 */
#include <linux/bitmap.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "vm.h"

/* On the stack of who does it. */
struct zap {
	struct list_head list;
	const struct task_struct *task;
};

static DEFINE_SPINLOCK(zaps_lock);
static LIST_HEAD(zaps);		/* those that go on, under zaps_lock */

void memflow_zap(struct memflow_vm *vm, u64 gpa, u64 length)
{
	struct zap zap = { .task = current };

	spin_lock(&zaps_lock);
	list_add(&zap.list, &zaps);
	spin_unlock(&zaps_lock);
	unmap_mapping_range(vm->inode->i_mapping, gpa, length, 1);
	spin_lock(&zaps_lock);
	list_del(&zap.list);
	spin_unlock(&zaps_lock);
}

static bool is_zapping(void)
{
	const struct zap *zap;
	bool found = false;

	spin_lock(&zaps_lock);
	list_for_each_entry(zap, &zaps, list)
		found |= zap->task == current;
	spin_unlock(&zaps_lock);
	return found;
}

/* Under region->lock, offsets in the region: may anything be mapped there? */
static bool any_mapped(const struct memflow_region *region, u64 start, u64 end)
{
	u64 last = (end - 1) >> MEMFLOW_BLOCK_SHIFT;

	return find_next_bit(region->mapped, last + 1,
			     start >> MEMFLOW_BLOCK_SHIFT) <= last;
}

/* Likewise: nothing is any more, in the blocks that lie in there whole. */
static void clear_mapped(struct memflow_region *region, u64 start, u64 end)
{
	u64 first = DIV_ROUND_UP_ULL(start, 1ULL << MEMFLOW_BLOCK_SHIFT);
	u64 last = end == region->length ?
		   DIV_ROUND_UP_ULL(end, 1ULL << MEMFLOW_BLOCK_SHIFT) :
		   end >> MEMFLOW_BLOCK_SHIFT;

	if (first < last)
		bitmap_clear(region->mapped, first, last - first);
}

static bool region_invalidate(struct mmu_interval_notifier *notifier,
			      const struct mmu_notifier_range *range, unsigned long seq)
{
	struct memflow_region *region =
		container_of(notifier, struct memflow_region, notifier);
	unsigned long start = max(range->start, region->hva);
	unsigned long end = min(range->end - 1, region->hva + region->length - 1) + 1;
	bool mapped;

	start -= region->hva;
	end -= region->hva;

	/* Readers learn that the VM is gone before they read a zero of it. */
	if (range->event == MMU_NOTIFY_RELEASE)
		memflow_vm_kill(region->vm);

	spin_lock(&region->lock);
	mapped = any_mapped(region, start, end);
	if (mapped && !mmu_notifier_range_blockable(range)) {
		/* The OOM reaper: it leaves this to the process's own exit. */
		spin_unlock(&region->lock);
		return false;
	}
	mmu_interval_set_seq(notifier, seq);
	spin_unlock(&region->lock);

	/*
	 * A memslot may lie over a mapping of a VM's memory, even of its own VM's. Then
	 * a zap announces itself to whom it is for, and would do so for ever, or two
	 * tasks would wait for each other. Nothing is behind such a mapping that
	 * get_user_pages() gives away, so readers have no page of it, only zeros in its
	 * place, and these may stay.
	 */
	if (!mapped || is_zapping())
		return true;

	/*
	 * The zap announces itself to the notifiers of the reader's mm, under
	 * i_mmap_rwsem. lockdep has one map for the notifiers of every mm and sees a
	 * circle; there is none: what waits for the end of an invalidation of the
	 * target's mm (read_begin, remove) holds neither i_mmap_rwsem nor a page table
	 * lock.
	 */
	lockdep_off();
	memflow_zap(region->vm, region->gpa + start, end - start);
	lockdep_on();
	/*
	 * Only now: another invalidation of the same block, which may run at the same
	 * time, must not return before the entries are gone. None has come meanwhile,
	 * the sequence is still that of a change.
	 */
	spin_lock(&region->lock);
	clear_mapped(region, start, end);
	spin_unlock(&region->lock);
	return true;
}

const struct mmu_interval_notifier_ops memflow_region_ops = {
	.invalidate = region_invalidate,
};
