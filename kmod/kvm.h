/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the module knows of KVM. kvm.c alone includes kvm_host.h; it reads fields
 * and imports nothing from kvm.ko, whose exports are closing (since 6.18 most
 * are for KVM's own modules only).
 *
 * A VM is held by a reference to its file, never by KVM's own counts: the last
 * fput() runs KVM's release in KVM itself. All functions want a file for which
 * memflow_kvm_is_vm() is true and a reference to it.
 */
#ifndef MEMFLOW_KVM_H
#define MEMFLOW_KVM_H

#include <linux/types.h>

struct file;
struct mm_struct;

/**
 * struct memflow_kvm_slot - a memslot as it was at one moment
 * @gpa: guest physical address, bytes
 * @length: bytes
 * @hva: address in the VM's process
 * @readonly: KVM_MEM_READONLY
 */
struct memflow_kvm_slot {
	u64 gpa;
	u64 length;
	unsigned long hva;
	bool readonly;
};

bool memflow_kvm_is_vm(const struct file *file);

/* Borrowed; KVM keeps the struct, not its users, for as long as the VM. */
struct mm_struct *memflow_kvm_mm(const struct file *file);

/* Of the thread that created the VM, in the initial pid namespace. */
pid_t memflow_kvm_pid(const struct file *file);

bool memflow_kvm_has_memory(const struct file *file);

/* Memory that the host is not meant to see, or cannot see truly. */
bool memflow_kvm_is_confidential(const struct file *file);

/* Changes with every change of the memslots, also while one is under way. */
u64 memflow_kvm_generation(const struct file *file);

/*
 * The memslots in order of gpa, and their generation. Returns their number or a
 * negative errno; free with kvfree(). May sleep.
 */
int memflow_kvm_slots(const struct file *file, struct memflow_kvm_slot **slots,
		      u64 *generation);

#endif /* MEMFLOW_KVM_H */
