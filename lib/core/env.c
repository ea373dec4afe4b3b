/* SPDX-License-Identifier: MIT */
/* The host this program runs on: see env.h. */
#include "env.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Numbers of the generic table, the same on every architecture (Linux 5.3, 5.6). */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

static int host_open(const char *path, int flags)
{
	return open(path, flags | O_CLOEXEC | O_NOCTTY);
}

static gboolean host_get_device(const char *path, dev_t *device)
{
	struct stat status;

	if (stat(path, &status) || !S_ISCHR(status.st_mode))
		return FALSE;
	*device = status.st_rdev;
	return TRUE;
}

static int host_ioctl(int fd, unsigned long request, void *argument)
{
	return ioctl(fd, request, argument);
}

static int host_pidfd_open(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

static int host_pidfd_getfd(int pidfd, int fd)
{
	return (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
}

static ssize_t host_process_vm_readv(pid_t pid, const struct iovec *local, gulong n_local,
				     const struct iovec *remote, gulong n_remote)
{
	return process_vm_readv(pid, local, n_local, remote, n_remote, 0);
}

/* devtmpfs keeps them as tmpfs does (tmpfs(5), CONFIG_TMPFS_XATTR). */
#define NOTE "trusted.memflow-libvirt"
#define NOTE_MAX 63

static gboolean host_set_note(const char *path, const char *note)
{
	return setxattr(path, NOTE, note, strlen(note), 0) == 0;
}

static char *host_get_note(const char *path)
{
	char note[NOTE_MAX + 1];
	ssize_t length = getxattr(path, NOTE, note, NOTE_MAX);

	return length > 0 ? g_strndup(note, (gsize)length) : NULL;
}

const MflEnv *mfl_env_host(void)
{
	static const MflEnv host = {
		.proc = "/proc",
		.sys = "/sys",
		.dev = "/dev",
		.run = "/run",
		.open = host_open,
		.get_device = host_get_device,
		.ioctl = host_ioctl,
		.mmap = mmap,
		.pidfd_open = host_pidfd_open,
		.pidfd_getfd = host_pidfd_getfd,
		.process_vm_readv = host_process_vm_readv,
		.pwrite = pwrite,
		.set_note = host_set_note,
		.get_note = host_get_note,
	};

	return &host;
}

const char *mfl_env_get_user_run(const MflEnv *env)
{
	/*
	 * libvirt's virGetUserRuntimeDirectory() is this function, too, with
	 * "/libvirt" appended (libvirt 9.0.0, src/util/virutil.c).
	 */
	return env->user_run ? env->user_run : g_get_user_runtime_dir();
}
