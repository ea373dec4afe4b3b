/* SPDX-License-Identifier: MIT */
/* The plugin as a memflow host finds it: one exported symbol, the descriptor. */
#include "abi/layouts.h"
#include "error.h"
#include "instance.h"
#include "log.h"

#include <stdlib.h>
#include <string.h>

#define TEXT(literal) \
	{ .data = (const uint8_t *)(literal), .len = sizeof(literal) - 1 }

/* A string for the host to keep, which frees it. */
static gboolean give_string(struct mf_string_callback callback, const char *text)
{
	mf_string copy = strdup(text);

	return copy && callback.func(callback.context, copy);
}

static void help(struct mf_string_callback callback)
{
	(void)give_string(callback, mfc_options_help);
}

static int32_t target_list(struct mf_string_callback callback)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) domains = mfl_domain_list(NULL, &error);

	if (!domains) {
		mfc_log_error(NULL, MF_LOG_ERROR, error);
		return mfc_error_to_memflow(error);
	}
	for (guint i = 0; i < domains->len; i++)
		if (!give_string(callback, mfl_domain_get_name(g_ptr_array_index(domains, i))))
			break;
	return 0;
}

/* The host may stack a connector on an OS; this one has no use for it. */
static void drop_input(struct mf_connector_input *input)
{
	struct mf_container *container = &input->os.container;

	if (!input->some)
		return;
	if (container->instance.drop_fn)
		container->instance.drop_fn(container->instance.instance);
	mfc_arc_drop(&container->context);
}

static int32_t create(const struct mf_connector_args *args, struct mf_connector_input input,
		      struct mf_arc library, struct mf_logger *logger, struct mf_connector *out)
{
	g_auto(MfcOptions) options = { 0 };
	g_autoptr(GError) error = NULL;
	MfcInstance *instance = NULL;

	mfc_log_init(logger);
	drop_input(&input);
	if (mfc_options_parse(&options, args, &error))
		instance = mfc_instance_new(&options, logger, &error);
	if (!instance) {
		mfc_log_error(logger, MF_LOG_ERROR, error);
		mfc_arc_drop(&library);
		return mfc_error_to_memflow(error);
	}
	*out = mfc_instance_to_connector(instance, library);
	return 0;
}

/* "libvirt" in capitals: memflow src/plugins/plugin_analyzer.rs. */
extern const struct mf_descriptor MEMFLOW_CONNECTOR_LIBVIRT;

__attribute__((visibility("default"))) const struct mf_descriptor MEMFLOW_CONNECTOR_LIBVIRT = {
	.plugin_version = MF_PLUGIN_VERSION,
	.accept_input = false,
	.input_layout = &mfc_input_layout,
	.output_layout = &mfc_output_layout,
	.name = TEXT("libvirt"),
	.version = TEXT(MFL_VERSION),
	.description = TEXT("physical memory of QEMU/KVM guests by libvirt domain name"),
	.help = help,
	.target_list = target_list,
	.create = create,
};
