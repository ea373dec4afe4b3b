// SPDX-License-Identifier: MIT
/*
 * The table of checks. They stand in the order in which things depend on each other: what comes
 * first is to be mended first.
 */
#include <string.h>

#include "doctor.h"

static const struct {
	const char *name;
	void (*run)(struct doctor *doctor);
} checks[] = {
	{ "module.built", doctor_check_module_built },
	{ "module.signature", doctor_check_module_signature },
	{ "module.loaded", doctor_check_module_loaded },
	{ "module.interface", doctor_check_module_interface },
	{ "module.boot", doctor_check_module_boot },
	{ "device.control", doctor_check_device_control },
	{ "device.directory", doctor_check_device_directory },
	{ "device.udev", doctor_check_device_udev },
	{ "policy.file", doctor_check_policy_file },
	{ "group.exists", doctor_check_group_exists },
	{ "group.member", doctor_check_group_member },
	{ "hook.file", doctor_check_hook_file },
	{ "hook.seen", doctor_check_hook_seen },
	{ "confinement.denials", doctor_check_confinement_denials },
	{ "libvirt.connection", doctor_check_libvirt_connection },
	{ "libvirt.pids", doctor_check_libvirt_pids },
	{ "domains.attached", doctor_check_domains_attached },
	{ "domains.nodes", doctor_check_domains_nodes },
	{ "connector.file", doctor_check_connector_file },
	{ "connector.meta", doctor_check_connector_meta },
	{ "connector.path", doctor_check_connector_path },
	{ "connector.sudo", doctor_check_connector_sudo },
};

static void finding_free(gpointer data)
{
	struct doctor_finding *finding = data;

	g_free(finding->what);
	g_free(finding->why);
	g_free(finding->fix);
	g_free(finding);
}

void doctor_init(struct doctor *doctor, const struct doctor_world *world)
{
	*doctor = (struct doctor){
		.world = world,
		.findings = g_ptr_array_new_with_free_func(finding_free),
	};
}

void doctor_clear(struct doctor *doctor)
{
	g_clear_pointer(&doctor->findings, g_ptr_array_unref);
	g_clear_pointer(&doctor->domains, g_ptr_array_unref);
	g_clear_error(&doctor->domains_error);
}

guint doctor_run(struct doctor *doctor, const char *prefix)
{
	guint n = 0;

	for (guint i = 0; i < G_N_ELEMENTS(checks); i++) {
		if (!g_str_has_prefix(checks[i].name, prefix))
			continue;
		doctor->check = checks[i].name;
		checks[i].run(doctor);
		n++;
	}
	return n;
}

guint doctor_count(const struct doctor *doctor, enum doctor_result result)
{
	guint n = 0;

	for (guint i = 0; i < doctor->findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor->findings, i);

		n += finding->result == result;
	}
	return n;
}
