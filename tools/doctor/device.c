// SPDX-License-Identifier: MIT
/* What the module has made below /dev, and what udev adds to it. */
#include <errno.h>

#include <glib/gstdio.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "core/published.h"
#include "doctor.h"
#include "memflow.h"

#define RULES "70-memflow.rules"

/* -------------------------------------------------------------------- control -- */

static void control_missing(struct doctor *doctor, const char *path)
{
	/* Of a misc device: "10:125". */
	g_autofree char *number =
		doctor_read_line(doctor->world->env->sys, "class/misc/memflow/dev");
	g_auto(GStrv) parts = number ? g_strsplit(number, ":", 2) : NULL;

	doctor_broken(doctor, "the module is loaded, and there is no device %s", path);
	doctor_why(doctor, "no domain can be attached");
	if (parts && parts[0] && parts[1])
		doctor_fix(doctor, "rm -f %s && mknod -m 600 %s c %s %s", path, path, parts[0],
			   parts[1]);
	else
		doctor_fix(doctor, "modprobe -r memflow && modprobe memflow");
}

void doctor_check_device_control(struct doctor *doctor)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *path = g_build_filename(env->dev, "memflow", NULL);
	struct stat status;
	dev_t device;

	if (!doctor_module_loaded(doctor)) {
		doctor_unknown(doctor, "without the module there is no %s", path);
	} else if (stat(path, &status) || !env->get_device(path, &device)) {
		control_missing(doctor, path);
	} else if (status.st_uid != doctor->world->trusted || status.st_mode & 006) {
		doctor_broken(doctor, "%s has mode %04o and owner %u", path,
			      (guint)status.st_mode & 07777, (guint)status.st_uid);
		doctor_why(doctor, "whoever may open it may open every VM of this host");
		doctor_fix(doctor, "chown root:root %s && chmod 0600 %s", path, path);
	} else if (!(status.st_mode & 0600)) {
		doctor_broken(doctor, "%s has mode %04o", path, (guint)status.st_mode & 07777);
		doctor_why(doctor,
			   "it is opened for reading and writing; without that right of its owner "
			   "only capabilities help");
		doctor_fix(doctor, "chmod 0600 %s", path);
	} else if (status.st_mode & 060) {
		/* An administrator's rule, as data/70-memflow.rules shows it. */
		doctor_ok(doctor, "%s is there; its group %u may open every VM of this host", path,
			  (guint)status.st_gid);
	} else {
		doctor_ok(doctor, "%s is there, for root alone", path);
	}
}

/* ------------------------------------------------------------------ directory -- */

void doctor_check_device_directory(struct doctor *doctor)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *path = g_build_filename(env->dev, MEMFLOW_NODE_DIR, NULL);
	g_autoptr(GPtrArray) published = mfl_published_list_in(env, NULL);
	struct stat status;

	if (!doctor_module_loaded(doctor)) {
		doctor_unknown(doctor, "without the module there is no %s", path);
	} else if (stat(path, &status)) {
		if (published && published->len) {
			doctor_broken(doctor, "%u domains are attached, and there is no %s",
				      published->len, path);
			doctor_why(doctor, "nobody can open their nodes");
			doctor_fix(doctor, "mkdir -m 755 %s   # then attach them anew, see below",
				   path);
		} else {
			doctor_ok(doctor, "no domain is attached, so there is no %s yet", path);
		}
	} else if ((status.st_mode & 0555) != 0555) {
		doctor_broken(doctor, "%s has mode %04o", path, (guint)status.st_mode & 07777);
		doctor_why(doctor,
			   "members of a node's group do not reach the node, whatever its rights");
		doctor_fix(doctor, "chmod 755 %s", path);
	} else if (status.st_uid != doctor->world->trusted || status.st_mode & 022) {
		doctor_broken(doctor, "%s has mode %04o and owner %u", path,
			      (guint)status.st_mode & 07777, (guint)status.st_uid);
		doctor_why(doctor, "others than root can put something else in a node's place");
		doctor_fix(doctor, "chown root:root %s && chmod 755 %s", path, path);
	} else {
		doctor_ok(doctor, "%s is there, and everybody may look into it", path);
	}
}

/* ----------------------------------------------------------------------- udev -- */

/* A node whose by-uuid link is missing: udev did not have the rule when it was made. (nullable) */
static char *find_without_link(const struct doctor *doctor)
{
	const MflEnv *env = doctor->world->env;
	g_autoptr(GPtrArray) published = mfl_published_list_in(env, NULL);

	for (guint i = 0; published && i < published->len; i++) {
		const MflPublished *one = g_ptr_array_index(published, i);
		g_autofree char *link =
			g_build_filename(env->dev, MEMFLOW_NODE_DIR, "by-uuid", one->uuid, NULL);
		struct stat status;

		if (lstat(link, &status) && errno == ENOENT && g_access(one->node, F_OK) == 0)
			return g_steal_pointer(&link);
	}
	return NULL;
}

void doctor_check_device_udev(struct doctor *doctor)
{
	static const char *const rules[] = {
		"/etc/udev/rules.d/" RULES,	      "/run/udev/rules.d/" RULES,
		"/usr/local/lib/udev/rules.d/" RULES, "/usr/lib/udev/rules.d/" RULES,
		"/lib/udev/rules.d/" RULES,	      NULL
	};
	const char *found = doctor_first(doctor, rules);
	g_autofree char *control = g_build_filename(doctor->world->env->run, "udev/control", NULL);
	g_autofree char *without_link = find_without_link(doctor);
	struct stat status;

	if (!found) {
		doctor_warning(doctor, "the udev rules " RULES " are not installed");
		doctor_why(doctor,
			   "there are no links /dev/" MEMFLOW_NODE_DIR "/by-uuid; nodes and "
			   "their rights do not need udev");
		doctor_fix_install(doctor, rules[3]);
	} else if (doctor_stat(doctor, found, &status) == 0 && !S_ISREG(status.st_mode)) {
		/* As udev(7) has it masked. */
		doctor_warning(doctor, "%s hides the rules that are installed", found);
		doctor_why(doctor, "there are no links /dev/" MEMFLOW_NODE_DIR "/by-uuid");
		doctor_fix(doctor, "rm %s && udevadm control --reload", found);
	} else if (!g_file_test(control, G_FILE_TEST_EXISTS)) {
		doctor_unknown(doctor, "udev does not run here, so %s is not in force", found);
	} else if (without_link) {
		doctor_warning(doctor, "there is no link %s", without_link);
		doctor_why(doctor, "udev did not know %s when the node was made", found);
		doctor_fix(doctor, "udevadm control --reload && udevadm trigger --settle "
				   "--action=change --subsystem-match=memflow");
	} else {
		doctor_ok(doctor, "the udev rules are in force: %s", found);
	}
}
