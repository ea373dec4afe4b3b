// SPDX-License-Identifier: MIT
/*
 * What was found, as it is collected. A finding begins with what is so; why and the command are
 * added to the last one.
 */
#include <string.h>

#include "doctor.h"

static void G_GNUC_PRINTF(3, 0)
	add(struct doctor *doctor, enum doctor_result result, const char *format, va_list args)
{
	struct doctor_finding *finding = g_new0(struct doctor_finding, 1);

	finding->check = doctor->check;
	finding->result = result;
	finding->what = g_strdup_vprintf(format, args);
	g_ptr_array_add(doctor->findings, finding);
}

static struct doctor_finding *last(const struct doctor *doctor)
{
	g_assert(doctor->findings->len);
	return g_ptr_array_index(doctor->findings, doctor->findings->len - 1);
}

void doctor_ok(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(doctor, DOCTOR_OK, format, args);
	va_end(args);
}

void doctor_warning(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(doctor, DOCTOR_WARNING, format, args);
	va_end(args);
}

void doctor_broken(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(doctor, DOCTOR_BROKEN, format, args);
	va_end(args);
}

void doctor_unknown(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(doctor, DOCTOR_UNKNOWN, format, args);
	va_end(args);
}

void doctor_why(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	last(doctor)->why = g_strdup_vprintf(format, args);
	va_end(args);
}

void doctor_fix(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	last(doctor)->fix = g_strdup_vprintf(format, args);
	last(doctor)->as_root = TRUE;
	va_end(args);
}

void doctor_fix_self(struct doctor *doctor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	last(doctor)->fix = g_strdup_vprintf(format, args);
	va_end(args);
}

/* Debian's package that brings @path, if memflowctl came by one: its licence is there then. */
static const char *find_package(const struct doctor *doctor, const char *path)
{
	g_autofree char *licence = doctor_path(doctor, "/usr/share/doc/memflow-libvirt/copyright");

	if (!g_file_test(licence, G_FILE_TEST_EXISTS))
		return NULL;
	return g_str_has_prefix(path, doctor->world->plugin_dir) ? "memflow-connector-libvirt" :
								    "memflow-libvirt";
}

void doctor_fix_install(struct doctor *doctor, const char *path)
{
	const char *package = find_package(doctor, path);

	if (!package)
		doctor_fix(doctor,
			   "meson install -C build   # in the source tree: README.md, Install");
	else if (g_str_has_prefix(path, "/etc/"))
		/* A file of /etc that was removed stays removed otherwise. */
		doctor_fix(doctor,
			   "apt-get install --reinstall -o Dpkg::Options::=--force-confmiss %s",
			   package);
	else
		doctor_fix(doctor, "apt-get install --reinstall %s", package);
}
