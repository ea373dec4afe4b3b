// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding a VM. KVM's own list is private to it, so a VM is found where user
 * space keeps it: among the open files of its process.
 */
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "kvm.h"
#include "lookup.h"

struct file *memflow_lookup_fd(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return ERR_PTR(-EBADF);
	if (!memflow_kvm_is_vm(file)) {
		fput(file);
		return ERR_PTR(-EINVAL);
	}
	return file;
}

/* For iterate_fd(), which holds the table's lock: non-zero ends the walk. */
static int take_vm(const void *data, struct file *file, unsigned int fd)
{
	struct file **found = (struct file **)data;

	if (!memflow_kvm_is_vm(file) || !memflow_kvm_has_memory(file))
		return 0;
	*found = get_file(file);
	return 1;
}

/* A VM without memory (a probe, or one being built) is passed over. */
static struct file *vm_of_task(struct task_struct *task)
{
	struct file *file = NULL;

	task_lock(task);
	if (task->files)
		iterate_fd(task->files, 0, take_vm, &file);
	task_unlock(task);
	return file;
}

struct file *memflow_lookup_pid(pid_t nr)
{
	struct task_struct *task;
	struct file *file;
	struct pid *pid;

	pid = find_get_pid(nr);
	if (!pid)
		return ERR_PTR(-ESRCH);
	task = get_pid_task(pid, PIDTYPE_TGID);
	put_pid(pid);
	if (!task)
		return ERR_PTR(-ESRCH);
	file = vm_of_task(task);
	put_task_struct(task);
	return file ?: ERR_PTR(-ENOENT);
}

struct file *memflow_lookup_first(void)
{
	struct file *file = NULL;
	struct task_struct *task;

	rcu_read_lock();
	for_each_process(task) {
		/* Only what the caller could name by its pid as well. */
		if (!task_tgid_vnr(task))
			continue;
		file = vm_of_task(task);
		if (file)
			break;
	}
	rcu_read_unlock();
	return file ?: ERR_PTR(-ENOENT);
}

bool memflow_lookup_matches(const struct file *file, pid_t nr)
{
	struct task_struct *task = NULL;
	struct mm_struct *mm = NULL;
	struct pid *pid;

	pid = find_get_pid(nr);
	if (pid)
		task = get_pid_task(pid, PIDTYPE_TGID);
	put_pid(pid);
	if (task) {
		mm = get_task_mm(task);
		put_task_struct(task);
	}
	if (!mm)
		return false;
	mmput(mm);
	/* The VM keeps the struct, so its address cannot be another's by now. */
	return mm == memflow_kvm_mm(file);
}
