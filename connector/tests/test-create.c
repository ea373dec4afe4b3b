/* SPDX-License-Identifier: MIT */
/* What a user may say to create an instance, and what is answered. */
#include "host.h"

#include "test-helpers.h"

#define UUID_C "0c0c0c0c-1111-2222-3333-444444444444"

static const char *plugin;

static int setup(void **state)
{
	Host *host = host_load(plugin);

	host->vms->poke(host->vms->start("win10", FAKE_UUID_A, TRUE), 0x1000, "win10", 6);
	*state = host;
	return 0;
}

static int teardown(void **state)
{
	host_free(*state);
	return 0;
}

/* It opens @name, whose memory says so. */
static void assert_opens(Host *host, const Ask *ask, const char *name)
{
	struct mf_connector connector;
	char buffer[64] = "";
	const int32_t result = host_create(host, ask, &connector);

	if (result)
		host_assert_no_record(host); /* shows it */
	assert_int_equal(result, 0);
	host_assert_no_record(host);
	assert_int_equal(host_read(&connector, 0x1000, buffer, strlen(name) + 1), 0);
	assert_string_equal(buffer, name);
	connector_drop(&connector);
}

static void assert_refused(Host *host, const Ask *ask, int32_t error, const char *part)
{
	struct mf_connector connector;
	const int32_t result = host_create(host, ask, &connector);

	if (result == 0) {
		connector_drop(&connector);
		fail_msg("created, and should have been refused: %s", part);
	}
	if (result != error)
		host_assert_no_record(host); /* shows it */
	assert_int_equal(result, error);
	host_assert_record(host, MF_LOG_ERROR, part);
}

#define START(host, name, uuid)                                                                    \
	(host)->vms->poke((host)->vms->start(name, uuid, TRUE), 0x1000, name, sizeof(name))

static void test_domain(void **state)
{
	Host *host = *state;
	FakeVm *linux_vm = host->vms->start("linux", FAKE_UUID_B, FALSE);
	g_autofree char *id = g_strdup_printf("%d", host->vms->get_id(linux_vm));
	g_autofree char *id_target = g_strdup_printf("id=%s", id);

	host->vms->poke(linux_vm, 0x1000, "linux", 6);
	/* a target */
	assert_opens(host, ASK(.target = "win10"), "win10");
	assert_opens(host, ASK(.target = FAKE_UUID_A), "win10");
	assert_opens(host, ASK(.target = id), "linux");
	assert_opens(host, ASK(.target = "name=win10"), "win10");
	assert_opens(host, ASK(.target = "uuid=" FAKE_UUID_B), "linux");
	assert_opens(host, ASK(.target = id_target), "linux");
	/* extras, with a target or without */
	assert_opens(host, ASK(.extra = { "name", "win10" }), "win10");
	assert_opens(host, ASK(.target = "", .extra = { "uuid", FAKE_UUID_B }), "linux");
	assert_opens(host, ASK(.extra = { "id", id }), "linux");
	assert_opens(host, ASK(.extra = { "default", "win10" }), "win10");
	assert_opens(host, ASK(.extra = { "default", "name=linux" }), "linux");
	/* the same again */
	assert_opens(host, ASK(.target = "win10", .extra = { "name", "win10" }), "win10");
	assert_opens(host, ASK(.target = "name=win10", .extra = { "name", "win10" }), "win10");
	assert_opens(host, ASK(.extra = { "id", id, "id", id, "default", id_target }), "linux");
	assert_opens(host, ASK(.target = "linux", .extra = { "default", "linux" }), "linux");
}

static void test_key_is_meant(void **state)
{
	Host *host = *state;

	/* A name that is another's UUID, and one that looks like an argument. */
	START(host, FAKE_UUID_A, FAKE_UUID_B);
	assert_opens(host, ASK(.extra = { "uuid", FAKE_UUID_A }), "win10");
	assert_opens(host, ASK(.extra = { "name", FAKE_UUID_A }), FAKE_UUID_A);
	assert_opens(host, ASK(.target = FAKE_UUID_A), FAKE_UUID_A);
	START(host, "a=b", UUID_C);
	assert_opens(host, ASK(.target = "a=b"), "a=b");
	assert_opens(host, ASK(.target = "name=a=b"), "a=b");
	assert_refused(host, ASK(.extra = { "uuid", "win10" }),
		       CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win10");
	assert_refused(host, ASK(.extra = { "id", "win10" }),
		       CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win10");
}

static void test_contradictions(void **state)
{
	Host *host = *state;
	const int32_t error = ARGS_ERROR(MF_KIND_ARG_VALIDATION);

	assert_refused(host, ASK(.target = "win10", .extra = { "name", "linux" }), error, "linux");
	assert_refused(host, ASK(.target = "name=win10", .extra = { "name", "linux" }), error,
		       "win10");
	assert_refused(host, ASK(.extra = { "name", "win10", "uuid", FAKE_UUID_A }), error,
		       FAKE_UUID_A);
	assert_refused(host, ASK(.extra = { "name", "7", "id", "7" }), error, "7");
	assert_refused(host, ASK(.target = "win10", .extra = { "default", "linux" }), error,
		       "given twice");
	assert_refused(host, ASK(.target = "name="), error, "empty");
	assert_refused(host, ASK(.extra = { "uuid", "" }), error, "empty");
}

/* Whether the first of two says more than the second does not matter. */
static void test_general_after_special(void **state)
{
	Host *host = *state;

	assert_opens(host, ASK(.target = "name=win10", .extra = { "default", "win10" }), "win10");
	assert_opens(host, ASK(.extra = { "name", "win10", "default", "win10" }), "win10");
}

static void test_unknown(void **state)
{
	Host *host = *state;
	const int32_t error = ARGS_ERROR(MF_KIND_ARG_NOT_EXISTS);

	assert_refused(host, ASK(.target = "win10", .extra = { "read-only", "true" }), error,
		       "name, uuid, id, uri, backend, readonly");
	assert_refused(host, ASK(.target = "win10", .extra = { "read-only", "true" }), error,
		       "\"read-only\"");
	assert_refused(host, ASK(.target = "win10", .extra = { "Name", "win10" }), error, "Name");
	assert_refused(host, ASK(.target = "win10", .extra = { "", "" }), error, "\"\"");
	/* whatever stands before and behind */
	assert_refused(host, ASK(.extra = { "name", "win10", "x", "y", "uri", "qemu:///system" }),
		       error, "\"x\"");
}

static void test_text(void **state)
{
	Host *host = *state;
	const int32_t error = ARGS_ERROR(MF_KIND_ARG_VALIDATION);

	assert_refused(host, ASK(.target = "win\xff"), error, "UTF-8");
	assert_refused(host, ASK(.extra = { "name", "\xc3" }), error, "UTF-8");
	assert_refused(host, ASK(.extra = { "\xed\xa0\x80", "x" }), error, "UTF-8");
	START(host, "Grüße", FAKE_UUID_B);
	assert_opens(host, ASK(.target = "Grüße"), "Grüße");
}

static void test_no_domain(void **state)
{
	Host *host = *state;
	const int32_t error = ARGS_ERROR(MF_KIND_REQUIRED_ARG_NOT_FOUND);
	FakeVm *vm = g_ptr_array_index(host->libvirt->host->vms, 0);

	assert_opens(host, ASK(.target = NULL), "win10");
	assert_opens(host, ASK(.target = ""), "win10");
	assert_opens(host, ASK(.no_args = TRUE), "win10");
	assert_opens(host, ASK(.extra = { "backend", "kmod" }), "win10");
	/* one that is off is not the one */
	host->vms->define(host->libvirt, host->libvirt->system, "off", UUID_C, -1);
	assert_opens(host, ASK(.target = NULL), "win10");

	START(host, "linux", FAKE_UUID_B);
	assert_refused(host, ASK(.target = NULL), error, "linux, win10");
	assert_refused(host, ASK(.no_args = TRUE), error, "2 are running");
	assert_opens(host, ASK(.target = "linux"), "linux");

	host->vms->stop(vm);
	assert_opens(host, ASK(.target = NULL), "linux");
	host->vms->stop(g_ptr_array_index(host->libvirt->host->vms, 1));
	assert_refused(host, ASK(.target = NULL), error, "none is running");
}

static void test_not_there(void **state)
{
	Host *host = *state;
	FakeVm *vm = g_ptr_array_index(host->libvirt->host->vms, 0);

	assert_refused(host, ASK(.target = "win11"), CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND),
		       "win11");
	host->vms->stop(vm);
	assert_refused(host, ASK(.target = "win10"), CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND),
		       "win10");
	host->vms->stop_system(host->libvirt);
	assert_refused(host, ASK(.target = "win10", .extra = { "uri", "qemu:///system" }),
		       CONNECTOR_ERROR(MF_KIND_CONFIGURATION), "qemu:///system");
}

static void test_uri(void **state)
{
	Host *host = *state;

	assert_opens(host, ASK(.target = "win10", .extra = { "uri", "qemu:///system" }), "win10");
	assert_true(host->libvirt->n_connections > 0);
	/* libvirt starts the daemon of a session that is asked for */
	assert_refused(host, ASK(.target = "win10", .extra = { "uri", "qemu:///session" }),
		       CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win10");
	assert_refused(host, ASK(.extra = { "uri", "qemu:///session" }),
		       ARGS_ERROR(MF_KIND_REQUIRED_ARG_NOT_FOUND), "none is running");
	assert_refused(host, ASK(.target = "win10", .extra = { "uri", "nonsense" }),
		       CONNECTOR_ERROR(MF_KIND_INVALID_ARGUMENT), "nonsense");
}

static void test_backend(void **state)
{
	Host *host = *state;
	FakeVm *vm = g_ptr_array_index(host->libvirt->host->vms, 0);

	assert_opens(host, ASK(.target = "win10", .extra = { "backend", "auto" }), "win10");
	assert_opens(host, ASK(.target = "win10", .extra = { "backend", "node" }), "win10");
	assert_opens(host, ASK(.target = "win10", .extra = { "backend", "kmod" }), "win10");
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "qemu" }),
		       CONNECTOR_ERROR(MF_KIND_INVALID_ARGUMENT), "auto, node, kmod, memfd, procmem");
	host->vms->unpublish(vm);
	assert_opens(host, ASK(.target = "win10", .extra = { "backend", "auto" }), "win10");
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "node" }),
		       CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "not published");
}

static void test_rights(void **state)
{
	Host *host = *state;
	FakeVm *vm = g_ptr_array_index(host->libvirt->host->vms, 0);

	vm->node_open_errno = EACCES;
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "node" }),
		       CONNECTOR_ERROR(MF_KIND_UNABLE_TO_READ_MEMORY), "permission");
	vm->node_open_errno = 0;
	host->libvirt->host->control_errno = EACCES;
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "kmod" }),
		       CONNECTOR_ERROR(MF_KIND_UNABLE_TO_READ_MEMORY), "permission");
	host->libvirt->host->control_errno = ENOENT;
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "kmod" }),
		       CONNECTOR_ERROR(MF_KIND_CONFIGURATION), "module");
	host->libvirt->host->control_errno = 0;
	host->libvirt->host->features = 0;
	assert_refused(host, ASK(.target = "win10", .extra = { "backend", "kmod" }),
		       CONNECTOR_ERROR(MF_KIND_VERSION_MISMATCH), "interface");
}

static gboolean opens_readonly(Host *host, const char *readonly)
{
	const Ask ask = { .target = "win10", .extra = { readonly ? "readonly" : NULL, readonly } };
	struct mf_connector connector;
	struct mf_phys_metadata metadata;
	struct mf_view_metadata view_metadata;
	struct mf_view view;
	int32_t wrote;

	assert_int_equal(host_create(host, &ask, &connector), 0);
	metadata = connector.physical_memory->metadata(&connector.container);
	view = connector.physical_memory->phys_view(&connector.container);
	view_metadata = view.vtbl->metadata(&view.container);
	container_drop(&view.container);
	assert_int_equal(metadata.readonly, view_metadata.readonly);
	wrote = host_write(&connector, 0x2000, "x", 1);
	assert_int_equal(wrote, metadata.readonly ? CONNECTOR_ERROR(MF_KIND_READ_ONLY) : 0);
	connector_drop(&connector);
	return metadata.readonly;
}

static void test_readonly(void **state)
{
	static const char *const yes[] = { "true", "1", "yes", "on", "TRUE", "Yes" };
	static const char *const no[] = { "false", "0", "no", "off", "False" };
	static const char *const neither[] = { "", "2", "maybe", "true ", "tru" };
	Host *host = *state;
	FakeVm *vm = g_ptr_array_index(host->libvirt->host->vms, 0);
	char byte;

	for (guint i = 0; i < G_N_ELEMENTS(yes); i++)
		assert_true(opens_readonly(host, yes[i]));
	host->vms->peek(vm, 0x2000, &byte, 1);
	assert_int_equal(byte, 0);
	for (guint i = 0; i < G_N_ELEMENTS(no); i++)
		assert_false(opens_readonly(host, no[i]));
	host->vms->peek(vm, 0x2000, &byte, 1);
	assert_int_equal(byte, 'x');
	assert_false(opens_readonly(host, NULL));
	for (guint i = 0; i < G_N_ELEMENTS(neither); i++)
		assert_refused(host, ASK(.target = "win10", .extra = { "readonly", neither[i] }),
			       ARGS_ERROR(MF_KIND_ARG_VALIDATION), "neither true nor false");
	host_assert_no_record(host);

	/* Where writing is not allowed. */
	host->vms->unpublish(vm);
	host->vms->publish(vm, TRUE);
	assert_true(opens_readonly(host, NULL));
	assert_true(opens_readonly(host, "true"));
	assert_refused(host, ASK(.target = "win10", .extra = { "readonly", "false" }),
		       CONNECTOR_ERROR(MF_KIND_READ_ONLY), "read-only");
}

static void test_cache(void **state)
{
	Host *host = *state;
	const int32_t error = ARGS_ERROR(MF_KIND_NOT_SUPPORTED);

	assert_refused(host, ASK(.target = "win10", .middleware = { .cache = { 1, true } }), error,
		       " cache ");
	assert_refused(host, ASK(.target = "win10", .middleware = { .cache_size = 1 }), error,
		       " cache_size ");
	assert_refused(host, ASK(.target = "win10", .middleware = { .cache_validity_time = 1 }),
		       error, " cache_time ");
	assert_refused(host, ASK(.target = "win10", .middleware = { .cache_page_size = 1 }), error,
		       " cache_page_size ");
	assert_opens(host, ASK(.target = "win10", .middleware = { .cache = { 1, false } }),
		     "win10");
	/* None, whatever lies behind it */
	assert_opens(host, ASK(.target = "win10", .middleware = { .cache = { 0, true } }), "win10");
}

/* The delay is per list, and of a clone, too. */
static void test_delay(void **state)
{
	Host *host = *state;
	struct mf_connector connector;
	struct mf_connector clone;
	const gint64 delay = 20000;
	gint64 before;
	char byte;

	assert_int_equal(host_create(host, ASK(.target = "win10", .middleware = { .delay = 20000 }),
				     &connector),
			 0);
	clone = connector_clone(&connector);
	before = g_get_monotonic_time();
	assert_int_equal(host_read(&connector, 0x1000, &byte, 1), 0);
	assert_true(g_get_monotonic_time() - before >= delay);
	before = g_get_monotonic_time();
	assert_int_equal(host_write(&clone, 0x2000, &byte, 1), 0);
	assert_true(g_get_monotonic_time() - before >= delay);
	connector_drop(&connector);
	connector_drop(&clone);
}

/* A report a second at most, of reads and writes apart. */
static void test_metrics(void **state)
{
	Host *host = *state;
	const Ask ask = { .target = "win10", .middleware = { .metrics = true, .delay = 1000 } };
	struct mf_connector connector;
	gint64 before;
	char bytes[100];

	assert_int_equal(host_create(host, &ask, &connector), 0);
	before = g_get_monotonic_time();
	while (host->records->len == 0 && g_get_monotonic_time() - before < 60LL * G_USEC_PER_SEC)
		assert_int_equal(host_read(&connector, 0x1000, bytes, sizeof(bytes)), 0);
	assert_true(g_get_monotonic_time() - before >= G_USEC_PER_SEC);
	host_assert_record(host, MF_LOG_INFO, "100 bytes each");
	before = g_get_monotonic_time();
	while (host->records->len == 0 && g_get_monotonic_time() - before < 60LL * G_USEC_PER_SEC)
		assert_int_equal(host_write(&connector, 0x2000, bytes, 10), 0);
	host_assert_record(host, MF_LOG_INFO, "10 bytes each");
	connector_drop(&connector);
}

static void test_log_levels(void **state)
{
	Host *host = *state;
	struct mf_connector connector;
	const Ask *bad = ASK(.target = "win11");

	/* The host hears of a changed level by this. */
	assert_refused(host, bad, CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win11");
	host->logger.on_level_change(MF_LOG_OFF);
	assert_true(host->descriptor->create != NULL);
	host->enabled = MF_LOG_OFF;
	assert_true(host_create(host, bad, &connector) < 0);
	host_assert_no_record(host);

	host->enabled = MF_LOG_ERROR;
	assert_refused(host, bad, CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win11");

	host->logger.max_level = MF_LOG_OFF;
	assert_true(host_create(host, bad, &connector) < 0);
	host_assert_no_record(host);
	host->logger.on_level_change(MF_LOG_ERROR);
	/* an instance that lives hears of it */
	host->logger.max_level = MF_LOG_ERROR;
	assert_int_equal(host_create(host, ASK(.target = "win10"), &connector), 0);
	host->logger.on_level_change(MF_LOG_OFF);
	host->vms->stop_system(host->libvirt);
	connector.physical_memory->set_mem_map(
		&connector.container,
		(struct mf_mapping_list){ (const struct mf_mapping[]){ { UINT64_MAX, 2, 0 } }, 1 });
	host_assert_no_record(host);
	host->logger.on_level_change(MF_LOG_ERROR);
	connector.physical_memory->set_mem_map(
		&connector.container,
		(struct mf_mapping_list){ (const struct mf_mapping[]){ { UINT64_MAX, 2, 0 } }, 1 });
	host_assert_record(host, MF_LOG_ERROR, "map");
	connector_drop(&connector);
}

/* memflow's C interface and tests give none. */
static void test_no_logger(void **state)
{
	Host *host = *state;
	struct mf_connector connector;

	assert_opens(host, ASK(.target = "win10", .no_logger = TRUE), "win10");
	assert_opens(host, ASK(.no_args = TRUE, .no_logger = TRUE), "win10");
	assert_int_equal(host_create(host, ASK(.target = "win11", .no_logger = TRUE), &connector),
			 CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND));
	host_assert_no_record(host);
}

/* A host that is linked with the plugin has no library to keep. */
static void test_no_library(void **state)
{
	Host *host = *state;
	const struct mf_connector_args args = { .target = (char *)"win10" };
	const struct mf_connector_input none = { 0 };
	const struct mf_arc library = { 0 };
	struct mf_connector connector;
	struct mf_container clone;

	assert_int_equal(host->descriptor->create(&args, none, library, &host->logger, &connector),
			 0);
	clone = connector.clone->clone(&connector.container);
	assert_null(clone.context.instance);
	container_drop(&clone);
	connector_drop(&connector);
	host->vms->stop(g_ptr_array_index(host->libvirt->host->vms, 0));
	assert_true(host->descriptor->create(&args, none, library, NULL, &connector) < 0);
}

static void test_stacked(void **state)
{
	Host *host = *state;

	assert_opens(host, ASK(.target = "win10", .stacked = TRUE), "win10");
	assert_refused(host, ASK(.target = "win11", .stacked = TRUE),
		       CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND), "win11");
	assert_refused(host, ASK(.extra = { "x", "y" }, .stacked = TRUE),
		       ARGS_ERROR(MF_KIND_ARG_NOT_EXISTS), "\"x\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(test_domain),
		TEST(test_key_is_meant),
		TEST(test_contradictions),
		TEST(test_general_after_special),
		TEST(test_unknown),
		TEST(test_text),
		TEST(test_no_domain),
		TEST(test_not_there),
		TEST(test_uri),
		TEST(test_backend),
		TEST(test_rights),
		TEST(test_readonly),
		TEST(test_cache),
		TEST(test_delay),
		TEST(test_metrics),
		TEST(test_log_levels),
		TEST(test_no_logger),
		TEST(test_stacked),
		TEST(test_no_library),
	};

	g_assert_cmpint(argc, ==, 2);
	plugin = argv[1];
	return cmocka_run_group_tests_name("connector-create", tests, NULL, NULL);
}
