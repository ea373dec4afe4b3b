// SPDX-License-Identifier: MIT
/*
 * All of a guest's memory into a file or a pipe, as other tools read it. The parts are in dump/.
 */
#include <string.h>
#include <unistd.h>

#include "dump/compress.h"
#include "dump/copy.h"
#include "dump/notes.h"
#include "dump/output.h"
#include "dump/pause.h"
#include "dump/plan.h"
#include "dump/signals.h"
#include "dump/vmcoreinfo.h"
#include "exit-status.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "number.h"
#include "ranges.h"

#define CHECKSUM_SUFFIX ".sha256"

struct request {
	const char *domain;
	const char *path; /* NULL: standard output */
	gboolean raw;
	gboolean pause;
	gboolean force;
	gboolean keep_partial;
	gboolean quiet;
	gboolean checksum;
	int level; /* 0: not compressed */
	gboolean has_range;
	guint64 start;
	guint64 length;
};

/* ---------------------------------------------------------- the request -- */

static gboolean invalid(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean invalid(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error)
		*error = g_error_new_valist(MFL_ERROR, MFL_ERROR_INVALID, format, args);
	va_end(args);
	return FALSE;
}

static gboolean parse_format(const char *text, struct request *request, GError **error)
{
	request->raw = !g_strcmp0(text, "raw");
	return !text || request->raw || !strcmp(text, "elf") ||
	       invalid(error, "--format takes \"elf\" or \"raw\", not \"%s\"", text);
}

static gboolean parse_compression(const char *text, struct request *request, GError **error)
{
	guint64 level = CTL_COMPRESS_DEFAULT_LEVEL;

	if (!text)
		return TRUE;
	if (!g_str_has_prefix(text, "zstd") || (text[4] && text[4] != ':') ||
	    (text[4] && (!g_ascii_string_to_unsigned(text + 5, 10, 1, CTL_COMPRESS_MAX_LEVEL,
						     &level, NULL))))
		return invalid(error,
			       "--compress takes \"zstd\", or \"zstd:LEVEL\" with a level from 1 to "
			       G_STRINGIFY(CTL_COMPRESS_MAX_LEVEL) ", not \"%s\"", text);
	request->level = (int)level;
	return TRUE;
}

static gboolean parse_checksum(const char *text, struct request *request, GError **error)
{
	request->checksum = text != NULL;
	return !text || !strcmp(text, "sha256") ||
	       invalid(error, "--checksum takes \"sha256\", not \"%s\"", text);
}

static gboolean parse_range(const char *text, struct request *request, GError **error)
{
	g_auto(GStrv) parts = NULL;

	request->length = G_MAXUINT64;
	if (!text)
		return TRUE;
	request->has_range = TRUE;
	parts = g_strsplit(text, "+", 2);
	if (g_strv_length(parts) != 2)
		return invalid(error, "--range takes ADDRESS+LENGTH, not \"%s\"", text);
	if (!ctl_parse_number(parts[0], "address", &request->start, error) ||
	    !ctl_parse_number(parts[1], "length", &request->length, error))
		return FALSE;
	if (!request->length || request->start > G_MAXUINT64 - request->length)
		return invalid(error, "--range %s is empty, or goes past the end of 64 bits", text);
	return TRUE;
}

/* -------------------------------------------------------------- dumping -- */

/**
 * struct job - a dump that is being made
 * @resume_error: why the domain could not be resumed, which takes nothing from the dump
 */
struct job {
	struct ctl *ctl;
	const struct request *request;
	MflMemory *memory;
	CtlSink *sink;
	CtlProgress *progress;
	ctl_vmcoreinfo vmcoreinfo;
	GError *resume_error;
};

static void remark(struct job *job, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* What is good to know, and no failure. */
static void remark(struct job *job, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	if (job->request->quiet)
		return;
	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	ctl_progress_break(job->progress);
	ctl_note(job->ctl, "%s", message);
}

static gboolean search_step(guint64 done, gpointer data, GError **error)
{
	ctl_progress_update(data, done);
	return ctl_signals_check(error);
}

/* While the guest runs: it says the same at any time. */
static gboolean find_vmcoreinfo(struct job *job, GError **error)
{
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(job->memory);
	ctl_vmcoreinfo *found = &job->vmcoreinfo;
	guint64 total = 0;

	for (guint i = 0; i < ranges->len; i++)
		if (!g_array_index(ranges, MflRange, i).readonly)
			total += g_array_index(ranges, MflRange, i).length;
	ctl_progress_begin(job->progress, "search", total);
	if (!ctl_vmcoreinfo_find(job->memory, ranges, search_step, job->progress, found, error))
		return FALSE;
	if (!found->text && found->stale)
		remark(job, "the VMCOREINFO in the guest's memory is not that of the kernel that "
			    "runs; drgn and crash cannot open this dump, other tools may");
	else if (!found->text)
		remark(job, "no Linux kernel's VMCOREINFO is in the guest's memory; drgn and crash "
			    "cannot open this dump, other tools may");
	else if (found->others)
		remark(job, "VMCOREINFO of %u kernels is in the guest's memory; the dump has that "
			    "at 0x%" G_GINT64_MODIFIER "x", found->others + 1, found->gpa);
	return TRUE;
}

static GArray *make_plan(struct job *job, gboolean paused, GError **error)
{
	const struct request *request = job->request;
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(job->memory);
	g_autoptr(GArray) all = mfl_memory_dup_ranges(job->memory);
	g_autoptr(GArray) ranges = ctl_plan_clip(all, request->start, request->length);
	g_autoptr(GBytes) notes = NULL;

	if (!ranges->len) {
		ctl_ranges_set_error(all, request->domain, request->start, error);
		g_prefix_error(error, "there is nothing to dump: ");
		return NULL;
	}
	if (request->raw)
		return ctl_plan_raw(ranges, request->start,
				    request->has_range ? request->start + request->length : 0);
	notes = ctl_notes_new(&(const struct ctl_about){
				      .domain = mfl_domain_get_name(domain),
				      .uuid = mfl_domain_get_uuid(domain),
				      .time = g_get_real_time() / G_USEC_PER_SEC,
				      .paused = paused,
			      },
			      job->vmcoreinfo.text);
	return ctl_plan_elf(ranges, notes, error);
}

static gboolean dump_memory(struct job *job, gboolean paused, GError **error)
{
	g_autoptr(GArray) plan = NULL;
	guint64 missing = 0;
	guint64 generation;

	if (!mfl_memory_refresh(job->memory, error))
		return FALSE;
	generation = mfl_memory_get_generation(job->memory);
	plan = make_plan(job, paused, error);
	if (!plan)
		return FALSE;
	ctl_sink_begin(job->sink, ctl_plan_get_size(plan));
	if (!ctl_copy(job->memory, plan, job->sink, job->progress, &missing, error))
		return FALSE;
	if (missing)
		remark(job, "memory was unplugged meanwhile; %" G_GUINT64_FORMAT " bytes of the dump "
			    "are zeros in its place", missing);
	else if (mfl_memory_get_generation(job->memory) != generation)
		remark(job, "the layout of the guest's memory changed meanwhile; the dump has that "
			    "of its begin");
	return TRUE;
}

static gboolean dump_paused(struct job *job, GError **error)
{
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(job->memory);
	CtlPause *pause;
	gboolean dumped;

	if (!job->request->pause)
		return dump_memory(job, FALSE, error);
	ctl_signals_hold();
	pause = ctl_pause_begin(domain, error);
	ctl_signals_go_on();
	if (!pause)
		return FALSE;
	dumped = dump_memory(job, TRUE, error);
	ctl_signals_hold();
	ctl_pause_end(pause, &job->resume_error);
	ctl_signals_go_on();
	return dumped;
}

static gboolean write_checksum(struct job *job, GError **error)
{
	const struct request *request = job->request;
	g_autofree char *line = ctl_sink_dup_checksum_line(job->sink);
	g_autofree char *path = NULL;
	CtlOutput *output;
	gboolean written;

	if (!line)
		return TRUE;
	if (!request->path) {
		ctl_progress_break(job->progress);
		fputs(line, job->ctl->err);
		return TRUE;
	}
	path = g_strconcat(request->path, CHECKSUM_SUFFIX, NULL);
	output = ctl_output_open(path, request->force, error);
	if (!output)
		return FALSE;
	written = ctl_output_write(output, line, strlen(line), error) &&
		  ctl_output_commit(output, error);
	ctl_output_close(output, FALSE);
	return written;
}

static gboolean dump_all(struct job *job, GError **error)
{
	return (job->request->raw || find_vmcoreinfo(job, error)) && dump_paused(job, error) &&
	       ctl_sink_commit(job->sink, error) && write_checksum(job, error);
}

static int dump(struct ctl *ctl, const struct request *request, MflMemory *memory)
{
	const struct ctl_sink_options options = {
		.path = request->path,
		.fd = fileno(ctl->out),
		.force = request->force,
		.level = request->level,
		.checksum = request->checksum,
	};
	struct job job = { .ctl = ctl, .request = request, .memory = memory };
	g_autoptr(GError) error = NULL;
	g_autofree char *kept = NULL;
	int status = CTL_OK;

	job.sink = ctl_sink_open(&options, &error);
	if (!job.sink)
		return ctl_fail(ctl, error);
	job.progress = ctl_progress_new(request->quiet ? NULL : ctl->err);
	if (!dump_all(&job, &error))
		status = ctl_status_from_error(error);
	ctl_progress_free(job.progress);
	/* A reader that has seen enough is no news to anyone. */
	if (error && !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
		ctl_fail(ctl, error);
	if (job.resume_error) {
		int resume_status = ctl_fail(ctl, job.resume_error);

		status = status ? status : resume_status;
	}
	kept = ctl_sink_close(job.sink, request->keep_partial);
	if (kept)
		ctl_note(ctl, "what was written is in \"%s\"", kept);
	ctl_vmcoreinfo_clear(&job.vmcoreinfo);
	g_clear_error(&job.resume_error);
	return status;
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	g_autofree char *backend_name = NULL;
	g_autofree char *format = NULL;
	g_autofree char *compression = NULL;
	g_autofree char *checksum = NULL;
	g_autofree char *range = NULL;
	struct request request = { 0 };
	const GOptionEntry entries[] = {
		{ "format", 'F', 0, G_OPTION_ARG_STRING, &format,
		  "\"elf\", a core file (default), or \"raw\"", "FORMAT" },
		{ "pause", 'p', 0, G_OPTION_ARG_NONE, &request.pause,
		  "Suspend the domain meanwhile", NULL },
		{ "compress", 'z', 0, G_OPTION_ARG_STRING, &compression,
		  "Compress it: \"zstd\" or \"zstd:LEVEL\"", "HOW" },
		{ "checksum", 's', 0, G_OPTION_ARG_STRING, &checksum,
		  "Write a checksum to FILE" CHECKSUM_SUFFIX ": \"sha256\"", "KIND" },
		{ "range", 'r', 0, G_OPTION_ARG_STRING, &range,
		  "Dump this part of the address space alone", "ADDRESS+LENGTH" },
		{ "force", 'f', 0, G_OPTION_ARG_NONE, &request.force,
		  "Replace files that are there", NULL },
		{ "keep-partial", 'k', 0, G_OPTION_ARG_NONE, &request.keep_partial,
		  "Keep what was written when it fails", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &request.quiet,
		  "No progress, no remarks; errors alone", NULL },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		{ "backend", 'b', 0, G_OPTION_ARG_STRING, &backend_name,
		  "How to open the memory: auto, node, kmod, memfd, procmem", "NAME" },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GError) error = NULL;
	MflBackend backend = MFL_BACKEND_AUTO;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "FILE may be \"-\", for standard output.\n", argv, 2, 2,
				     &status);
	if (!operands)
		return status;
	request.domain = operands[0];
	request.path = strcmp(operands[1], "-") != 0 ? operands[1] : NULL;
	if (!parse_format(format, &request, &error) ||
	    !parse_compression(compression, &request, &error) ||
	    !parse_checksum(checksum, &request, &error) ||
	    !parse_range(range, &request, &error) ||
	    (backend_name && !mfl_backend_from_string(backend_name, &backend, &error)))
		return ctl_fail_usage(ctl, command, "%s", error->message);
	if (!request.path && isatty(fileno(ctl->out)))
		return ctl_fail_usage(ctl, command,
				      "a dump does not belong on a terminal; redirect it to a pipe, "
				      "or name a file");

	memory = mfl_memory_open(request.domain, uri, backend, MFL_OPEN_READONLY, &error);
	if (!memory)
		return ctl_fail(ctl, error);
	ctl_signals_catch();
	status = dump(ctl, &request, memory);
	ctl_signals_release();
	return status;
}

const struct ctl_command ctl_command_dump = {
	.name = "dump",
	.arguments = "DOMAIN FILE",
	.help = "save all of a guest's memory, for crash, drgn, volatility",
	.run = run,
};
