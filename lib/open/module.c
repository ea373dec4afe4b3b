/* SPDX-License-Identifier: MIT */
/* A target of the kernel module: the same for nodes and for attached VMs. */
#include "device.h"
#include "fd.h"
#include "target.h"

typedef struct {
	MflTarget target;
	const MflEnv *env;
	int fd;
} ModuleTarget;

static ModuleTarget *module(MflTarget *target)
{
	return (ModuleTarget *)target;
}

static GArray *get_slots(MflTarget *target, guint64 *generation, GError **error)
{
	return mfl_device_get_slots(module(target)->env, module(target)->fd, generation, error);
}

static int map(MflTarget *target, guint64 gpa, gsize length, gpointer address)
{
	return mfl_device_map(module(target)->env, module(target)->fd, gpa, length,
			      !target->readonly, address);
}

static int map_status(MflTarget *target, gpointer address)
{
	return mfl_device_map_status(module(target)->env, module(target)->fd, address);
}

static gint64 transfer(MflTarget *target, gboolean write, guint64 gpa, gpointer buffer,
		       gsize length)
{
	return mfl_device_transfer(module(target)->env, module(target)->fd, write, gpa, buffer,
				   length);
}

static void close_target(MflTarget *target)
{
	mfl_clear_fd(&module(target)->fd);
	g_free(module(target));
}

MflTarget *mfl_target_new_module(const MflEnv *env, MflBackend backend, int fd, gboolean readonly)
{
	static const MflTargetOps ops = {
		.get_slots = get_slots,
		.map = map,
		.map_status = map_status,
		.transfer = transfer,
		.close = close_target,
	};
	ModuleTarget *self = g_new0(ModuleTarget, 1);

	self->target.ops = &ops;
	self->target.backend = backend;
	self->target.readonly = readonly;
	self->env = env;
	self->fd = fd;
	return &self->target;
}
