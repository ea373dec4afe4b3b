// SPDX-License-Identifier: GPL-2.0-only
/*
 * An entry is inserted only while it is known to be true: entry and the notifier's
 * sequence are dealt with under one lock, region->lock. Inserting first and checking
 * afterwards would be safe for memory, but another thread could read a stale page
 * meanwhile.
 *
 * Reads get a read-only entry even in a writable mapping, since the page may be the
 * zero page, KSM's, or another process's until somebody writes.
 */
#include <linux/bitmap.h>
#include <linux/mm.h>

#include "compat.h"
#include "entries.h"
#include "pages.h"
#include "vm.h"

/* Not vm_page_prot: having pfn_mkwrite makes that read-only. */
static pgprot_t protection(const struct memflow_fault *fault)
{
	return vm_get_page_prot(fault->vmf->vma->vm_flags &
				(fault->write ? ~0UL : ~VM_WRITE));
}

static vm_fault_t insert_page(const struct memflow_fault *fault, struct page *page)
{
	return vmf_insert_pfn_prot(fault->vmf->vma, fault->vmf->address & PAGE_MASK,
				   page_to_pfn(page), protection(fault));
}

static int touch_entry(pte_t *pte, unsigned long address, void *data)
{
	return 0;
}

int memflow_entry_prepare(const struct memflow_fault *fault)
{
	struct vm_fault *vmf = fault->vmf;
	int ret = 0;

	if (!pmd_none(*vmf->pmd))
		return 0;
	mutex_lock(&fault->vm->table_lock);
	if (pmd_none(*vmf->pmd))
		ret = apply_to_page_range(vmf->vma->vm_mm, vmf->address & PAGE_MASK,
					  PAGE_SIZE, touch_entry, NULL);
	mutex_unlock(&fault->vm->table_lock);
	return ret;
}

/* What is there then stays: see insert_around(). */
static bool has_page_table(const struct memflow_fault *fault)
{
	pmd_t pmd = READ_ONCE(*fault->vmf->pmd);

	return !pmd_none(pmd) && !memflow_pmd_is_huge(pmd);
}

vm_fault_t memflow_entry_insert_stray(const struct memflow_fault *fault,
				      struct page *page)
{
	if (memflow_entry_prepare(fault))
		return VM_FAULT_OOM;
	/* Who took the VM for alive a moment longer may have made a huge entry. */
	return has_page_table(fault) ? insert_page(fault, page) : VM_FAULT_NOPAGE;
}

/* Before an entry for [offset, offset + length) of the region; under region->lock. */
static void mark_mapped(struct memflow_region *region, u64 offset, u64 length)
{
	u64 first = offset >> MEMFLOW_BLOCK_SHIFT;
	u64 last = (offset + length - 1) >> MEMFLOW_BLOCK_SHIFT;

	bitmap_set(region->mapped, first, last - first + 1);
}

/* What insert_around() takes along its walk. */
struct walk {
	struct mm_struct *mm;
	const unsigned long *pfn;
	pgprot_t protection;
};

/* As remap_pfn_range() makes them: special, so that nobody takes a reference. */
static int fill_entry(pte_t *pte, unsigned long address, void *data)
{
	struct walk *walk = data;
	unsigned long pfn = *walk->pfn++;

	/* What is mapped already stays as it is. */
	if (pfn != MEMFLOW_NO_PFN && pte_none(ptep_get(pte)))
		set_pte_at(walk->mm, address, pte,
			   pte_mkspecial(pfn_pte(pfn, walk->protection)));
	return 0;
}

/*
 * All of a batch in one walk, and under one taking of the page table's lock, which is
 * what a scan of small pages costs otherwise. The page table is there and stays: a
 * mapping of this kind loses none under its mmap_lock (MADV_DONTNEED, which may free
 * one since 6.14, refuses VM_PFNMAP). So nothing is allocated here.
 */
static vm_fault_t insert_around(const struct memflow_fault *fault,
				struct memflow_region *region, unsigned long hva,
				const struct memflow_around *around)
{
	struct walk walk = {
		.mm = fault->vmf->vma->vm_mm,
		.pfn = around->pfns,
		.protection = protection(fault),
	};
	unsigned long address = (fault->vmf->address & PAGE_MASK) - (hva - around->hva);
	u64 length = (u64)around->count * PAGE_SIZE;

	mark_mapped(region, around->hva - region->hva, length);
	return apply_to_page_range(walk.mm, address, length, fill_entry, &walk) ?
	       VM_FAULT_OOM : VM_FAULT_NOPAGE;
}

/* Under region->lock, with the page table there. */
static vm_fault_t insert_small(const struct memflow_fault *fault,
			       struct memflow_region *region, unsigned long hva,
			       struct page *page, const struct memflow_around *around)
{
	if (around->count)
		return insert_around(fault, region, hva, around);
	mark_mapped(region, hva - region->hva, PAGE_SIZE);
	return insert_page(fault, page);
}

/* Under region->lock and table_lock. */
static vm_fault_t insert_huge(const struct memflow_fault *fault,
			      struct memflow_region *region, unsigned long hva,
			      struct page *page)
{
	unsigned long pfn = page_to_pfn(page) - ((hva & ~PMD_MASK) >> PAGE_SHIFT);
	pmd_t pmd = READ_ONCE(*fault->vmf->pmd);

	/* A page table came first; or another layout's entry, on its way out. */
	if (!pmd_none(pmd) && !memflow_pmd_is_huge(pmd))
		return VM_FAULT_FALLBACK;
	if (!pmd_none(pmd) && pmd_pfn(pmd) != pfn)
		return VM_FAULT_NOPAGE;
	mark_mapped(region, (hva & PMD_MASK) - region->hva, PMD_SIZE);
	return memflow_insert_pfn_pmd(fault->vmf, pfn, fault->write);
}

vm_fault_t memflow_entry_insert(const struct memflow_fault *fault,
				struct memflow_region *region, unsigned long seq,
				unsigned long hva, struct page *page,
				const struct memflow_around *around)
{
	vm_fault_t ret;

	if (fault->huge)
		mutex_lock(&fault->vm->table_lock);
	spin_lock(&region->lock);
	if (mmu_interval_read_retry(&region->notifier, seq))
		ret = VM_FAULT_RETRY;
	else if (fault->huge)
		ret = insert_huge(fault, region, hva, page);
	else if (has_page_table(fault))
		ret = insert_small(fault, region, hva, page, around);
	else
		ret = VM_FAULT_NOPAGE;
	spin_unlock(&region->lock);
	if (fault->huge)
		mutex_unlock(&fault->vm->table_lock);
	return ret;
}
