/* SPDX-License-Identifier: MIT */
/*
 * The outside world as the core sees it: where the kernel's file systems are
 * mounted and which system calls reach a device or a process. Production code
 * has one, the host's; a unit test builds its own and hands it down. Nothing
 * here can be changed from outside the program.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>
#include <sys/uio.h>

G_BEGIN_DECLS

typedef struct _MflEnv {
	const char *proc;     /* /proc */
	const char *sys;      /* /sys */
	const char *dev;      /* /dev */
	const char *run;      /* /run */
	const char *user_run; /* NULL: g_get_user_runtime_dir() */

	int (*open)(const char *path, int flags);
	/* FALSE: it is no character device, or not there. */
	gboolean (*get_device)(const char *path, dev_t *device);
	int (*ioctl)(int fd, unsigned long request, void *argument);
	void *(*mmap)(void *address, size_t length, int prot, int flags, int fd, off_t offset);
	int (*pidfd_open)(pid_t pid);
	int (*pidfd_getfd)(int pidfd, int fd);
	ssize_t (*process_vm_readv)(pid_t pid, const struct iovec *local, gulong n_local,
				    const struct iovec *remote, gulong n_remote);
	ssize_t (*pwrite)(int fd, const void *buffer, size_t length, off_t offset);
	/*
	 * A note on a file that goes with the file, and that is written and read with
	 * CAP_SYS_ADMIN alone: an extended attribute. NULL: there is none to be seen.
	 */
	gboolean (*set_note)(const char *path, const char *note);
	char *(*get_note)(const char *path);
} MflEnv;

const MflEnv *mfl_env_host(void);

/* $XDG_RUNTIME_DIR or what libvirt takes in its place. */
const char *mfl_env_get_user_run(const MflEnv *env);

G_END_DECLS
