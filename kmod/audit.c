// SPDX-License-Identifier: GPL-2.0-only
/*
 * One record for each descriptor of a VM, of the type that is meant for modules
 * outside the kernel tree. auditd writes it to its log; without one it is in the
 * kernel log.
 */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/user_namespace.h>

#include "audit.h"
#include "vm.h"

void memflow_audit_open(const struct memflow_vm *vm, const char *node, bool writable)
{
	/* A node's name has no character that could end its field. */
	audit_log(audit_context(), GFP_KERNEL, AUDIT_KERNEL_OTHER,
		  "op=memflow_open node=%s vm_pid=%d access=%s pid=%d uid=%u auid=%u ses=%u res=1",
		  node ?: "-", vm->pid, writable ? "rw" : "ro", task_tgid_nr(current),
		  from_kuid(&init_user_ns, current_uid()),
		  from_kuid(&init_user_ns, audit_get_loginuid(current)),
		  audit_get_sessionid(current));
}
