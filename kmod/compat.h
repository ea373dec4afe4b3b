/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one place where kernel versions differ. The module is written for the
 * newest interface; what is older is made to look like it here. Each entry names
 * the version that changed it.
 */
#ifndef MEMFLOW_COMPAT_H
#define MEMFLOW_COMPAT_H

#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched/coredump.h>
#include <linux/version.h>

#define MEMFLOW_KERNEL_BEFORE(major, minor) \
	(LINUX_VERSION_CODE < KERNEL_VERSION(major, minor, 0))

#if MEMFLOW_KERNEL_BEFORE(6, 17)
#include <linux/pfn_t.h>
#endif

#define MEMFLOW_PMD_ORDER (PMD_SHIFT - PAGE_SHIFT)

/* 6.3: "mm: introduce vma->vm_flags wrapper functions" */
#if MEMFLOW_KERNEL_BEFORE(6, 3)
static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags &= ~flags;
}
#endif

/* 6.5: "mm/gup: remove vmas parameter from get_user_pages_remote()" and pin_… */
#if MEMFLOW_KERNEL_BEFORE(6, 5)
#define memflow_get_user_pages_remote(mm, start, nr, flags, pages, locked) \
	get_user_pages_remote(mm, start, nr, flags, pages, NULL, locked)
#define memflow_pin_user_pages_remote(mm, start, nr, flags, pages, locked) \
	pin_user_pages_remote(mm, start, nr, flags, pages, NULL, locked)
#else
#define memflow_get_user_pages_remote get_user_pages_remote
#define memflow_pin_user_pages_remote pin_user_pages_remote
#endif

/* 6.3: "driver core: make struct device_type.{devnode,uevent} take a const *" */
#if MEMFLOW_KERNEL_BEFORE(6, 3)
#define MEMFLOW_CONST_DEVICE struct device
#else
#define MEMFLOW_CONST_DEVICE const struct device
#endif

/*
 * 5.11: "mm: Convert page kmemcg type to a page memcg flag". Before, an accounted
 * page has its type where the count of its mappings would be: it may not be given
 * to user space by its struct page.
 */
#if MEMFLOW_KERNEL_BEFORE(5, 11)
#define MEMFLOW_GFP_MAPPABLE	GFP_KERNEL
#else
#define MEMFLOW_GFP_MAPPABLE	GFP_KERNEL_ACCOUNT
#endif

/* 5.18: "fs: introduce alloc_inode_sb() to allocate filesystems specific inode" */
#if MEMFLOW_KERNEL_BEFORE(5, 18)
#define alloc_inode_sb(sb, cache, gfp) kmem_cache_alloc(cache, gfp)
#endif

/* 5.17: "KVM: Keep memslots in tree-based structures" adds the bucket argument */
#if MEMFLOW_KERNEL_BEFORE(5, 17)
#define memflow_for_each_memslot(slot, bkt, slots) \
	kvm_for_each_memslot(slot, slots)
#else
#define memflow_for_each_memslot kvm_for_each_memslot
#endif

/* The same commit: there is a tree in order of gfn. Before, an array in some other. */
#if MEMFLOW_KERNEL_BEFORE(5, 17)
#define MEMFLOW_MEMSLOT_ITER int
#define memflow_for_each_memslot_in_order(slot, iter, slots) \
	kvm_for_each_memslot(slot, slots)
#else
#define MEMFLOW_MEMSLOT_ITER struct kvm_memslot_iter
#define memflow_for_each_memslot_in_order(slot, iter, slots) \
	for (kvm_memslot_iter_start(iter, slots, 0); \
	     (iter)->node && ((slot) = (iter)->slot); kvm_memslot_iter_next(iter))
#endif

/* 6.18: mm->flags became a bitmap of its own type */
#if MEMFLOW_KERNEL_BEFORE(6, 18)
#define memflow_mm_unstable(mm) test_bit(MMF_UNSTABLE, &(mm)->flags)
#else
#define memflow_mm_unstable(mm) mm_flags_test(MMF_UNSTABLE, mm)
#endif

/* 5.16: "mm: Introduce struct folio". The huge zero page has no mapping. */
static inline bool memflow_page_in_huge(struct page *page)
{
#if MEMFLOW_KERNEL_BEFORE(5, 16)
	page = compound_head(page);
	return compound_order(page) >= MEMFLOW_PMD_ORDER && page->mapping;
#else
	struct folio *folio = page_folio(page);

	return folio_order(folio) >= MEMFLOW_PMD_ORDER && folio->mapping;
#endif
}

/* 6.6: "mm: remove enum page_entry_size" */
#if MEMFLOW_KERNEL_BEFORE(6, 6)
#define MEMFLOW_FAULT_ORDER enum page_entry_size
#define MEMFLOW_FAULT_PMD PE_SIZE_PMD
#else
#define MEMFLOW_FAULT_ORDER unsigned int
#define MEMFLOW_FAULT_PMD MEMFLOW_PMD_ORDER
#endif

/*
 * Before 6.12, "mm/gup: detect huge pfnmap entries in gup-fast", the lockless
 * get_user_pages takes references to what a huge entry shows, unless it is a
 * device's: no such device is found, and the slow way refuses the mapping.
 */
#if MEMFLOW_KERNEL_BEFORE(6, 12)
#define MEMFLOW_PFN_FLAGS (PFN_DEV | PFN_MAP)

static inline bool memflow_pmd_is_huge(pmd_t pmd)
{
	return pmd_trans_huge(pmd) || pmd_devmap(pmd);
}
#else
#define MEMFLOW_PFN_FLAGS PFN_DEV
#define memflow_pmd_is_huge pmd_trans_huge
#endif

/* 6.17: "mm: remove remaining uses of PFN_DEV", and pfn_t with it */
#if MEMFLOW_KERNEL_BEFORE(6, 17)
#define memflow_insert_pfn_pmd(vmf, pfn, write) \
	vmf_insert_pfn_pmd(vmf, __pfn_to_pfn_t(pfn, MEMFLOW_PFN_FLAGS), write)
#else
#define memflow_insert_pfn_pmd vmf_insert_pfn_pmd
#endif

/*
 * 6.4: "mm: introduce CONFIG_PER_VMA_LOCK". A fault that came under the lock of its
 * VMA alone comes again under the mmap_lock; true: return VM_FAULT_RETRY.
 */
static inline bool memflow_fault_drop_vma_lock(struct vm_fault *vmf)
{
#ifdef CONFIG_PER_VMA_LOCK
	if (vmf->flags & FAULT_FLAG_VMA_LOCK) {
		vma_end_read(vmf->vma);
		return true;
	}
#endif
	return false;
}

/*
 * Until 6.7 or 6.8, "mm/thp: fix "mm: thp: kill __transhuge_page_enabled()"", the core has
 * huge faults for DAX mappings alone since 6.0, and aligns none but those to huge
 * pages before 6.1. As drivers/dax/device.c does, which maps memory as we do.
 */
static inline void memflow_allow_huge_faults(struct inode *inode)
{
#if MEMFLOW_KERNEL_BEFORE(6, 8)
	inode->i_flags |= S_DAX;
#endif
}

#endif /* MEMFLOW_COMPAT_H */
