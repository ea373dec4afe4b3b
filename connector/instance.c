/* SPDX-License-Identifier: MIT */
/* One connector object of a memflow host: PhysicalMemory and Clone. */
#include "instance.h"

#include "error.h"
#include "log.h"
#include "memory-map.h"
#include "transfer.h"

MfcInstance *mfc_instance_new(const MfcOptions *options, struct mf_logger *logger, GError **error)
{
	MflMemory *memory = NULL;
	MfcSource *source = mfc_source_open(options, &memory, error);
	MfcInstance *instance;

	if (!source)
		return NULL;
	instance = g_new0(MfcInstance, 1);
	instance->source = source;
	instance->memory = memory;
	instance->middleware.delay = options->delay;
	instance->middleware.metrics = options->metrics;
	instance->logger = logger;
	return instance;
}

void mfc_instance_drop(void *data)
{
	MfcInstance *instance = data;

	mfl_memory_unref(instance->memory);
	mfc_source_unref(instance->source);
	g_clear_pointer(&instance->map, g_array_unref);
	g_free(instance);
}

gboolean mfc_instance_revive(MfcInstance *instance)
{
	g_autoptr(GError) error = NULL;
	MflMemory *memory = mfc_source_reopen(instance->source, instance->memory, &error);

	if (!memory) {
		mfc_log_error(instance->logger, MF_LOG_DEBUG, error);
		return FALSE;
	}
	mfl_memory_unref(instance->memory);
	instance->memory = memory;
	instance->stopped = FALSE;
	instance->has_metadata = FALSE;
	mfc_log(instance->logger, MF_LOG_INFO, "The domain runs again and is attached again.");
	return TRUE;
}

struct mf_phys_metadata mfc_instance_get_metadata(MfcInstance *instance)
{
	const guint64 generation = mfl_memory_get_generation(instance->memory);
	struct mf_phys_metadata metadata;

	if (!instance->has_metadata || instance->generation != generation) {
		guint64 end = mfl_memory_get_end(instance->memory);

		instance->metadata = (struct mf_phys_metadata){
			.max_address = end ? end - 1 : 0,
			.real_size = mfl_memory_get_ram_size(instance->memory),
			.readonly = mfl_memory_is_readonly(instance->memory),
			/* A list costs nothing by itself, however long it is. */
			.ideal_batch_size = UINT32_MAX,
		};
		instance->generation = generation;
		instance->has_metadata = TRUE;
	}
	metadata = instance->metadata;
	if (instance->map) {
		metadata.max_address = mfc_memory_map_get_end(instance->map) - 1;
		metadata.real_size = mfc_memory_map_get_size(instance->map);
	}
	return metadata;
}

static struct mf_phys_metadata metadata(const struct mf_container *self)
{
	return mfc_instance_get_metadata(mfc_instance_of(self));
}

static void set_mem_map(struct mf_container *self, struct mf_mapping_list list)
{
	MfcInstance *instance = mfc_instance_of(self);
	g_autoptr(GError) error = NULL;
	GArray *map = mfc_memory_map_new(list, &error);

	if (error) {
		mfc_log(instance->logger, MF_LOG_ERROR, "The memory map is not used: %s.",
			error->message);
		return;
	}
	g_clear_pointer(&instance->map, g_array_unref);
	instance->map = map;
}

static struct mf_view into_phys_view(struct mf_container self)
{
	return (struct mf_view){ .vtbl = &mfc_view_vtbl, .container = self };
}

static struct mf_view phys_view(struct mf_container *self)
{
	return (struct mf_view){ .vtbl = &mfc_view_vtbl, .container = mfc_container_borrow(self) };
}

static const struct mf_phys_vtbl phys_vtbl = {
	.phys_read_raw_iter = mfc_phys_read_raw_iter,
	.phys_write_raw_iter = mfc_phys_write_raw_iter,
	.metadata = metadata,
	.set_mem_map = set_mem_map,
	.into_phys_view = into_phys_view,
	.phys_view = phys_view,
};

struct mf_container mfc_container_clone(const struct mf_container *self)
{
	const MfcInstance *instance = mfc_instance_of(self);
	MfcInstance *clone = g_new0(MfcInstance, 1);

	clone->source = mfc_source_ref(instance->source);
	clone->memory = mfl_memory_ref(instance->memory);
	clone->stopped = instance->stopped;
	clone->map = instance->map ? g_array_copy(instance->map) : NULL;
	clone->middleware.delay = instance->middleware.delay;
	clone->middleware.metrics = instance->middleware.metrics;
	clone->logger = instance->logger;
	return (struct mf_container){
		.instance = { .instance = clone, .drop_fn = mfc_instance_drop },
		.context = mfc_arc_clone(&self->context),
	};
}

const struct mf_clone_vtbl mfc_clone_vtbl = { .clone = mfc_container_clone };

struct mf_connector mfc_instance_to_connector(MfcInstance *instance, struct mf_arc library)
{
	return (struct mf_connector){
		.clone = &mfc_clone_vtbl,
		.physical_memory = &phys_vtbl,
		.cpu_state = &mfc_connector_cpu_vtbl,
		.container = {
			.instance = { .instance = instance, .drop_fn = mfc_instance_drop },
			.context = library,
		},
	};
}
