/* SPDX-License-Identifier: MIT */
/* The host this program runs on, and its libvirt: see context.h. */
#include "context.h"

#include "libvirt.h"

static const char *get_default_uri(void)
{
	const char *uri = g_getenv("LIBVIRT_DEFAULT_URI");

	return uri && *uri ? uri : NULL;
}

const MflContext *mfl_context_host(void)
{
	static MflContext host;
	static gsize initialized;

	if (g_once_init_enter(&initialized)) {
		host.env = mfl_env_host();
		host.libvirt = &mfl_libvirt;
		host.get_default_uri = get_default_uri;
		g_once_init_leave(&initialized, 1);
	}
	return &host;
}
