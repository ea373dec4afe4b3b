// SPDX-License-Identifier: MIT
/* The domain's node and its mappings, and what the module says of the VM. */
#include "watcher.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

MflMemory *memory;
int node = -1;
volatile char *map = MAP_FAILED;
uint64_t rom[TESTGUEST_SHADOW_SIZE / sizeof(uint64_t)];

static const volatile struct memflow_status *status = MAP_FAILED;

void node_close(void)
{
	if (map != MAP_FAILED)
		munmap((void *)map, MAP_SIZE);
	if (status != MAP_FAILED)
		munmap((void *)status, PAGE);
	if (node >= 0)
		close(node);
	map = MAP_FAILED;
	status = MAP_FAILED;
	node = -1;
}

bool node_open(void)
{
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(memory);
	int cause;

	node = open(mfl_domain_get_node(domain), O_RDWR | O_CLOEXEC);
	if (node < 0)
		return false;
	map = mmap(NULL, MAP_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, node, 0);
	status = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, node, MEMFLOW_STATUS_OFFSET);
	if (map != MAP_FAILED && status != MAP_FAILED &&
	    pread(node, rom, sizeof(rom), (off_t)TESTGUEST_ROM_GPA) == sizeof(rom))
		return true;
	cause = errno;
	node_close();
	errno = cause;
	return false;
}

bool is_alive(void)
{
	atomic_thread_fence(memory_order_acquire);
	return status->alive;
}

uint64_t frame(void)
{
	struct memflow_info info = { .size = sizeof(info) };

	if (ioctl(node, MEMFLOW_IOC_INFO, &info) || !(info.state & MEMFLOW_ALIVE))
		return 0;
	return info.generation + 1;
}

bool get_layout(struct layout *layout)
{
	struct memflow_slots slots = { .size = sizeof(slots),
				       .count = MAX_SLOTS,
				       .slots = (uintptr_t)layout->slots };

	if (ioctl(node, MEMFLOW_IOC_SLOTS, &slots))
		return false;
	layout->generation = slots.generation;
	layout->count = MIN(slots.count, MAX_SLOTS);
	return true;
}

bool covers(const struct layout *layout, uint64_t gpa)
{
	for (unsigned int i = 0; i < layout->count; i++) {
		if (gpa >= layout->slots[i].gpa &&
		    gpa - layout->slots[i].gpa < layout->slots[i].length)
			return true;
	}
	return false;
}
