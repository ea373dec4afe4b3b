/* SPDX-License-Identifier: MIT */
/*
 * The domain stops and is started again under instances that stay: what each request is
 * told, when access comes back, and that what was written for one run of the domain never
 * lands in the next, however many threads are at it.
 */
#include "fixture.h"

#include "test-helpers.h"

#define MIB FAKE_MIB
#define GONE CONNECTOR_ERROR(MF_KIND_UNABLE_TO_READ_MEMORY)

static const char *plugin;

static FakeVm *start(Host *host, char value)
{
	const char values[] = { value };
	FakeVm *vm;

	vm = host->vms->start_with("win10", FAKE_UUID_A, 2 * MIB, values, 1, TRUE);
	return vm;
}

static int setup(void **state)
{
	Host *host = host_load(plugin);

	*state = fixture_new(host, start(host, 'A'));
	return 0;
}

static void restart(Fixture *fixture, char value)
{
	fixture->host->vms->stop(fixture->vm);
	fixture->vm = start(fixture->host, value);
}

static void assert_reads(struct mf_connector *connector, char value)
{
	char found = 0;

	assert_int_equal(host_read(connector, 2 * MIB, &found, 1), 0);
	assert_int_equal(found, value);
}

/* Once a second it may try; bounded by far. */
static void wait_for(struct mf_connector *connector, char value)
{
	const gint64 begin = g_get_monotonic_time();
	char byte;

	while (host_read(connector, 2 * MIB, &byte, 1) != 0 &&
	       g_get_monotonic_time() - begin < 60LL * G_USEC_PER_SEC)
		g_usleep(10000);
	assert_reads(connector, value);
}

/* Whoever asks first is told, by the code and for each request; then it works. */
static void test_restart(void **state)
{
	Fixture *fixture = *state;

	for (Way way = 0; way < N_WAYS; way++) {
		const char value = (char)('B' + way);
		guint8 buffer[100] = { 0 };
		Request requests[100];
		Listener both = { 0 };

		for (guint i = 0; i < G_N_ELEMENTS(requests); i++)
			requests[i] = (Request){ 2 * MIB + i, i, buffer + i, 1 };
		restart(fixture, value);
		assert_int_equal(
			host_transfer(&fixture->connector, way, FALSE, requests, 100, &both), GONE);
		assert_int_equal(both.n_failed, 100);
		assert_int_equal(both.n_done, 0);
		host_assert_record(fixture->host, MF_LOG_WARN, "stopped");
		assert_reads(&fixture->connector, value);
		host_assert_record(fixture->host, MF_LOG_INFO, "attached again");
	}
	host_assert_no_record(fixture->host);
}

/* The domain stops while the plugin takes requests off the list. */
typedef struct {
	Fixture *fixture;
	guint n;
	guint n_failed;
	guint8 byte;
} Midway;

static int32_t next_or_stop(void *iter, void *out)
{
	struct mf_phys_read_data *request = out;
	Midway *midway = iter;

	if (midway->n == 100)
		return 1;
	if (midway->n == 50)
		midway->fixture->host->vms->stop(midway->fixture->vm);
	/* the first is in a hole, which is a failure of another kind */
	memset(request, 0, sizeof(*request));
	request->address.address = midway->n ? 2 * MIB : 0xa0000;
	request->buffer.data = &midway->byte;
	request->buffer.len = 1;
	midway->n++;
	return 0;
}

static bool count_failed(void *context, struct mf_read_data data)
{
	(void)data;
	((Midway *)context)->n_failed++;
	return true;
}

static void test_midway(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;

	for (guint i = 0; i < 2; i++) {
		Midway midway = { .fixture = fixture };
		struct mf_read_callback failed = { &midway, count_failed };
		const struct mf_read_ops ops = { .inp = { &midway, next_or_stop },
						 .out_fail = i ? &failed : NULL };

		assert_int_equal(
			connector->physical_memory->phys_read_raw_iter(&connector->container, ops),
			GONE);
		assert_int_equal(midway.n, 100);
		assert_true(i ? midway.n_failed >= 51 && midway.n_failed < 100
			      : midway.n_failed == 0);
		fixture->vm = start(fixture->host, 'B');
		assert_reads(connector, 'B');
	}
}

static void test_noticed_by_write(void **state)
{
	Fixture *fixture = *state;
	static const guint64 places[] = { 3 * MIB, 0x1000 /* by the module */ };
	char found;

	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		restart(fixture, 'B');
		assert_int_equal(host_write(&fixture->connector, places[i], "x", 1), GONE);
		fixture->host->vms->peek(fixture->vm, places[i], &found, 1);
		assert_int_equal(found, 0);
		assert_int_equal(host_write(&fixture->connector, places[i], "y", 1), 0);
		fixture->host->vms->peek(fixture->vm, places[i], &found, 1);
		assert_int_equal(found, 'y');
	}
}

/* The one-request functions of a view, which have no callback of the host's. */
static void test_view(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_view view = connector->physical_memory->phys_view(&connector->container);
	char found = 'x';

	restart(fixture, 'B');
	assert_int_equal(view.vtbl->read_raw_into(&view.container, 2 * MIB,
						  (struct mf_slice_mut){ (uint8_t *)&found, 1 }),
			 GONE);
	assert_int_equal(view.vtbl->read_raw_into(&view.container, 2 * MIB,
						  (struct mf_slice_mut){ (uint8_t *)&found, 1 }),
			 0);
	assert_int_equal(found, 'B');
	restart(fixture, 'C');
	assert_int_equal(view.vtbl->write_raw(&view.container, 2 * MIB,
					      (struct mf_slice){ (const uint8_t *)"x", 1 }),
			 GONE);
	container_drop(&view.container);
	assert_reads(connector, 'C');
}

/* Each has to hear of it, so that none writes to a run that it has not seen begin. */
static void test_clones(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clones[4];
	char found;

	for (guint i = 0; i < G_N_ELEMENTS(clones); i++)
		clones[i] = connector_clone(&fixture->connector);
	restart(fixture, 'B');
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &found, 1), GONE);
	assert_reads(&fixture->connector, 'B');
	for (guint i = 0; i < G_N_ELEMENTS(clones); i++) {
		assert_int_equal(host_write(&clones[i], 3 * MIB, "x", 1), GONE);
		assert_reads(&clones[i], 'B');
		assert_int_equal(host_write(&clones[i], 4 * MIB, "y", 1), 0);
	}
	fixture->host->vms->peek(fixture->vm, 3 * MIB, &found, 1);
	assert_int_equal(found, 0);
	/* one that was made of one that has heard of it */
	restart(fixture, 'C');
	assert_int_equal(host_read(&clones[0], 2 * MIB, &found, 1), GONE);
	connector_drop(&clones[1]);
	clones[1] = connector_clone(&clones[0]);
	assert_reads(&clones[1], 'C');
	for (guint i = 0; i < G_N_ELEMENTS(clones); i++)
		connector_drop(&clones[i]);
}

/* A restart that nobody noticed is still one. */
static void test_two_restarts(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clone = connector_clone(&fixture->connector);
	char found;

	restart(fixture, 'B');
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &found, 1), GONE);
	assert_reads(&fixture->connector, 'B');
	restart(fixture, 'C');
	assert_int_equal(host_write(&clone, 3 * MIB, "x", 1), GONE);
	assert_reads(&clone, 'C');
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &found, 1), GONE);
	assert_reads(&fixture->connector, 'C');
	fixture->host->vms->peek(fixture->vm, 3 * MIB, &found, 1);
	assert_int_equal(found, 0);
	connector_drop(&clone);
}

/* While it is off requests fail, and not each of them looks for the domain. */
static void test_off(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clone = connector_clone(&fixture->connector);
	guint before = fixture->host->libvirt->n_connections;
	gint64 begin;
	guint attempts;
	char byte;

	fixture->host->vms->stop(fixture->vm);
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
	assert_int_equal(host_read(&clone, 2 * MIB, &byte, 1), GONE);
	assert_int_equal(fixture->host->libvirt->n_connections, before);
	/* one look by way of several connections, perhaps */
	begin = g_get_monotonic_time();
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
	attempts = fixture->host->libvirt->n_connections - before;
	assert_true(attempts > 0);
	for (guint i = 0; i < 1000; i++) {
		assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
		assert_int_equal(host_write(&clone, 2 * MIB, "x", 1), GONE);
	}
	before += attempts * (1 + (guint)((g_get_monotonic_time() - begin) / G_USEC_PER_SEC));
	assert_true(fixture->host->libvirt->n_connections <= before);

	fixture->vm = start(fixture->host, 'B');
	wait_for(&fixture->connector, 'B');
	assert_reads(&clone, 'B');
	connector_drop(&clone);
}

/* What belongs to the instance stays; what belongs to the run does not. */
static void test_what_stays(void **state)
{
	static const struct memflow_memslot large = { .length = 8 * MIB };
	static const struct memflow_memslot small = { .length = 4 * MIB };
	static const struct mf_mapping map = { 0, 0x1000, 2 * MIB };
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_connector mapped = connector_clone(connector);
	char byte;

	/* as often as below: runs have generations of the same numbers */
	fixture->host->vms->set_slots(fixture->vm, &large, 1);
	assert_int_equal(connector->physical_memory->metadata(&connector->container).max_address,
			 8 * MIB - 1);
	mapped.physical_memory->set_mem_map(&mapped.container, (struct mf_mapping_list){ &map, 1 });
	restart(fixture, 'B');
	fixture->host->vms->set_slots(fixture->vm, &small, 1);
	assert_int_equal(host_read(connector, 2 * MIB, &byte, 1), GONE);
	assert_reads(connector, 'B');
	assert_int_equal(connector->physical_memory->metadata(&connector->container).max_address,
			 4 * MIB - 1);
	assert_int_equal(host_read(&mapped, 0, &byte, 1), GONE);
	assert_int_equal(host_read(&mapped, 0, &byte, 1), 0);
	assert_int_equal(byte, 'B');
	assert_int_equal(host_read(&mapped, 2 * MIB, &byte, 1),
			 CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE));
	connector_drop(&mapped);
}

/* Attached again before QEMU has given the guest its memory. */
static void test_too_early(void **state)
{
	static const struct memflow_memslot pc[] = FAKE_PC_SLOTS;
	Fixture *fixture = *state;
	char byte;

	restart(fixture, 'B');
	fixture->host->vms->set_slots(fixture->vm, NULL, 0);
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
	for (guint i = 0; i < 3; i++)
		assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1),
				 CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE));
	fixture->host->vms->set_slots(fixture->vm, pc, G_N_ELEMENTS(pc));
	assert_reads(&fixture->connector, 'B');
}

/* A name is followed to whoever has it then, a UUID is not. */
static void test_identity(void **state)
{
	Fixture *fixture = *state;
	Host *host = fixture->host;
	struct mf_connector by_uuid;
	struct mf_connector by_id;
	struct mf_connector by_name;
	g_autofree char *id = g_strdup_printf("%d", host->vms->get_id(fixture->vm));
	char byte;

	assert_int_equal(host_create(host, ASK(.target = FAKE_UUID_A), &by_uuid), 0);
	assert_int_equal(host_create(host, ASK(.extra = { "id", id }), &by_id), 0);
	assert_int_equal(host_create(host, ASK(.extra = { "name", "win10" }), &by_name), 0);
	host->vms->stop(fixture->vm);
	host->vms->poke(host->vms->start("win10", FAKE_UUID_B, TRUE), 2 * MIB, "N", 1);
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
	assert_reads(&fixture->connector, 'N');
	assert_int_equal(host_read(&by_name, 2 * MIB, &byte, 1), GONE);
	assert_reads(&by_name, 'N');
	for (guint i = 0; i < 3; i++) {
		assert_int_equal(host_read(&by_uuid, 2 * MIB, &byte, 1), GONE);
		assert_int_equal(host_read(&by_id, 2 * MIB, &byte, 1), GONE);
	}
	/* renamed meanwhile, and with another id */
	host->vms->poke(host->vms->start("renamed", FAKE_UUID_A, TRUE), 2 * MIB, "U", 1);
	wait_for(&by_uuid, 'U');
	wait_for(&by_id, 'U');
	connector_drop(&by_name);
	connector_drop(&by_uuid);
	connector_drop(&by_id);
}

/* Not readonly=false any more: it says no, rather than write nothing. */
static void test_rights_change(void **state)
{
	Fixture *fixture = *state;
	Host *host = fixture->host;
	struct mf_connector writer;
	char byte;

	assert_int_equal(host_create(host, ASK(.target = "win10", .extra = { "readonly", "false" }),
				     &writer),
			 0);
	host->vms->stop(fixture->vm);
	fixture->vm = host->vms->start("win10", FAKE_UUID_A, FALSE);
	host->vms->publish(fixture->vm, TRUE);
	assert_int_equal(host_read(&writer, 2 * MIB, &byte, 1), GONE);
	assert_int_equal(host_read(&writer, 2 * MIB, &byte, 1), GONE);
	/* who was content with less still is */
	assert_int_equal(host_read(&fixture->connector, 2 * MIB, &byte, 1), GONE);
	wait_for(&fixture->connector, 0);
	assert_int_equal(host_write(&fixture->connector, 2 * MIB, "x", 1),
			 CONNECTOR_ERROR(MF_KIND_READ_ONLY));
	connector_drop(&writer);
}

static void test_pause(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector *connector = &fixture->connector;
	struct mf_cpu cpu;

	assert_int_equal(connector->cpu_state->cpu_state(&connector->container, &cpu), 0);
	restart(fixture, 'B');
	cpu.vtbl->pause(&cpu.container);
	assert_non_null(fixture->host->libvirt->paused);
	cpu.vtbl->resume(&cpu.container);
	assert_null(fixture->host->libvirt->paused);
	fixture->host->vms->stop(fixture->vm);
	cpu.vtbl->pause(&cpu.container);
	host_assert_record(fixture->host, MF_LOG_ERROR, "win10");
	container_drop(&cpu.container);
}

/* ---------------------------------------------------------------- threads -- */

#define N_THREADS 8
#define N_RUNS 12
#define SIZE 512

typedef struct {
	struct mf_connector connector; /* of this thread */
	guint64 place;		       /* where it writes */
	int *stop;		       /* atomic */
	int n_read;		       /* atomic, as are all counters */
	int n_gone;
	int n_wrong;
} Worker;

/*
 * A page full of the number of the run. What was read is written elsewhere with the next
 * request, at once: if that succeeds, it has to have happened in the same run.
 */
static gpointer work(gpointer data)
{
	Worker *worker = data;
	guint8 page[SIZE];

	while (!g_atomic_int_get(worker->stop)) {
		gboolean wrong = FALSE;
		const int32_t result = host_read(&worker->connector, 2 * MIB, page, SIZE);

		if (result != 0) {
			wrong = result != GONE;
			g_atomic_int_inc(&worker->n_gone);
			g_usleep(1000);
		} else {
			for (guint i = 1; i < SIZE; i++)
				wrong |= page[i] != page[0];
			wrong |= page[0] == 0;
			g_atomic_int_inc(&worker->n_read);
			if (host_write(&worker->connector, worker->place, page, SIZE) != 0)
				g_atomic_int_inc(&worker->n_gone);
		}
		if (wrong)
			g_atomic_int_inc(&worker->n_wrong);
	}
	return NULL;
}

static FakeVm *start_run(Host *host, guint8 number)
{
	guint8 page[SIZE];

	memset(page, number, sizeof(page));
	return host->vms->start_with("win10", FAKE_UUID_A, 2 * MIB, page, sizeof(page), TRUE);
}

/* Bounded by far: until each has counted on. */
static void wait_for_all(Worker *workers, gboolean gone)
{
	int from[N_THREADS];

	for (guint i = 0; i < N_THREADS; i++)
		from[i] = g_atomic_int_get(gone ? &workers[i].n_gone : &workers[i].n_read);
	for (guint i = 0; i < N_THREADS; i++) {
		int *counter = gone ? &workers[i].n_gone : &workers[i].n_read;

		for (guint k = 0; k < 60000 && g_atomic_int_get(counter) <= from[i] + 1; k++)
			g_usleep(1000);
		assert_true(g_atomic_int_get(counter) > from[i]);
	}
}

/* Nothing there but what was read in this run. */
static void check_places(Host *host, FakeVm *vm, guint8 number)
{
	for (guint i = 0; i < N_THREADS; i++) {
		guint8 page[SIZE];

		host->vms->peek(vm, (3 + i) * MIB, page, SIZE);
		for (guint k = 0; k < SIZE; k++)
			if (page[k] != 0 && page[k] != number)
				fail_msg("run %u has what was written for run %u", number, page[k]);
	}
}

static void test_threads(void **state)
{
	Fixture *fixture = *state;
	Host *host = fixture->host;
	GThread *threads[N_THREADS];
	Worker workers[N_THREADS] = { 0 };
	int stop = 0;

	host->vms->stop(fixture->vm);
	fixture->vm = start_run(host, 1);
	wait_for(&fixture->connector, 1);
	for (guint i = 0; i < N_THREADS; i++) {
		workers[i].connector = connector_clone(&fixture->connector);
		workers[i].place = (3 + i) * MIB;
		workers[i].stop = &stop;
		threads[i] = g_thread_new("worker", work, &workers[i]);
	}
	for (guint8 number = 2; number < N_RUNS; number++) {
		wait_for_all(workers, FALSE);
		check_places(host, fixture->vm, number - 1);
		host->vms->stop(fixture->vm);
		/* either it comes back before they look, or after */
		if (number % 2)
			wait_for_all(workers, TRUE);
		fixture->vm = start_run(host, number);
	}
	wait_for_all(workers, FALSE);
	check_places(host, fixture->vm, N_RUNS - 1);
	g_atomic_int_set(&stop, 1);
	for (guint i = 0; i < N_THREADS; i++) {
		g_thread_join(threads[i]);
		assert_int_equal(workers[i].n_wrong, 0);
		assert_true(workers[i].n_gone >= N_RUNS - 2);
		connector_drop(&workers[i].connector);
	}
}

/* Each thread clones its own, which has its source in common with the others'. */
static gpointer clone_on(gpointer data)
{
	const struct mf_connector *connector = data;

	for (guint i = 0; i < 2000; i++) {
		struct mf_container clone = connector->clone->clone(&connector->container);

		container_drop(&clone);
	}
	return NULL;
}

static void test_cloning(void **state)
{
	Fixture *fixture = *state;
	struct mf_connector clones[N_THREADS];
	GThread *threads[N_THREADS];

	for (guint i = 0; i < N_THREADS; i++)
		clones[i] = connector_clone(&fixture->connector);
	for (guint i = 0; i < N_THREADS; i++)
		threads[i] = g_thread_new("cloner", clone_on, &clones[i]);
	for (guint i = 0; i < N_THREADS; i++) {
		g_thread_join(threads[i]);
		connector_drop(&clones[i]);
	}
	assert_reads(&fixture->connector, 'A');
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_restart),  TEST(test_midway),	       TEST(test_noticed_by_write),
		TEST(test_view),     TEST(test_clones),	       TEST(test_two_restarts),
		TEST(test_off),	     TEST(test_what_stays),    TEST(test_too_early),
		TEST(test_identity), TEST(test_rights_change), TEST(test_pause),
		TEST(test_threads),  TEST(test_cloning),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	return cmocka_run_group_tests_name("connector-restart", tests, NULL, NULL);
}
