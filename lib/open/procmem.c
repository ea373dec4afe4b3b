/* SPDX-License-Identifier: MIT */
/* Backend "procmem": the memory of QEMU's process, by system calls. */
#include "process-target.h"

static MflTarget *open_process(MflDomain *domain, MflOpenFlags flags, GError **error)
{
	MflProcessTarget *target = mfl_process_target_new(domain, flags, error);

	return target ? mfl_process_target_open(target, MFL_BACKEND_PROCMEM, error) : NULL;
}

const MflBackendOps mfl_backend_procmem = {
	.backend = MFL_BACKEND_PROCMEM,
	.name = "procmem",
	.open = open_process,
};
