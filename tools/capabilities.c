// SPDX-License-Identifier: MIT
#include "capabilities.h"

#include <cap-ng.h>

/*
 * Another user's process and its memory, files and directories that are not root's: whoever runs
 * memflowctl as root expects those of it.
 */
static const int always[] = { CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_SYS_PTRACE };

static gboolean is_kept(const struct ctl_command *command, int capability)
{
	for (guint i = 0; i < G_N_ELEMENTS(always); i++)
		if (always[i] == capability)
			return TRUE;
	/* Nodes come and go, and the notes on them are read, by the one; the kernel's log by the other. */
	return (capability == CAP_SYS_ADMIN && command->looks_at_nodes) ||
	       (capability == CAP_SYSLOG && command->looks_at_log);
}

void ctl_drop_capabilities(const struct ctl_command *command)
{
	if (capng_get_caps_process())
		return;
	for (int capability = 0; capability <= CAP_LAST_CAP; capability++)
		if (!is_kept(command, capability))
			capng_update(CAPNG_DROP,
				     CAPNG_EFFECTIVE | CAPNG_PERMITTED | CAPNG_INHERITABLE,
				     (unsigned int)capability);
	/* It can only fail for who has nothing to lose. */
	capng_apply(CAPNG_SELECT_CAPS);
}
