/* SPDX-License-Identifier: MIT */
/*
 * Memory that is plugged and unplugged: what an operating system is told of it by ACPI, straight
 * from the registers that QEMU's tables drive (QEMU 7.2, docs/specs/acpi_mem_hotplug.rst). New
 * memory is filled at once; what the host wants back it gets.
 */
#include "guest.h"

#define BASE 0xa00
#define REG_SLOT (BASE + 0x0)
#define REG_GPA_LOW (BASE + 0x0)
#define REG_GPA_HIGH (BASE + 0x4)
#define REG_SIZE_LOW (BASE + 0x8)
#define REG_SIZE_HIGH (BASE + 0xc)
#define REG_FLAGS (BASE + 0x14)

#define ENABLED 0x1
#define INSERTED 0x2 /* written: seen */
#define TO_REMOVE 0x4
#define EJECT 0x8 /* written only */
#define NO_SUCH_REGISTER 0xff

/* A look is some exits to QEMU, dear under emulation. */
#define TICKS_BETWEEN_LOOKS 5

static bool missing;
static unsigned int ticks;

static void take(volatile struct testguest_dimm *dimm)
{
	uint64_t gpa = (uint64_t)inl(REG_GPA_HIGH) << 32 | inl(REG_GPA_LOW);
	uint64_t size = (uint64_t)inl(REG_SIZE_HIGH) << 32 | inl(REG_SIZE_LOW);

	outb(REG_FLAGS, INSERTED);
	device_take(dimm, gpa, size);
	say("has more memory");
}

static void give(volatile struct testguest_dimm *dimm)
{
	device_changes(dimm);
	outb(REG_FLAGS, TO_REMOVE);
	outb(REG_FLAGS, EJECT);
	dimm->size = 0;
	say("has less memory");
}

void dimms_work(void)
{
	if (missing || ticks++ % TICKS_BETWEEN_LOOKS)
		return;
	for (uint32_t slot = 0; slot < TESTGUEST_DIMMS; slot++) {
		volatile struct testguest_dimm *dimm = &info->dimms[slot];
		uint8_t flags;

		outl(REG_SLOT, slot);
		flags = inb(REG_FLAGS);
		if (flags == NO_SUCH_REGISTER) {
			missing = true;
			return;
		}
		if (flags & TO_REMOVE)
			give(dimm);
		else if (flags & ENABLED && !dimm->size)
			take(dimm);
	}
}
