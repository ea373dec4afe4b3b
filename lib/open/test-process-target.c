/* SPDX-License-Identifier: MIT */
/* The backends that need no module: what is read and written, and who dies when. */
#include "memory.h"

#include "fakelibvirt.h"
#include "test-helpers.h"

#include <errno.h>

#define MIB (1ULL << 20)
#define GIB (1ULL << 30)

/* RAM, a window of the firmware's, ROM, RAM that goes on behind a hole, ROM, RAM again. */
static const struct memflow_memslot pc[] = {
	{ .gpa = 0, .length = 0xc0000 },
	{ .gpa = 0xc0000, .length = 0x20000, .flags = MEMFLOW_READONLY },
	{ .gpa = 0xe0000, .length = 0x20000 },
	{ .gpa = MIB, .length = 15 * MIB },
	{ .gpa = 4 * GIB - MIB, .length = MIB, .flags = MEMFLOW_READONLY },
	{ .gpa = 4 * GIB, .length = 16 * MIB },
	{ .gpa = 5 * GIB, .length = 16 * MIB }, /* plugged, in some tests */
};
#define N_BOOT (G_N_ELEMENTS(pc) - 1)

typedef struct {
	FakeLibvirt *libvirt;
	FakeVm *vm;
	MflBackend backend;
	MflMemory *memory;
} Fixture;

static FakeVm *start(Fixture *fixture, pid_t pid)
{
	FakeVm *vm = fake_vm_start(fixture->libvirt->host, "win10", FAKE_UUID_A, pid);

	fake_vm_plug(vm, pc, N_BOOT);
	if (fixture->backend == MFL_BACKEND_MEMFD)
		fake_vm_share(vm);
	return vm;
}

static MflMemory *open_memory(Fixture *fixture, MflOpenFlags flags, GError **error)
{
	return mfl_memory_open_in(&fixture->libvirt->context, "win10", NULL, MFL_KEY_ANY,
				  fixture->backend, flags, error);
}

static int setup(void **state, MflBackend backend)
{
	Fixture *fixture = g_new0(Fixture, 1);
	g_autoptr(GError) error = NULL;

	fixture->backend = backend;
	fixture->libvirt = fake_libvirt_new();
	fake_libvirt_define(fixture->libvirt, fixture->libvirt->system, "win10", FAKE_UUID_A, 1);
	fixture->vm = start(fixture, 100);
	fixture->memory = open_memory(fixture, MFL_OPEN_READ_WRITE, &error);
	g_assert_no_error(error);
	*state = fixture;
	return 0;
}

static int setup_procmem(void **state)
{
	return setup(state, MFL_BACKEND_PROCMEM);
}

static int setup_memfd(void **state)
{
	return setup(state, MFL_BACKEND_MEMFD);
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	g_clear_pointer(&fixture->memory, mfl_memory_unref);
	fake_libvirt_free(fixture->libvirt);
	g_free(fixture);
	return 0;
}

/* Waits for what the watching thread does; it looks four times a second. */
static gboolean within_seconds(gboolean (*holds)(Fixture *fixture), Fixture *fixture)
{
	const gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;

	while (!holds(fixture)) {
		if (g_get_monotonic_time() > end)
			return FALSE;
		g_usleep(2000);
	}
	return TRUE;
}

static void test_facts(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	MflRange range;

	assert_int_equal(mfl_memory_get_backend(memory), fixture->backend);
	assert_int_equal(mfl_memory_get_end(memory), 4 * GIB + 16 * MIB);
	assert_int_equal(mfl_memory_get_ram_size(memory), MIB - 0x20000 + 31 * MIB);
	assert_true(mfl_memory_is_alive(memory));
	assert_false(mfl_memory_is_readonly(memory));
	assert_true(mfl_memory_find_range(memory, 0xc1000, &range));
	assert_true(range.gpa == 0xc0000 && range.readonly);
	assert_true(mfl_memory_find_range(memory, 17 * MIB, &range));
	assert_int_equal(range.gpa, 4 * GIB - MIB);
}

static void test_read(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	char buffer[64];

	fake_vm_poke(fixture->vm, 0x1000, "hello", 6);
	fake_vm_poke(fixture->vm, 0xc0000 - 3, "across", 7);
	fake_vm_poke(fixture->vm, 4 * GIB - 5, "edges", 5);
	fake_vm_poke(fixture->vm, 4 * GIB, " of all", 8);
	assert_true(mfl_memory_read(memory, 0x1000, buffer, 6, &error));
	assert_string_equal(buffer, "hello");
	assert_true(mfl_memory_read(memory, 0xc0000 - 3, buffer, 7, &error));
	assert_string_equal(buffer, "across");
	assert_true(mfl_memory_read(memory, 4 * GIB - 5, buffer, 13, &error));
	assert_string_equal(buffer, "edges of all");
	assert_false(mfl_memory_read(memory, 16 * MIB - 1, buffer, 2, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0xffffff+0x2: there is no guest memory");
	assert_false(mfl_memory_read(memory, G_MAXUINT64 - 1, buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "there is no guest memory");
	assert_true(mfl_memory_read(memory, 17 * MIB, NULL, 0, &error));
}

static void test_write(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	static const guint64 places[] = { 0x1000, 0xa0000 - 2, 0xe0000, MIB - 2, 4 * GIB + 1,
					  16 * MIB - 4 };
	g_autoptr(GError) error = NULL;
	char buffer[8];

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		assert_true(mfl_memory_write(memory, places[i], "abcd", 4, &error));
		fake_vm_peek(fixture->vm, places[i], buffer, 4);
		assert_memory_equal(buffer, "abcd", 4);
	}
	/* all or nothing */
	assert_false(mfl_memory_write(memory, 0xc0000 - 2, "wxyz", 4, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "cannot be written");
	assert_false(mfl_memory_write(memory, 16 * MIB - 2, "wxyz", 4, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "no guest memory");
	fake_vm_peek(fixture->vm, 0xc0000 - 2, buffer, 2);
	assert_memory_equal(buffer, "\0\0", 2);
	fake_vm_peek(fixture->vm, 16 * MIB - 2, buffer, 2);
	assert_memory_equal(buffer, "cd", 2);
}

/* Lists longer than any batch, with all that a segment can meet among them. */
static void test_lists(void **state)
{
	enum { N = 1500 };
	Fixture *fixture = *state;
	static const struct {
		guint64 gpa;
		gsize length;
		int read, written;
	} kinds[] = {
		{ 0x1000, 8, 0, 0 },
		{ 2 * MIB, 8, 0, 0 },
		{ 17 * MIB, 8, MFL_ERROR_RANGE, MFL_ERROR_RANGE },
		{ 4 * GIB - 4, 8, 0, MFL_ERROR_READONLY }, /* in two ranges */
		{ 4 * GIB + 0x1000, 8, 0, 0 },
		{ 16 * MIB - 4, 8, MFL_ERROR_RANGE, MFL_ERROR_RANGE },
		{ 17 * MIB, 0, 0, 0 },
	};
	g_autofree MflSegment *segments = g_new(MflSegment, N);
	g_autofree guint64 *values = g_new0(guint64, N);
	gsize n_read = 0, n_written = 0;

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		guint64 value = 0x1234567887654321 * (i + 1);

		if (kinds[i].length && !kinds[i].read)
			fake_vm_poke(fixture->vm, kinds[i].gpa, &value, 8);
	}
	for (guint i = 0; i < N; i++) {
		const guint kind = i % G_N_ELEMENTS(kinds);

		segments[i] = (MflSegment){ kinds[kind].gpa, &values[i], kinds[kind].length, 77 };
		n_read += kinds[kind].read == 0;
		n_written += kinds[kind].written == 0;
	}
	assert_int_equal(mfl_memory_readv(fixture->memory, segments, N), n_read);
	for (guint i = 0; i < N; i++) {
		const guint kind = i % G_N_ELEMENTS(kinds);

		assert_int_equal(segments[i].status, kinds[kind].read);
		if (kinds[kind].length && !kinds[kind].read)
			assert_true(values[i] == 0x1234567887654321 * (kind + 1));
		values[i] = i;
	}
	assert_int_equal(mfl_memory_writev(fixture->memory, segments, N), n_written);
	for (guint i = 0; i < N; i++)
		assert_int_equal(segments[i].status, kinds[i % G_N_ELEMENTS(kinds)].written);
	for (guint kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
		const guint last = (N - 1 - kind) / (guint)G_N_ELEMENTS(kinds) *
					   (guint)G_N_ELEMENTS(kinds) +
				   kind;
		guint64 value;

		if (kinds[kind].written || !kinds[kind].length)
			continue;
		fake_vm_peek(fixture->vm, kinds[kind].gpa, &value, 8);
		assert_int_equal(value, last);
	}
}

/* A list costs a system call or two, not one for each of its parts. */
static void test_batches(void **state)
{
	Fixture *fixture = *state;
	MflSegment segments[200];
	guint64 values[G_N_ELEMENTS(segments)];

	for (guint i = 0; i < G_N_ELEMENTS(segments); i++)
		segments[i] = (MflSegment){ MIB + i * 0x1000, &values[i], 8, 77 };
	fixture->vm->n_transfers = 0;
	assert_int_equal(mfl_memory_readv(fixture->memory, segments, G_N_ELEMENTS(segments)),
			 G_N_ELEMENTS(segments));
	assert_int_equal(fixture->vm->n_transfers, 1);
}

static void test_pointer(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char *pointer;

	fake_vm_poke(fixture->vm, 4 * GIB, "direct", 7);
	pointer = mfl_memory_get_pointer(fixture->memory, 4 * GIB, 7, &error);
	if (fixture->backend == MFL_BACKEND_PROCMEM) {
		assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "not mapped here; read it instead");
		return;
	}
	assert_no_error(error);
	assert_string_equal(pointer, "direct");
	memcpy(pointer, "DIRECT", 7);
	fake_vm_peek(fixture->vm, 4 * GIB, pointer + 8, 7);
	assert_string_equal(pointer + 8, "DIRECT");
	/* what firmware switches is looked at each time, and ROM is QEMU's own */
	assert_null(mfl_memory_get_pointer(fixture->memory, 0xe0000, 8, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "not mapped");
	assert_null(mfl_memory_get_pointer(fixture->memory, 4 * GIB - MIB, 8, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "not mapped");
}

static void test_readonly(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) wanted = NULL;
	g_autoptr(MflMemory) forced = NULL;
	char byte;

	wanted = open_memory(fixture, MFL_OPEN_READONLY, &error);
	assert_no_error(error);
	assert_true(mfl_memory_is_readonly(wanted));
	assert_false(mfl_memory_write(wanted, 0x1000, "x", 1, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "0x1000+0x1");
	assert_true(mfl_memory_read(wanted, 0x1000, &byte, 1, &error));
	assert_int_equal(byte, 0);
	/* only reading is allowed */
	fixture->vm->mem_errno = EACCES;
	forced = open_memory(fixture, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_true(mfl_memory_is_readonly(forced));
	assert_null(open_memory(fixture, MFL_OPEN_READ_WRITE, &error));
	assert_mfl_error(error, MFL_ERROR_PERMISSION, "cannot write the memory of process 100");
}

/* A page of a device, or with a hardware error, in the midst of a list. */
static void test_absent_page(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *buffer = g_malloc(3 * 4096);
	char before[4], after[4];
	MflSegment segments[] = {
		{ 4 * GIB - 0x10000, before, 4, 77 },
		{ 4 * GIB - 0x9000, buffer, 3 * 4096, 77 },
		{ 4 * GIB - 0x1000, after, 4, 77 },
	};

	/* of ROM, which no backend maps */
	fake_vm_poke(fixture->vm, 4 * GIB - 0x10000, "one", 4);
	fake_vm_poke(fixture->vm, 4 * GIB - 0x8001, "[?]", 3);
	fake_vm_poke(fixture->vm, 4 * GIB - 0x7000, "]", 1);
	fake_vm_poke(fixture->vm, 4 * GIB - 0x1000, "two", 4);
	fixture->vm->absent = 4 * GIB - 0x8000;
	memset(buffer, 0xee, 3 * 4096);
	assert_int_equal(mfl_memory_readv(fixture->memory, segments, 3), 3);
	assert_string_equal(before, "one");
	assert_string_equal(after, "two");
	assert_int_equal(buffer[4095], '[');
	for (guint i = 0; i < 4096; i++)
		assert_int_equal(buffer[4096 + i], 0);
	assert_int_equal(buffer[8192], ']');
}

static gboolean is_dead(Fixture *fixture)
{
	return !mfl_memory_is_alive(fixture->memory);
}

static void test_death(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	char *pointer = mfl_memory_get_pointer(memory, MIB, 8, NULL);
	g_autoptr(GError) error = NULL;
	char buffer[8];
	FakeVm *vm;

	fake_vm_poke(fixture->vm, MIB, "secret", 7);
	fake_vm_stop(fixture->vm);
	/* without a call that might notice it */
	assert_true(within_seconds(is_dead, fixture));
	if (pointer)
		assert_int_equal(*pointer, 0);
	assert_false(mfl_memory_read(memory, MIB, buffer, 7, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_write(memory, MIB, "x", 1, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_reattach(memory, &error));
	assert_non_null(error);
	g_clear_error(&error);

	vm = start(fixture, 200);
	fake_vm_poke(vm, MIB, "second", 7);
	assert_false(mfl_memory_read(memory, MIB, buffer, 7, NULL));
	assert_true(mfl_memory_reattach(memory, &error));
	assert_no_error(error);
	assert_true(mfl_memory_read(memory, MIB, buffer, 7, &error));
	assert_string_equal(buffer, "second");
	if (pointer)
		assert_int_equal(*pointer, 0);
}

/* The VM dies in the midst of a call, and another one has its pid at once. */
static void replace(FakeVm *vm)
{
	FakeHost *host = vm->host;
	FakeVm *other;

	host->before_transfer = NULL;
	fake_vm_stop(vm);
	other = fake_vm_start(host, "other", FAKE_UUID_B, vm->pid);
	fake_vm_plug(other, pc, N_BOOT);
	fake_vm_poke(other, MIB, "OTHER!!", 8);
	fake_vm_poke(other, 4 * GIB - MIB, "OTHER!!", 8);
}

static void test_other_with_its_pid(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char buffer[8] = "before";
	FakeVm *other;

	/* of ROM, so that no backend has it mapped */
	fixture->libvirt->host->before_transfer = replace;
	assert_false(mfl_memory_read(fixture->memory, 4 * GIB - MIB, buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	/* not even as rubbish */
	assert_memory_equal(buffer, "\0\0\0\0\0\0\0\0", 8);
	other = g_ptr_array_index(fixture->libvirt->host->vms, 1);
	fake_vm_peek(other, 4 * GIB - MIB, buffer, 8);
	assert_string_equal(buffer, "OTHER!!");
	assert_false(mfl_memory_is_alive(fixture->memory));
}

static void test_other_written(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	FakeVm *other;
	char buffer[8];

	/* where all writes are system calls */
	fixture->libvirt->host->before_transfer = replace;
	assert_false(mfl_memory_write(fixture->memory, 0xe0000, "written", 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	other = g_ptr_array_index(fixture->libvirt->host->vms, 1);
	fake_vm_peek(other, 0xe0000, buffer, 8);
	assert_memory_equal(buffer, "\0\0\0\0\0\0\0\0", 8);
}

/* The memory of a process goes a moment before the process does. */
static void lose_memory(FakeVm *vm)
{
	vm->running = FALSE;
}

static void test_dying(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char buffer[8];

	/* of ROM, so that no backend has it mapped */
	fixture->libvirt->host->before_transfer = lose_memory;
	assert_false(mfl_memory_read(fixture->memory, 4 * GIB - MIB, buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	/* so that re-attaching does not take it for alive */
	assert_false(mfl_memory_is_alive(fixture->memory));
}

static void test_dying_written(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	fixture->libvirt->host->before_transfer = lose_memory;
	assert_false(mfl_memory_write(fixture->memory, 0xe0000, "x", 1, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_is_alive(fixture->memory));
}

static guint64 old_generation;

static gboolean has_new_generation(Fixture *fixture)
{
	return mfl_memory_get_generation(fixture->memory) != old_generation;
}

static void test_plugging(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	char buffer[8];
	char *pointer;

	assert_false(mfl_memory_read(memory, 5 * GIB, buffer, 8, NULL));
	old_generation = mfl_memory_get_generation(memory);
	fake_vm_plug(fixture->vm, pc, G_N_ELEMENTS(pc));
	fake_vm_poke(fixture->vm, 5 * GIB, "plugged", 8);
	assert_true(within_seconds(has_new_generation, fixture));
	assert_int_equal(mfl_memory_get_end(memory), 5 * GIB + 16 * MIB);
	assert_true(mfl_memory_read(memory, 5 * GIB, buffer, 8, &error));
	assert_string_equal(buffer, "plugged");
	assert_true(mfl_memory_write(memory, 5 * GIB, "PLUGGED", 8, &error));
	pointer = mfl_memory_get_pointer(memory, 5 * GIB, 8, NULL);
	if (pointer)
		assert_string_equal(pointer, "PLUGGED");

	old_generation = mfl_memory_get_generation(memory);
	fake_vm_plug(fixture->vm, pc, N_BOOT);
	assert_true(within_seconds(has_new_generation, fixture));
	assert_false(mfl_memory_read(memory, 5 * GIB, buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "no guest memory");
	if (pointer) /* unplugged memory is let go of */
		assert_int_equal(*pointer, 0);
	assert_true(mfl_memory_read(memory, 4 * GIB, buffer, 8, &error));
}

/* Before anyone says so: addresses of unplugged memory are never written. */
static void test_write_after_unplugging(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	static const char maps[] = "7f0000000000-7f0000100000 rw-p 00000000 00:00 0 \n";
	char buffer[8];

	old_generation = mfl_memory_get_generation(fixture->memory);
	fake_vm_plug(fixture->vm, pc, G_N_ELEMENTS(pc));
	assert_true(within_seconds(has_new_generation, fixture));
	assert_true(mfl_memory_refresh(fixture->memory, &error));
	/* QEMU has something else there by now */
	fake_host_write(fixture->libvirt->host, "proc/100/maps", maps, -1);
	fixture->libvirt->monitor_refusal = g_error_new(MFL_ERROR, MFL_ERROR_LIBVIRT, "gone");
	if (fixture->backend == MFL_BACKEND_MEMFD) {
		/* which reaches what was unplugged, and nothing of QEMU's */
		assert_true(mfl_memory_write(fixture->memory, 5 * GIB, "danger", 7, &error));
		return;
	}
	assert_true(mfl_memory_write(fixture->memory, 0x1000, "still", 5, &error));
	assert_false(mfl_memory_write(fixture->memory, 5 * GIB, "danger", 7, &error));
	assert_mfl_error(error, MFL_ERROR_IO, "cannot access");
	fake_vm_peek(fixture->vm, 5 * GIB, buffer, 7);
	assert_memory_equal(buffer, "\0\0\0\0\0\0\0", 7);
}

/* libvirtd goes away while somebody reads, and comes back. */
static void test_without_libvirt(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	char buffer[8];

	fake_vm_poke(fixture->vm, MIB, "still", 6);
	fixture->libvirt->refusal =
		g_error_new(MFL_ERROR, MFL_ERROR_LIBVIRT, "cannot connect: no daemon");
	old_generation = mfl_memory_get_generation(memory);
	fake_vm_save_state(fixture->vm); /* as when it comes back, but it does not answer yet */
	assert_true(within_seconds(has_new_generation, fixture));
	assert_true(mfl_memory_read(memory, MIB, buffer, 6, &error));
	assert_string_equal(buffer, "still");
	/* what cannot be known to be true is an error */
	fake_host_write(fixture->libvirt->host, "proc/100/maps",
			"7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \n", -1);
	assert_false(mfl_memory_refresh(memory, &error));
	assert_mfl_error(error, MFL_ERROR_LIBVIRT, "QEMU");
}

/* libvirt has noticed its end, and written that down, before the process is quite gone. */
static void test_dying_asked(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char byte;

	fixture->libvirt->monitor_refusal =
		g_error_new(MFL_ERROR, MFL_ERROR_LIBVIRT, "domain is not running");
	old_generation = mfl_memory_get_generation(fixture->memory);
	fixture->vm->running = FALSE;
	fake_host_write(fixture->libvirt->host, "proc/100/maps", "", 0);
	fake_vm_save_state(fixture->vm);
	assert_true(within_seconds(has_new_generation, fixture));
	assert_false(mfl_memory_read(fixture->memory, MIB, &byte, 1, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_is_alive(fixture->memory));
}

/* Whoever looks for memory where there is none does not keep QEMU busy. */
static void test_questions(void **state)
{
	Fixture *fixture = *state;
	const guint before = fixture->libvirt->n_asked;
	MflSegment segments[100];
	char bytes[G_N_ELEMENTS(segments)];

	for (guint i = 0; i < G_N_ELEMENTS(segments); i++)
		segments[i] = (MflSegment){ 17 * MIB + i, &bytes[i], 1, 77 };
	for (guint i = 0; i < 100; i++)
		assert_int_equal(mfl_memory_readv(fixture->memory, segments,
						  G_N_ELEMENTS(segments)),
				 0);
	assert_in_range(fixture->libvirt->n_asked - before, 0, 2 * 4);
}

/* That libvirt writes its file because it was asked is no reason to ask it again. */
static void test_asked_once(void **state)
{
	Fixture *fixture = *state;
	const guint before = fixture->libvirt->n_asked;
	char byte;

	/* Some looks of the thread that watches; if it should come to none, so much the better. */
	for (guint i = 0; i < 10; i++) {
		g_usleep(100000);
		assert_true(mfl_memory_read(fixture->memory, MIB, &byte, 1, NULL));
	}
	assert_int_equal(fixture->libvirt->n_asked, before);
}

/* The layout changes while it is asked for. */
static void test_torn(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	fixture->libvirt->n_torn = 5;
	assert_true(mfl_memory_refresh(fixture->memory, &error));
	assert_int_equal(mfl_memory_get_end(fixture->memory), 4 * GIB + 16 * MIB);
	fixture->libvirt->n_torn = 1000;
	g_clear_pointer(&fixture->memory, mfl_memory_unref);
	fixture->memory = open_memory(fixture, MFL_OPEN_DEFAULT, &error);
	assert_null(fixture->memory);
	assert_mfl_error(error, MFL_ERROR_FAILED, "do not agree");
	fixture->libvirt->n_torn = 0;
	fixture->memory = open_memory(fixture, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
}

#define BOTH(name)                                                                          \
	{ #name " (procmem)", name, setup_procmem, teardown, NULL },                            \
	{ #name " (memfd)", name, setup_memfd, teardown, NULL }

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_facts),
		BOTH(test_read),
		BOTH(test_write),
		BOTH(test_lists),
		cmocka_unit_test_setup_teardown(test_batches, setup_procmem, teardown),
		BOTH(test_pointer),
		BOTH(test_readonly),
		BOTH(test_absent_page),
		BOTH(test_death),
		BOTH(test_other_with_its_pid),
		BOTH(test_other_written),
		BOTH(test_dying),
		BOTH(test_dying_written),
		BOTH(test_plugging),
		BOTH(test_dying_asked),
		BOTH(test_write_after_unplugging),
		BOTH(test_without_libvirt),
		cmocka_unit_test_setup_teardown(test_questions, setup_procmem, teardown),
		BOTH(test_asked_once),
		BOTH(test_torn),
	};

	return cmocka_run_group_tests_name("process-target", tests, NULL, NULL);
}
