// SPDX-License-Identifier: GPL-2.0-only
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "legacy.h"
#include "target.h"
#include "vm.h"

/* The first @room memslots, as user space of memflow-kvm wants them. */
static int put_slots(u64 user, const struct memflow_memslot *slots, u32 count)
{
	struct memflow_slot __user *out = u64_to_user_ptr(user);
	u32 i;

	for (i = 0; i < count; i++) {
		struct memflow_slot slot = {
			.base = slots[i].gpa,
			.host_base = slots[i].hva,
			.map_size = slots[i].length,
		};

		if (copy_to_user(&out[i], &slot, sizeof(slot)))
			return -EFAULT;
	}
	return 0;
}

static struct memflow_memslot *current_slots(struct memflow_vm *vm, u32 *count)
{
	u64 generation;
	int ret;

	ret = memflow_layout_refresh(vm);
	if (ret)
		return ERR_PTR(ret);
	if (memflow_vm_is_dead(vm))
		return ERR_PTR(-ENODEV);
	return memflow_layout_snapshot(vm, count, &generation);
}

int memflow_legacy_info(struct memflow_vm *vm, void __user *arg)
{
	struct memflow_vm_info info;
	struct memflow_memslot *slots;
	u32 count;
	int ret;

	if (copy_from_user(&info, arg, sizeof(info)))
		return -EFAULT;
	slots = current_slots(vm, &count);
	if (IS_ERR(slots))
		return PTR_ERR(slots);
	info.userspace_pid = vm->pid;
	info.slot_count = min(info.slot_count, count);
	ret = put_slots(info.slots, slots, info.slot_count);
	kvfree(slots);
	if (!ret && copy_to_user(arg, &info, sizeof(info)))
		ret = -EFAULT;
	return ret;
}

static void unmap_slots(const struct memflow_memslot *slots, u32 count)
{
	while (count--)
		vm_munmap(slots[count].hva, slots[count].length);
}

/* Replaces each hva by the address in the caller. */
static int map_slots(struct file *file, struct memflow_memslot *slots, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		bool writable = (file->f_mode & FMODE_WRITE) &&
				!(slots[i].flags & MEMFLOW_READONLY);
		unsigned long address;

		address = vm_mmap(file, 0, slots[i].length,
				  PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED,
				  slots[i].gpa);
		if (IS_ERR_VALUE(address)) {
			unmap_slots(slots, i);
			return address;
		}
		slots[i].hva = address;
	}
	return 0;
}

int memflow_legacy_map(struct file *file, void __user *arg)
{
	struct memflow_target *target = file->private_data;
	unsigned int flags = target->flags;
	struct memflow_vm_map_info info;
	struct memflow_memslot *slots;
	u32 count;
	int ret;

	/* What comes of a descriptor allows nothing that the descriptor does not. */
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (!(file->f_mode & FMODE_WRITE))
		flags |= MEMFLOW_READONLY;
	if (copy_from_user(&info, arg, sizeof(info)))
		return -EFAULT;
	slots = current_slots(target->vm, &count);
	if (IS_ERR(slots))
		return PTR_ERR(slots);
	count = min(info.slot_count, count);
	ret = map_slots(file, slots, count);
	if (ret)
		goto out;
	info.slot_count = count;
	ret = put_slots(info.slots, slots, count);
	if (!ret && copy_to_user(arg, &info, sizeof(info)))
		ret = -EFAULT;
	/* The descriptor comes last: once it is there it cannot be taken back. */
	if (!ret)
		ret = memflow_target_fd(memflow_vm_get(target->vm), flags);
	if (ret < 0)
		unmap_slots(slots, count);
out:
	kvfree(slots);
	return ret;
}
