/* SPDX-License-Identifier: MIT */
/* A libvirt that does not answer: each is told once the time is up, and the next at once. */
#include "libvirt.h"

#include "test-helpers.h"

#include <sys/wait.h>
#include <unistd.h>

#define SYSTEM	"qemu:///system"
#define SESSION "qemu:///session"
#define OTHER_UUID "00000000-0000-0000-0000-00000000000b"
#define UUID	   "00000000-0000-0000-0000-00000000000a"

/* Waiting until then is failing: what is tested is that nobody does. */
#define LONG_MS 600000

static int held = -1; /* calls wait for the end of this pipe; -1: they do not */
static int holder = -1;
static int n_calls; /* atomic, as the following */
static int n_opened;
static int n_closed;

static void wait_until_let_go(void)
{
	const int pipe = g_atomic_int_get(&held);
	char byte;

	g_atomic_int_inc(&n_calls);
	if (pipe >= 0 && read(pipe, &byte, 1) < 0)
		abort();
}

static gpointer slow_open(const char *uri, gboolean readonly, GError **error)
{
	(void)readonly;
	(void)error;
	/* Only this one hangs. */
	if (g_str_equal(uri, SYSTEM))
		wait_until_let_go();
	g_atomic_int_inc(&n_opened);
	return &n_opened;
}

static void slow_close(gpointer connection)
{
	(void)connection;
	g_atomic_int_inc(&n_closed);
}

static GPtrArray *slow_list(gpointer connection, const MflContext *context, GError **error)
{
	(void)connection;
	(void)context;
	(void)error;
	return g_ptr_array_new();
}

static GPtrArray *slow_ask(gpointer connection, const char *uuid, const char *const *commands,
			   int cancel_fd, GError **error)
{
	(void)connection;
	(void)commands;
	(void)cancel_fd;
	(void)error;
	if (g_str_equal(uuid, UUID))
		wait_until_let_go();
	return g_ptr_array_new();
}

const MflLibvirtOps mfl_libvirt_unbounded = {
	.open = slow_open,
	.close = slow_close,
	.list = slow_list,
	.ask_monitor = slow_ask,
};

static int hold(void **state)
{
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	held = fds[0];
	holder = fds[1];
	n_calls = n_opened = n_closed = 0;
	mfl_libvirt_patience.call_ms = LONG_MS;
	mfl_libvirt_patience.monitor_ms = LONG_MS;
	return 0;
}

static void let_go(void)
{
	close(holder);
}

/* Calls that were given up have come back, and whatever they brought is let go of. */
static void wait_for(const int *counter, int n)
{
	const gint64 limit = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;

	while (g_atomic_int_get(counter) != n) {
		assert_true(g_get_monotonic_time() < limit);
		g_usleep(1000);
	}
}

static void test_open(void **state)
{
	g_autoptr(GError) error = NULL;
	gpointer connection;

	(void)state;
	mfl_libvirt_patience.call_ms = 10;
	assert_null(mfl_libvirt.open(SYSTEM, TRUE, &error));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "libvirt does not answer within");
	mfl_libvirt_patience.call_ms = LONG_MS;
	assert_null(mfl_libvirt.open(SYSTEM, FALSE, &error));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "libvirt still does not answer");
	wait_for(&n_calls, 1);
	/* which says nothing of another's daemon */
	connection = mfl_libvirt.open(SESSION, TRUE, &error);
	assert_no_error(error);
	mfl_libvirt.close(connection);
	assert_int_equal(n_closed, 1);

	let_go();
	wait_for(&n_closed, 2);
	connection = mfl_libvirt.open(SYSTEM, TRUE, &error);
	assert_no_error(error);
	mfl_libvirt.close(connection);
	wait_for(&n_closed, 3);
	assert_int_equal(n_opened, 3);
}

static void test_monitor(void **state)
{
	static const char *const commands[] = { "info mtree -f", NULL };
	g_autoptr(GPtrArray) other = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GPtrArray) again = NULL;
	g_autoptr(GError) error = NULL;
	gpointer first = mfl_libvirt.open(SESSION, FALSE, &error);
	gpointer second = mfl_libvirt.open(SESSION, FALSE, &error);

	(void)state;
	mfl_libvirt_patience.monitor_ms = 10;
	assert_null(mfl_libvirt.ask_monitor(first, UUID, commands, -1, &error));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "QEMU does not answer within");
	/* What is asked over that connection would be waited for behind the other. */
	assert_null(mfl_libvirt.list(first, NULL, &error));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "libvirt still does not answer");
	mfl_libvirt_patience.monitor_ms = LONG_MS;
	assert_null(mfl_libvirt.ask_monitor(second, UUID, commands, -1, &error));
	assert_mfl_error(error, MFL_ERROR_TIMEOUT, "QEMU still does not answer");
	wait_for(&n_calls, 1);
	/* libvirt and the other domains do */
	other = mfl_libvirt.ask_monitor(second, OTHER_UUID, commands, -1, &error);
	assert_no_error(error);
	list = mfl_libvirt.list(second, NULL, &error);
	assert_no_error(error);

	mfl_libvirt.close(first);
	let_go();
	wait_for(&n_closed, 1);
	again = mfl_libvirt.ask_monitor(second, UUID, commands, -1, &error);
	assert_no_error(error);
	mfl_libvirt.close(second);
}

/* A child has none of the threads, so that it would be told so for ever. */
static void test_fork(void **state)
{
	int status;
	pid_t child;

	(void)state;
	mfl_libvirt_patience.call_ms = 10;
	assert_null(mfl_libvirt.open(SYSTEM, TRUE, NULL));
	child = fork();
	if (child == 0) {
		gpointer connection;

		held = -1;
		mfl_libvirt_patience.call_ms = LONG_MS;
		connection = mfl_libvirt.open(SYSTEM, TRUE, NULL);
		_exit(connection ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	let_go();
	wait_for(&n_closed, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_open, hold),
		cmocka_unit_test_setup(test_monitor, hold),
		cmocka_unit_test_setup(test_fork, hold),
	};

	return cmocka_run_group_tests_name("patience", tests, NULL, NULL);
}
