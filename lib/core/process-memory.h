/* SPDX-License-Identifier: MIT */
/*
 * The memory of a process, reached without the kernel module. All of it takes the right
 * to trace the process; what refuses says so.
 */
#pragma once

#include "maps.h"
#include "process.h"

G_BEGIN_DECLS

/* Whether its memory may be read. MFL_ERROR_PERMISSION, MFL_ERROR_GONE. */
gboolean mfl_process_check_access(MflProcess *process, GError **error);

/* The text of its /proc/PID/maps. */
char *mfl_process_read_maps(MflProcess *process, gsize *length, GError **error);

/*
 * Its /proc/PID/mem, for writing; -1 on error. The descriptor is of the memory of this
 * very process: after its end it leads nowhere, whoever has the pid then.
 */
int mfl_process_open_memory(MflProcess *process, GError **error);

/* A duplicate of its descriptor of the file that @stretch is mapped from; -1: none. */
int mfl_process_get_file(MflProcess *process, const MflStretch *stretch, GError **error);

/*
 * Copies out of it; bytes copied, or a negative errno where there were none. Counts only
 * if the process is alive afterwards: until then its pid cannot be another's.
 */
gssize mfl_process_readv(MflProcess *process, const struct iovec *local,
			 const struct iovec *remote, gulong n);

G_END_DECLS
