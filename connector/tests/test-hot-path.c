/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing lists makes no system call and allocates nothing, however many
 * requests and holes there are. Each case runs in a process of its own whose system calls
 * are trapped, and in which the allocator counts.
 */
#include "host.h"

#include "test-helpers.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __has_feature /* clang */
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#endif

#define MIB FAKE_MIB

static const char *plugin;

/* ------------------------------------------------- counting of allocations -- */

static gboolean counting;
static guint n_allocations;

static void count(void)
{
	if (counting)
		n_allocations++;
}

#ifdef HAS_ASAN

/* <sanitizer/allocator_interface.h>, which not every compiler brings along. */
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
					      void (*on_free)(const volatile void *));

static void on_malloc(const volatile void *pointer, size_t size)
{
	(void)pointer;
	(void)size;
	count();
}

static void on_free(const volatile void *pointer)
{
	(void)pointer;
	count();
}

static void install_hooks(void)
{
	g_assert_cmpint(__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free), >, 0);
}

#else

/* In place of glibc's, which stay within reach under these names (malloc/malloc.c). */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *pointer);

void *malloc(size_t size)
{
	count();
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	count();
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	count();
	return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	count();
	return __libc_memalign(alignment, size);
}

void free(void *pointer)
{
	count();
	__libc_free(pointer);
}

static void install_hooks(void)
{
}

#endif

/* -------------------------------------------------- trapping system calls -- */

enum {
	CLEAN = 0,
	WRONG = 1, /* not what was to be read */
	ALLOCATED = 2,
	SYSTEM_CALL = 3,
};

static int *trapped; /* number of the system call, shared with the parent */

static void on_trap(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	*trapped = info->si_syscall;
	syscall(SYS_exit_group, SYSTEM_CALL);
}

/* From here on the only way out is exit_group(2). */
static void trap_system_calls(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	const struct sock_fprog program = { G_N_ELEMENTS(filter), filter };
	const struct sigaction action = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO };

	g_assert_cmpint(sigaction(SIGSYS, &action, NULL), ==, 0);
	g_assert_cmpint(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
	g_assert_cmpint(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

/* Runs @use in a child, twice: what is set up once may be, before it counts. */
static int run_trapped(gboolean (*use)(gpointer), gpointer data)
{
	int status;
	pid_t pid;

	*trapped = -1;
	fflush(NULL);
	pid = fork();
	g_assert_cmpint(pid, >=, 0);
	if (pid == 0) {
		gboolean right = use(data);

		trap_system_calls();
		counting = TRUE;
		right = use(data) && right;
		counting = FALSE;
		syscall(SYS_exit_group, !right ? WRONG : n_allocations ? ALLOCATED : CLEAN);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	if (!WIFEXITED(status))
		fail_msg("the child died of signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void assert_clean(gboolean (*use)(gpointer), gpointer data)
{
	const int result = run_trapped(use, data);

	if (result == SYSTEM_CALL)
		fail_msg("system call %d", *trapped);
	assert_int_equal(result, CLEAN);
}

/* ------------------------------------------------------------------- cases -- */

typedef struct {
	Host *host;
	FakeVm *vm;
	struct mf_connector connector;
	guint8 *buffer;

	Way way;
	gboolean write;
	gboolean listens;
	guint n;
	gsize length;  /* of each request */
	guint n_holes; /* of ten requests */
} Fixture;

#define MAX_N 100
#define MAX_LENGTH 4096

static int setup(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->host = host_load(plugin);
	fixture->buffer = g_malloc0(MAX_N * MAX_LENGTH);
	fixture->vm = fixture->host->vms->start("win10", FAKE_UUID_A, TRUE);
	for (guint64 i = 0; i < MIB / 8; i++)
		fixture->host->vms->poke(fixture->vm, 2 * MIB + 8 * i, &i, 8);
	g_assert_cmpint(host_create(fixture->host, ASK(.target = "win10"), &fixture->connector), ==,
			0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	connector_drop(&fixture->connector);
	host_free(fixture->host);
	g_free(fixture->buffer);
	g_free(fixture);
	return 0;
}

/* Where request @i is: some of them reach into a hole, or lie in one. */
static guint64 place(const Fixture *fixture, guint i)
{
	static const guint64 edges[] = { 0xa0000 - 4,  0xb0000,		0xc0000 - 4,
					 16 * MIB - 4, FAKE_PC_END - 4, UINT64_MAX - 4 };

	if (i % 10 < fixture->n_holes)
		return edges[i % G_N_ELEMENTS(edges)];
	return (fixture->write ? 8 * MIB : 2 * MIB) + 4096 * (guint64)(i * 37 % 240);
}

static gboolean transfer(gpointer data)
{
	Fixture *fixture = data;
	Listener listener = { .no_out = !fixture->listens, .no_out_fail = !fixture->listens };
	Request requests[MAX_N];
	int32_t result;

	for (guint i = 0; i < fixture->n; i++)
		requests[i] = (Request){ place(fixture, i), i, fixture->buffer + i * MAX_LENGTH,
					 fixture->length };
	if (!fixture->write)
		for (guint i = 0; i < fixture->n; i++)
			memset(requests[i].buffer, 0x55, fixture->length);
	result = host_transfer(&fixture->connector, fixture->way, fixture->write, requests,
			       fixture->n, &listener);
	for (guint i = 0; i < fixture->n; i++)
		if (i % 10 >= fixture->n_holes && !fixture->write &&
		    *(guint64 *)requests[i].buffer != (requests[i].gpa - 2 * MIB) / 8)
			return FALSE;
	if (fixture->listens)
		return result == 0 &&
		       listener.bytes_done + listener.bytes_failed ==
			       fixture->n * fixture->length &&
		       (listener.n_failed > 0) == (fixture->n_holes > 0);
	return (result != 0) == (fixture->n_holes > 0);
}

/* Stores below 1 MiB are the module's, by a system call; nothing here does that. */
static void test_lists(void **state)
{
	static const guint ns[] = { 1, 32, 100 };
	static const gsize lengths[] = { 8, 16, 64, 100, 4096 };
	Fixture *fixture = *state;

	for (guint i = 0; i < G_N_ELEMENTS(ns); i++) {
		for (guint k = 0; k < G_N_ELEMENTS(lengths); k++) {
			fixture->n = ns[i];
			fixture->length = lengths[k];
			fixture->way = (i + k) % N_WAYS;
			fixture->listens = k % 2 == 0;
			fixture->n_holes = 0;
			fixture->write = FALSE;
			assert_clean(transfer, fixture);
			fixture->n_holes = 4;
			assert_clean(transfer, fixture);
			fixture->n_holes = 0;
			fixture->write = TRUE;
			assert_clean(transfer, fixture);
		}
	}
}

static void test_map(void **state)
{
	static const struct mf_mapping map[] = { { 0, 8 * MIB, 0 }, { 8 * MIB, 8 * MIB, MIB } };
	Fixture *fixture = *state;

	fixture->connector.physical_memory->set_mem_map(
		&fixture->connector.container, (struct mf_mapping_list){ map, G_N_ELEMENTS(map) });
	fixture->n = 100;
	fixture->length = 64;
	fixture->listens = TRUE;
	assert_clean(transfer, fixture);
	fixture->n_holes = 3;
	assert_clean(transfer, fixture);
}

static gboolean ask_view(gpointer data)
{
	Fixture *fixture = data;
	struct mf_container *container = &fixture->connector.container;
	struct mf_view view = fixture->connector.physical_memory->phys_view(container);
	struct mf_read_data reads[MAX_N];
	guint64 word = 1;
	gboolean right;

	for (guint i = 0; i < MAX_N; i++)
		reads[i] =
			(struct mf_read_data){ place(fixture, i), { fixture->buffer + 8 * i, 8 } };
	right = view.vtbl->read_raw_list(&view.container, (struct mf_read_list){ reads, MAX_N }) ==
		(fixture->n_holes ? MF_PARTIAL_READ : 0);
	right &= view.vtbl->read_raw_into(&view.container, 2 * MIB,
					  (struct mf_slice_mut){ (uint8_t *)&word, 8 }) == 0;
	right &= word == 0;
	right &= view.vtbl->write_raw(&view.container, 9 * MIB,
				      (struct mf_slice){ (uint8_t *)&word, 8 }) == 0;
	right &= view.vtbl->metadata(&view.container).max_address == FAKE_PC_END - 1;
	container_drop(&view.container);
	return right;
}

static void test_view(void **state)
{
	Fixture *fixture = *state;

	assert_clean(ask_view, fixture);
	fixture->n_holes = 5;
	assert_clean(ask_view, fixture);
}

/* metrics=true costs the time it takes to look at a clock, and no more. */
static void test_metrics(void **state)
{
	Fixture *fixture = *state;

	connector_drop(&fixture->connector);
	assert_int_equal(host_create(fixture->host,
				     ASK(.target = "win10", .middleware = { .metrics = true }),
				     &fixture->connector),
			 0);
	fixture->n = 32;
	fixture->length = 8;
	assert_clean(transfer, fixture);
}

/* That all this would tell: what sleeps, what the module does, and what allocates. */
static void test_traps(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector plain = fixture->connector;

	fixture->n = 1;
	fixture->length = 8;
	assert_int_equal(host_create(fixture->host,
				     ASK(.target = "win10", .middleware = { .delay = 1 }),
				     &fixture->connector),
			 0);
	assert_int_equal(run_trapped(transfer, fixture), SYSTEM_CALL);
	assert_int_equal(*trapped, SYS_clock_nanosleep);
	connector_drop(&fixture->connector);
	fixture->connector = plain;
}

static gboolean write_low(gpointer data)
{
	Fixture *fixture = data;

	return host_write(&fixture->connector, 0x1000, "x", 1) == 0;
}

static gboolean clone_it(gpointer data)
{
	Fixture *fixture = data;
	struct mf_connector cloned = connector_clone(&fixture->connector);

	connector_drop(&cloned);
	return TRUE;
}

static void test_traps_others(void **state)
{
	assert_int_equal(run_trapped(write_low, *state), SYSTEM_CALL);
	assert_int_equal(run_trapped(clone_it, *state), ALLOCATED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lists),   TEST(test_map),   TEST(test_view),
		TEST(test_metrics), TEST(test_traps), TEST(test_traps_others),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	install_hooks();
	trapped = mmap(NULL, sizeof(*trapped), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	g_assert_true(trapped != MAP_FAILED);
	return cmocka_run_group_tests_name("connector-hot-path", tests, NULL, NULL);
}
