/* SPDX-License-Identifier: MIT */
/* set_mem_map(): which addresses a host may ask for then, and where they lie. */
#include "fixture.h"

#include "test-helpers.h"

#define MIB FAKE_MIB
#define GIB FAKE_GIB

static const char *plugin;

static int setup(void **state)
{
	Fixture *fixture = fixture_new_pc(plugin);

	fixture->host->vms->poke(fixture->vm, 0x1000, "low page", 8);
	fixture->host->vms->poke(fixture->vm, 2 * MIB, "two mebi", 8);
	fixture->host->vms->poke(fixture->vm, 3 * MIB - 4, "end!", 4);
	fixture->host->vms->poke(fixture->vm, 4 * GIB, "high mem", 8);
	*state = fixture;
	return 0;
}

static void set_map_of(struct mf_connector *connector, const struct mf_mapping *map, gsize n)
{
	connector->physical_memory->set_mem_map(&connector->container,
						(struct mf_mapping_list){ map, n });
}

#define SET_MAP(connector, ...)                                                                    \
	set_map_of((connector), (const struct mf_mapping[]){ __VA_ARGS__ },                        \
		   G_N_ELEMENTS(((const struct mf_mapping[]){ __VA_ARGS__ })))

static void assert_reads(struct mf_connector *connector, guint64 address, const char *text)
{
	char buffer[64] = "";

	assert_int_equal(host_read(connector, address, buffer, strlen(text)), 0);
	assert_string_equal(buffer, text);
}

static void assert_unreadable(struct mf_connector *connector, guint64 address)
{
	char byte;

	assert_int_equal(host_read(connector, address, &byte, 1),
			 CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE));
	assert_int_equal(host_write(connector, address, "x", 1),
			 CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE));
}

static void assert_metadata(struct mf_connector *connector, guint64 max_address, guint64 size)
{
	const struct mf_phys_metadata metadata =
		connector->physical_memory->metadata(&connector->container);

	assert_int_equal(metadata.max_address, max_address);
	assert_int_equal(metadata.real_size, size);
}

static void test_identity(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;

	SET_MAP(connector, { 0, 0xa0000, 0 }, { 2 * MIB, MIB, 2 * MIB });
	assert_reads(connector, 0x1000, "low page");
	assert_reads(connector, 2 * MIB, "two mebi");
	assert_reads(connector, 3 * MIB - 4, "end!");
	assert_unreadable(connector, 0xa0000);
	assert_unreadable(connector, 2 * MIB - 1);
	assert_unreadable(connector, 3 * MIB);
	assert_unreadable(connector, 4 * GIB);
	assert_unreadable(connector, UINT64_MAX);
	assert_metadata(connector, 3 * MIB - 1, 0xa0000 + MIB);
	host_assert_no_record(fixture->host);
}

static void test_remap(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	char found[8];

	/* in no order; the same memory twice; more than there is */
	SET_MAP(connector, { 16 * GIB, GIB, 4 * GIB }, { 0x5000, 0x1000, 2 * MIB },
		{ 0x4000, 0x1000, 0x1000 }, { 0x10000, 0, 0 }, { 0x6000, 0x1000, 2 * MIB });
	assert_reads(connector, 0x4000, "low page");
	assert_reads(connector, 0x5000, "two mebi");
	assert_reads(connector, 0x6000, "two mebi");
	assert_reads(connector, 16 * GIB, "high mem");
	assert_unreadable(connector, 0x1000);
	assert_unreadable(connector, 0x7000);
	assert_unreadable(connector, 0x10000);
	assert_unreadable(connector, 16 * GIB + 16 * MIB); /* a hole of the guest */
	assert_metadata(connector, 17 * GIB - 1, GIB + 0x3000);

	assert_int_equal(host_write(connector, 0x5ffe, "over", 4), 0);
	fixture->host->vms->peek(fixture->vm, 2 * MIB + 0xffe, found, 2);
	assert_memory_equal(found, "ov", 2);
	fixture->host->vms->peek(fixture->vm, 2 * MIB, found, 2);
	assert_memory_equal(found, "er", 2);
	host_assert_no_record(fixture->host);
}

/* Every way obeys it, part by part. */
static void test_parts(void **state)
{
	Fixture *fixture = *state;
	guint8 buffer[0x3000];
	const Request request = { 0x0f00, 0x7000, buffer, sizeof(buffer) };

	SET_MAP(&fixture->connector, { 0x1000, 0x1000, 2 * MIB }, { 0x2000, 0x800, 0x9fc00 });
	for (Way way = 0; way < N_WAYS; way++) {
		const guint64 mark = way == WAY_VIEW_ITER ? 0x0f00 : 0x7000;
		g_auto(Listener) listener = { .parts = g_array_new(FALSE, FALSE, sizeof(Part)) };
		static const struct {
			gsize offset;
			gsize length;
			gboolean done;
		} expected[] = {
			{ 0, 0x100, FALSE },	   { 0x100, 0x1000, TRUE }, { 0x1100, 0x400, TRUE },
			{ 0x1500, 0x400, FALSE }, /* a hole of the guest */
			{ 0x1900, 0x1700, FALSE },
		};

		memset(buffer, 0x55, sizeof(buffer));
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, &request, 1, &listener), 0);
		assert_memory_equal(buffer + 0x100, "two mebi", 8);
		assert_int_equal(listener.parts->len, G_N_ELEMENTS(expected));
		for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
			const Part *part = &g_array_index(listener.parts, Part, i);

			assert_int_equal(part->done, expected[i].done);
			assert_int_equal(part->mark, mark + expected[i].offset);
			assert_int_equal(part->length, expected[i].length);
			assert_ptr_equal(part->data, buffer + expected[i].offset);
		}
	}
}

static void test_lifted(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;

	SET_MAP(connector, { 0, 0x1000, 0 });
	assert_unreadable(connector, 2 * MIB);
	set_map_of(connector, NULL, 0);
	assert_reads(connector, 2 * MIB, "two mebi");
	assert_metadata(connector, FAKE_PC_END - 1, FAKE_PC_RAM);
	SET_MAP(connector, { 0, 0x1000, 0 });
	SET_MAP(connector, { 0, 0, 0 }, { 0x1000, 0, UINT64_MAX });
	assert_reads(connector, 2 * MIB, "two mebi");
	host_assert_no_record(fixture->host);
}

/* What makes no sense changes nothing, and is told. */
static void test_refused(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	const struct mf_mapping bad[][3] = {
		{ { 0, 0x2000, 0 }, { 0x1000, 0x1000, 0x9000 }, { 0 } },
		{ { 0x1000, 1, 0 }, { 0x1000, 1, 0 }, { 0 } },
		{ { 0x1000, 0x1000, 0 }, { 0, UINT64_MAX, 0 }, { 0 } },
		{ { 0x1000, 1, 0 }, { UINT64_MAX, 2, 0 }, { 0 } },
		{ { 0x1000, 1, 0 }, { 0x2000, 2, UINT64_MAX }, { 0 } },
		{ { UINT64_MAX, UINT64_MAX, 0 }, { 0 }, { 0 } },
		{ { 0, UINT64_MAX, UINT64_MAX }, { 0 }, { 0 } },
	};

	for (guint round = 0; round < 2; round++) {
		for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
			set_map_of(connector, bad[i], 3);
			host_assert_record(fixture->host, MF_LOG_ERROR, "map");
			assert_reads(connector, 2 * MIB, "two mebi");
			if (round)
				assert_unreadable(connector, 0x1000);
			else
				assert_reads(connector, 0x1000, "low page");
		}
		SET_MAP(connector, { 2 * MIB, MIB, 2 * MIB });
	}
}

/* Up to the last address, and from there nowhere. */
static void test_end_of_addresses(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	guint8 buffer[64];
	const Request request = { UINT64_MAX - 8, 1, buffer, sizeof(buffer) };
	Listener both = { 0 };

	SET_MAP(connector, { UINT64_MAX - 8, 8, 2 * MIB }, { 0, 0x1000, 0x1000 });
	assert_reads(connector, UINT64_MAX - 8, "two mebi");
	assert_unreadable(connector, UINT64_MAX);
	assert_metadata(connector, UINT64_MAX - 1, 0x1008);
	assert_int_equal(host_transfer(connector, WAY_PHYSICAL, FALSE, &request, 1, &both), 0);
	assert_int_equal(both.bytes_done, 8);
	assert_int_equal(both.bytes_failed, 56);
	/* what the map shows there is none */
	SET_MAP(connector, { 0, 8, UINT64_MAX - 8 });
	assert_unreadable(connector, 7);
	host_assert_no_record(fixture->host);
}

/* Whoever was cloned before or after keeps what he had. */
static void test_clones(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_connector before = connector_clone(connector);
	struct mf_connector after;
	struct mf_view view;
	char byte;

	SET_MAP(connector, { 0, 0x1000, 2 * MIB });
	after = connector_clone(connector);
	assert_reads(&before, 0x1000, "low page");
	assert_reads(&after, 0, "two mebi");
	SET_MAP(&after, { 0, 0x1000, 0x1000 });
	assert_reads(connector, 0, "two mebi");
	assert_reads(&after, 0, "low page");
	set_map_of(connector, NULL, 0);
	assert_reads(connector, 2 * MIB, "two mebi");
	assert_reads(&after, 0, "low page");
	assert_unreadable(&after, 0x1000);
	/* a view is of the instance */
	view = after.physical_memory->phys_view(&after.container);
	assert_int_equal(view.vtbl->metadata(&view.container).max_address, 0xfff);
	assert_int_equal(view.vtbl->read_raw_into(&view.container, 0x1000,
						  (struct mf_slice_mut){ (uint8_t *)&byte, 1 }),
			 MF_PARTIAL_READ);
	container_drop(&view.container);
	connector_drop(&before);
	connector_drop(&after);
}

/* An empty request asks for nothing, wherever it is. */
static void test_nothing(void **state)
{
	Fixture *fixture = *state;
	static const guint64 places[] = { 0, 0x1000, 2 * MIB, UINT64_MAX };

	SET_MAP(&fixture->connector, { 0, 0x1000, 0 });
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		assert_int_equal(host_read(&fixture->connector, places[i], NULL, 0), 0);
		assert_int_equal(host_write(&fixture->connector, places[i], NULL, 0), 0);
	}
}

/* As many as there are pages, which nothing may take forever for. */
static void test_many(void **state)
{
	Fixture *fixture = *state;
	const gsize n = 200000;
	g_autofree struct mf_mapping *map = g_new(struct mf_mapping, n);
	struct mf_connector clone;

	/* backwards */
	for (gsize i = 0; i < n; i++)
		map[i] = (struct mf_mapping){ (n - i) * 0x2000, 0x1000, 2 * MIB };
	set_map_of(&fixture->connector, map, n);
	clone = connector_clone(&fixture->connector);
	for (gsize i = 1; i <= n; i += 997) {
		assert_reads(&clone, i * 0x2000, "two mebi");
		assert_unreadable(&clone, i * 0x2000 + 0x1000);
	}
	assert_metadata(&clone, n * 0x2000 + 0xfff, n * 0x1000);
	connector_drop(&clone);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_identity), TEST(test_remap),	 TEST(test_parts),
		TEST(test_lifted),   TEST(test_refused), TEST(test_end_of_addresses),
		TEST(test_clones),   TEST(test_nothing), TEST(test_many),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	return cmocka_run_group_tests_name("connector-memory-map", tests, NULL, NULL);
}
