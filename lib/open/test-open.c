/* SPDX-License-Identifier: MIT */
/* Opening by each backend, with every right that can be missing. */
#include "memory.h"

#include "fakelibvirt.h"
#include "test-helpers.h"

#include <errno.h>

/* A running system domain that both backends can open. */
static FakeVm *start(FakeLibvirt *libvirt)
{
	FakeVm *vm = fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100);

	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 1);
	return vm;
}

static MflMemory *open_memory(FakeLibvirt *libvirt, MflBackend backend, MflOpenFlags flags,
			      GError **error)
{
	return mfl_memory_open_in(&libvirt->context, "win10", NULL, MFL_KEY_ANY, backend, flags,
				  error);
}

static void test_auto(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) by_node = NULL;
	g_autoptr(MflMemory) by_kmod = NULL;
	g_autoptr(MflMemory) by_memfd = NULL;
	g_autoptr(MflMemory) by_procmem = NULL;
	g_autofree char *no_node = NULL;
	g_autofree char *no_module = NULL;
	g_autofree char *not_shared = NULL;
	FakeVm *vm = start(libvirt);

	(void)state;
	libvirt->host->control_errno = ENOENT;
	by_procmem = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(by_procmem), MFL_BACKEND_PROCMEM);
	assert_false(mfl_memory_is_readonly(by_procmem));
	no_node = mfl_memory_dup_refusal(by_procmem, MFL_BACKEND_NODE);
	assert_non_null(strstr(no_node, "is not published"));
	no_module = mfl_memory_dup_refusal(by_procmem, MFL_BACKEND_KMOD);
	assert_non_null(strstr(no_module, "modprobe memflow"));
	not_shared = mfl_memory_dup_refusal(by_procmem, MFL_BACKEND_MEMFD);
	assert_non_null(strstr(not_shared, "<access mode='shared'/>"));
	assert_null(mfl_memory_dup_refusal(by_procmem, MFL_BACKEND_PROCMEM));
	/* which was found out without asking QEMU, so that it is asked once */
	assert_int_equal(libvirt->n_asked, 2);

	fake_vm_share(vm);
	by_memfd = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(by_memfd), MFL_BACKEND_MEMFD);
	assert_null(mfl_memory_dup_refusal(by_memfd, MFL_BACKEND_PROCMEM));
	libvirt->host->control_errno = 0;
	by_kmod = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(by_kmod), MFL_BACKEND_KMOD);
	assert_false(mfl_memory_is_readonly(by_kmod));
	fake_vm_publish(vm, FALSE);
	by_node = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(by_node), MFL_BACKEND_NODE);
	assert_false(mfl_memory_is_readonly(by_node));
}

static void test_reasons(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	FakeVm *vm = start(libvirt);

	(void)state;
	libvirt->host->control_errno = EACCES;
	vm->trace_errno = EPERM;
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_non_null(strstr(error->message, "cannot open the memory of domain \"win10\": node: "
					       "the domain is not published"));
	assert_non_null(strstr(error->message, "; kmod: cannot open "));
	assert_non_null(strstr(error->message, "; memfd: cannot read the memory of process 100"));
	assert_mfl_error(error, MFL_ERROR_PERMISSION,
			 "; procmem: cannot read the memory of process 100: permission denied; run "
			 "as root, with CAP_SYS_PTRACE");
	/* a right comes before a module: with it the others would do */
	libvirt->host->control_errno = ENOENT;
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "kmod: there is no");
	vm->trace_errno = 0;
	libvirt->monitor_refusal = g_error_new(MFL_ERROR, MFL_ERROR_LIBVIRT, "no monitor");
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "read-write connection to libvirt: no monitor");
	/* who does not answer is not asked once more for the next backend */
	g_clear_error(&libvirt->monitor_refusal);
	libvirt->monitor_refusal = g_error_new(MFL_ERROR, MFL_ERROR_TIMEOUT, "no answer");
	fake_vm_share(vm);
	libvirt->n_asked = 0;
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_null(strstr(error->message, "procmem"));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "memfd: cannot ask QEMU");
	assert_int_equal(libvirt->n_asked, 1);
	g_clear_error(&libvirt->monitor_refusal);
	libvirt->host->control_errno = EACCES;
	assert_null(open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "memflowctl attach 'win10'");
	libvirt->host->control_errno = ENOENT;
	assert_null(open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_NO_MODULE, "modprobe memflow");
	fake_vm_publish(vm, FALSE);
	vm->node_open_errno = EACCES;
	assert_null(open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "add your user to the group");
	assert_null(open_memory(libvirt, (MflBackend)99, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "no such backend");
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_READONLY | MFL_OPEN_READ_WRITE,
				&error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "both");
}

static void test_rights(void **state)
{
	static const int errnums[] = { EACCES, EPERM };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(errnums); i++) {
		g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(MflMemory) memory = NULL;
		FakeVm *vm = start(libvirt);

		fake_vm_publish(vm, FALSE);
		vm->node_write_errno = errnums[i];
		memory = open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error);
		assert_no_error(error);
		assert_true(mfl_memory_is_readonly(memory));
		assert_null(open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_READ_WRITE, &error));
		assert_mfl_error(error, MFL_ERROR_PERMISSION, "cannot open");
	}
}

static void test_readonly(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) published = NULL;
	g_autoptr(MflMemory) wanted = NULL;
	FakeVm *vm = start(libvirt);

	(void)state;
	wanted = open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_READONLY, &error);
	assert_no_error(error);
	assert_true(mfl_memory_is_readonly(wanted));
	assert_false(mfl_memory_write(wanted, 0x1000, "x", 1, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "0x1000+0x1");
	fake_vm_publish(vm, TRUE);
	published = open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_true(mfl_memory_is_readonly(published));
	assert_null(open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_READ_WRITE, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "read-only");

	/* the host's policy is not gone round, unless that is said */
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_READ_WRITE, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "read-only");
	mfl_memory_unref(wanted);
	wanted = open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_READ_WRITE, &error);
	assert_no_error(error);
	assert_false(mfl_memory_is_readonly(wanted));
	/* nor if it cannot be opened */
	vm->node_open_errno = EACCES;
	mfl_memory_unref(wanted);
	wanted = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(wanted), MFL_BACKEND_KMOD);
	assert_true(mfl_memory_is_readonly(wanted));
}

static void test_no_memory(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	MflDomain *defined =
		fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, -1);

	(void)state;
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_RUNNING, "\"win10\" is shut off; start it");
	defined->running = TRUE;
	defined->confidential = TRUE;
	assert_null(open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "launchSecurity");
	defined->confidential = FALSE;
	/* libvirt says it runs, and nothing says which process it is */
	assert_null(open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_FAILED, "its process is not known: cannot read the pid");
}

static void test_emulated(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GError) error = NULL;
	FakeVm *vm = start(libvirt);

	(void)state;
	vm->attach_errno = EOPNOTSUPP;
	assert_null(open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "confidential");
	fake_host_remove(libvirt->host, "proc/100/fd/12");
	assert_null(open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "emulated in software");
	memory = open_memory(libvirt, MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_int_equal(mfl_memory_get_backend(memory), MFL_BACKEND_PROCMEM);
}

/* What is found by its node alone has a pid that may be another's in this namespace. */
static void test_pid_namespace(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	FakeVm *other;

	(void)state;
	fake_vm_publish(fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100), FALSE);
	other = fake_vm_start(libvirt->host, "other", FAKE_UUID_B, 200);
	/* the node says 100, and here that is the other one */
	((FakeVm *)g_ptr_array_index(libvirt->host->vms, 0))->pid = 4711;
	other->pid = 100;
	fake_host_write(libvirt->host, "proc/100/cmdline", "q\0-name\0other\0-uuid\0" FAKE_UUID_B,
			56);
	assert_null(open_memory(libvirt, MFL_BACKEND_KMOD, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not \"win10\"");
}

/* Restarted as another VM between finding its node and opening it. */
static FakeVm *successor;

static gboolean swap(FakeHost *host, const char *path)
{
	if (!g_str_has_suffix(path, "/win10"))
		return FALSE;
	host->before_open = NULL;
	fake_vm_stop(g_ptr_array_index(host->vms, 0));
	successor = fake_vm_start(host, "win10", FAKE_UUID_B, 200);
	fake_vm_publish(successor, FALSE);
	return TRUE;
}

static void test_node_race(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(MflDomain) domain = NULL;

	(void)state;
	fake_vm_publish(fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100), FALSE);
	libvirt->host->before_open = swap;
	/* asked for by name: the successor is found anew, as itself */
	memory = open_memory(libvirt, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	domain = mfl_memory_dup_domain(memory);
	assert_string_equal(mfl_domain_get_uuid(domain), FAKE_UUID_B);
}

static void test_node_race_uuid(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	fake_vm_publish(fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100), FALSE);
	libvirt->host->before_open = swap;
	/* asked for by UUID: the successor is another domain */
	assert_null(mfl_memory_open_in(&libvirt->context, FAKE_UUID_A, NULL, MFL_KEY_ANY,
				       MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "cannot find domain");
}

static void test_names(void **state)
{
	static const MflBackend all[] = { MFL_BACKEND_AUTO, MFL_BACKEND_NODE, MFL_BACKEND_KMOD,
					  MFL_BACKEND_MEMFD, MFL_BACKEND_PROCMEM };
	g_autoptr(GError) error = NULL;
	MflBackend backend = MFL_BACKEND_AUTO;

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
		assert_true(
			mfl_backend_from_string(mfl_backend_to_string(all[i]), &backend, &error));
		assert_int_equal(backend, all[i]);
	}
	assert_false(mfl_backend_from_string("memfs", &backend, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "there are: auto, node, kmod, memfd, procmem");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_auto),	  cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_rights),	  cmocka_unit_test(test_readonly),
		cmocka_unit_test(test_no_memory), cmocka_unit_test(test_emulated),
		cmocka_unit_test(test_node_race), cmocka_unit_test(test_node_race_uuid),
		cmocka_unit_test(test_names),	  cmocka_unit_test(test_pid_namespace),
	};

	return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
