// SPDX-License-Identifier: MIT
/*
 * What AppArmor and SELinux have refused us, or libvirtd because of us. The kernel's log and the
 * audit log keep what was mended long ago, so what is older than the files that would mend it is
 * passed over.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/fd.h"
#include "doctor.h"

#define LOG_MAX ((gsize)8 << 20)

static const char audit_log[] = "/var/log/audit/audit.log";

static gboolean append_available(int fd, GString *text)
{
	char record[8192];

	while (text->len < LOG_MAX) {
		const ssize_t n = read(fd, record, sizeof(record));

		if (n > 0)
			g_string_append_len(text, record, n);
		/* EPIPE: records are lost (kernel, Documentation/ABI/testing/dev-kmsg). */
		else if (n == 0 || (errno != EPIPE && errno != EINTR))
			return n == 0 || errno == EAGAIN;
	}
	return TRUE;
}

static gboolean add_kernel_log(const struct doctor *doctor, GString *text)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *path = g_build_filename(env->dev, "kmsg", NULL);
	mfl_autofd fd = env->open(path, O_RDONLY | O_NONBLOCK);

	return fd >= 0 && append_available(fd, text);
}

static gboolean add_audit_log(const struct doctor *doctor, GString *text)
{
	g_autofree char *path = doctor_path(doctor, audit_log);
	mfl_autofd fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	off_t end;

	if (fd < 0)
		return FALSE;
	end = lseek(fd, 0, SEEK_END);
	if (end < 0 || lseek(fd, MAX(end - (off_t)LOG_MAX / 2, 0), SEEK_SET) < 0)
		return FALSE;
	return append_available(fd, text);
}

/* NULL: not there. Values are quoted or not, and hold no blanks. */
static char *get_field(const char *line, const char *key)
{
	g_autofree char *pattern = g_strconcat(" ", key, "=", NULL);
	const char *value = strstr(line, pattern);

	if (!value)
		return NULL;
	value += strlen(pattern);
	if (*value == '"')
		return g_strndup(value + 1, strcspn(value + 1, "\""));
	return g_strndup(value, strcspn(value, " "));
}

/* "audit(1700000000.123:45): …" */
static gint64 get_time(const char *line)
{
	const char *stamp = strstr(line, "audit(");

	return stamp ? g_ascii_strtoll(stamp + strlen("audit("), NULL, 10) : 0;
}

static gint64 get_change(const struct doctor *doctor, const char *path)
{
	struct stat status;

	return doctor_stat(doctor, path, &status) ? 0 : status.st_ctim.tv_sec;
}

/* ------------------------------------------------------------------- AppArmor -- */

/* Debian's and Ubuntu's names of the files with the profiles of libvirt's daemons. */
static char *get_profile_file(const char *profile)
{
	if (g_str_equal(profile, "libvirtd") || g_str_equal(profile, "virtqemud"))
		return g_strconcat("usr.sbin.", profile, NULL);
	/* A profile that is called by its program's path. */
	if (*profile == '/') {
		char *name = g_strdup(profile + 1);

		return g_strdelimit(name, "/", '.');
	}
	return g_strdup(profile);
}

static gboolean report_apparmor(struct doctor *doctor, const char *line)
{
	g_autofree char *profile = get_field(line, "profile");
	g_autofree char *name = get_field(line, "name");
	g_autofree char *mask = get_field(line, "denied_mask");
	g_autofree char *operation = get_field(line, "operation");
	g_autofree char *file = NULL, *local = NULL, *rule = NULL, *quoted = NULL;

	if (!profile)
		return FALSE;
	file = get_profile_file(profile);
	local = g_strconcat("/etc/apparmor.d/local/", file, NULL);
	if (get_change(doctor, local) >= get_time(line))
		return FALSE;
	doctor_broken(doctor, "AppArmor's profile %s refuses: %s %s (%s)", profile,
		      operation ? operation : "-", name ? name : "-", mask ? mask : "-");
	doctor_why(doctor,
		   "if it is the hook that is refused, no domain is attached when it starts");
	/* 'x' alone is no permission; what libvirtd runs inherits its profile, as there. */
	if (name && *name == '/')
		rule = g_strdup_printf("  \"%s\" %s,", name,
				       mask && strchr(mask, 'x') ? "rmix"
				       : mask			 ? mask
								 : "r");
	if (rule && file[strspn(file, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-")] == '\0') {
		quoted = g_shell_quote(rule);
		doctor_fix(doctor, "echo %s >>%s && apparmor_parser -r /etc/apparmor.d/%s", quoted,
			   local, file);
	} else {
		doctor_fix(doctor, "aa-logprof   # and allow it there, or aa-complain the profile");
	}
	return TRUE;
}

/* -------------------------------------------------------------------- SELinux -- */

static gboolean report_selinux(struct doctor *doctor, const char *line)
{
	static const char *const modules[] = {
		"/var/lib/selinux/targeted/active/modules/400/memflow-local",
		"/etc/selinux/targeted/active/modules/400/memflow-local", NULL
	};
	const char *module = doctor_first(doctor, modules);
	g_autofree char *source = get_field(line, "scontext");
	g_autofree char *target = get_field(line, "tcontext");

	if (module && get_change(doctor, module) >= get_time(line))
		return FALSE;
	doctor_broken(doctor, "SELinux refuses %s the use of %s", source ? source : "a process",
		      target ? target : "something of ours");
	doctor_why(doctor,
		   "if it is the hook that is refused, domains are not attached, and may not even "
		   "start");
	doctor_fix(doctor,
		   "restorecon -Rv %s && ausearch -m avc -ts boot | grep memflow | "
		   "audit2allow -M memflow-local && semodule -i memflow-local.pp",
		   doctor->world->hook_dir);
	return TRUE;
}

/* ------------------------------------------------------------------------ both -- */

static gboolean is_on(const struct doctor *doctor)
{
	g_autofree char *apparmor =
		doctor_read_line(doctor->world->env->sys, "module/apparmor/parameters/enabled");
	g_autofree char *selinux =
		g_build_filename(doctor->world->env->sys, "fs/selinux/enforce", NULL);

	return g_strcmp0(apparmor, "Y") == 0 || g_file_test(selinux, G_FILE_TEST_EXISTS);
}

/* Whether @line is a refusal that names us; the newest of each kind is enough. */
static gboolean is_about_us(const char *line)
{
	return strstr(line, "memflow") &&
	       (strstr(line, "apparmor=\"DENIED\"") || strstr(line, "avc:  denied"));
}

void doctor_check_confinement_denials(struct doctor *doctor)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;
	gboolean logged, found = FALSE;

	if (!is_on(doctor)) {
		doctor_ok(doctor, "neither AppArmor nor SELinux is in use");
		return;
	}
	logged = add_audit_log(doctor, text);
	g_string_append_c(text, '\n');
	logged |= add_kernel_log(doctor, text);
	if (!logged) {
		doctor_unknown(doctor,
			       "neither the kernel's log nor %s may be read, so what AppArmor or "
			       "SELinux have refused is not known; run this as root",
			       audit_log);
		return;
	}
	lines = g_strsplit(text->str, "\n", -1);
	for (guint i = g_strv_length(lines); i-- > 0 && !found;) {
		if (!is_about_us(lines[i]))
			continue;
		found = strstr(lines[i], "apparmor=") ? report_apparmor(doctor, lines[i])
						      : report_selinux(doctor, lines[i]);
	}
	if (!found)
		doctor_ok(doctor, "AppArmor and SELinux have refused us nothing that was logged");
}
