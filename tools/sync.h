/* SPDX-License-Identifier: MIT */
/*
 * What has to be done so that the nodes are those that the policy wants for the domains that run:
 * first the plan, then each step of it.
 */
#pragma once

#include "core/policy.h"
#include "core/published.h"
#include "memflowctl.h"

/* Of whose domains the hook takes care; see libvirt-hook/main.c. */
#define SYNC_URI "qemu:///system"

/**
 * enum sync_action - a step's kind
 * @SYNC_NONE: all is as it should be
 * @SYNC_ATTACH: it has no node and should have one
 * @SYNC_REPLACE: its node is not as the policy says
 * @SYNC_DETACH: it has a node and should have none
 * @SYNC_REMOVE: the node of a process that is gone
 * @SYNC_KEEP: a node that the policy would not make, and that is somebody's own
 */
enum sync_action {
	SYNC_NONE,
	SYNC_ATTACH,
	SYNC_REPLACE,
	SYNC_DETACH,
	SYNC_REMOVE,
	SYNC_KEEP,
	SYNC_N_ACTIONS
};

/**
 * struct sync_step - what is to become of one domain, or of one node
 * @name, @uuid: of the domain
 * @pid: of its process; 0: not known
 * @action: what is to be done
 * @by_hand: the node that is to be made stays somebody's own, but for writing
 * @done: it was
 * @reason: (nullable): why, for people
 * @published: (nullable): its node
 * @policy: (nullable): what holds for it
 * @error: (nullable): what went wrong
 */
typedef struct sync_step {
	char *name;
	char *uuid;
	pid_t pid;
	enum sync_action action;
	gboolean by_hand;
	gboolean done;
	char *reason;
	MflPublished *published;
	MflPolicy *policy;
	GError *error;
} SyncStep;

/**
 * ctl_sync_plan:
 * @strict: nodes that somebody made by hand are to be as the policy says, too
 * @failure: out: why not all domains are in the plan; %NULL: they are
 *
 * Returns: (transfer full) (element-type SyncStep): in the order in which to carry them out
 */
GPtrArray *ctl_sync_plan(struct ctl *ctl, gboolean strict, GError **failure);

/* What the node is made with that @step makes; it has a policy. */
mode_t ctl_sync_mode(const SyncStep *step);

/* @revoke: who has a node open that goes is to lose it. Sets @step's done or error. */
void ctl_sync_carry_out(struct ctl *ctl, SyncStep *step, gboolean revoke);
