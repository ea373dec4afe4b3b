/* SPDX-License-Identifier: MIT */
/* The process of a domain: see process.h. */
#include "process.h"

#include "error.h"
#include "fd.h"
#include "uuid.h"

#include <poll.h>
#include <string.h>

struct _MflProcess {
	const MflEnv *env;
	pid_t pid;
	int pidfd;
};

MflProcess *mfl_process_open_in(const MflEnv *env, pid_t pid, GError **error)
{
	MflProcess *process;
	int pidfd;

	if (pid <= 0) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "%d is no pid", (int)pid);
		return NULL;
	}
	pidfd = env->pidfd_open(pid);
	if (pidfd < 0) {
		mfl_error_set_errno(error, errno, "cannot open process %d", (int)pid);
		return NULL;
	}
	process = g_new0(MflProcess, 1);
	process->env = env;
	process->pid = pid;
	process->pidfd = pidfd;
	return process;
}

MflProcess *mfl_process_open(pid_t pid, GError **error)
{
	return mfl_process_open_in(mfl_env_host(), pid, error);
}

void mfl_process_free(MflProcess *process)
{
	if (!process)
		return;
	mfl_clear_fd(&process->pidfd);
	g_free(process);
}

pid_t mfl_process_get_pid(MflProcess *process)
{
	return process->pid;
}

const MflEnv *mfl_process_get_env(MflProcess *process)
{
	return process->env;
}

int mfl_process_get_pidfd(MflProcess *process)
{
	return process->pidfd;
}

gboolean mfl_pidfd_is_alive(int pidfd)
{
	struct pollfd poll_fd = { .fd = pidfd, .events = POLLIN };
	int ready;

	do {
		ready = poll(&poll_fd, 1, 0);
	} while (ready < 0 && errno == EINTR);
	/* Readable: it ended, be it reaped or not (pidfd_open(2)). */
	return ready == 0;
}

gboolean mfl_process_is_alive(MflProcess *process)
{
	return mfl_pidfd_is_alive(process->pidfd);
}

static gboolean check_alive(MflProcess *process, GError **error)
{
	if (mfl_process_is_alive(process))
		return TRUE;
	g_set_error(error, MFL_ERROR, MFL_ERROR_GONE, "process %d has ended", (int)process->pid);
	return FALSE;
}

/*
 * The name in QEMU's "guest=a,,b,debug-threads=on" is "a,b"; "guest=" may be left
 * out (QEMU 7.2, qemu-options.hx).
 */
static char *parse_name(const char *option)
{
	GString *name = g_string_new(NULL);

	if (g_str_has_prefix(option, "guest="))
		option += strlen("guest=");
	for (; *option; option++) {
		if (*option == ',' && *++option != ',')
			break;
		g_string_append_c(name, *option);
	}
	return g_string_free(name, FALSE);
}

gboolean mfl_process_get_domain(MflProcess *process, char **name, char **uuid, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/%d/cmdline", process->env->proc,
						(int)process->pid);
	g_autofree char *command_line = NULL;
	g_autofree char *found_name = NULL;
	g_autofree char *found_uuid = NULL;
	g_autoptr(GError) cause = NULL;
	gsize length = 0;
	const char *end;

	if (!g_file_get_contents(path, &command_line, &length, &cause)) {
		if (!check_alive(process, error))
			return FALSE;
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot read %s: %s", path,
			    cause->message);
		return FALSE;
	}
	if (!check_alive(process, error))
		return FALSE;
	end = command_line + length; /* g_file_get_contents() put a NUL there */
	for (const char *word = command_line; word < end; word += strlen(word) + 1) {
		const char *value = word + strlen(word) + 1;

		if (value >= end)
			break;
		if (!found_name && strcmp(word, "-name") == 0)
			found_name = parse_name(value);
		else if (!found_uuid && strcmp(word, "-uuid") == 0)
			found_uuid = mfl_uuid_normalize(value);
		else
			continue;
		word = value; /* a name may be "-uuid" */
	}
	if (!found_name || !found_uuid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND,
			    "process %d is not the QEMU of a libvirt domain", (int)process->pid);
		return FALSE;
	}
	if (name)
		*name = g_steal_pointer(&found_name);
	if (uuid)
		*uuid = g_steal_pointer(&found_uuid);
	return TRUE;
}

gboolean mfl_process_is_domain(MflProcess *process, const char *name, const char *uuid,
			       GError **error)
{
	g_autofree char *found_name = NULL;
	g_autofree char *found_uuid = NULL;
	g_autofree char *wanted_uuid = uuid ? mfl_uuid_normalize(uuid) : NULL;

	if (uuid && !wanted_uuid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "\"%s\" is no UUID", uuid);
		return FALSE;
	}
	if (!mfl_process_get_domain(process, &found_name, &found_uuid, error))
		return FALSE;
	if ((name && strcmp(name, found_name) != 0) ||
	    (wanted_uuid && strcmp(wanted_uuid, found_uuid) != 0)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND,
			    "process %d is domain \"%s\" (%s), not \"%s\"", (int)process->pid,
			    found_name, found_uuid, name ? name : wanted_uuid);
		return FALSE;
	}
	return TRUE;
}

/* The number of its descriptor that links to "anon_inode:kvm-vm"; -1, errno 0: none. */
static int find_vm_fd(const char *directory)
{
	g_autoptr(GDir) dir = NULL;
	const char *entry;
	int lowest = -1;

	/* GDir's error codes lose the errno that tells EACCES from ENOENT. */
	errno = 0;
	dir = g_dir_open(directory, 0, NULL);
	if (!dir) {
		if (!errno)
			errno = EIO;
		return -1;
	}
	while ((entry = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(directory, entry, NULL);
		g_autofree char *link = g_file_read_link(path, NULL);
		guint64 number;

		if (g_strcmp0(link, "anon_inode:kvm-vm") != 0 ||
		    !g_ascii_string_to_unsigned(entry, 10, 0, G_MAXINT, &number, NULL))
			continue;
		if (lowest < 0 || (int)number < lowest)
			lowest = (int)number;
	}
	errno = 0;
	return lowest;
}

int mfl_process_get_vm_fd(MflProcess *process, GError **error)
{
	g_autofree char *directory = g_strdup_printf("%s/%d/fd", process->env->proc,
						     (int)process->pid);
	mfl_autofd fd = -1;
	int number = find_vm_fd(directory);

	if (number < 0) {
		int errnum = errno;

		if (!check_alive(process, error))
			return -1;
		if (errnum == EACCES || errnum == EPERM)
			g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
				    "cannot look into process %d: permission denied; "
				    "run as root or with CAP_SYS_PTRACE",
				    (int)process->pid);
		else if (errnum)
			mfl_error_set_errno(error, errnum, "cannot list %s", directory);
		else
			g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
				    "process %d has no KVM VM; the domain is emulated in software "
				    "(<domain type='qemu'>), use type='kvm'",
				    (int)process->pid);
		return -1;
	}
	fd = process->env->pidfd_getfd(process->pidfd, number);
	if (fd < 0) {
		int errnum = errno;

		if (errnum == EPERM || errnum == EACCES)
			g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
				    "cannot take the VM descriptor of process %d: permission "
				    "denied; run as root or with CAP_SYS_PTRACE",
				    (int)process->pid);
		else
			mfl_error_set_errno(error, errnum,
					    "cannot take the VM descriptor of process %d",
					    (int)process->pid);
		return -1;
	}
	/*
	 * The number was looked up by pid and used by pidfd. That worked, so the
	 * process was alive, so the pid was still its own when it was looked up.
	 */
	return mfl_steal_fd(&fd);
}
