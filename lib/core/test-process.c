/* SPDX-License-Identifier: MIT */
/* Which process is whose, with pids that were given away meanwhile. */
#include "process.h"

#include "fakehost.h"
#include "fd.h"
#include "test-helpers.h"

static void test_identity(void **state)
{
	static const char *const names[] = { "win10", "a b", "a,b", "a,,b,", "it's", "Büro", "-uuid",
					     "guest=x", ".", "~", "by-uuid" };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(FakeHost) host = fake_host_new();
		g_autoptr(MflProcess) process = NULL;
		g_autoptr(GError) error = NULL;
		g_autofree char *name = NULL;
		g_autofree char *uuid = NULL;

		fake_vm_start(host, names[i], FAKE_UUID_A, 100);
		process = mfl_process_open_in(&host->env, 100, &error);
		assert_no_error(error);
		assert_true(mfl_process_get_domain(process, &name, &uuid, &error));
		assert_string_equal(name, names[i]);
		assert_string_equal(uuid, FAKE_UUID_A);
		assert_true(mfl_process_is_domain(process, names[i], FAKE_UUID_A, &error));
		assert_true(mfl_process_is_domain(process, NULL, FAKE_UUID_A, &error));
		assert_true(mfl_process_is_domain(process, names[i], NULL, &error));
		assert_false(mfl_process_is_domain(process, "other", FAKE_UUID_A, &error));
		assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not \"other\"");
		assert_false(mfl_process_is_domain(process, names[i], FAKE_UUID_B, &error));
		assert_mfl_error(error, MFL_ERROR_NOT_FOUND, FAKE_UUID_A);
		assert_false(mfl_process_is_domain(process, names[i], "nonsense", &error));
		assert_mfl_error(error, MFL_ERROR_INVALID, "nonsense");
	}
}

static void test_not_qemu(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflProcess) process = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	process = mfl_process_open_in(&host->env, 100, &error);
	/* arguments cut short must not be read past */
	fake_host_write(host, "proc/100/cmdline", "sleep\0-name", 11);
	assert_false(mfl_process_is_domain(process, "win10", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not the QEMU of a libvirt domain");
	fake_host_write(host, "proc/100/cmdline", "", 0);
	assert_false(mfl_process_is_domain(process, "win10", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not the QEMU of a libvirt domain");
	/* the old form without guest= */
	fake_host_write(host, "proc/100/cmdline", "q\0-name\0win10\0-uuid\0" FAKE_UUID_A, 56);
	assert_true(mfl_process_is_domain(process, "win10", FAKE_UUID_A, &error));
}

static void test_ended(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflProcess) process = NULL;
	g_autoptr(GError) error = NULL;
	FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);

	(void)state;
	process = mfl_process_open_in(&host->env, 100, &error);
	assert_true(mfl_process_is_alive(process));
	fake_vm_stop(vm);
	assert_false(mfl_process_is_alive(process));
	assert_false(mfl_process_is_domain(process, "win10", FAKE_UUID_A, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "process 100 has ended");

	/* The pid is another's now, even one that calls itself the same. */
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	assert_false(mfl_process_is_domain(process, "win10", FAKE_UUID_A, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "process 100 has ended");
	assert_int_equal(mfl_process_get_vm_fd(process, &error), -1);
	assert_non_null(error);
	g_clear_error(&error);

	assert_null(mfl_process_open_in(&host->env, 101, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "cannot open process 101");
	assert_null(mfl_process_open_in(&host->env, 0, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "0 is no pid");
}

static void test_vm_fd(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflProcess) process = NULL;
	g_autoptr(GError) error = NULL;
	mfl_autofd fd = -1;

	(void)state;
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	process = mfl_process_open_in(&host->env, 100, &error);
	fd = mfl_process_get_vm_fd(process, &error);
	assert_no_error(error);
	assert_true(fd >= 0);

	host->getfd_errno = EPERM;
	assert_int_equal(mfl_process_get_vm_fd(process, &error), -1);
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "CAP_SYS_PTRACE");

	fake_host_remove(host, "proc/100/fd/12");
	assert_int_equal(mfl_process_get_vm_fd(process, &error), -1);
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "no KVM VM");
	fake_host_remove(host, "proc/100/fd");
	assert_int_equal(mfl_process_get_vm_fd(process, &error), -1);
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "cannot list");
}

/* The real /proc and pidfds: this very process. */
static void test_host(void **state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MflProcess) process = mfl_process_open(getpid(), &error);

	(void)state;
	assert_no_error(error);
	assert_true(mfl_process_is_alive(process));
	assert_false(mfl_process_is_domain(process, "win10", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not the QEMU");
	assert_int_equal(mfl_process_get_vm_fd(process, &error), -1);
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "no KVM VM");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity), cmocka_unit_test(test_not_qemu),
		cmocka_unit_test(test_ended),	 cmocka_unit_test(test_vm_fd),
		cmocka_unit_test(test_host),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
