/* SPDX-License-Identifier: MIT */
/*
 * A VM reached through its process, without the kernel module. What of the guest's memory
 * is shared with a file is mapped, if that is wanted; all else is copied by system calls.
 */
#pragma once

#include "guest-map.h"
#include "process.h"
#include "target.h"

G_BEGIN_DECLS

typedef struct _MflProcessTarget MflProcessTarget;

/*
 * Opens the domain's process and checks the rights to its memory, before libvirt or QEMU
 * is asked anything.
 */
MflProcessTarget *mfl_process_target_new(MflDomain *domain, MflOpenFlags flags, GError **error);
void mfl_process_target_close(MflProcessTarget *target);
MflProcess *mfl_process_target_get_process(MflProcessTarget *target);

/* Asks for the layout; NULL and @target is closed on error. Takes @target over. */
MflTarget *mfl_process_target_open(MflProcessTarget *target, MflBackend backend, GError **error);

G_END_DECLS
