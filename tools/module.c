// SPDX-License-Identifier: MIT
#include "module.h"

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/fd.h"
#include "core/published.h"
#include "memflow.h"

void ctl_module_clear(CtlModule *module)
{
	g_clear_pointer(&module->version, g_free);
}

static gboolean ask(const MflEnv *env, const char *path, struct ctl_module *module)
{
	struct memflow_version version = { 0 };
	mfl_autofd fd = env->open(path, O_RDONLY);

	if (fd < 0 || env->ioctl(fd, MEMFLOW_IOC_VERSION, &version) < 0)
		return FALSE;
	module->abi = version.abi;
	module->features = version.features;
	return TRUE;
}

static gboolean ask_node(const MflEnv *env, struct ctl_module *module)
{
	g_autoptr(GPtrArray) published = mfl_published_list_in(env, NULL);

	for (guint i = 0; published && i < published->len; i++) {
		const MflPublished *one = g_ptr_array_index(published, i);

		if (g_access(one->node, R_OK) == 0)
			return ask(env, one->node, module);
	}
	return FALSE;
}

void ctl_module_query(const MflEnv *env, struct ctl_module *module)
{
	g_autofree char *dir = g_build_filename(env->sys, "module", "memflow", NULL);
	g_autofree char *version = g_build_filename(dir, "version", NULL);
	g_autofree char *control = g_build_filename(env->dev, "memflow", NULL);

	*module = (struct ctl_module){ .loaded = g_file_test(dir, G_FILE_TEST_IS_DIR) };
	if (!module->loaded)
		return;
	if (g_file_get_contents(version, &module->version, NULL, NULL))
		g_strstrip(module->version);
	module->known = ask(env, control, module) || ask_node(env, module);
}

char **ctl_module_feature_names(guint64 features)
{
	static const char *const names[] = { "publish", "status", "transfer", "populate" };
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);

	for (guint bit = 0; bit < 64; bit++) {
		if (!(features >> bit & 1))
			continue;
		/* Of a module newer than we are. */
		g_ptr_array_add(found, bit < G_N_ELEMENTS(names) ? g_strdup(names[bit]) :
								   g_strdup_printf("bit%u", bit));
	}
	g_ptr_array_add(found, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}
