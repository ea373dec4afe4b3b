// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filling a mapping before it is used. MAP_POPULATE and MADV_POPULATE_READ do nothing
 * on a mapping of this kind (mm/gup.c: VM_PFNMAP), so it is done here: each batch is
 * faulted in by the core, as an access would, with a flag that makes fault.c look at
 * what is there and ask for nothing.
 */
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>

#include "control.h"
#include "populate.h"
#include "target.h"
#include "vm.h"

/* Locks are let go of after so much, for whoever waits for them. */
#define PIECE	PMD_SIZE

/* How often a batch is tried that the VM's process is changing or has locked. */
#define TRIES	16

/*
 * What stands at [@address, @end) of the mapping: the end of the first piece of it, and
 * *memory: whether that is memory or a hole.
 */
static unsigned long next_piece(struct memflow_vm *vm, const struct vm_area_struct *vma,
				unsigned long address, unsigned long end, bool *memory)
{
	u64 gpa = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (address - vma->vm_start);
	struct memflow_region *region;
	u64 hole_end = U64_MAX;

	down_read(&vm->layout_lock);
	region = memflow_layout_find(vm, gpa, &hole_end);
	up_read(&vm->layout_lock);

	*memory = region;
	end = min(end, vma->vm_end);
	if (region)
		return min(end, (address & ~(PIECE - 1)) + PIECE);
	return address + min_t(u64, end - address, hole_end - gpa);
}

/* Under the caller's mmap_lock, as all of the core's fault handling. */
static int populate_batch(struct vm_area_struct *vma, unsigned long address)
{
	vm_fault_t fault = handle_mm_fault(vma, address, FAULT_FLAG_ALLOW_RETRY |
					   FAULT_FLAG_RETRY_NOWAIT, NULL);

	if (fault & VM_FAULT_OOM)
		return -ENOMEM;
	if (fault & VM_FAULT_ERROR)
		return -EFAULT;
	return fault & VM_FAULT_RETRY ? -EAGAIN : 0;
}

/*
 * From *@address on, which it moves. EAGAIN: the VM has to be waited for, and that is
 * where it stopped.
 */
static int populate_piece(struct memflow_target *target, unsigned long *address,
			  unsigned long end)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	bool memory;
	int ret = 0;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	vma = find_vma(mm, *address);
	if (!vma || vma->vm_start > *address ||
	    vma->vm_ops != &memflow_memory_vm_ops || vma->vm_private_data != target) {
		ret = -ENOMEM;
	} else if (!(vma->vm_flags & VM_READ)) {
		ret = -EACCES;
	} else {
		end = next_piece(target->vm, vma, *address, end, &memory);
		while (memory && !ret && *address < end) {
			ret = populate_batch(vma, *address);
			if (!ret)
				*address = ALIGN(*address + 1, memflow_fault_batch());
		}
		if (!ret)
			*address = end;
	}
	mmap_read_unlock(mm);
	return ret;
}

/* Until the VM's process may be looked at again; with no lock held. */
static int wait_for_vm(struct memflow_vm *vm)
{
	int ret = memflow_layout_refresh(vm);

	if (ret)
		return ret;
	if (!mmget_not_zero(vm->mm))
		return -ENODEV;
	ret = mmap_read_lock_killable(vm->mm);
	if (!ret)
		mmap_read_unlock(vm->mm);
	mmput_async(vm->mm);
	return ret;
}

static int populate(struct memflow_target *target, unsigned long address,
		    unsigned long end)
{
	unsigned int tries = 0;
	int ret = memflow_layout_refresh(target->vm);

	if (ret)
		return ret;
	while (address < end) {
		if (memflow_vm_is_dead(target->vm))
			return -ENODEV;
		if (signal_pending(current))
			return -EINTR;
		cond_resched();
		ret = populate_piece(target, &address, end);
		if (ret != -EAGAIN) {
			tries = 0;
		} else if (++tries < TRIES) {
			ret = wait_for_vm(target->vm);
		} else {
			address = ALIGN(address + 1, memflow_fault_batch());
			ret = 0;
			tries = 0;
		}
		if (ret)
			return ret;
	}
	return 0;
}

int memflow_populate(struct memflow_target *target, const void __user *arg)
{
	struct memflow_populate request = {};
	u32 size;
	int ret;

	ret = memflow_copy_struct(&request, sizeof(request), arg, &size);
	if (ret)
		return ret;
	if (size < sizeof(request) || request.flags ||
	    (request.address | request.length) & ~PAGE_MASK ||
	    request.address + request.length < request.address)
		return -EINVAL;
	if (request.address + request.length > TASK_SIZE)
		return -ENOMEM;
	return populate(target, request.address, request.address + request.length);
}
