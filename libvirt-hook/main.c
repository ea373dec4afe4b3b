/* SPDX-License-Identifier: MIT */
/*
 * memflow's hook of libvirt: attaches a domain when it starts, so that its
 * memory has a node below /dev/memflow-vms.
 *
 * It is to be a real file in /etc/libvirt/hooks/qemu.d: libvirtd's AppArmor
 * profile lets hooks be executed there and not where a link might lead to; or in
 * /usr/sbin, with a script there (hook.sh.in).
 *
 * It loads no module: that is done at boot (modules-load.d). Whether the host's
 * kernel gets a module because somebody started a VM is not for a hook to decide.
 */
#include <unistd.h>

#include "policy.h"
#include "supervise.h"

static gboolean is_root(void)
{
	return geteuid() == 0;
}

int main(int argc, char *argv[])
{
	const HookConfig config = {
		.env = mfl_env_host(),
		.policy_path = MFL_POLICY_FILE,
		.journal_socket = "/run/systemd/journal/socket",
		.syslog_socket = "/dev/log",
		.is_system_daemon = is_root,
		.input_limit = 1000,
		.limit = 1500,
		.worker_limit = 30000,
	};

	return hook_run(&config, argc, argv);
}
