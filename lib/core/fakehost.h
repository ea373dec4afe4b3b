/* SPDX-License-Identifier: MIT */
/*
 * For unit tests: a host made of temporary files and memfds, with the module,
 * QEMU processes and libvirt's runtime files emulated behind an MflEnv. It does
 * what kmod/uapi/memflow.h promises, so that what is learned here holds there.
 */
#pragma once

#include "env.h"
#include "lock.h"
#include "memflow.h"

G_BEGIN_DECLS

#define FAKE_UUID_A "0a0a0a0a-1111-2222-3333-444444444444"
/* Where a fake VM's process has the memory of guest physical address 0. */
#define FAKE_HVA G_GUINT64_CONSTANT(0x7f0000000000)

#define FAKE_UUID_B "0b0b0b0b-1111-2222-3333-444444444444"

typedef struct _FakeHost FakeHost;

/* One QEMU process and its VM. */
typedef struct {
	FakeHost *host;
	char *name;
	char *uuid;
	pid_t pid;
	gboolean running;
	int exit_pipe[2]; /* [0] acts as the pidfd: hangs up when the process ends */

	int memory; /* memfd; offset = gpa */
	int status; /* memfd of one page */
	struct memflow_status *status_page;
	GArray *slots; /* struct memflow_memslot */

	char *node; /* file name, NULL: not published */
	char *sysfs;
	guint device; /* its minor number */
	gboolean node_readonly;
	uid_t node_uid; /* what it is made with */
	gid_t node_gid;
	mode_t node_mode;
	char *note; /* on the node */
	int node_open_errno;   /* refuse opening the node */
	int node_write_errno;  /* refuse opening it for writing */
	int attach_errno;      /* refuse MEMFLOW_IOC_ATTACH and _PUBLISH */
	gboolean shared;       /* its RAM is: set by fake_vm_share() */
	int trace_errno;       /* refuse process_vm_readv() and opening its memory */
	int mem_errno;	       /* refuse opening its memory */
	guint64 absent;	       /* gpa of a page that cannot be had; 0: none */
	guint n_states;
	guint n_transfers;     /* calls of process_vm_readv() and pwrite() */
} FakeVm;

struct _FakeHost {
	MflEnv env;
	char *root;
	int control_errno; /* refuse opening the control device */
	guint32 abi;
	guint64 features;
	gboolean foreign_module; /* ENOTTY for MEMFLOW_IOC_VERSION */
	int getfd_errno;
	int mmap_errno; /* refuse to map guest memory */
	guint next_device;
	guint n_ioctls;	       /* calls so far */
	GPtrArray *vms;
	void (*before_transfer)(FakeVm *vm); /* the like, in process_vm_readv() and pwrite() */
	gboolean (*before_open)(FakeHost *host, const char *path); /* a race to provoke */
	MflLock lock;
};

FakeHost *fake_host_new(void);
void fake_host_free(FakeHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeHost, fake_host_free)

/* Writes a file below the root, directories included. */
void fake_host_write(FakeHost *host, const char *path, const char *content, gssize length);
void fake_host_remove(FakeHost *host, const char *path);

/* The minor number of the device that a node is. */
void fake_host_set_number(FakeHost *host, const char *node, guint number);

/* A running process with the command line that libvirt gives it, and a pid file. */
FakeVm *fake_vm_start(FakeHost *host, const char *name, const char *uuid, pid_t pid);
/* Ends it, as the module and libvirt would see that. */
void fake_vm_stop(FakeVm *vm);
/* Frees the VMs that were stopped; nobody may use them any more. */
void fake_host_forget_stopped(FakeHost *host);
void fake_vm_set_slots(FakeVm *vm, const struct memflow_memslot *slots, guint n);
/* The same, and its process's mappings and libvirt's files show it: for who has no module. */
void fake_vm_plug(FakeVm *vm, const struct memflow_memslot *slots, guint n);
/* Has its RAM shared with a file, as by <access mode='shared'/>. */
void fake_vm_share(FakeVm *vm);
/* libvirt writes the domain's state anew: another one, or (with the lock) the same. */
void fake_vm_save_state(FakeVm *vm);
void fake_vm_touch_state(FakeVm *vm);
void fake_vm_publish(FakeVm *vm, gboolean readonly);
void fake_vm_unpublish(FakeVm *vm);
void fake_vm_poke(FakeVm *vm, guint64 gpa, const void *data, gsize length);
void fake_vm_peek(FakeVm *vm, guint64 gpa, void *data, gsize length);

G_END_DECLS
