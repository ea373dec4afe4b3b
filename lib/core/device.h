/* SPDX-License-Identifier: MIT */
/*
 * The one seam to the kernel module: /dev/memflow, the nodes below
 * /dev/memflow-vms, and their ioctls. What the calls mean is written in
 * kmod/uapi/memflow.h; here their refusals become sentences.
 */
#pragma once

#include "memflow.h"
#include "process.h"

G_BEGIN_DECLS

/*
 * Whether there is a control device that the caller may open and that speaks our interface:
 * MFL_ERROR_NO_MODULE, MFL_ERROR_PERMISSION, MFL_ERROR_ABI.
 */
gboolean mfl_device_check(const MflEnv *env, GError **error);

/* What a node is to be. */
typedef struct {
	const char *name; /* the domain's, not encoded */
	const char *uuid; /* text form */
	uid_t uid;
	gid_t gid;
	mode_t mode;
	gboolean readonly;
	const char *note; /* to be left on the node, see mfl_device_dup_note(); or NULL */
} MflPublication;

/*
 * Makes the node. If the very same process is published under that name and UUID
 * already, the node is left as it is, and that is a success.
 */
gboolean mfl_device_publish(MflProcess *process, const MflPublication *publication,
			    GError **error);

/*
 * Takes the node of domain @name away, if it has that @uuid (NULL: any) and @pid
 * (of the initial pid namespace; 0: any). MFL_ERROR_NOT_FOUND: there is none.
 */
gboolean mfl_device_unpublish(const char *name, const char *uuid, pid_t pid, gboolean revoke,
			      GError **error);
gboolean mfl_device_unpublish_in(const MflEnv *env, const char *name, const char *uuid, pid_t pid,
				 gboolean revoke, GError **error);

/*
 * The note that was left on a node when it was made, and that goes with it. NULL: there is
 * none, or the caller has no CAP_SYS_ADMIN.
 */
char *mfl_device_dup_note(const MflEnv *env, const char *path);

/* /dev/memflow-vms/ENCODED */
char *mfl_device_node_path(const MflEnv *env, const char *name);

/* A target descriptor of a node; @flags O_RDONLY or O_RDWR. -1 on error. */
int mfl_device_open_node(const MflEnv *env, const char *path, int flags, GError **error);

/* A target descriptor of a process's VM, through the control device. -1 on error. */
int mfl_device_attach(MflProcess *process, gboolean readonly, GError **error);

gboolean mfl_device_get_info(const MflEnv *env, int target, struct memflow_info *info,
			     GError **error);

/* (element-type struct memflow_memslot): in order of gpa. */
GArray *mfl_device_get_slots(const MflEnv *env, int target, guint64 *generation, GError **error);

/* Maps [gpa, gpa + length) over what is at @address. Returns 0 or an errno. */
int mfl_device_map(const MflEnv *env, int target, guint64 gpa, gsize length, gboolean writable,
		   gpointer address);

/* Maps the status page over the page at @address. Returns 0 or an errno. */
int mfl_device_map_status(const MflEnv *env, int target, gpointer address);

/* Bytes transferred, or a negative errno where there were none. */
gint64 mfl_device_transfer(const MflEnv *env, int target, gboolean write, guint64 gpa,
			   gpointer buffer, gsize length);

G_END_DECLS
