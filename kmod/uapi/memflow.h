/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR MIT */
/*
 * The interface between the memflow kernel module and user space.
 *
 * Two devices speak it:
 *
 *   /dev/memflow             the control device: open a VM, publish it
 *   /dev/memflow-vms/NAME    one published VM; a file of its guest physical
 *                            memory, offset = guest physical address (gpa)
 *
 * A *target* descriptor is what both give: an open node, or the descriptor
 * that MEMFLOW_OPEN_VM, MEMFLOW_MAP_VM or MEMFLOW_IOC_ATTACH returned. Every
 * operation on a target is the same for both. A node that was published read-only
 * cannot be opened for writing by anyone (EACCES).
 *
 * File operations of a target
 *   read, pread, readv   guest memory; holes read as zeros; 0 at and past the
 *                        end of the guest physical address space; ENODEV once
 *                        the VM is gone.
 *   write, pwrite        ENXIO in a hole, EROFS in a read-only memslot, ENODEV
 *                        once the VM is gone; short where part of it worked.
 *   lseek                SEEK_END is the end of the last memslot; SEEK_DATA and
 *                        SEEK_HOLE step over the holes.
 *   mmap                 MAP_SHARED, offset = gpa, holes included. The mapping
 *                        follows the VM: it shows what the VM's process has
 *                        mapped there now, nothing is pinned. Holes, unplugged
 *                        memslots and a VM that is gone read as zeros, and what
 *                        is written there is discarded (it may be read back
 *                        from that address until the memory comes back). With
 *                        MEMFLOW_STRICT both raise SIGBUS. The same holds for
 *                        memory that the VM's own process has no pages for (a
 *                        device's BAR); pages that it gets later show within
 *                        the tenth of a second that changed memslots take, too.
 *                        A store to a read-only memslot, or
 *                        where that process may only read, raises SIGBUS in
 *                        either mode.
 *                        Offset MEMFLOW_STATUS_OFFSET, one page, read-only, is
 *                        the status page.
 *   poll                 POLLHUP | POLLERR once the VM is gone, which mappings may
 *                        show a moment later; POLLPRI when the memslots have
 *                        changed since this descriptor's last MEMFLOW_IOC_INFO
 *                        or MEMFLOW_IOC_SLOTS; POLLIN and POLLOUT otherwise.
 *
 * All integers are native-endian, all addresses and sizes are bytes. Reserved
 * fields and unknown flags have to be zero (EINVAL). Structures that begin with
 * @size may grow: the caller sets it to sizeof(), the module accepts a larger
 * one whose unknown tail is zero (E2BIG otherwise) and a smaller one that it
 * knows.
 */
#ifndef MEMFLOW_UAPI_H
#define MEMFLOW_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define MEMFLOW_IOCTL_MAGIC	0x6d

/* Version of everything below "Our own interface"; grows with each addition. */
#define MEMFLOW_ABI_VERSION	1

/*
 * The interface of the memflow-kvm module (its mabi.h, version 0.2.1), kept
 * so that its users run unchanged. Numbers, layouts and meaning are its; errors
 * are real errno values, and the number of memslots is not limited.
 */

/**
 * struct memflow_slot - a memslot, as memflow-kvm's struct vm_memslot
 * @base: gpa of the first byte
 * @host_base: MEMFLOW_VM_INFO: address in the VM's process;
 *	MEMFLOW_MAP_VM: address in the calling process
 * @map_size: bytes
 */
struct memflow_slot {
	__aligned_u64 base;
	__aligned_u64 host_base;
	__aligned_u64 map_size;
};

/**
 * struct memflow_vm_info - as memflow-kvm's struct vm_info
 * @userspace_pid: out: process of the VM, a number of the initial pid namespace
 * @slot_count: in: room in @slots; out: memslots written there
 * @slots: address of an array of struct memflow_slot, written in order of @base
 */
struct memflow_vm_info {
	__s32 userspace_pid;
	__u32 slot_count;
	__aligned_u64 slots;
};

/**
 * struct memflow_vm_map_info - as memflow-kvm's struct vm_map_info
 * @slot_count: in: room in @slots; out: memslots mapped
 * @pad: padding of the original layout; ignored
 * @slots: address of an array of struct memflow_slot, written in order of @base
 */
struct memflow_vm_map_info {
	__u32 slot_count;
	__u32 pad;
	__aligned_u64 slots;
};

/*
 * MEMFLOW_OPEN_VM - on the control device. The argument itself is the pid of the
 * VM's process in the caller's pid namespace; 0 means the first VM that has
 * memory. Returns a target descriptor (close-on-exec).
 * ESRCH: no such process; ENOENT: it (or, for 0, any process) has no VM;
 * EOPNOTSUPP: the VM has memory in a guest_memfd (SNP, TDX). SEV and SEV-ES
 * without one cannot be told; what is read there is ciphertext.
 */
#define MEMFLOW_OPEN_VM	_IOR(MEMFLOW_IOCTL_MAGIC, 0, __s32)

/*
 * MEMFLOW_VM_INFO - on a target. Describes the VM's memslots.
 */
#define MEMFLOW_VM_INFO	_IOWR(MEMFLOW_IOCTL_MAGIC, 1, struct memflow_vm_info)

/*
 * MEMFLOW_MAP_VM - on a target. Maps as many memslots as @slots has room for
 * into the caller and reports where they landed. Returns a further target
 * descriptor. The mappings stay until munmap(2), also when all descriptors are
 * closed. EACCES: the descriptor is not open for reading.
 */
#define MEMFLOW_MAP_VM	_IOWR(MEMFLOW_IOCTL_MAGIC, 2, struct memflow_vm_map_info)

/*
 * Our own interface.
 */

#define MEMFLOW_NODE_DIR	"memflow-vms"	/* below /dev */
#define MEMFLOW_NODE_MAX	256	/* file name of a node, with its NUL */
#define MEMFLOW_NAME_MAX	1024	/* raw domain name, with its NUL */
#define MEMFLOW_UUID_LEN	16

/* Where a target's status page is mapped from. */
#define MEMFLOW_STATUS_OFFSET	0x4000000000000000ULL

/* Flags of an attach, a publication or a target. */
#define MEMFLOW_READONLY	(1U << 0)	/* no way to write, for anyone */
#define MEMFLOW_STRICT		(1U << 1)	/* SIGBUS where there is no memory */

/* Bits of memflow_version.features. */
#define MEMFLOW_FEATURE_PUBLISH		(1ULL << 0)
#define MEMFLOW_FEATURE_STATUS		(1ULL << 1)	/* status page */
#define MEMFLOW_FEATURE_TRANSFER	(1ULL << 2)	/* scatter lists */
#define MEMFLOW_FEATURE_POPULATE	(1ULL << 3)	/* mappings filled in advance */

/**
 * struct memflow_version - what this module speaks
 * @abi: out: its MEMFLOW_ABI_VERSION
 * @reserved: out: zero
 * @features: out: MEMFLOW_FEATURE_*
 */
struct memflow_version {
	__u32 abi;
	__u32 reserved;
	__aligned_u64 features;
};

/* MEMFLOW_IOC_VERSION - on the control device and on targets. */
#define MEMFLOW_IOC_VERSION	_IOR(MEMFLOW_IOCTL_MAGIC, 0x10, struct memflow_version)

/**
 * struct memflow_attach - open a VM by its KVM descriptor
 * @size: sizeof(struct memflow_attach)
 * @flags: MEMFLOW_READONLY, MEMFLOW_STRICT
 * @vm_fd: a descriptor of the VM, as KVM_CREATE_VM returned to its process. Take
 *	it from there with pidfd_getfd(2): the kernel then checks that the caller
 *	may trace that process, and the pid cannot be another process's by now.
 * @reserved: zero
 */
struct memflow_attach {
	__u32 size;
	__u32 flags;
	__s32 vm_fd;
	__u32 reserved;
};

/*
 * MEMFLOW_IOC_ATTACH - on the control device. Returns a target descriptor
 * (close-on-exec). EBADF: @vm_fd is no descriptor; EINVAL: it is no KVM VM's;
 * ESRCH: the VM's process is gone; EOPNOTSUPP: as MEMFLOW_OPEN_VM.
 */
#define MEMFLOW_IOC_ATTACH	_IOW(MEMFLOW_IOCTL_MAGIC, 0x11, struct memflow_attach)

/**
 * struct memflow_publish - give a VM a device node of its own
 * @size: sizeof(struct memflow_publish)
 * @flags: MEMFLOW_READONLY: for every opener of the node
 * @vm_fd: as in struct memflow_attach, or -1: the VM of @pid
 * @pid: the VM's process in the caller's pid namespace; with @vm_fd it is
 *	checked that the VM is that process's (ESRCH), 0 leaves the check out
 * @uid: owner of the node, in the caller's user namespace
 * @gid: its group, likewise
 * @mode: permission bits of the node, within 0666
 * @reserved: zero
 * @uuid: the domain's UUID, big-endian bytes as in its text form
 * @node: the node's file name below /dev/memflow-vms: characters
 *	[A-Za-z0-9._~-] and \xHH escapes (lower-case hex, as udev encodes names),
 *	not beginning with '.', not "by-uuid"
 * @name: the domain's name as the administrator knows it; no newline
 */
struct memflow_publish {
	__u32 size;
	__u32 flags;
	__s32 vm_fd;
	__s32 pid;
	__u32 uid;
	__u32 gid;
	__u32 mode;
	__u32 reserved;
	__u8 uuid[MEMFLOW_UUID_LEN];
	char node[MEMFLOW_NODE_MAX];
	char name[MEMFLOW_NAME_MAX];
};

/*
 * MEMFLOW_IOC_PUBLISH - on the control device; needs CAP_SYS_ADMIN. When it
 * returns, /dev/memflow-vms/@node is there with its owner, group and mode; it goes
 * away with the VM. EEXIST: a VM that is still alive has that node; EPERM: no
 * CAP_SYS_ADMIN; else as MEMFLOW_IOC_ATTACH and MEMFLOW_OPEN_VM.
 */
#define MEMFLOW_IOC_PUBLISH	_IOW(MEMFLOW_IOCTL_MAGIC, 0x12, struct memflow_publish)

/* With MEMFLOW_IOC_UNPUBLISH: also end the access of those who have it open. */
#define MEMFLOW_REVOKE		(1U << 2)

/**
 * struct memflow_unpublish - take a node away
 * @size: sizeof(struct memflow_unpublish)
 * @flags: MEMFLOW_REVOKE or 0
 * @pid: only if the node is that process's (number of the initial pid namespace,
 *	as sysfs shows it); 0: whosever
 * @reserved: zero
 * @uuid: only if the node has that UUID; all zero: whatever it has
 * @node: file name of the node
 */
struct memflow_unpublish {
	__u32 size;
	__u32 flags;
	__s32 pid;
	__u32 reserved;
	__u8 uuid[MEMFLOW_UUID_LEN];
	char node[MEMFLOW_NODE_MAX];
};

/*
 * MEMFLOW_IOC_UNPUBLISH - on the control device; needs CAP_SYS_ADMIN. ENOENT: no
 * such node, or @pid or @uuid differ.
 */
#define MEMFLOW_IOC_UNPUBLISH	_IOW(MEMFLOW_IOCTL_MAGIC, 0x13, struct memflow_unpublish)

/* memflow_info.state */
#define MEMFLOW_ALIVE		(1U << 0)
#define MEMFLOW_PUBLISHED	(1U << 1)

/**
 * struct memflow_info - what a target is
 * @size: in: sizeof(struct memflow_info)
 * @flags: out: MEMFLOW_READONLY, MEMFLOW_STRICT
 * @state: out: MEMFLOW_ALIVE, MEMFLOW_PUBLISHED
 * @pid: out: the VM's process, a number of the initial pid namespace
 * @generation: out: number of the layout; changes when memslots change
 * @end: out: end of the last memslot, the size of the guest physical space
 * @ram_size: out: sum of the sizes of all writable memslots
 * @nr_slots: out: memslots
 * @reserved: out: zero
 * @uuid: out: as published; zeros otherwise
 */
struct memflow_info {
	__u32 size;
	__u32 flags;
	__u32 state;
	__s32 pid;
	__aligned_u64 generation;
	__aligned_u64 end;
	__aligned_u64 ram_size;
	__u32 nr_slots;
	__u32 reserved;
	__u8 uuid[MEMFLOW_UUID_LEN];
};

/* MEMFLOW_IOC_INFO - on a target; works on a dead VM, too. */
#define MEMFLOW_IOC_INFO	_IOWR(MEMFLOW_IOCTL_MAGIC, 0x20, struct memflow_info)

/**
 * struct memflow_memslot - one memslot of a layout
 * @gpa: guest physical address of its first byte
 * @length: bytes
 * @hva: its address in the VM's process; 0 for callers without CAP_SYS_PTRACE
 * @flags: MEMFLOW_READONLY (ROM): the guest cannot write it, nor can a target
 * @reserved: zero
 */
struct memflow_memslot {
	__aligned_u64 gpa;
	__aligned_u64 length;
	__aligned_u64 hva;
	__u32 flags;
	__u32 reserved;
};

/**
 * struct memflow_slots - the layout of a VM
 * @size: in: sizeof(struct memflow_slots)
 * @count: in: room in @slots; out: memslots the VM has, also where that is more
 *	than there was room for
 * @generation: out: of the layout described
 * @slots: in: address of an array of struct memflow_memslot, written in order of
 *	gpa
 */
struct memflow_slots {
	__u32 size;
	__u32 count;
	__aligned_u64 generation;
	__aligned_u64 slots;
};

/* MEMFLOW_IOC_SLOTS - on a target. ENODEV once the VM is gone. */
#define MEMFLOW_IOC_SLOTS	_IOWR(MEMFLOW_IOCTL_MAGIC, 0x21, struct memflow_slots)

/**
 * struct memflow_segment - one piece of a scatter list
 * @gpa: guest physical address
 * @buffer: address in the caller
 * @length: bytes
 * @result: out: bytes transferred, or a negative errno where there were none.
 *	Holes are ENXIO here for reads as well.
 */
struct memflow_segment {
	__aligned_u64 gpa;
	__aligned_u64 buffer;
	__aligned_u64 length;
	__s64 result;
};

/* memflow_transfer.flags */
#define MEMFLOW_TRANSFER_WRITE	(1U << 0)	/* to the guest; else from it */

/**
 * struct memflow_transfer - a scatter list
 * @size: sizeof(struct memflow_transfer)
 * @flags: MEMFLOW_TRANSFER_WRITE or 0
 * @count: segments
 * @reserved: zero
 * @segments: address of an array of struct memflow_segment
 */
struct memflow_transfer {
	__u32 size;
	__u32 flags;
	__u32 count;
	__u32 reserved;
	__aligned_u64 segments;
};

/*
 * MEMFLOW_IOC_TRANSFER - on a target. Returns the number of segments that were
 * transferred whole; the others say why in @result. EBADF: the descriptor was
 * not opened for that direction; ENODEV: the VM is gone; EINTR: a signal came;
 * segments before the one that it met may have their @result.
 */
#define MEMFLOW_IOC_TRANSFER	_IOW(MEMFLOW_IOCTL_MAGIC, 0x22, struct memflow_transfer)

/*
 * MEMFLOW_IOC_SET_FLAGS - on a target; the argument is the address of a __u32 of
 * MEMFLOW_STRICT or 0. Holds for this descriptor and its mappings, for faults to
 * come.
 */
#define MEMFLOW_IOC_SET_FLAGS	_IOW(MEMFLOW_IOCTL_MAGIC, 0x23, __u32)

/**
 * struct memflow_populate - fill a mapping in advance
 * @size: sizeof(struct memflow_populate)
 * @flags: zero
 * @address: in the caller, a multiple of the page size
 * @length: bytes, likewise
 */
struct memflow_populate {
	__u32 size;
	__u32 flags;
	__aligned_u64 address;
	__aligned_u64 length;
};

/*
 * MEMFLOW_IOC_POPULATE - on a target that the caller has mapped there. Maps, for
 * reading, the pages that the VM's process has there now, so that their first load
 * takes no page fault; with mmap's MAP_POPULATE nothing would happen. No page is made
 * for it: what the guest never touched, what is swapped out, and holes are left to the
 * first access, as is what changes meanwhile. EINVAL: not whole pages; ENOMEM: some of
 * it is no mapping of this target; EACCES: a mapping without PROT_READ; EINTR: a signal
 * came, and what has been mapped stays so; ENODEV: the VM is gone.
 */
#define MEMFLOW_IOC_POPULATE	_IOW(MEMFLOW_IOCTL_MAGIC, 0x24, struct memflow_populate)

/**
 * struct memflow_status - the status page
 * @abi: MEMFLOW_ABI_VERSION
 * @alive: 1; 0 once the VM is gone or access to it was revoked
 * @generation: number of the layout; changes when the module notices that
 *	memslots changed: at every operation on a target and at most
 *	a tenth of a second later while one is mapped
 *
 * Both change before the mappings do. So who copies from a mapping, then has a
 * read barrier (atomic_thread_fence(memory_order_acquire)), and then finds @alive
 * still 1 and @generation as it was before the copy has what the guest had there.
 */
struct memflow_status {
	__u32 abi;
	__u32 alive;
	__aligned_u64 generation;
};

#endif /* MEMFLOW_UAPI_H */
