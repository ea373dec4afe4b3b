/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing by every way that takes a list of requests, and who is told of which
 * part when there are holes and ROM in them.
 */
#include "fixture.h"

#include "test-helpers.h"

#define MIB FAKE_MIB
#define GIB FAKE_GIB

static const char *plugin;

static int setup(void **state)
{
	*state = fixture_new_pc(plugin);
	return 0;
}

static void listen_to(Listener *listener)
{
	listener->parts = g_array_new(FALSE, FALSE, sizeof(Part));
}

static void assert_part(const Listener *listener, guint index, gboolean done, guint64 mark,
			const guint8 *data, gsize length)
{
	const Part *part = &g_array_index(listener->parts, Part, index);

	assert_true(index < listener->parts->len);
	assert_int_equal(part->done, done);
	assert_int_equal(part->mark, mark);
	assert_ptr_equal(part->data, data);
	assert_int_equal(part->length, length);
}

/* The marks of @way: those of the request, or its address. */
static guint64 mark_of(Way way, const Request *request, gsize offset)
{
	return (way == WAY_VIEW_ITER ? request->gpa : request->mark) + offset;
}

static void test_metadata(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_phys_metadata physical =
		connector->physical_memory->metadata(&connector->container);
	struct mf_view view = connector->physical_memory->phys_view(&connector->container);
	const struct mf_view_metadata seen = view.vtbl->metadata(&view.container);

	assert_int_equal(physical.max_address, FAKE_PC_END - 1);
	assert_int_equal(physical.real_size, FAKE_PC_RAM);
	assert_false(physical.readonly);
	assert_true(physical.ideal_batch_size > 0);
	assert_int_equal(seen.max_address, FAKE_PC_END - 1);
	assert_int_equal(seen.real_size, FAKE_PC_RAM);
	assert_false(seen.readonly);
	assert_true(seen.little_endian);
	assert_int_equal(seen.arch_bits, 64);
	container_drop(&view.container);
}

/* Plugged and unplugged while the instance lives. */
static void test_metadata_changes(void **state)
{
	static const struct memflow_memslot more[] = {
		{ .gpa = 0, .length = MIB },
		{ .gpa = 8 * GIB, .length = 2 * MIB },
	};
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_phys_metadata metadata;

	connector->physical_memory->metadata(&connector->container);
	fixture->host->vms->set_slots(fixture->vm, more, 2);
	metadata = connector->physical_memory->metadata(&connector->container);
	assert_int_equal(metadata.max_address, 8 * GIB + 2 * MIB - 1);
	assert_int_equal(metadata.real_size, 3 * MIB);
	fixture->host->vms->set_slots(fixture->vm, more, 1);
	assert_int_equal(host_read(connector, 8 * GIB, &metadata, 1),
			 CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE));
	metadata = connector->physical_memory->metadata(&connector->container);
	assert_int_equal(metadata.max_address, MIB - 1);
	fixture->host->vms->set_slots(fixture->vm, NULL, 0);
	metadata = connector->physical_memory->metadata(&connector->container);
	assert_int_equal(metadata.real_size, 0);
}

static void test_read(void **state)
{
	Fixture *fixture = *state;

	fixture_poke(fixture, 0x1000, "low");
	fixture_poke(fixture, 0xc0000, "rom");
	fixture_poke(fixture, MIB - 3, "across");
	fixture_poke(fixture, 4 * GIB - 4, "edge");
	fixture_poke(fixture, 4 * GIB, "high");
	for (Way way = 0; way < N_WAYS; way++) {
		guint8 buffers[4][8] = { 0 };
		const Request requests[] = {
			{ 0x1000, 1000, buffers[0], 3 },
			{ 0xc0000, 1000, buffers[1], 3 },
			{ MIB - 3, 0, buffers[2], 6 },
			{ 4 * GIB - 4, UINT64_MAX, buffers[3], 8 },
		};
		g_auto(Listener) listener = { 0 };

		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, requests, 4, &listener), 0);
		assert_memory_equal(buffers[0], "low", 4);
		assert_memory_equal(buffers[1], "rom", 4);
		assert_memory_equal(buffers[2], "across", 7);
		assert_memory_equal(buffers[3], "edgehigh", 8);
		assert_int_equal(listener.parts->len, 4);
		for (guint i = 0; i < 4; i++)
			assert_part(&listener, i, TRUE, mark_of(way, &requests[i], 0), buffers[i],
				    requests[i].length);
	}
	host_assert_no_record(fixture->host);
}

static void test_write(void **state)
{
	Fixture *fixture = *state;

	for (Way way = 0; way < N_WAYS; way++) {
		char text[] = "0low1across2high";
		guint8 *bytes = (guint8 *)text;
		const Request requests[] = {
			{ 0x1000, 7, bytes, 4 },
			{ MIB - 3, 8, bytes + 4, 7 },
			{ 4 * GIB, 9, bytes + 11, 5 },
		};
		g_auto(Listener) listener = { 0 };

		text[0] = text[4] = text[11] = (char)('a' + way);
		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, TRUE, requests, 3, &listener), 0);
		fixture_assert_memory(fixture, 0x1000, text, 4);
		fixture_assert_memory(fixture, MIB - 3, text + 4, 7);
		fixture_assert_memory(fixture, 4 * GIB, text + 11, 5);
		assert_int_equal(listener.parts->len, 3);
		for (guint i = 0; i < 3; i++)
			assert_part(&listener, i, TRUE, mark_of(way, &requests[i], 0),
				    requests[i].buffer, requests[i].length);
	}
}

/* RAM, a hole, ROM, and RAM again in one request; and others around it. */
static void test_read_over_holes(void **state)
{
	Fixture *fixture = *state;
	const gsize length = 0x60000;
	g_autofree guint8 *buffer = g_malloc(length);
	guint8 before = 0;
	guint8 after = 0;
	const Request requests[] = {
		{ 2 * MIB, 1, &before, 1 },
		{ 0x90000, 1 << 20, buffer, length },
		{ 3 * MIB, 3, &after, 1 },
	};

	fixture_poke(fixture, 2 * MIB, "b");
	fixture_poke(fixture, 3 * MIB, "a");
	fixture_poke(fixture, 0x9fffc, "last");
	fixture_poke(fixture, 0xc0000, "rom");
	fixture_poke(fixture, 0xe0000, "ram");
	for (Way way = 0; way < N_WAYS; way++) {
		g_auto(Listener) listener = { 0 };
		gsize offset = 0x30000;

		memset(buffer, 0x55, length);
		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, requests, 3, &listener), 0);
		assert_int_equal(before, 'b');
		assert_int_equal(after, 'a');
		assert_memory_equal(buffer + 0xfffc, "last", 4);
		assert_memory_equal(buffer + 0x30000, "rom", 4);
		assert_memory_equal(buffer + 0x50000, "ram", 4);
		assert_int_equal(listener.bytes_failed, 0x20000);
		assert_int_equal(listener.bytes_done, length - 0x20000 + 2);
		assert_part(&listener, 0, TRUE, mark_of(way, &requests[0], 0), &before, 1);
		assert_part(&listener, 1, TRUE, mark_of(way, &requests[1], 0), buffer, 0x10000);
		assert_part(&listener, 2, FALSE, mark_of(way, &requests[1], 0x10000),
			    buffer + 0x10000, 0x20000);
		/* ROM and RAM may come together or apart */
		for (guint i = 3; i < listener.parts->len - 1; i++) {
			const gsize part = g_array_index(listener.parts, Part, i).length;

			assert_part(&listener, i, TRUE, mark_of(way, &requests[1], offset),
				    buffer + offset, part);
			offset += part;
		}
		assert_int_equal(offset, length);
		assert_part(&listener, listener.parts->len - 1, TRUE, mark_of(way, &requests[2], 0),
			    &after, 1);
	}
}

static void test_write_over_rom(void **state)
{
	Fixture *fixture = *state;
	const gsize length = 0x40000;
	g_autofree guint8 *buffer = g_malloc(length);
	const Request request = { 0xb0000, 0, buffer, length };

	for (Way way = 0; way < N_WAYS; way++) {
		g_auto(Listener) listener = { 0 };
		char bytes[2];

		memset(buffer, 'A' + (int)way, length);
		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, TRUE, &request, 1, &listener), 0);
		assert_part(&listener, 0, FALSE, mark_of(way, &request, 0), buffer, 0x10000);
		assert_part(&listener, 1, FALSE, mark_of(way, &request, 0x10000), buffer + 0x10000,
			    0x20000);
		assert_part(&listener, 2, TRUE, mark_of(way, &request, 0x30000), buffer + 0x30000,
			    0x10000);
		assert_int_equal(listener.parts->len, 3);
		fixture->host->vms->peek(fixture->vm, 0xdffff, bytes, 2);
		assert_int_equal(bytes[0], 0); /* ROM */
		assert_int_equal(bytes[1], 'A' + (int)way);
	}
}

/* Of two writes to one place the later one counts, also if the first meets a hole. */
static void test_order_of_writes(void **state)
{
	Fixture *fixture = *state;
	const Request requests[] = {
		{ 16 * MIB - 4, 0, (guint8 *)"1111hole", 8 },
		{ 16 * MIB - 4, 0, (guint8 *)"2222", 4 },
		{ 2 * MIB, 0, (guint8 *)"3333", 4 },
		{ 2 * MIB - 2, 0, (guint8 *)"4444", 4 },
	};
	Listener both = { 0 };

	assert_int_equal(host_transfer(&fixture->connector, WAY_PHYSICAL, TRUE, requests, 4, &both),
			 0);
	fixture_assert_memory(fixture, 16 * MIB - 4, "2222", 4);
	fixture_assert_memory(fixture, 2 * MIB - 2, "444433", 6);
}

/* The first failure names the code, if nobody can be told of the parts. */
static void test_results(void **state)
{
	static const struct {
		guint64 gpa;
		gsize length;
		gboolean write;
		enum mf_kind kind; /* 0: succeeds */
	} cases[] = {
		{ 0x1000, 8, FALSE, 0 },
		{ 0x1000, 8, TRUE, 0 },
		{ 0xa0000, 8, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ 0xa0000, 8, TRUE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ 0x9fffc, 8, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ 0xc0000, 8, TRUE, MF_KIND_READ_ONLY },
		{ 0xc0000, 8, FALSE, 0 },
		{ 0xbfffc, 8, TRUE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ 4 * GIB - 4, 8, TRUE, MF_KIND_READ_ONLY },
		{ FAKE_PC_END - 4, 8, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ FAKE_PC_END, 8, TRUE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ UINT64_MAX, 1, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ UINT64_MAX - 7, 64, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ UINT64_MAX - 7, 64, TRUE, MF_KIND_OUT_OF_MEMORY_RANGE },
		{ MEMFLOW_STATUS_OFFSET, 8, FALSE, MF_KIND_OUT_OF_MEMORY_RANGE },
	};
	Fixture *fixture = *state;
	guint8 buffer[64] = { 0 };

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Request request = { cases[i].gpa, 5, buffer, cases[i].length };
		const int32_t expected = cases[i].kind ? CONNECTOR_ERROR(cases[i].kind) : 0;

		for (Way way = 0; way < N_WAYS; way++) {
			Listener nobody = { .no_out = TRUE, .no_out_fail = TRUE };
			Listener happy = { .no_out_fail = TRUE };
			Listener both = { 0 };

			assert_int_equal(host_transfer(&fixture->connector, way, cases[i].write,
						       &request, 1, &nobody),
					 expected);
			assert_int_equal(host_transfer(&fixture->connector, way, cases[i].write,
						       &request, 1, &happy),
					 expected);
			assert_int_equal(host_transfer(&fixture->connector, way, cases[i].write,
						       &request, 1, &both),
					 0);
			assert_int_equal(both.bytes_done + both.bytes_failed, cases[i].length);
			assert_int_equal(both.bytes_failed > 0, expected != 0);
			assert_int_equal(happy.bytes_done, both.bytes_done);
		}
	}
	host_assert_no_record(fixture->host);
}

/* Past the last address there is nothing, and not the first again. */
static void test_end_of_addresses(void **state)
{
	Fixture *fixture = *state;
	guint8 buffer[64];
	const Request request = { UINT64_MAX - 15, UINT64_MAX - 3, buffer, sizeof(buffer) };

	fixture_poke(fixture, 0, "start");
	for (Way way = 0; way < N_WAYS; way++) {
		g_auto(Listener) listener = { 0 };

		memset(buffer, 0x55, sizeof(buffer));
		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, &request, 1, &listener), 0);
		assert_int_equal(listener.bytes_failed, sizeof(buffer));
		assert_int_equal(buffer[16], 0x55);
		assert_int_equal(
			host_transfer(&fixture->connector, way, TRUE, &request, 1, &listener), 0);
		fixture_assert_memory(fixture, 0, "start", 6);
	}
}

static void test_nothing(void **state)
{
	Fixture *fixture = *state;
	static const guint64 places[] = { 0x1000, 0xa0000, 0xc0000, FAKE_PC_END, UINT64_MAX };

	for (Way way = 0; way < N_WAYS; way++) {
		for (guint write = 0; write < 2; write++) {
			Listener none = { 0 };

			/* an empty list */
			assert_int_equal(
				host_transfer(&fixture->connector, way, write != 0, NULL, 0, &none),
				0);
			assert_int_equal(none.n_done + none.n_failed, 0);
			/* empty requests */
			for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
				const Request request = { places[i], 1, (guint8 *)"", 0 };
				Listener nobody = { .no_out = TRUE, .no_out_fail = TRUE };
				Listener one = { 0 };

				assert_int_equal(host_transfer(&fixture->connector, way, write != 0,
							       &request, 1, &nobody),
						 0);
				assert_int_equal(host_transfer(&fixture->connector, way, write != 0,
							       &request, 1, &one),
						 0);
				assert_int_equal(one.n_failed, 0);
				assert_int_equal(one.bytes_done, 0);
			}
		}
	}
}

/* More than the plugin takes at once, and no multiple of that. */
static void test_long_lists(void **state)
{
	static const guint lengths[] = { 31, 32, 33, 64, 100, 1000, 50001 };
	Fixture *fixture = *state;

	for (guint64 i = 0; i < MIB / 8; i++)
		fixture->host->vms->poke(fixture->vm, 2 * MIB + 8 * i, &i, 8);
	for (guint l = 0; l < G_N_ELEMENTS(lengths); l++) {
		const guint n = lengths[l];
		g_autofree guint64 *words = g_new0(guint64, n);
		g_autofree Request *requests = g_new(Request, n);
		const Way way = l % N_WAYS;
		g_auto(Listener) listener = { 0 };

		/* each tenth in a hole, in an order that is none */
		for (guint i = 0; i < n; i++)
			requests[i] = (Request){
				.gpa = i % 10 == 3 ? 0xa0000 + i
						   : 2 * MIB + 8 * (i * 7919ULL % (MIB / 8)),
				.mark = ~(guint64)i,
				.buffer = (guint8 *)&words[i],
				.length = 8,
			};
		listen_to(&listener);
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, requests, n, &listener), 0);
		assert_int_equal(listener.parts->len, n);
		for (guint i = 0; i < n; i++) {
			assert_part(&listener, i, i % 10 != 3, mark_of(way, &requests[i], 0),
				    (guint8 *)&words[i], 8);
			assert_int_equal(words[i], i % 10 == 3 ? 0 : i * 7919ULL % (MIB / 8));
		}
	}
}

/* A callback that has seen enough is told the rest nevertheless, as memflow's own do. */
static void test_answers(void **state)
{
	Fixture *fixture = *state;
	guint8 buffer[4] = { 0 };

	for (guint answer = 0; answer < 2; answer++) {
		Request requests[40];
		Listener listener = { .answer = answer != 0 };

		for (guint i = 0; i < G_N_ELEMENTS(requests); i++)
			requests[i] = (Request){ i % 2 ? 0xa0000 : 0x1000, i, buffer, 4 };
		assert_int_equal(host_transfer(&fixture->connector, WAY_PHYSICAL, FALSE, requests,
					       G_N_ELEMENTS(requests), &listener),
				 0);
		assert_int_equal(listener.n_done, 20);
		assert_int_equal(listener.n_failed, 20);
	}
}

static void test_huge(void **state)
{
	Fixture *fixture = *state;
	const gsize length = 15 * MIB;
	g_autofree guint8 *buffer = g_malloc(length);

	memset(buffer, 'w', length);
	assert_int_equal(host_write(&fixture->connector, MIB, buffer, length), 0);
	memset(buffer, 0, length);
	assert_int_equal(host_read(&fixture->connector, MIB, buffer, length), 0);
	assert_int_equal(buffer[0], 'w');
	assert_memory_equal(buffer, buffer + 1, length - 1);
	fixture_assert_memory(fixture, 16 * MIB - 1, "w", 1);
}

/* ------------------------------------------------------- clones, read-only -- */

static void test_clone(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clones[10];
	char byte;

	for (guint i = 0; i < G_N_ELEMENTS(clones); i++)
		clones[i] = connector_clone(i ? &clones[i - 1] : &fixture->connector);
	assert_int_equal(fixture->host->libraries, 11);
	/* in an order of its own; those that are left work */
	for (guint i = 0; i < G_N_ELEMENTS(clones); i++) {
		struct mf_connector *clone = &clones[i * 7 % 10];

		assert_int_equal(host_read(clone, 0x1000, &byte, 1), 0);
		connector_drop(clone);
	}
	assert_int_equal(host_read(&fixture->connector, 0x1000, &byte, 1), 0);
}

static void test_readonly(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector connector;
	const Request request = { 2 * MIB - 4, 0, (guint8 *)"12345678", 8 };
	Listener both = { 0 };
	struct mf_view view;

	assert_int_equal(host_create(fixture->host,
				     ASK(.target = "win10", .extra = { "readonly", "true" }),
				     &connector),
			 0);
	assert_int_equal(host_transfer(&connector, WAY_PHYSICAL, TRUE, &request, 1, &both), 0);
	assert_int_equal(both.bytes_failed, 8);
	assert_int_equal(both.n_done, 0);
	assert_int_equal(host_write(&connector, 2 * MIB, "x", 1),
			 CONNECTOR_ERROR(MF_KIND_READ_ONLY));
	view = connector.physical_memory->into_phys_view(connector.container);
	assert_true(view.vtbl->metadata(&view.container).readonly);
	assert_int_equal(view.vtbl->write_raw(&view.container, 2 * MIB,
					      (struct mf_slice){ (const uint8_t *)"x", 1 }),
			 MF_PARTIAL_WRITE);
	container_drop(&view.container);
	fixture_assert_memory(fixture, 2 * MIB - 4, "\0\0\0\0\0\0\0\0", 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_metadata),
		TEST(test_metadata_changes),
		TEST(test_read),
		TEST(test_write),
		TEST(test_read_over_holes),
		TEST(test_write_over_rom),
		TEST(test_order_of_writes),
		TEST(test_results),
		TEST(test_end_of_addresses),
		TEST(test_nothing),
		TEST(test_long_lists),
		TEST(test_answers),
		TEST(test_huge),
		TEST(test_clone),
		TEST(test_readonly),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	return cmocka_run_group_tests_name("connector-transfer", tests, NULL, NULL);
}
