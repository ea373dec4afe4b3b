// SPDX-License-Identifier: MIT
/* libvirt: whether it answers, and what it leaves for us in /run. */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "core/process.h"
#include "core/runtime.h"
#include "doctor.h"
#include "memflow-libvirt.h"

#define SYSTEM_URI "qemu:///system"

static const char *const daemons[] = { "libvirtd", "virtqemud" };

GPtrArray *doctor_get_domains(struct doctor *doctor, const GError **error)
{
	if (!doctor->asked)
		doctor->domains = doctor->world->list_domains(SYSTEM_URI, &doctor->domains_error);
	doctor->asked = TRUE;
	if (error)
		*error = doctor->domains_error;
	return doctor->domains;
}

/* The pid file outlives a daemon that crashed: the process's name decides. */
static pid_t find_daemon(const struct doctor *doctor, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".pid", NULL);
	g_autofree char *text = doctor_read_line(doctor->world->env->run, file);
	g_autofree char *comm_path = text ? g_build_filename(text, "comm", NULL) : NULL;
	g_autofree char *comm = text ? doctor_read_line(doctor->world->env->proc, comm_path) : NULL;

	return g_strcmp0(comm, name) == 0 ? (pid_t)g_ascii_strtoll(text, NULL, 10) : 0;
}

pid_t doctor_daemon_pid(const struct doctor *doctor)
{
	for (guint i = 0; i < G_N_ELEMENTS(daemons); i++) {
		pid_t pid = find_daemon(doctor, daemons[i]);

		if (pid)
			return pid;
	}
	return 0;
}

const char *doctor_daemon_unit(const struct doctor *doctor)
{
	g_autofree char *socket =
		g_build_filename(doctor->world->env->run, "libvirt/virtqemud-sock", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(daemons); i++)
		if (find_daemon(doctor, daemons[i]))
			return daemons[i];
	return g_file_test(socket, G_FILE_TEST_EXISTS) ? "virtqemud" : "libvirtd";
}

/* ----------------------------------------------------------------- connection -- */

static void check_default_uri(struct doctor *doctor)
{
	const char *uri = doctor->world->getenv("LIBVIRT_DEFAULT_URI");
	g_autoptr(GPtrArray) domains = NULL;
	g_autoptr(GError) error = NULL;

	if (!uri || !*uri || g_str_equal(uri, SYSTEM_URI))
		return;
	domains = doctor->world->list_domains(uri, &error);
	if (domains) {
		doctor_ok(doctor, "libvirt answers at %s, too (LIBVIRT_DEFAULT_URI)", uri);
		return;
	}
	doctor_warning(doctor, "LIBVIRT_DEFAULT_URI is %s: %s", uri, error->message);
	doctor_why(doctor, "domains without a node are looked for there first");
	doctor_fix_self(doctor, "unset LIBVIRT_DEFAULT_URI");
}

void doctor_check_libvirt_connection(struct doctor *doctor)
{
	const char *unit = doctor_daemon_unit(doctor);
	const GError *error = NULL;
	GPtrArray *domains = doctor_get_domains(doctor, &error);

	if (domains) {
		doctor_ok(doctor, "libvirt answers at " SYSTEM_URI ": domains that run: %u",
			  domains->len);
	} else if (g_error_matches(error, MFL_ERROR, MFL_ERROR_PERMISSION)) {
		g_autofree char *user =
			doctor->world->user ? doctor_quote(doctor->world->user) : NULL;

		doctor_broken(doctor, "%s", error->message);
		doctor_why(doctor,
			   "attached domains are found all the same; others are not. Log in again "
			   "after the command");
		doctor_fix(doctor, "usermod -aG libvirt %s", user ? user : "USER");
	} else {
		doctor_broken(doctor, "%s", error->message);
		doctor_why(doctor,
			   "attached domains can be read all the same; no domain can be started, "
			   "and nothing is found that has no node");
		/* One that hangs has to be started anew; domains run on. */
		doctor_fix(doctor, "systemctl %s %s",
			   g_error_matches(error, MFL_ERROR, MFL_ERROR_TIMEOUT) ||
					   doctor_daemon_pid(doctor)
				   ? "restart"
				   : "start",
			   unit);
	}
	check_default_uri(doctor);
}

/* ----------------------------------------------------------------------- pids -- */

/* QEMU's process of that domain, looked for among all. 0: there is none */
static pid_t find_process(const struct doctor *doctor, const struct doctor_domain *domain)
{
	const MflEnv *env = doctor->world->env;
	g_autoptr(GDir) dir = g_dir_open(env->proc, 0, NULL);
	const char *entry;

	while (dir && (entry = g_dir_read_name(dir))) {
		g_autoptr(MflProcess) process = NULL;
		guint64 pid;

		if (!g_ascii_string_to_unsigned(entry, 10, 1, G_MAXINT, &pid, NULL))
			continue;
		process = mfl_process_open_in(env, (pid_t)pid, NULL);
		if (process && mfl_process_is_domain(process, domain->name, domain->uuid, NULL))
			return (pid_t)pid;
	}
	return 0;
}

/* @error says what is wrong with the domain's pid file. */
static void report_pid(struct doctor *doctor, const struct doctor_domain *domain, const char *dir,
		       const GError *error)
{
	g_autofree char *name = g_strconcat(domain->name, ".pid", NULL);
	/* As lib/core/runtime.c reads it. */
	g_autofree char *escaped = g_markup_escape_text(name, -1);
	g_autofree char *path = g_build_filename(dir, escaped, NULL);
	g_autofree char *quoted = g_shell_quote(path);
	pid_t pid;

	if (g_error_matches(error, MFL_ERROR, MFL_ERROR_PERMISSION)) {
		if (doctor->world->uid == doctor->world->trusted)
			doctor_unknown(doctor, "%s", error->message);
		else
			doctor_warning(doctor, "%s", error->message);
		doctor_why(doctor, "a domain without a node can then be found by root alone");
		doctor_fix(doctor, "chmod a+rx %s && chmod a+r %s", dir, quoted);
		return;
	}
	pid = find_process(doctor, domain);
	doctor_broken(doctor, "domain \"%s\" runs, but its pid file is not right: %s", domain->name,
		      error->message);
	doctor_why(doctor, "it cannot be attached, because its process is not found");
	if (pid)
		doctor_fix(doctor, "printf %d >%s && chmod 644 %s", (int)pid, quoted, quoted);
	else
		doctor_fix(doctor, "systemctl restart %s", doctor_daemon_unit(doctor));
}

void doctor_check_libvirt_pids(struct doctor *doctor)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *dir = mfl_runtime_system_dir(env);
	GPtrArray *domains = doctor_get_domains(doctor, NULL);
	guint n_good = 0;

	if (!domains) {
		doctor_unknown(doctor, "libvirt does not say which domains run");
		return;
	}
	for (guint i = 0; i < domains->len; i++) {
		const struct doctor_domain *domain = g_ptr_array_index(domains, i);
		g_autoptr(MflProcess) process = NULL;
		g_autoptr(GError) error = NULL;
		pid_t pid = mfl_runtime_read_pid(dir, domain->name, &error);

		process = pid ? mfl_process_open_in(env, pid, &error) : NULL;
		if (process && mfl_process_is_domain(process, domain->name, domain->uuid, &error))
			n_good++;
		else
			report_pid(doctor, domain, dir, error);
	}
	if (n_good == domains->len)
		doctor_ok(doctor, "the pid files of running domains are right: %u", n_good);
}
