/* SPDX-License-Identifier: MIT */
/* libvirt's runtime files: what is known of a running domain without asking libvirt. */
#pragma once

#include "process.h"

G_BEGIN_DECLS

/*
 * The pid in the domain's file in DIR (NAME.pid, with NAME escaped as in XML); 0 on
 * error: MFL_ERROR_NOT_RUNNING if there is no such file, MFL_ERROR_INVALID for
 * names that cannot be one. The file outlives a crashed QEMU: check the process
 * with mfl_process_is_domain().
 */
pid_t mfl_runtime_read_pid(const char *dir, const char *name, GError **error);

/*
 * The process in that file, once it proved to be that domain's: the file may be stale, or another
 * domain's by that name. @uuid may be NULL. Errors as above and as of mfl_process_is_domain().
 */
MflProcess *mfl_runtime_open_process(const MflEnv *env, const char *dir, const char *name,
				     const char *uuid, GError **error);

/* Where the runtime files of system and session domains are. */
char *mfl_runtime_system_dir(const MflEnv *env);
char *mfl_runtime_session_dir(const MflEnv *env);

/*
 * A number that changes when libvirt writes the domain's state, which it does often; 0: there
 * is none. Cheap.
 */
guint64 mfl_runtime_get_stamp(const char *dir, const char *name);

/*
 * A number that changes when what is written there does: a device was plugged or unplugged, for
 * one. 0: there is none, or it may not be read.
 */
guint64 mfl_runtime_get_epoch(const char *dir, const char *name);

/* Names that DIR has a pid file for; empty if there is no DIR. (element-type utf8) */
GPtrArray *mfl_runtime_list_names(const char *dir);

G_END_DECLS
