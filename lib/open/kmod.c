/* SPDX-License-Identifier: MIT */
/* Backend "kmod": the VM taken from its process, through the control device. */
#include "device.h"
#include "target.h"

static MflTarget *open_process(MflDomain *domain, MflOpenFlags flags, GError **error)
{
	const MflEnv *env = domain->context->env;
	const gboolean readonly = (flags & MFL_OPEN_READONLY) != 0;
	g_autoptr(MflProcess) process = NULL;
	int fd;

	if (!domain->pid) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_FAILED, "its process is not known: %s",
			    domain->no_pid ? domain->no_pid : "nothing names it");
		return NULL;
	}
	process = mfl_process_open_in(env, domain->pid, error);
	if (!process || !mfl_process_is_domain(process, domain->name, domain->uuid, error))
		return NULL;
	fd = mfl_device_attach(process, readonly, error);
	return fd < 0 ? NULL : mfl_target_new_module(env, MFL_BACKEND_KMOD, fd, readonly);
}

const MflBackendOps mfl_backend_kmod = {
	.backend = MFL_BACKEND_KMOD,
	.name = "kmod",
	.open = open_process,
};
