/* SPDX-License-Identifier: MIT */
/* The objects that a host makes of an instance: views of its memory, and its processors. */
#include "fixture.h"

#include "test-helpers.h"

#define MIB FAKE_MIB

static const char *plugin;

static int setup(void **state)
{
	*state = fixture_new_pc(plugin);
	return 0;
}

static void use_view(Fixture *fixture, struct mf_view *view)
{
	guint8 buffer[16];
	guint8 second[4];
	struct mf_read_data reads[] = { { 0x1000, { buffer, 4 } }, { 2 * MIB, { second, 4 } } };
	struct mf_write_data writes[] = { { 0x2000, { (const uint8_t *)"one", 4 } },
					  { 3 * MIB, { (const uint8_t *)"two", 4 } } };

	fixture_poke(fixture, 0x1000, "view");
	fixture_poke(fixture, 2 * MIB, "list");
	assert_int_equal(view->vtbl->read_raw_into(&view->container, 0x1000,
						   (struct mf_slice_mut){ buffer, 4 }),
			 0);
	assert_memory_equal(buffer, "view", 4);
	memset(buffer, 0, sizeof(buffer));
	assert_int_equal(
		view->vtbl->read_raw_list(&view->container, (struct mf_read_list){ reads, 2 }), 0);
	assert_memory_equal(buffer, "view", 4);
	assert_memory_equal(second, "list", 4);
	assert_int_equal(
		view->vtbl->write_raw_list(&view->container, (struct mf_write_list){ writes, 2 }),
		0);
	fixture_assert_memory(fixture, 0x2000, "one", 4);
	fixture_assert_memory(fixture, 3 * MIB, "two", 4);
	assert_int_equal(view->vtbl->write_raw(&view->container, 0x2001,
					       (struct mf_slice){ (const uint8_t *)"xy", 2 }),
			 0);
	fixture_assert_memory(fixture, 0x2000, "oxy", 4);
	assert_int_equal(
		view->vtbl->read_raw_list(&view->container, (struct mf_read_list){ reads, 0 }), 0);
	assert_int_equal(view->vtbl->metadata(&view->container).max_address, FAKE_PC_END - 1);
}

static void test_view(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;

	/* lent: the instance is still there after it, and was not copied */
	for (guint i = 0; i < 3; i++) {
		struct mf_view view = connector->physical_memory->phys_view(&connector->container);

		assert_null(view.container.instance.drop_fn);
		assert_int_equal(fixture->host->libraries, 2);
		use_view(fixture, &view);
		container_drop(&view.container);
	}
	assert_int_equal(fixture->host->libraries, 1);
}

static void test_into_view(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clone = connector_clone(&fixture->connector);
	struct mf_view view = clone.physical_memory->into_phys_view(clone.container);

	assert_non_null(view.container.instance.drop_fn);
	assert_int_equal(fixture->host->libraries, 2);
	use_view(fixture, &view);
	container_drop(&view.container);
	assert_int_equal(fixture->host->libraries, 1);
}

/* What is missing is zeros, the rest is there, and the result says so. */
static void test_partial(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_view view = connector->physical_memory->phys_view(&connector->container);
	guint8 a[8];
	guint8 b[8];
	struct mf_read_data reads[] = { { 0x9fffc, { a, 8 } }, { 0x1000, { b, 8 } } };
	const struct mf_write_data writes[] = {
		{ 0xbfffc, { (const uint8_t *)"holerom!", 8 } },
		{ 0xdfffc, { (const uint8_t *)"rom!ram!", 8 } },
		{ 2 * MIB, { (const uint8_t *)"plain", 6 } },
	};

	memset(a, 0x55, sizeof(a));
	fixture_poke(fixture, 0x9fffc, "last");
	fixture_poke(fixture, 0x1000, "complete");
	assert_int_equal(
		view.vtbl->read_raw_list(&view.container, (struct mf_read_list){ reads, 2 }),
		MF_PARTIAL_READ);
	assert_memory_equal(a, "last\0\0\0\0", 8);
	assert_memory_equal(b, "complete", 8);
	memset(a, 0x55, sizeof(a));
	assert_int_equal(
		view.vtbl->read_raw_into(&view.container, 0xbfffc, (struct mf_slice_mut){ a, 8 }),
		MF_PARTIAL_READ);
	assert_memory_equal(a, "\0\0\0\0\0\0\0\0", 8);
	assert_int_equal(
		view.vtbl->write_raw_list(&view.container, (struct mf_write_list){ writes, 3 }),
		MF_PARTIAL_WRITE);
	fixture_assert_memory(fixture, 0xc0000, "\0\0\0\0", 4);
	fixture_assert_memory(fixture, 0xdfffc, "\0\0\0\0ram!", 8);
	fixture_assert_memory(fixture, 2 * MIB, "plain", 6);
	assert_int_equal(view.vtbl->write_raw(&view.container, 0xa0000,
					      (struct mf_slice){ (const uint8_t *)"x", 1 }),
			 MF_PARTIAL_WRITE);
	container_drop(&view.container);
}

static void test_cpu_state(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	const FakeLibvirt *libvirt = fixture->host->libvirt;
	struct mf_cpu cpu;
	char byte;

	assert_non_null(connector->cpu_state);
	assert_int_equal(connector->cpu_state->cpu_state(&connector->container, &cpu), 0);
	assert_int_equal(fixture->host->libraries, 2);
	cpu.vtbl->pause(&cpu.container);
	assert_non_null(libvirt->paused);
	assert_string_equal(libvirt->paused, FAKE_UUID_A);
	cpu.vtbl->pause(&cpu.container);
	assert_int_equal(host_read(connector, 0x1000, &byte, 1), 0);
	cpu.vtbl->resume(&cpu.container);
	assert_null(libvirt->paused);
	container_drop(&cpu.container);
	assert_int_equal(host_read(connector, 0x1000, &byte, 1), 0);
	host_assert_no_record(fixture->host);
}

static void test_into_cpu_state(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clone = connector_clone(&fixture->connector);
	struct mf_owned_cpu owned;
	struct mf_container second;

	assert_int_equal(clone.cpu_state->into_cpu_state(clone.container, &owned), 0);
	assert_int_equal(fixture->host->libraries, 2);
	second = owned.clone->clone(&owned.container);
	assert_int_equal(fixture->host->libraries, 3);
	owned.cpu->pause(&owned.container);
	assert_non_null(fixture->host->libvirt->paused);
	container_drop(&owned.container);
	/* a guest that is left paused stays so */
	assert_non_null(fixture->host->libvirt->paused);
	owned.cpu->resume(&second);
	assert_null(fixture->host->libvirt->paused);
	container_drop(&second);
	assert_int_equal(fixture->host->libraries, 1);
	host_assert_no_record(fixture->host);
}

static void test_cannot_pause(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_cpu cpu;

	assert_int_equal(connector->cpu_state->cpu_state(&connector->container, &cpu), 0);
	fixture->host->vms->refuse(MFL_ERROR_PERMISSION, "no right to that");
	cpu.vtbl->pause(&cpu.container);
	host_assert_record(fixture->host, MF_LOG_ERROR, "no right to that");
	cpu.vtbl->resume(&cpu.container);
	host_assert_record(fixture->host, MF_LOG_ERROR, "win10");
	assert_null(fixture->host->libvirt->paused);
	container_drop(&cpu.container);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_view),      TEST(test_into_view),	 TEST(test_partial),
		TEST(test_cpu_state), TEST(test_into_cpu_state), TEST(test_cannot_pause),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	return cmocka_run_group_tests_name("connector-view", tests, NULL, NULL);
}
