/* SPDX-License-Identifier: MIT */
/*
 * What the loaded kernel module says of itself.
 */
#pragma once

#include "core/env.h"

/**
 * struct ctl_module - the module as it is loaded
 * @loaded: whether it is
 * @version: (nullable): its MODULE_VERSION
 * @known: whether @abi and @features could be asked for
 * @abi: MEMFLOW_ABI_VERSION it speaks
 * @features: MEMFLOW_FEATURE_*
 */
struct ctl_module {
	gboolean loaded;
	char *version;
	gboolean known;
	guint abi;
	guint64 features;
};

typedef struct ctl_module CtlModule;

void ctl_module_clear(CtlModule *module);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CtlModule, ctl_module_clear)

/* Where the control device is not for us, a published node that we may read is asked. */
void ctl_module_query(const MflEnv *env, struct ctl_module *module);

/* (transfer full): names of the bits of @features, as for people and JSON */
char **ctl_module_feature_names(guint64 features);
