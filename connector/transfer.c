/* SPDX-License-Identifier: MIT */
/*
 * Lists of requests, as memflow hands them over.
 *
 * The way everyone takes: a batch of requests is taken off the iterator and given to
 * the library, which copies each from the mapping; no system call, lock or allocation.
 * Requests that reach into holes are taken apart; that takes none either.
 */
#include "transfer.h"

#include "error.h"
#include "log.h"
#include "memory-map.h"

/* Lives on the stack; larger ones are not faster. */
#define BATCH 32

/* Which of the tuples of abi/plugin.h an iterator yields. */
typedef enum {
	PHYSICAL, /* mf_phys_read_data, mf_phys_write_data */
	RAW,	  /* mf_read_data_raw, mf_write_data_raw */
	PLAIN,	  /* mf_read_data, mf_write_data: the address is the mark, too */
} Requests;

/* One list of requests and what became of it. */
typedef struct {
	MfcInstance *instance;
	gboolean write;
	gpointer out;	   /* struct mf_read_callback or mf_write_callback */
	gpointer out_fail;
	int failure;	/* MflError of the first part that failed */
	guint64 bytes; /* asked for */
} Transfer;

typedef struct {
	guint n;
	MflSegment segments[BATCH];
	mf_address marks[BATCH];
} Batch;

static void call(const Transfer *transfer, gpointer callback, mf_address mark,
		 const MflSegment *segment)
{
	if (transfer->write) {
		struct mf_write_callback *to = callback;

		(void)to->func(to->context,
			       (struct mf_write_data){
				       .meta = mark,
				       .buffer = { segment->buffer, segment->length } });
	} else {
		struct mf_read_callback *to = callback;

		(void)to->func(to->context,
			       (struct mf_read_data){
				       .meta = mark,
				       .buffer = { segment->buffer, segment->length } });
	}
}

static void report(Transfer *transfer, mf_address mark, const MflSegment *segment)
{
	if (segment->status == 0) {
		if (transfer->out)
			call(transfer, transfer->out, mark, segment);
		return;
	}
	if (!transfer->failure || segment->status == MFL_ERROR_GONE)
		transfer->failure = segment->status;
	if (transfer->out_fail)
		call(transfer, transfer->out_fail, mark, segment);
}

/* How many of them succeeded. */
static gsize copy(const Transfer *transfer, MflSegment *segments, guint n)
{
	MflMemory *memory = transfer->instance->memory;

	return transfer->write ? mfl_memory_writev(memory, segments, n) :
				 mfl_memory_readv(memory, segments, n);
}

static inline MflSegment first_bytes(const MflSegment *segment, gsize length, int status)
{
	MflSegment part = *segment;

	part.length = length;
	part.status = status;
	return part;
}

static inline void skip(MflSegment *segment, mf_address *mark, gsize length)
{
	segment->gpa += length;
	segment->buffer = (char *)segment->buffer + length;
	segment->length -= length;
	*mark += length;
}

/* Part by part: what lies in a hole, or cannot be written, fails alone. */
static void take_apart(Transfer *transfer, MflSegment segment, mf_address mark)
{
	while (segment.length > 0) {
		MflSegment part = first_bytes(&segment, segment.length, MFL_ERROR_RANGE);
		MflRange range;

		if (mfl_memory_find_range(transfer->instance->memory, segment.gpa, &range)) {
			if (range.gpa > segment.gpa) {
				part.length = MIN(part.length, range.gpa - segment.gpa);
			} else {
				part.length =
					MIN(part.length, range.length - (segment.gpa - range.gpa));
				copy(transfer, &part, 1);
			}
		}
		report(transfer, mark, &part);
		skip(&segment, &mark, part.length);
	}
}

static void finish(Transfer *transfer, mf_address mark, const MflSegment *segment)
{
	if (segment->status == MFL_ERROR_RANGE || segment->status == MFL_ERROR_READONLY)
		take_apart(transfer, *segment, mark);
	else
		report(transfer, mark, segment);
}

/* Where the host's memory map says that it is. */
static void transfer_mapped(Transfer *transfer, MflSegment segment, mf_address mark)
{
	if (segment.length == 0) {
		segment.status = 0;
		report(transfer, mark, &segment);
	}
	while (segment.length > 0) {
		MflSegment part = first_bytes(&segment, segment.length, MFL_ERROR_RANGE);

		if (mfc_memory_map_find(transfer->instance->map, segment.gpa, &part.length,
					&part.gpa)) {
			copy(transfer, &part, 1);
			finish(transfer, mark, &part);
		} else {
			report(transfer, mark, &part);
		}
		skip(&segment, &mark, part.length);
	}
}

static void transfer_batch(Transfer *transfer, Batch *batch, gboolean is_read)
{
	if (G_UNLIKELY(transfer->instance->map)) {
		for (guint i = 0; i < batch->n; i++)
			transfer_mapped(transfer, batch->segments[i], batch->marks[i]);
		return;
	}
	if (transfer->write) {
		/* In their order, whatever is taken apart: the last to write a byte wins. */
		for (guint i = 0; i < batch->n; i++) {
			copy(transfer, &batch->segments[i], 1);
			finish(transfer, batch->marks[i], &batch->segments[i]);
		}
		return;
	}
	if (!is_read && copy(transfer, batch->segments, batch->n) == batch->n && !transfer->out)
		return;
	for (guint i = 0; i < batch->n; i++)
		finish(transfer, batch->marks[i], &batch->segments[i]);
}

static void fail_batch(Transfer *transfer, Batch *batch)
{
	for (guint i = 0; i < batch->n; i++) {
		batch->segments[i].status = MFL_ERROR_GONE;
		report(transfer, batch->marks[i], &batch->segments[i]);
	}
}

/* Whether there was another. Those for writing look the same, see abi/plugin.h. */
static G_ALWAYS_INLINE inline gboolean take(struct mf_iterator *inp, Requests requests,
					    MflSegment *segment, mf_address *mark)
{
	union {
		struct mf_phys_read_data physical;
		struct mf_read_data_raw raw;
		struct mf_read_data plain;
	} request;

	if (inp->func(inp->iter, &request) != 0)
		return FALSE;
	switch (requests) {
	case PHYSICAL:
		segment->gpa = request.physical.address.address;
		segment->buffer = request.physical.buffer.data;
		segment->length = request.physical.buffer.len;
		*mark = request.physical.meta;
		break;
	case RAW:
		segment->gpa = request.raw.address;
		segment->buffer = request.raw.buffer.data;
		segment->length = request.raw.buffer.len;
		*mark = request.raw.meta;
		break;
	case PLAIN:
	default:
		segment->gpa = request.plain.meta;
		segment->buffer = request.plain.buffer.data;
		segment->length = request.plain.buffer.len;
		*mark = request.plain.meta;
		break;
	}
	return TRUE;
}

/* From its request @n on. */
static G_ALWAYS_INLINE inline void fill(Batch *batch, guint n, struct mf_iterator *inp,
					Requests requests)
{
	while (n < BATCH && take(inp, requests, &batch->segments[n], &batch->marks[n]))
		n++;
	batch->n = n;
}

/* @is_read: @batch is the first one and has been read, as far as there is memory. */
static void transfer_all(Transfer *transfer, Requests requests, struct mf_iterator *inp,
			 Batch *batch, gboolean is_read)
{
	MfcInstance *instance = transfer->instance;

	if (G_UNLIKELY(instance->stopped))
		mfc_instance_revive(instance);
	do {
		if (!is_read)
			fill(batch, 0, inp, requests);
		for (guint i = 0; i < batch->n; i++)
			transfer->bytes += batch->segments[i].length;
		/* Also after the first that failed so: nobody is left without an answer. */
		if (G_UNLIKELY(instance->stopped))
			fail_batch(transfer, batch);
		else
			transfer_batch(transfer, batch, is_read);
		is_read = FALSE;
		if (G_UNLIKELY(transfer->failure == MFL_ERROR_GONE && !instance->stopped)) {
			instance->stopped = TRUE;
			mfc_log(instance->logger, MF_LOG_WARN,
				"The domain has stopped, or access to it was revoked; requests fail "
				"until it runs again.");
		}
	} while (batch->n == BATCH);
}

static int32_t run(Transfer *transfer, Requests requests, struct mf_iterator *inp, Batch *batch,
		   gboolean is_read)
{
	MfcInstance *instance = transfer->instance;

	if (G_UNLIKELY(mfc_middleware_is_used(&instance->middleware))) {
		gint64 begin = mfc_middleware_begin(&instance->middleware);

		transfer_all(transfer, requests, inp, batch, is_read);
		mfc_middleware_end(&instance->middleware, instance->logger, transfer->write, begin,
				   transfer->bytes);
	} else {
		transfer_all(transfer, requests, inp, batch, is_read);
	}
	if (!transfer->failure || (transfer->out_fail && transfer->failure != MFL_ERROR_GONE))
		return 0;
	return mfc_error_number(transfer->failure);
}

/* Out of line, so that read_all() has few registers to save. */
static G_GNUC_NO_INLINE int32_t read_slowly(MfcInstance *instance, Requests requests,
					    struct mf_read_ops *data, Batch *batch,
					    gboolean is_read)
{
	Transfer transfer = {
		.instance = instance,
		.out = data->out,
		.out_fail = data->out_fail,
	};

	return run(&transfer, requests, &data->inp, batch, is_read);
}

/*
 * In line in each of the three ways to read, where @requests is a constant. What is not
 * plain, and what a batch begins with that cannot all be read, is left to read_slowly().
 */
static G_ALWAYS_INLINE inline int32_t read_all(struct mf_container *self, Requests requests,
					       struct mf_read_ops *data)
{
	MfcInstance *instance = mfc_instance_of(self);
	struct mf_iterator *inp = &data->inp;
	Batch batch;

	if (G_UNLIKELY(data->out || instance->stopped || instance->map ||
		       mfc_middleware_is_used(&instance->middleware)))
		return read_slowly(instance, requests, data, &batch, FALSE);
	/* Most lists are of one request, and are over before there is a loop to set up. */
	if (!take(inp, requests, &batch.segments[0], &batch.marks[0]))
		return 0;
	if (take(inp, requests, &batch.segments[1], &batch.marks[1]))
		fill(&batch, 2, inp, requests);
	else
		batch.n = 1;
	while (G_LIKELY(mfl_memory_readv(instance->memory, batch.segments, batch.n) == batch.n)) {
		if (batch.n < BATCH)
			return 0;
		fill(&batch, 0, inp, requests);
	}
	return read_slowly(instance, requests, data, &batch, TRUE);
}

int32_t mfc_phys_read_raw_iter(struct mf_container *self, struct mf_read_ops data)
{
	return read_all(self, PHYSICAL, &data);
}

int32_t mfc_read_raw_iter(struct mf_container *self, struct mf_read_ops data)
{
	return read_all(self, RAW, &data);
}

int32_t mfc_read_iter(struct mf_container *self, struct mf_iterator inp,
		      struct mf_read_callback *out, struct mf_read_callback *out_fail)
{
	struct mf_read_ops data = { .inp = inp, .out = out, .out_fail = out_fail };

	return read_all(self, PLAIN, &data);
}

static int32_t write_all(struct mf_container *self, Requests requests, struct mf_write_ops *data)
{
	Transfer transfer = {
		.instance = mfc_instance_of(self),
		.write = TRUE,
		.out = data->out,
		.out_fail = data->out_fail,
	};
	Batch batch;

	return run(&transfer, requests, &data->inp, &batch, FALSE);
}

int32_t mfc_phys_write_raw_iter(struct mf_container *self, struct mf_write_ops data)
{
	return write_all(self, PHYSICAL, &data);
}

int32_t mfc_write_raw_iter(struct mf_container *self, struct mf_write_ops data)
{
	return write_all(self, RAW, &data);
}

int32_t mfc_write_iter(struct mf_container *self, struct mf_iterator inp,
		       struct mf_write_callback *out, struct mf_write_callback *out_fail)
{
	struct mf_write_ops data = { .inp = inp, .out = out, .out_fail = out_fail };

	return write_all(self, PLAIN, &data);
}
