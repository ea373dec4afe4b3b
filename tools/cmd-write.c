// SPDX-License-Identifier: MIT
/*
 * Takes in all of the input before the first byte is written: a guest with half
 * of a patch in its memory is worse off than with none.
 */
#include <errno.h>
#include <unistd.h>

#include "exit-status.h"
#include "memflow-libvirt.h"
#include "memflowctl.h"
#include "number.h"

/* More is hardly a patch any more; it can be written in pieces. */
#define MAX_BYTES (G_GUINT64_CONSTANT(1) << 30)

static GBytes *read_stream(FILE *in, const char *name, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	guint8 buffer[65536];
	size_t n;

	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0) {
		if (bytes->len + n > MAX_BYTES) {
			g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID,
				    "%s holds more than 1 GiB; write it in several pieces", name);
			return NULL;
		}
		g_byte_array_append(bytes, buffer, (guint)n);
	}
	if (ferror(in)) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_IO, "cannot read %s: %s", name,
			    g_strerror(errno));
		return NULL;
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

static GBytes *read_file(const char *path, GError **error)
{
	g_autofree char *name = g_strdup_printf("\"%s\"", path);
	FILE *in = fopen(path, "re");
	GBytes *bytes;

	if (!in) {
		g_set_error(error, MFL_ERROR,
			    errno == EACCES ? MFL_ERROR_PERMISSION : MFL_ERROR_FAILED,
			    "cannot open %s: %s", name, g_strerror(errno));
		return NULL;
	}
	bytes = read_stream(in, name, error);
	fclose(in);
	return bytes;
}

static int run(struct ctl *ctl, const struct ctl_command *command, char **argv)
{
	g_autofree char *uri = NULL;
	g_autofree char *backend_name = NULL;
	g_autofree char *hex = NULL;
	g_autofree char *path = NULL;
	const GOptionEntry entries[] = {
		{ "hex", 'x', 0, G_OPTION_ARG_STRING, &hex,
		  "Write these bytes: \"de ad be ef\"", "BYTES" },
		{ "file", 'f', 0, G_OPTION_ARG_FILENAME, &path,
		  "Write what is in FILE", "FILE" },
		{ "uri", 'c', 0, G_OPTION_ARG_STRING, &uri,
		  "Look only at this libvirt connection", "URI" },
		{ "backend", 'b', 0, G_OPTION_ARG_STRING, &backend_name,
		  "How to open the memory: auto, node, kmod, memfd, procmem", "NAME" },
		G_OPTION_ENTRY_NULL
	};
	g_auto(GStrv) operands = NULL;
	g_autoptr(MflMemory) memory = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;
	MflBackend backend = MFL_BACKEND_AUTO;
	gconstpointer data;
	guint64 gpa;
	gsize length;
	int status;

	operands = ctl_parse_options(ctl, command, entries,
				     "Without --hex and --file standard input is written. It is all "
				     "of it or nothing\nthat arrives in the guest.\n",
				     argv, 2, 2, &status);
	if (!operands)
		return status;
	if (hex && path)
		return ctl_fail_usage(ctl, command, "give --hex or --file, not both");
	if (!ctl_parse_number(operands[1], "address", &gpa, &error) ||
	    (backend_name && !mfl_backend_from_string(backend_name, &backend, &error)))
		return ctl_fail_usage(ctl, command, "%s", error->message);

	if (hex) {
		bytes = ctl_parse_hex(hex, &error);
	} else if (path) {
		bytes = read_file(path, &error);
	} else if (isatty(fileno(ctl->in))) {
		return ctl_fail_usage(ctl, command,
				      "standard input is a terminal; give --hex or --file, or "
				      "redirect it");
	} else {
		bytes = read_stream(ctl->in, "standard input", &error);
	}
	if (!bytes)
		return ctl_fail(ctl, error);
	data = g_bytes_get_data(bytes, &length);
	if (!length)
		return ctl_fail_usage(ctl, command, "there are no bytes to write");

	memory = mfl_memory_open(operands[0], uri, backend, MFL_OPEN_READ_WRITE, &error);
	if (!memory || !mfl_memory_write(memory, gpa, data, length, &error))
		return ctl_fail(ctl, error);
	return CTL_OK;
}

const struct ctl_command ctl_command_write = {
	.name = "write",
	.arguments = "DOMAIN ADDRESS",
	.help = "change guest physical memory",
	.run = run,
};
