/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page table entries of a reader's mapping.
 */
#ifndef MEMFLOW_ENTRIES_H
#define MEMFLOW_ENTRIES_H

#include <linux/mm.h>
#include <linux/types.h>

struct memflow_around;
struct memflow_region;
struct memflow_vm;

/**
 * struct memflow_fault - a fault on its way to an entry
 * @vmf: the core's
 * @vm: the VM
 * @gpa: of the page
 * @write: to be writable
 * @huge: by one entry for the 2 MiB around, or VM_FAULT_FALLBACK
 * @peek: nobody waits for the page: map what is there in its batch, make nothing
 */
struct memflow_fault {
	struct vm_fault *vmf;
	struct memflow_vm *vm;
	u64 gpa;
	bool write;
	bool huge;
	bool peek;
};

/* A page that is nobody's memory: entries for it need not be followed. */
vm_fault_t memflow_entry_insert_stray(const struct memflow_fault *fault,
				      struct page *page);

/*
 * The page table that a small entry needs: it cannot be allocated later, since
 * reclaim may come back through the notifier for the lock that is held around an
 * insertion. 0 or -ENOMEM.
 */
int memflow_entry_prepare(const struct memflow_fault *fault);

/*
 * Inserts @page, found at @hva, and @around, unless they were overtaken:
 * VM_FAULT_RETRY. Where a huge entry has come before a small one nothing is done, and
 * the core looks again.
 */
vm_fault_t memflow_entry_insert(const struct memflow_fault *fault,
				struct memflow_region *region, unsigned long seq,
				unsigned long hva, struct page *page,
				const struct memflow_around *around);

#endif /* MEMFLOW_ENTRIES_H */
