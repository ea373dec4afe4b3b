// SPDX-License-Identifier: MIT
#include "dump/copy.h"

#include "dump/plan.h"
#include "dump/signals.h"
#include "holes.h"

#define CHUNK ((gsize)2 << 20)
/* One is filled while another is written, and there is one between. */
#define N_CHUNKS 3

struct chunk {
	guint8 *bytes;
	gsize length;
	GError *error; /* nothing was read, and nothing more will be */
};

struct reader {
	MflMemory *memory;
	const GArray *plan;
	GAsyncQueue *empty;
	GAsyncQueue *full;
	gboolean stop; /* atomic */
	guint64 missing;
};

static void chunk_free(gpointer data)
{
	struct chunk *chunk = data;

	g_free(chunk->bytes);
	g_clear_error(&chunk->error);
	g_free(chunk);
}

static gboolean fill(struct reader *reader, struct chunk *chunk, guint64 gpa)
{
	if (mfl_memory_read(reader->memory, gpa, chunk->bytes, chunk->length, &chunk->error))
		return TRUE;
	if (!g_error_matches(chunk->error, MFL_ERROR, MFL_ERROR_RANGE))
		return FALSE;
	/* Unplugged since the plan was made. */
	g_clear_error(&chunk->error);
	return ctl_read_with_holes(reader->memory, gpa, chunk->bytes, chunk->length,
				   &reader->missing, &chunk->error);
}

static gboolean read_extent(struct reader *reader, const struct ctl_extent *extent)
{
	for (guint64 done = 0; done < extent->length;) {
		struct chunk *chunk = g_async_queue_pop(reader->empty);
		gboolean filled;

		if (g_atomic_int_get(&reader->stop)) {
			chunk_free(chunk);
			return FALSE;
		}
		chunk->length = (gsize)MIN(extent->length - done, CHUNK);
		filled = fill(reader, chunk, extent->gpa + done);
		done += chunk->length;
		g_async_queue_push(reader->full, chunk);
		if (!filled)
			return FALSE;
	}
	return TRUE;
}

static gpointer read_all(gpointer data)
{
	struct reader *reader = data;

	for (guint i = 0; i < reader->plan->len; i++) {
		const struct ctl_extent *extent =
			&g_array_index(reader->plan, struct ctl_extent, i);

		if (extent->kind == CTL_EXTENT_MEMORY && !read_extent(reader, extent))
			break;
	}
	return NULL;
}

static gboolean write_memory(struct reader *reader, CtlSink *sink, guint64 length,
			     CtlProgress *progress, guint64 *done, GError **error)
{
	while (length) {
		struct chunk *chunk = g_async_queue_pop(reader->full);
		gboolean written;

		if (chunk->error) {
			g_propagate_error(error, g_steal_pointer(&chunk->error));
			chunk_free(chunk);
			return FALSE;
		}
		written = ctl_signals_check(error) &&
			  ctl_sink_write(sink, chunk->bytes, chunk->length, error);
		length -= chunk->length;
		*done += chunk->length;
		g_async_queue_push(reader->empty, chunk);
		if (!written)
			return FALSE;
		ctl_progress_update(progress, *done);
	}
	return TRUE;
}

static gboolean write_all(struct reader *reader, CtlSink *sink, CtlProgress *progress,
			  GError **error)
{
	guint64 done = 0;

	for (guint i = 0; i < reader->plan->len; i++) {
		const struct ctl_extent *extent =
			&g_array_index(reader->plan, struct ctl_extent, i);
		gboolean written = FALSE;

		switch (extent->kind) {
		case CTL_EXTENT_BYTES:
			written = ctl_sink_write(sink, g_bytes_get_data(extent->bytes, NULL),
						 extent->length, error);
			break;
		case CTL_EXTENT_ZEROS:
			written = ctl_sink_zeros(sink, extent->length, error);
			break;
		case CTL_EXTENT_MEMORY:
			written = write_memory(reader, sink, extent->length, progress, &done,
					       error);
			break;
		}
		if (!written)
			return FALSE;
	}
	return ctl_signals_check(error);
}

gboolean ctl_copy(MflMemory *memory, const GArray *plan, CtlSink *sink, CtlProgress *progress,
		  guint64 *missing, GError **error)
{
	struct reader reader = {
		.memory = memory,
		.plan = plan,
		.empty = g_async_queue_new_full(chunk_free),
		.full = g_async_queue_new_full(chunk_free),
	};
	GThread *thread;
	gboolean written;

	for (guint i = 0; i < N_CHUNKS; i++) {
		struct chunk *chunk = g_new0(struct chunk, 1);

		chunk->bytes = g_malloc(CHUNK);
		g_async_queue_push(reader.empty, chunk);
	}
	ctl_progress_begin(progress, "dump", ctl_plan_get_memory_size(plan));
	thread = g_thread_new("reader", read_all, &reader);
	written = write_all(&reader, sink, progress, error);
	if (!written) {
		struct chunk *chunk = g_new0(struct chunk, 1);

		g_atomic_int_set(&reader.stop, TRUE);
		/* In case all of them are full, and it waits for one. */
		g_async_queue_push(reader.empty, chunk);
	}
	g_thread_join(thread);
	g_async_queue_unref(reader.empty);
	g_async_queue_unref(reader.full);
	*missing = reader.missing;
	return written;
}
