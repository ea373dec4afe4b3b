// SPDX-License-Identifier: MIT
#include "sync.h"

#include <string.h>

#include "core/device.h"
#include "core/process.h"
#include "decide/by-policy.h"
#include "decide/verdict.h"
#include "memflow-libvirt.h"

typedef struct {
	struct ctl *ctl;
	gboolean strict;
	GPtrArray *published; /* those of no domain yet; MflPublished */
	GPtrArray *steps;
} Plan;

static void step_free(SyncStep *step)
{
	g_free(step->name);
	g_free(step->uuid);
	g_free(step->reason);
	mfl_published_free(step->published);
	mfl_policy_free(step->policy);
	g_clear_error(&step->error);
	g_free(step);
}

static SyncStep *add_step(Plan *plan, const char *name, const char *uuid, pid_t pid)
{
	SyncStep *step = g_new0(SyncStep, 1);

	step->name = g_strdup(name);
	step->uuid = g_strdup(uuid);
	step->pid = pid;
	g_ptr_array_add(plan->steps, step);
	return step;
}

static void G_GNUC_PRINTF(3, 4) set_action(SyncStep *step, enum sync_action action,
					   const char *format, ...)
{
	va_list args;

	step->action = action;
	g_free(step->reason);
	va_start(args, format);
	step->reason = g_strdup_vprintf(format, args);
	va_end(args);
}

/* Takes the domain's node off the list, if it has one. */
static MflPublished *claim_node(Plan *plan, const char *name, const char *uuid)
{
	for (guint i = 0; i < plan->published->len; i++) {
		const MflPublished *published = g_ptr_array_index(plan->published, i);

		if (!strcmp(published->name, name) && !strcmp(published->uuid, uuid) &&
		    mfl_published_is_running(plan->ctl->env, published))
			return g_ptr_array_steal_index(plan->published, i);
	}
	return NULL;
}

/* ---------------------------------------------------------------- domains -- */

/* It has a node that is somebody's own. @why: why the policy would make none; NULL: it would. */
static void plan_by_hand(SyncStep *step, gboolean host_readonly, const char *why)
{
	if (step->policy->never) {
		set_action(step, SYNC_DETACH, "%s", why);
	} else if (host_readonly && !step->published->readonly) {
		step->by_hand = TRUE;
		set_action(step, SYNC_REPLACE, "readonly=yes in %s", step->policy->readonly_from);
	} else if (why) {
		set_action(step, SYNC_KEEP, "it was attached by hand, though %s; "
			   "to detach it: memflowctl detach, or sync --strict", why);
	} else {
		set_action(step, SYNC_NONE, "it was attached by hand");
	}
}

/* It has a node, and is to have one as the policy says. */
static gboolean plan_attached(const Plan *plan, SyncStep *step, gboolean by_policy, GError **error)
{
	gboolean fits;

	if (!mfl_by_policy_fits(plan->ctl->env, step->published, step->policy, &fits, error))
		return FALSE;
	if (!fits)
		set_action(step, SYNC_REPLACE, "%s",
			   by_policy ? "the policy has changed" : "it was attached by hand");
	return TRUE;
}

static gboolean plan_published(const Plan *plan, SyncStep *step, gboolean host_readonly,
			       const char *why, GError **error)
{
	const gboolean by_policy = mfl_by_policy_is(plan->ctl->env, step->published);

	if (!by_policy && !plan->strict)
		plan_by_hand(step, host_readonly, why);
	else if (why)
		set_action(step, SYNC_DETACH, "%s", why);
	else
		return plan_attached(plan, step, by_policy, error);
	return TRUE;
}

static gboolean judge(const Plan *plan, SyncStep *step, const char *xml, GError **error)
{
	g_autoptr(MflDomainXml) domain = mfl_domain_xml_parse(xml, strlen(xml), error);
	g_autofree char *why = NULL;
	gboolean host_readonly;

	if (!domain)
		return FALSE;
	step->policy = mfl_policy_load(plan->ctl->policy_file, step->name, step->uuid, error);
	if (!step->policy)
		return FALSE;
	/* What only the metadata ask for binds no hand: "attach" does not look at them, either. */
	host_readonly = step->policy->readonly;
	mfl_verdict_reach(step->policy, domain, &why);
	if (step->published)
		return plan_published(plan, step, host_readonly, why, error);
	if (why)
		set_action(step, SYNC_NONE, "%s", why);
	else
		set_action(step, SYNC_ATTACH, "it has no node");
	return TRUE;
}

static void plan_domain(Plan *plan, MflDomain *domain)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *xml = mfl_domain_dup_xml(domain, &error);
	SyncStep *step;

	/* It has stopped meanwhile. */
	if (!xml && g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_FOUND))
		return;
	step = add_step(plan, mfl_domain_get_name(domain), mfl_domain_get_uuid(domain),
			mfl_domain_get_pid(domain));
	/* Whatever becomes of the rest: the node is this domain's. */
	step->published = claim_node(plan, step->name, step->uuid);
	if (!xml || !judge(plan, step, xml, &error))
		step->error = g_steal_pointer(&error);
}

/* ------------------------------------------------------------------ nodes -- */

/* A node of no domain that libvirt has. Takes it over. */
static void plan_node(Plan *plan, MflPublished *published, gboolean all_known)
{
	const MflEnv *env = plan->ctl->env;
	g_autoptr(GError) error = NULL;
	g_autoptr(MflProcess) process = mfl_process_open_in(env, published->pid, &error);
	SyncStep *step = add_step(plan, published->name, published->uuid, published->pid);

	step->published = published;
	if (process ? !mfl_process_is_alive(process) :
		      g_error_matches(error, MFL_ERROR, MFL_ERROR_GONE)) {
		set_action(step, SYNC_REMOVE, "its process %d is gone", (int)published->pid);
	} else if (!process) {
		step->error = g_steal_pointer(&error);
	} else if (mfl_process_is_domain(process, published->name, published->uuid, NULL)) {
		if (all_known)
			set_action(step, SYNC_KEEP, "it is no domain of " SYNC_URI);
		else
			set_action(step, SYNC_NONE, "libvirt cannot be asked");
	} else if (mfl_by_policy_is(env, published)) {
		set_action(step, SYNC_REMOVE, "its process %d is another's now",
			   (int)published->pid);
	} else {
		set_action(step, SYNC_KEEP, "it was attached by hand, and its process %d is no domain "
			   "of that name", (int)published->pid);
	}
}

/* A node that is left over may be in the way of one that is to be made. */
static int compare(gconstpointer a, gconstpointer b)
{
	const SyncStep *left = *(SyncStep *const *)a;
	const SyncStep *right = *(SyncStep *const *)b;

	return (right->action == SYNC_REMOVE) - (left->action == SYNC_REMOVE);
}

GPtrArray *ctl_sync_plan(struct ctl *ctl, gboolean strict, GError **failure)
{
	g_autoptr(GPtrArray) domains = NULL;
	Plan plan = { .ctl = ctl, .strict = strict };

	plan.steps = g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
	/* Nodes before domains: so a domain that starts meanwhile is no node without a domain. */
	plan.published = mfl_published_list_in(ctl->env, failure);
	if (!plan.published)
		return plan.steps;
	domains = mfl_domain_list(SYNC_URI, failure);
	for (guint i = 0; domains && i < domains->len; i++)
		plan_domain(&plan, g_ptr_array_index(domains, i));
	while (plan.published->len)
		plan_node(&plan, g_ptr_array_steal_index(plan.published, 0), domains != NULL);
	g_ptr_array_unref(plan.published);
	g_ptr_array_sort(plan.steps, compare);
	return plan.steps;
}

/* --------------------------------------------------------------- carry out -- */

/* What is not there any more need not be taken away. */
static gboolean take_away(const struct ctl *ctl, const SyncStep *step, gboolean revoke,
			  GError **error)
{
	const MflPublished *published = step->published;
	g_autoptr(GError) local = NULL;

	if (mfl_device_unpublish_in(ctl->env, published->name, published->uuid, published->pid,
				    revoke, &local) ||
	    g_error_matches(local, MFL_ERROR, MFL_ERROR_NOT_FOUND))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&local));
	return FALSE;
}

static gboolean is_gone(const GError *error)
{
	return g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_RUNNING) ||
	       g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_FOUND) ||
	       g_error_matches(error, MFL_ERROR, MFL_ERROR_GONE);
}

/* By what libvirt says now; where it cannot be asked, nobody says that it has stopped. */
static gboolean still_runs(const SyncStep *step)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomain) domain = mfl_domain_find(step->name, SYNC_URI, &error);

	if (!domain)
		return !g_error_matches(error, MFL_ERROR, MFL_ERROR_NOT_FOUND);
	return mfl_domain_is_running(domain) &&
	       strcmp(mfl_domain_get_uuid(domain), step->uuid) == 0;
}

/* A pid file that is missing or stale is no proof that it has stopped: it runs on without. */
static void attach(const struct ctl *ctl, SyncStep *step)
{
	g_autoptr(GError) error = NULL;
	pid_t pid = mfl_by_policy_publish(ctl->env, step->name, step->uuid, step->policy, &error);

	step->done = pid > 0;
	if (pid > 0)
		step->pid = pid;
	else if (!is_gone(error))
		step->error = g_steal_pointer(&error);
	else if (still_runs(step))
		g_set_error(&step->error, MFL_ERROR, MFL_ERROR_FAILED,
			    "it runs, and its process is not known: %s; \"memflowctl doctor\" "
			    "says how to mend that",
			    error->message);
	else
		set_action(step, SYNC_NONE, "it has stopped meanwhile");
}

/* Its node tells which, whatever has become of its pid file. */
static MflProcess *open_process(const struct ctl *ctl, const SyncStep *step, GError **error)
{
	g_autoptr(MflProcess) process = mfl_process_open_in(ctl->env, step->published->pid, error);

	if (!process || !mfl_process_is_domain(process, step->name, step->uuid, error))
		return NULL;
	return g_steal_pointer(&process);
}

mode_t ctl_sync_mode(const SyncStep *step)
{
	return step->by_hand ? step->published->mode & 0444 : step->policy->mode;
}

/* With the rights that its node had, but for writing; no note, so it stays somebody's own. */
static gboolean publish_by_hand(MflProcess *process, const SyncStep *step, GError **error)
{
	const MflPublication publication = {
		.name = step->name,
		.uuid = step->uuid,
		.uid = step->published->uid,
		.gid = step->published->gid,
		.mode = ctl_sync_mode(step),
		.readonly = TRUE,
	};

	return mfl_device_publish(process, &publication, error);
}

/* The old node goes only when the new one is known to have a process and a group. */
static gboolean replace(const struct ctl *ctl, SyncStep *step, gboolean revoke, GError **error)
{
	g_autoptr(MflProcess) process = open_process(ctl, step, error);
	gid_t gid = 0;

	if (!process || (!step->by_hand && !mfl_policy_get_gid(step->policy, &gid, error)) ||
	    !take_away(ctl, step, revoke, error))
		return FALSE;
	step->pid = mfl_process_get_pid(process);
	if (step->by_hand)
		return publish_by_hand(process, step, error);
	return mfl_by_policy_publish_process(process, step->name, step->uuid, step->policy, gid,
					     error);
}

void ctl_sync_carry_out(struct ctl *ctl, SyncStep *step, gboolean revoke)
{
	if (step->error)
		return;
	switch (step->action) {
	case SYNC_ATTACH:
		attach(ctl, step);
		break;
	case SYNC_REPLACE:
		step->done = replace(ctl, step, revoke, &step->error);
		if (is_gone(step->error)) {
			g_clear_error(&step->error);
			set_action(step, SYNC_NONE, "it has stopped meanwhile");
		}
		break;
	case SYNC_DETACH:
	case SYNC_REMOVE:
		step->done = take_away(ctl, step, revoke, &step->error);
		break;
	case SYNC_NONE:
	case SYNC_KEEP:
	case SYNC_N_ACTIONS:
	default:
		break;
	}
}
