/* SPDX-License-Identifier: MIT */
/*
 * The process that libvirt waits for. It has no time limit for hooks, waits for
 * everyone who keeps the hook's standard error or output, and kills the VM if
 * the hook fails or dies (libvirt 9.0: src/util/virhook.c, virCommandRun() and
 * virCommandProcessIO() in src/util/vircommand.c, callers in
 * src/qemu/qemu_process.c). So this process does next to nothing itself: it
 * reads what libvirt writes, hands it to a worker in a process of its own, and
 * gives libvirt its answer in time, be the worker done, slow, stuck or dead.
 *
 * A worker that is merely slow goes on in the background and has nothing open
 * that libvirt would wait for. Of the events that are not ours libvirt's input
 * is not even read; libvirt takes that for what it is (EPIPE is ignored there).
 *
 * The answer is 0, except where the policy says that this domain must not run
 * unattached, and it is being started, and it could not be attached within the
 * policy's timeout: then it is 1, and a line on standard error says why.
 *
 * What is required is not known if the policy has a mistake or cannot be read in
 * time. Then the domain runs, too: a typo or a slow disk must not stop all VMs of
 * a host.
 */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/* The exit status. Expects to be the first thing a process does, and its last. */
int hook_run(const HookConfig *config, int argc, char *const argv[]);

G_END_DECLS
