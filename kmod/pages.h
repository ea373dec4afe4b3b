/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is at an address of a VM's process, and around it.
 */
#ifndef MEMFLOW_PAGES_H
#define MEMFLOW_PAGES_H

#include <linux/types.h>

struct memflow_region;
struct mm_struct;
struct page;

/* An array of that many entries is on the stack of a fault. */
#define MEMFLOW_BATCH_MAX	64U

/*
 * The page at @hva, made present if that needs no waiting. Under the mmap_lock of
 * @mm. Returns 1 with a reference to *@page, or an errno: EROFS: it is there, but not to
 * be written; EFAULT, EHWPOISON, ENOMEM; 0 or any other: it takes waiting.
 */
long memflow_page_get(struct mm_struct *mm, unsigned long hva, bool write,
		      struct page **page);

/* The same, however long it takes. Not under any lock of the reader's. */
void memflow_page_fault_in(struct mm_struct *mm, unsigned long hva, bool write);

/**
 * struct memflow_around - pages near one that is mapped
 * @hva: of the first entry
 * @count: of entries
 * @pfns: a page frame number, to be mapped read-only, or MEMFLOW_NO_PFN
 */
struct memflow_around {
	unsigned long hva;
	unsigned int count;
	unsigned long pfns[MEMFLOW_BATCH_MAX];
};

#define MEMFLOW_NO_PFN		(~0UL)

/*
 * Shrinks @around so that it begins with a page that is present; false: none of it is.
 * As for the following, nothing is faulted in and no reference taken; it is true as
 * long as @seq is, and the mmap_lock of the region's mm is held.
 */
bool memflow_pages_first(struct memflow_region *region, unsigned long seq,
			 struct memflow_around *around);

/*
 * Fills in @around->pfns: what is present there now and may be read. @page is what
 * memflow_page_get() returned for @hva, which is in @around: it may shrink that to the
 * mapping which @hva is in.
 */
void memflow_pages_around(struct memflow_region *region, unsigned long seq,
			  unsigned long hva, struct page *page,
			  struct memflow_around *around);

/*
 * Whether @page, found at @hva by memflow_page_get(), is part of a huge page that is
 * mapped as such. Conditions as for memflow_pages_around().
 */
bool memflow_page_is_huge(struct memflow_region *region, unsigned long seq,
			  unsigned long hva, bool write, struct page *page);

#endif /* MEMFLOW_PAGES_H */
