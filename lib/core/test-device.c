/* SPDX-License-Identifier: MIT */
/* What is asked of the module, and what its refusals are called. */
#include "device.h"

#include "fakehost.h"
#include "fd.h"
#include "published.h"
#include "test-helpers.h"

#include <fcntl.h>

static gboolean publish(FakeHost *host, pid_t pid, const char *name, const char *uuid,
			GError **error)
{
	g_autoptr(MflProcess) process = mfl_process_open_in(&host->env, pid, error);
	const MflPublication publication = {
		.name = name, .uuid = uuid, .gid = 1000, .mode = 0660,
	};

	return process && mfl_device_publish(process, &publication, error);
}

static void test_publish(void **state)
{
	g_autofree char *long_name = g_strnfill(200, 'x');
	const char *const names[] = { "win10", "a b", "a,b!\"", "Büro", "by-uuid", "~", ".", "..",
				      long_name };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(FakeHost) host = fake_host_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) list = NULL;
		g_autofree char *path = mfl_device_node_path(&host->env, names[i]);
		const MflPublished *published;

		fake_vm_start(host, names[i], FAKE_UUID_A, 100);
		assert_true(publish(host, 100, names[i], FAKE_UUID_A, &error));
		list = mfl_published_list_in(&host->env, NULL);
		assert_int_equal(list->len, 1);
		published = g_ptr_array_index(list, 0);
		assert_string_equal(published->name, names[i]);
		assert_string_equal(published->node, path);

		/* once more is no error */
		assert_true(publish(host, 100, names[i], FAKE_UUID_A, &error));
		assert_true(mfl_device_unpublish_in(&host->env, names[i], FAKE_UUID_A, 100, FALSE,
						    &error));
		assert_false(mfl_device_unpublish_in(&host->env, names[i], NULL, 0, FALSE,
						     &error));
		assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "has no node");
	}
}

static void test_node_taken(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	/* a system and a session domain of one name */
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	fake_vm_start(host, "win10", FAKE_UUID_B, 200);
	assert_true(publish(host, 100, "win10", FAKE_UUID_A, &error));
	assert_false(publish(host, 200, "win10", FAKE_UUID_B, &error));
	assert_mfl_error(error, MFL_ERROR_EXISTS, "another running VM has the node");
	/* even of one UUID */
	fake_vm_start(host, "win10", FAKE_UUID_A, 300);
	assert_false(publish(host, 300, "win10", FAKE_UUID_A, &error));
	assert_mfl_error(error, MFL_ERROR_EXISTS, "another running VM has the node");
	assert_false(mfl_device_unpublish_in(&host->env, "win10", FAKE_UUID_B, 0, FALSE, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "has no node");
}

static void test_refused(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *too_long = g_strnfill(MEMFLOW_NAME_MAX, 'x');
	FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	static const struct {
		int errnum;
		MflError code;
		const char *message;
	} refusals[] = {
		{ EOPNOTSUPP, MFL_ERROR_UNSUPPORTED, "confidential" },
		{ ESRCH, MFL_ERROR_GONE, "has ended" },
		{ EPERM, MFL_ERROR_PERMISSION, "run as root" },
		{ ENOMEM, MFL_ERROR_IO, "annot allocate memory" },
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		vm->attach_errno = refusals[i].errnum;
		assert_false(publish(host, 100, "win10", FAKE_UUID_A, &error));
		assert_mfl_error(error, refusals[i].code, refusals[i].message);
	}
	assert_false(publish(host, 100, too_long, FAKE_UUID_A, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "1024 bytes");
	assert_false(publish(host, 100, "", FAKE_UUID_A, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "0 bytes");
	assert_false(publish(host, 100, "win10", "x", &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "\"x\" is no UUID");
}

static void test_control(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflProcess) process = NULL;
	mfl_autofd target = -1;

	(void)state;
	fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	process = mfl_process_open_in(&host->env, 100, &error);
	target = mfl_device_attach(process, FALSE, &error);
	assert_no_error(error);
	assert_true(target >= 0);

	host->control_errno = EACCES;
	assert_int_equal(mfl_device_attach(process, FALSE, &error), -1);
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "/dev/memflow: permission denied; run as root");
	host->control_errno = ENOENT;
	assert_int_equal(mfl_device_attach(process, FALSE, &error), -1);
	assert_mfl_error(error, MFL_ERROR_NO_MODULE, "modprobe memflow");
	host->control_errno = EMFILE;
	assert_int_equal(mfl_device_attach(process, FALSE, &error), -1);
	assert_mfl_error(error, MFL_ERROR_IO, "too many open files");
	host->control_errno = 0;
	host->foreign_module = TRUE;
	assert_int_equal(mfl_device_attach(process, FALSE, &error), -1);
	assert_mfl_error(error, MFL_ERROR_ABI, "belongs to another module");
	host->foreign_module = FALSE;
	host->features = 0;
	assert_int_equal(mfl_device_attach(process, FALSE, &error), -1);
	assert_mfl_error(error, MFL_ERROR_ABI, "speaks interface 1 (features 0x0)");
	/* an older or newer module that can all that is needed will do */
	host->features = ~0ULL;
	host->abi = 0;
	assert_true(mfl_device_check(&host->env, &error));
	assert_no_error(error);
	host->abi = 9;
	close(target);
	target = mfl_device_attach(process, TRUE, &error);
	assert_no_error(error);
	assert_true(target >= 0);
}

static void test_slots(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) slots = NULL;
	g_autofree struct memflow_memslot *many = g_new0(struct memflow_memslot, 509);
	struct memflow_info info;
	guint64 generation = 0;
	g_autofree char *path = NULL;
	FakeVm *vm = fake_vm_start(host, "win10", FAKE_UUID_A, 100);
	mfl_autofd target = -1;

	(void)state;
	for (guint i = 0; i < 509; i++) {
		many[i].gpa = i * 0x4000ULL;
		many[i].length = 0x1000;
	}
	fake_vm_set_slots(vm, many, 509);
	fake_vm_publish(vm, FALSE);
	path = mfl_device_node_path(&host->env, "win10");
	target = mfl_device_open_node(&host->env, path, O_RDWR, &error);
	assert_no_error(error);
	slots = mfl_device_get_slots(&host->env, target, &generation, &error);
	assert_no_error(error);
	assert_int_equal(slots->len, 509);
	assert_memory_equal(slots->data, many, 509 * sizeof(*many));
	assert_true(mfl_device_get_info(&host->env, target, &info, &error));
	assert_int_equal(info.nr_slots, 509);
	assert_int_equal(info.generation, generation);
	assert_int_equal(info.ram_size, 509 * 0x1000);

	fake_vm_stop(vm);
	assert_null(mfl_device_get_slots(&host->env, target, &generation, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "stopped");
	assert_true(mfl_device_get_info(&host->env, target, &info, &error));
	assert_false(info.state & MEMFLOW_ALIVE);
	assert_int_equal(mfl_device_open_node(&host->env, path, O_RDWR, &error), -1);
	assert_mfl_error(error, MFL_ERROR_GONE, "just stopped");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_publish), cmocka_unit_test(test_node_taken),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_control),
		cmocka_unit_test(test_slots),
	};

	return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
