/* SPDX-License-Identifier: MIT */
/* What sysfs says of published VMs, in full and in parts. */
#include "published.h"

#include "fakehost.h"
#include "test-helpers.h"

static void test_list(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *node = g_build_filename(host->env.dev, "memflow-vms/a\\x20b", NULL);
	const MflPublished *published;
	FakeVm *vm = fake_vm_start(host, "a b", FAKE_UUID_A, 100);

	(void)state;
	vm->node_uid = 1000;
	vm->node_gid = 4711;
	vm->node_mode = 0640;
	fake_vm_publish(vm, TRUE);
	list = mfl_published_list_in(&host->env, &error);
	assert_no_error(error);
	assert_int_equal(list->len, 1);
	published = g_ptr_array_index(list, 0);
	assert_string_equal(published->name, "a b");
	assert_string_equal(published->uuid, FAKE_UUID_A);
	assert_string_equal(published->node, node);
	assert_int_equal(published->pid, 100);
	assert_true(published->readonly);
	assert_int_equal(published->uid, 1000);
	assert_int_equal(published->gid, 4711);
	assert_int_equal(published->mode, 0440);
}

/* A node that is being taken away while it is read is not there. */
static void test_partial(void **state)
{
	static const char *const parts[] = { "name", "uuid", "pid", "readonly", "uevent" };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autoptr(FakeHost) host = fake_host_new();
		g_autoptr(GPtrArray) list = NULL;
		g_autofree char *path = NULL;
		FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);

		fake_vm_publish(vm, FALSE);
		path = g_build_filename(vm->sysfs, parts[i], NULL);
		fake_host_remove(host, path);
		list = mfl_published_list_in(&host->env, NULL);
		assert_non_null(list);
		assert_int_equal(list->len, 0);
	}
}

static void test_strange_devname(void **state)
{
	static const char *const names[] = { "DEVNAME=mem\n", "DEVNAME=memflow-vms/../mem\n",
					     "DEVNAME=memflow-vms/a/b\n", "MAJOR=1\n" };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(FakeHost) host = fake_host_new();
		g_autoptr(GPtrArray) list = NULL;
		g_autofree char *path = NULL;
		FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);

		fake_vm_publish(vm, FALSE);
		path = g_build_filename(vm->sysfs, "uevent", NULL);
		fake_host_write(host, path, names[i], -1);
		list = mfl_published_list_in(&host->env, NULL);
		assert_int_equal(list->len, 0);
	}
}

static void test_find(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflPublished) published = NULL;
	FakeVm *vm = fake_vm_start(host, "a b", FAKE_UUID_A, 100);

	(void)state;
	fake_vm_publish(fake_vm_start(host, "b", FAKE_UUID_B, 101), FALSE);
	assert_null(mfl_published_find_in(&host->env, "a b"));
	fake_vm_publish(vm, TRUE);
	published = mfl_published_find_in(&host->env, "a b");
	assert_non_null(published);
	assert_string_equal(published->name, "a b");
	assert_string_equal(published->uuid, FAKE_UUID_A);
	assert_int_equal(published->pid, 100);
	assert_true(published->readonly);
	/* Its file name is no name. */
	assert_null(mfl_published_find_in(&host->env, "a\\x20b"));
	fake_vm_unpublish(vm);
	assert_null(mfl_published_find_in(&host->env, "a b"));
}

/* Of a node whose number leads to another's device, or to one that says another name. */
static void test_find_another(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(MflPublished) found = NULL;
	g_autofree char *path = NULL;
	FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);

	(void)state;
	fake_vm_publish(vm, FALSE);
	fake_vm_publish(fake_vm_start(host, "win11", FAKE_UUID_B, 101), FALSE);
	fake_host_set_number(host, "win10", 1);
	assert_null(mfl_published_find_in(&host->env, "win10"));
	fake_host_set_number(host, "win10", 7);
	assert_null(mfl_published_find_in(&host->env, "win10"));
	fake_host_set_number(host, "win10", 0);
	path = g_build_filename(vm->sysfs, "name", NULL);
	fake_host_write(host, path, "win12\n", -1);
	assert_null(mfl_published_find_in(&host->env, "win10"));
	fake_host_write(host, path, "win10\n", -1);
	found = mfl_published_find_in(&host->env, "win10");
	assert_non_null(found);
}

static void test_no_module(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	fake_host_remove(host, "sys/class/memflow");
	assert_null(mfl_published_list_in(&host->env, &error));
	assert_mfl_error(error, MFL_ERROR_NO_MODULE, "modprobe memflow");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_partial),
		cmocka_unit_test(test_strange_devname),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_another),
		cmocka_unit_test(test_no_module),
	};

	return cmocka_run_group_tests_name("published", tests, NULL, NULL);
}
