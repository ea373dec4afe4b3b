/* SPDX-License-Identifier: MIT */
/* The real libvirt, with its own test driver: no daemon, one running domain "test". */
#include "libvirt.h"

#include "test-helpers.h"

#include <fcntl.h>
#include <libvirt/libvirt.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#define URI  "test:///default"
#define UUID "6695eb01-f6a4-8304-79aa-97f2502e193f"

static void test_lookup(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection = mfl_libvirt.open(URI, TRUE, &error);
	static const struct {
		MflKey key;
		const char *value;
		gboolean there;
	} lookups[] = {
		{ MFL_KEY_NAME, "test", TRUE },	 { MFL_KEY_UUID, UUID, TRUE },
		{ MFL_KEY_ID, "1", TRUE },	 { MFL_KEY_NAME, "nobody", FALSE },
		{ MFL_KEY_NAME, "a/b", FALSE },	 { MFL_KEY_ID, "x", FALSE },
		{ MFL_KEY_ID, "4711", FALSE },	 { MFL_KEY_ID, "99999999999999999999", FALSE },
		{ MFL_KEY_UUID, "0a0a0a0a-1111-2222-3333-444444444444", FALSE },
	};

	(void)state;
	assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(lookups); i++) {
		MflDomain *domain = mfl_libvirt.lookup(connection, NULL, lookups[i].key,
						       lookups[i].value, &error);

		assert_no_error(error);
		assert_int_equal(domain != NULL, lookups[i].there);
		if (!domain)
			continue;
		assert_string_equal(mfl_domain_get_name(domain), "test");
		assert_string_equal(mfl_domain_get_uuid(domain), UUID);
		assert_int_equal(mfl_domain_get_id(domain), 1);
		assert_true(mfl_domain_is_running(domain));
		assert_int_equal(mfl_domain_get_ram_size(domain), 8ULL << 30);
		assert_false(domain->confidential);
		mfl_domain_unref(domain);
	}
	mfl_libvirt.close(connection);
}

static void test_list(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection = mfl_libvirt.open(URI, TRUE, &error);
	g_autoptr(GPtrArray) list = mfl_libvirt.list(connection, NULL, &error);

	(void)state;
	assert_no_error(error);
	assert_int_equal(list->len, 1);
	assert_string_equal(mfl_domain_get_name(g_ptr_array_index(list, 0)), "test");
	mfl_libvirt.close(connection);
}

static void test_pause(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection = mfl_libvirt.open(URI, FALSE, &error);
	g_autoptr(MflDomain) domain = NULL;
	gboolean paused;

	(void)state;
	domain = mfl_libvirt.lookup(connection, NULL, MFL_KEY_NAME, "test", &error);
	assert_no_error(error);
	for (int round = 0; round < 2; round++) {
		assert_true(mfl_libvirt.get_paused(connection, domain->uuid, &paused, &error));
		assert_false(paused);
		assert_true(mfl_libvirt.set_paused(connection, domain->uuid, TRUE, &error));
		assert_true(mfl_libvirt.get_paused(connection, domain->uuid, &paused, &error));
		assert_true(paused);
		assert_true(mfl_libvirt.set_paused(connection, domain->uuid, FALSE, &error));
	}
	assert_false(mfl_libvirt.get_paused(connection, "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01",
					    &paused, &error));
	assert_no_error(error);
	mfl_libvirt.close(connection);
}

static void test_xml(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection = mfl_libvirt.open(URI, TRUE, &error);
	char *xml = mfl_libvirt.get_xml(connection, UUID, &error);

	(void)state;
	assert_no_error(error);
	assert_non_null(strstr(xml, "<name>test</name>"));
	assert_null(mfl_libvirt.get_xml(connection, "0a0a0a0a-1111-2222-3333-444444444444", &error));
	assert_no_error(error);
	free(xml);
	mfl_libvirt.close(connection);
}

typedef struct {
	GString *told;
	pthread_mutex_t lock;
	int stop;
} Listening;

static void tell(MflEvent *event, gpointer data)
{
	static const char *const words[] = { "", "running", "connected", "disconnected", "started",
					     "stopped" };
	Listening *listening = data;

	pthread_mutex_lock(&listening->lock);
	g_string_append_printf(listening->told, "%s %s %s\n", words[event->kind],
			       event->name ? event->name : "-",
			       event->detail ? event->detail : "-");
	pthread_mutex_unlock(&listening->lock);
	mfl_event_free(event);
}

static gpointer listen_thread(gpointer data)
{
	Listening *listening = data;
	GError *error = NULL;

	if (!mfl_libvirt.listen(URI, FALSE, listening->stop, tell, listening, &error))
		return error;
	return NULL;
}

static gboolean is_told(Listening *listening, const char *part)
{
	gboolean told;

	pthread_mutex_lock(&listening->lock);
	told = strstr(listening->told->str, part) != NULL;
	pthread_mutex_unlock(&listening->lock);
	return told;
}

static void wait_told(Listening *listening, const char *part)
{
	const gint64 end = g_get_monotonic_time() + 60 * (gint64)G_USEC_PER_SEC;

	while (!is_told(listening, part) && g_get_monotonic_time() < end)
		g_usleep(1000);
	if (!is_told(listening, part))
		fail_msg("no \"%s\" in: %s", part, listening->told->str);
}

/* Connections to the test driver's default node share its domain. */
static void test_listen(void **state)
{
	Listening listening = { .told = g_string_new(NULL), .stop = eventfd(0, EFD_CLOEXEC) };
	const guint64 one = 1;
	virConnectPtr connection;
	virDomainPtr domain;
	GThread *thread;

	(void)state;
	pthread_mutex_init(&listening.lock, NULL);
	thread = g_thread_new("listen", listen_thread, &listening);
	wait_told(&listening, "running test -\nconnected - -\n");
	connection = virConnectOpen(URI);
	domain = virDomainLookupByName(connection, "test");
	assert_int_equal(virDomainDestroy(domain), 0);
	wait_told(&listening, "stopped test destroyed\n");
	assert_int_equal(virDomainCreate(domain), 0);
	wait_told(&listening, "started test booted\n");
	assert_int_equal(write(listening.stop, &one, sizeof(one)), sizeof(one));
	assert_null(g_thread_join(thread));
	virDomainFree(domain);
	virConnectClose(connection);
	close(listening.stop);
	pthread_mutex_destroy(&listening.lock);
	g_string_free(listening.told, TRUE);
	/* g_thread_join() has taken it. */
	/* cppcheck-suppress memleak */
}

/* What libvirt fails with comes out as an error and not on stderr. */
static void test_silence(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection = mfl_libvirt.open(URI, TRUE, &error);
	int saved = dup(STDERR_FILENO);
	int file = memfd_create("stderr", MFD_CLOEXEC);

	(void)state;
	dup2(file, STDERR_FILENO);
	assert_null(mfl_libvirt.lookup(connection, NULL, MFL_KEY_NAME, "nobody", &error));
	assert_null(mfl_libvirt.lookup(connection, NULL, MFL_KEY_UUID, "no uuid", &error));
	dup2(saved, STDERR_FILENO);
	close(saved);
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "libvirt says");
	assert_int_equal(lseek(file, 0, SEEK_END), 0);
	close(file);
	mfl_libvirt.close(connection);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_listen),
	};

	return cmocka_run_group_tests_name("libvirt", tests, NULL, NULL);
}
