/* SPDX-License-Identifier: MIT */
/* Which connections are local, and which daemons are there. */
#include "uri.h"

#include "fakehost.h"
#include "test-helpers.h"

static void accept(const char *uri, MflUriKind expected)
{
	g_autoptr(GError) error = NULL;
	MflUriKind kind;

	assert_true(mfl_uri_parse(uri, &kind, &error));
	assert_no_error(error);
	assert_int_equal(kind, expected);
}

static void refuse(const char *uri, MflError code, const char *part)
{
	g_autoptr(GError) error = NULL;
	MflUriKind kind;

	assert_false(mfl_uri_parse(uri, &kind, &error));
	assert_mfl_error(error, code, part);
}

static void test_parse(void **state)
{
	(void)state;
	accept("qemu:///system", MFL_URI_SYSTEM);
	accept("qemu:///session", MFL_URI_SESSION);
	accept("qemu+unix:///system", MFL_URI_SYSTEM);
	accept("qemu+unix:///system?socket=/run/x", MFL_URI_SYSTEM);
	refuse("qemu+ssh://host/system", MFL_ERROR_UNSUPPORTED, "another host");
	refuse("qemu+ssh://root@host:22/system", MFL_ERROR_UNSUPPORTED, "another host");
	refuse("qemu://localhost/system", MFL_ERROR_UNSUPPORTED, "another host");
	refuse("qemu+tls:///system", MFL_ERROR_UNSUPPORTED, "another host");
	refuse("qemu:///embed?root=/x", MFL_ERROR_UNSUPPORTED, "private");
	refuse("xen:///system", MFL_ERROR_UNSUPPORTED, "no QEMU connection");
	refuse("test:///default", MFL_ERROR_UNSUPPORTED, "no QEMU connection");
	refuse("qemu:///", MFL_ERROR_INVALID, "neither");
	refuse("win10", MFL_ERROR_INVALID, "no libvirt URI");
	refuse("", MFL_ERROR_INVALID, "no libvirt URI");
	refuse("://%%", MFL_ERROR_INVALID, "no libvirt URI");
}

static void test_daemon(void **state)
{
	g_autoptr(FakeHost) host = fake_host_new();

	(void)state;
	assert_int_equal(mfl_uri_find_daemon(&host->env, MFL_URI_SYSTEM), MFL_DAEMON_NONE);
	fake_host_write(host, "run/libvirt/virtqemud-sock", "", 0);
	assert_int_equal(mfl_uri_find_daemon(&host->env, MFL_URI_SYSTEM), MFL_DAEMON_READ_WRITE);
	fake_host_write(host, "run/libvirt/virtqemud-sock-ro", "", 0);
	assert_int_equal(mfl_uri_find_daemon(&host->env, MFL_URI_SYSTEM), MFL_DAEMON_READ_ONLY);
	assert_int_equal(mfl_uri_find_daemon(&host->env, MFL_URI_SESSION), MFL_DAEMON_NONE);
	fake_host_write(host, "user/libvirt/libvirt-sock", "", 0);
	assert_int_equal(mfl_uri_find_daemon(&host->env, MFL_URI_SESSION), MFL_DAEMON_READ_ONLY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_daemon),
	};

	return cmocka_run_group_tests_name("uri", tests, NULL, NULL);
}
