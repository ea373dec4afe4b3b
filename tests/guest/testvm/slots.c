/* SPDX-License-Identifier: MIT */
/*
 * The VM and its memory: memslots over mappings that are laid out so that huge pages, where they
 * are wanted, can back them.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "../testguest.h"

#define GIB3 UINT64_C(0xc0000000)

struct slot slots[MAX_SLOTS];
int kvm_fd = -1;
int vm_fd = -1;

int open_vm(const char **step)
{
	*step = "open /dev/kvm (is kvm_amd or kvm_intel loaded, and are you in group kvm?)";
	kvm_fd = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm_fd < 0)
		return -errno;
	*step = "create a VM";
	vm_fd = ioctl(kvm_fd, KVM_CREATE_VM, 0);
	return vm_fd < 0 ? -errno : 0;
}

struct slot *slot_of(uint64_t gpa, uint64_t size)
{
	struct slot *kept = NULL;

	for (size_t i = 0; i < MAX_SLOTS; i++) {
		struct slot *slot = &slots[i];

		if (!slot->used || gpa < slot->gpa || gpa - slot->gpa >= slot->size ||
		    size > slot->size - (gpa - slot->gpa))
			continue;
		if (slot->live)
			return slot;
		kept = slot;
	}
	return kept;
}

void fill_memory(uint8_t *hva, uint64_t gpa, uint64_t size, uint64_t seed)
{
	uint64_t *words = (uint64_t *)hva;

	for (uint64_t i = 0; i < size / 8; i++)
		words[i] = testguest_pattern(gpa + i * 8) ^ seed;
}

int set_region(uint32_t id, const struct slot *slot, uint64_t size)
{
	struct kvm_userspace_memory_region region = {
		.slot = id,
		.flags = slot->flags,
		.guest_phys_addr = slot->gpa,
		.memory_size = size,
		.userspace_addr = (uintptr_t)slot->hva,
	};

	return ioctl(vm_fd, KVM_SET_USER_MEMORY_REGION, &region) < 0 ? -errno : 0;
}

/*
 * Huge pages can back a memslot only where host and guest address agree modulo their size, so all
 * memory is laid out that way, inside a reservation that keeps neighbours apart.
 */
static int map_slot(struct slot *slot, bool skew)
{
	int flags = MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	uintptr_t start;
	int fd = -1;
	int err = 0;

	slot->reserved_size = slot->size + 2 * HUGE;
	slot->reserved = mmap(NULL, slot->reserved_size, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (slot->reserved == MAP_FAILED)
		return -errno;
	start = ((uintptr_t)slot->reserved + HUGE - 1) & ~(uintptr_t)(HUGE - 1);
	start += slot->gpa & (HUGE - 1);
	if (skew)
		start ^= PAGE;

	if (slot->kind == KIND_HUGE)
		flags |= MAP_HUGETLB;
	if (slot->kind == KIND_MEMFD) {
		flags = MAP_FIXED | MAP_SHARED;
		fd = memfd_create("testvm", MFD_CLOEXEC);
		if (fd < 0 || ftruncate(fd, (off_t)slot->size) < 0) {
			err = -errno;
			goto fail;
		}
	}
	slot->hva = mmap((void *)start, slot->size, PROT_READ | PROT_WRITE, flags, fd, 0);
	if (slot->hva == MAP_FAILED) {
		err = -errno;
		goto fail;
	}
	if (fd >= 0)
		close(fd);
	/* Either may be missing from a kernel without transparent huge pages. */
	if (slot->kind == KIND_THP)
		madvise(slot->hva, slot->size, MADV_HUGEPAGE);
	else if (slot->kind == KIND_ANON)
		madvise(slot->hva, slot->size, MADV_NOHUGEPAGE);
	return 0;

fail:
	if (fd >= 0)
		close(fd);
	munmap(slot->reserved, slot->reserved_size);
	return err;
}

void unmap_slot(struct slot *slot)
{
	munmap(slot->reserved, slot->reserved_size);
	memset(slot, 0, sizeof(*slot));
}

/* With nofill the memory is not even touched. */
int add_slot(uint32_t id, uint64_t gpa, uint64_t size, uint32_t flags, enum kind kind, bool skew,
	     bool nofill)
{
	struct slot *slot = &slots[id];
	int err;

	*slot = (struct slot){ .kind = kind, .flags = flags, .gpa = gpa, .size = size };
	err = map_slot(slot, skew);
	if (err)
		goto fail;
	err = set_region(id, slot, size);
	if (err) {
		munmap(slot->reserved, slot->reserved_size);
		goto fail;
	}
	slot->used = true;
	slot->live = true;
	if (!nofill)
		fill_memory(slot->hva, gpa, size, 0);
	return 0;

fail:
	memset(slot, 0, sizeof(*slot));
	return err;
}

static void add_range(struct testguest_info *info, uint64_t gpa, uint64_t end)
{
	if (end <= gpa)
		return;
	info->ranges[info->nr_ranges].gpa = gpa;
	info->ranges[info->nr_ranges].size = end - gpa;
	info->nr_ranges++;
}

int build_machine(const char *name, uint64_t size)
{
	uint64_t low = size < GIB3 ? size : GIB3;
	struct testguest_info *info;
	struct timespec now;
	int err = add_slot(0, 0, low, 0, KIND_ANON, false, false);

	if (!err && size > low)
		err = add_slot(1, GIB4, size - low, 0, KIND_ANON, false, false);
	if (err)
		return err;

	memset(slots[0].hva + TESTGUEST_INFO_GPA, 0, TESTGUEST_INFO_SIZE);
	info = (struct testguest_info *)(slots[0].hva + TESTGUEST_INFO_GPA);
	strncpy(info->name, name, sizeof(info->name) - 1);
	clock_gettime(CLOCK_REALTIME, &now);
	info->boot_id = ((uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec) ^
			(uint64_t)getpid() << 48;
	add_range(info, TESTGUEST_LOW_END, TESTGUEST_IMAGE_START);
	add_range(info, TESTGUEST_INFO_GPA + TESTGUEST_INFO_SIZE, low);
	if (size > low)
		add_range(info, GIB4, GIB4 + (size - low));
	info->pattern_ready = 1;
	memcpy(info->magic, TESTGUEST_MAGIC, sizeof(info->magic));
	return 0;
}
