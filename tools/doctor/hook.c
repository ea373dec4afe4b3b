// SPDX-License-Identifier: MIT
/* libvirt's hook: a file that libvirtd may run, and has seen. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"

static char *hook_path(const struct doctor *doctor)
{
	return g_build_filename(doctor->world->hook_dir, "qemu.d", "memflow", NULL);
}

/* ----------------------------------------------------------------------- file -- */

static void hook_missing(struct doctor *doctor, const char *path)
{
	static const char *const names[] = { "memflow", "memflow-hook", "qemu/memflow" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *other = g_build_filename(doctor->world->hook_dir, names[i], NULL);

		if (!doctor_exists(doctor, other))
			continue;
		doctor_broken(doctor, "the hook is at %s, where libvirtd does not look", other);
		doctor_why(doctor, "no domain is attached when it starts");
		doctor_fix(doctor, "install -D -m 755 %s %s && rm %s", other, path, other);
		return;
	}
	doctor_broken(doctor, "there is no hook %s", path);
	doctor_why(doctor, "no domain is attached when it starts");
	doctor_fix_install(doctor, path);
}

/* libvirt runs what is regular and executable (9.0.0, src/util/virhook.c), as root. */
static gboolean check_rights(struct doctor *doctor, const char *path, const struct stat *status)
{
	if (status->st_uid != doctor->world->trusted || status->st_mode & 022) {
		doctor_broken(doctor, "%s can be changed by others than root: mode %04o, owner %u",
			      path, (guint)status->st_mode & 07777, (guint)status->st_uid);
		doctor_why(doctor, "libvirtd runs it as root");
	} else if (!(status->st_mode & 0111)) {
		doctor_broken(doctor, "%s is not executable", path);
		doctor_why(doctor, "libvirtd passes over it: no domain is attached when it starts");
	} else {
		return TRUE;
	}
	doctor_fix(doctor, "chown root:root %s && chmod 755 %s", path, path);
	return FALSE;
}

/* Packages put a script there, which runs "program=PATH" or, without it, does nothing. */
static gboolean check_program(struct doctor *doctor, const char *path)
{
	g_autofree char *text = doctor_read(doctor, path);
	const char *line =
		text && g_str_has_prefix(text, "#!") ? strstr(text, "\nprogram=/") : NULL;
	g_autofree char *program = NULL;
	struct stat status;

	if (!line)
		return TRUE;
	line += strlen("\nprogram=");
	program = g_strndup(line, strcspn(line, "\n"));
	if (doctor_stat(doctor, program, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_mode & 0111)
		return TRUE;
	doctor_broken(doctor, "%s has no %s to run", path, program);
	doctor_why(doctor, "it does nothing then: no domain is attached when it starts");
	doctor_fix_install(doctor, program);
	return FALSE;
}

void doctor_check_hook_file(struct doctor *doctor)
{
	g_autofree char *path = hook_path(doctor);
	g_autofree char *dir = g_path_get_dirname(path);
	struct stat status, target;
	int errnum = doctor_lstat(doctor, path, &status);

	if (errnum == ENOENT) {
		hook_missing(doctor, path);
		return;
	}
	if (errnum) {
		doctor_unknown(doctor, "cannot look at %s: %s; run this as root", path,
			       g_strerror(errnum));
		return;
	}
	if (doctor_stat(doctor, path, &target) || !S_ISREG(target.st_mode)) {
		doctor_broken(doctor, "%s is no file", path);
		doctor_why(doctor, "no domain is attached when it starts");
		doctor_fix_install(doctor, path);
		return;
	}
	if (S_ISLNK(status.st_mode)) {
		doctor_warning(doctor, "%s is a link", path);
		doctor_why(doctor,
			   "libvirtd's AppArmor profile lets it run files of that directory, not "
			   "what a link leads to");
		doctor_fix(doctor, "cp --remove-destination \"$(readlink -f %s)\" %s", path, path);
		return;
	}
	if (doctor_stat(doctor, dir, &target) == 0 &&
	    (target.st_uid != doctor->world->trusted || target.st_mode & 022)) {
		doctor_broken(doctor, "%s can be changed by others than root: mode %04o, owner %u",
			      dir, (guint)target.st_mode & 07777, (guint)target.st_uid);
		doctor_why(doctor, "libvirtd runs what is in it as root");
		doctor_fix(doctor, "chown root:root %s && chmod 755 %s", dir, dir);
		return;
	}
	if (check_rights(doctor, path, &status) && check_program(doctor, path))
		doctor_ok(doctor, "the hook is in its place: %s", path);
}

/* ----------------------------------------------------------------------- seen -- */

/* "btime 1700000000", seconds of the real time (proc(5)). */
static gint64 get_boot_time(const struct doctor *doctor)
{
	g_autofree char *text = doctor_read_line(doctor->world->env->proc, "stat");
	const char *line = text ? strstr(text, "\nbtime ") : NULL;

	return line ? g_ascii_strtoll(line + strlen("\nbtime "), NULL, 10) : 0;
}

/* Field 22, in ticks since boot; the second is a name in parentheses that may hold anything. 0:
 * gone */
static gint64 get_start_time(const struct doctor *doctor, pid_t pid)
{
	g_autofree char *path = g_strdup_printf("%d/stat", (int)pid);
	g_autofree char *text = doctor_read_line(doctor->world->env->proc, path);
	const char *rest = text ? strrchr(text, ')') : NULL;
	g_auto(GStrv) fields = rest ? g_strsplit(rest, " ", -1) : NULL;
	const gint64 boot = get_boot_time(doctor);

	if (!fields || g_strv_length(fields) < 21 || !boot)
		return 0;
	return boot + g_ascii_strtoll(fields[20], NULL, 10) / sysconf(_SC_CLK_TCK);
}

/*
 * libvirtd remembers whether there is any hook for qemu at all; it looks when it starts and upon
 * SIGHUP. If there was one, files that come later are run, too.
 */
static gboolean knows_another(const struct doctor *doctor, const char *ours, gint64 looked)
{
	g_autofree char *dir = g_build_filename(doctor->world->hook_dir, "qemu.d", NULL);
	g_autofree char *first = g_build_filename(doctor->world->hook_dir, "qemu", NULL);
	g_autofree char *full = doctor_path(doctor, dir);
	g_autoptr(GDir) entries = g_dir_open(full, 0, NULL);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	const char *entry;

	g_ptr_array_add(paths, g_steal_pointer(&first));
	while (entries && (entry = g_dir_read_name(entries)))
		g_ptr_array_add(paths, g_build_filename(dir, entry, NULL));
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		struct stat status;

		if (!g_str_equal(path, ours) && doctor_stat(doctor, path, &status) == 0 &&
		    S_ISREG(status.st_mode) && status.st_mode & 0111 &&
		    status.st_ctim.tv_sec < looked)
			return TRUE;
	}
	return FALSE;
}

void doctor_check_hook_seen(struct doctor *doctor)
{
	const char *unit = doctor_daemon_unit(doctor);
	const pid_t pid = doctor_daemon_pid(doctor);
	g_autofree char *path = hook_path(doctor);
	gint64 looked;
	struct stat status;

	if (doctor_stat(doctor, path, &status) || !S_ISREG(status.st_mode)) {
		doctor_unknown(doctor, "there is no hook that %s could have seen", unit);
		return;
	}
	if (!pid) {
		doctor_ok(doctor, "%s does not run, and looks for hooks when it starts", unit);
		return;
	}
	looked = get_start_time(doctor, pid);
	if (!looked) {
		doctor_unknown(doctor, "cannot tell when process %d, %s, was started", (int)pid,
			       unit);
		return;
	}
	if (status.st_ctim.tv_sec > looked)
		looked = MAX(looked, doctor->world->get_unit_change(unit) / G_USEC_PER_SEC);
	/* Both are whole seconds: who installs and restarts within one is not to be warned. */
	if (status.st_ctim.tv_sec <= looked) {
		doctor_ok(doctor, "%s has looked for hooks since ours is there", unit);
	} else if (knows_another(doctor, path, looked)) {
		doctor_ok(doctor,
			  "the hook is newer than %s, which runs new ones, because it knew one",
			  unit);
	} else {
		doctor_warning(doctor, "%s changed after %s has looked for hooks", path, unit);
		doctor_why(
			doctor,
			"it looks only when it starts or is told to reload; if this is the first "
			"hook, it is not run. Domains run on");
		doctor_fix(doctor, "systemctl reload %s", unit);
	}
}
