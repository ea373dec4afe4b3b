/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one place where kernel versions differ. The module is written for the
 * newest interface; what is older is made to look like it here. Each entry names
 * the version that changed it.
 */
#ifndef MEMFLOW_COMPAT_H
#define MEMFLOW_COMPAT_H

#include <linux/mm.h>
#include <linux/sched/coredump.h>
#include <linux/version.h>

#define MEMFLOW_KERNEL_BEFORE(major, minor) \
	(LINUX_VERSION_CODE < KERNEL_VERSION(major, minor, 0))

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

/* 5.17: "KVM: Keep memslots in tree-based structures" adds the bucket argument */
#if MEMFLOW_KERNEL_BEFORE(5, 17)
#define memflow_for_each_memslot(slot, bkt, slots) \
	kvm_for_each_memslot(slot, slots)
#else
#define memflow_for_each_memslot kvm_for_each_memslot
#endif

/* 6.18: mm->flags became a bitmap of its own type */
#if MEMFLOW_KERNEL_BEFORE(6, 18)
#define memflow_mm_unstable(mm) test_bit(MMF_UNSTABLE, &(mm)->flags)
#else
#define memflow_mm_unstable(mm) mm_flags_test(MMF_UNSTABLE, mm)
#endif

#endif /* MEMFLOW_COMPAT_H */
