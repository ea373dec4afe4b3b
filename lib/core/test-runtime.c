/* SPDX-License-Identifier: MIT */
/* libvirt's pid files, with names that want to be paths. */
#include "runtime.h"

#include "fakehost.h"
#include "test-helpers.h"

static void test_pid(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *dir = mfl_runtime_system_dir(&host->env);
	g_autoptr(GPtrArray) names = NULL;

	(void)state;
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	fake_host_write(host, "run/libvirt/qemu/..pid", "7", -1);
	fake_host_write(host, "run/libvirt/qemu/bad.pid", "12x\n", -1);
	fake_host_write(host, "run/libvirt/qemu/zero.pid", "0\n", -1);
	fake_host_write(host, "run/libvirt/secret.pid", "8", -1);
	assert_int_equal(mfl_runtime_read_pid(dir, "win10", &error), 100);
	assert_int_equal(mfl_runtime_read_pid(dir, ".", &error), 7);
	assert_int_equal(mfl_runtime_read_pid(dir, "off", &error), 0);
	assert_mfl_error(error, MFL_ERROR_NOT_RUNNING, "\"off\"");
	assert_int_equal(mfl_runtime_read_pid(dir, "../secret", &error), 0);
	assert_mfl_error(error, MFL_ERROR_INVALID, "\"../secret\"");
	assert_int_equal(mfl_runtime_read_pid(dir, "", &error), 0);
	assert_mfl_error(error, MFL_ERROR_INVALID, "\"\"");
	assert_int_equal(mfl_runtime_read_pid(dir, "bad", &error), 0);
	assert_mfl_error(error, MFL_ERROR_IO, "holds no pid");
	assert_int_equal(mfl_runtime_read_pid(dir, "zero", &error), 0);
	assert_mfl_error(error, MFL_ERROR_IO, "holds no pid");

	names = mfl_runtime_list_names(dir);
	assert_int_equal(names->len, 4);
}

/* As libvirt 9.0 names the files of such domains. */
static void test_escaped_names(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *dir = mfl_runtime_system_dir(&host->env);
	g_autoptr(GPtrArray) names = NULL;

	(void)state;
	fake_host_write(host, "run/libvirt/qemu/&lt;a&gt; &amp; &quot;b&apos;s&quot;.pid", "41", -1);
	assert_int_equal(mfl_runtime_read_pid(dir, "<a> & \"b's\"", &error), 41);
	names = mfl_runtime_list_names(dir);
	assert_int_equal(names->len, 1);
	assert_string_equal(g_ptr_array_index(names, 0), "<a> & \"b's\"");

	/* Should libvirt stop to escape, and a name that looks as if it were. */
	fake_host_write(host, "run/libvirt/qemu/c & d.pid", "42", -1);
	assert_int_equal(mfl_runtime_read_pid(dir, "c & d", &error), 42);
	fake_host_write(host, "run/libvirt/qemu/e&amp;amp;f.pid", "43", -1);
	assert_int_equal(mfl_runtime_read_pid(dir, "e&amp;f", &error), 43);
	assert_int_equal(mfl_runtime_read_pid(dir, "not \xff UTF-8", &error), 0);
	assert_mfl_error(error, MFL_ERROR_NOT_RUNNING, "not");
}

static void test_no_libvirt(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autofree char *dir = mfl_runtime_session_dir(&host->env);
	g_autoptr(GPtrArray) names = mfl_runtime_list_names(dir);

	(void)state;
	assert_true(g_str_has_suffix(dir, "/user/libvirt/qemu/run"));
	assert_int_equal(names->len, 0);
}

static void test_epoch(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autofree char *dir = mfl_runtime_system_dir(&host->env);
	const char *path = "run/libvirt/qemu/a & b.xml";
	guint64 epoch, stamp;

	(void)state;
	assert_int_equal(mfl_runtime_get_epoch(dir, "a & b"), 0);
	assert_int_equal(mfl_runtime_get_stamp(dir, "a & b"), 0);
	fake_host_write(host, path, "<domstatus state='running'>\n  <devices/>\n", -1);
	epoch = mfl_runtime_get_epoch(dir, "a & b");
	stamp = mfl_runtime_get_stamp(dir, "a & b");
	assert_true(epoch != 0 && stamp != 0);
	/* written as it was, or paused */
	fake_host_write(host, path, "<domstatus state='paused'>\n  <devices/>\n", -1);
	assert_true(mfl_runtime_get_epoch(dir, "a & b") == epoch);
	assert_true(mfl_runtime_get_stamp(dir, "a & b") != stamp);
	fake_host_write(host, path, "<domstatus state='running'>\n  <devices>\n", -1);
	assert_true(mfl_runtime_get_epoch(dir, "a & b") != epoch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pid),
		cmocka_unit_test(test_escaped_names),
		cmocka_unit_test(test_no_libvirt),
		cmocka_unit_test(test_epoch),
	};

	return cmocka_run_group_tests_name("runtime", tests, NULL, NULL);
}
