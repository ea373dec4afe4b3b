/* SPDX-License-Identifier: MIT */
/* The fake libvirt and its virtual machines inside the test build of the plugin. */
#include "fakevms.h"

#include <string.h>

/* The fakes are for one thread that changes them; here others look meanwhile. */
static MflLock lock = PTHREAD_MUTEX_INITIALIZER;
static FakeLibvirt *libvirt;
static const MflEnv *inner_env;
static const MflLibvirtOps *inner_ops;
static MflEnv outer_env;

/* In place of the archive's, which is not linked then: the functions of lib/ ask this. */
const MflContext *mfl_context_host(void)
{
	g_assert_nonnull(libvirt);
	return &libvirt->context;
}

static int locked_open(const char *path, int flags)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_env->open(path, flags);
}

static int locked_ioctl(int fd, unsigned long request, void *argument)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_env->ioctl(fd, request, argument);
}

static void *locked_mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_env->mmap(address, length, prot, flags, fd, offset);
}

static int locked_pidfd_open(pid_t pid)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_env->pidfd_open(pid);
}

static int locked_pidfd_getfd(int pidfd, int fd)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_env->pidfd_getfd(pidfd, fd);
}

static gpointer locked_connect(const char *uri, gboolean readonly, GError **error)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_ops->open(uri, readonly, error);
}

static void locked_disconnect(gpointer connection)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	inner_ops->close(connection);
}

static MflDomain *locked_lookup(gpointer connection, const MflContext *context, MflKey key,
				const char *value, GError **error)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_ops->lookup(connection, context, key, value, error);
}

static GPtrArray *locked_list(gpointer connection, const MflContext *context, GError **error)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_ops->list(connection, context, error);
}

static gboolean locked_set_paused(gpointer connection, const char *uuid, gboolean paused,
				  GError **error)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	return inner_ops->set_paused(connection, uuid, paused, error);
}

static FakeLibvirt *begin(void)
{
	static const MflLibvirtOps ops = {
		.open = locked_connect,
		.close = locked_disconnect,
		.lookup = locked_lookup,
		.list = locked_list,
		.set_paused = locked_set_paused,
	};

	libvirt = fake_libvirt_new();
	inner_env = libvirt->context.env;
	outer_env = *inner_env;
	outer_env.open = locked_open;
	outer_env.ioctl = locked_ioctl;
	outer_env.mmap = locked_mmap;
	outer_env.pidfd_open = locked_pidfd_open;
	outer_env.pidfd_getfd = locked_pidfd_getfd;
	libvirt->context.env = &outer_env;
	inner_ops = libvirt->context.libvirt;
	libvirt->context.libvirt = &ops;
	return libvirt;
}

static void end(void)
{
	fake_libvirt_free(libvirt);
	libvirt = NULL;
}

static MflDomain *find_domain(const char *uuid)
{
	for (guint i = 0; i < libvirt->system->len; i++) {
		MflDomain *domain = g_ptr_array_index(libvirt->system, i);

		if (strcmp(domain->uuid, uuid) == 0)
			return domain;
	}
	return NULL;
}

static FakeVm *start_with(const char *name, const char *uuid, guint64 gpa, const void *data,
			  gsize length, gboolean published)
{
	static const struct memflow_memslot pc[] = FAKE_PC_SLOTS;
	static pid_t last_pid = 100;
	static int last_id;
	mfl_autolock locker = mfl_lock_take(&lock);
	FakeVm *vm = fake_vm_start(libvirt->host, name, uuid, ++last_pid);
	MflDomain *domain = find_domain(uuid);

	if (!domain)
		domain = fake_libvirt_define(libvirt, libvirt->system, name, uuid, -1);
	domain->id = ++last_id;
	domain->running = TRUE;
	fake_vm_set_slots(vm, pc, G_N_ELEMENTS(pc));
	fake_vm_poke(vm, gpa, data, length);
	if (published)
		fake_vm_publish(vm, FALSE);
	return vm;
}

static FakeVm *start(const char *name, const char *uuid, gboolean published)
{
	return start_with(name, uuid, 0, NULL, 0, published);
}

static void stop(FakeVm *vm)
{
	mfl_autolock locker = mfl_lock_take(&lock);
	MflDomain *domain = find_domain(vm->uuid);

	domain->id = -1;
	domain->running = FALSE;
	fake_vm_stop(vm);
}

static void publish(FakeVm *vm, gboolean readonly)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	fake_vm_publish(vm, readonly);
}

static void unpublish(FakeVm *vm)
{
	mfl_autolock locker = mfl_lock_take(&lock);

	fake_vm_unpublish(vm);
}

static int get_id(FakeVm *vm)
{
	return find_domain(vm->uuid)->id;
}

static void refuse(MflError code, const char *message)
{
	libvirt->refusal = g_error_new_literal(MFL_ERROR, code, message);
}

__attribute__((visibility("default"))) const FakeVms memflow_libvirt_fake_vms = {
	.begin = begin,
	.end = end,
	.start = start,
	.start_with = start_with,
	.stop = stop,
	.publish = publish,
	.unpublish = unpublish,
	.set_slots = fake_vm_set_slots,
	.poke = fake_vm_poke,
	.peek = fake_vm_peek,
	.get_id = get_id,
	.define = fake_libvirt_define,
	.start_session = fake_libvirt_start_session,
	.stop_system = fake_libvirt_stop_system,
	.remove = fake_host_remove,
	.refuse = refuse,
};
