// SPDX-License-Identifier: MIT
/*
 * Reads in pieces of bounded size, so that a dump of all memory needs no more of
 * ours, and a reader at the end of a pipe gets data at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "exit-status.h"
#include "hexdump.h"
#include "holes.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "number.h"
#include "ranges.h"

#define CHUNK ((gsize)1 << 20)

struct request {
	const char *domain;
	guint64 gpa;
	guint64 length;
	gboolean raw;
	gboolean zero_holes;
	const char *path; /* NULL: standard output */
};

/* Says before the first byte is printed that the last one is not there. */
static gboolean check_holes(MflMemory *memory, const struct request *request, GError **error)
{
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	guint64 hole;

	if (request->zero_holes ||
	    !ctl_ranges_find_hole(ranges, request->gpa, request->length, &hole))
		return TRUE;
	ctl_ranges_set_error(ranges, request->domain, hole, error);
	g_prefix_error(error, "cannot read: ");
	if (error && *error) {
		g_autofree char *message = g_strdup_printf(
			"%s\nadd --holes=zero to read holes as zeros", (*error)->message);

		g_free((*error)->message);
		(*error)->message = g_steal_pointer(&message);
	}
	return FALSE;
}

static int copy_out(struct ctl *ctl, MflMemory *memory, const struct request *request, FILE *out)
{
	g_autofree guint8 *buffer = g_malloc(CHUNK);
	int width = ctl_hexdump_width(request->gpa + (request->length - 1));
	g_autoptr(GError) error = NULL;
	guint64 done = 0;

	while (done < request->length) {
		gsize n = (gsize)MIN(request->length - done, CHUNK);
		guint64 gpa = request->gpa + done;
		gboolean ok;

		ok = request->zero_holes ?
			     ctl_read_with_holes(memory, gpa, buffer, n, NULL, &error) :
			     mfl_memory_read(memory, gpa, buffer, n, &error);
		if (!ok) {
			if (done)
				g_prefix_error(&error,
					       "stopped after %" G_GUINT64_FORMAT " bytes: ", done);
			return ctl_fail(ctl, error);
		}
		if (request->raw)
			fwrite(buffer, 1, n, out);
		else
			ctl_hexdump(out, width, gpa, buffer, n);
		if (ferror(out))
			return CTL_FAILURE;
		done += n;
	}
	return CTL_OK;
}

/* Guest memory holds passwords and keys: a file of it is for its owner alone. */
static FILE *open_output(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *out;

	if (fd < 0)
		return NULL;
	out = fdopen(fd, "w");
	if (!out)
		close(fd);
	return out;
}

static int copy_to_file(struct ctl *ctl, MflMemory *memory, const struct request *request)
{
	FILE *out = open_output(request->path);
	gboolean failed;
	int status;

	if (!out)
		return ctl_fail_text(ctl, errno == EACCES ? CTL_PERMISSION : CTL_FAILURE,
				     "cannot create \"%s\": %s", request->path, g_strerror(errno));
	errno = 0;
	status = copy_out(ctl, memory, request, out);
	failed = ferror(out) != 0;
	if (fclose(out) || failed)
		return ctl_fail_text(ctl, CTL_FAILURE, "cannot write \"%s\": %s", request->path,
				     g_strerror(errno ? errno : EIO));
	return status;
}

static gboolean parse_request(char **operands, const char *holes, struct request *request,
			      GError **error)
{
	request->domain = operands[0];
	if (!ctl_parse_number(operands[1], "address", &request->gpa, error) ||
	    !ctl_parse_number(operands[2], "length", &request->length, error))
		return FALSE;
	if (request->length && request->gpa > G_MAXUINT64 - (request->length - 1)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "address and length go past the end of 64 bits");
		return FALSE;
	}
	if (!holes || !strcmp(holes, "fail")) {
		request->zero_holes = FALSE;
	} else if (!strcmp(holes, "zero")) {
		request->zero_holes = TRUE;
	} else {
		g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
			    "--holes takes \"fail\" or \"zero\", not \"%s\"", holes);
		return FALSE;
	}
	return TRUE;
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	g_autofree char *backend_name = NULL;
	g_autofree char *path = NULL;
	g_autofree char *holes = NULL;
	gboolean raw = FALSE;
	const GOptionEntry entries[] = {
		{ "raw", 'r', 0, G_OPTION_ARG_NONE, &raw,
		  "The bytes themselves, for a file or a pipe", NULL },
		{ "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
		  "Write the bytes themselves to FILE", "FILE" },
		{ "holes", 0, 0, G_OPTION_ARG_STRING, &holes,
		  "Where there is no memory: \"fail\" (default) or read \"zero\"", "WHAT" },
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
	struct request request = { 0 };
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "The dump is xxd's: \"xxd -r\" turns it into bytes again.\n",
				     argv, 3, 3, &status);
	if (!operands)
		return status;
	if (!parse_request(operands, holes, &request, &error) ||
	    (backend_name && !mfl_backend_from_string(backend_name, &backend, &error)))
		return ctl_fail_usage(ctl, command, "%s", error->message);
	request.path = path;
	request.raw = raw || path;
	if (request.raw && !path && isatty(fileno(ctl->out)))
		return ctl_fail_usage(ctl, command,
				      "raw memory does not belong on a terminal; redirect it to a "
				      "file or a pipe, or leave --raw out");

	memory = mfl_memory_open(request.domain, uri, backend, MFL_OPEN_READONLY, &error);
	if (!memory)
		return ctl_fail(ctl, error);
	if (!check_holes(memory, &request, &error))
		return ctl_fail(ctl, error);
	if (path)
		return copy_to_file(ctl, memory, &request);
	return copy_out(ctl, memory, &request, ctl->out);
}

const struct ctl_command ctl_command_read = {
	.name = "read",
	.arguments = "DOMAIN ADDRESS LENGTH",
	.help = "show or save guest physical memory",
	.run = run,
};
