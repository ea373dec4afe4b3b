/* SPDX-License-Identifier: MIT */
/*
 * Memory of a PCI device (QEMU's ivshmem-plain, BAR 2), which a reader lets come and go: to KVM a
 * memslot that is where the BAR says as long as the device decodes addresses. Firmware has chosen the
 * address, at each boot anew.
 *
 * QEMU 7.2, docs/specs/ivshmem-spec.txt; PCI Local Bus 3.0, 6.2.2 and 6.2.5.1.
 */
#include "guest.h"

#define IVSHMEM_ID UINT32_C(0x11101af4)
#define COMMAND_MEMORY UINT32_C(0x2)
#define PCI_BAR2 0x18
#define PCI_BAR3 0x1c
#define BAR_FLAGS UINT32_C(0xf)
#define BAR_64BIT UINT32_C(0x4)

/* Long enough for readers to look at it, and to notice that it has gone. */
#define TICKS_BETWEEN_SWITCHES 10

static unsigned int device, ticks;
static uint64_t gpa, size;

static void decode(bool on)
{
	uint32_t command = pci_read(device, PCI_COMMAND) & 0xffff;

	pci_write(device, PCI_COMMAND, on ? command | COMMAND_MEMORY : command & ~COMMAND_MEMORY);
}

void bar_init(void)
{
	uint32_t low;

	device = pci_find(IVSHMEM_ID);
	if (device == PCI_DEVICES)
		return;
	decode(false);
	low = pci_read(device, PCI_BAR2);
	gpa = low & ~BAR_FLAGS;
	if (low & BAR_64BIT)
		gpa |= (uint64_t)pci_read(device, PCI_BAR3) << 32;
	pci_write(device, PCI_BAR2, UINT32_MAX);
	size = ~(pci_read(device, PCI_BAR2) & ~BAR_FLAGS) + UINT32_C(1);
	pci_write(device, PCI_BAR2, low);
	say("has a PCI device with memory");
}

static void take(void)
{
	decode(true);
	device_take(&info->bar, gpa, size);
}

static void give(void)
{
	device_changes(&info->bar);
	decode(false);
	info->bar.size = 0;
}

void bar_work(void)
{
	uint64_t done = info->bar_done;

	if (!size || done >= info->bar_wanted || ticks++ % TICKS_BETWEEN_SWITCHES)
		return;
	if (done % 2)
		give();
	else
		take();
	info->bar_done = done + 1;
}
