/* SPDX-License-Identifier: MIT */
/* The thread that watches processes: ends, changes, fork(2), and that it goes away. */
#include "watch.h"

#include "test-helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that is a pipe: its end is that of the other end. */
typedef struct {
	int pipe[2];
	struct memflow_status status;
	int changed; /* atomic */
	int n_ended; /* atomic */
	MflWatch *watch;
} Watched;

static gboolean has_changed(gpointer data)
{
	Watched *watched = data;

	return g_atomic_int_compare_and_exchange(&watched->changed, 1, 0);
}

static void ended(gpointer data)
{
	Watched *watched = data;

	/* the page says so before anything is done about it */
	g_assert_cmpuint(__atomic_load_n(&watched->status.alive, __ATOMIC_ACQUIRE), ==, 0);
	g_atomic_int_inc(&watched->n_ended);
}

static const MflWatchOps ops = { .has_changed = has_changed, .ended = ended };

static void start(Watched *watched)
{
	g_autoptr(GError) error = NULL;

	*watched = (Watched){ .status = { .alive = 1, .generation = 5 } };
	assert_int_equal(pipe2(watched->pipe, O_CLOEXEC), 0);
	watched->watch = mfl_watch_new(watched->pipe[0], &watched->status, &ops, watched, &error);
	assert_no_error(error);
}

static void end(Watched *watched)
{
	close(watched->pipe[1]);
	watched->pipe[1] = -1;
}

static void finish(Watched *watched)
{
	mfl_watch_free(watched->watch);
	close(watched->pipe[0]);
	if (watched->pipe[1] >= 0)
		close(watched->pipe[1]);
}

/* The verdict is what is waited for; how long that takes is the machine's matter. */
#define wait_until(condition)                                                               \
	do {                                                                                \
		const gint64 limit = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;              \
                                                                                            \
		while (!(condition)) {                                                          \
			assert_true(g_get_monotonic_time() < limit);                            \
			g_usleep(1000);                                                         \
		}                                                                               \
	} while (0)

static void test_end(void **state)
{
	Watched one, two;

	(void)state;
	start(&one);
	start(&two);
	end(&one);
	wait_until(g_atomic_int_get(&one.n_ended));
	assert_int_equal(two.status.alive, 1);
	end(&two);
	wait_until(g_atomic_int_get(&two.n_ended));
	finish(&one);
	finish(&two);
	assert_int_equal(one.n_ended, 1);
	assert_int_equal(two.n_ended, 1);
}

static void test_change(void **state)
{
	Watched watched;

	(void)state;
	start(&watched);
	assert_int_equal(mfl_watch_get_generation(watched.watch), 5);
	g_atomic_int_set(&watched.changed, 1);
	wait_until(mfl_watch_get_generation(watched.watch) == 6);
	mfl_watch_tell_change(watched.watch);
	assert_int_equal(mfl_watch_get_generation(watched.watch), 7);
	assert_int_equal(watched.status.alive, 1);
	finish(&watched);
}

/* Whose code it runs may be unloaded then. */
static void test_goes_away(void **state)
{
	const guint before = count_threads();
	Watched one, two;

	(void)state;
	for (guint i = 0; i < 50; i++) {
		start(&one);
		start(&two);
		assert_int_equal(count_threads(), before + 1);
		finish(&one);
		assert_int_equal(count_threads(), before + 1);
		finish(&two);
		assert_int_equal(count_threads(), before);
	}
}

static int in_child(Watched *watched)
{
	g_autoptr(GError) error = NULL;

	/* what is known does not count any more, until somebody watches again */
	if (mfl_watch_get_generation(watched->watch) == 5 || count_threads() != 1)
		return 1;
	if (!mfl_watch_ensure(watched->watch, &error) || count_threads() != 2)
		return 2;
	end(watched);
	/* the parent's end of the pipe is closed by then, too */
	while (!g_atomic_int_get(&watched->n_ended))
		g_usleep(1000);
	return 0;
}

static void test_fork(void **state)
{
	Watched watched;
	int status = -1;
	pid_t child;

	(void)state;
	start(&watched);
	child = fork();
	if (child == 0)
		_exit(in_child(&watched));
	assert_int_equal(mfl_watch_get_generation(watched.watch), 5);
	end(&watched);
	wait_until(g_atomic_int_get(&watched.n_ended));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	finish(&watched);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_goes_away),
		cmocka_unit_test(test_fork),
	};

	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
