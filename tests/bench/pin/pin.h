/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * The interface of the reference that the benchmarks compare the module with.
 */
#ifndef MEMFLOW_PIN_H
#define MEMFLOW_PIN_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct memflow_pin - memory of another process
 * @pid: in: the process, in the caller's pid namespace
 * @reserved: zero
 * @hva: in: where there, a multiple of the page size
 * @length: in: bytes, likewise
 * @address: out: where it is mapped in the caller, until it is unmapped there
 */
struct memflow_pin {
	__s32 pid;
	__u32 reserved;
	__aligned_u64 hva;
	__aligned_u64 length;
	__aligned_u64 address;
};

/* Once per descriptor. */
#define MEMFLOW_PIN_MAP	_IOWR('p', 0xd0, struct memflow_pin)

#endif /* MEMFLOW_PIN_H */
