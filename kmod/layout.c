// SPDX-License-Identifier: GPL-2.0-only
/*
 * The layout: which memory of the VM's process is where in the guest.
 *
 * KVM tells nobody when memslots change. So what is mapped is a snapshot, one
 * region per memslot with a notifier of its own, compared with KVM's generation
 * whenever something is asked of the VM. A region stays, with its notifier, until
 * its page table entries are gone, whatever became of the memslot.
 */
#include <linux/bitmap.h>
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "kvm.h"
#include "vm.h"

static void free_region(struct memflow_region *region)
{
	kvfree(region->mapped);
	kfree(region);
}

static struct memflow_region *new_region(struct memflow_vm *vm,
					 const struct memflow_kvm_slot *slot)
{
	size_t blocks = DIV_ROUND_UP_ULL(slot->length, 1UL << MEMFLOW_BLOCK_SHIFT);
	struct memflow_region *region;
	int ret;

	region = kzalloc(sizeof(*region), GFP_KERNEL_ACCOUNT);
	if (!region)
		return ERR_PTR(-ENOMEM);
	region->mapped = kvcalloc(BITS_TO_LONGS(blocks), sizeof(long),
				  GFP_KERNEL_ACCOUNT);
	if (!region->mapped) {
		kfree(region);
		return ERR_PTR(-ENOMEM);
	}
	region->vm = vm;
	spin_lock_init(&region->lock);
	region->gpa = slot->gpa;
	region->length = slot->length;
	region->hva = slot->hva;
	region->readonly = slot->readonly;
	region->blank_start = U64_MAX;

	ret = mmu_interval_notifier_insert(&region->notifier, vm->mm, slot->hva,
					   slot->length, &memflow_region_ops);
	if (ret) {
		free_region(region);
		return ERR_PTR(ret);
	}
	return region;
}

static void remove_region(struct memflow_region *region)
{
	mmu_interval_notifier_remove(&region->notifier);
	free_region(region);
}

static bool region_is_slot(const struct memflow_region *region,
			   const struct memflow_kvm_slot *slot)
{
	return region->gpa == slot->gpa && region->length == slot->length &&
	       region->hva == slot->hva && region->readonly == slot->readonly;
}

/* Both are in order of gpa, so @from only ever moves on. */
static struct memflow_region *find_same(const struct memflow_layout *layout,
					const struct memflow_kvm_slot *slot,
					unsigned int *from)
{
	while (layout && *from < layout->count &&
	       layout->regions[*from]->gpa < slot->gpa)
		(*from)++;
	if (layout && *from < layout->count &&
	    region_is_slot(layout->regions[*from], slot))
		return layout->regions[*from];
	return NULL;
}

/*
 * Each region knows the newest layout that it was taken into. A layout that goes
 * takes along those regions that are in no other.
 */
static void free_layout(struct memflow_layout *layout, const struct memflow_layout *newest)
{
	unsigned int i;

	for (i = 0; layout && i < layout->count; i++)
		if (layout->regions[i]->layout == newest)
			remove_region(layout->regions[i]);
	kvfree(layout);
}

static struct memflow_layout *new_layout(struct memflow_vm *vm, struct file *file)
{
	struct memflow_kvm_slot *slots;
	struct memflow_layout *layout;
	unsigned int i, from = 0;
	u64 generation;
	int count;

	count = memflow_kvm_slots(file, &slots, &generation);
	if (count < 0)
		return ERR_PTR(count);
	layout = kvzalloc(struct_size(layout, regions, count), GFP_KERNEL_ACCOUNT);
	if (!layout) {
		layout = ERR_PTR(-ENOMEM);
		goto out;
	}
	layout->generation = generation;
	for (i = 0; i < count; i++) {
		struct memflow_region *region;

		region = find_same(vm->layout, &slots[i], &from) ?:
			 new_region(vm, &slots[i]);
		if (IS_ERR(region)) {
			free_layout(layout, NULL);
			layout = ERR_CAST(region);
			goto out;
		}
		layout->regions[layout->count++] = region;
		layout->end = region->gpa + region->length;
		if (!region->readonly)
			layout->ram_size += region->length;
	}
out:
	kvfree(slots);
	return layout;
}

/* Whether a reader may have an entry of it; no new ones come of a layout that was replaced. */
static bool is_mapped(struct memflow_region *region)
{
	u64 blocks = DIV_ROUND_UP_ULL(region->length, 1ULL << MEMFLOW_BLOCK_SHIFT);
	bool mapped;

	spin_lock(&region->lock);
	mapped = !bitmap_empty(region->mapped, blocks);
	spin_unlock(&region->lock);
	return mapped;
}

/* Zeros, where regions of @layout have come that no layout had before. */
static void zap_come(struct memflow_vm *vm, const struct memflow_layout *layout)
{
	unsigned int i;

	for (i = 0; i < layout->count; i++)
		if (!layout->regions[i]->layout)
			memflow_zap(vm, layout->regions[i]->gpa,
				    layout->regions[i]->length);
}

/*
 * The regions of @layout that are in no newer one. At the end of the VM its process
 * has had most of it zapped, and there may be many readers times many regions.
 */
static void zap_gone(struct memflow_vm *vm, const struct memflow_layout *layout)
{
	unsigned int i;

	for (i = 0; layout && i < layout->count; i++)
		if (layout->regions[i]->layout == layout && is_mapped(layout->regions[i]))
			memflow_zap(vm, layout->regions[i]->gpa,
				    layout->regions[i]->length);
}

static bool same_regions(const struct memflow_layout *a, const struct memflow_layout *b)
{
	return a && a->count == b->count &&
	       !memcmp(a->regions, b->regions, a->count * sizeof(a->regions[0]));
}

/* With refresh_lock. Returns whether the VM still was there to take it. */
static bool install_layout(struct memflow_vm *vm, struct memflow_layout *layout,
			   bool changed)
{
	bool alive;

	down_write(&vm->layout_lock);
	alive = vm->kvm_file;
	if (alive) {
		if (changed)
			WRITE_ONCE(vm->status->generation, vm->status->generation + 1);
		/* Seen before any mapping changes; pairs with the reader's acquire. */
		smp_wmb();
		vm->layout = layout;
	}
	up_write(&vm->layout_lock);
	return alive;
}

static int refresh_locked(struct memflow_vm *vm, struct file *file)
{
	struct memflow_layout *old = vm->layout, *new;
	unsigned int i;
	bool changed;

	new = new_layout(vm, file);
	if (IS_ERR(new))
		return PTR_ERR(new);
	changed = !same_regions(old, new);
	if (!install_layout(vm, new, changed)) {
		free_layout(new, NULL);
		return -ENODEV;
	}
	if (changed)
		zap_come(vm, new);
	for (i = 0; i < new->count; i++)
		new->regions[i]->layout = new;
	if (changed) {
		zap_gone(vm, old);
		wake_up_all(&vm->wait);
	}
	free_layout(old, old);
	return 0;
}

static void zap_blank(struct memflow_region *region)
{
	u64 start, end;

	spin_lock(&region->lock);
	start = region->blank_start;
	end = region->blank_end;
	region->blank_start = U64_MAX;
	region->blank_end = 0;
	spin_unlock(&region->lock);
	if (start < end)
		memflow_zap(region->vm, region->gpa + start, end - start);
}

void memflow_layout_zap_blanks(struct memflow_vm *vm)
{
	unsigned int i;

	mutex_lock(&vm->refresh_lock);
	for (i = 0; vm->layout && i < vm->layout->count; i++)
		zap_blank(vm->layout->regions[i]);
	mutex_unlock(&vm->refresh_lock);
}

bool memflow_layout_is_current(struct memflow_vm *vm)
{
	lockdep_assert_held(&vm->layout_lock);
	return vm->layout &&
	       vm->layout->generation == memflow_kvm_generation(vm->kvm_file);
}

/* A reference to the VM's file if there is something to take in. */
static struct file *get_stale(struct memflow_vm *vm)
{
	struct file *file = NULL;

	down_read(&vm->layout_lock);
	if (vm->kvm_file && !memflow_layout_is_current(vm))
		file = get_file(vm->kvm_file);
	up_read(&vm->layout_lock);
	return file;
}

int memflow_layout_refresh(struct memflow_vm *vm)
{
	struct file *file;
	int ret;

	/* Whoever lets go of it has the lock for long: poll() is to say so now. */
	if (memflow_vm_is_dead(vm))
		return -ENODEV;
	/*
	 * The lock comes first: without it this could return while another's
	 * refresh has swapped the layout but not yet zapped the old one.
	 */
	ret = mutex_lock_killable(&vm->refresh_lock);
	if (ret)
		return ret;
	file = get_stale(vm);
	if (file) {
		ret = -ENODEV;
		if (mmget_not_zero(vm->mm)) {
			ret = refresh_locked(vm, file);
			mmput_async(vm->mm);
		}
		fput(file);
	}
	mutex_unlock(&vm->refresh_lock);
	return ret;
}

void memflow_layout_drop(struct memflow_vm *vm)
{
	struct memflow_layout *layout;
	struct file *file;

	lockdep_assert_held(&vm->refresh_lock);
	down_write(&vm->layout_lock);
	layout = vm->layout;
	file = vm->kvm_file;
	vm->layout = NULL;
	vm->kvm_file = NULL;
	up_write(&vm->layout_lock);

	zap_gone(vm, layout);
	free_layout(layout, layout);
	if (file)
		fput(file);
}

struct memflow_memslot *memflow_layout_snapshot(struct memflow_vm *vm, u32 *count,
						u64 *generation)
{
	bool show_hva = capable(CAP_SYS_PTRACE);
	struct memflow_memslot *slots = NULL;
	unsigned int room = 0, i, n;

	for (;;) {
		down_read(&vm->layout_lock);
		n = vm->layout ? vm->layout->count : 0;
		if (n <= room)
			break;
		up_read(&vm->layout_lock);
		kvfree(slots);
		room = n + 8;
		slots = kvcalloc(room, sizeof(*slots), GFP_KERNEL_ACCOUNT);
		if (!slots)
			return ERR_PTR(-ENOMEM);
	}
	for (i = 0; i < n; i++) {
		const struct memflow_region *region = vm->layout->regions[i];

		slots[i] = (struct memflow_memslot) {
			.gpa = region->gpa,
			.length = region->length,
			.hva = show_hva ? region->hva : 0,
			.flags = region->readonly ? MEMFLOW_READONLY : 0,
		};
	}
	*generation = memflow_vm_generation(vm);
	up_read(&vm->layout_lock);
	*count = n;
	return slots;
}

struct memflow_region *memflow_layout_find(struct memflow_vm *vm, u64 gpa,
					   u64 *hole_end)
{
	const struct memflow_layout *layout = vm->layout;
	unsigned int low = 0, high = layout ? layout->count : 0;

	lockdep_assert_held(&vm->layout_lock);
	/* The first region that ends beyond @gpa. */
	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const struct memflow_region *region = layout->regions[middle];

		if (region->gpa + region->length <= gpa)
			low = middle + 1;
		else
			high = middle;
	}
	if (layout && low < layout->count) {
		*hole_end = layout->regions[low]->gpa;
		return *hole_end <= gpa ? layout->regions[low] : NULL;
	}
	*hole_end = U64_MAX;
	return NULL;
}
