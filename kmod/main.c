// SPDX-License-Identifier: GPL-2.0-only
/*
 * memflow: the memory of KVM guests, by descriptor.
 */
#include <linux/module.h>

#include "control.h"
#include "node.h"
#include "vm.h"

static int __init memflow_init(void)
{
	int ret;

	ret = memflow_vm_init();
	if (ret)
		return ret;
	ret = memflow_node_init();
	if (ret)
		goto exit_vm;
	ret = memflow_control_init();
	if (ret)
		goto exit_node;
	return 0;

exit_node:
	memflow_node_exit();
exit_vm:
	memflow_vm_exit();
	return ret;
}

static void __exit memflow_exit(void)
{
	memflow_control_exit();
	memflow_node_exit();
	memflow_vm_exit();
}

module_init(memflow_init);
module_exit(memflow_exit);

MODULE_DESCRIPTION("Guest physical memory of KVM virtual machines as device nodes");
MODULE_AUTHOR("The memflow-libvirt authors");
MODULE_LICENSE("GPL");
MODULE_VERSION("0.1.0");
