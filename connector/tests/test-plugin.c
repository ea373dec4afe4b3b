/* SPDX-License-Identifier: MIT */
/*
 * The plugin before there is an instance: the real one on this machine, which knows no
 * domain, and the test build, which knows those of the fake libvirt.
 */
#include "host.h"

#include "test-helpers.h"

#include "abi/abi-stable.h"

#include <stdlib.h>

static const char *real_plugin;
static const char *test_plugin;

static void assert_slice(struct mf_slice slice, const char *text)
{
	assert_int_equal(slice.len, strlen(text));
	assert_memory_equal(slice.data, text, slice.len);
}

static void check_layout(const struct sabi_type_layout *layout, gsize size)
{
	struct sabi_utypeid id;

	assert_non_null(layout);
	assert_int_equal(layout->size, size);
	assert_int_equal(1 << layout->alignment_power_of_two, 8);
	assert_non_null(layout->shared_vars);
	assert_non_null(layout->mono);
	assert_true(layout->mono->name_len > 0);
	id = layout->type_id();
	assert_ptr_equal(id.type, layout);
}

static void check_descriptor(const struct mf_descriptor *descriptor)
{
	assert_int_equal(descriptor->plugin_version, 1);
	assert_false(descriptor->accept_input);
	assert_slice(descriptor->name, "libvirt");
	assert_slice(descriptor->version, MFL_VERSION);
	assert_true(descriptor->description.len > 10);
	assert_true(g_utf8_validate((const char *)descriptor->description.data,
				    (gssize)descriptor->description.len, NULL));
	check_layout(descriptor->input_layout, sizeof(struct mf_connector_input));
	check_layout(descriptor->output_layout, sizeof(struct mf_connector));
	assert_ptr_not_equal(descriptor->input_layout, descriptor->output_layout);
}

static void test_descriptor(void **state)
{
	g_autoptr(Host) host = host_load(real_plugin);

	(void)state;
	assert_null(host->vms);
	check_descriptor(host->descriptor);
}

static void test_descriptor_of_test_build(void **state)
{
	g_autoptr(Host) host = host_load(test_plugin);

	(void)state;
	assert_non_null(host->vms);
	check_descriptor(host->descriptor);
}

typedef struct {
	GPtrArray *strings;
	guint at_most; /* the callback wants no more than that */
} Strings;

/* Rust frees what it was given with free(3). */
static bool keep_string(void *context, mf_string string)
{
	Strings *strings = context;

	assert_true(strings->strings->len < strings->at_most);
	g_ptr_array_add(strings->strings, g_strdup(string));
	free(string);
	return strings->strings->len < strings->at_most;
}

static GPtrArray *take_help(const Host *host)
{
	Strings strings = { g_ptr_array_new_with_free_func(g_free), 100 };

	host->descriptor->help((struct mf_string_callback){ &strings, keep_string });
	return strings.strings;
}

static GPtrArray *take_targets(const Host *host, guint at_most, int32_t *result)
{
	Strings strings = { g_ptr_array_new_with_free_func(g_free), at_most };

	*result =
		host->descriptor->target_list((struct mf_string_callback){ &strings, keep_string });
	return strings.strings;
}

static void test_help(void **state)
{
	static const char *const words[] = { "libvirt:DOMAIN", "name=",	   "uuid=",    "id=",
					     "uri=",	       "backend=", "readonly=" };
	g_autoptr(Host) host = host_load(real_plugin);
	g_autoptr(GPtrArray) help = take_help(host);

	(void)state;
	assert_int_equal(help->len, 1);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		assert_non_null(strstr(g_ptr_array_index(help, 0), words[i]));
}

static void test_targets(void **state)
{
	g_autoptr(Host) host = host_load(test_plugin);
	g_autoptr(GPtrArray) none = NULL;
	g_autoptr(GPtrArray) all = NULL;
	g_autoptr(GPtrArray) first = NULL;
	int32_t result;

	(void)state;
	none = take_targets(host, 100, &result);
	assert_int_equal(result, 0);
	assert_int_equal(none->len, 0);

	host->vms->start("win10", FAKE_UUID_A, TRUE);
	host->vms->start("Grüße, Welt", FAKE_UUID_B, FALSE);
	host->vms->define(host->libvirt, host->libvirt->system, "off",
			  "0c0c0c0c-1111-2222-3333-444444444444", -1);
	all = take_targets(host, 100, &result);
	assert_int_equal(result, 0);
	assert_int_equal(all->len, 2);
	assert_string_equal(g_ptr_array_index(all, 0), "Grüße, Welt");
	assert_string_equal(g_ptr_array_index(all, 1), "win10");

	/* The host has seen enough. */
	first = take_targets(host, 1, &result);
	assert_int_equal(result, 0);
	assert_int_equal(first->len, 1);
}

/* Neither libvirt nor the module: not an empty list, but an error. */
static void test_targets_cannot_be_listed(void **state)
{
	g_autoptr(Host) host = host_load(test_plugin);
	g_autoptr(GPtrArray) none = NULL;
	int32_t result;

	(void)state;
	host->vms->stop_system(host->libvirt);
	host->vms->remove(host->libvirt->host, "sys/class/memflow");
	host->vms->remove(host->libvirt->host, "run");
	none = take_targets(host, 100, &result);
	assert_int_equal(none->len, 0);
	assert_int_equal(result, CONNECTOR_ERROR(MF_KIND_CONFIGURATION));
}

/* On a machine with libvirt or without: a domain of that name does not exist. */
static void test_real_plugin(void **state)
{
	static const char domain[] = "memflow-libvirt's test has no such domain";
	g_autoptr(Host) host = host_load(real_plugin);
	g_autoptr(GPtrArray) targets = NULL;
	struct mf_connector connector;
	int32_t result;

	(void)state;
	targets = take_targets(host, 10000, &result);
	assert_true(result == 0 || (result < 0 && targets->len == 0));
	for (guint i = 0; i < targets->len; i++)
		assert_string_not_equal(g_ptr_array_index(targets, i), domain);

	for (guint stacked = 0; stacked < 2; stacked++) {
		result = host_create(host, ASK(.target = domain, .stacked = stacked), &connector);
		/* which of them depends on whether libvirt could be asked */
		assert_true(result == CONNECTOR_ERROR(MF_KIND_TARGET_NOT_FOUND) ||
			    result == CONNECTOR_ERROR(MF_KIND_CONFIGURATION));
		host_assert_record(host, MF_LOG_ERROR, domain);
	}
	assert_int_equal(host_create(host, ASK(.extra = { "nmae", "win10" }), &connector),
			 ARGS_ERROR(MF_KIND_ARG_NOT_EXISTS));
	host_assert_record(host, MF_LOG_ERROR, "nmae");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_descriptor_of_test_build),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_targets_cannot_be_listed),
		cmocka_unit_test(test_real_plugin),
	};

	g_assert_cmpint(argc, ==, 3);
	real_plugin = argv[1];
	test_plugin = argv[2];
	return cmocka_run_group_tests_name("connector-plugin", tests, NULL, NULL);
}
