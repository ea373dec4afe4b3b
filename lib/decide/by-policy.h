/* SPDX-License-Identifier: MIT */
/*
 * Making nodes as the policy says, and telling such nodes from those that somebody made by
 * hand. The kernel does not know whose wish a node is. So a note is left on it, which says what the
 * policy asked for when it was made. Nodes without one are somebody's own, or of a version that left
 * none; udev, or who changes a node's rights, leaves the note as it is.
 */
#pragma once

#include "policy.h"
#include "process.h"
#include "published.h"

G_BEGIN_DECLS

/**
 * mfl_by_policy_publish:
 * @policy: which says that it is to be attached
 * @error: MFL_ERROR_NOT_RUNNING, MFL_ERROR_GONE, MFL_ERROR_NOT_FOUND if that domain of the system's
 *   libvirt does not run (any more); else as mfl_device_publish()
 *
 * Gives a domain its node. One that it has already stays as it is.
 *
 * Returns: the pid of its process, 0 on error
 */
pid_t mfl_by_policy_publish(const MflEnv *env, const char *name, const char *uuid,
			    const MflPolicy *policy, GError **error);

/* As mfl_by_policy_publish(), for who has the process already, and has looked up the group. */
gboolean mfl_by_policy_publish_process(MflProcess *process, const char *name, const char *uuid,
				       const MflPolicy *policy, gid_t gid, GError **error);

/* Whether @published was made by the policy, be it another policy than today's. */
gboolean mfl_by_policy_is(const MflEnv *env, const MflPublished *published);

/*
 * Whether it was made as @policy says today. One without a note was not. MFL_ERROR_INVALID: there
 * is no such group as the policy's.
 */
gboolean mfl_by_policy_fits(const MflEnv *env, const MflPublished *published,
			    const MflPolicy *policy, gboolean *fits, GError **error);

G_END_DECLS
