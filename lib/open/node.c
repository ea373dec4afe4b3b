/* SPDX-License-Identifier: MIT */
/* Backend "node": the domain's published node. */
#include "device.h"
#include "fd.h"
#include "target.h"
#include "uuid.h"

#include <fcntl.h>
#include <string.h>

/* A node that was made anew since it was found may be another VM's. */
static gboolean check_identity(MflDomain *domain, const struct memflow_info *info, GError **error)
{
	guint8 uuid[MFL_UUID_BYTES] = { 0 };

	if ((info->state & MEMFLOW_ALIVE) && mfl_uuid_parse(domain->uuid, uuid) &&
	    memcmp(uuid, info->uuid, sizeof(uuid)) == 0)
		return TRUE;
	g_set_error(error, MFL_ERROR, MFL_ERROR_GONE,
		    "domain \"%s\" stopped while its node %s was being opened", domain->name,
		    domain->node);
	return FALSE;
}

static void set_readonly_error(MflDomain *domain, GError **error)
{
	g_set_error(error, MFL_ERROR, MFL_ERROR_READONLY,
		    "%s is published read-only; writing needs another policy", domain->node);
}

static MflTarget *open_node(MflDomain *domain, MflOpenFlags flags, GError **error)
{
	const MflEnv *env = domain->context->env;
	g_autoptr(GError) cause = NULL;
	struct memflow_info info;
	mfl_autofd fd = -1;
	/* The module would say EACCES, as for a missing right. */
	gboolean writable = !(flags & MFL_OPEN_READONLY) && !domain->readonly;

	if (!domain->node) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_FOUND,
			    "the domain is not published; as root: memflowctl attach '%s'",
			    domain->name);
		return NULL;
	}
	if (domain->readonly && (flags & MFL_OPEN_READ_WRITE)) {
		set_readonly_error(domain, error);
		return NULL;
	}
	fd = mfl_device_open_node(env, domain->node, writable ? O_RDWR : O_RDONLY, &cause);
	if (fd < 0 && writable && !(flags & MFL_OPEN_READ_WRITE) &&
	    g_error_matches(cause, MFL_ERROR, MFL_ERROR_PERMISSION)) {
		g_clear_error(&cause);
		writable = FALSE;
		fd = mfl_device_open_node(env, domain->node, O_RDONLY, &cause);
	}
	if (fd < 0) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return NULL;
	}
	if (!mfl_device_get_info(env, fd, &info, error) || !check_identity(domain, &info, error))
		return NULL;
	if (info.flags & MEMFLOW_READONLY)
		writable = FALSE;
	if (!writable && (flags & MFL_OPEN_READ_WRITE)) {
		set_readonly_error(domain, error);
		return NULL;
	}
	return mfl_target_new_module(env, MFL_BACKEND_NODE, mfl_steal_fd(&fd), !writable);
}

const MflBackendOps mfl_backend_node = {
	.backend = MFL_BACKEND_NODE,
	.name = "node",
	.open = open_node,
};
