/* SPDX-License-Identifier: MIT */
/*
 * Asking QEMU, through libvirt, where its guest's memory is: the sections of the flat
 * view, the address in QEMU of each run of them, the flat view again, so that all of it is of
 * one moment, and then the kernel, whether there are such mappings.
 */
#include "query.h"

#include "candidates.h"
#include "libvirt.h"
#include "process-memory.h"

#include <string.h>

/* A guest changes its layout when it boots, some dozens of times; not all the time. */
#define ATTEMPTS 20

/* A connection that may ask this domain's monitor. */
typedef struct {
	const MflLibvirtOps *libvirt;
	gpointer connection;
	const char *uuid;
	int pidfd;
} Monitor;

/* NULL without an error: that connection does not know the domain. */
static GPtrArray *ask(const Monitor *monitor, const char *const *commands, GError **error)
{
	return monitor->libvirt->ask_monitor(monitor->connection, monitor->uuid, commands,
					     monitor->pidfd, error);
}

/* Whether @section goes on where @last ended: in QEMU's memory if not in the guest's. */
static gboolean is_same_run(const MflSection *last, const MflSection *section)
{
	return strcmp(last->block, section->block) == 0 &&
	       section->gpa - last->gpa == section->offset - last->offset;
}

/* Sections with the address of their first byte in QEMU, and all of it of one moment? */
typedef enum { SAME, CHANGED, FAILED } Outcome;

static Outcome find_addresses(const Monitor *monitor, const GArray *sections, guint64 *addresses,
			      GError **error)
{
	g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) answers = NULL;
	g_autoptr(GArray) again = NULL;
	guint n = 0;

	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);

		if (i == 0 || !is_same_run(section - 1, section))
			g_ptr_array_add(commands, mfl_gpa2hva_command(section->gpa));
	}
	g_ptr_array_add(commands, g_strdup(MFL_COMMAND_FLAT_VIEW));
	g_ptr_array_add(commands, NULL);
	answers = ask(monitor, (const char *const *)commands->pdata, error);
	if (!answers)
		return FAILED;
	again = mfl_flat_view_parse(g_ptr_array_index(answers, answers->len - 1), error);
	if (!again)
		return FAILED;
	if (!mfl_flat_view_equal(sections, again))
		return CHANGED;
	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);

		if (i > 0 && is_same_run(section - 1, section))
			addresses[i] = addresses[i - 1] + (section->gpa - section[-1].gpa);
		else if (!mfl_gpa2hva_parse(g_ptr_array_index(answers, n++), section->gpa,
					    section->block, &addresses[i]))
			return CHANGED;
	}
	return SAME;
}

/* NULL without an error: the mappings are others by now. */
static MflGuestMap *join(const GArray *sections, const guint64 *addresses, const char *maps,
			 gsize length)
{
	g_autoptr(MflGuestMap) map = mfl_guest_map_new(sections->len);

	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);
		MflRegion *region = &map->regions[i];

		region->gpa = section->gpa;
		region->length = section->length;
		region->readonly = section->readonly;
		if (!mfl_maps_find(maps, length, addresses[i], section->length, &region->host))
			return NULL;
	}
	return g_steal_pointer(&map);
}

static MflGuestMap *query(const Monitor *monitor, MflDomain *domain, MflProcess *process,
			  GError **error)
{
	static const char *const command[] = { MFL_COMMAND_FLAT_VIEW, NULL };

	for (guint attempt = 0; attempt < ATTEMPTS; attempt++) {
		g_autoptr(GPtrArray) answers = ask(monitor, command, error);
		g_autoptr(GArray) sections = NULL;
		g_autofree guint64 *addresses = NULL;
		g_autofree char *maps = NULL;
		MflGuestMap *map;
		Outcome outcome;
		gsize length;

		if (!answers)
			return NULL;
		sections = mfl_flat_view_parse(g_ptr_array_index(answers, 0), error);
		if (!sections)
			return NULL;
		addresses = g_new0(guint64, sections->len);
		outcome = find_addresses(monitor, sections, addresses, error);
		if (outcome == FAILED)
			return NULL;
		if (outcome == CHANGED)
			continue;
		maps = mfl_process_read_maps(process, &length, error);
		if (!maps)
			return NULL;
		map = join(sections, addresses, maps, length);
		if (map)
			return map;
	}
	g_set_error(error, MFL_ERROR, MFL_ERROR_FAILED,
		    "QEMU's monitor and the mappings of process %d do not agree on where the "
		    "memory of domain \"%s\" is; please report it with the QEMU version",
		    (int)mfl_process_get_pid(process), domain->name);
	return NULL;
}

/* NULL without an error: that connection does not know the domain, or is not there. */
static MflGuestMap *query_at(MflDomain *domain, MflProcess *process, const char *uri,
			     gboolean named, GError **error)
{
	const MflContext *context = domain->context;
	Monitor monitor = {
		.libvirt = context->libvirt,
		.uuid = domain->uuid,
		.pidfd = mfl_process_get_pidfd(process),
	};
	MflGuestMap *map;
	MflUriKind kind;

	if (!mfl_uri_parse(uri, &kind, error))
		return NULL;
	if (mfl_uri_find_daemon(context->env, kind) == MFL_DAEMON_NONE &&
	    !mfl_uri_leads_elsewhere(uri)) {
		if (named)
			g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
				    kind == MFL_URI_SYSTEM ?
					    "libvirt is not running; start it: systemctl start libvirtd" :
					    "the session daemon of libvirt is not running");
		return NULL;
	}
	monitor.connection = context->libvirt->open(uri, FALSE, error);
	if (!monitor.connection)
		return NULL;
	map = query(&monitor, domain, process, error);
	context->libvirt->close(monitor.connection);
	return map;
}

/* Also if it only has lost its memory yet, which comes first. */
static gboolean has_ended(MflProcess *process)
{
	g_autoptr(GError) cause = NULL;

	return !mfl_process_check_access(process, &cause) &&
	       g_error_matches(cause, MFL_ERROR, MFL_ERROR_GONE);
}

MflGuestMap *mfl_guest_map_query(MflDomain *domain, MflProcess *process, GError **error)
{
	MflCandidate candidates[MFL_MAX_CANDIDATES] = { { .uri = domain->uri } };
	const guint n = domain->uri ? 1 : mfl_candidates_get(domain->context, candidates);
	g_autoptr(GError) first = NULL;

	for (guint i = 0; i < n; i++) {
		g_autoptr(GError) cause = NULL;
		MflGuestMap *map = query_at(domain, process, candidates[i].uri,
					    domain->uri != NULL, &cause);

		if (map)
			return map;
		if (cause && (!first || cause->code == MFL_ERROR_GONE)) {
			g_clear_error(&first);
			first = g_steal_pointer(&cause);
		}
	}
	/* Its end may have had any of these faces. */
	if (has_ended(process))
		g_set_error(error, MFL_ERROR, MFL_ERROR_GONE, "the domain has stopped");
	else if (first)
		g_set_error(error, MFL_ERROR, first->code,
			    "cannot ask QEMU for the layout of its memory, which takes a read-write "
			    "connection to libvirt: %s",
			    first->message);
	else
		g_set_error(error, MFL_ERROR, MFL_ERROR_LIBVIRT,
			    "no running libvirt knows the domain, and QEMU is asked for the layout "
			    "of its memory through libvirt; start it: systemctl start libvirtd");
	return NULL;
}
