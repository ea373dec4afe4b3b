/* SPDX-License-Identifier: MIT */
/* What the parts of the tiny guest share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../testguest.h"

static volatile struct testguest_info *const info =
	(volatile struct testguest_info *)TESTGUEST_INFO_GPA;

/* -- ports ------------------------------------------------------------------------------------ */

static inline void outb(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void outw(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void outl(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint8_t inb(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline uint16_t inw(uint16_t port)
{
	uint16_t value;

	__asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline uint32_t inl(uint16_t port)
{
	uint32_t value;

	__asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

/* A register of a function of PCI bus 0. */
#define PCI_ADDRESS 0xcf8
#define PCI_DATA 0xcfc
#define PCI_DEVICES 32
#define PCI_COMMAND 0x04

static inline uint32_t pci_read(unsigned int device, unsigned int reg)
{
	outl(PCI_ADDRESS, UINT32_C(0x80000000) | device << 11 | (reg & ~3u));
	return inl(PCI_DATA);
}

static inline void pci_write(unsigned int device, unsigned int reg, uint32_t value)
{
	outl(PCI_ADDRESS, UINT32_C(0x80000000) | device << 11 | (reg & ~3u));
	outl(PCI_DATA, value);
}

/* The first device with that @id, device << 16 | vendor; PCI_DEVICES: there is none. */
static inline unsigned int pci_find(uint32_t id)
{
	unsigned int device = 0;

	while (device < PCI_DEVICES && pci_read(device, 0) != id)
		device++;
	return device;
}

/* Until the next interrupt, which is a tick. */
static inline void rest(void)
{
	__asm__ volatile("hlt" : : : "memory");
}

/* -- main.c ----------------------------------------------------------------------------------- */

/* A line on the serial port. */
void say(const char *text);

/* -- pages.c ---------------------------------------------------------------------------------- */

/* The pattern ^ seed into [gpa, gpa + size), a multiple of 64 bytes. */
void fill(uint64_t gpa, uint64_t size, uint32_t seed);

/* One that was never used. */
uint32_t next_seed(void);

/* Memory of a device's that has come is said to be there, and filled; before it goes it is changing. */
void device_take(volatile struct testguest_dimm *memory, uint64_t gpa, uint64_t size);
void device_changes(volatile struct testguest_dimm *memory);

/* Fills all ranges and gives each of the balloon's pages its state. */
void pages_init(void);
void page_set_state(uint64_t page, uint32_t state);

/* -- what changes: *_init() looks for the device, *_work() is called once a tick -------------- */

void balloon_init(void);
void balloon_work(void);
void bar_init(void);
void bar_work(void);
void dimms_work(void);
void shadow_init(void);
void shadow_work(void);
