// SPDX-License-Identifier: MIT
/* The policy file: who may change it, and whether it means anything. */
#include "core/policy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "doctor.h"
#include "memflow-libvirt.h"

/* The parser's messages begin with "FILE:LINE: ". */
static guint64 line_of(const char *message, const char *path)
{
	const char *at = g_str_has_prefix(message, path) ? message + strlen(path) : "";

	return *at == ':' ? g_ascii_strtoull(at + 1, NULL, 10) : 0;
}

MflPolicy *doctor_load_policy(const struct doctor *doctor, const char *name, const char *uuid)
{
	const char *file = doctor->world->policy_file;
	g_autofree char *path = doctor_path(doctor, file);
	struct stat status;

	/* A pipe in its place would be waited for. */
	if (doctor_stat(doctor, file, &status) == 0 && !S_ISREG(status.st_mode))
		return NULL;
	return mfl_policy_load(path, name, uuid, NULL);
}

void doctor_check_policy_file(struct doctor *doctor)
{
	const char *file = doctor->world->policy_file;
	g_autofree char *path = doctor_path(doctor, file);
	g_autoptr(GError) error = NULL;
	g_autoptr(MflPolicy) policy = NULL;
	struct stat status;
	int errnum = doctor_stat(doctor, file, &status);

	if (errnum == ENOENT) {
		doctor_ok(doctor, "there is no %s: the defaults hold", file);
		return;
	}
	if (errnum || g_access(path, R_OK)) {
		doctor_unknown(doctor, "cannot read %s: %s; run this as root", file,
			       g_strerror(errnum ? errnum : errno));
		return;
	}
	if (!S_ISREG(status.st_mode)) {
		doctor_broken(doctor, "%s is no file", file);
		doctor_why(doctor, "the hook cannot read a policy in it, and attaches nothing");
		doctor_fix(doctor, "mv %s %s.old", file, file);
		return;
	}
	if (status.st_uid != doctor->world->trusted || status.st_mode & 022) {
		doctor_broken(doctor, "%s can be changed by others than root: mode %04o, owner %u",
			      file, (guint)status.st_mode & 07777, (guint)status.st_uid);
		doctor_why(doctor, "whoever changes it decides who reads which guest's memory");
		doctor_fix(doctor, "chown root:root %s && chmod 644 %s", file, file);
	}
	policy = mfl_policy_load(path, "", NULL, &error);
	if (!policy) {
		const guint64 line = line_of(error->message, path);

		doctor_broken(doctor, "%s",
			      error->message + strlen(doctor->world->root) *
						       g_str_has_prefix(error->message, path));
		doctor_why(doctor,
			   "a policy with a mistake is void as a whole: no domain is attached");
		doctor_fix(doctor, "${EDITOR:-vi} +%" G_GUINT64_FORMAT " %s", MAX(line, 1), file);
	} else if (status.st_uid == doctor->world->trusted && !(status.st_mode & 022)) {
		doctor_ok(doctor, "%s has no mistakes", file);
	}
}
