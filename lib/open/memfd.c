/* SPDX-License-Identifier: MIT */
/* Backend "memfd": guest memory that QEMU shares with a file, mapped here, too. */
#include "process-memory.h"
#include "process-target.h"

#include <string.h>

/* Less is no guest's RAM, but a ring that is shared with a device. */
#define RAM_MIN (1ULL << 20)

/* A file, and not KVM's or a device's own memory. */
static gboolean is_file(const MflMapping *mapping)
{
	static const char anonymous[] = "anon_inode:";

	return mapping->inode && mapping->path_length > strlen(anonymous) &&
	       strncmp(mapping->path, anonymous, strlen(anonymous)) != 0;
}

/*
 * Before QEMU is asked for its layout, which leaves a mark on the domain: is there
 * anything at all that could be mapped?
 */
static gboolean has_shared_memory(MflProcess *process, GError **error)
{
	gsize length;
	g_autofree char *text = mfl_process_read_maps(process, &length, error);
	MflMapping mapping;
	MflMaps maps;

	if (!text)
		return FALSE;
	maps = mfl_maps_begin(text, length);
	while (mfl_maps_next(&maps, &mapping))
		if (mapping.shared && mapping.writable && is_file(&mapping) &&
		    mapping.end - mapping.start >= RAM_MIN)
			return TRUE;
	g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
		    "the domain's RAM is not shared; to have it so, put <source type='memfd'/> and "
		    "<access mode='shared'/> into its <memoryBacking>");
	return FALSE;
}

static MflTarget *open_files(MflDomain *domain, MflOpenFlags flags, GError **error)
{
	MflProcessTarget *target = mfl_process_target_new(domain, flags, error);

	if (!target)
		return NULL;
	if (!has_shared_memory(mfl_process_target_get_process(target), error)) {
		mfl_process_target_close(target);
		return NULL;
	}
	return mfl_process_target_open(target, MFL_BACKEND_MEMFD, error);
}

const MflBackendOps mfl_backend_memfd = {
	.backend = MFL_BACKEND_MEMFD,
	.name = "memfd",
	.open = open_files,
};
