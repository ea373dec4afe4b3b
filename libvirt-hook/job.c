/* SPDX-License-Identifier: MIT */
#include "job.h"

#include <string.h>

#include "by-policy.h"
#include "device.h"
#include "domain-xml.h"
#include "log.h"
#include "memflow-libvirt.h"
#include "policy.h"
#include "published.h"
#include "report.h"
#include "verdict.h"

typedef struct {
	const HookConfig *config;
	const HookEvent *event;
	const HookInput *input;
	int report_fd;
	gboolean required;
} Job;

static void at_stage(const Job *job, const char *stage)
{
	if (job->config->at_stage)
		job->config->at_stage(stage);
}

/* ------------------------------------------------------------------ outcome -- */

static void done(const Job *job)
{
	const HookReport report = { .kind = HOOK_REPORT_DONE };

	hook_report_send(job->report_fd, &report);
}

static void G_GNUC_PRINTF(3, 4) not_attached(const Job *job, int priority, const char *format, ...)
{
	HookReport report = { .kind = HOOK_REPORT_FAILED };
	va_list args;

	va_start(args, format);
	g_vsnprintf(report.reason, sizeof(report.reason), format, args);
	va_end(args);
	if (job->required)
		hook_log(LOG_ERR, "not attached, and the policy requires it: %s", report.reason);
	else
		hook_log(priority, "not attached: %s", report.reason);
	hook_report_send(job->report_fd, &report);
}

/* ------------------------------------------------------------------- inputs -- */

/* @uuid may be NULL: then what is said about names holds so far. */
static MflPolicy *load_policy(Job *job, const char *uuid, GError **error)
{
	HookReport report = { .kind = HOOK_REPORT_POLICY };
	MflPolicy *policy =
		mfl_policy_load(job->config->policy_path, job->event->name, uuid, error);

	if (!policy)
		return NULL;
	job->required = policy->required && job->event->action == HOOK_ATTACH;
	report.required = job->required;
	report.timeout = policy->timeout * 1000;
	hook_report_send(job->report_fd, &report);
	return policy;
}

static MflDomainXml *read_domain(const Job *job, GError **error)
{
	const char *name = job->event->name;
	g_autoptr(MflDomainXml) domain = NULL;

	if (job->input->mistake) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "the domain XML is refused: %s",
			    job->input->mistake);
		return NULL;
	}
	domain = mfl_domain_xml_parse(job->input->xml, job->input->length, error);
	if (!domain) {
		if (job->input->cut_off)
			g_prefix_error(error, "standard input was not closed in time; ");
		return NULL;
	}
	if (!g_str_equal(domain->name, name)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "the domain XML is refused: it is of domain \"%s\"", domain->name);
		return NULL;
	}
	hook_log_set_domain(name, domain->uuid);
	return g_steal_pointer(&domain);
}

/* ------------------------------------------------------------------- attach -- */

static void publish(const Job *job, const MflDomainXml *domain, const MflPolicy *policy)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *node = NULL;
	pid_t pid;

	at_stage(job, "publish");
	pid = mfl_by_policy_publish(job->config->env, domain->name, domain->uuid, policy, &error);
	if (!pid) {
		not_attached(job, LOG_WARNING, "%s", error->message);
		return;
	}
	node = mfl_device_node_path(job->config->env, domain->name);
	hook_log(LOG_NOTICE, "attached, pid %d, %s (group %s, mode %04o%s)", (int)pid, node,
		 policy->group, (guint)policy->mode, policy->readonly ? ", read-only" : "");
	done(job);
}

/* How much a refusal matters to who looks after the host. */
static int get_priority(MflVerdict verdict)
{
	switch (verdict) {
	case MFL_VERDICT_MISTAKE:
		return LOG_WARNING;
	case MFL_VERDICT_TYPE:
		return LOG_DEBUG;
	case MFL_VERDICT_ATTACH:
	case MFL_VERDICT_POLICY:
	case MFL_VERDICT_CONFIDENTIAL:
	default:
		return LOG_INFO;
	}
}

static void attach(Job *job)
{
	g_autoptr(MflDomainXml) domain = NULL;
	g_autoptr(MflPolicy) policy = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *reason = NULL;
	MflVerdict verdict;

	/*
	 * By name alone at first: so what is required is known before anything
	 * of the XML can go wrong.
	 */
	policy = load_policy(job, NULL, &error);
	if (!policy) {
		/* Whether it is required cannot be known; a typo must not stop every VM. */
		not_attached(job, LOG_ERR, "%s", error->message);
		return;
	}
	at_stage(job, "parse");
	domain = read_domain(job, &error);
	if (!domain) {
		not_attached(job, LOG_WARNING, "%s", error->message);
		return;
	}
	g_clear_pointer(&policy, mfl_policy_free);
	policy = load_policy(job, domain->uuid, &error);
	if (!policy) {
		not_attached(job, LOG_ERR, "%s", error->message);
		return;
	}
	verdict = mfl_verdict_reach(policy, domain, &reason);
	if (verdict != MFL_VERDICT_ATTACH) {
		not_attached(job, get_priority(verdict), "%s", reason);
		return;
	}
	publish(job, domain, policy);
}

/* ------------------------------------------------------------------- detach -- */

/*
 * The kernel takes the node away itself when the VM dies; this is for the day
 * that it does not. The domain may have been started again meanwhile: a node is
 * removed only by the pid that it was seen with, and only if that is gone.
 */
static void detach(const Job *job)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomainXml) domain = NULL;
	g_autoptr(GPtrArray) list = NULL;

	at_stage(job, "parse");
	domain = read_domain(job, &error);
	if (!domain) {
		hook_log(LOG_WARNING, "nothing tidied up: %s", error->message);
		done(job);
		return;
	}
	at_stage(job, "list");
	list = mfl_published_list_in(job->config->env, &error);
	if (!list)
		hook_log(LOG_DEBUG, "nothing tidied up: %s", error->message);
	for (guint i = 0; list && i < list->len; i++) {
		const MflPublished *published = g_ptr_array_index(list, i);
		g_autoptr(GError) refusal = NULL;

		if (!g_str_equal(published->name, domain->name) ||
		    g_strcmp0(published->uuid, domain->uuid) != 0)
			continue;
		if (mfl_published_is_running(job->config->env, published)) {
			hook_log(LOG_DEBUG, "%s stays: process %d is running", published->node,
				 (int)published->pid);
			continue;
		}
		at_stage(job, "unpublish");
		if (mfl_device_unpublish_in(job->config->env, published->name, published->uuid,
					    published->pid, FALSE, &refusal))
			hook_log(LOG_NOTICE, "removed %s of process %d, which is gone",
				 published->node, (int)published->pid);
		else
			hook_log(g_error_matches(refusal, MFL_ERROR, MFL_ERROR_NOT_FOUND) ?
					 LOG_DEBUG :
					 LOG_WARNING,
				 "cannot remove %s: %s", published->node, refusal->message);
	}
	done(job);
}

void hook_job_run(const HookConfig *config, const HookEvent *event, const HookInput *input,
		  int report_fd)
{
	Job job = { .config = config, .event = event, .input = input, .report_fd = report_fd };

	at_stage(&job, "begin");
	if (!config->is_system_daemon()) {
		if (event->action == HOOK_ATTACH)
			hook_log(LOG_INFO, "not attached: it belongs to a user's session daemon; "
					   "publishing needs CAP_SYS_ADMIN");
		done(&job);
		return;
	}
	if (!g_utf8_validate(event->name, -1, NULL)) {
		not_attached(&job, LOG_WARNING, "its name is not UTF-8");
		return;
	}
	if (event->action == HOOK_ATTACH)
		attach(&job);
	else
		detach(&job);
}
