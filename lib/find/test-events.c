/* SPDX-License-Identifier: MIT */
/* Events through the end of libvirt's daemon and its return; and a domain's XML. */
#include "events.h"

#include "fakelibvirt.h"
#include "libvirt.h"
#include "test-helpers.h"

#include <poll.h>

#define URI "qemu:///system"

static int n_calls; /* atomic */

static gboolean wait_for_stop(int stop_fd)
{
	struct pollfd stop = { .fd = stop_fd, .events = POLLIN };

	return poll(&stop, 1, 60000) == 1;
}

/* Breaks the first time, fails the second, and then lasts. */
static gboolean fake_listen(const char *uri, gboolean readonly, int stop_fd, MflReport report,
			    gpointer data, GError **error)
{
	const int call = g_atomic_int_add(&n_calls, 1);

	assert_string_equal(uri, URI);
	assert_true(readonly);
	if (call != 1) {
		report(mfl_event_new(MFL_EVENT_RUNNING, "win10", FAKE_UUID_A, NULL), data);
		report(mfl_event_new(MFL_EVENT_CONNECTED, NULL, NULL, NULL), data);
		report(mfl_event_new(MFL_EVENT_STARTED, "other", FAKE_UUID_B, "booted"), data);
	}
	if (call < 2) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT, "failure %d", call);
		return FALSE;
	}
	return wait_for_stop(stop_fd);
}

/* The thread lets go of the world of the test when it sees that it is not wanted any more. */
static void free_events(MflEvents *events, guint n_threads)
{
	const gint64 end = g_get_monotonic_time() + 60 * (gint64)G_USEC_PER_SEC;

	mfl_events_free(events);
	while (count_threads() > n_threads && g_get_monotonic_time() < end)
		g_usleep(1000);
	assert_int_equal(count_threads(), n_threads);
}

/* The next one, in words. */
static char *take(MflEvents *events)
{
	static const char *const kinds[] = { "", "running", "connected", "disconnected", "started",
					     "stopped" };
	struct pollfd readable = { .fd = mfl_events_get_fd(events), .events = POLLIN };
	g_autoptr(MflEvent) event = NULL;

	while (!(event = mfl_events_take(events)))
		if (poll(&readable, 1, 60000) != 1)
			fail_msg("no event comes");
	return g_strdup_printf("%s %s %s", kinds[event->kind], event->name ? event->name : "-",
			       event->detail ? event->detail : "-");
}

static void test_reconnects(void **state)
{
	static const char *const expected[] = {
		"running win10 -", "connected - -", "started other booted",
		"disconnected - failure 0",
		/* That it fails once more is no news. */
		"running win10 -", "connected - -", "started other booted",
	};
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	MflLibvirtOps ops = *libvirt->context.libvirt;
	const guint n_threads = count_threads();
	g_autoptr(GError) error = NULL;
	MflEvents *events;

	(void)state;
	ops.listen = fake_listen;
	libvirt->context.libvirt = &ops;
	g_atomic_int_set(&n_calls, 0);
	events = mfl_events_new_in(&libvirt->context, URI, &error);
	assert_no_error(error);
	for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_autofree char *event = take(events);

		assert_string_equal(event, expected[i]);
	}
	assert_int_equal(g_atomic_int_get(&n_calls), 3);
	free_events(events, n_threads);
}

static void test_without_daemon(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *event = NULL;
	const guint n_threads = count_threads();
	MflEvents *events;

	(void)state;
	assert_null(mfl_events_new_in(&libvirt->context, "xen:///system", &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "xen:///system");
	fake_libvirt_stop_system(libvirt);
	events = mfl_events_new_in(&libvirt->context, URI, &error);
	assert_no_error(error);
	event = take(events);
	assert_string_equal(event, "disconnected - libvirt is not running; start it: systemctl "
				   "start libvirtd");
	free_events(events, n_threads);
}

static void test_xml(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(MflDomain) known = NULL, unknown = NULL;
	g_autofree char *xml = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	libvirt->xml = "<domain/>";
	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, -1);
	known = mfl_domain_new(&libvirt->context, "win10", FAKE_UUID_A);
	unknown = mfl_domain_new(&libvirt->context, "win11", FAKE_UUID_B);
	xml = mfl_domain_dup_xml(known, &error);
	assert_no_error(error);
	assert_string_equal(xml, "<domain/>");
	assert_true(libvirt->readonly);
	assert_int_equal(libvirt->n_open, 0);

	/* The session's daemon does not run, so nobody knows. */
	assert_null(mfl_domain_dup_xml(unknown, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "win11");
	unknown->uri = g_strdup(URI);
	assert_null(mfl_domain_dup_xml(unknown, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "does not know it");
	fake_libvirt_stop_system(libvirt);
	assert_null(mfl_domain_dup_xml(known, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "win10");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reconnects),
		cmocka_unit_test(test_without_daemon),
		cmocka_unit_test(test_xml),
	};

	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
