/* SPDX-License-Identifier: MIT */
/*
 * The process of a domain, held by a pidfd: the one seam to /proc and to other
 * processes. A pid that came from a file may be another process's by now; what
 * is read of it in /proc counts only if the pidfd is still alive afterwards,
 * because until then the kernel cannot have given its number away.
 */
#pragma once

#include "env.h"

G_BEGIN_DECLS

typedef struct _MflProcess MflProcess;

MflProcess *mfl_process_open(pid_t pid, GError **error);
MflProcess *mfl_process_open_in(const MflEnv *env, pid_t pid, GError **error);
void mfl_process_free(MflProcess *process);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflProcess, mfl_process_free)

pid_t mfl_process_get_pid(MflProcess *process);
const MflEnv *mfl_process_get_env(MflProcess *process);
int mfl_process_get_pidfd(MflProcess *process); /* owned by it */
gboolean mfl_process_is_alive(MflProcess *process);
/* The same, for who has the descriptor alone. */
gboolean mfl_pidfd_is_alive(int pidfd);

/*
 * The name and UUID on QEMU's command line (-name guest=NAME -uuid UUID); the
 * UUID in lower case. MFL_ERROR_GONE if it ended, MFL_ERROR_NOT_FOUND if it is
 * no QEMU that libvirt started.
 */
gboolean mfl_process_get_domain(MflProcess *process, char **name, char **uuid, GError **error);

/*
 * Whether it is that domain's; NULL leaves a check out. MFL_ERROR_NOT_FOUND if
 * it is another process, MFL_ERROR_GONE if it ended.
 */
gboolean mfl_process_is_domain(MflProcess *process, const char *name, const char *uuid,
			       GError **error);

/*
 * A duplicate of its KVM VM descriptor, close-on-exec; -1 on error.
 * MFL_ERROR_UNSUPPORTED if it has none (software emulation),
 * MFL_ERROR_PERMISSION without the right to trace it.
 */
int mfl_process_get_vm_fd(MflProcess *process, GError **error);

G_END_DECLS
