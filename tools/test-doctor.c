// SPDX-License-Identifier: MIT
/*
 * Each check of `memflowctl doctor` on a host of temporary files: it has nothing to say while all
 * is well, finds what is broken with a command that mends it, and is content when it is mended.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "core/fakehost.h"
#include "doctor/doctor.h"
#include "exit-status.h"
#include "fixture.h"
#include "memflow-libvirt.h"

#define RELEASE "6.1.0-99-amd64"
#define MODULES "lib/modules/" RELEASE
#define KO MODULES "/updates/dkms/memflow.ko"
#define HOOK "etc/libvirt/hooks/qemu.d/memflow"
#define POLICY "etc/memflow-libvirt/policy.conf"
#define PLUGIN "usr/lib/memflow/libmemflow_libvirt"
#define DAEMON 900
/* Of the epoch: the hook is as old as the test. */
#define BOOT (g_get_real_time() / G_USEC_PER_SEC)

/**
 * struct patient - a host that is well at first
 * @variables: its environment
 * @group_missing, @group_silent: what the group database says of "memflow"
 * @member: whether alice is a member there
 * @libvirt_error: code of the error that libvirt's answer is
 * @default_uri_fails: it answers at qemu:///system alone
 * @unit_change: when libvirtd was told to reload, in microseconds
 */
static struct patient {
	FakeHost *host;
	struct doctor_world world;
	GHashTable *variables;
	gboolean group_missing;
	gboolean group_silent;
	enum doctor_answer member;
	int libvirt_error;
	gboolean default_uri_fails;
	gint64 unit_change;
	gid_t groups[1];
} p;

/* --------------------------------------------------------------------- a host -- */

static void put(const char *path, const char *text)
{
	fake_host_write(p.host, path, text, -1);
}

static void set_mode(const char *path, mode_t mode)
{
	g_autofree char *full = g_build_filename(p.host->root, path, NULL);

	assert_int_equal(chmod(full, mode), 0);
}

static void take(const char *path)
{
	fake_host_remove(p.host, path);
}

static const char *fake_getenv(const char *name)
{
	return g_hash_table_lookup(p.variables, name);
}

static void set_variable(const char *name, const char *value)
{
	if (value)
		g_hash_table_insert(p.variables, g_strdup(name), g_strdup(value));
	else
		g_hash_table_remove(p.variables, name);
}

static enum doctor_answer fake_find_group(const char *name, gid_t *gid)
{
	if (p.group_silent)
		return DOCTOR_NOT_KNOWN;
	if (strcmp(name, "memflow") != 0 || p.group_missing)
		return DOCTOR_NO;
	*gid = 990;
	return DOCTOR_YES;
}

static enum doctor_answer fake_is_member(const char *user, gid_t gid)
{
	return strcmp(user, "alice") == 0 && gid == 990 ? p.member : DOCTOR_NO;
}

static GPtrArray *fake_list(const char *uri, GError **error)
{
	GPtrArray *list;

	if (p.libvirt_error || (p.default_uri_fails && strcmp(uri, "qemu:///system") != 0)) {
		g_set_error(error, MFL_ERROR, p.libvirt_error ? p.libvirt_error : MFL_ERROR_LIBVIRT,
			    "the fake fails");
		return NULL;
	}
	list = g_ptr_array_new_with_free_func((GDestroyNotify)doctor_domain_free);
	for (guint i = 0; i < p.host->vms->len; i++) {
		const FakeVm *vm = g_ptr_array_index(p.host->vms, i);
		struct doctor_domain *domain;

		if (!vm->running)
			continue;
		domain = g_new0(struct doctor_domain, 1);
		domain->name = g_strdup(vm->name);
		domain->uuid = g_strdup(vm->uuid);
		g_ptr_array_add(list, domain);
	}
	return list;
}

static gint64 fake_unit_change(const char *unit)
{
	assert_string_equal(unit, "libvirtd");
	return p.unit_change;
}

/* Started @seconds after boot. */
static void start_daemon(int seconds)
{
	g_autofree char *stat = g_strdup_printf(
		"%d (lib) virtd) S 1 1 1 0 -1 4194560 1 1 0 0 1 1 0 0 20 0 18 0 %ld 1 1 1\n",
		DAEMON, seconds * sysconf(_SC_CLK_TCK));

	put("run/libvirtd.pid", "900\n");
	put("proc/900/comm", "libvirtd\n");
	put("proc/900/stat", stat);
}

static void set_boot_time(gint64 seconds)
{
	g_autofree char *stat = g_strdup_printf(
		"cpu 1 2\nintr 1\nbtime %" G_GINT64_FORMAT "\nprocesses 1\n", seconds);

	put("proc/stat", stat);
}

static void put_node(FakeVm *vm)
{
	g_autofree char *path = g_build_filename("dev/memflow-vms", vm->node, NULL);
	g_autofree char *link = g_strdup_printf("dev/memflow-vms/by-uuid/%s", vm->uuid);
	g_autofree char *uevent_path = g_build_filename(vm->sysfs, "uevent", NULL);
	g_autofree char *uevent =
		g_strdup_printf("MAJOR=511\nMINOR=%u\nDEVNAME=memflow-vms/%s\nDEVMODE=0660\n"
				"DEVGID=%u\nMEMFLOW_NAME=%s\n",
				vm->device, vm->node, (guint)getgid(), vm->node);

	put(path, "");
	set_mode(path, 0660);
	put(link, "");
	set_mode("dev/memflow-vms", 0755);
	put(uevent_path, uevent);
}

static FakeVm *start_vm(const char *name, const char *uuid, pid_t pid)
{
	FakeVm *vm = fake_vm_start(p.host, name, uuid, pid);

	fake_vm_publish(vm, FALSE);
	put_node(vm);
	return vm;
}

/* With our metadata in it. */
static void put_xml(const FakeVm *vm, const char *type, const char *metadata)
{
	g_autofree char *path = g_strdup_printf("run/libvirt/qemu/%s.xml", vm->name);
	g_autofree char *text = g_strdup_printf(
		"<domstatus state='running' pid='%d'>\n  <monitor type='unix'/>\n"
		"  <domain type='%s' id='1'>\n    <name>%s</name>\n    <uuid>%s</uuid>\n"
		"    <metadata>%s</metadata>\n  </domain>\n</domstatus>\n",
		(int)vm->pid, type, vm->name, vm->uuid, metadata);

	put(path, text);
}

static void put_module(void)
{
	static const char text[] = "\x7f"
				   "ELF\0license=GPL\0srcversion=AAAA\0vermagic=6.1\0rest";

	fake_host_write(p.host, KO, text, sizeof(text));
}

static void put_connector(void)
{
	g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "plugin", -1);
	g_autofree char *meta = g_strdup_printf("{ \"digest\": \"%s\" }\n", digest);

	put(PLUGIN ".so", "plugin");
	set_mode(PLUGIN ".so", 0644);
	put(PLUGIN ".meta", meta);
}

static int set_up(void **state)
{
	(void)state;
	memset(&p, 0, sizeof(p));
	p.host = fake_host_new();
	p.variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	p.member = DOCTOR_YES;
	p.groups[0] = 990;
	p.world = (struct doctor_world){
		.env = &p.host->env,
		.root = p.host->root,
		.policy_file = "/" POLICY,
		.hook_dir = "/etc/libvirt/hooks",
		.plugin_dir = "/usr/lib/memflow",
		.bin_dir = "/usr/bin",
		.tool_dir = "/usr/libexec/memflow-libvirt",
		.release = RELEASE,
		.uid = 1000,
		.trusted = getuid(),
		.user = "alice",
		.home = "/home/alice",
		.groups = p.groups,
		.n_groups = 1,
		.getenv = fake_getenv,
		.find_group = fake_find_group,
		.is_member = fake_is_member,
		.list_domains = fake_list,
		.get_unit_change = fake_unit_change,
	};
	put_module();
	put(MODULES "/modules.dep", "kernel/a.ko: kernel/b.ko\nupdates/dkms/memflow.ko:\n");
	put("sys/module/memflow/version", MFL_VERSION "\n");
	put("sys/module/memflow/srcversion", "AAAA\n");
	put("usr/lib/modules-load.d/memflow-libvirt.conf", "# ours\nmemflow\n");
	fake_host_set_number(p.host, "memflow", 125);
	set_mode("dev/memflow", 0600);
	put("usr/lib/udev/rules.d/70-memflow.rules", "");
	put("run/udev/control", "");
	put(POLICY, "[defaults]\nattach=yes\n");
	set_mode(POLICY, 0644);
	put(HOOK, "");
	set_mode(HOOK, 0755);
	set_mode("etc/libvirt/hooks/qemu.d", 0755);
	set_boot_time(BOOT);
	start_daemon(5);
	put_connector();
	set_variable("MEMFLOW_PLUGIN_PATH", "/elsewhere:/usr/lib/memflow");
	set_variable("PATH", "/usr/bin:/bin");
	start_vm("win10", FAKE_UUID_A, 100);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	g_hash_table_unref(p.variables);
	fake_host_free(p.host);
	return 0;
}

/* ------------------------------------------------------------------- findings -- */

/* That check has nothing to say. */
static void is_well(const char *check)
{
	g_auto(Doctor) doctor = { 0 };

	doctor_init(&doctor, &p.world);
	assert_true(doctor_run(&doctor, check) > 0);
	assert_true(doctor.findings->len > 0);
	for (guint i = 0; i < doctor.findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor.findings, i);

		if (finding->result != DOCTOR_OK)
			fail_msg("%s: %s", finding->check, finding->what);
	}
}

/* It finds one thing of that kind, which says @what, and is mended by a command with @fix in it. */
static void finds_there(const char *check, enum doctor_result result, const char *what,
			const char *fix)
{
	g_auto(Doctor) doctor = { 0 };
	const struct doctor_finding *found = NULL;

	doctor_init(&doctor, &p.world);
	doctor_run(&doctor, check);
	for (guint i = 0; i < doctor.findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor.findings, i);

		if (finding->result == result && strstr(finding->what, what))
			found = finding;
		else if (finding->result != DOCTOR_OK)
			print_message("# %s: %s\n", finding->check, finding->what);
	}
	if (!found) {
		fail_msg("%s does not find \"%s\"", check, what);
		return; /* not that one comes here */
	}
	assert_string_equal(found->check, check);
	if (result == DOCTOR_UNKNOWN)
		return;
	assert_non_null(found->why);
	assert_non_null(found->fix);
	assert_contains(found->fix, fix);
}

/* The same where all paths are below the root, which nobody is told of. */
static void finds(const char *check, enum doctor_result result, const char *what, const char *fix)
{
	g_auto(Doctor) doctor = { 0 };

	finds_there(check, result, what, fix);
	doctor_init(&doctor, &p.world);
	doctor_run(&doctor, check);
	for (guint i = 0; i < doctor.findings->len; i++) {
		const struct doctor_finding *finding = g_ptr_array_index(doctor.findings, i);

		if (finding->fix && strstr(finding->fix, p.host->root))
			fail_msg("%s", finding->fix);
	}
}

static void test_well(void **state)
{
	(void)state;
	is_well("");
}

/* --------------------------------------------------------------------- module -- */

static void test_module_built(void **state)
{
	(void)state;
	take(MODULES "/modules.dep");
	finds("module.built", DOCTOR_BROKEN, "index", "depmod -a " RELEASE);
	/* An index that names what is not there is none. */
	take(KO);
	put(MODULES "/modules.dep", "updates/dkms/memflow.ko:\n");
	finds("module.built", DOCTOR_WARNING, "loaded, but not installed", "cp -r kmod dkms.conf");
	take("sys/module/memflow");
	finds("module.built", DOCTOR_BROKEN, "not built for kernel " RELEASE, "dkms install");
	put("usr/src/memflow-libvirt-" MFL_VERSION "/dkms.conf", "");
	finds("module.built", DOCTOR_BROKEN, "not built",
	      "apt-get install linux-headers-" RELEASE " && dkms install memflow-libvirt/");
	put(MODULES "/build/Makefile", "");
	finds("module.built", DOCTOR_BROKEN, "not built",
	      "dkms install memflow-libvirt/" MFL_VERSION);
	put(MODULES "/updates/dkms/memflow.ko.xz", "");
	put(MODULES "/modules.dep", "updates/dkms/memflow.ko.xz:\n");
	is_well("module.built");
}

static void sign_module(void)
{
	static const char text[] = "\x7f"
				   "ELF~Module signature appended~\n";

	fake_host_write(p.host, KO, text, sizeof(text) - 1);
}

static void test_module_signature(void **state)
{
	(void)state;
	put("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
	is_well("module.signature");
	put("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
	finds("module.signature", DOCTOR_BROKEN, "locked down", "mokutil --import");
	fake_host_write(p.host,
			"sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
			"\6\0\0\0\1", 5);
	finds("module.signature", DOCTOR_BROKEN, "Secure Boot", "mokutil --import");
	sign_module();
	is_well("module.signature");
	take("sys/module/memflow");
	finds("module.signature", DOCTOR_UNKNOWN, "mokutil --import", NULL);

	take("sys/kernel/security");
	put("sys/module/module/parameters/sig_enforce", "N\n");
	put_module();
	is_well("module.signature");
	put("sys/module/module/parameters/sig_enforce", "Y\n");
	finds("module.signature", DOCTOR_BROKEN, "sig_enforce", "dkms install --force");
}

static void test_module_loaded(void **state)
{
	(void)state;
	take("sys/module/memflow");
	finds("module.loaded", DOCTOR_BROKEN, "not loaded", "modprobe memflow");
	finds("module.interface", DOCTOR_UNKNOWN, "not loaded", NULL);
	put("sys/module/memflow/version", MFL_VERSION);
	is_well("module.loaded");
}

static void test_module_interface(void **state)
{
	FakeVm *vm = g_ptr_array_index(p.host->vms, 0);

	(void)state;
	p.host->abi--;
	finds("module.interface", DOCTOR_WARNING, "interface", "dkms install --force");
	put("sys/module/memflow/srcversion", "BBBB\n");
	finds("module.interface", DOCTOR_WARNING, "interface",
	      "modprobe -r memflow && modprobe memflow");
	p.host->features = 0;
	finds("module.interface", DOCTOR_BROKEN, "interface",
	      "modprobe -r memflow && modprobe memflow");
	p.host->features = ~0ULL;
	p.host->abi++;
	finds("module.interface", DOCTOR_WARNING, "not the one that is installed",
	      "modprobe -r memflow && modprobe memflow");
	put("sys/module/memflow/srcversion", "AAAA\n");
	is_well("module.interface");
	p.host->foreign_module = TRUE;
	finds("module.interface", DOCTOR_BROKEN, "another module", "modprobe -r memflow");
	p.host->foreign_module = FALSE;

	/* Who may open neither has the version alone. */
	p.host->control_errno = EACCES;
	is_well("module.interface");
	vm->node_open_errno = EACCES;
	is_well("module.interface");
	put("sys/module/memflow/version", "0.0.1\n");
	finds("module.interface", DOCTOR_UNKNOWN, "0.0.1", NULL);
}

static void test_module_boot(void **state)
{
	(void)state;
	put("usr/lib/modules-load.d/memflow-libvirt.conf", "# memflow\nmemflow-other\n");
	finds("module.boot", DOCTOR_WARNING, "modules-load.d",
	      "echo memflow >/etc/modules-load.d/");
	put("etc/modules-load.d/memflow-libvirt.conf", "memflow\n");
	is_well("module.boot");
	take("etc/modules-load.d");
	put("etc/modules", "loop\nmemflow\n");
	is_well("module.boot");
}

/* --------------------------------------------------------------------- device -- */

static void test_control(void **state)
{
	(void)state;
	set_mode("dev/memflow", 0666);
	finds_there("device.control", DOCTOR_BROKEN, "0666", "chmod 0600");
	set_mode("dev/memflow", 0);
	finds_there("device.control", DOCTOR_BROKEN, "0000", "chmod 0600");
	/* What the udev rules show how to do. */
	set_mode("dev/memflow", 0660);
	is_well("device.control");
	set_mode("dev/memflow", 0600);
	is_well("device.control");
	p.world.trusted++;
	finds_there("device.control", DOCTOR_BROKEN, "owner", "chown root:root");
	p.world.trusted--;

	take("dev/memflow");
	put("sys/class/misc/memflow/dev", "10:125\n");
	finds_there("device.control", DOCTOR_BROKEN, "there is no device", "c 10 125");
	/* A file is no device. */
	put("dev/memflow", "");
	take("numbers/memflow");
	finds_there("device.control", DOCTOR_BROKEN, "there is no device", "rm -f");
	take("sys/class/misc");
	finds_there("device.control", DOCTOR_BROKEN, "there is no device", "modprobe -r memflow");
	take("sys/module/memflow");
	finds("device.control", DOCTOR_UNKNOWN, "without the module", NULL);
}

static void test_directory(void **state)
{
	FakeVm *vm = g_ptr_array_index(p.host->vms, 0);

	(void)state;
	set_mode("dev/memflow-vms", 0700);
	finds_there("device.directory", DOCTOR_BROKEN, "0700", "chmod 755");
	set_mode("dev/memflow-vms", 0777);
	finds_there("device.directory", DOCTOR_BROKEN, "0777", "chmod 755");
	set_mode("dev/memflow-vms", 0755);
	is_well("device.directory");
	take("dev/memflow-vms");
	finds_there("device.directory", DOCTOR_BROKEN, "1 domains", "mkdir -m 755");
	fake_vm_unpublish(vm);
	is_well("device.directory");
}

static void test_udev(void **state)
{
	g_autofree char *mask =
		g_build_filename(p.host->root, "etc/udev/rules.d/70-memflow.rules", NULL);

	(void)state;
	take("dev/memflow-vms/by-uuid");
	finds("device.udev", DOCTOR_WARNING, "there is no link", "udevadm trigger");
	put("dev/memflow-vms/by-uuid/" FAKE_UUID_A, "");
	is_well("device.udev");
	put("etc/udev/rules.d/other.rules", "");
	assert_int_equal(symlink("/dev/null", mask), 0);
	finds("device.udev", DOCTOR_WARNING, "hides", "rm /etc/udev/rules.d/70-memflow.rules");
	take("etc/udev/rules.d/70-memflow.rules");
	is_well("device.udev");
	take("run/udev/control");
	finds("device.udev", DOCTOR_UNKNOWN, "udev does not run", NULL);
	take("usr/lib/udev/rules.d/70-memflow.rules");
	finds("device.udev", DOCTOR_WARNING, "not installed", "meson install");
	put("usr/share/doc/memflow-libvirt/copyright", "");
	finds("device.udev", DOCTOR_WARNING, "not installed",
	      "apt-get install --reinstall memflow-libvirt");
}

/* -------------------------------------------------------------- policy, groups -- */

static void test_policy(void **state)
{
	(void)state;
	put(POLICY, "[defaults]\nattach=yes\n[domain:a]\natach=no\n");
	set_mode(POLICY, 0644);
	finds("policy.file", DOCTOR_BROKEN, "/" POLICY ":4: ", "+4 /" POLICY);
	finds("group.exists", DOCTOR_UNKNOWN, "policy", NULL);
	put(POLICY, "[defaults]\nwhat is this\n");
	set_mode(POLICY, 0644);
	finds("policy.file", DOCTOR_BROKEN, ":2: ", "+2 /" POLICY);
	put(POLICY, "[defaults]\nattach=no\n");
	set_mode(POLICY, 0666);
	finds("policy.file", DOCTOR_BROKEN, "by others", "chmod 644 /" POLICY);
	set_mode(POLICY, 0644);
	is_well("policy.file");
	p.world.trusted++;
	finds("policy.file", DOCTOR_BROKEN, "by others", "chown root:root /" POLICY);
	p.world.trusted--;
	take(POLICY);
	is_well("policy.file");
	put(POLICY "/dir", "");
	finds("policy.file", DOCTOR_BROKEN, "is no file", "mv ");
}

/* Nobody ever writes to these pipes. */
static void test_pipes(void **state)
{
	static const char *const files[] = { POLICY,
					     KO,
					     PLUGIN ".so",
					     PLUGIN ".meta",
					     "home/alice/.local/lib/memflow/"
					     "libmemflow_libvirt.so",
					     "etc/modules",
					     MODULES "/modules.dep",
					     "dev/kmsg",
					     "var/log/audit/audit.log" };
	g_auto(Doctor) doctor = { 0 };

	(void)state;
	put("sys/module/apparmor/parameters/enabled", "Y\n");
	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(p.host->root, files[i], NULL);

		put(files[i], "");
		take(files[i]);
		assert_int_equal(mkfifo(path, 0644), 0);
	}
	doctor_init(&doctor, &p.world);
	doctor_run(&doctor, "");
	finds("policy.file", DOCTOR_BROKEN, "is no file", "mv ");
}

static void test_policy_unreadable(void **state)
{
	(void)state;
	/* Not by its mode: root reads that, too. */
	p.world.policy_file = "/" POLICY "/policy.conf";
	finds("policy.file", DOCTOR_UNKNOWN, "as root", NULL);
	finds("group.member", DOCTOR_UNKNOWN, "as root", NULL);
}

static void test_group_exists(void **state)
{
	(void)state;
	p.group_missing = TRUE;
	finds("group.exists", DOCTOR_BROKEN, "\"memflow\"", "groupadd --system memflow");
	p.group_missing = FALSE;
	is_well("group.exists");
	p.group_silent = TRUE;
	finds("group.exists", DOCTOR_UNKNOWN, "does not answer", NULL);
	p.group_silent = FALSE;
	/* Each that the policy names anywhere. */
	put(POLICY, "[domain:lab-*]\ngroup=analysts\n");
	finds("group.exists", DOCTOR_BROKEN, "\"analysts\"", "groupadd --system analysts");
}

static void test_group_member(void **state)
{
	(void)state;
	p.groups[0] = 1000;
	finds("group.member", DOCTOR_BROKEN, "this session is not", "newgrp memflow");
	p.member = DOCTOR_NO;
	finds("group.member", DOCTOR_BROKEN, "alice is not in", "usermod -aG memflow alice");
	p.member = DOCTOR_NOT_KNOWN;
	finds("group.member", DOCTOR_UNKNOWN, "does not answer", NULL);
	p.groups[0] = 990;
	is_well("group.member");

	p.world.uid = 0;
	p.groups[0] = 0;
	is_well("group.member");
	set_variable("SUDO_USER", "alice");
	p.member = DOCTOR_NO;
	finds("group.member", DOCTOR_WARNING, "who called sudo", "usermod -aG memflow alice");
	p.member = DOCTOR_YES;
	is_well("group.member");
}

/* ----------------------------------------------------------------------- hook -- */

static void test_hook_file(void **state)
{
	g_autofree char *path = g_build_filename(p.host->root, HOOK, NULL);

	(void)state;
	set_mode(HOOK, 0644);
	finds("hook.file", DOCTOR_BROKEN, "not executable", "chmod 755 /" HOOK);
	set_mode(HOOK, 0775);
	finds("hook.file", DOCTOR_BROKEN, "by others", "chmod 755 /" HOOK);
	set_mode(HOOK, 0755);
	is_well("hook.file");
	set_mode("etc/libvirt/hooks/qemu.d", 0777);
	finds("hook.file", DOCTOR_BROKEN, "qemu.d can be changed", "chmod 755 ");
	set_mode("etc/libvirt/hooks/qemu.d", 0755);
	p.world.trusted++;
	finds("hook.file", DOCTOR_BROKEN, "owner", "chown root:root ");
	p.world.trusted--;

	put(HOOK, "#!/bin/sh\nprogram=/usr/sbin/memflow-hook\n\nexec \"$program\"\n");
	set_mode(HOOK, 0755);
	finds("hook.file", DOCTOR_BROKEN, "no /usr/sbin/memflow-hook to run", "meson install");
	put("usr/sbin/memflow-hook", "");
	finds("hook.file", DOCTOR_BROKEN, "no /usr/sbin/memflow-hook to run", "meson install");
	set_mode("usr/sbin/memflow-hook", 0755);
	is_well("hook.file");

	take(HOOK);
	finds("hook.file", DOCTOR_BROKEN, "there is no hook", "meson install");
	finds("hook.seen", DOCTOR_UNKNOWN, "there is no hook", NULL);
	put("usr/share/doc/memflow-libvirt/copyright", "");
	finds("hook.file", DOCTOR_BROKEN, "there is no hook", "force-confmiss memflow-libvirt");
	put("etc/libvirt/hooks/memflow", "");
	finds("hook.file", DOCTOR_BROKEN, "does not look",
	      "install -D -m 755 /etc/libvirt/hooks/memflow /" HOOK);
	assert_int_equal(symlink("../memflow", path), 0);
	finds("hook.file", DOCTOR_WARNING, "is a link", "cp --remove-destination");
	take("etc/libvirt/hooks/memflow");
	finds("hook.file", DOCTOR_BROKEN, "is no file", "apt-get install --reinstall");
}

static void test_hook_seen(void **state)
{
	const gint64 now = BOOT;

	(void)state;
	set_boot_time(now - 1000);
	start_daemon(500);
	finds("hook.seen", DOCTOR_WARNING, "changed after libvirtd", "systemctl reload libvirtd");
	p.unit_change = (now - 200) * G_USEC_PER_SEC;
	finds("hook.seen", DOCTOR_WARNING, "changed after libvirtd", "systemctl reload libvirtd");
	p.unit_change = (now + 5) * G_USEC_PER_SEC;
	is_well("hook.seen");
	p.unit_change = 0;
	start_daemon(1005);
	is_well("hook.seen");

	/* One that does not run looks when it starts; the number may be somebody else's. */
	start_daemon(500);
	put("proc/900/comm", "firefox\n");
	is_well("hook.seen");
	start_daemon(500);
	take("proc/900/stat");
	finds("hook.seen", DOCTOR_UNKNOWN, "cannot tell", NULL);
	/* Another that came as late does not count, nor does one that is not run. */
	start_daemon(500);
	put("etc/libvirt/hooks/qemu", "");
	set_mode("etc/libvirt/hooks/qemu", 0755);
	finds("hook.seen", DOCTOR_WARNING, "changed after libvirtd", "systemctl reload libvirtd");
}

/* A ctime cannot be made older, so its second has to pass; its clock is some milliseconds late. */
static void test_hook_of_a_kind_that_is_known(void **state)
{
	const gint64 now = BOOT;

	(void)state;
	put("etc/libvirt/hooks/qemu", "");
	set_mode("etc/libvirt/hooks/qemu", 0755);
	while (BOOT <= now + 3)
		g_usleep(50000);
	set_mode(HOOK, 0755);
	set_boot_time(now);
	start_daemon(2);
	is_well("hook.seen");
	set_mode("etc/libvirt/hooks/qemu", 0644);
	finds("hook.seen", DOCTOR_WARNING, "changed after libvirtd", "systemctl reload libvirtd");
}

/* ---------------------------------------------------------------- confinement -- */

static void put_denial(const char *log, const char *format)
{
	g_autofree char *when = g_strdup_printf("%" G_GINT64_FORMAT, BOOT - 10);
	g_auto(GStrv) parts = g_strsplit(format, "TIME", 2);
	g_autofree char *line = g_strjoinv(when, parts);

	put(log, line);
}

static void test_apparmor(void **state)
{
	static const char denial[] =
		"5,1,2,-;audit: type=1400 audit(TIME.123:45): apparmor=\"DENIED\" "
		"operation=\"exec\" "
		"profile=\"libvirtd\" name=\"/usr/libexec/memflow's\" pid=1 comm=\"rpc-libvirtd\" "
		"requested_mask=\"x\" denied_mask=\"x\" fsuid=0 ouid=0\n";

	(void)state;
	put_denial("dev/kmsg", denial);
	is_well("confinement.denials"); /* not in use */
	put("sys/module/apparmor/parameters/enabled", "Y\n");
	finds("confinement.denials", DOCTOR_BROKEN, "profile libvirtd refuses: exec",
	      "rmix,' >>/etc/apparmor.d/local/usr.sbin.libvirtd && apparmor_parser -r");
	put_denial("dev/kmsg", "5,1,2,-;audit(TIME.1:2): apparmor=\"DENIED\" operation=\"ptrace\" "
			       "profile=\"/usr/sbin/libvirtd\" comm=\"memflow\" peer=\"x\"\n");
	finds("confinement.denials", DOCTOR_BROKEN, "ptrace", "aa-logprof");
	put_denial("dev/kmsg", denial);
	/* What is older than the rule that was made for it. */
	put("etc/apparmor.d/local/usr.sbin.libvirtd", "");
	is_well("confinement.denials");
	take("etc/apparmor.d");
	put_denial("dev/kmsg", "5,1,2,-;audit: apparmor=\"DENIED\" profile=\"x\" comm=\"else\"\n");
	is_well("confinement.denials");
	take("dev/kmsg");
	finds("confinement.denials", DOCTOR_UNKNOWN, "as root", NULL);
}

static void test_selinux(void **state)
{
	static const char denial[] =
		"type=AVC msg=audit(TIME.1:2): avc:  denied  { execute } for  pid=1 "
		"comm=\"virtqemud\" "
		"name=\"memflow\" scontext=system_u:system_r:virtqemud_t:s0 "
		"tcontext=system_u:object_r:etc_t:s0 tclass=file permissive=0\n";

	(void)state;
	put("sys/fs/selinux/enforce", "1");
	put_denial("var/log/audit/audit.log", denial);
	finds("confinement.denials", DOCTOR_BROKEN, "virtqemud_t",
	      "restorecon -Rv /etc/libvirt/hooks");
	put("var/lib/selinux/targeted/active/modules/400/memflow-local/cil", "");
	is_well("confinement.denials");
}

/* -------------------------------------------------------------------- libvirt -- */

static void test_connection(void **state)
{
	(void)state;
	p.libvirt_error = MFL_ERROR_LIBVIRT;
	finds("libvirt.connection", DOCTOR_BROKEN, "the fake fails", "systemctl restart libvirtd");
	take("run/libvirtd.pid");
	finds("libvirt.connection", DOCTOR_BROKEN, "the fake fails", "systemctl start libvirtd");
	put("run/libvirt/virtqemud-sock", "");
	finds("libvirt.connection", DOCTOR_BROKEN, "the fake fails", "systemctl start virtqemud");
	p.libvirt_error = MFL_ERROR_TIMEOUT;
	finds("libvirt.connection", DOCTOR_BROKEN, "the fake fails", "systemctl restart virtqemud");
	p.libvirt_error = MFL_ERROR_PERMISSION;
	finds("libvirt.connection", DOCTOR_BROKEN, "the fake fails", "usermod -aG libvirt alice");
	finds("libvirt.pids", DOCTOR_UNKNOWN, "libvirt does not say", NULL);
	finds("domains.attached", DOCTOR_UNKNOWN, "only with libvirt", NULL);
	p.libvirt_error = 0;
	is_well("libvirt.connection");

	set_variable("LIBVIRT_DEFAULT_URI", "qemu:///session");
	is_well("libvirt.connection");
	p.default_uri_fails = TRUE;
	finds("libvirt.connection", DOCTOR_WARNING, "qemu:///session", "unset LIBVIRT_DEFAULT_URI");
}

static void test_pids(void **state)
{
	(void)state;
	take("run/libvirt/qemu/win10.pid");
	finds_there("libvirt.pids", DOCTOR_BROKEN, "\"win10\"", "printf 100 >");
	/* Another domain's process. */
	start_vm("other", FAKE_UUID_B, 101);
	put("run/libvirt/qemu/win10.pid", "101\n");
	finds_there("libvirt.pids", DOCTOR_BROKEN, "\"win10\"", "printf 100 >");
	put("run/libvirt/qemu/win10.pid", "100\n");
	is_well("libvirt.pids");
	if (getuid() == 0)
		return;
	set_mode("run/libvirt/qemu/win10.pid", 0);
	p.world.trusted++;
	finds_there("libvirt.pids", DOCTOR_WARNING, "cannot read the pid", "chmod a+r ");
}

/* -------------------------------------------------------------------- domains -- */

static void test_attached(void **state)
{
	FakeVm *vm = g_ptr_array_index(p.host->vms, 0);

	(void)state;
	fake_vm_unpublish(vm);
	take("run/libvirt/qemu/win10.xml");
	finds("domains.attached", DOCTOR_WARNING, "whether its metadata", "memflowctl sync");
	put_xml(vm, "kvm", "");
	finds("domains.attached", DOCTOR_BROKEN, "\"win10\"", "memflowctl sync");

	/* As the hook decides. */
	put_xml(vm, "kvm", "<a:access xmlns:a='urn:memflow-libvirt:domain:1' attach='no'/>");
	is_well("domains.attached");
	put_xml(vm, "qemu", "");
	is_well("domains.attached");
	put_xml(vm, "kvm", "");
	put(POLICY, "[domain:win*]\nattach=no\n");
	is_well("domains.attached");
	put(POLICY, "[uuid:" FAKE_UUID_A "]\nattach=never\n");
	is_well("domains.attached");
	put(POLICY, "nonsense\n");
	finds("domains.attached", DOCTOR_UNKNOWN, "policy.file", NULL);
	put(POLICY, "");
	finds("domains.attached", DOCTOR_BROKEN, "\"win10\"", "memflowctl sync");
	fake_vm_publish(vm, FALSE);
	is_well("domains.attached");
	take("sys/class/memflow");
	finds("domains.attached", DOCTOR_UNKNOWN, "the module", NULL);
}

static void take_node(const FakeVm *vm)
{
	g_autofree char *node = g_build_filename("dev/memflow-vms", vm->node, NULL);

	take(node);
}

/* Names are words of a shell in commands. */
static void test_names(void **state)
{
	FakeVm *vm = fake_vm_start(p.host, "a; reboot '", FAKE_UUID_B, 101);

	(void)state;
	put_xml(vm, "kvm", "");
	take("run/libvirt/qemu/a; reboot '.xml");
	finds("domains.attached", DOCTOR_WARNING, "a; reboot", "memflowctl sync");
	fake_vm_publish(vm, TRUE);
	take_node(vm);
	finds_there("domains.nodes", DOCTOR_BROKEN, "reboot",
		    "attach --readonly 'a; reboot '\\'''");
	fake_vm_unpublish(vm);
	vm = fake_vm_start(p.host, "-R", "0b0b0b0b-1111-2222-3333-444444444445", 102);
	fake_vm_publish(vm, FALSE);
	take_node(vm);
	finds_there("domains.nodes", DOCTOR_BROKEN, "-R", "attach -- -R");
	fake_vm_stop(vm);
}

static void test_nodes(void **state)
{
	FakeVm *vm = g_ptr_array_index(p.host->vms, 0);

	(void)state;
	take("dev/memflow-vms/win10");
	finds_there("domains.nodes", DOCTOR_BROKEN, "is gone",
		    "memflowctl detach win10 && memflowctl attach win10");
	put("dev/memflow-vms/win10", "");
	set_mode("dev/memflow-vms/win10", 0600);
	finds_there("domains.nodes", DOCTOR_BROKEN, "0600", "chmod 0660");
	/* Wider is somebody's wish. */
	set_mode("dev/memflow-vms/win10", 0666);
	is_well("domains.nodes");
	take("numbers/win10");
	finds_there("domains.nodes", DOCTOR_BROKEN, "is not the device", "rm -f");
	fake_host_set_number(p.host, "win10", vm->device);
	is_well("domains.nodes");

	/* libvirt has another one of that name. */
	fake_vm_start(p.host, "win10", FAKE_UUID_B, 103);
	vm->running = FALSE;
	finds("domains.nodes", DOCTOR_WARNING, "does not know as running",
	      "memflowctl detach win10");
	vm->running = TRUE;
	is_well("domains.nodes");
}

/* ------------------------------------------------------------------ connector -- */

static void test_connector_file(void **state)
{
	(void)state;
	take(PLUGIN ".so");
	finds("connector.file", DOCTOR_WARNING, "there is no", "meson install");
	finds("connector.meta", DOCTOR_UNKNOWN, "cannot be read", NULL);
	finds("connector.path", DOCTOR_UNKNOWN, "not installed", NULL);
	put_connector();
	set_mode(PLUGIN ".so", 0600);
	finds("connector.file", DOCTOR_WARNING, "0600", "chmod 644 /" PLUGIN ".so");
	set_mode(PLUGIN ".so", 0644);
	is_well("connector.");
}

static void test_connector_meta(void **state)
{
	(void)state;
	take(PLUGIN ".meta");
	finds("connector.meta", DOCTOR_WARNING, "there is no", "meson install");
	put("usr/libexec/memflow-libvirt/write-meta", "");
	finds("connector.meta", DOCTOR_WARNING, "there is no",
	      "/usr/libexec/memflow-libvirt/write-meta /" PLUGIN ".so " MFL_VERSION);
	put(PLUGIN ".meta", "{ \"digest\": \"abcd\" }");
	finds("connector.meta", DOCTOR_WARNING, "another build", "write-meta");
	put(PLUGIN ".meta", "[ nonsense");
	finds("connector.meta", DOCTOR_WARNING, "another build", "write-meta");
	put_connector();
	is_well("connector.meta");
}

static void test_connector_path(void **state)
{
	(void)state;
	set_variable("MEMFLOW_PLUGIN_PATH", NULL);
	finds("connector.path", DOCTOR_WARNING, "not set in this session",
	      "export MEMFLOW_PLUGIN_PATH=");
	set_variable("MEMFLOW_PLUGIN_PATH", "/usr/lib:/nowhere");
	finds("connector.path", DOCTOR_WARNING, "is /usr/lib:/nowhere",
	      ":+$MEMFLOW_PLUGIN_PATH:}\"/usr/lib/memflow");
	put("home/alice/.local/lib/memflow/libmemflow_libvirt_0123456.so", "plugin");
	is_well("connector.path");
	put("home/alice/.local/lib/memflow/libmemflow_libvirt_0123456.so", "older plugin");
	finds("connector.path", DOCTOR_WARNING, "another build",
	      "rm /home/alice/.local/lib/memflow/libmemflow_libvirt_0123456.so");
	take("home/alice/.local/lib/memflow/libmemflow_libvirt_0123456.so");
	set_variable("MEMFLOW_PLUGIN_PATH", "/usr/lib/memflow");
	is_well("connector.path");
}

static void test_connector_sudo(void **state)
{
	(void)state;
	p.world.uid = 0;
	p.world.home = "/root";
	set_variable("SUDO_USER", "alice");
	set_variable("MEMFLOW_PLUGIN_PATH", NULL);
	finds("connector.path", DOCTOR_WARNING, "sudo has dropped",
	      "sudo MEMFLOW_PLUGIN_PATH=/usr/lib/memflow PROGRAM");
	set_variable("MEMFLOW_PLUGIN_PATH", "/usr/lib/memflow");
	is_well("connector.path");
	is_well("connector.sudo");
	p.world.bin_dir = "/usr/local/bin";
	finds("connector.sudo", DOCTOR_WARNING, "secure_path", "sudo /usr/local/bin/memflowctl");
	set_variable("PATH", "/usr/bin:/usr/local/bin");
	is_well("connector.sudo");
}

/* --------------------------------------------------------------------- output -- */

static void has_command(uid_t uid, const char *fix, gboolean as_root, const char *expected)
{
	const struct doctor_world world = { .uid = uid };
	const struct doctor doctor = { .world = &world };
	const struct doctor_finding finding = { .fix = (char *)fix, .as_root = as_root };
	g_autofree char *command = doctor_command(&doctor, &finding);

	assert_string_equal(command, expected);
}

static void test_commands(void **state)
{
	(void)state;
	has_command(0, "a && b", TRUE, "a && b");
	has_command(1000, "a b", FALSE, "a b");
	has_command(1000, "a b", TRUE, "sudo a b");
	has_command(1000, "a && b", TRUE, "sudo sh -c 'a && b'");
	has_command(1000, "echo 'x' >y", TRUE, "sudo sh -c 'echo '\\''x'\\'' >y'");
	has_command(1000, "a b   # c && d", TRUE, "sudo a b   # c && d");
}

static void break_all(struct doctor *doctor)
{
	doctor->check = "module.built";
	doctor_ok(doctor, "fine");
	doctor->check = "hook.file";
	doctor_broken(doctor, "a hook with \x1b[2J in it");
	doctor_why(doctor, "it matters");
	doctor_fix(doctor, "chmod 755 x");
	doctor->check = "connector.path";
	doctor_warning(doctor, "a connector");
	doctor_why(doctor, "somewhat");
	doctor_fix_self(doctor, "export X=y");
	doctor->check = "device.udev";
	doctor_unknown(doctor, "not for you");
}

static char *printed(void (*print)(FILE *out, const struct doctor *doctor))
{
	g_auto(Doctor) doctor = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	doctor_init(&doctor, &p.world);
	break_all(&doctor);
	print(out, &doctor);
	fclose(out);
	return text;
}

static void print_all(FILE *out, const struct doctor *doctor)
{
	doctor_print(out, doctor, FALSE);
}

static void print_quietly(FILE *out, const struct doctor *doctor)
{
	doctor_print(out, doctor, TRUE);
}

static void test_text(void **state)
{
	char *all = printed(print_all);
	char *quiet = printed(print_quietly);

	(void)state;
	assert_contains(all, "ok       module.built        fine\n");
	assert_contains(all, "BROKEN   hook.file           a hook with \\x1b[2J in it\n");
	assert_contains(all, "why: it matters\n");
	assert_contains(all, "fix: sudo chmod 755 x\n");
	assert_contains(all, "fix: export X=y\n");
	assert_contains(all, "unknown  device.udev         not for you\n");
	assert_contains(all, "\n1 ok, 1 broken, 1 with a warning, 1 could not be checked\n");
	assert_null(strstr(quiet, "fine"));
	assert_contains(quiet, "BROKEN ");
	free(all);
	free(quiet);
}

static void test_json(void **state)
{
	char *text = printed(doctor_print_json);
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonObject *root, *finding;
	JsonArray *findings;

	(void)state;
	assert_true(json_parser_load_from_data(parser, text, -1, NULL));
	root = json_node_get_object(json_parser_get_root(parser));
	findings = json_object_get_array_member(root, "findings");
	assert_int_equal(json_array_get_length(findings), 4);
	finding = json_array_get_object_element(findings, 0);
	assert_true(json_object_get_null_member(finding, "fix"));
	finding = json_array_get_object_element(findings, 1);
	assert_string_equal(json_object_get_string_member(finding, "check"), "hook.file");
	assert_string_equal(json_object_get_string_member(finding, "result"), "broken");
	assert_string_equal(json_object_get_string_member(finding, "what"),
			    "a hook with \x1b[2J in it");
	assert_string_equal(json_object_get_string_member(finding, "why"), "it matters");
	assert_string_equal(json_object_get_string_member(finding, "fix"), "chmod 755 x");
	assert_true(json_object_get_boolean_member(finding, "fix_as_root"));
	assert_int_equal(json_object_get_int_member(root, "broken"), 1);
	assert_int_equal(json_object_get_int_member(root, "warning"), 1);
	assert_int_equal(json_object_get_int_member(root, "unknown"), 1);
	free(text);
}

/* Checks of the real host that harm nothing and depend on nothing. */
static void test_command_line(void **state)
{
	struct fixture *f = *state;

	assert_fails(f, "doctor nosuch", CTL_USAGE, "no check \"nosuch\"");
	assert_int_equal(run(f, "doctor policy"), CTL_OK);
	assert_contains(f->out, "defaults hold");
	assert_true(g_file_set_contents(f->policy_file, "nonsense", -1, NULL));
	assert_int_equal(run(f, "doctor --json policy"), CTL_BROKEN);
	assert_contains(f->out, "\"broken\" : 1");
}

#define CHECK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CHECK(test_well),
		CHECK(test_module_built),
		CHECK(test_module_signature),
		CHECK(test_module_loaded),
		CHECK(test_module_interface),
		CHECK(test_module_boot),
		CHECK(test_control),
		CHECK(test_directory),
		CHECK(test_udev),
		CHECK(test_policy),
		CHECK(test_pipes),
		CHECK(test_policy_unreadable),
		CHECK(test_group_exists),
		CHECK(test_group_member),
		CHECK(test_hook_file),
		CHECK(test_hook_seen),
		CHECK(test_hook_of_a_kind_that_is_known),
		CHECK(test_apparmor),
		CHECK(test_selinux),
		CHECK(test_connection),
		CHECK(test_pids),
		CHECK(test_attached),
		CHECK(test_names),
		CHECK(test_nodes),
		CHECK(test_connector_file),
		CHECK(test_connector_meta),
		CHECK(test_connector_path),
		CHECK(test_connector_sudo),
		CHECK(test_commands),
		CHECK(test_text),
		CHECK(test_json),
		TEST(test_command_line),
	};

	return cmocka_run_group_tests_name("doctor", tests, NULL, NULL);
}
