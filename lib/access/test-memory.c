/* SPDX-License-Identifier: MIT */
/* Reading and writing, holes and ROM, plugging, death and coming back. */
#include "memory.h"

#include "fakelibvirt.h"
#include "test-helpers.h"

#include <errno.h>

#define MIB (1ULL << 20)
#define GIB (1ULL << 30)

/* As a small PC's: RAM, a hole for devices, ROM, RAM, a hole, ROM, RAM above 4 GiB. */
static const struct memflow_memslot pc[] = {
	{ .gpa = 0, .length = 0xa0000 },
	{ .gpa = 0xc0000, .length = 0x20000, .flags = MEMFLOW_READONLY },
	{ .gpa = 0xe0000, .length = 0x20000 },
	{ .gpa = MIB, .length = 15 * MIB },
	{ .gpa = 4 * GIB - MIB, .length = MIB, .flags = MEMFLOW_READONLY },
	{ .gpa = 4 * GIB, .length = 16 * MIB },
};

typedef struct {
	FakeLibvirt *libvirt;
	FakeVm *vm;
	MflMemory *memory;
} Fixture;

static int setup(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);
	g_autoptr(GError) error = NULL;

	fixture->libvirt = fake_libvirt_new();
	fixture->vm = fake_vm_start(fixture->libvirt->host, "win10", FAKE_UUID_A, 100);
	fake_vm_set_slots(fixture->vm, pc, G_N_ELEMENTS(pc));
	fake_vm_publish(fixture->vm, FALSE);
	fixture->memory = mfl_memory_open_in(&fixture->libvirt->context, "win10", NULL, MFL_KEY_ANY,
					     MFL_BACKEND_AUTO, MFL_OPEN_READ_WRITE, &error);
	g_assert_no_error(error);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	Fixture *fixture = *state;

	mfl_memory_unref(fixture->memory);
	fake_libvirt_free(fixture->libvirt);
	g_free(fixture);
	return 0;
}

static void test_facts(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	static const MflRange expected[] = {
		{ 0, 0xa0000, FALSE },
		{ 0xc0000, 0x20000, TRUE },
		{ 0xe0000, 0x20000 + 15 * MIB, FALSE }, /* two slots in a row are one range */
		{ 4 * GIB - MIB, MIB, TRUE },
		{ 4 * GIB, 16 * MIB, FALSE },
	};

	assert_int_equal(ranges->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		assert_int_equal(range->gpa, expected[i].gpa);
		assert_int_equal(range->length, expected[i].length);
		assert_int_equal(range->readonly, expected[i].readonly);
	}
	assert_int_equal(mfl_memory_get_end(memory), 4 * GIB + 16 * MIB);
	assert_int_equal(mfl_memory_get_ram_size(memory), 0xa0000 + 0x20000 + 31 * MIB);
	assert_int_equal(mfl_memory_get_backend(memory), MFL_BACKEND_NODE);
	assert_true(mfl_memory_is_alive(memory));
	assert_false(mfl_memory_is_readonly(memory));
	assert_string_equal(mfl_version(), MFL_VERSION);
}

static void test_find_range(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	guint before = fixture->libvirt->host->n_ioctls;
	guint64 gpa = 0;
	MflRange range;

	/* Walking finds what the list says. */
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *expected = &g_array_index(ranges, MflRange, i);

		assert_true(mfl_memory_find_range(memory, gpa, &range));
		assert_int_equal(range.gpa, expected->gpa);
		assert_int_equal(range.length, expected->length);
		assert_int_equal(range.readonly, expected->readonly);
		gpa = range.gpa + range.length;
		assert_true(mfl_memory_find_range(memory, gpa - 1, &range));
		assert_int_equal(range.gpa, expected->gpa);
	}
	assert_false(mfl_memory_find_range(memory, gpa, &range));
	assert_false(mfl_memory_find_range(memory, G_MAXUINT64, &range));
	assert_true(mfl_memory_find_range(memory, 0xb0000, &range)); /* a hole */
	assert_int_equal(range.gpa, 0xc0000);
	assert_true(range.readonly);
	assert_int_equal(fixture->libvirt->host->n_ioctls, before);
}

static void test_open_by(void **state)
{
	Fixture *fixture = *state;
	const MflContext *context = &fixture->libvirt->context;
	g_autoptr(MflMemory) by_name = NULL;
	g_autoptr(MflMemory) by_uuid = NULL;
	g_autoptr(GError) error = NULL;

	by_uuid = mfl_memory_open_in(context, FAKE_UUID_A, NULL, MFL_KEY_UUID, MFL_BACKEND_AUTO,
				     MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_non_null(by_uuid);
	by_name = mfl_memory_open_in(context, FAKE_UUID_A, NULL, MFL_KEY_NAME, MFL_BACKEND_AUTO,
				     MFL_OPEN_DEFAULT, &error);
	assert_null(by_name);
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, FAKE_UUID_A);
}

static void test_read(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char buffer[64];
	guint before;

	fake_vm_poke(fixture->vm, 0x1000, "hello", 6);
	fake_vm_poke(fixture->vm, MIB - 3, "across", 7);
	fake_vm_poke(fixture->vm, 4 * GIB - 5, "edges", 5);
	fake_vm_poke(fixture->vm, 4 * GIB, " of all", 8);
	before = fixture->libvirt->host->n_ioctls;
	assert_true(mfl_memory_read(fixture->memory, 0x1000, buffer, 6, &error));
	assert_string_equal(buffer, "hello");
	assert_true(mfl_memory_read(fixture->memory, MIB - 3, buffer, 7, &error));
	assert_string_equal(buffer, "across");
	/* one read, two ranges */
	assert_true(mfl_memory_read(fixture->memory, 4 * GIB - 5, buffer, 13, &error));
	assert_string_equal(buffer, "edges of all");
	assert_int_equal(fixture->libvirt->host->n_ioctls, before);
}

static void test_ranges(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autofree char *buffer = g_malloc0(32 * MIB);
	static const struct {
		guint64 gpa;
		guint64 length;
		gboolean fits;
	} accesses[] = {
		{ 0, 0xa0000, TRUE },
		{ 0, 0xa0001, FALSE },
		{ 0x9ffff, 1, TRUE },
		{ 0x9ffff, 2, FALSE },
		{ 0xa0000, 1, FALSE },
		{ 0xbffff, 2, FALSE },
		{ 0xc0000, 0x40000 + 15 * MIB, TRUE },
		{ 16 * MIB - 1, 2, FALSE },
		{ 4 * GIB + 16 * MIB - 1, 1, TRUE },
		{ 4 * GIB + 16 * MIB - 1, 2, FALSE },
		{ 4 * GIB + 16 * MIB, 1, FALSE },
		{ G_MAXUINT64, 1, FALSE },
		{ G_MAXUINT64, 2, FALSE },
		{ 0, G_MAXSIZE, FALSE },
		{ 0x1000, G_MAXSIZE, FALSE },
		{ MEMFLOW_STATUS_OFFSET, 8, FALSE },
		/* nothing is everywhere */
		{ 0xa0000, 0, TRUE },
		{ G_MAXUINT64, 0, TRUE },
	};

	for (guint i = 0; i < G_N_ELEMENTS(accesses); i++) {
		g_autoptr(GError) error = NULL;
		gboolean done = mfl_memory_read(memory, accesses[i].gpa, buffer, accesses[i].length,
						&error);

		assert_int_equal(done, accesses[i].fits);
		if (!done)
			assert_mfl_error(error, MFL_ERROR_RANGE, "there is no guest memory");
	}
	assert_true(mfl_memory_read(memory, 0, NULL, 0, NULL));
}

/* Every length at every end that a range has. */
static void test_lengths(void **state)
{
	Fixture *fixture = *state;
	guint8 expected[80], buffer[80];

	for (guint i = 0; i < sizeof(expected); i++)
		expected[i] = (guint8)(i + 1);
	fake_vm_poke(fixture->vm, 4 * GIB, expected, sizeof(expected));
	fake_vm_poke(fixture->vm, 16 * MIB - sizeof(expected), expected, sizeof(expected));
	for (gsize length = 1; length < 70; length++) {
		const guint64 places[] = { 4 * GIB, 4 * GIB + 3, 16 * MIB - length };
		const gsize offsets[] = { 0, 3, sizeof(expected) - length };

		for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
			memset(buffer, 0xee, sizeof(buffer));
			assert_true(
				mfl_memory_read(fixture->memory, places[i], buffer, length, NULL));
			assert_memory_equal(buffer, expected + offsets[i], length);
			for (gsize after = length; after < sizeof(buffer); after++)
				assert_int_equal(buffer[after], 0xee);
		}
	}
}

/* More than are read at once, with all that a segment can meet among them. */
static void test_long_list(void **state)
{
	Fixture *fixture = *state;
	enum { N = 300 };
	static const struct {
		guint64 gpa;
		gsize length;
		int status;
	} kinds[] = {
		{ 0x1000, 8, 0 },
		{ 2 * MIB, 8, 0 },
		{ 0xb0000, 8, MFL_ERROR_RANGE },
		{ 4 * GIB - 4, 8, 0 }, /* in two ranges */
		{ 4 * GIB + 0x1000, 8, 0 },
		{ 16 * MIB - 4, 8, MFL_ERROR_RANGE },
		{ 0xb0000, 0, 0 },
	};
	g_autofree MflSegment *segments = g_new(MflSegment, N);
	g_autofree guint64 *values = g_new0(guint64, N);
	gsize n_right = 0;

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].length && !kinds[i].status) {
			guint64 value = 0x1234567887654321 * (i + 1);

			fake_vm_poke(fixture->vm, kinds[i].gpa, &value, 8);
		}
	for (guint i = 0; i < N; i++) {
		/* The first list of all is in one range. */
		guint kind = i < 100 ? 1 : i % G_N_ELEMENTS(kinds);

		segments[i] = (MflSegment){ kinds[kind].gpa, &values[i], kinds[kind].length, 77 };
		n_right += kinds[kind].status == 0;
	}
	assert_int_equal(mfl_memory_readv(fixture->memory, segments, N), n_right);
	for (guint i = 0; i < N; i++) {
		guint kind = i < 100 ? 1 : i % G_N_ELEMENTS(kinds);

		assert_int_equal(segments[i].status, kinds[kind].status);
		if (kinds[kind].length && !kinds[kind].status)
			assert_true(values[i] == 0x1234567887654321 * (kind + 1));
	}
	assert_int_equal(mfl_memory_readv(fixture->memory, NULL, 0), 0);

	/* Nothing of a dead one counts, wherever it stands in the list. */
	fake_vm_stop(fixture->vm);
	for (guint i = 0; i < N; i++)
		segments[i].status = 77;
	n_right = mfl_memory_readv(fixture->memory, segments, N);
	for (guint i = 0; i < N; i++)
		assert_int_equal(segments[i].status, segments[i].length ? MFL_ERROR_GONE : 0);
	assert_int_equal(n_right, (N - 100) / G_N_ELEMENTS(kinds));
}

static void test_write(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	static const guint64 places[] = { 0x1000, MIB - 2, MIB, 4 * GIB + 1, 16 * MIB - 4 };
	char buffer[8];

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		assert_true(mfl_memory_write(memory, places[i], "abcd", 4, &error));
		fake_vm_peek(fixture->vm, places[i], buffer, 4);
		assert_memory_equal(buffer, "abcd", 4);
	}
	/* all or nothing: neither ROM nor a hole after RAM */
	assert_false(mfl_memory_write(memory, 0xc0000, "abcd", 4, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "0xc0000+0x4");
	assert_false(mfl_memory_write(memory, 4 * GIB - 4, "abcdefgh", 8, &error));
	assert_mfl_error(error, MFL_ERROR_READONLY, "cannot be written");
	assert_false(mfl_memory_write(memory, 16 * MIB - 2, "xyz!", 4, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "no guest memory");
	fake_vm_peek(fixture->vm, 16 * MIB - 4, buffer, 8);
	assert_memory_equal(buffer, "abcd\0\0\0\0", 8);
	fake_vm_peek(fixture->vm, 4 * GIB - 4, buffer, 4);
	assert_memory_equal(buffer, "\0\0\0\0", 4);
	assert_true(mfl_memory_write(memory, 0xc0000, NULL, 0, &error));
}

static void test_scatter(void **state)
{
	Fixture *fixture = *state;
	char a[4] = "", b[4] = "", c[4] = "";
	MflSegment segments[] = {
		{ .gpa = 2 * MIB, .buffer = a, .length = 4, .status = 77 },
		{ .gpa = 0xb0000, .buffer = b, .length = 4, .status = 77 },
		{ .gpa = 0xc0000, .buffer = c, .length = 4, .status = 77 },
	};

	fake_vm_poke(fixture->vm, 2 * MIB, "one", 4);
	fake_vm_poke(fixture->vm, 0xc0000, "rom", 4);
	assert_int_equal(mfl_memory_readv(fixture->memory, segments, 3), 2);
	assert_int_equal(segments[0].status, 0);
	assert_int_equal(segments[1].status, MFL_ERROR_RANGE);
	assert_int_equal(segments[2].status, 0);
	assert_string_equal(a, "one");
	assert_string_equal(c, "rom");
	memcpy(a, "two", 4);
	assert_int_equal(mfl_memory_writev(fixture->memory, segments, 3), 1);
	assert_int_equal(segments[0].status, 0);
	assert_int_equal(segments[1].status, MFL_ERROR_RANGE);
	assert_int_equal(segments[2].status, MFL_ERROR_READONLY);
	fake_vm_peek(fixture->vm, 2 * MIB, b, 4);
	assert_string_equal(b, "two");
	assert_int_equal(mfl_memory_readv(fixture->memory, NULL, 0), 0);
}

static void test_pointer(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	char *pointer = mfl_memory_get_pointer(fixture->memory, 4 * GIB, 16 * MIB, &error);
	char buffer[5];

	assert_no_error(error);
	fake_vm_poke(fixture->vm, 4 * GIB + MIB, "here", 5);
	assert_string_equal(pointer + MIB, "here");
	memcpy(pointer, "back", 5);
	fake_vm_peek(fixture->vm, 4 * GIB, buffer, 5);
	assert_string_equal(buffer, "back");
	assert_null(mfl_memory_get_pointer(fixture->memory, 0, 0xa0001, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0x0+0xa0001");
	assert_null(mfl_memory_get_pointer(fixture->memory, 0xa0000, 1, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0xa0000");
	assert_null(mfl_memory_get_pointer(fixture->memory, 4 * GIB + 16 * MIB, 0, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0x101000000");
	assert_null(mfl_memory_get_pointer(fixture->memory, 0x1000, G_MAXSIZE, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0x1000");
	/* congruent modulo 2 MiB, or huge pages could not be mapped */
	assert_int_equal((guintptr)pointer % (2 * MIB), 0);
}

/* Memory is plugged, ROM becomes RAM, memory is unplugged: all without being told. */
static void test_layout_change(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	const guint64 before = mfl_memory_get_generation(memory);
	struct memflow_memslot slots[G_N_ELEMENTS(pc) + 2];
	char buffer[4];

	assert_false(mfl_memory_read(memory, 8 * GIB, buffer, 4, NULL));
	memcpy(slots, pc, sizeof(pc));
	slots[1].flags = 0;
	slots[G_N_ELEMENTS(pc)] = (struct memflow_memslot){ .gpa = 8 * GIB, .length = GIB };
	/* too far up for the mapping of all below it */
	slots[G_N_ELEMENTS(pc) + 1] = (struct memflow_memslot){ .gpa = 2048 * GIB, .length = MIB };
	fake_vm_set_slots(fixture->vm, slots, G_N_ELEMENTS(slots));
	fake_vm_poke(fixture->vm, 8 * GIB, "new", 4);
	assert_true(mfl_memory_read(memory, 8 * GIB, buffer, 4, &error));
	assert_string_equal(buffer, "new");
	assert_int_not_equal(mfl_memory_get_generation(memory), before);
	assert_true(mfl_memory_write(memory, 2048 * GIB + 5, "far", 4, &error));
	fake_vm_peek(fixture->vm, 2048 * GIB + 5, buffer, 4);
	assert_string_equal(buffer, "far");
	assert_true(mfl_memory_write(memory, 0xc0000, "ram", 4, &error));
	assert_int_equal(mfl_memory_get_end(memory), 2048 * GIB + MIB);

	fake_vm_set_slots(fixture->vm, pc, 1);
	assert_false(mfl_memory_write(memory, 8 * GIB, "x", 1, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0x200000000");
	assert_int_equal(mfl_memory_get_end(memory), 0xa0000);
	assert_true(mfl_memory_refresh(memory, &error));
	fake_vm_set_slots(fixture->vm, NULL, 0);
	assert_int_equal(mfl_memory_get_end(memory), 0);
	assert_false(mfl_memory_read(memory, 0, buffer, 1, &error));
	assert_mfl_error(error, MFL_ERROR_RANGE, "0x0+0x1");
}

/* A domain that changes its layout again and again takes no memory for it. */
static void test_many_layouts(void **state)
{
	Fixture *fixture = *state;
	const guint max = 2000;
	g_autofree struct memflow_memslot *slots = g_new0(struct memflow_memslot, max);
	char byte;

	for (guint i = 0; i < max; i++) {
		slots[i].gpa = i * 0x2000ULL;
		slots[i].length = 0x1000;
	}
	for (guint i = 0; i < 5000; i++) {
		fake_vm_set_slots(fixture->vm, slots, 1 + i % max);
		assert_true(mfl_memory_read(fixture->memory, 0, &byte, 1, NULL));
	}
	/* 16, 32, … 1024 made room for 2048 */
	assert_int_equal(fixture->memory->layout.outgrown->len, 7);
	assert_true(fixture->memory->pool.reservations->len <= 3);
}

/* More places than are mapped: those are read through the module. */
static void test_unmapped(void **state)
{
	Fixture *fixture = *state;
	struct memflow_memslot slots[100] = { 0 };
	g_autoptr(GError) error = NULL;
	char buffer[4];

	for (guint i = 0; i < G_N_ELEMENTS(slots); i++) {
		slots[i].gpa = (1024 + 4ULL * i) * GIB;
		slots[i].length = 0x1000;
	}
	fake_vm_set_slots(fixture->vm, slots, G_N_ELEMENTS(slots));
	for (guint i = 0; i < G_N_ELEMENTS(slots); i++) {
		assert_true(mfl_memory_write(fixture->memory, slots[i].gpa, &i, 4, &error));
		assert_true(mfl_memory_read(fixture->memory, slots[i].gpa, buffer, 4, &error));
		assert_memory_equal(buffer, &i, 4);
	}
	assert_null(mfl_memory_get_pointer(fixture->memory, slots[99].gpa, 1, &error));
	assert_mfl_error(error, MFL_ERROR_UNSUPPORTED, "read it instead");
}

static void test_no_mapping(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	fixture->libvirt->host->mmap_errno = ENOMEM;
	assert_null(mfl_memory_open_in(&fixture->libvirt->context, "win10", NULL, MFL_KEY_ANY,
				       MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error));
	assert_mfl_error(error, MFL_ERROR_IO, "status page");
}

static void test_death(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	char *pointer = mfl_memory_get_pointer(memory, 4 * GIB, 8, &error);
	MflSegment segment = { .gpa = 0x1000, .buffer = &(guint64){ 0 }, .length = 8 };

	memcpy(pointer, "alive", 6);
	fake_vm_stop(fixture->vm);
	assert_false(mfl_memory_is_alive(memory));
	assert_int_equal(*pointer, 0);
	assert_false(mfl_memory_read(memory, 0x1000, segment.buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "domain \"win10\" has stopped");
	assert_false(mfl_memory_write(memory, 2 * MIB, segment.buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_write(memory, 0x1000, segment.buffer, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_int_equal(mfl_memory_readv(memory, &segment, 1), 0);
	assert_int_equal(segment.status, MFL_ERROR_GONE);
	assert_null(mfl_memory_get_pointer(memory, 0x1000, 8, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	assert_false(mfl_memory_refresh(memory, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");
	/* what it was can still be asked */
	assert_int_equal(mfl_memory_get_end(memory), 4 * GIB + 16 * MIB);
	assert_false(mfl_memory_reattach(memory, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, "cannot find domain \"win10\"");
}

/* How many mappings of VMs this process has. */
static guint count_mappings(void)
{
	g_autofree char *maps = NULL;
	guint n = 0;

	g_assert_true(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));
	for (const char *at = maps; (at = strstr(at, "memfd:fake-vm")); at++)
		n++;
	return n;
}

static void test_reattach(void **state)
{
	Fixture *fixture = *state;
	MflMemory *memory = fixture->memory;
	g_autoptr(GError) error = NULL;
	const guint64 first = mfl_memory_get_generation(memory);
	char *pointer = mfl_memory_get_pointer(memory, 4 * GIB, 8, &error);
	g_autoptr(MflDomain) domain = NULL;
	char buffer[8];
	FakeVm *vm;

	assert_true(mfl_memory_reattach(memory, &error));
	assert_int_equal(mfl_memory_get_generation(memory), first);
	fake_vm_stop(fixture->vm);
	vm = fake_vm_start(fixture->libvirt->host, "win10", FAKE_UUID_A, 200);
	fake_vm_set_slots(vm, pc, G_N_ELEMENTS(pc));
	fake_vm_publish(vm, FALSE);
	fake_vm_poke(vm, 4 * GIB, "second", 7);
	/* not by itself: who holds pointers decides when */
	assert_false(mfl_memory_read(memory, 4 * GIB, buffer, 7, NULL));
	assert_true(mfl_memory_reattach(memory, &error));
	assert_no_error(error);
	assert_true(mfl_memory_is_alive(memory));
	assert_true(mfl_memory_read(memory, 4 * GIB, buffer, 7, &error));
	assert_string_equal(buffer, "second");
	assert_int_not_equal(mfl_memory_get_generation(memory), first);
	/* nothing of the old VM is held */
	assert_int_equal(count_mappings(), 1);
	domain = mfl_memory_dup_domain(memory);
	assert_int_equal(mfl_domain_get_pid(domain), 200);

	/* a late use of the old pointer reaches nobody's memory */
	assert_int_equal(*pointer, 0);
	memcpy(pointer, "late", 5);
	assert_true(mfl_memory_read(memory, 4 * GIB, buffer, 7, &error));
	assert_string_equal(buffer, "second");
}

static void test_reattach_identity(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) by_uuid =
		mfl_memory_open_in(&fixture->libvirt->context, FAKE_UUID_A, NULL, MFL_KEY_ANY,
				   MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	char byte;

	/* The name is another domain's now, whose name is the UUID of the old one. */
	fake_vm_stop(fixture->vm);
	fake_vm_publish(fake_vm_start(fixture->libvirt->host, FAKE_UUID_A, FAKE_UUID_B, 200),
			FALSE);
	assert_false(mfl_memory_reattach(by_uuid, &error));
	assert_mfl_error(error, MFL_ERROR_NOT_FOUND, FAKE_UUID_A);
	assert_false(mfl_memory_read(by_uuid, 0, &byte, 1, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "has stopped");

	/* By name is by name, also if it was defined anew. */
	fake_vm_publish(fake_vm_start(fixture->libvirt->host, "win10", FAKE_UUID_B, 300), FALSE);
	assert_true(mfl_memory_reattach(fixture->memory, &error));
	assert_no_error(error);
}

/* A domain that is restarted all night. */
static void test_many_reattachments(void **state)
{
	Fixture *fixture = *state;
	FakeVm *vm = fixture->vm;
	g_autoptr(GError) error = NULL;
	char byte;

	for (guint i = 0; i < 100; i++) {
		fake_vm_stop(vm);
		vm = fake_vm_start(fixture->libvirt->host, "win10", FAKE_UUID_A, 1000 + (pid_t)i);
		fake_vm_publish(vm, FALSE);
		fake_vm_poke(vm, 0x1000, "!", 1);
		assert_true(mfl_memory_reattach(fixture->memory, &error));
		assert_true(mfl_memory_read(fixture->memory, 0x1000, &byte, 1, &error));
		assert_int_equal(byte, '!');
		fake_host_forget_stopped(fixture->libvirt->host);
	}
	/* Some reservations wait for their turn, and then get it. */
	assert_true(fixture->memory->pool.reservations->len < 80);
}

/* Two domains at once; one dies, the other does not notice. */
static void test_two(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflMemory) other = NULL;
	FakeVm *vm = fake_vm_start(fixture->libvirt->host, "debian", FAKE_UUID_B, 200);
	char buffer[4];

	fake_vm_publish(vm, FALSE);
	fake_vm_poke(vm, 0x1000, "deb", 4);
	fake_vm_poke(fixture->vm, 0x1000, "win", 4);
	other = mfl_memory_open_in(&fixture->libvirt->context, "debian", NULL, MFL_KEY_ANY,
				   MFL_BACKEND_AUTO, MFL_OPEN_DEFAULT, &error);
	assert_no_error(error);
	assert_true(mfl_memory_read(other, 0x1000, buffer, 4, &error));
	assert_string_equal(buffer, "deb");
	fake_vm_stop(fixture->vm);
	assert_false(mfl_memory_read(fixture->memory, 0x1000, buffer, 4, NULL));
	assert_true(mfl_memory_read(other, 0x1000, buffer, 4, &error));
	assert_string_equal(buffer, "deb");
	assert_true(mfl_memory_is_alive(other));
}

static void test_revoked(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(fixture->memory);
	char byte;

	assert_true(mfl_domain_unpublish(domain, FALSE, &error));
	assert_true(mfl_memory_read(fixture->memory, 0, &byte, 1, &error));
	fake_vm_publish(fixture->vm, FALSE);
	assert_true(mfl_domain_unpublish(domain, TRUE, &error));
	assert_false(mfl_memory_read(fixture->memory, 0, &byte, 1, &error));
	assert_mfl_error(error, MFL_ERROR_GONE, "revoked");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_facts),
		TEST(test_find_range),
		TEST(test_open_by),
		TEST(test_read),
		TEST(test_ranges),
		TEST(test_write),
		TEST(test_scatter),
		TEST(test_lengths),
		TEST(test_long_list),
		TEST(test_pointer),
		TEST(test_layout_change),
		TEST(test_many_layouts),
		TEST(test_unmapped),
		TEST(test_no_mapping),
		TEST(test_death),
		TEST(test_reattach),
		TEST(test_reattach_identity),
		TEST(test_many_reattachments),
		TEST(test_two),
		TEST(test_revoked),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
