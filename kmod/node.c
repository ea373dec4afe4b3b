// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uuid.h>
#include <linux/xarray.h>

#include "audit.h"
#include "compat.h"
#include "node.h"
#include "target.h"
#include "vm.h"

#define NR_MINORS	(MINORMASK + 1)

/**
 * struct memflow_node - a published VM
 * @device: memflow-vmN; its reference count is the node's
 * @cdev: of @device
 * @vm: a reference, until the last reference to @device goes
 * @list: in nodes, while it is published
 * @uid: owner of the file
 * @gid: its group
 * @mode: its permission bits
 * @name: the domain's name, for sysfs
 * @file_name: its encoded form, the file in /dev/memflow-vms
 */
struct memflow_node {
	struct device device;
	struct cdev cdev;
	struct memflow_vm *vm;
	struct list_head list;
	kuid_t uid;
	kgid_t gid;
	umode_t mode;
	char *name;
	char *file_name;
};

/* Guards nodes and vm->node. Outermost of all our locks. */
static DEFINE_MUTEX(nodes_lock);
static LIST_HEAD(nodes);
/*
 * A copy of a node (mknod(1), as managers of containers make it) outlives it, with
 * its rights. So that it does not lead to the next VM, numbers come round
 * again only when all have been given out.
 */
static DEFINE_XARRAY_ALLOC(minors);
static u32 next_minor;			/* under the lock of @minors */
static dev_t first_devt;

static struct memflow_node *to_node(const struct device *device)
{
	return container_of(device, struct memflow_node, device);
}

/* --- sysfs --- */

static ssize_t name_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", to_node(device)->name);
}
static DEVICE_ATTR_RO(name);

static ssize_t uuid_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%pUb\n", to_node(device)->vm->uuid);
}
static DEVICE_ATTR_RO(uuid);

static ssize_t pid_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", to_node(device)->vm->pid);
}
static DEVICE_ATTR_RO(pid);

static ssize_t readonly_show(struct device *device, struct device_attribute *attr,
			     char *buf)
{
	return sysfs_emit(buf, "%d\n",
			  !!(to_node(device)->vm->flags & MEMFLOW_READONLY));
}
static DEVICE_ATTR_RO(readonly);

static struct attribute *node_attrs[] = {
	&dev_attr_name.attr,
	&dev_attr_uuid.attr,
	&dev_attr_pid.attr,
	&dev_attr_readonly.attr,
	NULL
};
ATTRIBUTE_GROUPS(node);

static int node_uevent(MEMFLOW_CONST_DEVICE *device, struct kobj_uevent_env *env)
{
	const struct memflow_node *node = to_node(device);

	return add_uevent_var(env, "MEMFLOW_NAME=%s", node->file_name) ?:
	       add_uevent_var(env, "MEMFLOW_UUID=%pUb", node->vm->uuid) ?:
	       add_uevent_var(env, "MEMFLOW_PID=%d", node->vm->pid);
}

static char *node_devnode(MEMFLOW_CONST_DEVICE *device, umode_t *mode, kuid_t *uid,
			  kgid_t *gid)
{
	const struct memflow_node *node = to_node(device);

	/* Who wants the name alone, to delete the node, passes no places for these. */
	if (mode)	/* 0 would mean the default to devtmpfs, which is 0600 */
		*mode = S_IFCHR | node->mode;
	if (uid)
		*uid = node->uid;
	if (gid)
		*gid = node->gid;
	/* Without, the core would take the device's own name, here or at the deletion. */
	return kasprintf(GFP_KERNEL | __GFP_NOFAIL, MEMFLOW_NODE_DIR "/%s",
			 node->file_name);
}

static void node_release(struct device *device)
{
	struct memflow_node *node = to_node(device);

	xa_erase(&minors, MINOR(device->devt) - MINOR(first_devt));
	memflow_vm_put(node->vm);
	kfree(node->name);
	kfree(node->file_name);
	kfree(node);
}

static struct class node_class = {
	.name = "memflow",
};

static const struct device_type node_type = {
	.name = "memflow-vm",
	.groups = node_groups,
	.uevent = node_uevent,
	.devnode = node_devnode,
	.release = node_release,
};

/* --- names --- */

bool memflow_node_name_is_valid(const char *name, size_t size)
{
	size_t length = strnlen(name, size), i;

	if (!length || length == size || name[0] == '.' || !strcmp(name, "by-uuid"))
		return false;
	for (i = 0; i < length; i++) {
		char c = name[i];

		if (c == '\\') {
			if (length - i < 4 || name[i + 1] != 'x' ||
			    !isxdigit(name[i + 2]) || isupper(name[i + 2]) ||
			    !isxdigit(name[i + 3]) || isupper(name[i + 3]))
				return false;
			i += 3;
		} else if (!isascii(c) || (!isalnum(c) && !strchr("._~-", c))) {
			return false;
		}
	}
	return true;
}

static struct memflow_node *find_node(const char *file_name)
{
	struct memflow_node *node;

	lockdep_assert_held(&nodes_lock);
	list_for_each_entry(node, &nodes, list)
		if (!strcmp(node->file_name, file_name))
			return node;
	return NULL;
}

/* --- publishing --- */

static struct memflow_node *alloc_node(struct memflow_vm *vm,
				       const struct memflow_publish *publish)
{
	struct memflow_node *node;
	u32 minor;
	int ret;

	node = kzalloc(sizeof(*node), GFP_KERNEL_ACCOUNT);
	if (!node)
		return ERR_PTR(-ENOMEM);
	ret = xa_alloc_cyclic(&minors, &minor, node, XA_LIMIT(0, NR_MINORS - 1),
			      &next_minor, GFP_KERNEL);
	if (ret < 0) {
		kfree(node);
		return ERR_PTR(ret == -EBUSY ? -ENOSPC : ret);
	}
	/* From here on put_device() is what frees. */
	device_initialize(&node->device);
	node->device.class = &node_class;
	node->device.type = &node_type;
	node->device.devt = MKDEV(MAJOR(first_devt), MINOR(first_devt) + minor);
	node->vm = memflow_vm_get(vm);
	node->mode = publish->mode;
	if (vm->flags & MEMFLOW_READONLY)
		node->mode &= ~0222;
	node->uid = make_kuid(current_user_ns(), publish->uid);
	node->gid = make_kgid(current_user_ns(), publish->gid);
	node->name = kstrdup(publish->name, GFP_KERNEL_ACCOUNT);
	node->file_name = kstrdup(publish->node, GFP_KERNEL_ACCOUNT);
	cdev_init(&node->cdev, &memflow_target_fops);
	node->cdev.owner = THIS_MODULE;
	if (!node->name || !node->file_name ||
	    dev_set_name(&node->device, "memflow-vm%u", minor)) {
		put_device(&node->device);
		return ERR_PTR(-ENOMEM);
	}
	if (!uid_valid(node->uid) || !gid_valid(node->gid)) {
		put_device(&node->device);
		return ERR_PTR(-EINVAL);
	}
	return node;
}

/* With nodes_lock. Who has it open keeps it open. */
static void remove_node(struct memflow_node *node)
{
	list_del(&node->list);
	WRITE_ONCE(node->vm->node, NULL);
	cdev_device_del(&node->cdev, &node->device);
	put_device(&node->device);
}

static int add_node(struct memflow_node *node)
{
	struct memflow_node *old;
	int ret;

	lockdep_assert_held(&nodes_lock);
	old = find_node(node->file_name);
	if (old && !memflow_vm_is_dead(old->vm))
		return -EEXIST;
	/* Restarted before the work item for its former life has run. */
	if (old)
		remove_node(old);
	/* The last step: it may be opened before this returns. */
	ret = cdev_device_add(&node->cdev, &node->device);
	if (ret)
		return ret;
	list_add(&node->list, &nodes);
	WRITE_ONCE(node->vm->node, node);
	/* It died on the way, before there was a node to forget. */
	if (memflow_vm_is_dead(node->vm)) {
		get_device(&node->device);	/* the caller's, on failure */
		remove_node(node);
		return -ESRCH;
	}
	return 0;
}

int memflow_node_publish(struct memflow_vm *vm, const struct memflow_publish *publish)
{
	struct memflow_node *node;
	int ret;

	node = alloc_node(vm, publish);
	if (IS_ERR(node))
		return PTR_ERR(node);
	mutex_lock(&nodes_lock);
	ret = add_node(node);
	mutex_unlock(&nodes_lock);
	if (ret)
		put_device(&node->device);
	return ret;
}

int memflow_node_unpublish(const struct memflow_unpublish *unpublish)
{
	static const u8 any[MEMFLOW_UUID_LEN];
	struct memflow_vm *vm = NULL;
	struct memflow_node *node;
	int ret = -ENOENT;

	mutex_lock(&nodes_lock);
	node = find_node(unpublish->node);
	if (node && (!unpublish->pid || unpublish->pid == node->vm->pid) &&
	    (!memcmp(unpublish->uuid, any, sizeof(any)) ||
	     !memcmp(unpublish->uuid, node->vm->uuid, sizeof(any)))) {
		if (unpublish->flags & MEMFLOW_REVOKE)
			memflow_vm_kill(node->vm);
		vm = memflow_vm_get(node->vm);
		remove_node(node);
		ret = 0;
	}
	mutex_unlock(&nodes_lock);
	/* Freeing it waits for its process, which may take its time. */
	if (vm)
		memflow_vm_put(vm);
	return ret;
}

void memflow_node_forget(struct memflow_vm *vm)
{
	mutex_lock(&nodes_lock);
	if (vm->node)
		remove_node(vm->node);
	mutex_unlock(&nodes_lock);
}

int memflow_node_open(struct inode *inode, struct file *file)
{
	struct memflow_node *node =
		container_of(inode->i_cdev, struct memflow_node, cdev);
	int ret;

	/*
	 * Who kept a node by its path (O_PATH, a bind mount in a container) opens
	 * whatever has its number now. devtmpfs has taken all rights from it, but
	 * they do not matter to root.
	 */
	if (d_unlinked(file->f_path.dentry))
		return -ENODEV;
	ret = memflow_target_open(file, memflow_vm_get(node->vm), 0);
	if (ret)
		memflow_vm_put(node->vm);
	else
		memflow_audit_open(node->vm, node->file_name, file->f_mode & FMODE_WRITE);
	return ret;
}

int memflow_node_init(void)
{
	int ret;

	ret = alloc_chrdev_region(&first_devt, 0, NR_MINORS, "memflow-vm");
	if (ret)
		return ret;
	ret = class_register(&node_class);
	if (ret)
		unregister_chrdev_region(first_devt, NR_MINORS);
	return ret;
}

void memflow_node_exit(void)
{
	struct memflow_node *node, *next;

	mutex_lock(&nodes_lock);
	list_for_each_entry_safe(node, next, &nodes, list)
		remove_node(node);
	mutex_unlock(&nodes_lock);
	class_unregister(&node_class);
	unregister_chrdev_region(first_devt, NR_MINORS);
	xa_destroy(&minors);
}
