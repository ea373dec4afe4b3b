// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reference of the benchmarks, for a disposable host and nothing else: maps another
 * process's memory the straightforward way, as modules without notifiers have to. All of
 * it is made present, pinned and mapped at once, and unpinned when it is unmapped.
 *
 * It follows nothing that happens to that memory, and checks no more than that its
 * caller is root. It is never installed.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "pin.h"

#define CHUNK	512UL	/* pages pinned by one call */

struct pin_file {
	unsigned long count;	/* pages pinned */
	struct page **pages;
};

static struct mm_struct *mm_of(pid_t number)
{
	struct task_struct *task = get_pid_task(find_vpid(number), PIDTYPE_PID);
	struct mm_struct *mm;

	if (!task)
		return NULL;
	mm = get_task_mm(task);
	put_task_struct(task);
	return mm;
}

static long pin_pages(struct pin_file *pin, struct mm_struct *mm, u64 hva, u64 length)
{
	unsigned long total = length >> PAGE_SHIFT;
	long n = 0;

	pin->pages = kvmalloc_array(total, sizeof(*pin->pages), GFP_KERNEL);
	if (!pin->pages)
		return -ENOMEM;
	while (pin->count < total) {
		mmap_read_lock(mm);
		n = memflow_pin_user_pages_remote(mm, hva + (pin->count << PAGE_SHIFT),
						  min(CHUNK, total - pin->count),
						  FOLL_WRITE | FOLL_LONGTERM,
						  pin->pages + pin->count, NULL);
		mmap_read_unlock(mm);
		if (n <= 0)
			return n ?: -EFAULT;
		pin->count += n;
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return 0;
}

static void unpin_pages(struct pin_file *pin)
{
	unpin_user_pages_dirty_lock(pin->pages, pin->count, true);
	kvfree(pin->pages);
	pin->pages = NULL;
	pin->count = 0;
}

/* One call for each run of pages that follow one another. */
static int pin_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct pin_file *pin = file->private_data;
	unsigned long i, run;
	int ret = 0;

	if (!(vma->vm_flags & VM_SHARED) || vma->vm_pgoff ||
	    vma_pages(vma) != pin->count)
		return -EINVAL;
	vm_flags_set(vma, VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP);
	for (i = 0; i < pin->count && !ret; i += run) {
		unsigned long pfn = page_to_pfn(pin->pages[i]);

		for (run = 1; i + run < pin->count; run++)
			if (page_to_pfn(pin->pages[i + run]) != pfn + run)
				break;
		ret = remap_pfn_range(vma, vma->vm_start + (i << PAGE_SHIFT), pfn,
				      run << PAGE_SHIFT, vma->vm_page_prot);
	}
	return ret;
}

static long pin_map(struct file *file, struct memflow_pin *arg)
{
	struct pin_file *pin = file->private_data;
	struct mm_struct *mm;
	long ret;

	if (pin->pages || arg->reserved || !arg->length ||
	    (arg->hva | arg->length) & ~PAGE_MASK)
		return -EINVAL;
	mm = mm_of(arg->pid);
	if (!mm)
		return -ESRCH;
	ret = pin_pages(pin, mm, arg->hva, arg->length);
	mmput(mm);
	if (ret)
		return ret;	/* what was pinned goes with the file */
	ret = vm_mmap(file, 0, arg->length, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	if (IS_ERR_VALUE(ret))
		return ret;
	arg->address = ret;
	return 0;
}

static long pin_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	void __user *user = (void __user *)value;
	struct memflow_pin arg;
	long ret;

	if (cmd != MEMFLOW_PIN_MAP)
		return -ENOTTY;
	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	ret = pin_map(file, &arg);
	if (!ret && copy_to_user(user, &arg, sizeof(arg)))
		return -EFAULT;
	return ret;
}

static int pin_open(struct inode *inode, struct file *file)
{
	struct pin_file *pin = kzalloc(sizeof(*pin), GFP_KERNEL);

	file->private_data = pin;
	return pin ? 0 : -ENOMEM;
}

/* The mapping holds the file: this comes after it is gone. */
static int pin_release(struct inode *inode, struct file *file)
{
	struct pin_file *pin = file->private_data;

	if (pin->pages)
		unpin_pages(pin);
	kfree(pin);
	return 0;
}

static const struct file_operations pin_fops = {
	.owner = THIS_MODULE,
	.open = pin_open,
	.release = pin_release,
	.mmap = pin_mmap,
	.unlocked_ioctl = pin_ioctl,
};

static struct miscdevice pin_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "memflow-pin",
	.fops = &pin_fops,
	.mode = 0600,
};

module_misc_device(pin_device);

MODULE_DESCRIPTION("Reference of memflow-libvirt's benchmarks; not for use");
MODULE_LICENSE("GPL");
