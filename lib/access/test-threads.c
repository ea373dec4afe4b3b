/* SPDX-License-Identifier: MIT */
/*
 * Readers and writers in many threads while the layout changes, the domain dies and
 * comes back, by each backend. Every byte of the VM's memory has one value for as long as that VM
 * lives, so that a copy that mixes two VMs, or a VM and zeros, shows.
 */
#include "memory.h"

#include "fakelibvirt.h"
#include "test-helpers.h"

#include <sys/mman.h>

#define MIB (1ULL << 20)
#define N_READERS 8
#define N_RESTARTS 25
#define N_RESTARTS_LOOKED_FOR 8 /* by a thread that looks four times a second */
#define SIZE 4096
#define PART 16 /* so that there are more parts than the library reads at once */

typedef struct {
	MflMemory *memory;
	MflBackend backend;
	int stop;     /* atomic */
	guint oldest; /* value of the VM that was current when the last change began */
	guint newest;
	int n_read;
	int n_gone;
	int n_range;
	int n_wrong;
} Shared;

/* Whether it holds one value all over, of a VM that could be met. */
static gboolean is_right(Shared *shared, const guint8 *bytes, gsize length, guint oldest)
{
	for (gsize i = 1; i < length; i++)
		if (bytes[i] != bytes[0])
			return FALSE;
	return bytes[0] >= oldest && bytes[0] <= __atomic_load_n(&shared->newest, __ATOMIC_ACQUIRE);
}

/*
 * Without the module: what was unplugged and is not known to be is no page of the process's; and a
 * layout that changes faster than it can be asked for is refused.
 */
static gboolean is_unclear(int status)
{
	return status == MFL_ERROR_IO || status == MFL_ERROR_FAILED || status == MFL_ERROR_LIBVIRT;
}

/* The page in @n_segments parts, the last one first. */
static void read_once(Shared *shared, gsize n_segments)
{
	guint oldest = __atomic_load_n(&shared->oldest, __ATOMIC_ACQUIRE);
	const gsize part = SIZE / n_segments;
	MflSegment segments[SIZE / PART];
	guint8 buffer[SIZE] = { 0 }; /* which no VM has */
	int pause = 0;

	for (gsize i = 0; i < n_segments; i++) {
		const gsize offset = SIZE - (i + 1) * part;

		segments[i] = (MflSegment){ 2 * MIB + offset, buffer + offset, part, 77 };
	}
	mfl_memory_readv(shared->memory, segments, n_segments);
	for (gsize i = 0; i < n_segments; i++) {
		const MflSegment *segment = &segments[i];

		if (segment->status == MFL_ERROR_GONE || segment->status == MFL_ERROR_RANGE ||
		    (shared->backend != MFL_BACKEND_NODE && is_unclear(segment->status)))
			pause = segment->status;
		else if (segment->status != 0 || !is_right(shared, segment->buffer, part, oldest))
			g_atomic_int_inc(&shared->n_wrong);
	}
	if (!pause) {
		g_atomic_int_inc(&shared->n_read);
		return;
	}
	g_atomic_int_inc(pause == MFL_ERROR_GONE ? &shared->n_gone : &shared->n_range);
	g_usleep(100);
}

static gpointer read_on(gpointer data)
{
	Shared *shared = data;

	while (!g_atomic_int_get(&shared->stop)) {
		read_once(shared, 1);
		read_once(shared, SIZE / PART);
	}
	return NULL;
}

/* Stores to a place that nobody reads, and asks everything else there is to ask. */
static gpointer ask_on(gpointer data)
{
	Shared *shared = data;

	while (!g_atomic_int_get(&shared->stop)) {
		g_autoptr(MflDomain) domain = mfl_memory_dup_domain(shared->memory);
		g_autoptr(GArray) ranges = mfl_memory_dup_ranges(shared->memory);

		if (strcmp(mfl_domain_get_name(domain), "win10") != 0 || ranges->len == 0)
			g_atomic_int_inc(&shared->n_wrong);
		mfl_memory_write(shared->memory, 8 * MIB, "x", 1, NULL);
		mfl_memory_write(shared->memory, 0x1000, "x", 1, NULL);
		mfl_memory_get_generation(shared->memory);
		mfl_memory_is_alive(shared->memory);
	}
	return NULL;
}

static FakeVm *start(FakeLibvirt *libvirt, MflBackend backend, guint value)
{
	static const struct memflow_memslot ram = { .length = 16 * MIB };
	FakeVm *vm = fake_vm_start(libvirt->host, "win10", FAKE_UUID_A, 1000 + (pid_t)value);
	guint8 page[SIZE];

	memset(page, (int)value, sizeof(page));
	fake_vm_plug(vm, &ram, 1);
	fake_vm_poke(vm, 2 * MIB, page, sizeof(page));
	if (backend == MFL_BACKEND_NODE)
		fake_vm_publish(vm, FALSE);
	if (backend == MFL_BACKEND_MEMFD)
		fake_vm_share(vm);
	return vm;
}

/* Half of the time the memory is not where it was. */
static void change_layout(FakeVm *vm, MflBackend backend)
{
	const guint n = backend == MFL_BACKEND_NODE ? 20 : 2; /* what is noticed by looking */
	static const struct memflow_memslot without[] = { { .length = MIB },
							  { .gpa = 8 * MIB, .length = MIB },
							  { .gpa = 1ULL << 32, .length = MIB } };
	static const struct memflow_memslot with[] = { { .length = 3 * MIB },
						       { .gpa = 8 * MIB, .length = MIB } };

	for (guint i = 0; i < n; i++) {
		fake_vm_plug(vm, without, G_N_ELEMENTS(without));
		g_thread_yield();
		fake_vm_plug(vm, with, G_N_ELEMENTS(with));
		g_thread_yield();
	}
}

/* Bounded by far, and not by time: so that the readers have seen each state. */
static void wait_for(int *counter, int from)
{
	for (guint i = 0; i < 100000 && g_atomic_int_get(counter) < from + 10; i++)
		g_usleep(100);
}

static void test_restarts(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(GError) error = NULL;
	Shared shared = { .backend = *(const MflBackend *)*state, .oldest = 1, .newest = 1 };
	const guint n_restarts =
		shared.backend == MFL_BACKEND_NODE ? N_RESTARTS : N_RESTARTS_LOOKED_FOR;
	GThread *threads[N_READERS + 1];
	FakeVm *vm = start(libvirt, shared.backend, 1);

	fake_libvirt_define(libvirt, libvirt->system, "win10", FAKE_UUID_A, 1);
	shared.memory = mfl_memory_open_in(&libvirt->context, "win10", NULL, MFL_KEY_ANY,
					   shared.backend, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	for (guint i = 0; i < N_READERS; i++)
		threads[i] = g_thread_new("reader", read_on, &shared);
	threads[N_READERS] = g_thread_new("asker", ask_on, &shared);
	for (guint value = 2; value < n_restarts; value++) {
		change_layout(vm, shared.backend);
		wait_for(&shared.n_read, g_atomic_int_get(&shared.n_read));
		fake_vm_stop(vm);
		wait_for(&shared.n_gone, g_atomic_int_get(&shared.n_gone));
		__atomic_store_n(&shared.newest, value, __ATOMIC_RELEASE);
		vm = start(libvirt, shared.backend, value);
		assert_true(mfl_memory_reattach(shared.memory, &error));
		__atomic_store_n(&shared.oldest, value, __ATOMIC_RELEASE);
	}
	wait_for(&shared.n_read, g_atomic_int_get(&shared.n_read));
	g_atomic_int_set(&shared.stop, 1);
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
	print_message("# read %d, gone %d, not there %d\n", shared.n_read, shared.n_gone,
		      shared.n_range);
	assert_int_equal(shared.n_wrong, 0);
	assert_true(shared.n_read > (int)n_restarts);
	assert_true(shared.n_gone > (int)n_restarts);
	mfl_memory_unref(shared.memory);
}

/*
 * The read itself, with the layout changed below it to and fro between a range of a page, behind
 * which nothing can be read, and a long one elsewhere. A read by the length of the one and the
 * place of the other ends the program.
 */
typedef struct {
	MflMemory *memory;
	int stop;
	int n_read;
	int n_range;
	int n_wrong;
} Torn;

static gpointer read_far(gpointer data)
{
	Torn *torn = data;
	gsize n_segments, n_reads = 0;

	while (!g_atomic_int_get(&torn->stop)) {
		guint64 values[2] = { 0 };
		MflSegment segments[] = { { .gpa = MIB / 2, .buffer = &values[0], .length = 8 },
					  { .gpa = 8, .buffer = &values[1], .length = 8 } };

		/* Now and then both: one alone is read another way. */
		n_segments = ++n_reads % 8 ? 1 : 2;
		mfl_memory_readv(torn->memory, segments, n_segments);
		if (segments[0].status == MFL_ERROR_RANGE)
			g_atomic_int_inc(&torn->n_range);
		else if (segments[0].status == 0 && values[0] == G_MAXUINT64)
			g_atomic_int_inc(&torn->n_read);
		else
			g_atomic_int_inc(&torn->n_wrong);
		if (n_segments > 1 && segments[1].status != 0)
			g_atomic_int_inc(&torn->n_wrong);
	}
	return NULL;
}

/* @n_entries 2: with another range, so large that what is read lies never in the largest one. */
static void tear(FakeVm *vm, MflMemory *memory, gsize n_entries)
{
	char *near = mmap(NULL, 2 * MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *far = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const MflEntry other = { .gpa = 4 * MIB, .end = 1000 * MIB, .host = (guintptr)far };
	const MflEntry layouts[2][2] = {
		{ { .gpa = 0, .end = 4096, .host = (guintptr)near }, other },
		{ { .gpa = 0, .end = MIB, .host = (guintptr)far }, other },
	};
	Torn torn = { .memory = memory };
	GThread *threads[3];

	assert_true(near != MAP_FAILED && far != MAP_FAILED);
	assert_int_equal(mprotect(near, 4096, PROT_READ), 0);
	memset(far, 0xff, MIB);
	/* And on, bounded by far, until both have been met. */
	for (guint i = 0; i < 200000 || (i < 20000000 && !(g_atomic_int_get(&torn.n_read) &&
							   g_atomic_int_get(&torn.n_range)));
	     i++) {
		mfl_lock_take(&memory->lock);
		mfl_layout_set(&memory->layout, layouts[i % 2], n_entries,
			       memory->attachment->status, vm->status_page->generation, 0, TRUE);
		pthread_mutex_unlock(&memory->lock);
		if (i == 0)
			for (guint t = 0; t < G_N_ELEMENTS(threads); t++)
				threads[t] = g_thread_new("far", read_far, &torn);
		if (i % 500 < 2)
			g_usleep(50);
	}
	g_atomic_int_set(&torn.stop, 1);
	for (guint t = 0; t < G_N_ELEMENTS(threads); t++)
		g_thread_join(threads[t]);
	print_message("# read %d, not there %d\n", torn.n_read, torn.n_range);
	assert_int_equal(torn.n_wrong, 0);
	assert_true(torn.n_read > 0 && torn.n_range > 0);
	munmap(near, 2 * MIB);
	munmap(far, MIB);
}

static void test_torn(void **state)
{
	g_autoptr(FakeLibvirt) libvirt = fake_libvirt_new();
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GError) error = NULL;
	FakeVm *vm = start(libvirt, MFL_BACKEND_NODE, 1);
	const guint64 value = G_MAXUINT64;

	(void)state;
	/* Who meets one change after the other is given it by the module. */
	fake_vm_poke(vm, MIB / 2, &value, sizeof(value));
	memory = mfl_memory_open_in(&libvirt->context, "win10", NULL, MFL_KEY_ANY, MFL_BACKEND_NODE,
				    MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	tear(vm, memory, 1);
	tear(vm, memory, 2);
}

/* Only the sequence lock: what a reader takes out belongs together. */
typedef struct {
	MflLayout layout;
	MflLock writer;
	int stop;
	int n_torn;
	int n_seen;
} Locked;

static gpointer look_on(gpointer data)
{
	Locked *locked = data;

	while (!g_atomic_int_get(&locked->stop)) {
		MflSnapshot snapshot = mfl_layout_begin(&locked->layout);
		gsize n = MFL_RELAXED(snapshot.table->n);
		guint64 sum = 0;

		for (gsize i = 0; i < n; i++) {
			MflEntry entry = mfl_snapshot_get(&snapshot, i);

			sum += entry.gpa == snapshot.generation && entry.end == entry.gpa + 1 &&
			       entry.host == entry.gpa + 2;
		}
		if (!mfl_layout_is_current(&locked->layout, &snapshot))
			continue;
		if (sum != n || n != snapshot.generation % 50)
			g_atomic_int_inc(&locked->n_torn);
		g_atomic_int_inc(&locked->n_seen);
	}
	return NULL;
}

static void test_layout(void **state)
{
	static const struct memflow_status status = { .alive = 1 };
	Locked locked = { 0 };
	GThread *threads[4];

	(void)state;
	pthread_mutex_init(&locked.writer, NULL);
	mfl_layout_init(&locked.layout, &locked.writer);
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("looker", look_on, &locked);
	for (guint64 generation = 1; generation < 20000; generation++) {
		MflEntry entries[50];
		const gsize n = generation % 50;

		for (gsize i = 0; i < n; i++)
			entries[i] = (MflEntry){ .gpa = generation,
						 .end = generation + 1,
						 .host = generation + 2 };
		pthread_mutex_lock(&locked.writer);
		mfl_layout_set(&locked.layout, entries, n, &status, generation, 0, TRUE);
		pthread_mutex_unlock(&locked.writer);
		if (generation % 100 == 0)
			g_usleep(100);
	}
	wait_for(&locked.n_seen, g_atomic_int_get(&locked.n_seen));
	g_atomic_int_set(&locked.stop, 1);
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
	assert_int_equal(locked.n_torn, 0);
	assert_true(locked.n_seen > 0);
	mfl_layout_clear(&locked.layout);
	pthread_mutex_destroy(&locked.writer);
}

/* The same in one thread. */
static void test_snapshot(void **state)
{
	static const struct memflow_status status = { .alive = 1 };
	MflEntry entries[40] = { { .gpa = 0, .end = 0x1000 } };
	MflLock writer = PTHREAD_MUTEX_INITIALIZER;
	MflLayout layout;
	MflSnapshot snapshot;

	(void)state;
	mfl_layout_init(&layout, &writer);
	snapshot = mfl_layout_begin(&layout);
	assert_true(mfl_layout_is_current(&layout, &snapshot));
	mfl_layout_set(&layout, entries, 1, &status, 7, 0, TRUE);
	assert_false(mfl_layout_is_current(&layout, &snapshot));
	snapshot = mfl_layout_begin(&layout);
	assert_int_equal(snapshot.generation, 7);
	assert_int_equal(snapshot.table->n, 1);
	assert_true(mfl_layout_is_current(&layout, &snapshot));
	/* a larger one: what the old snapshot points at is still there */
	mfl_layout_set(&layout, entries, G_N_ELEMENTS(entries), &status, 8, 0, TRUE);
	assert_false(mfl_layout_is_current(&layout, &snapshot));
	assert_int_equal(mfl_snapshot_get(&snapshot, 0).end, 0x1000);
	mfl_layout_clear(&layout);
}

#define RESTARTS(name, backend) { "test_restarts, " name, test_restarts, NULL, NULL, backend }

int main(void)
{
	static MflBackend node = MFL_BACKEND_NODE, memfd = MFL_BACKEND_MEMFD,
			  procmem = MFL_BACKEND_PROCMEM;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshot),
		cmocka_unit_test(test_layout),
		RESTARTS("node", &node),
		RESTARTS("memfd", &memfd),
		RESTARTS("procmem", &procmem),
		cmocka_unit_test(test_torn),
	};

	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
