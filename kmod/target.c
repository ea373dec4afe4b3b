// SPDX-License-Identifier: GPL-2.0-only
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "audit.h"
#include "compat.h"
#include "control.h"
#include "legacy.h"
#include "node.h"
#include "populate.h"
#include "target.h"
#include "vm.h"

/* No guest physical address is beyond what page tables can say. */
#define GPA_BITS	52

static struct memflow_target *to_target(struct file *file)
{
	return file->private_data;
}

int memflow_target_open(struct file *file, struct memflow_vm *vm, unsigned int flags)
{
	struct memflow_target *target;

	flags |= vm->flags;
	if ((flags & MEMFLOW_READONLY) && (file->f_mode & FMODE_WRITE))
		return -EACCES;
	if (memflow_vm_is_dead(vm))
		return -ENODEV;
	target = kzalloc(sizeof(*target), GFP_KERNEL_ACCOUNT);
	if (!target)
		return -ENOMEM;
	target->vm = vm;
	target->flags = flags;
	target->seen = memflow_vm_generation(vm);
	file->private_data = target;
	file->f_mapping = vm->inode->i_mapping;
	file->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	return 0;
}

int memflow_target_fd(struct memflow_vm *vm, unsigned int flags)
{
	int open_flags = (flags & MEMFLOW_READONLY) ? O_RDONLY : O_RDWR;
	struct file *file;
	int fd, ret;

	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0) {
		ret = fd;
		goto put_vm;
	}
	/*
	 * Not in the mount of the VMs' inodes: the last that is done to a file, when it
	 * holds no module any more, is to let go of its inode and its mount.
	 */
	file = anon_inode_getfile("memflow-vm", &memflow_target_fops, NULL, open_flags);
	if (IS_ERR(file)) {
		ret = PTR_ERR(file);
		goto put_fd;
	}
	ret = memflow_target_open(file, vm, flags);
	if (ret) {
		fput(file);
		goto put_fd;
	}
	memflow_audit_open(vm, NULL, open_flags == O_RDWR);
	fd_install(fd, file);
	return fd;

put_fd:
	put_unused_fd(fd);
put_vm:
	memflow_vm_put(vm);
	return ret;
}

static int target_release(struct inode *inode, struct file *file)
{
	struct memflow_target *target = to_target(file);

	if (!target)	/* never became one */
		return 0;
	memflow_vm_put(target->vm);
	if (target->sink)
		__free_page(target->sink);
	kfree(target);
	return 0;
}

struct page *memflow_target_sink(struct memflow_target *target)
{
	struct page *page = READ_ONCE(target->sink), *other;

	if (page)
		return page;
	page = alloc_page(GFP_KERNEL_ACCOUNT | __GFP_ZERO);
	if (!page)
		return NULL;
	other = cmpxchg(&target->sink, NULL, page);
	if (other) {
		__free_page(page);
		page = other;
	}
	return page;
}

static ssize_t target_read_iter(struct kiocb *kiocb, struct iov_iter *iter)
{
	struct memflow_target *target = to_target(kiocb->ki_filp);
	ssize_t ret;

	ret = memflow_copy(target->vm, kiocb->ki_pos, iter, MEMFLOW_COPY_ZERO_HOLES);
	if (ret > 0)
		kiocb->ki_pos += ret;
	return ret;
}

static ssize_t target_write_iter(struct kiocb *kiocb, struct iov_iter *iter)
{
	struct memflow_target *target = to_target(kiocb->ki_filp);
	ssize_t ret;

	ret = memflow_copy(target->vm, kiocb->ki_pos, iter, MEMFLOW_COPY_TO_GUEST);
	if (ret > 0)
		kiocb->ki_pos += ret;
	return ret;
}

static u64 end_of_memory(struct memflow_vm *vm)
{
	u64 end;

	down_read(&vm->layout_lock);
	end = vm->layout ? vm->layout->end : 0;
	up_read(&vm->layout_lock);
	return end;
}

/* The next byte at or after @pos that is, or is not, memory. */
static loff_t seek_data_hole(struct memflow_vm *vm, loff_t pos, bool data)
{
	struct memflow_region *region;
	u64 end, hole_end;

	down_read(&vm->layout_lock);
	end = vm->layout ? vm->layout->end : 0;
	if (pos < 0 || pos >= end) {
		pos = -ENXIO;
	} else if (data) {
		region = memflow_layout_find(vm, pos, &hole_end);
		if (!region)
			pos = hole_end;
	} else {
		while ((region = memflow_layout_find(vm, pos, &hole_end)))
			pos = region->gpa + region->length;
	}
	up_read(&vm->layout_lock);
	return pos;
}

static loff_t target_llseek(struct file *file, loff_t offset, int whence)
{
	struct memflow_vm *vm = to_target(file)->vm;
	loff_t end;
	int ret;

	ret = memflow_layout_refresh(vm);
	if (ret)
		return ret;
	if (memflow_vm_is_dead(vm))
		return -ENODEV;
	end = end_of_memory(vm);
	if (whence == SEEK_DATA || whence == SEEK_HOLE) {
		offset = seek_data_hole(vm, offset, whence == SEEK_DATA);
		if (offset < 0)
			return offset;
		whence = SEEK_SET;
	}
	return generic_file_llseek_size(file, offset, whence, 1LL << GPA_BITS, end);
}

static __poll_t target_poll(struct file *file, struct poll_table_struct *wait)
{
	struct memflow_target *target = to_target(file);
	struct memflow_vm *vm = target->vm;
	__poll_t ret = 0;

	poll_wait(file, &vm->wait, wait);
	/* Cheap where nothing changed; a kill is noticed by who asks next. */
	memflow_layout_refresh(vm);
	memflow_vm_watch(vm);
	if (memflow_vm_is_dead(vm))
		return EPOLLHUP | EPOLLERR;
	if (memflow_vm_generation(vm) != READ_ONCE(target->seen))
		ret |= EPOLLPRI;
	if (file->f_mode & FMODE_READ)
		ret |= EPOLLIN | EPOLLRDNORM;
	if (file->f_mode & FMODE_WRITE)
		ret |= EPOLLOUT | EPOLLWRNORM;
	return ret;
}

static int map_status(struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start != PAGE_SIZE)
		return -EINVAL;
	if (vma->vm_flags & VM_WRITE)
		return -EACCES;
	vm_flags_clear(vma, VM_MAYWRITE);
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	vma->vm_ops = &memflow_status_vm_ops;
	return 0;
}

static int map_memory(struct vm_area_struct *vma, const struct memflow_target *target)
{
	u64 last = (u64)vma->vm_pgoff + vma_pages(vma) - 1;

	if (last >> (GPA_BITS - PAGE_SHIFT))
		return -EINVAL;
	if ((target->flags & MEMFLOW_READONLY) && (vma->vm_flags & VM_WRITE))
		return -EACCES;
	if (target->flags & MEMFLOW_READONLY)
		vm_flags_clear(vma, VM_MAYWRITE);
	/*
	 * DONTCOPY: a child would get a mapping it never asked for. DONTDUMP: a
	 * core file of the reader is no place for a guest's memory. HUGEPAGE: the
	 * VM's process decides, not what the reader's would get for itself.
	 */
	vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP |
			  VM_HUGEPAGE);
	vma->vm_ops = &memflow_memory_vm_ops;
	return 0;
}

static int target_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct memflow_target *target = to_target(file);
	int ret;

	/* VM_SHARED is not set for a descriptor that is open for reading alone. */
	if (!(vma->vm_flags & VM_MAYSHARE))
		return -EINVAL;
	if (memflow_vm_is_dead(target->vm))
		return -ENODEV;
	/* Nobody runs a guest's code. As on a file system without programs. */
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYEXEC);
	vma->vm_private_data = target;
	if (vma->vm_pgoff == MEMFLOW_STATUS_OFFSET >> PAGE_SHIFT)
		ret = map_status(vma);
	else
		ret = map_memory(vma, target);
	/* Also for the status page alone: it is to say when memory comes. */
	if (!ret)
		memflow_vm_watch(target->vm);
	return ret;
}

static void fill_info(struct memflow_target *target, struct memflow_info *info)
{
	struct memflow_vm *vm = target->vm;

	info->flags = READ_ONCE(target->flags);
	info->state = memflow_vm_is_dead(vm) ? 0 : MEMFLOW_ALIVE;
	if (READ_ONCE(vm->node))
		info->state |= MEMFLOW_PUBLISHED;
	info->pid = vm->pid;
	memcpy(info->uuid, vm->uuid, sizeof(info->uuid));
	down_read(&vm->layout_lock);
	info->generation = memflow_vm_generation(vm);
	if (vm->layout) {
		info->end = vm->layout->end;
		info->ram_size = vm->layout->ram_size;
		info->nr_slots = vm->layout->count;
	}
	up_read(&vm->layout_lock);
}

static int target_info(struct memflow_target *target, void __user *arg)
{
	struct memflow_info info = {};
	u32 size;
	int ret;

	ret = memflow_copy_struct(&info, sizeof(info), arg, &size);
	if (ret)
		return ret;
	ret = memflow_layout_refresh(target->vm);
	if (ret && ret != -ENODEV)
		return ret;
	memset(&info, 0, sizeof(info));
	info.size = size;
	fill_info(target, &info);
	if (copy_to_user(arg, &info, min_t(size_t, size, sizeof(info))))
		return -EFAULT;
	WRITE_ONCE(target->seen, info.generation);
	return 0;
}

static int target_slots(struct memflow_target *target, void __user *arg)
{
	struct memflow_slots request = {};
	struct memflow_memslot *slots;
	u32 size, count, room;
	int ret;

	ret = memflow_copy_struct(&request, sizeof(request), arg, &size);
	if (ret)
		return ret;
	if (size < sizeof(request))
		return -EINVAL;
	ret = memflow_layout_refresh(target->vm);
	if (ret)
		return ret;
	if (memflow_vm_is_dead(target->vm))
		return -ENODEV;
	slots = memflow_layout_snapshot(target->vm, &count, &request.generation);
	if (IS_ERR(slots))
		return PTR_ERR(slots);
	room = min(request.count, count);
	request.count = count;
	ret = 0;
	if (copy_to_user(u64_to_user_ptr(request.slots), slots,
			 array_size(room, sizeof(*slots))) ||
	    copy_to_user(arg, &request, sizeof(request)))
		ret = -EFAULT;
	else
		WRITE_ONCE(target->seen, request.generation);
	kvfree(slots);
	return ret;
}

static int transfer_one(struct memflow_vm *vm, struct memflow_segment __user *user,
			bool to_guest, bool *whole)
{
	struct memflow_segment segment;
	struct iov_iter iter;
	struct iovec iov;
	ssize_t ret = 0;

	if (copy_from_user(&segment, user, sizeof(segment)))
		return -EFAULT;
	iov.iov_base = u64_to_user_ptr(segment.buffer);
	iov.iov_len = min_t(u64, segment.length, MAX_RW_COUNT);
	if (segment.length) {
		iov_iter_init(&iter, to_guest ? WRITE : READ, &iov, 1, iov.iov_len);
		ret = memflow_copy(vm, segment.gpa, &iter,
				   to_guest ? MEMFLOW_COPY_TO_GUEST : 0);
	}
	if (ret == -ERESTARTSYS)
		return ret;
	*whole = ret >= 0 && ret == segment.length;
	return put_user((s64)ret, &user->result) ? -EFAULT : 0;
}

static long target_transfer(struct file *file, void __user *arg)
{
	struct memflow_target *target = to_target(file);
	struct memflow_transfer transfer = {};
	struct memflow_segment __user *segments;
	u32 size, i, done = 0;
	bool to_guest, whole;
	int ret;

	ret = memflow_copy_struct(&transfer, sizeof(transfer), arg, &size);
	if (ret)
		return ret;
	if (size < sizeof(transfer) || transfer.reserved || transfer.count > INT_MAX ||
	    transfer.flags & ~MEMFLOW_TRANSFER_WRITE)
		return -EINVAL;
	to_guest = transfer.flags & MEMFLOW_TRANSFER_WRITE;
	if (!(file->f_mode & (to_guest ? FMODE_WRITE : FMODE_READ)))
		return -EBADF;
	segments = u64_to_user_ptr(transfer.segments);
	for (i = 0; i < transfer.count; i++) {
		if (memflow_vm_is_dead(target->vm))
			return -ENODEV;
		/* Segments without a length would not notice. */
		if (signal_pending(current))
			return i ? -EINTR : -ERESTARTSYS;
		ret = transfer_one(target->vm, &segments[i], to_guest, &whole);
		if (ret)
			return ret == -ERESTARTSYS && i ? -EINTR : ret;
		done += whole;
		cond_resched();
	}
	return done;
}

static int target_set_flags(struct memflow_target *target, void __user *arg)
{
	u32 flags;

	if (get_user(flags, (u32 __user *)arg))
		return -EFAULT;
	if (flags & ~MEMFLOW_STRICT)
		return -EINVAL;
	WRITE_ONCE(target->flags, (target->flags & ~MEMFLOW_STRICT) | flags);
	return 0;
}

static long target_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	struct memflow_target *target = to_target(file);
	void __user *arg = (void __user *)value;

	switch (cmd) {
	case MEMFLOW_VM_INFO:
		return memflow_legacy_info(target->vm, arg);
	case MEMFLOW_MAP_VM:
		return memflow_legacy_map(file, arg);
	case MEMFLOW_IOC_VERSION:
		return memflow_version(arg);
	case MEMFLOW_IOC_INFO:
		return target_info(target, arg);
	case MEMFLOW_IOC_SLOTS:
		return target_slots(target, arg);
	case MEMFLOW_IOC_TRANSFER:
		return target_transfer(file, arg);
	case MEMFLOW_IOC_SET_FLAGS:
		return target_set_flags(target, arg);
	case MEMFLOW_IOC_POPULATE:
		return memflow_populate(target, arg);
	default:
		return -ENOTTY;
	}
}

const struct file_operations memflow_target_fops = {
	.owner = THIS_MODULE,
	.open = memflow_node_open,	/* never called for anonymous targets */
	.release = target_release,
	.read_iter = target_read_iter,
	.write_iter = target_write_iter,
	.llseek = target_llseek,
	.poll = target_poll,
	.mmap = target_mmap,
	.get_unmapped_area = thp_get_unmapped_area,
	.unlocked_ioctl = target_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
