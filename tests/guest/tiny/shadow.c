/* SPDX-License-Identifier: MIT */
/*
 * The window below 1 MiB that a chipset switches between the firmware's ROM and RAM. To KVM each
 * switch is memslots that go and come, the one that all RAM above lies in among them.
 *
 * Intel 82441FX, "PMC", 3.2.18, PAM registers; QEMU 7.2, hw/pci-host/pam.c.
 */
#include "guest.h"

#define I440FX_ID UINT32_C(0x12378086)
#define REG_PAM0 0x59 /* upper half: 0xf0000 to 0xfffff */
#define PAM0_SHIFT (8 * (REG_PAM0 & 3) + 4)
#define PAM_ROM UINT32_C(0)
#define PAM_RAM UINT32_C(3)

#define WORDS (TESTGUEST_SHADOW_SIZE / sizeof(uint64_t))

static volatile uint64_t *const window = (volatile uint64_t *)TESTGUEST_SHADOW_GPA;
static bool present, switching;
static uint32_t registers;
static uint64_t firmware[WORDS];

static void switch_to(uint32_t what)
{
	pci_write(0, REG_PAM0, (registers & ~(PAM_RAM << PAM0_SHIFT)) | what << PAM0_SHIFT);
}

static void set_state(uint32_t state)
{
	info->shadow_state = TESTGUEST_STATE_VALID | state;
}

void shadow_init(void)
{
	present = pci_read(0, 0) == I440FX_ID;
}

/* The firmware wants its variables back at a reset. */
static void save(void)
{
	registers = pci_read(0, REG_PAM0);
	for (size_t i = 0; i < WORDS; i++)
		firmware[i] = window[i];
}

static void restore(void)
{
	switch_to(PAM_RAM);
	for (size_t i = 0; i < WORDS; i++)
		window[i] = firmware[i];
	pci_write(0, REG_PAM0, registers);
	info->shadow_state = 0;
}

/* What the window shows it shows for a tick at least. The last change puts all back. */
void shadow_work(void)
{
	uint64_t done = info->shadow_done, wanted = info->shadow_wanted;
	uint32_t seed;

	if (!present || done >= wanted)
		return;
	if (!switching)
		save();
	switching = wanted - done > 1;
	seed = next_seed();
	set_state(TESTGUEST_CHANGING | seed);
	if (!switching) {
		restore();
	} else if (done % 2) {
		switch_to(PAM_RAM);
		fill(TESTGUEST_SHADOW_GPA, TESTGUEST_SHADOW_SIZE, seed);
		set_state(TESTGUEST_HOLDS | seed);
	} else {
		switch_to(PAM_ROM);
		set_state(TESTGUEST_ROM | seed);
	}
	info->shadow_done = done + 1;
}
