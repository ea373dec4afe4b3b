/* SPDX-License-Identifier: MIT */
/*
 * `memflowctl doctor`: one small file for each group of checks, one table (table.c). A check looks,
 * changes nothing, and adds findings: what is so, why it matters, and the command that mends it.
 */
#pragma once

#include <stdio.h>
#include <sys/stat.h>

#include "core/policy.h"
#include "world.h"

/* In JSON by these names, in lower case. */
enum doctor_result {
	DOCTOR_OK,
	DOCTOR_WARNING, /* works, or works for others; or will not for long */
	DOCTOR_BROKEN,
	DOCTOR_UNKNOWN, /* the check could not be made */
	DOCTOR_N_RESULTS
};

/**
 * struct doctor_finding - what a check found
 * @check: the check's name
 * @what: a sentence; of a check that was not made, why
 * @why: (nullable): what does not work because of it
 * @fix: (nullable): a shell command
 * @as_root: whether @fix has to be run by root
 */
struct doctor_finding {
	const char *check;
	enum doctor_result result;
	char *what;
	char *why;
	char *fix;
	gboolean as_root;
};

/**
 * struct doctor - one examination
 * @check: name of the check that runs
 * @findings: (element-type struct doctor_finding)
 * @asked, @domains, @domains_error: doctor_get_domains() asks once
 */
struct doctor {
	const struct doctor_world *world;
	const char *check;
	GPtrArray *findings;
	gboolean asked;
	GPtrArray *domains;
	GError *domains_error;
};

typedef struct doctor Doctor;

/* table.c */
void doctor_init(struct doctor *doctor, const struct doctor_world *world);
void doctor_clear(struct doctor *doctor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Doctor, doctor_clear)
/* Makes all checks whose names begin with @prefix. Returns how many there are. */
guint doctor_run(struct doctor *doctor, const char *prefix);
guint doctor_count(const struct doctor *doctor, enum doctor_result result);

/* findings.c: each adds one. */
void doctor_ok(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
void doctor_warning(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
void doctor_broken(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
void doctor_unknown(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Of the last finding. */
void doctor_why(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A command for root, and one for whoever asks. */
void doctor_fix(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
void doctor_fix_self(struct doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The command that installs @path anew: its package's, or the source tree's. */
void doctor_fix_install(struct doctor *doctor, const char *path);

/* look.c: ways to look at the world. */

/* @path below the root, for opening it; messages and commands have it without. */
char *doctor_path(const struct doctor *doctor, const char *path);
/* Of what @path leads to, or of itself. 0 or an errno. */
int doctor_stat(const struct doctor *doctor, const char *path, struct stat *status);
int doctor_lstat(const struct doctor *doctor, const char *path, struct stat *status);
gboolean doctor_exists(const struct doctor *doctor, const char *path);
/* (transfer full) (nullable) */
char *doctor_read(const struct doctor *doctor, const char *path);
/* The first of @paths that exists; NULL: none does. */
const char *doctor_first(const struct doctor *doctor, const char *const *paths);
/* As a shell takes one word. */
char *doctor_quote(const char *word);
/* A file below one of the kernel's file systems, without its line feed. (nullable) */
char *doctor_read_line(const char *dir, const char *path);

/* libvirt.c */

/* (nullable) (element-type struct doctor_domain): the running ones of qemu:///system. */
GPtrArray *doctor_get_domains(struct doctor *doctor, const GError **error);
/* "libvirtd" or "virtqemud". */
const char *doctor_daemon_unit(const struct doctor *doctor);
/* Its process; 0: none. */
pid_t doctor_daemon_pid(const struct doctor *doctor);

/* policy.c: as mfl_policy_load(), and (nullable), too. */
MflPolicy *doctor_load_policy(const struct doctor *doctor, const char *name, const char *uuid);

/* module.c */
gboolean doctor_module_loaded(const struct doctor *doctor);

/* module-file.c */

/**
 * struct doctor_module_file - the module as it is installed for this kernel
 * @path: (nullable): its file
 * @indexed: whether modprobe finds it
 * @known: whether the following could be read: it is not compressed
 * @is_signed: it ends with a signature
 * @srcversion: (nullable): hash of its sources
 */
struct doctor_module_file {
	char *path;
	gboolean indexed;
	gboolean known;
	gboolean is_signed;
	char *srcversion;
};

typedef struct doctor_module_file DoctorModuleFile;

void doctor_module_file_clear(struct doctor_module_file *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DoctorModuleFile, doctor_module_file_clear)
void doctor_module_file_find(const struct doctor *doctor, struct doctor_module_file *file);

/* The checks. */
void doctor_check_module_built(struct doctor *doctor);
void doctor_check_module_signature(struct doctor *doctor);
void doctor_check_module_loaded(struct doctor *doctor);
void doctor_check_module_interface(struct doctor *doctor);
void doctor_check_module_boot(struct doctor *doctor);
void doctor_check_device_control(struct doctor *doctor);
void doctor_check_device_directory(struct doctor *doctor);
void doctor_check_device_udev(struct doctor *doctor);
void doctor_check_policy_file(struct doctor *doctor);
void doctor_check_group_exists(struct doctor *doctor);
void doctor_check_group_member(struct doctor *doctor);
void doctor_check_hook_file(struct doctor *doctor);
void doctor_check_hook_seen(struct doctor *doctor);
void doctor_check_confinement_denials(struct doctor *doctor);
void doctor_check_libvirt_connection(struct doctor *doctor);
void doctor_check_libvirt_pids(struct doctor *doctor);
void doctor_check_domains_attached(struct doctor *doctor);
void doctor_check_domains_nodes(struct doctor *doctor);
void doctor_check_connector_file(struct doctor *doctor);
void doctor_check_connector_meta(struct doctor *doctor);
void doctor_check_connector_path(struct doctor *doctor);
void doctor_check_connector_sudo(struct doctor *doctor);

/* print.c */
void doctor_print(FILE *out, const struct doctor *doctor, gboolean quiet);
void doctor_print_json(FILE *out, const struct doctor *doctor);
/* A finding's command as the one who asks has to type it. (transfer full) */
char *doctor_command(const struct doctor *doctor, const struct doctor_finding *finding);
