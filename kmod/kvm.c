// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/kvm_host.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/sort.h>
#include <linux/srcu.h>

#include "compat.h"
#include "kvm.h"

static struct kvm *to_kvm(const struct file *file)
{
	return file->private_data;
}

/*
 * kvm_main.c makes the file with anon_inode_getfile("kvm-vm", …), unchanged from
 * 5.10 to 7.3, and no user can name an anonymous inode. file_is_kvm() would say
 * the same, but is not exported to us everywhere; and f_op->owner is unset in
 * 5.19 to 6.5.
 */
bool memflow_kvm_is_vm(const struct file *file)
{
	const struct dentry *dentry = file->f_path.dentry;

	/* A descriptor by O_PATH has the name, and no VM behind it. */
	return !(file->f_mode & FMODE_PATH) &&
	       dentry->d_sb->s_magic == ANON_INODE_FS_MAGIC &&
	       !strcmp(dentry->d_name.name, "kvm-vm");
}

struct mm_struct *memflow_kvm_mm(const struct file *file)
{
	return to_kvm(file)->mm;
}

pid_t memflow_kvm_pid(const struct file *file)
{
	return to_kvm(file)->userspace_pid;
}

static bool slot_is_live(const struct kvm_memory_slot *slot)
{
	return slot->npages && !(slot->flags & KVM_MEMSLOT_INVALID);
}

static unsigned int count_slots(struct kvm_memslots *slots)
{
	struct kvm_memory_slot *slot;
	unsigned int count = 0;
	int bkt __maybe_unused;

	memflow_for_each_memslot(slot, bkt, slots)
		count += slot_is_live(slot);
	return count;
}

bool memflow_kvm_has_memory(const struct file *file)
{
	struct kvm *kvm = to_kvm(file);
	bool ret;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	ret = count_slots(kvm_memslots(kvm));
	srcu_read_unlock(&kvm->srcu, idx);
	return ret;
}

bool memflow_kvm_is_confidential(const struct file *file)
{
#ifdef KVM_MEM_GUEST_MEMFD
	struct kvm *kvm = to_kvm(file);
	struct kvm_memory_slot *slot;
	int idx, bkt __maybe_unused;
	bool ret = false;

	/*
	 * guest_memfd's private pages are not at the slot's userspace_addr,
	 * whatever protects them (SNP, TDX, or nothing but software).
	 */
	idx = srcu_read_lock(&kvm->srcu);
	memflow_for_each_memslot(slot, bkt, kvm_memslots(kvm))
		ret |= !!(slot->flags & KVM_MEM_GUEST_MEMFD);
	srcu_read_unlock(&kvm->srcu, idx);
	return ret;
#else
	/*
	 * Here only SEV and SEV-ES exist, which kvm_amd keeps to itself. Their
	 * memory is safe to map: the host sees ciphertext.
	 */
	return false;
#endif
}

u64 memflow_kvm_generation(const struct file *file)
{
	struct kvm *kvm = to_kvm(file);
	u64 generation;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	generation = kvm_memslots(kvm)->generation;
	srcu_read_unlock(&kvm->srcu, idx);
	return generation;
}

static int compare_slots(const void *a, const void *b)
{
	const struct memflow_kvm_slot *left = a, *right = b;

	return left->gpa < right->gpa ? -1 : left->gpa > right->gpa;
}

static bool in_order(const struct memflow_kvm_slot *slots, unsigned int count)
{
	unsigned int i;

	for (i = 1; i < count; i++)
		if (slots[i - 1].gpa > slots[i].gpa)
			return false;
	return true;
}

/* Returns the number there are, also where that is more than @room. */
static unsigned int copy_slots(struct kvm *kvm, struct memflow_kvm_slot *out,
			       unsigned int room, u64 *generation)
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	MEMFLOW_MEMSLOT_ITER iter __maybe_unused;
	unsigned int n = 0;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slots = kvm_memslots(kvm);
	*generation = slots->generation;
	memflow_for_each_memslot_in_order(slot, &iter, slots) {
		if (!slot_is_live(slot))
			continue;
		if (n < room)
			out[n] = (struct memflow_kvm_slot) {
				.gpa = (u64)slot->base_gfn << PAGE_SHIFT,
				.length = (u64)slot->npages << PAGE_SHIFT,
				.hva = slot->userspace_addr,
				.readonly = slot->flags & KVM_MEM_READONLY,
			};
		n++;
	}
	srcu_read_unlock(&kvm->srcu, idx);
	return n;
}

int memflow_kvm_slots(const struct file *file, struct memflow_kvm_slot **slots,
		      u64 *generation)
{
	struct kvm *kvm = to_kvm(file);
	unsigned int room = 0, n;

	/*
	 * Nothing is allocated inside the SRCU section: reclaim may wait for
	 * KVM, and KVM's slot updates wait for the section to end.
	 */
	*slots = NULL;
	for (;;) {
		n = copy_slots(kvm, *slots, room, generation);
		if (n <= room)
			break;
		kvfree(*slots);
		room = n + 8;
		*slots = kvmalloc_array(room, sizeof(**slots), GFP_KERNEL_ACCOUNT);
		if (!*slots)
			return -ENOMEM;
	}
	/* Sorting hundreds takes longer than all else that a change of one takes. */
	if (!in_order(*slots, n))
		sort(*slots, n, sizeof(**slots), compare_slots, NULL);
	return n;
}
