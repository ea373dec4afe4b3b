// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filling a reader's mapping on fault; invalidate.c empties it.
 *
 * The notifier's sequence is read, the page looked up, the memslots' generation
 * compared, and then the entry inserted if the sequence has not moved (entries.c).
 * No reference to the page is kept; the notifier is what keeps the entry true.
 *
 * Where the VM's process has a huge page, 2 MiB are mapped by one entry; elsewhere a
 * read brings along what is there beside the page. A write brings nothing: pages must
 * not be made writable, and so copied or dirtied, that nobody writes.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>

#include "compat.h"
#include "entries.h"
#include "pages.h"
#include "target.h"
#include "vm.h"

static unsigned int batch = 64;
module_param(batch, uint, 0644);
MODULE_PARM_DESC(batch, "pages mapped around a fault, a power of 2 up to 64");

static bool huge = true;
module_param(huge, bool, 0644);
MODULE_PARM_DESC(huge, "map huge pages by one entry");

unsigned long memflow_fault_batch(void)
{
	return rounddown_pow_of_two(clamp(READ_ONCE(batch), 1U, MEMFLOW_BATCH_MAX)) *
	       PAGE_SIZE;
}

/* What the attempts below say besides a vm_fault_t: it needs locks to be dropped. */
#define FAULT_BLOCK	((__force vm_fault_t)~0U)

static struct memflow_fault to_fault(struct vm_fault *vmf, bool want_huge)
{
	struct memflow_target *target = vmf->vma->vm_private_data;

	return (struct memflow_fault) {
		.vmf = vmf,
		.vm = target->vm,
		.gpa = (u64)vmf->pgoff << PAGE_SHIFT,
		.write = vmf->flags & FAULT_FLAG_WRITE,
		.huge = want_huge,
		/* populate.c's: get_user_pages, who has it else, refuses our mappings. */
		.peek = vmf->flags & FAULT_FLAG_RETRY_NOWAIT,
	};
}

/*
 * No guest memory here. What is written goes to a page of the target's own, so
 * that nobody else sees it and a reader that outlives its VM lives on.
 */
static vm_fault_t insert_hole(const struct memflow_fault *fault)
{
	struct vm_fault *vmf = fault->vmf;
	struct memflow_target *target = vmf->vma->vm_private_data;
	struct page *page = ZERO_PAGE(vmf->address);

	if (fault->huge)
		return VM_FAULT_FALLBACK;
	if (fault->peek)
		return VM_FAULT_NOPAGE;
	if (READ_ONCE(target->flags) & MEMFLOW_STRICT)
		return VM_FAULT_SIGBUS;
	if (fault->write)
		page = memflow_target_sink(target);
	if (!page)
		return VM_FAULT_OOM;
	return memflow_entry_insert_stray(fault, page);
}

/*
 * What to do without a page: NULL with *ret set, or a page to insert in its place.
 */
static struct page *without_page(const struct memflow_fault *fault, long err,
				 vm_fault_t *ret)
{
	struct vm_fault *vmf = fault->vmf;
	struct memflow_target *target = vmf->vma->vm_private_data;
	bool strict = READ_ONCE(target->flags) & MEMFLOW_STRICT;
	struct page *page = NULL;

	if (err == -ENOMEM) {
		*ret = VM_FAULT_OOM;
	} else if (err == -EROFS) {
		*ret = VM_FAULT_SIGBUS;
	} else if (err != -EFAULT && err != -EHWPOISON) {
		*ret = FAULT_BLOCK;
	} else if (memflow_mm_unstable(fault->vm->mm)) {
		/* The OOM killer takes memory away before the process is gone. */
		memflow_vm_kill(fault->vm);
		*ret = insert_hole(fault);
	} else if (fault->huge) {
		*ret = VM_FAULT_FALLBACK;
	} else if (strict) {
		*ret = VM_FAULT_SIGBUS;
	} else {
		/* A device's BAR, say: no scanner should die of it. */
		page = fault->write ? memflow_target_sink(target) :
				      ZERO_PAGE(vmf->address);
		*ret = VM_FAULT_OOM;
	}
	return page;
}

/*
 * Pages to look at around the one at @hva: those of one batch of the reader's
 * addresses, so that one page table has them all, in the VMA and in the region.
 */
static void choose_around(const struct memflow_fault *fault,
			  const struct memflow_region *region, unsigned long hva,
			  struct memflow_around *around)
{
	struct vm_area_struct *vma = fault->vmf->vma;
	unsigned long address = fault->vmf->address & PAGE_MASK;
	unsigned long size = memflow_fault_batch();
	unsigned long start, end;

	around->hva = hva;
	around->count = fault->peek;
	if (fault->write || fault->huge || size == PAGE_SIZE)
		return;
	start = address & ~(size - 1);
	end = min(start + size, vma->vm_end);
	start = max(start, vma->vm_start);
	/* How far the region reaches to both sides of the page. */
	start = max_t(u64, start, address - min_t(u64, address, hva - region->hva));
	end = min_t(u64, end, address + (region->hva + region->length - hva));
	around->hva = hva - (address - start);
	around->count = (end - start) / PAGE_SIZE;
}

/* Whether one entry can map the 2 MiB around the fault. */
static bool fits_huge(const struct memflow_fault *fault,
		      const struct memflow_region *region, unsigned long hva)
{
	const struct vm_area_struct *vma = fault->vmf->vma;
	unsigned long start = fault->vmf->address & PMD_MASK;

	return READ_ONCE(huge) && !arch_needs_pgtable_deposit() &&
	       !((hva ^ fault->vmf->address) & ~PMD_MASK & PAGE_MASK) &&
	       start >= vma->vm_start && vma->vm_end - start >= PMD_SIZE &&
	       (hva & PMD_MASK) >= region->hva &&
	       region->hva + region->length - (hva & PMD_MASK) >= PMD_SIZE;
}

/*
 * What to map, under the mmap_lock of the VM's process: as memflow_page_get(), or 0 if
 * there is nothing to peek at. *fits: a huge fault has found a huge page.
 */
static long look_up(const struct memflow_fault *fault, struct memflow_region *region,
		    unsigned long seq, unsigned long hva, struct page **page,
		    struct memflow_around *around, bool *fits)
{
	long n;

	if (fault->peek) {
		if (!memflow_pages_first(region, seq, around))
			return 0;
		hva = around->hva;
	}
	n = memflow_page_get(fault->vm->mm, hva, fault->write, page);
	if (n != 1)
		return n;
	if (fault->huge)
		*fits = memflow_page_is_huge(region, seq, hva, fault->write, *page);
	else if (around->count)
		memflow_pages_around(region, seq, hva, *page, around);
	return 1;
}

/* After the entry, so that it is not missed: see memflow_layout_zap_blanks(). */
static void note_blank(struct memflow_region *region, u64 offset)
{
	spin_lock(&region->lock);
	region->blank_start = min(region->blank_start, offset);
	region->blank_end = max(region->blank_end, offset + PAGE_SIZE);
	spin_unlock(&region->lock);
}

/* With a user of the mm. One attempt; VM_FAULT_RETRY: it was overtaken. */
static vm_fault_t try_region(const struct memflow_fault *fault,
			     struct memflow_region *region)
{
	unsigned long hva = region->hva + (fault->gpa - region->gpa);
	struct mm_struct *mm = fault->vm->mm;
	struct memflow_around around;
	bool fits = !fault->huge, blank = false;
	struct page *page;
	unsigned long seq;
	vm_fault_t ret;
	long n;

	choose_around(fault, region, hva, &around);
	seq = mmu_interval_read_begin(&region->notifier);
	/*
	 * Never wait for another mmap_lock while holding one: two processes that
	 * read each other, or one that reads itself, would wait for ever.
	 */
	if (!mmap_read_trylock(mm))
		return FAULT_BLOCK;
	n = look_up(fault, region, seq, hva, &page, &around, &fits);
	mmap_read_unlock(mm);
	if (n != 1 && fault->peek)
		return fault->huge ? VM_FAULT_FALLBACK : VM_FAULT_NOPAGE;
	if (n != 1) {
		page = without_page(fault, n, &ret);
		if (!page)
			return ret;
		get_page(page);
		around.count = 0;
		blank = true;
	}

	/*
	 * The memslot was there after the page was looked up, so it was guest
	 * memory: a VM's process reuses addresses only after their slot is gone.
	 */
	if (!memflow_layout_is_current(fault->vm))
		ret = FAULT_BLOCK;
	else if (!fits)
		ret = VM_FAULT_FALLBACK;
	else if (!fault->huge && memflow_entry_prepare(fault))
		ret = VM_FAULT_OOM;
	else
		ret = memflow_entry_insert(fault, region, seq, hva, page, &around);
	if (blank)
		note_blank(region, hva - region->hva);
	put_page(page);
	return ret;
}

static vm_fault_t fault_region(const struct memflow_fault *fault,
			       struct memflow_region *region)
{
	unsigned long hva = region->hva + (fault->gpa - region->gpa);
	struct mm_struct *mm = fault->vm->mm;
	vm_fault_t ret;

	if (fault->write && region->readonly)
		return VM_FAULT_SIGBUS;
	if (fault->huge && !fits_huge(fault, region, hva))
		return VM_FAULT_FALLBACK;
	if (!mmget_not_zero(mm)) {
		/* Its release is on the way; no zero may be read before it is known. */
		memflow_vm_kill(fault->vm);
		return insert_hole(fault);
	}
	do {
		ret = try_region(fault, region);
	} while (ret == VM_FAULT_RETRY && !fatal_signal_pending(current));
	mmput_async(mm);
	/* Killed: the fault comes again and finds the signal. */
	return ret == VM_FAULT_RETRY ? VM_FAULT_NOPAGE : ret;
}

/* With the reader's mmap_lock; never sleeps for long. */
static vm_fault_t try_fault(const struct memflow_fault *fault)
{
	struct memflow_vm *vm = fault->vm;
	struct memflow_region *region;
	vm_fault_t ret;
	u64 hole_end;

	/* Held until the entry is in, so that a refresh zaps what it makes stale. */
	down_read(&vm->layout_lock);
	if (!vm->kvm_file || memflow_vm_is_dead(vm)) {
		ret = insert_hole(fault);
	} else if (!memflow_layout_is_current(vm)) {
		ret = FAULT_BLOCK;
	} else {
		region = memflow_layout_find(vm, fault->gpa, &hole_end);
		ret = region ? fault_region(fault, region) : insert_hole(fault);
	}
	up_read(&vm->layout_lock);
	return ret;
}

/* Makes the page present in the VM's process, however long that takes. */
static void fault_in(const struct memflow_fault *fault)
{
	struct memflow_vm *vm = fault->vm;
	struct memflow_region *region;
	unsigned long hva = 0;
	bool found = false;
	u64 hole_end;

	down_read(&vm->layout_lock);
	region = memflow_layout_find(vm, fault->gpa, &hole_end);
	if (region && !(fault->write && region->readonly)) {
		hva = region->hva + (fault->gpa - region->gpa);
		found = mmget_not_zero(vm->mm);
	}
	up_read(&vm->layout_lock);
	if (!found)
		return;
	memflow_page_fault_in(vm->mm, hva, fault->write);
	mmput_async(vm->mm);
}

/*
 * What may wait: for the VM's process to unlock its mmap_lock, for swap, for
 * userfaultfd, for a new layout. Done with the reader's own lock dropped.
 */
static vm_fault_t fault_blocking(const struct memflow_fault *fault)
{
	struct vm_fault *vmf = fault->vmf;
	struct file *file = vmf->vma->vm_file;

	if (!(vmf->flags & FAULT_FLAG_ALLOW_RETRY)) {
		/* Not an access of user space; who asks will ask again, until killed. */
		if (fatal_signal_pending(current))
			return VM_FAULT_SIGBUS;
		cond_resched();
		return VM_FAULT_NOPAGE;
	}
	if (vmf->flags & FAULT_FLAG_RETRY_NOWAIT)
		return VM_FAULT_RETRY;

	get_file(file);		/* the VMA may go once the lock is dropped */
	mmap_read_unlock(vmf->vma->vm_mm);
	if (!memflow_layout_refresh(fault->vm))
		fault_in(fault);
	fput(file);
	return VM_FAULT_RETRY;
}

static vm_fault_t handle_fault(struct vm_fault *vmf, bool want_huge)
{
	struct memflow_fault fault = to_fault(vmf, want_huge);
	vm_fault_t ret = try_fault(&fault);

	/* What mmap() began may have ended before there was a mapping to be seen. */
	memflow_vm_watch(fault.vm);
	return ret == FAULT_BLOCK ? fault_blocking(&fault) : ret;
}

static vm_fault_t memory_fault(struct vm_fault *vmf)
{
	return handle_fault(vmf, false);
}

/*
 * It waits where it has to, instead of falling back: once there is a page table, no
 * huge entry comes to its place before the reader unmaps it.
 */
static vm_fault_t memory_huge_fault(struct vm_fault *vmf, MEMFLOW_FAULT_ORDER order)
{
	if (order != MEMFLOW_FAULT_PMD)
		return VM_FAULT_FALLBACK;
	if (memflow_fault_drop_vma_lock(vmf))
		return VM_FAULT_RETRY;
	return handle_fault(vmf, true);
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

	memflow_zap(target->vm, (u64)vmf->pgoff << PAGE_SHIFT, PAGE_SIZE);
	return VM_FAULT_NOPAGE;
}

/*
 * ptrace and /proc/PID/mem of the reader: debuggers see guest memory, too. The core
 * holds the reader's mmap_lock; who would have to wait for long gets EIO instead.
 */
static int memory_access(struct vm_area_struct *vma, unsigned long address,
			 void *buffer, int length, int write)
{
	struct memflow_target *target = vma->vm_private_data;
	u64 gpa = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (address - vma->vm_start);
	struct kvec kvec = { .iov_base = buffer };
	struct iov_iter iter;

	/*
	 * /proc/PID/mem and ptrace write to whatever may be read. Of a shared mapping
	 * get_user_pages() would refuse it; here nobody else does.
	 */
	if (write && !(vma->vm_flags & VM_WRITE))
		return -EACCES;
	length = min_t(unsigned long, length, vma->vm_end - address);
	kvec.iov_len = length;
	iov_iter_kvec(&iter, write ? WRITE : READ, &kvec, 1, length);
	return memflow_copy(target->vm, gpa, &iter,
			    MEMFLOW_COPY_LOCKED |
			    (write ? MEMFLOW_COPY_TO_GUEST : MEMFLOW_COPY_ZERO_HOLES));
}

/*
 * No map_pages: with it, faults would come under the lock of the VMA alone, and
 * fault_blocking() drops the mmap_lock.
 */
const struct vm_operations_struct memflow_memory_vm_ops = {
	.fault = memory_fault,
	.huge_fault = memory_huge_fault,
	.pfn_mkwrite = memory_pfn_mkwrite,
	.access = memory_access,
};

static vm_fault_t status_fault(struct vm_fault *vmf)
{
	struct memflow_target *target = vmf->vma->vm_private_data;

	memflow_vm_watch(target->vm);
	vmf->page = target->vm->status_page;
	get_page(vmf->page);
	return 0;
}

const struct vm_operations_struct memflow_status_vm_ops = {
	.fault = status_fault,
};
