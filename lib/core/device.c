/* SPDX-License-Identifier: MIT */
/* The one seam to the kernel module: see device.h. */
#include "device.h"

#include "error.h"
#include "fd.h"
#include "name.h"
#include "published.h"
#include "uuid.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#define CONTROL "memflow"

G_STATIC_ASSERT(MFL_UUID_BYTES == MEMFLOW_UUID_LEN);

static int call(const MflEnv *env, int fd, unsigned long request, void *argument)
{
	int result;

	do {
		result = env->ioctl(fd, request, argument);
	} while (result < 0 && errno == EINTR);
	return result;
}

/* By what it can, not by its number: an upgrade leaves an older module loaded while it is used. */
static gboolean check_version(const MflEnv *env, int fd, const char *path, GError **error)
{
	const guint64 needed = MEMFLOW_FEATURE_STATUS | MEMFLOW_FEATURE_TRANSFER;
	struct memflow_version version = { 0 };

	if (call(env, fd, MEMFLOW_IOC_VERSION, &version) < 0) {
		/* memflow-kvm 0.2.1 says EPERM to what it does not know. */
		if (errno == ENOTTY || errno == EINVAL || errno == EPERM)
			g_set_error(error, MFL_ERROR, MFL_ERROR_ABI,
				    "%s belongs to another module (memflow-kvm?); unload that and "
				    "load ours: modprobe memflow",
				    path);
		else
			mfl_error_set_errno(error, errno, "cannot ask %s for its version", path);
		return FALSE;
	}
	if ((version.features & needed) != needed) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_ABI,
			    "the loaded module memflow speaks interface %u (features 0x%llx), "
			    "this library needs %u (0x%llx); install the module that belongs to "
			    "it and load that",
			    version.abi, (unsigned long long)version.features,
			    (guint)MEMFLOW_ABI_VERSION, (unsigned long long)needed);
		return FALSE;
	}
	return TRUE;
}

static int open_control(const MflEnv *env, GError **error)
{
	g_autofree char *path = g_build_filename(env->dev, CONTROL, NULL);
	mfl_autofd fd = env->open(path, O_RDWR);

	if (fd < 0) {
		switch (errno) {
		case ENOENT:
		case ENODEV:
		case ENXIO:
			g_set_error(error, MFL_ERROR, MFL_ERROR_NO_MODULE,
				    "there is no %s; load the kernel module: modprobe memflow",
				    path);
			break;
		case EACCES:
		case EPERM:
			g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
				    "cannot open %s: permission denied; run as root, or use a "
				    "published node (memflowctl attach)",
				    path);
			break;
		default:
			mfl_error_set_errno(error, errno, "cannot open %s", path);
		}
		return -1;
	}
	if (!check_version(env, fd, path, error))
		return -1;
	return mfl_steal_fd(&fd);
}

gboolean mfl_device_check(const MflEnv *env, GError **error)
{
	mfl_autofd control = open_control(env, error);

	return control >= 0;
}

static void set_vm_error(GError **error, int errnum, const char *verb, pid_t pid)
{
	if (errnum == EOPNOTSUPP)
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "cannot %s the VM of process %d: its memory is confidential "
			    "(SEV, TDX or guest_memfd)",
			    verb, (int)pid);
	else if (errnum == ESRCH)
		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
			    "cannot %s the VM of process %d: it has ended", verb, (int)pid);
	else if (errnum == EPERM || errnum == EACCES)
		g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
			    "cannot %s the VM of process %d: permission denied; run as root", verb,
			    (int)pid);
	else
		mfl_error_set_errno(error, errnum, "cannot %s the VM of process %d", verb,
				    (int)pid);
}

/* Whether the node that is in the way is the one that was asked for. */
static gboolean is_published(const MflEnv *env, const char *name, const char *uuid, pid_t pid)
{
	g_autoptr(MflPublished) published = mfl_published_find_in(env, name);
	g_autofree char *wanted = mfl_uuid_normalize(uuid);

	return published && published->pid == pid && g_strcmp0(published->uuid, wanted) == 0;
}

gboolean mfl_device_publish(MflProcess *process, const MflPublication *publication,
			    GError **error)
{
	const MflEnv *env = mfl_process_get_env(process);
	const pid_t pid = mfl_process_get_pid(process);
	g_autofree char *node = mfl_name_encode(publication->name);
	g_autofree struct memflow_publish *publish = g_new0(struct memflow_publish, 1);
	mfl_autofd vm = -1;
	mfl_autofd control = -1;

	publish->size = sizeof(*publish);
	publish->flags = publication->readonly ? MEMFLOW_READONLY : 0;
	publish->pid = pid;
	publish->uid = publication->uid;
	publish->gid = publication->gid;
	publish->mode = publication->mode;
	if (!mfl_uuid_parse(publication->uuid, publish->uuid)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "\"%s\" is no UUID",
			    publication->uuid);
		return FALSE;
	}
	if (!*node || g_strlcpy(publish->name, publication->name, sizeof(publish->name)) >=
			      sizeof(publish->name)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "a domain name of %zu bytes cannot be published; 1 to %d can",
			    strlen(publication->name), MEMFLOW_NAME_MAX - 1);
		return FALSE;
	}
	if (publication->mode & ~(mode_t)0666) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "mode %04o is not within 0666", (guint)publication->mode);
		return FALSE;
	}
	g_strlcpy(publish->node, node, sizeof(publish->node));

	control = open_control(env, error);
	if (control < 0)
		return FALSE;
	vm = mfl_process_get_vm_fd(process, error);
	if (vm < 0)
		return FALSE;
	publish->vm_fd = vm;
	if (call(env, control, MEMFLOW_IOC_PUBLISH, publish) == 0) {
		g_autofree char *path = mfl_device_node_path(env, publication->name);

		/* Without it a node counts as made by somebody's hand, which is the safe side. */
		if (publication->note)
			env->set_note(path, publication->note);
		return TRUE;
	}
	if (errno != EEXIST) {
		set_vm_error(error, errno, "publish", pid);
		return FALSE;
	}
	if (is_published(env, publication->name, publication->uuid, pid))
		return TRUE;
	g_set_error(error, MFL_ERROR, MFL_ERROR_EXISTS,
		    "cannot publish the VM of process %d: another running VM has the node "
		    "%s/" MEMFLOW_NODE_DIR "/%s",
		    (int)pid, env->dev, node);
	return FALSE;
}

gboolean mfl_device_unpublish_in(const MflEnv *env, const char *name, const char *uuid, pid_t pid,
				 gboolean revoke, GError **error)
{
	g_autofree char *node = mfl_name_encode(name);
	struct memflow_unpublish unpublish = {
		.size = sizeof(unpublish),
		.flags = revoke ? MEMFLOW_REVOKE : 0,
		.pid = pid,
	};
	mfl_autofd control = -1;

	if (uuid && !mfl_uuid_parse(uuid, unpublish.uuid)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "\"%s\" is no UUID", uuid);
		return FALSE;
	}
	g_strlcpy(unpublish.node, node, sizeof(unpublish.node));
	control = open_control(env, error);
	if (control < 0)
		return FALSE;
	if (call(env, control, MEMFLOW_IOC_UNPUBLISH, &unpublish) == 0)
		return TRUE;
	switch (errno) {
	case ENOENT:
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND, "domain \"%s\" has no node",
			    name);
		break;
	case EPERM:
	case EACCES:
		g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
			    "cannot unpublish domain \"%s\": permission denied; run as root", name);
		break;
	default:
		mfl_error_set_errno(error, errno, "cannot unpublish domain \"%s\"", name);
	}
	return FALSE;
}

gboolean mfl_device_unpublish(const char *name, const char *uuid, pid_t pid, gboolean revoke,
			      GError **error)
{
	return mfl_device_unpublish_in(mfl_env_host(), name, uuid, pid, revoke, error);
}

char *mfl_device_dup_note(const MflEnv *env, const char *path)
{
	return env->get_note ? env->get_note(path) : NULL;
}

char *mfl_device_node_path(const MflEnv *env, const char *name)
{
	g_autofree char *node = mfl_name_encode(name);

	return g_build_filename(env->dev, MEMFLOW_NODE_DIR, node, NULL);
}

int mfl_device_open_node(const MflEnv *env, const char *path, int flags, GError **error)
{
	mfl_autofd fd = env->open(path, flags);

	if (fd < 0) {
		switch (errno) {
		case EACCES:
		case EPERM:
			g_set_error(error, MFL_ERROR, MFL_ERROR_PERMISSION,
				    "cannot open %s: permission denied; add your user to the "
				    "group of that node (\"memflow\" unless configured otherwise) "
				    "and log in again",
				    path);
			break;
		case ENOENT:
		case ENODEV:
		case ENXIO:
			g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
				    "cannot open %s: the domain has just stopped", path);
			break;
		default:
			mfl_error_set_errno(error, errno, "cannot open %s", path);
		}
		return -1;
	}
	if (!check_version(env, fd, path, error))
		return -1;
	return mfl_steal_fd(&fd);
}

int mfl_device_attach(MflProcess *process, gboolean readonly, GError **error)
{
	const MflEnv *env = mfl_process_get_env(process);
	struct memflow_attach attach = {
		.size = sizeof(attach),
		.flags = readonly ? MEMFLOW_READONLY : 0,
	};
	mfl_autofd control = open_control(env, error);
	mfl_autofd vm = -1;
	int target;

	if (control < 0)
		return -1;
	vm = mfl_process_get_vm_fd(process, error);
	if (vm < 0)
		return -1;
	attach.vm_fd = vm;
	target = call(env, control, MEMFLOW_IOC_ATTACH, &attach);
	if (target < 0)
		set_vm_error(error, errno, "attach to", mfl_process_get_pid(process));
	return target;
}

gboolean mfl_device_get_info(const MflEnv *env, int target, struct memflow_info *info,
			     GError **error)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	if (call(env, target, MEMFLOW_IOC_INFO, info) == 0)
		return TRUE;
	mfl_error_set_errno(error, errno, "cannot ask the module about the VM");
	return FALSE;
}

GArray *mfl_device_get_slots(const MflEnv *env, int target, guint64 *generation, GError **error)
{
	g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(struct memflow_memslot));
	struct memflow_slots slots = { .count = 32 };
	guint room;

	do {
		room = slots.count;
		g_array_set_size(list, room);
		slots.size = sizeof(slots);
		slots.slots = (guintptr)list->data;
		if (call(env, target, MEMFLOW_IOC_SLOTS, &slots) < 0) {
			if (errno == ENODEV)
				g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
					    "the domain has stopped");
			else
				mfl_error_set_errno(error, errno,
						    "cannot ask the module for the memslots");
			return NULL;
		}
	} while (slots.count > room);
	g_array_set_size(list, slots.count);
	*generation = slots.generation;
	return g_steal_pointer(&list);
}

int mfl_device_map(const MflEnv *env, int target, guint64 gpa, gsize length, gboolean writable,
		   gpointer address)
{
	int prot = writable ? PROT_READ | PROT_WRITE : PROT_READ;

	return env->mmap(address, length, prot, MAP_SHARED | MAP_NORESERVE | MAP_FIXED, target,
			 (off_t)gpa) == MAP_FAILED ?
		       errno :
		       0;
}

int mfl_device_map_status(const MflEnv *env, int target, gpointer address)
{
	return env->mmap(address, (gsize)sysconf(_SC_PAGESIZE), PROT_READ, MAP_SHARED | MAP_FIXED,
			 target, (off_t)MEMFLOW_STATUS_OFFSET) == MAP_FAILED ?
		       errno :
		       0;
}

gint64 mfl_device_transfer(const MflEnv *env, int target, gboolean write, guint64 gpa,
			   gpointer buffer, gsize length)
{
	struct memflow_segment segment = {
		.gpa = gpa,
		.buffer = (guintptr)buffer,
		.length = length,
	};
	struct memflow_transfer transfer = {
		.size = sizeof(transfer),
		.flags = write ? MEMFLOW_TRANSFER_WRITE : 0,
		.count = 1,
		.segments = (guintptr)&segment,
	};

	if (call(env, target, MEMFLOW_IOC_TRANSFER, &transfer) < 0)
		return -errno;
	return segment.result;
}
