/* SPDX-License-Identifier: MIT */
/* Calls that do not come back, and that somebody cleans up after them. */
#include "bounded.h"

#include "test-helpers.h"

#include <fcntl.h>
#include <unistd.h>

typedef struct {
	int pipe[2]; /* the call waits for it */
	int n_runs;  /* atomic */
	int *n_destroyed;
} Call;

static void run(gpointer data)
{
	Call *call = data;
	char byte;

	g_atomic_int_inc(&call->n_runs);
	if (read(call->pipe[0], &byte, 1) < 0)
		abort();
}

static void destroy(gpointer data)
{
	Call *call = data;
	int *n_destroyed = call->n_destroyed;

	close(call->pipe[0]);
	g_free(call);
	g_atomic_int_inc(n_destroyed);
}

/* @writer: closing it lets the call come back. */
static Call *call_new(int *writer, int *n_destroyed)
{
	Call *call = g_new0(Call, 1);

	assert_int_equal(pipe2(call->pipe, O_CLOEXEC), 0);
	*writer = call->pipe[1];
	call->n_destroyed = n_destroyed;
	return call;
}

static void wait_for(int *n_destroyed)
{
	const gint64 limit = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;

	while (!g_atomic_int_get(n_destroyed)) {
		assert_true(g_get_monotonic_time() < limit);
		g_usleep(1000);
	}
}

static void test_done(void **state)
{
	int n_destroyed = 0;
	Call *call;
	int writer;

	(void)state;
	call = call_new(&writer, &n_destroyed);
	close(writer);
	assert_int_equal(mfl_bounded_run(run, call, destroy, -1, 60000), MFL_BOUNDED_DONE);
	assert_int_equal(call->n_runs, 1);
	assert_int_equal(n_destroyed, 0);
	destroy(call);
}

static void test_timeout(void **state)
{
	int n_destroyed = 0;
	int writer;

	(void)state;
	assert_int_equal(mfl_bounded_run(run, call_new(&writer, &n_destroyed), destroy, -1, 10),
			 MFL_BOUNDED_TIMEOUT);
	assert_int_equal(g_atomic_int_get(&n_destroyed), 0);
	close(writer);
	wait_for(&n_destroyed);
}

static void test_cancelled(void **state)
{
	int n_destroyed = 0;
	int writer, cancel[2];

	(void)state;
	assert_int_equal(pipe2(cancel, O_CLOEXEC), 0);
	close(cancel[1]);
	assert_int_equal(mfl_bounded_run(run, call_new(&writer, &n_destroyed), destroy, cancel[0],
					 60000),
			 MFL_BOUNDED_CANCELLED);
	close(writer);
	wait_for(&n_destroyed);
	close(cancel[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_timeout),
		cmocka_unit_test(test_cancelled),
	};

	return cmocka_run_group_tests_name("bounded", tests, NULL, NULL);
}
