// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control device. Who may open it may open any VM on the host by pid: its
 * mode is 0600 until the administrator's udev rule says otherwise. Publishing asks
 * for CAP_SYS_ADMIN besides.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "control.h"
#include "lookup.h"
#include "node.h"
#include "target.h"
#include "vm.h"

int memflow_version(void __user *arg)
{
	const struct memflow_version version = {
		.abi = MEMFLOW_ABI_VERSION,
		.features = MEMFLOW_FEATURE_PUBLISH | MEMFLOW_FEATURE_STATUS |
			    MEMFLOW_FEATURE_TRANSFER | MEMFLOW_FEATURE_POPULATE,
	};

	return copy_to_user(arg, &version, sizeof(version)) ? -EFAULT : 0;
}

int memflow_copy_struct(void *to, size_t known, const void __user *from, u32 *size)
{
	if (get_user(*size, (u32 __user *)from))
		return -EFAULT;
	if (*size < 2 * sizeof(u32) || *size > PAGE_SIZE)
		return -EINVAL;
	return copy_struct_from_user(to, known, from, *size);
}

/* Takes over the reference to the file, or passes its ERR_PTR on. */
static int open_target(struct file *file, unsigned int flags)
{
	struct memflow_vm *vm;

	if (IS_ERR(file))
		return PTR_ERR(file);
	vm = memflow_vm_create(file, flags);
	if (IS_ERR(vm)) {
		fput(file);
		return PTR_ERR(vm);
	}
	return memflow_target_fd(vm, flags);
}

static int open_by_pid(pid_t pid)
{
	return open_target(pid ? memflow_lookup_pid(pid) : memflow_lookup_first(), 0);
}

static int attach(const void __user *arg)
{
	struct memflow_attach attach = {};
	u32 size;
	int ret;

	ret = memflow_copy_struct(&attach, sizeof(attach), arg, &size);
	if (ret)
		return ret;
	if (size < sizeof(attach) || attach.reserved ||
	    attach.flags & ~(MEMFLOW_READONLY | MEMFLOW_STRICT))
		return -EINVAL;
	return open_target(memflow_lookup_fd(attach.vm_fd), attach.flags);
}

static struct file *file_to_publish(const struct memflow_publish *publish)
{
	struct file *file;

	if (publish->vm_fd < 0)
		return memflow_lookup_pid(publish->pid);
	file = memflow_lookup_fd(publish->vm_fd);
	if (!IS_ERR(file) && publish->pid &&
	    !memflow_lookup_matches(file, publish->pid)) {
		fput(file);
		return ERR_PTR(-ESRCH);
	}
	return file;
}

static int check_publish(const struct memflow_publish *publish, u32 size)
{
	if (size < sizeof(*publish) || publish->reserved ||
	    publish->flags & ~MEMFLOW_READONLY || publish->mode & ~0666 ||
	    (publish->vm_fd < 0 && publish->pid <= 0) ||
	    !memflow_node_name_is_valid(publish->node, sizeof(publish->node)) ||
	    strnlen(publish->name, sizeof(publish->name)) == sizeof(publish->name) ||
	    strchr(publish->name, '\n'))
		return -EINVAL;
	return 0;
}

static int publish_vm(const struct memflow_publish *publish)
{
	struct memflow_vm *vm;
	struct file *file;
	int ret;

	file = file_to_publish(publish);
	if (IS_ERR(file))
		return PTR_ERR(file);
	vm = memflow_vm_create(file, publish->flags);
	if (IS_ERR(vm)) {
		fput(file);
		return PTR_ERR(vm);
	}
	memcpy(vm->uuid, publish->uuid, sizeof(vm->uuid));
	ret = memflow_node_publish(vm, publish);
	memflow_vm_put(vm);
	return ret;
}

static int publish(const void __user *arg)
{
	struct memflow_publish *publish;
	u32 size;
	int ret;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	publish = kzalloc(sizeof(*publish), GFP_KERNEL);
	if (!publish)
		return -ENOMEM;
	ret = memflow_copy_struct(publish, sizeof(*publish), arg, &size);
	if (!ret)
		ret = check_publish(publish, size);
	if (!ret)
		ret = publish_vm(publish);
	kfree(publish);
	return ret;
}

static int unpublish(const void __user *arg)
{
	struct memflow_unpublish unpublish = {};
	u32 size;
	int ret;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	ret = memflow_copy_struct(&unpublish, sizeof(unpublish), arg, &size);
	if (ret)
		return ret;
	if (size < sizeof(unpublish) || unpublish.reserved ||
	    unpublish.flags & ~MEMFLOW_REVOKE ||
	    !memflow_node_name_is_valid(unpublish.node, sizeof(unpublish.node)))
		return -EINVAL;
	return memflow_node_unpublish(&unpublish);
}

static long control_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	void __user *arg = (void __user *)value;

	switch (cmd) {
	case MEMFLOW_OPEN_VM:
		return open_by_pid(value);
	case MEMFLOW_IOC_VERSION:
		return memflow_version(arg);
	case MEMFLOW_IOC_ATTACH:
		return attach(arg);
	case MEMFLOW_IOC_PUBLISH:
		return publish(arg);
	case MEMFLOW_IOC_UNPUBLISH:
		return unpublish(arg);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = control_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice control_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "memflow",
	.fops = &control_fops,
	.mode = 0600,
};

int memflow_control_init(void)
{
	return misc_register(&control_device);
}

void memflow_control_exit(void)
{
	misc_deregister(&control_device);
}
