// SPDX-License-Identifier: MIT
#include "dump/output.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dump/signals.h"

/* What a file may have a hole for. */
#define BLOCK ((gsize)4096)

struct _CtlOutput {
	int fd;
	gboolean borrowed;  /* fd is */
	gboolean force;
	char *path;	    /* the name it is to get, NULL: a stream */
	char *partial;	    /* the name it has until then, NULL: none any more */
	const char *name;   /* for errors */
	char *name_storage;
	guint64 offset;	    /* of a file */
};

static gboolean fail(const CtlOutput *output, const char *what, int errnum, GError **error)
{
	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errnum), "cannot %s \"%s\": %s",
		    what, output->name, g_strerror(errnum));
	return FALSE;
}

static gboolean fail_exists(const CtlOutput *output, GError **error)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
		    "\"%s\" is there already; add --force to replace it", output->name);
	return FALSE;
}

/* A guest's memory holds passwords and keys: its file is for its owner alone. */
static gboolean make_partial(CtlOutput *output, GError **error)
{
	output->partial = g_strdup_printf("%s.XXXXXX.partial", output->path);
	output->fd = g_mkstemp_full(output->partial, O_WRONLY | O_CLOEXEC, 0600);
	if (output->fd >= 0)
		return TRUE;
	g_clear_pointer(&output->partial, g_free);
	return fail(output, "create a file beside", errno, error);
}

/*
 * What is there and takes bytes as they come. fs.protected_fifos does not help who creates nothing;
 * and who may write to the directory can put a file of the caller's in its place after it was
 * looked at.
 */
static gboolean open_stream(CtlOutput *output, const char *path, const struct stat *seen,
			    GError **error)
{
	struct stat st;

	if (S_ISFIFO(seen->st_mode) && seen->st_uid != geteuid() && !output->force) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_PERM,
			    "\"%s\" is another user's FIFO, who may read what is written to it; add "
			    "--force to write to it all the same", output->name);
		return FALSE;
	}
	output->fd = open(path, O_WRONLY | O_CLOEXEC);
	if (output->fd < 0 || fstat(output->fd, &st) != 0)
		return fail(output, "open", errno, error);
	if (!S_ISREG(st.st_mode) && st.st_dev == seen->st_dev && st.st_ino == seen->st_ino)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "\"%s\" became another file while it was opened; nothing was written",
		    output->name);
	return FALSE;
}

static gboolean open_any(CtlOutput *output, const char *path, GError **error)
{
	char *resolved;
	struct stat st;

	if (stat(path, &st) != 0) {
		if (errno != ENOENT)
			return fail(output, "create", errno, error);
		/* A link that leads nowhere is somebody's, too. */
		if (lstat(path, &st) == 0)
			return fail_exists(output, error);
		output->path = g_strdup(path);
		return make_partial(output, error);
	}
	if (S_ISDIR(st.st_mode))
		return fail(output, "create", EISDIR, error);
	if (!S_ISREG(st.st_mode))
		return open_stream(output, path, &st, error);
	if (!output->force)
		return fail_exists(output, error);
	/* What a link leads to is replaced, as by a write, and not the link. */
	resolved = realpath(path, NULL);
	if (!resolved)
		return fail(output, "create", errno, error);
	output->path = g_strdup(resolved);
	free(resolved);
	return make_partial(output, error);
}

CtlOutput *ctl_output_open(const char *path, gboolean force, GError **error)
{
	CtlOutput *output = g_new0(CtlOutput, 1);

	output->fd = -1;
	output->force = force;
	output->name = output->name_storage = g_strdup(path);
	if (open_any(output, path, error))
		return output;
	ctl_output_close(output, FALSE);
	return NULL;
}

CtlOutput *ctl_output_new_for_fd(int fd)
{
	CtlOutput *output = g_new0(CtlOutput, 1);

	output->fd = fd;
	output->borrowed = TRUE;
	output->name = "standard output";
	return output;
}

static gboolean write_all(CtlOutput *output, const guint8 *data, gsize length, GError **error)
{
	while (length) {
		ssize_t written = output->path ?
			pwrite(output->fd, data, length, (off_t)output->offset) :
			write(output->fd, data, length);

		if (written < 0 && errno == EINTR) {
			if (!ctl_signals_check(error))
				return FALSE;
			continue;
		}
		if (written < 0)
			return fail(output, "write", errno, error);
		output->offset += (guint64)written;
		data += written;
		length -= (gsize)written;
	}
	return TRUE;
}

static gboolean is_zero(const guint8 *block, gsize length)
{
	/* Each byte is as the one before it, and the first is zero. */
	return block[0] == 0 && memcmp(block, block + 1, length - 1) == 0;
}

/* Blocks are counted from the begin of the file. */
static gsize block_at(guint64 offset, gsize length)
{
	return MIN(length, BLOCK - (gsize)(offset & (BLOCK - 1)));
}

gboolean ctl_output_write(CtlOutput *output, gconstpointer data, gsize length, GError **error)
{
	const guint8 *bytes = data;

	if (!output->path)
		return write_all(output, bytes, length, error);
	while (length) {
		gsize n = block_at(output->offset, length);
		gboolean zero = is_zero(bytes, n);

		/* All of one kind at once. */
		while (n < length) {
			gsize more = block_at(output->offset + n, length - n);

			if (is_zero(bytes + n, more) != zero)
				break;
			n += more;
		}
		if (zero)
			output->offset += n;
		else if (!write_all(output, bytes, n, error))
			return FALSE;
		bytes += n;
		length -= n;
	}
	return TRUE;
}

gboolean ctl_output_zeros(CtlOutput *output, guint64 length, GError **error)
{
	static const guint8 zeros[64 * 1024];

	if (output->path) {
		output->offset += length;
		return TRUE;
	}
	for (; length; length -= MIN(length, sizeof(zeros)))
		if (!ctl_signals_check(error) ||
		    !write_all(output, zeros, (gsize)MIN(length, sizeof(zeros)), error))
			return FALSE;
	return TRUE;
}

static gboolean give_name(CtlOutput *output, GError **error)
{
	int errnum;

	if (output->force) {
		if (rename(output->partial, output->path) == 0)
			return TRUE;
		return fail(output, "create", errno, error);
	}
	if (renameat2(AT_FDCWD, output->partial, AT_FDCWD, output->path, RENAME_NOREPLACE) == 0)
		return TRUE;
	errnum = errno;
	/* Not every file system can do it. What is made in just this moment is lost there. */
	if (errnum == EINVAL && access(output->path, F_OK) != 0) {
		if (rename(output->partial, output->path) == 0)
			return TRUE;
		errnum = errno;
	} else if (errnum == EEXIST || errnum == EINVAL) {
		return fail_exists(output, error);
	}
	return fail(output, "create", errnum, error);
}

gboolean ctl_output_commit(CtlOutput *output, GError **error)
{
	if (!output->path)
		return TRUE;
	/* The end may be a hole. */
	if (ftruncate(output->fd, (off_t)output->offset) != 0 || fsync(output->fd) != 0)
		return fail(output, "write", errno, error);
	if (!give_name(output, error))
		return FALSE;
	g_clear_pointer(&output->partial, g_free);
	return TRUE;
}

char *ctl_output_close(CtlOutput *output, gboolean keep)
{
	char *kept = NULL;

	if (output->fd >= 0 && !output->borrowed)
		close(output->fd);
	if (output->partial && keep)
		kept = g_steal_pointer(&output->partial);
	else if (output->partial)
		unlink(output->partial);
	g_free(output->partial);
	g_free(output->path);
	g_free(output->name_storage);
	g_free(output);
	return kept;
}
