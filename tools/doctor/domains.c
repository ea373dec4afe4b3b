// SPDX-License-Identifier: MIT
/*
 * Domains and nodes: each domain that the policy attaches has its node, with the rights that it was
 * made with, and each node has its domain.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/device.h"
#include "core/policy.h"
#include "core/process.h"
#include "core/published.h"
#include "core/runtime.h"
#include "doctor.h"
#include "memflow-libvirt.h"
#include "verdict.h"

static const MflPublished *find_published(GPtrArray *published, const struct doctor_domain *domain)
{
	for (guint i = 0; i < published->len; i++) {
		const MflPublished *one = g_ptr_array_index(published, i);

		if (g_str_equal(one->name, domain->name) && g_str_equal(one->uuid, domain->uuid))
			return one;
	}
	return NULL;
}

/* ------------------------------------------------------------------- attached -- */

/* libvirt's state file: a <domstatus> with the domain's XML in it. (nullable): not for us */
static MflDomainXml *read_xml(const struct doctor *doctor, const char *name)
{
	g_autofree char *dir = mfl_runtime_system_dir(doctor->world->env);
	g_autofree char *file = g_strconcat(name, ".xml", NULL);
	g_autofree char *text = doctor_read_line(dir, file);
	char *begin = text ? strstr(text, "<domain ") : NULL;
	char *end = begin ? g_strrstr(begin, "</domain>") : NULL;

	if (!end)
		return NULL;
	return mfl_domain_xml_parse(begin, (gsize)(end - begin) + strlen("</domain>"), NULL);
}

/* Whether its process has no VM of KVM's. FALSE, too, where that is not for us to know. */
static gboolean is_emulated(const struct doctor *doctor, const char *name)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *dir = mfl_runtime_system_dir(env);
	g_autoptr(GError) error = NULL;
	const pid_t pid = mfl_runtime_read_pid(dir, name, NULL);
	g_autoptr(MflProcess) process = pid ? mfl_process_open_in(env, pid, NULL) : NULL;
	int vm;

	if (!process)
		return FALSE;
	vm = mfl_process_get_vm_fd(process, &error);
	if (vm >= 0)
		close(vm);
	return g_error_matches(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED);
}

/* As the hook decides it. */
static gboolean should_be_attached(const struct doctor *doctor, MflPolicy *policy,
				   const struct doctor_domain *domain, gboolean *sure)
{
	g_autoptr(MflDomainXml) xml = read_xml(doctor, domain->name);
	g_autofree char *reason = NULL;

	*sure = xml != NULL || policy->metadata == MFL_POLICY_METADATA_IGNORE;
	if (xml && mfl_verdict_reach(policy, xml, &reason) != MFL_VERDICT_ATTACH)
		return FALSE;
	return policy->attach && !is_emulated(doctor, domain->name);
}

static void report_unattached(struct doctor *doctor, const struct doctor_domain *domain,
			      gboolean sure)
{
	if (sure)
		doctor_broken(doctor,
			      "domain \"%s\" runs and is not attached, though the policy says so",
			      domain->name);
	else
		doctor_warning(
			doctor,
			"domain \"%s\" runs and is not attached, though the policy says so; root "
			"is told whether its metadata say otherwise",
			domain->name);
	doctor_why(doctor, "it was started without the module or the hook, or attaching it failed: "
			   "journalctl -t memflow-hook");
	/* Not "attach", which does not ask the domain's metadata whether it is read-only. */
	doctor_fix(doctor, "memflowctl sync");
}

void doctor_check_domains_attached(struct doctor *doctor)
{
	g_autoptr(GPtrArray) published = mfl_published_list_in(doctor->world->env, NULL);
	GPtrArray *domains = doctor_get_domains(doctor, NULL);
	guint n_attached = 0, n_reported = 0;

	if (!domains || !published) {
		doctor_unknown(doctor,
			       "which domains should be attached is known only with libvirt and "
			       "the module");
		return;
	}
	for (guint i = 0; i < domains->len; i++) {
		const struct doctor_domain *domain = g_ptr_array_index(domains, i);
		g_autoptr(MflPolicy) policy =
			doctor_load_policy(doctor, domain->name, domain->uuid);
		gboolean sure;

		if (find_published(published, domain)) {
			n_attached++;
			continue;
		}
		if (!policy) {
			doctor_unknown(doctor,
				       "what the policy says is not known: see policy.file");
			return;
		}
		if (should_be_attached(doctor, policy, domain, &sure)) {
			report_unattached(doctor, domain, sure);
			n_reported++;
		}
	}
	if (!n_reported)
		doctor_ok(doctor,
			  "all running domains that the policy attaches are attached: %u of %u",
			  n_attached, domains->len);
}

/* ---------------------------------------------------------------------- nodes -- */

/* A domain's name as a word of a command, which may not take it for an option. */
static char *quote_operand(const char *name)
{
	g_autofree char *quoted = doctor_quote(name);

	return g_strconcat(*name == '-' ? "-- " : "", quoted, NULL);
}

/* What is at the node's place is removed first: the kernel removes nothing but its own. */
static void fix_node(struct doctor *doctor, const MflPublished *one)
{
	g_autofree char *domain = quote_operand(one->name);
	g_autofree char *node = doctor_quote(one->node);

	doctor_fix(doctor, "rm -f %s && memflowctl detach %s && memflowctl attach %s%s", node,
		   domain, one->readonly ? "--readonly " : "", domain);
}

/* Whether the node is there and as it was made. udev and administrators may widen its rights. */
static gboolean check_node(struct doctor *doctor, const MflPublished *one)
{
	g_autofree char *quoted = doctor_quote(one->node);
	g_autoptr(MflPublished) intended = NULL;
	struct stat status;

	if (stat(one->node, &status)) {
		if (errno != ENOENT) {
			doctor_unknown(doctor, "cannot look at %s: %s", one->node,
				       g_strerror(errno));
			return FALSE;
		}
		doctor_broken(doctor, "domain \"%s\" is attached, and its node %s is gone",
			      one->name, one->node);
		doctor_why(doctor, "somebody has removed it; it is found no more");
		fix_node(doctor, one);
		return FALSE;
	}
	/* By the device that is there. */
	intended = mfl_published_find_in(doctor->world->env, one->name);
	if (!intended || !intended->mode) {
		doctor_broken(doctor, "%s is not the device of domain \"%s\"", one->node,
			      one->name);
		doctor_why(doctor, "somebody has put something else in its place");
		fix_node(doctor, one);
		return FALSE;
	}
	if (intended->mode & ~status.st_mode || status.st_gid != intended->gid) {
		doctor_broken(
			doctor,
			"%s was made with mode %04o and group %u, and has mode %04o and group %u",
			one->node, (guint)intended->mode & 07777, (guint)intended->gid,
			(guint)status.st_mode & 07777, (guint)status.st_gid);
		doctor_why(doctor, "those that the policy gives it to are kept out");
		doctor_fix(doctor, "chgrp %u %s && chmod %04o %s", (guint)intended->gid, quoted,
			   (guint)intended->mode & 07777, quoted);
		return FALSE;
	}
	return TRUE;
}

/* Whether libvirt knows the domain as running. */
static gboolean check_domain(struct doctor *doctor, const MflPublished *one, GPtrArray *domains)
{
	g_autofree char *operand = quote_operand(one->name);

	for (guint i = 0; i < domains->len; i++) {
		const struct doctor_domain *domain = g_ptr_array_index(domains, i);

		if (g_str_equal(domain->name, one->name) && g_str_equal(domain->uuid, one->uuid))
			return TRUE;
	}
	doctor_warning(doctor,
		       "%s is the node of \"%s\" (process %d), which libvirt does not know as "
		       "running",
		       one->node, one->name, (int)one->pid);
	doctor_why(doctor,
		   "its memory can be read though its domain is gone: libvirt has lost a process "
		   "that runs, or it was renamed or is of another connection");
	doctor_fix(doctor, "memflowctl detach %s", operand);
	return FALSE;
}

void doctor_check_domains_nodes(struct doctor *doctor)
{
	g_autoptr(GPtrArray) published = mfl_published_list_in(doctor->world->env, NULL);
	GPtrArray *domains = doctor_get_domains(doctor, NULL);
	guint n_good = 0;

	if (!published) {
		doctor_unknown(doctor, "without the module there are no nodes");
		return;
	}
	for (guint i = 0; i < published->len; i++) {
		const MflPublished *one = g_ptr_array_index(published, i);

		n_good +=
			(!domains || check_domain(doctor, one, domains)) && check_node(doctor, one);
	}
	if (n_good == published->len)
		doctor_ok(doctor, "%u nodes, all as they were made%s", n_good,
			  domains ? ", of domains that run" : "");
}
