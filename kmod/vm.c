// SPDX-License-Identifier: GPL-2.0-only
/*
 * Life and death of a VM object.
 *
 * It dies with the address space of the VM's process: an interval notifier hears
 * that, the status page says it, and a work item lets go of all that is held. What
 * readers have mapped stays mapped and reads as zeros.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/wait_bit.h>

#include "compat.h"
#include "inode.h"
#include "kvm.h"
#include "node.h"
#include "vm.h"

static unsigned int watch_ms = 100;
module_param(watch_ms, uint, 0644);
MODULE_PARM_DESC(watch_ms,
		 "how often a mapped VM is checked for changed memslots, in ms");

static struct workqueue_struct *memflow_wq;

/* VMs that are not freed yet. */
static atomic_t nr_vms;

static bool lifetime_invalidate(struct mmu_interval_notifier *notifier,
				const struct mmu_notifier_range *range,
				unsigned long seq)
{
	struct memflow_vm *vm = container_of(notifier, struct memflow_vm, lifetime);

	/* Nobody reads the sequence: the range stands for the whole mm. */
	mmu_interval_set_seq(notifier, seq);
	if (range->event == MMU_NOTIFY_RELEASE)
		memflow_vm_kill(vm);
	return true;
}

static const struct mmu_interval_notifier_ops lifetime_ops = {
	.invalidate = lifetime_invalidate,
};

void memflow_vm_kill(struct memflow_vm *vm)
{
	/*
	 * Seen before any mapping changes, and before a fault takes the VM for dead
	 * and reads as zeros; pairs with the reader's acquire. xchg() is the barrier.
	 */
	WRITE_ONCE(vm->status->alive, 0);
	if (xchg(&vm->dead, true))
		return;
	wake_up_all(&vm->wait);
	/* No reference left means that it is being freed anyway. */
	if (kref_get_unless_zero(&vm->ref))
		queue_work(memflow_wq, &vm->death_work);
}

static void let_go(struct memflow_vm *vm)
{
	mutex_lock(&vm->refresh_lock);
	memflow_layout_drop(vm);
	if (vm->watched)
		mmu_interval_notifier_remove(&vm->lifetime);
	vm->watched = false;
	mutex_unlock(&vm->refresh_lock);
}

static void death_work(struct work_struct *work)
{
	struct memflow_vm *vm = container_of(work, struct memflow_vm, death_work);

	memflow_node_forget(vm);
	let_go(vm);
	memflow_vm_put(vm);
}

static void watch_work(struct work_struct *work)
{
	struct memflow_vm *vm = container_of(to_delayed_work(work),
					     struct memflow_vm, watch_work);

	memflow_layout_refresh(vm);
	memflow_layout_zap_blanks(vm);
	/* Who starts to wait just now starts the watch, too: no barrier needed. */
	if (mapping_mapped(vm->inode->i_mapping) || waitqueue_active(&vm->wait))
		memflow_vm_watch(vm);
}

void memflow_vm_watch(struct memflow_vm *vm)
{
	if (!memflow_vm_is_dead(vm))
		queue_delayed_work(memflow_wq, &vm->watch_work,
				   msecs_to_jiffies(READ_ONCE(watch_ms)));
}

static void forget_vm(void)
{
	if (atomic_dec_and_test(&nr_vms))
		wake_up_var(&nr_vms);
}

static void vm_free(struct kref *ref)
{
	struct memflow_vm *vm = container_of(ref, struct memflow_vm, ref);

	cancel_delayed_work_sync(&vm->watch_work);
	let_go(vm);
	iput(vm->inode);
	__free_page(vm->status_page);
	mmdrop(vm->mm);
	kfree(vm);
	forget_vm();
}

struct memflow_vm *memflow_vm_get(struct memflow_vm *vm)
{
	kref_get(&vm->ref);
	return vm;
}

void memflow_vm_put(struct memflow_vm *vm)
{
	kref_put(&vm->ref, vm_free);
}

static int start_watching(struct memflow_vm *vm)
{
	int ret;

	/*
	 * Any range hears of the release of the mm. Page 0 hears of little else,
	 * and its place in the tree makes it the first to hear.
	 */
	ret = mmu_interval_notifier_insert(&vm->lifetime, vm->mm, 0, PAGE_SIZE,
					   &lifetime_ops);
	vm->watched = !ret;
	return ret;
}

struct memflow_vm *memflow_vm_create(struct file *file, unsigned int flags)
{
	struct mm_struct *mm = memflow_kvm_mm(file);
	struct memflow_vm *vm;
	int ret;

	if (memflow_kvm_is_confidential(file))
		return ERR_PTR(-EOPNOTSUPP);

	vm = kzalloc(sizeof(*vm), GFP_KERNEL_ACCOUNT);
	if (!vm)
		return ERR_PTR(-ENOMEM);
	atomic_inc(&nr_vms);
	kref_init(&vm->ref);
	vm->pid = memflow_kvm_pid(file);
	vm->flags = flags & MEMFLOW_READONLY;
	init_rwsem(&vm->layout_lock);
	mutex_init(&vm->refresh_lock);
	mutex_init(&vm->table_lock);
	INIT_WORK(&vm->death_work, death_work);
	INIT_DELAYED_WORK(&vm->watch_work, watch_work);
	init_waitqueue_head(&vm->wait);

	vm->status_page = alloc_page(MEMFLOW_GFP_MAPPABLE | __GFP_ZERO);
	if (!vm->status_page) {
		ret = -ENOMEM;
		goto free_vm;
	}
	vm->status = page_address(vm->status_page);
	vm->status->abi = MEMFLOW_ABI_VERSION;
	vm->status->alive = 1;

	vm->inode = memflow_inode_new();
	if (IS_ERR(vm->inode)) {
		ret = PTR_ERR(vm->inode);
		goto free_status;
	}

	/* Notifiers may only be added to an mm that is in use. */
	if (!mmget_not_zero(mm)) {
		ret = -ESRCH;
		goto free_inode;
	}
	mmgrab(mm);
	vm->mm = mm;
	vm->kvm_file = get_file(file);
	ret = start_watching(vm);
	if (!ret)
		ret = memflow_layout_refresh(vm);
	mmput_async(mm);
	if (ret) {
		memflow_vm_put(vm);
		return ERR_PTR(ret);
	}
	fput(file);
	return vm;

free_inode:
	iput(vm->inode);
free_status:
	__free_page(vm->status_page);
free_vm:
	kfree(vm);
	forget_vm();
	return ERR_PTR(ret);
}

int memflow_vm_init(void)
{
	int ret;

	memflow_wq = alloc_workqueue("memflow", WQ_UNBOUND, 0);
	if (!memflow_wq)
		return -ENOMEM;
	ret = memflow_inode_init();
	if (ret)
		destroy_workqueue(memflow_wq);
	return ret;
}

void memflow_vm_exit(void)
{
	/*
	 * What died shortly before may still be on its way out, up to having taken a
	 * reference and queued nothing yet. The last to go goes in a work item.
	 */
	wait_var_event(&nr_vms, !atomic_read(&nr_vms));
	destroy_workqueue(memflow_wq);
	memflow_inode_exit();
}
