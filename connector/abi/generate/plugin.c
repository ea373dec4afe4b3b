/* SPDX-License-Identifier: MIT */
/*
 * The least plugin that can carry the layouts, for test: it is listed, and its create refuses.
 * memflow 0.2.4, src/plugins/mod.rs, PluginDescriptor.
 */
#include "../layouts.h"

#include <stddef.h>
#include <stdint.h>

struct slice {
	const char *data;
	size_t len;
};
#define SLICE(s)                                                                                   \
	{                                                                                          \
		(s), sizeof(s) - 1                                                                 \
	}

struct descriptor {
	int32_t plugin_version;
	uint32_t accept_input;
	const struct sabi_type_layout *input_layout;
	const struct sabi_type_layout *output_layout;
	struct slice name;
	struct slice version;
	struct slice description;
	void (*help)(void);
	void (*target_list)(void);
	int32_t (*create)(void);
};
_Static_assert(sizeof(struct descriptor) == 0x60, "not memflow's descriptor");

/*
 * Its arguments are left alone. The error is memflow's Error(ErrorOrigin::Connector,
 * ErrorKind::NotSupported), whose positions among their enumerators are 13 and 1: see memflow
 * 0.2.4, src/error.rs, into_int_err().
 */
static int32_t create(void)
{
	return -(1 + ((13 + 1) << 4) + ((1 + 1) << 16));
}

extern const struct descriptor MEMFLOW_CONNECTOR_LIBVIRT;
__attribute__((visibility("default"))) const struct descriptor MEMFLOW_CONNECTOR_LIBVIRT = {
	.plugin_version = 1,
	.input_layout = &mfc_input_layout,
	.output_layout = &mfc_output_layout,
	.name = SLICE("libvirt"),
	.version = SLICE("0.0.0"),
	.description = SLICE("test"),
	.create = create,
};
