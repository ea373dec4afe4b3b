// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filling a reader's mapping on fault, and emptying it when the VM's process
 * changes what it has there.
 *
 * An entry is inserted only while it is known to be true: the notifier's sequence
 * is read, the page looked up, the memslots' generation compared, and entry and
 * sequence are dealt with under one lock. Inserting first and checking afterwards
 * would be safe for memory, but another thread could read a stale page meanwhile.
 * No reference to the page is kept; the notifier is what keeps the entry true.
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>

#include "compat.h"
#include "target.h"
#include "vm.h"

/* What lookup_page() says besides a vm_fault_t: it needs locks to be dropped. */
#define FAULT_BLOCK	((__force vm_fault_t)~0U)

static u64 fault_gpa(const struct vm_fault *vmf)
{
	return (u64)vmf->pgoff << PAGE_SHIFT;
}

static vm_fault_t insert_page(struct vm_fault *vmf, struct page *page, bool writable)
{
	/*
	 * Not vm_page_prot: having pfn_mkwrite makes that read-only. Reads get a
	 * read-only entry even in a writable mapping, since the page may be the
	 * zero page, KSM's, or another process's until somebody writes.
	 */
	vm_flags_t flags = vmf->vma->vm_flags & (writable ? ~0UL : ~VM_WRITE);

	return vmf_insert_pfn_prot(vmf->vma, vmf->address & PAGE_MASK,
				   page_to_pfn(page), vm_get_page_prot(flags));
}

/*
 * No guest memory here. What is written goes to a page of the target's own, so
 * that nobody else sees it and a reader that outlives its VM lives on.
 */
static vm_fault_t insert_hole(struct vm_fault *vmf, bool write)
{
	struct memflow_target *target = vmf->vma->vm_private_data;
	struct page *page = ZERO_PAGE(vmf->address);

	if (READ_ONCE(target->flags) & MEMFLOW_STRICT)
		return VM_FAULT_SIGBUS;
	if (write)
		page = memflow_target_sink(target);
	if (!page)
		return VM_FAULT_OOM;
	return insert_page(vmf, page, write);
}

static int touch_entry(pte_t *pte, unsigned long address, void *data)
{
	return 0;
}

/*
 * vmf_insert_pfn() would allocate a missing page table, and reclaim may come back
 * through the notifier for the lock that is held around it. So it is done before.
 */
static int prepare_page_table(struct vm_fault *vmf)
{
	if (!pmd_none(*vmf->pmd))
		return 0;
	return apply_to_page_range(vmf->vma->vm_mm, vmf->address & PAGE_MASK,
				   PAGE_SIZE, touch_entry, NULL);
}

static long look_up_page(struct mm_struct *mm, unsigned long hva, bool write,
			 struct page **page)
{
	long n;

	n = memflow_get_user_pages_remote(mm, hva, 1,
					  FOLL_NOWAIT | (write ? FOLL_WRITE : 0),
					  page, NULL);
	if (n != -EFAULT || !write)
		return n;
	/* There, but not to be written? */
	n = memflow_get_user_pages_remote(mm, hva, 1, FOLL_NOWAIT, page, NULL);
	if (n == 1) {
		put_page(*page);
		return -EROFS;
	}
	return n;
}

/*
 * What to do without a page: NULL with *ret set, or a page to insert in its place.
 */
static struct page *without_page(struct vm_fault *vmf, struct memflow_vm *vm, long err,
				 bool write, vm_fault_t *ret)
{
	struct memflow_target *target = vmf->vma->vm_private_data;
	bool strict = READ_ONCE(target->flags) & MEMFLOW_STRICT;
	struct page *page = NULL;

	if (err == -ENOMEM) {
		*ret = VM_FAULT_OOM;
	} else if (err == -EROFS) {
		*ret = VM_FAULT_SIGBUS;
	} else if (err != -EFAULT && err != -EHWPOISON) {
		*ret = FAULT_BLOCK;
	} else if (memflow_mm_unstable(vm->mm)) {
		/* The OOM killer takes memory away before the process is gone. */
		memflow_vm_kill(vm);
		*ret = insert_hole(vmf, write);
	} else if (strict) {
		*ret = VM_FAULT_SIGBUS;
	} else {
		/* A device's BAR, say: no scanner should die of it. */
		page = write ? memflow_target_sink(target) : ZERO_PAGE(vmf->address);
		*ret = VM_FAULT_OOM;
	}
	return page;
}

/* With a user of the mm. One attempt; VM_FAULT_RETRY: it was overtaken. */
static vm_fault_t try_region(struct vm_fault *vmf, struct memflow_region *region,
			     bool write)
{
	struct memflow_vm *vm = region->vm;
	u64 offset = fault_gpa(vmf) - region->gpa;
	struct mm_struct *mm = vm->mm;
	struct page *page;
	unsigned long seq;
	vm_fault_t ret;
	long n;

	seq = mmu_interval_read_begin(&region->notifier);
	/*
	 * Never wait for another mmap_lock while holding one: two processes that
	 * read each other, or one that reads itself, would wait for ever.
	 */
	if (!mmap_read_trylock(mm))
		return FAULT_BLOCK;
	n = look_up_page(mm, region->hva + offset, write, &page);
	mmap_read_unlock(mm);
	if (n != 1) {
		page = without_page(vmf, vm, n, write, &ret);
		if (!page)
			return ret;
		get_page(page);
	}

	ret = VM_FAULT_RETRY;
	/*
	 * The memslot was there after the page was looked up, so it was guest
	 * memory: a VM's process reuses addresses only after their slot is gone.
	 */
	if (!memflow_layout_is_current(vm)) {
		ret = FAULT_BLOCK;
		goto out;
	}
	if (prepare_page_table(vmf)) {
		ret = VM_FAULT_OOM;
		goto out;
	}
	spin_lock(&region->lock);
	if (!mmu_interval_read_retry(&region->notifier, seq) && !pmd_none(*vmf->pmd)) {
		__set_bit(offset >> MEMFLOW_BLOCK_SHIFT, region->mapped);
		ret = insert_page(vmf, page, write);
	}
	spin_unlock(&region->lock);
out:
	put_page(page);
	return ret;
}

static vm_fault_t fault_region(struct vm_fault *vmf, struct memflow_region *region,
			       bool write)
{
	struct mm_struct *mm = region->vm->mm;
	vm_fault_t ret;

	if (write && region->readonly)
		return VM_FAULT_SIGBUS;
	if (!mmget_not_zero(mm)) {
		/* Its release is on the way; no zero may be read before it is known. */
		memflow_vm_kill(region->vm);
		return insert_hole(vmf, write);
	}
	do {
		ret = try_region(vmf, region, write);
	} while (ret == VM_FAULT_RETRY && !fatal_signal_pending(current));
	mmput_async(mm);
	/* Killed: the fault comes again and finds the signal. */
	return ret == VM_FAULT_RETRY ? VM_FAULT_NOPAGE : ret;
}

/* With the reader's mmap_lock; never sleeps for long. */
static vm_fault_t try_fault(struct vm_fault *vmf, struct memflow_vm *vm, bool write)
{
	struct memflow_region *region;
	vm_fault_t ret;
	u64 hole_end;

	/* Held until the entry is in, so that a refresh zaps what it makes stale. */
	down_read(&vm->layout_lock);
	if (!vm->kvm_file || memflow_vm_is_dead(vm)) {
		ret = insert_hole(vmf, write);
	} else if (!memflow_layout_is_current(vm)) {
		ret = FAULT_BLOCK;
	} else {
		region = memflow_layout_find(vm, fault_gpa(vmf), &hole_end);
		ret = region ? fault_region(vmf, region, write) :
			       insert_hole(vmf, write);
	}
	up_read(&vm->layout_lock);
	return ret;
}

/* Makes the page present in the VM's process, however long that takes. */
static void fault_in(struct memflow_vm *vm, u64 gpa, bool write)
{
	struct memflow_region *region;
	unsigned long hva = 0;
	struct page *page;
	bool found = false;
	int locked = 1;
	u64 hole_end;

	down_read(&vm->layout_lock);
	region = memflow_layout_find(vm, gpa, &hole_end);
	if (region && !(write && region->readonly)) {
		hva = region->hva + (gpa - region->gpa);
		found = mmget_not_zero(vm->mm);
	}
	up_read(&vm->layout_lock);
	if (!found)
		return;
	if (!mmap_read_lock_killable(vm->mm)) {
		if (memflow_get_user_pages_remote(vm->mm, hva, 1, write ? FOLL_WRITE : 0,
						  &page, &locked) == 1)
			put_page(page);
		if (locked)
			mmap_read_unlock(vm->mm);
	}
	mmput_async(vm->mm);
}

/*
 * What may wait: for the VM's process to unlock its mmap_lock, for swap, for
 * userfaultfd, for a new layout. Done with the reader's own lock dropped.
 */
static vm_fault_t fault_blocking(struct vm_fault *vmf, struct memflow_vm *vm, bool write)
{
	struct file *file = vmf->vma->vm_file;
	u64 gpa = fault_gpa(vmf);

	if (!(vmf->flags & FAULT_FLAG_ALLOW_RETRY)) {
		/* Not an access of user space; who asks will ask again. */
		memflow_vm_watch(vm);
		cond_resched();
		return VM_FAULT_NOPAGE;
	}
	if (vmf->flags & FAULT_FLAG_RETRY_NOWAIT)
		return VM_FAULT_RETRY;

	get_file(file);		/* the VMA may go once the lock is dropped */
	mmap_read_unlock(vmf->vma->vm_mm);
	if (!memflow_layout_refresh(vm))
		fault_in(vm, gpa, write);
	fput(file);
	return VM_FAULT_RETRY;
}

static vm_fault_t memory_fault(struct vm_fault *vmf)
{
	struct memflow_target *target = vmf->vma->vm_private_data;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	vm_fault_t ret;

	ret = try_fault(vmf, target->vm, write);
	return ret == FAULT_BLOCK ? fault_blocking(vmf, target->vm, write) : ret;
}

/*
 * A write to a page that was mapped for reading: the page may have to become
 * another one first. Zapped, the access comes back as a write fault.
 * VM_FAULT_RETRY is not allowed from here: wp_pfn_shared() (mm/memory.c) goes on
 * after it, without the lock. 0 would make writable whatever is there by now.
 */
static vm_fault_t memory_pfn_mkwrite(struct vm_fault *vmf)
{
	struct memflow_target *target = vmf->vma->vm_private_data;

	memflow_zap(target->vm, fault_gpa(vmf), PAGE_SIZE);
	return VM_FAULT_NOPAGE;
}

/* ptrace and /proc/PID/mem of the reader: debuggers see guest memory, too. */
static int memory_access(struct vm_area_struct *vma, unsigned long address,
			 void *buffer, int length, int write)
{
	struct memflow_target *target = vma->vm_private_data;
	u64 gpa = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (address - vma->vm_start);
	struct kvec kvec = { .iov_base = buffer, .iov_len = length };
	struct iov_iter iter;

	iov_iter_kvec(&iter, write ? WRITE : READ, &kvec, 1, length);
	return memflow_copy(target->vm, gpa, &iter, write, true);
}

/*
 * No map_pages: with it, faults would come under the lock of the VMA alone, and
 * fault_blocking() drops the mmap_lock.
 */
const struct vm_operations_struct memflow_memory_vm_ops = {
	.fault = memory_fault,
	.pfn_mkwrite = memory_pfn_mkwrite,
	.access = memory_access,
};

static vm_fault_t status_fault(struct vm_fault *vmf)
{
	struct memflow_target *target = vmf->vma->vm_private_data;

	vmf->page = target->vm->status_page;
	get_page(vmf->page);
	return 0;
}

const struct vm_operations_struct memflow_status_vm_ops = {
	.fault = status_fault,
};

void memflow_zap(struct memflow_vm *vm, u64 gpa, u64 length)
{
	unmap_mapping_range(vm->inode->i_mapping, gpa, length, 1);
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

	if (mapped) {
		/*
		 * The zap announces itself to the notifiers of the reader's mm,
		 * under i_mmap_rwsem. lockdep has one map for the notifiers of
		 * every mm and sees a circle; there is none: what waits for the
		 * end of an invalidation of the target's mm (read_begin, remove)
		 * holds neither i_mmap_rwsem nor a page table lock.
		 */
		lockdep_off();
		memflow_zap(region->vm, region->gpa + start, end - start);
		lockdep_on();
		/*
		 * Only now: another invalidation of the same block, which may run
		 * at the same time, must not return before the entries are gone.
		 * None has come meanwhile, the sequence is still that of a change.
		 */
		spin_lock(&region->lock);
		clear_mapped(region, start, end);
		spin_unlock(&region->lock);
	}
	return true;
}

const struct mmu_interval_notifier_ops memflow_region_ops = {
	.invalidate = region_invalidate,
};
