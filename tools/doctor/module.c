// SPDX-License-Identifier: MIT
/* The kernel module: built for this kernel, allowed by it, loaded, and of our interface. */
#include "module.h"

#include <string.h>

#include "core/device.h"
#include "doctor.h"
#include "memflow-libvirt.h"

/* systemd's own order does not matter here: any of them will do. */
static const char *const boot_dirs[] = { "/etc/modules-load.d", "/run/modules-load.d",
					 "/usr/local/lib/modules-load.d", "/usr/lib/modules-load.d",
					 "/lib/modules-load.d" };

gboolean doctor_module_loaded(const struct doctor *doctor)
{
	g_autofree char *dir = g_build_filename(doctor->world->env->sys, "module/memflow", NULL);

	return g_file_test(dir, G_FILE_TEST_IS_DIR);
}

/* ---------------------------------------------------------------------- built -- */

static void fix_not_built(struct doctor *doctor)
{
	const char *release = doctor->world->release;
	g_autofree char *headers = g_strdup_printf("/lib/modules/%s/build", release);
	const gboolean have_source =
		doctor_exists(doctor, "/usr/src/memflow-libvirt-" MFL_VERSION "/dkms.conf");

	doctor_why(
		doctor,
		"without the module there are no nodes below /dev/memflow-vms, and only root "
		"reads guests, more slowly%s",
		doctor_exists(doctor, headers)
			? ""
			: "; this kernel's headers, which building it takes, are not there either");
	if (have_source && doctor_exists(doctor, headers))
		doctor_fix(doctor, "dkms install memflow-libvirt/" MFL_VERSION);
	else if (have_source)
		doctor_fix(doctor,
			   "apt-get install linux-headers-%s && dkms install "
			   "memflow-libvirt/" MFL_VERSION,
			   release);
	else
		doctor_fix(doctor, "mkdir -p /usr/src/memflow-libvirt-" MFL_VERSION
				   " && cp -r kmod dkms.conf /usr/src/memflow-libvirt-" MFL_VERSION
				   "/ && dkms install memflow-libvirt/" MFL_VERSION
				   "   # in the source tree");
}

void doctor_check_module_built(struct doctor *doctor)
{
	const char *release = doctor->world->release;
	g_auto(DoctorModuleFile) file = { 0 };

	doctor_module_file_find(doctor, &file);
	if (file.indexed) {
		doctor_ok(doctor, "the module is installed for kernel %s: %s", release, file.path);
	} else if (file.path) {
		doctor_broken(doctor, "%s is not in the index of modules", file.path);
		doctor_why(doctor, "modprobe does not find it, nor does the boot");
		doctor_fix(doctor, "depmod -a %s", release);
	} else if (doctor_module_loaded(doctor)) {
		doctor_warning(doctor, "the module is loaded, but not installed for kernel %s",
			       release);
		fix_not_built(doctor);
	} else {
		doctor_broken(doctor, "the module is not built for kernel %s", release);
		fix_not_built(doctor);
	}
}

/* ------------------------------------------------------------------ signature -- */

/* The byte after the four of its attributes (UEFI specification, 3.3; kernel, efivarfs.rst). */
static gboolean has_secure_boot(const struct doctor *doctor)
{
	g_autofree char *path =
		g_build_filename(doctor->world->env->sys, "firmware/efi/efivars",
				 "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", NULL);
	g_autofree char *value = NULL;
	gsize length;

	return g_file_get_contents(path, &value, &length, NULL) && length == 5 && value[4] == 1;
}

/* Why this kernel takes signed modules alone; NULL: it does not. */
static const char *signature_demand(const struct doctor *doctor)
{
	const char *sys = doctor->world->env->sys;
	g_autofree char *lockdown = doctor_read_line(sys, "kernel/security/lockdown");
	g_autofree char *enforce = doctor_read_line(sys, "module/module/parameters/sig_enforce");

	/* "none [integrity] confidentiality" */
	if (lockdown && strchr(lockdown, '[') && !strstr(lockdown, "[none]"))
		return has_secure_boot(doctor) ? "Secure Boot has locked it down"
					       : "it is locked down";
	if (g_strcmp0(enforce, "Y") == 0)
		return "module.sig_enforce is set";
	return NULL;
}

void doctor_check_module_signature(struct doctor *doctor)
{
	const char *demand = signature_demand(doctor);
	g_auto(DoctorModuleFile) file = { 0 };

	if (!demand) {
		doctor_ok(doctor, "this kernel demands no signed modules");
		return;
	}
	doctor_module_file_find(doctor, &file);
	if (file.known && !file.is_signed) {
		doctor_broken(doctor,
			      "%s is not signed, and this kernel takes signed modules alone: %s",
			      file.path, demand);
		doctor_why(doctor, "modprobe fails: Key was rejected by service. After the command "
				   "reboot, and choose \"Enroll MOK\" before the system starts");
		doctor_fix(doctor,
			   "dkms install --force memflow-libvirt/" MFL_VERSION
			   " -k %s && mokutil --import /var/lib/dkms/mok.pub",
			   doctor->world->release);
	} else if (doctor_module_loaded(doctor)) {
		doctor_ok(doctor, "this kernel demands signed modules (%s), and has taken ours",
			  demand);
	} else if (!file.path) {
		doctor_unknown(doctor,
			       "this kernel demands signed modules (%s); there is none of ours "
			       "yet",
			       demand);
	} else {
		doctor_unknown(
			doctor,
			"this kernel demands signed modules (%s); whether it knows the key of %s "
			"is seen when it is loaded: if modprobe says \"Key was rejected\", "
			"enrol it with mokutil --import /var/lib/dkms/mok.pub and reboot",
			demand, file.path);
	}
}

/* ----------------------------------------------------------- loaded, interface -- */

void doctor_check_module_loaded(struct doctor *doctor)
{
	if (doctor_module_loaded(doctor)) {
		doctor_ok(doctor, "the module is loaded");
		return;
	}
	doctor_broken(doctor, "the module is not loaded");
	doctor_why(doctor, "domains that start now get no node; those that run have to be attached "
			   "afterwards");
	doctor_fix(doctor, "modprobe memflow");
}

static void fix_interface(struct doctor *doctor, gboolean stale)
{
	/* What has the nodes open keeps the module; that is for the user to see. */
	if (stale)
		doctor_fix(doctor, "modprobe -r memflow && modprobe memflow");
	else
		doctor_fix(doctor,
			   "dkms install --force memflow-libvirt/" MFL_VERSION
			   " -k %s && modprobe -r memflow && modprobe memflow",
			   doctor->world->release);
}

/* Whether the module that is loaded has other sources than the one that is installed. */
static gboolean is_stale(const struct doctor *doctor)
{
	g_autofree char *loaded =
		doctor_read_line(doctor->world->env->sys, "module/memflow/srcversion");
	g_auto(DoctorModuleFile) file = { 0 };

	doctor_module_file_find(doctor, &file);
	return loaded && file.srcversion && !g_str_equal(loaded, file.srcversion);
}

void doctor_check_module_interface(struct doctor *doctor)
{
	const MflEnv *env = doctor->world->env;
	g_auto(CtlModule) module = { 0 };
	g_autoptr(GError) error = NULL;
	const gboolean stale = is_stale(doctor);

	if (!doctor_module_loaded(doctor)) {
		doctor_unknown(doctor, "the module is not loaded and cannot be asked");
		return;
	}
	ctl_module_query(env, &module);
	if (!mfl_device_check(env, &error) && g_error_matches(error, MFL_ERROR, MFL_ERROR_ABI)) {
		doctor_broken(doctor, "%s", error->message);
	} else if (module.known && module.abi < MEMFLOW_ABI_VERSION) {
		doctor_warning(doctor, "the loaded module speaks interface %u, memflowctl %u",
			       module.abi, (guint)MEMFLOW_ABI_VERSION);
		doctor_why(doctor, "what came with the newer interface cannot be used");
		fix_interface(doctor, stale);
		return;
	} else if (stale) {
		doctor_warning(doctor,
			       "the module that is loaded is not the one that is installed");
		doctor_why(doctor,
			   "what was mended in the installed one is not mended until it is loaded; "
			   "attach the running domains afterwards");
		fix_interface(doctor, stale);
		return;
	} else if (module.known) {
		doctor_ok(doctor, "module and memflowctl speak the same interface: %u", module.abi);
		return;
	} else if (g_strcmp0(module.version, MFL_VERSION) == 0) {
		doctor_ok(doctor, "module and memflowctl are of the same version: " MFL_VERSION);
		return;
	} else {
		doctor_unknown(doctor,
			       "the module is of version %s, memflowctl of " MFL_VERSION
			       "; its interface can be asked for by root or through a node",
			       module.version ? module.version : "(none)");
		return;
	}
	doctor_why(doctor, "nothing of the module can be used: module and library were not updated "
			   "together");
	fix_interface(doctor, stale);
}

/* ----------------------------------------------------------------------- boot -- */

static gboolean names_module(const struct doctor *doctor, const char *path)
{
	g_autofree char *text = doctor_read(doctor, path);
	g_auto(GStrv) lines = text ? g_strsplit(text, "\n", -1) : NULL;

	for (guint i = 0; lines && lines[i]; i++)
		if (g_str_equal(g_strstrip(lines[i]), "memflow"))
			return TRUE;
	return FALSE;
}

static gboolean is_loaded_at_boot(const struct doctor *doctor)
{
	for (guint i = 0; i < G_N_ELEMENTS(boot_dirs); i++) {
		g_autofree char *full = doctor_path(doctor, boot_dirs[i]);
		g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);
		const char *entry;

		while (dir && (entry = g_dir_read_name(dir))) {
			g_autofree char *path = g_build_filename(boot_dirs[i], entry, NULL);

			if (g_str_has_suffix(entry, ".conf") && names_module(doctor, path))
				return TRUE;
		}
	}
	return names_module(doctor, "/etc/modules");
}

void doctor_check_module_boot(struct doctor *doctor)
{
	if (is_loaded_at_boot(doctor)) {
		doctor_ok(doctor, "the module is loaded at boot");
		return;
	}
	doctor_warning(doctor, "no file in modules-load.d names the module");
	doctor_why(doctor, "after the next boot domains that start by themselves get no node");
	doctor_fix(doctor, "mkdir -p /etc/modules-load.d && "
			   "echo memflow >/etc/modules-load.d/memflow-libvirt.conf");
}
