// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copying to and from guest memory, for whoever does not map it: a few pages at a
 * time are held for as long as the copy takes, as process_vm_readv(2) does.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>

#include "compat.h"
#include "kvm.h"
#include "vm.h"

#define COPY_PAGES	16

/* A debugger would rather wait for a millisecond or two than be told EIO. */
#define LOCK_TRIES	10

/**
 * struct piece - what one step copies
 * @hva: where the memory is in the VM's process; 0: nowhere, a hole
 * @length: bytes
 * @generation: of KVM, when it was there
 */
struct piece {
	unsigned long hva;
	u64 length;
	u64 generation;
};

/* Returns 1 with a user of the mm taken, 0 for a hole or the end, or an errno. */
static int find_piece(struct memflow_vm *vm, u64 gpa, u64 want, bool to_guest,
		      struct piece *piece)
{
	struct memflow_region *region;
	u64 hole_end, offset;
	int ret = 0;

	down_read(&vm->layout_lock);
	if (!vm->kvm_file || memflow_vm_is_dead(vm)) {
		ret = -ENODEV;
	} else if (!memflow_layout_is_current(vm)) {
		ret = -EAGAIN;
	} else {
		region = memflow_layout_find(vm, gpa, &hole_end);
		if (region && to_guest && region->readonly) {
			ret = -EROFS;
		} else if (region) {
			offset = gpa - region->gpa;
			piece->hva = region->hva + offset;
			piece->length = min(want, region->length - offset);
			piece->generation = vm->layout->generation;
			ret = mmget_not_zero(vm->mm) ? 1 : -ENODEV;
		} else {
			piece->hva = 0;
			piece->length = hole_end == U64_MAX ? 0 : min(want, hole_end - gpa);
		}
	}
	up_read(&vm->layout_lock);
	return ret;
}

/*
 * Whether the memslots are those that the piece was found in. That the layout is
 * current would not tell: it may be a newer one by now, without this piece.
 */
static bool still_there(struct memflow_vm *vm, const struct piece *piece)
{
	bool ret;

	down_read(&vm->layout_lock);
	ret = vm->kvm_file && memflow_kvm_generation(vm->kvm_file) == piece->generation;
	up_read(&vm->layout_lock);
	return ret;
}

/* For who has a reader's mmap_lock: it may try for some time, but not wait. */
static bool lock_for_a_while(struct mm_struct *mm)
{
	unsigned int tries;

	for (tries = 1; !mmap_read_trylock(mm); tries++) {
		if (tries == LOCK_TRIES || fatal_signal_pending(current))
			return false;
		usleep_range(100, 200);
	}
	return true;
}

/*
 * Who only reads takes no pin: a pin gives the process a copy of its own of what KSM
 * or fork(2) let it share (5.19, "mm: support GUP-triggered unsharing of anonymous
 * pages").
 */
static long look_up_pages(struct mm_struct *mm, unsigned long hva, unsigned int count,
			  bool to_guest, struct page **pages, int *locked)
{
	if (to_guest)
		return memflow_pin_user_pages_remote(mm, hva, count, FOLL_WRITE, pages,
						     locked);
	return memflow_get_user_pages_remote(mm, hva, count, 0, pages, locked);
}

static void put_pages(struct page **pages, long n, bool to_guest)
{
	if (to_guest)
		unpin_user_pages_dirty_lock(pages, n, true);
	else
		while (n)
			put_page(pages[--n]);
}

static long hold_pages(struct mm_struct *mm, unsigned long hva, unsigned int count,
		       enum memflow_copy how, struct page **pages)
{
	bool to_guest = how & MEMFLOW_COPY_TO_GUEST;
	int locked = 1;
	long n;

	if (how & MEMFLOW_COPY_LOCKED) {
		if (!lock_for_a_while(mm))
			return -EBUSY;
		/* The lock stays: to take it anew would be to wait for it. */
		n = look_up_pages(mm, hva, count, to_guest, pages, NULL);
	} else {
		if (mmap_read_lock_killable(mm))
			return -EINTR;
		n = look_up_pages(mm, hva, count, to_guest, pages, &locked);
	}
	if (locked)
		mmap_read_unlock(mm);
	return n ?: -EFAULT;
}

static size_t copy_pages(struct page **pages, unsigned long offset, size_t length,
			 struct iov_iter *iter, bool to_guest)
{
	size_t done = 0;

	while (done < length) {
		size_t n = min_t(size_t, length - done, PAGE_SIZE - offset);
		size_t copied = to_guest ?
			copy_page_from_iter(*pages, offset, n, iter) :
			copy_page_to_iter(*pages, offset, n, iter);

		done += copied;
		if (copied < n)
			break;
		offset = 0;
		pages++;
	}
	return done;
}

/* Puts the user of the mm that find_piece() took. */
static ssize_t copy_piece(struct memflow_vm *vm, const struct piece *piece,
			  struct iov_iter *iter, enum memflow_copy how)
{
	bool to_guest = how & MEMFLOW_COPY_TO_GUEST;
	unsigned long offset = offset_in_page(piece->hva);
	struct page *pages[COPY_PAGES];
	unsigned int count;
	size_t length, done;
	long n;

	length = min_t(u64, piece->length, COPY_PAGES * PAGE_SIZE - offset);
	count = DIV_ROUND_UP(offset + length, PAGE_SIZE);
	n = hold_pages(vm->mm, piece->hva - offset, count, how, pages);
	/* The copy may wait for the reader's page: with some pages, not with all. */
	mmput_async(vm->mm);
	if (n < 0)
		return n == -EFAULT && memflow_mm_unstable(vm->mm) ? -ENODEV : n;
	length = min_t(size_t, length, n * PAGE_SIZE - offset);

	/*
	 * The memslot outlived the look-up of its pages, so they are the guest's
	 * and not something that the process put there after it was gone.
	 */
	done = 0;
	if (still_there(vm, piece))
		done = copy_pages(pages, offset, length, iter, to_guest);
	else
		length = 0;
	put_pages(pages, n, to_guest);
	if (!length)
		return -EAGAIN;
	return done ?: -EFAULT;
}

ssize_t memflow_copy(struct memflow_vm *vm, u64 gpa, struct iov_iter *iter,
		     enum memflow_copy how)
{
	bool to_guest = how & MEMFLOW_COPY_TO_GUEST;
	size_t total = iov_iter_count(iter);
	ssize_t ret = 0;

	while (iov_iter_count(iter)) {
		struct piece piece;

		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		cond_resched();
		ret = find_piece(vm, gpa, iov_iter_count(iter), to_guest, &piece);
		if (ret == 1) {
			ret = copy_piece(vm, &piece, iter, how);
		} else if (!ret) {
			if (to_guest || !(how & MEMFLOW_COPY_ZERO_HOLES)) {
				ret = -ENXIO;
				break;
			}
			if (!piece.length)	/* the end */
				break;
			/* In steps, so that a signal is noticed in a large hole. */
			ret = iov_iter_zero(min_t(u64, piece.length, SZ_1M), iter);
			if (!ret)
				ret = -EFAULT;
		}
		if (ret == -EAGAIN && how & MEMFLOW_COPY_LOCKED) {
			memflow_vm_watch(vm);
			ret = -EBUSY;
		}
		if (ret == -EAGAIN)
			ret = memflow_layout_refresh(vm);
		if (ret < 0)
			break;
		gpa += ret;
	}
	total -= iov_iter_count(iter);
	return total ? total : ret;
}
