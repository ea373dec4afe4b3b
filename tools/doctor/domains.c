// SPDX-License-Identifier: MIT
/*
 * Domains and nodes: each domain that the policy attaches has its node, with the rights that it was
 * made with, and each node has its domain.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sys/sysmacros.h>

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

/* What the kernel made the node with; FALSE: this cannot be asked. */
static gboolean get_intended(const struct doctor *doctor, const char *node, guint *mode, guint *gid)
{
	const MflEnv *env = doctor->world->env;
	g_autofree char *path = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	dev_t device;

	if (!env->get_device(node, &device))
		return FALSE;
	path = g_strdup_printf("dev/char/%u:%u/uevent", major(device), minor(device));
	text = doctor_read_line(env->sys, path);
	if (!text || !strstr(text, "MEMFLOW_NAME="))
		return FALSE;
	lines = g_strsplit(text, "\n", -1);
	*mode = *gid = 0;
	for (guint i = 0; lines[i]; i++) {
		if (g_str_has_prefix(lines[i], "DEVMODE="))
			*mode = (guint)g_ascii_strtoull(lines[i] + strlen("DEVMODE="), NULL, 8);
		else if (g_str_has_prefix(lines[i], "DEVGID="))
			*gid = (guint)g_ascii_strtoull(lines[i] + strlen("DEVGID="), NULL, 10);
	}
	return *mode != 0;
}

/* What is at the node's place is removed first: the kernel removes nothing but its own. */
static void fix_node(struct doctor *doctor, const MflPublished *one)
{
	g_autofree char *name = doctor_quote(one->name);
	g_autofree char *node = doctor_quote(one->node);
	const char *dashes = *one->name == '-' ? "-- " : "";

	doctor_fix(doctor, "rm -f %s && memflowctl detach %s%s && memflowctl attach %s%s%s", node,
		   dashes, name, one->readonly ? "--readonly " : "", dashes, name);
}

/* Whether the node is there and as it was made. udev and administrators may widen its rights. */
static gboolean check_node(struct doctor *doctor, const MflPublished *one)
{
	g_autofree char *quoted = doctor_quote(one->node);
	guint mode, gid;
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
	if (!get_intended(doctor, one->node, &mode, &gid)) {
		doctor_broken(doctor, "%s is not the device of domain \"%s\"", one->node,
			      one->name);
		doctor_why(doctor, "somebody has put something else in its place");
		fix_node(doctor, one);
		return FALSE;
	}
	if (mode & ~(guint)status.st_mode || status.st_gid != gid) {
		doctor_broken(
			doctor,
			"%s was made with mode %04o and group %u, and has mode %04o and group %u",
			one->node, mode & 07777, gid, (guint)status.st_mode & 07777,
			(guint)status.st_gid);
		doctor_why(doctor, "those that the policy gives it to are kept out");
		doctor_fix(doctor, "chgrp %u %s && chmod %04o %s", gid, quoted, mode & 07777,
			   quoted);
		return FALSE;
	}
	return TRUE;
}

/* Whether libvirt knows the domain as running. */
static gboolean check_domain(struct doctor *doctor, const MflPublished *one, GPtrArray *domains)
{
	g_autofree char *quoted = doctor_quote(one->name);

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
	doctor_fix(doctor, "memflowctl detach %s%s", *one->name == '-' ? "-- " : "", quoted);
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
