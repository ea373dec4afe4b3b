/* SPDX-License-Identifier: MIT */
/*
 * A driver of a virtio balloon that says of each page what it is doing with it: when the host has
 * dropped the page it reads as zeros, and when it is back it holds what it never held before.
 *
 * "Virtual I/O Device (VIRTIO) Version 1.1", 4.1.4.8 (legacy PCI), 2.6 (split virtqueues), 5.5.
 */
#include "guest.h"

#define BALLOON_ID UINT32_C(0x10021af4)
#define PCI_COMMAND_IO_AND_MASTER 0x5
#define PCI_BAR0 0x10

#define REG_DRIVER_FEATURES 0x04
#define REG_QUEUE_ADDRESS 0x08
#define REG_QUEUE_SIZE 0x0c
#define REG_QUEUE_SELECT 0x0e
#define REG_QUEUE_NOTIFY 0x10
#define REG_STATUS 0x12
#define REG_NUM_PAGES 0x14 /* the device's own, without MSI-X */
#define REG_ACTUAL 0x18

#define STATUS_ACKNOWLEDGE 1
#define STATUS_DRIVER 2
#define STATUS_DRIVER_OK 4

#define AVAIL_NO_INTERRUPT 1

#define PAGE UINT64_C(4096)
#define QUEUE_MAX 256
#define BATCH 256

/* A look at the device is an exit to QEMU, dear under emulation. */
#define TICKS_BETWEEN_LOOKS 5

/* Prime: so that the balloon's pages lie among the others, and not in one piece. */
#define STRIDE 509

enum { INFLATE, DEFLATE, QUEUES };

struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct avail {
	uint16_t flags;
	uint16_t index;
	uint16_t ring[];
};

struct used {
	uint16_t flags;
	uint16_t index;
};

/* Of a queue of QUEUE_MAX: descriptors, what is available, at the next page what was used. */
static uint8_t rings[QUEUES][3 * PAGE] __attribute__((aligned(4096)));
static uint32_t pfns[BATCH];
static uint16_t port;
static uint16_t sizes[QUEUES];
static unsigned int ticks;

static uint64_t page_of(uint64_t number)
{
	const uint64_t stride = info->nr_pages % STRIDE ? STRIDE : 1;

	return number * stride % info->nr_pages;
}

static bool queue_init(unsigned int queue)
{
	volatile struct avail *avail;

	outw(port + REG_QUEUE_SELECT, (uint16_t)queue);
	sizes[queue] = inw(port + REG_QUEUE_SIZE);
	if (!sizes[queue] || sizes[queue] > QUEUE_MAX)
		return false;
	avail = (void *)(rings[queue] + sizes[queue] * sizeof(struct descriptor));
	avail->flags = AVAIL_NO_INTERRUPT;
	outl(port + REG_QUEUE_ADDRESS, (uint32_t)((uintptr_t)rings[queue] / PAGE));
	return true;
}

void balloon_init(void)
{
	unsigned int device = pci_find(BALLOON_ID);

	if (device == PCI_DEVICES || !info->nr_pages)
		return;
	pci_write(device, PCI_COMMAND,
		  pci_read(device, PCI_COMMAND) | PCI_COMMAND_IO_AND_MASTER);
	port = (uint16_t)(pci_read(device, PCI_BAR0) & ~3u);

	outb(port + REG_STATUS, 0);
	outb(port + REG_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
	outl(port + REG_DRIVER_FEATURES, 0);
	if (!queue_init(INFLATE) || !queue_init(DEFLATE)) {
		say("cannot drive this balloon");
		port = 0;
		return;
	}
	outb(port + REG_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_DRIVER_OK);
	say("has a balloon");
}

/* The first of pfns[] to the host; back when it has done with them. */
static void tell(unsigned int queue, uint64_t count)
{
	const size_t avail_at = sizes[queue] * sizeof(struct descriptor);
	const size_t used_at = (avail_at + 6 + sizes[queue] * 2 + PAGE - 1) & ~(PAGE - 1);
	volatile struct descriptor *descriptor = (void *)rings[queue];
	volatile struct avail *avail = (void *)(rings[queue] + avail_at);
	volatile struct used *used = (void *)(rings[queue] + used_at);

	descriptor->address = (uintptr_t)pfns;
	descriptor->length = (uint32_t)(count * sizeof(pfns[0]));
	avail->ring[avail->index % sizes[queue]] = 0;
	__asm__ volatile("mfence" : : : "memory");
	avail->index++;
	__asm__ volatile("mfence" : : : "memory");
	outw(port + REG_QUEUE_NOTIFY, (uint16_t)queue);
	while (used->index != avail->index)
		rest();
}

static void inflate(uint64_t count)
{
	const uint64_t from = info->balloon_pages;
	const uint32_t seed = next_seed();

	for (uint64_t i = 0; i < count; i++) {
		pfns[i] = (uint32_t)(info->pages_gpa / PAGE + page_of(from + i));
		page_set_state(page_of(from + i), TESTGUEST_CHANGING | seed);
	}
	tell(INFLATE, count);
	for (uint64_t i = 0; i < count; i++)
		page_set_state(page_of(from + i), TESTGUEST_GIVEN | seed);
	info->balloon_pages = from + count;
}

static void deflate(uint64_t count)
{
	const uint64_t from = info->balloon_pages - count;
	const uint32_t seed = next_seed();

	for (uint64_t i = 0; i < count; i++) {
		pfns[i] = (uint32_t)(info->pages_gpa / PAGE + page_of(from + i));
		page_set_state(page_of(from + i), TESTGUEST_CHANGING | seed);
	}
	tell(DEFLATE, count);
	for (uint64_t i = 0; i < count; i++) {
		fill(info->pages_gpa + page_of(from + i) * PAGE, PAGE, seed);
		page_set_state(page_of(from + i), TESTGUEST_HOLDS | seed);
	}
	info->balloon_pages = from;
}

void balloon_work(void)
{
	uint64_t wanted, have;

	if (!port || ticks++ % TICKS_BETWEEN_LOOKS)
		return;
	wanted = inl(port + REG_NUM_PAGES);
	if (wanted > info->nr_pages)
		wanted = info->nr_pages;
	if (wanted == info->balloon_pages)
		return;
	while ((have = info->balloon_pages) != wanted) {
		if (have < wanted)
			inflate(wanted - have < BATCH ? wanted - have : BATCH);
		else
			deflate(have - wanted < BATCH ? have - wanted : BATCH);
	}
	outl(port + REG_ACTUAL, (uint32_t)wanted);
}
