/* SPDX-License-Identifier: MIT */
/* Finding one domain among nodes, two connections and runtime files. */
#include "find.h"

#include "candidates.h"
#include "fakelibvirt.h"
#include "test-helpers.h"

static MflDomain *find(FakeLibvirt *libvirt, const char *argument, const char *uri, GError **error)
{
	return mfl_domain_find_in(&libvirt->context, argument, uri, MFL_KEY_ANY, error);
}

static void test_node_first(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) by_name = NULL;
	g_autoptr(MflDomain) by_uuid = NULL;

	(void)state;
	fake_vm_publish(fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100), TRUE);
	by_name = find(libvirt, "win10", NULL, &error);
	assert_no_error(error);
	assert_string_equal(mfl_domain_get_name(by_name), "win10");
	assert_string_equal(mfl_domain_get_uuid(by_name), FAKE_UUID_A);
	assert_true(g_str_has_suffix(mfl_domain_get_node(by_name), "/dev/memflow-vms/win10"));
	assert_null(mfl_domain_get_uri(by_name));
	assert_int_equal(mfl_domain_get_pid(by_name), 100);
	assert_int_equal(mfl_domain_get_id(by_name), -1);
	assert_true(mfl_domain_is_running(by_name));
	assert_true(mfl_domain_is_readonly(by_name));
	by_uuid = find(libvirt, "0A0A0A0A111122223333444444444444", NULL, &error);
	assert_no_error(error);
	assert_string_equal(mfl_domain_get_name(by_uuid), "win10");
	assert_int_equal(libvirt->n_connections, 0);
}

static void test_libvirt(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	static const char *const arguments[] = { "win10", FAKE_UUID_A, "3" };

	(void)state;
	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 3);
	fake_vm_publish(fake_vm_start(libvirt->host, "other", FAKE_UUID_B, 200), FALSE);
	fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100);
	for (guint i = 0; i < G_N_ELEMENTS(arguments); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(MflDomain) domain = find(libvirt, arguments[i], NULL, &error);

		assert_no_error(error);
		assert_string_equal(mfl_domain_get_name(domain), "win10");
		assert_string_equal(mfl_domain_get_uri(domain), "qemu:///system");
		assert_int_equal(mfl_domain_get_pid(domain), 100);
		assert_int_equal(mfl_domain_get_id(domain), 3);
		assert_int_equal(mfl_domain_get_ram_size(domain), 1 << 20);
		assert_null(mfl_domain_get_node(domain));
	}
	assert_true(libvirt->readonly);
}

/* name, then UUID, then id */
static void test_order(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) seven = NULL;
	g_autoptr(MflDomain) other = NULL;

	(void)state;
	fake_libvirt_define(libvirt, libvirt->system, "a", FAKE_UUID_A, 7);
	fake_libvirt_define(libvirt, libvirt->system, "7", FAKE_UUID_B, 8);
	seven = find(libvirt, "7", NULL, &error);
	assert_string_equal(mfl_domain_get_uuid(seven), FAKE_UUID_B);
	other = mfl_domain_find_in(&libvirt->context, "7", NULL, MFL_KEY_ID, &error);
	assert_string_equal(mfl_domain_get_uuid(other), FAKE_UUID_A);
}

static void test_names(void **state)
{
	g_autofree char *long_name = g_strnfill(200, 'x');
	const char *const names[] = { "a b", "a,b", "it's \"it\"", "a!b", "Büro", "by-uuid", ".",
				      "..",  "~",   long_name };

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(MflDomain) domain = NULL;
		g_autoptr(MflDomain) published = NULL;
		FakeVm *vm = fake_vm_start(libvirt->host, names[i], FAKE_UUID_A, 100);

		fake_libvirt_define(libvirt, libvirt->system, names[i], FAKE_UUID_A, 1);
		domain = find(libvirt, names[i], NULL, &error);
		assert_no_error(error);
		assert_string_equal(mfl_domain_get_name(domain), names[i]);
		assert_int_equal(mfl_domain_get_pid(domain), 100);
		fake_vm_publish(vm, FALSE);
		published = find(libvirt, names[i], NULL, &error);
		assert_no_error(error);
		assert_non_null(mfl_domain_get_node(published));
	}
}

/* No such name leads out of a directory, though something is there. */
static void test_path_names(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) domain = NULL;

	(void)state;
	fake_host_write(libvirt->host, "run/libvirt/evil.pid", "100\n", -1);
	fake_vm_start(libvirt->host, "../evil", FAKE_UUID_A, 100);
	fake_libvirt_define(libvirt, libvirt->system, "../evil", FAKE_UUID_A, 1);
	domain = find(libvirt, "../evil", NULL, &error);
	assert_no_error(error);
	assert_int_equal(mfl_domain_get_pid(domain), 0);
	assert_null(find(libvirt, "a/b", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "cannot find domain \"a/b\"");
	assert_null(find(libvirt, "", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "no domain given");
}

/* The pid in the file is another domain's, another program's, nobody's. */
static void test_stale_pid(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	static const char *const pids[] = { "200\n", "1\n", "x\n" };

	(void)state;
	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 1);
	fake_vm_start(libvirt->host, "other", FAKE_UUID_B, 200);
	for (guint i = 0; i < G_N_ELEMENTS(pids); i++) {
		g_autoptr(MflDomain) domain = NULL;

		fake_host_write(libvirt->host, "run/libvirt/qemu/win10.pid", pids[i], -1);
		domain = find(libvirt, "win10", NULL, &error);
		assert_no_error(error);
		assert_true(mfl_domain_is_running(domain));
		assert_int_equal(mfl_domain_get_pid(domain), 0);
	}
}

static void test_ambiguous(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) system = NULL;
	g_autoptr(MflDomain) session = NULL;
	MflDomain *defined;

	(void)state;
	fake_libvirt_start_session(libvirt);
	defined = fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 1);
	fake_libvirt_define(libvirt, libvirt->session, "win10", FAKE_UUID_B, 1);
	assert_null(find(libvirt, "win10", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_AMBIGUOUS, "qemu:///system and in qemu:///session");
	system = find(libvirt, "win10", "qemu:///system", &error);
	assert_string_equal(mfl_domain_get_uuid(system), FAKE_UUID_A);

	/* one that runs is meant rather than one that does not */
	defined->running = FALSE;
	session = find(libvirt, "win10", NULL, &error);
	assert_string_equal(mfl_domain_get_uuid(session), FAKE_UUID_B);

	/* the caller's default decides */
	defined->running = TRUE;
	libvirt->default_uri = "qemu:///session";
	mfl_domain_unref(session);
	session = find(libvirt, "win10", NULL, &error);
	assert_string_equal(mfl_domain_get_uuid(session), FAKE_UUID_B);

	fake_vm_publish(fake_vm_start(libvirt->host, "copy", FAKE_UUID_A, 100), FALSE);
	fake_vm_publish(fake_vm_start(libvirt->host, "copy2", FAKE_UUID_A, 101), FALSE);
	assert_null(find(libvirt, FAKE_UUID_A, NULL, &error));
	assert_mfl_error(error, MFL_ERROR_AMBIGUOUS, "use the name");
}

static void test_not_found(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(find(libvirt, "nobody", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND,
			 "cannot find domain \"nobody\": published nodes: none fits; "
			 "qemu:///system: no domain fits; qemu:///session: no session daemon");
	fake_host_remove(libvirt->host, "sys/class/memflow");
	assert_null(find(libvirt, "nobody", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "the kernel module is not loaded");
	libvirt->default_uri = "qemu+ssh://host/system";
	assert_null(find(libvirt, "nobody", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "LIBVIRT_DEFAULT_URI");
	assert_null(find(libvirt, "nobody", "qemu+ssh://host/system", &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "another host");
	libvirt->refusal = g_error_new(MFL_ERROR, MFL_ERROR_PERMISSION, "go away");
	assert_null(find(libvirt, "nobody", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "qemu:///system: go away");
	fake_libvirt_stop_system(libvirt);
	assert_null(find(libvirt, "nobody", "qemu:///system", &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "systemctl start libvirtd");
}

/* The daemon is down, or does not let us in; the domains run on. */
static void test_runtime(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) by_name = NULL;
	g_autoptr(MflDomain) by_uuid = NULL;
	FakeVm *vm = fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100);

	(void)state;
	fake_host_write(libvirt->host, "run/libvirt/qemu/gone.pid", "4711\n", -1);
	fake_libvirt_stop_system(libvirt);
	by_name = find(libvirt, "win10", NULL, &error);
	assert_no_error(error);
	assert_int_equal(mfl_domain_get_pid(by_name), 100);
	assert_string_equal(mfl_domain_get_uuid(by_name), FAKE_UUID_A);
	by_uuid = find(libvirt, FAKE_UUID_A, NULL, &error);
	assert_no_error(error);
	assert_string_equal(mfl_domain_get_name(by_uuid), "win10");
	/* also where the caller's default says the same */
	libvirt->default_uri = "qemu:///system";
	mfl_domain_unref(by_name);
	by_name = find(libvirt, "win10", NULL, &error);
	assert_no_error(error);
	assert_int_equal(mfl_domain_get_pid(by_name), 100);
	libvirt->default_uri = NULL;
	assert_null(find(libvirt, "gone", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot find domain \"gone\"");
	fake_vm_stop(vm);
	assert_null(find(libvirt, "win10", NULL, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot find domain \"win10\"");
	assert_int_equal(libvirt->n_connections, 0);
}

static void test_list(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) all = NULL;
	g_autoptr(GPtrArray) nodes = NULL;
	g_autoptr(GPtrArray) one = NULL;

	(void)state;
	fake_libvirt_start_session(libvirt);
	fake_libvirt_define(libvirt, libvirt->system, "b", FAKE_UUID_B, 2);
	fake_libvirt_define(libvirt, libvirt->system, "a", FAKE_UUID_A, 1);
	fake_libvirt_define(libvirt, libvirt->system, "off", "0c0c0c0c-0000-0000-0000-000000000000",
			    -1);
	/* a session domain may have the UUID of a system domain */
	fake_libvirt_define(libvirt, libvirt->session, "c", FAKE_UUID_A, 1);
	fake_vm_publish(fake_vm_start(libvirt->host, "b", FAKE_UUID_B, 200), TRUE);
	fake_vm_publish(fake_vm_start(libvirt->host, "foreign",
				      "0d0d0d0d-0000-0000-0000-000000000000", 300),
			FALSE);
	all = mfl_domain_list_in(&libvirt->context, NULL, &error);
	assert_no_error(error);
	assert_int_equal(all->len, 4);
	assert_string_equal(mfl_domain_get_name(g_ptr_array_index(all, 0)), "a");
	assert_null(mfl_domain_get_node(g_ptr_array_index(all, 0)));
	assert_string_equal(mfl_domain_get_name(g_ptr_array_index(all, 1)), "b");
	assert_non_null(mfl_domain_get_node(g_ptr_array_index(all, 1)));
	assert_true(mfl_domain_is_readonly(g_ptr_array_index(all, 1)));
	assert_int_equal(mfl_domain_get_id(g_ptr_array_index(all, 1)), 2);
	assert_string_equal(mfl_domain_get_uri(g_ptr_array_index(all, 2)), "qemu:///session");
	assert_string_equal(mfl_domain_get_name(g_ptr_array_index(all, 3)), "foreign");
	assert_null(mfl_domain_get_uri(g_ptr_array_index(all, 3)));

	one = mfl_domain_list_in(&libvirt->context, "qemu:///session", &error);
	assert_int_equal(one->len, 1);

	/* libvirt's failure is no reason not to say what the nodes say */
	libvirt->refusal = g_error_new(MFL_ERROR, MFL_ERROR_LIBVIRT, "go away");
	fake_host_remove(libvirt->host, "run/libvirt/qemu");
	nodes = mfl_domain_list_in(&libvirt->context, NULL, &error);
	assert_no_error(error);
	assert_int_equal(nodes->len, 2);
	assert_null(mfl_domain_list_in(&libvirt->context, "qemu:///system", &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "go away");
	fake_host_remove(libvirt->host, "sys/class/memflow");
	assert_null(mfl_domain_list_in(&libvirt->context, NULL, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot list domains");
}

static void test_list_doubles(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = NULL;

	(void)state;
	libvirt->default_uri = "qemu+unix:///system";
	fake_libvirt_define(libvirt, libvirt->system, "a", FAKE_UUID_A, 1);
	fake_vm_publish(fake_vm_start(libvirt->host, "a", FAKE_UUID_A, 100), FALSE);
	list = mfl_domain_list_in(&libvirt->context, NULL, &error);
	assert_no_error(error);
	assert_int_equal(list->len, 1);
}

static void test_publish(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) domain = NULL;
	g_autoptr(MflDomain) confidential = NULL;
	g_autoptr(MflDomain) off = NULL;
	g_autofree char *node = NULL;
	g_autofree char *again = NULL;
	FakeVm *vm = fake_vm_start(libvirt->host, "a b", FAKE_UUID_A, 100);

	(void)state;
	fake_libvirt_define(libvirt, libvirt->system, "a b", FAKE_UUID_A, 1);
	fake_libvirt_define(libvirt, libvirt->system, "off", FAKE_UUID_B, -1);
	fake_libvirt_define(libvirt, libvirt->system, "sev", FAKE_UUID_B, 2)->confidential = TRUE;
	domain = find(libvirt, "a b", NULL, &error);
	node = mfl_domain_publish(domain, "root", 0660, MFL_PUBLISH_READONLY, &error);
	assert_no_error(error);
	assert_true(g_str_has_suffix(node, "/memflow-vms/a\\x20b"));
	assert_true(vm->node_readonly);
	again = mfl_domain_publish(domain, "0", 0660, MFL_PUBLISH_DEFAULT, &error);
	assert_no_error(error);
	assert_string_equal(node, again);
	assert_true(mfl_domain_unpublish(domain, FALSE, &error));
	assert_no_error(error);
	assert_false(mfl_domain_unpublish(domain, FALSE, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "has no node");

	assert_null(mfl_domain_publish(domain, "no such group", 0660, 0, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "groupadd");
	assert_null(mfl_domain_publish(domain, NULL, 0777, 0, &error));
	assert_mfl_error(error, MFL_ERROR_INVALID, "0777");
	off = find(libvirt, "off", NULL, &error);
	assert_null(mfl_domain_publish(off, NULL, 0600, 0, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_RUNNING, "\"off\" is shut off");
	confidential = find(libvirt, "sev", NULL, &error);
	assert_null(mfl_domain_publish(confidential, NULL, 0600, 0, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "launchSecurity");

	/* the pid was given to another domain since it was found */
	fake_vm_stop(vm);
	fake_vm_start(libvirt->host, "other", FAKE_UUID_B, 100);
	assert_null(mfl_domain_publish(domain, NULL, 0600, 0, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "not \"a b\"");
}

static void assert_candidates(FakeLibvirt *libvirt, const char *default_uri, const char *expected)
{
	g_autoptr(GString) uris = g_string_new(NULL);
	MflCandidate candidates[MFL_MAX_CANDIDATES];
	guint n;

	libvirt->default_uri = default_uri;
	n = mfl_candidates_get(&libvirt->context, candidates);
	for (guint i = 0; i < n; i++)
		g_string_append_printf(uris, "%s%s ", candidates[i].uri,
				       candidates[i].is_default	       ? "*" :
				       candidates[i].kind == MFL_URI_SYSTEM ? "(system)" :
									      "(session)");
	assert_string_equal(uris->str, expected);
}

static void test_candidates(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();

	(void)state;
	assert_candidates(libvirt, NULL, "qemu:///system(system) qemu:///session(session) ");
	assert_candidates(libvirt, "qemu:///system", "qemu:///system* qemu:///session(session) ");
	assert_candidates(libvirt, "qemu:///session", "qemu:///session* qemu:///system(system) ");
	assert_candidates(libvirt, "xen:///",
			  "xen:///* qemu:///system(system) qemu:///session(session) ");
}

static void test_suspend(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) published = NULL;
	g_autoptr(MflDomain) stranger = NULL;
	g_autoptr(MflDomain) off = NULL;
	gboolean paused;
	guint before;

	(void)state;
	fake_vm_publish(fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 100), FALSE);
	fake_vm_publish(fake_vm_start(libvirt->host, "debian",
				      "0d0d0d0d-0000-0000-0000-000000000000", 101),
			FALSE);
	published = find(libvirt, "win10", NULL, &error);
	assert_no_error(error);
	assert_null(mfl_domain_get_uri(published));
	/* who is found by its node alone is looked for in every libvirt */
	assert_false(mfl_domain_suspend(published, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot pause domain \"win10\"");
	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 1);
	assert_true(mfl_domain_suspend(published, &error));
	assert_no_error(error);
	assert_string_equal(libvirt->paused, FAKE_UUID_A);
	assert_false(libvirt->readonly);
	assert_true(mfl_domain_get_paused(published, &paused, &error));
	assert_no_error(error);
	assert_true(paused);
	assert_true(mfl_domain_resume(published, &error));
	assert_no_error(error);
	assert_null(libvirt->paused);
	assert_true(mfl_domain_get_paused(published, &paused, &error));
	assert_no_error(error);
	assert_false(paused);
	assert_int_equal(libvirt->n_open, 0);

	/* each of them once, also the one that is the default */
	stranger = find(libvirt, "debian", NULL, &error);
	assert_no_error(error);
	libvirt->default_uri = "qemu:///system";
	before = libvirt->n_connections;
	assert_false(mfl_domain_suspend(stranger, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot pause domain \"debian\"");
	assert_int_equal(libvirt->n_connections, before + 1);
	assert_false(mfl_domain_get_paused(stranger, &paused, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "cannot ask for the state of domain \"debian\"");
	libvirt->default_uri = NULL;

	fake_libvirt_define(libvirt, libvirt->system, "off", FAKE_UUID_B, -1);
	off = find(libvirt, "off", NULL, &error);
	assert_false(mfl_domain_suspend(off, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "not running");
	fake_libvirt_stop_system(libvirt);
	assert_false(mfl_domain_resume(published, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "systemctl start libvirtd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_node_first), cmocka_unit_test(test_libvirt),
		cmocka_unit_test(test_order),	   cmocka_unit_test(test_names),
		cmocka_unit_test(test_path_names), cmocka_unit_test(test_stale_pid),
		cmocka_unit_test(test_ambiguous),  cmocka_unit_test(test_not_found),
		cmocka_unit_test(test_runtime),	   cmocka_unit_test(test_list),
		cmocka_unit_test(test_list_doubles), cmocka_unit_test(test_publish),
		cmocka_unit_test(test_candidates), cmocka_unit_test(test_suspend),
	};

	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
