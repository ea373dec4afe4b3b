/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Published VMs: a character device each, /dev/memflow-vms/NAME, of class memflow.
 * devtmpfs makes the node with its owner, group and mode; udev is not needed.
 */
#ifndef MEMFLOW_NODE_H
#define MEMFLOW_NODE_H

#include <linux/types.h>

struct file;
struct inode;
struct memflow_publish;
struct memflow_unpublish;
struct memflow_vm;

int memflow_node_init(void);
/* Takes every node away. */
void memflow_node_exit(void);

/* The rule of struct memflow_publish for @node, in an array of @size bytes. */
bool memflow_node_name_is_valid(const char *name, size_t size);

/* Takes a reference to @vm. EEXIST: a living VM has that name. */
int memflow_node_publish(struct memflow_vm *vm, const struct memflow_publish *publish);
int memflow_node_unpublish(const struct memflow_unpublish *unpublish);

/* Takes @vm's node away if it has one. */
void memflow_node_forget(struct memflow_vm *vm);

int memflow_node_open(struct inode *inode, struct file *file);

#endif /* MEMFLOW_NODE_H */
