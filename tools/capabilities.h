/* SPDX-License-Identifier: MIT */
/* What of root's power a command keeps. */
#pragma once

#include "memflowctl.h"

/*
 * Drops all capabilities but those that @command needs, for good. Programs that root's starts get
 * theirs, as libvirt's own daemon. For who has none it does nothing. To be called while there is
 * one thread.
 */
void ctl_drop_capabilities(const struct ctl_command *command);
