/* SPDX-License-Identifier: MIT */
/* The memory of a process: see process-memory.h. */
#include "process-memory.h"

#include "error.h"
#include "fd.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Why the kernel may refuse what root's rights or the user's own should allow. */
static const char *get_restriction(const MflEnv *env)
{
	g_autofree char *path = g_build_filename(env->proc, "sys/kernel/yama/ptrace_scope", NULL);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL) || text[0] == '0')
		return "";
	return " (kernel.yama.ptrace_scope is not 0)";
}

static void set_access_error(MflProcess *process, int errnum, const char *what, GError **error)
{
	const int pid = (int)mfl_process_get_pid(process);

	if (!mfl_process_is_alive(process) || errnum == ESRCH)
		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE, "process %d has ended", pid);
	else if (errnum == EPERM || errnum == EACCES)
		g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
			    "cannot %s of process %d: permission denied%s; run as root, with "
			    "CAP_SYS_PTRACE, or as the user that the process belongs to",
			    what, pid, get_restriction(mfl_process_get_env(process)));
	else
		mfl_error_set_errno(error, errnum, "cannot %s of process %d", what, pid);
}

gboolean mfl_process_check_access(MflProcess *process, GError **error)
{
	char byte;
	const struct iovec local = { &byte, 1 };
	/* Nothing is ever mapped there; the right is asked for first. */
	const struct iovec remote = { NULL, 1 };
	const gssize result = mfl_process_readv(process, &local, &remote, 1);

	if ((result == -EFAULT || result >= 0) && mfl_process_is_alive(process))
		return TRUE;
	set_access_error(process, (int)-result, "read the memory", error);
	return FALSE;
}

char *mfl_process_read_maps(MflProcess *process, gsize *length, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/%d/maps", mfl_process_get_env(process)->proc,
						(int)mfl_process_get_pid(process));
	g_autoptr(GError) cause = NULL;
	char *text = NULL;

	if (!g_file_get_contents(path, &text, length, &cause)) {
		const gboolean denied = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
					g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_PERM);

		set_access_error(process, denied ? EACCES : EIO, "read the mappings", error);
		return NULL;
	}
	/* One that has none has no memory any more: it is ending. */
	if (*length > 0 && mfl_process_is_alive(process))
		return text;
	g_free(text);
	set_access_error(process, ESRCH, "read the mappings", error);
	return NULL;
}

int mfl_process_open_memory(MflProcess *process, GError **error)
{
	const MflEnv *env = mfl_process_get_env(process);
	g_autofree char *path =
		g_strdup_printf("%s/%d/mem", env->proc, (int)mfl_process_get_pid(process));
	mfl_autofd fd = env->open(path, O_RDWR);
	const int errnum = errno;

	if (fd >= 0 && mfl_process_is_alive(process))
		return mfl_steal_fd(&fd);
	set_access_error(process, fd < 0 ? errnum : ESRCH, "write the memory", error);
	return -1;
}

static gboolean is_file(int fd, const MflStretch *stretch)
{
	struct stat status;

	return fstat(fd, &status) == 0 && (guint64)status.st_ino == stretch->inode &&
	       ((guint64)major(status.st_dev) << 32 | minor(status.st_dev)) == stretch->device;
}

/* Which of its descriptors may be files; sockets and the like are not worth a duplicate. */
static gboolean is_path(const char *link)
{
	return link && link[0] == '/' && !g_str_has_prefix(link, "/dev/pts/");
}

int mfl_process_get_file(MflProcess *process, const MflStretch *stretch, GError **error)
{
	const MflEnv *env = mfl_process_get_env(process);
	g_autofree char *directory =
		g_strdup_printf("%s/%d/fd", env->proc, (int)mfl_process_get_pid(process));
	g_autoptr(GDir) dir = NULL;
	const char *entry;
	int errnum = ENOENT;

	/* GDir's error codes lose the errno that tells EACCES from ENOENT. */
	errno = 0;
	dir = g_dir_open(directory, 0, NULL);
	if (!dir)
		errnum = errno ? errno : EIO;
	while (dir && (entry = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(directory, entry, NULL);
		g_autofree char *link = g_file_read_link(path, NULL);
		mfl_autofd fd = -1;
		guint64 number;

		if (!is_path(link) ||
		    !g_ascii_string_to_unsigned(entry, 10, 0, G_MAXINT, &number, NULL))
			continue;
		fd = env->pidfd_getfd(mfl_process_get_pidfd(process), (int)number);
		if (fd < 0)
			errnum = errno;
		else if (is_file(fd, stretch))
			return mfl_steal_fd(&fd);
	}
	set_access_error(process, errnum, "take the descriptor of the guest's memory", error);
	return -1;
}

gssize mfl_process_readv(MflProcess *process, const struct iovec *local,
			 const struct iovec *remote, gulong n)
{
	ssize_t result;

	do {
		result = mfl_process_get_env(process)->process_vm_readv(
			mfl_process_get_pid(process), local, n, remote, n);
	} while (result < 0 && errno == EINTR);
	return result < 0 ? -errno : result;
}
