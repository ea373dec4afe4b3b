// SPDX-License-Identifier: GPL-2.0-only
/*
 * One page is got by get_user_pages_remote(), which judges whether its mapping may be
 * looked at, faults it in and breaks copy-on-write. What hmm_range_fault() sees
 * beside it in the same mapping costs a glance at the page table: no fault, no
 * reference. A kernel without it has neither batches nor huge entries.
 */
#include <linux/hmm.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "compat.h"
#include "pages.h"
#include "vm.h"

long memflow_page_get(struct mm_struct *mm, unsigned long hva, bool write,
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

void memflow_page_fault_in(struct mm_struct *mm, unsigned long hva, bool write)
{
	struct page *page;
	int locked = 1;

	if (mmap_read_lock_killable(mm))
		return;
	if (memflow_get_user_pages_remote(mm, hva, 1, write ? FOLL_WRITE : 0, &page,
					  &locked) == 1)
		put_page(page);
	if (locked)
		mmap_read_unlock(mm);
}

/* HMM's entries of what is present; nothing is asked to become so. */
static bool snapshot(struct memflow_region *region, unsigned long seq,
		     unsigned long hva, unsigned int count, unsigned long *entries)
{
	struct hmm_range range = {
		.notifier = &region->notifier,
		.notifier_seq = seq,
		.start = hva,
		.end = hva + count * PAGE_SIZE,
		.hmm_pfns = entries,
	};

	if (!IS_ENABLED(CONFIG_HMM_MIRROR))
		return false;
	/* Since 6.16 some flags are input, too. */
	memset(entries, 0, count * sizeof(*entries));
	return !hmm_range_fault(&range);
}

/* Neighbours of another kind than the page that was got have not been judged. */
static void clip_to_mapping(struct mm_struct *mm, unsigned long hva,
			    struct memflow_around *around)
{
	struct vm_area_struct *vma = find_vma(mm, hva);
	unsigned long start = hva, end = hva + PAGE_SIZE;

	if (vma && vma->vm_start <= hva) {
		start = max(around->hva, vma->vm_start);
		end = min(around->hva + around->count * PAGE_SIZE, vma->vm_end);
	}
	around->hva = start;
	around->count = (end - start) / PAGE_SIZE;
}

bool memflow_pages_first(struct memflow_region *region, unsigned long seq,
			 struct memflow_around *around)
{
	unsigned int i;

	if (!snapshot(region, seq, around->hva, around->count, around->pfns))
		return false;
	for (i = 0; i < around->count; i++)
		if (around->pfns[i] & HMM_PFN_VALID)
			break;
	around->hva += i * PAGE_SIZE;
	around->count -= i;
	return around->count;
}

void memflow_pages_around(struct memflow_region *region, unsigned long seq,
			  unsigned long hva, struct page *page,
			  struct memflow_around *around)
{
	unsigned int i;

	clip_to_mapping(region->vm->mm, hva, around);
	if (!snapshot(region, seq, around->hva, around->count, around->pfns)) {
		around->hva = hva;
		around->count = 1;
		around->pfns[0] = page_to_pfn(page);
		return;
	}
	for (i = 0; i < around->count; i++)
		around->pfns[i] = around->pfns[i] & HMM_PFN_VALID ?
			page_to_pfn(hmm_pfn_to_page(around->pfns[i])) : MEMFLOW_NO_PFN;
	around->pfns[(hva - around->hva) / PAGE_SIZE] = page_to_pfn(page);
}

bool memflow_page_is_huge(struct memflow_region *region, unsigned long seq,
			  unsigned long hva, bool write, struct page *page)
{
	unsigned long wanted = HMM_PFN_VALID | (write ? HMM_PFN_WRITE : 0);
	unsigned long entry;

	/*
	 * The huge zero page is nobody's and must not be mapped huge by others: core
	 * code takes such an entry for one of its own. What has no mapping is that.
	 * Before 6.12, the lockless get_user_pages takes references to what a huge
	 * entry shows, at the head of its compound page, so it has to have one.
	 */
	if (!memflow_page_in_huge(page) || !snapshot(region, seq, hva, 1, &entry))
		return false;
	return (entry & wanted) == wanted && hmm_pfn_to_page(entry) == page &&
	       hmm_pfn_to_map_order(entry) >= MEMFLOW_PMD_ORDER;
}
