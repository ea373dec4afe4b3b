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

static void transfer_batch(Transfer *transfer, Batch *batch)
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
	if (copy(transfer, batch->segments, batch->n) == batch->n && !transfer->out)
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
static inline gboolean take(struct mf_iterator *inp, MfcRequests requests, MflSegment *segment,
			    mf_address *mark)
{
	union {
		struct mf_phys_read_data physical;
		struct mf_read_data_raw raw;
		struct mf_read_data plain;
	} request;

	if (inp->func(inp->iter, &request) != 0)
		return FALSE;
	switch (requests) {
	case MFC_REQUESTS_PHYSICAL:
		segment->gpa = request.physical.address.address;
		segment->buffer = request.physical.buffer.data;
		segment->length = request.physical.buffer.len;
		*mark = request.physical.meta;
		break;
	case MFC_REQUESTS_RAW:
		segment->gpa = request.raw.address;
		segment->buffer = request.raw.buffer.data;
		segment->length = request.raw.buffer.len;
		*mark = request.raw.meta;
		break;
	case MFC_REQUESTS_PLAIN:
	default:
		segment->gpa = request.plain.meta;
		segment->buffer = request.plain.buffer.data;
		segment->length = request.plain.buffer.len;
		*mark = request.plain.meta;
		break;
	}
	return TRUE;
}

static gboolean fill(Transfer *transfer, Batch *batch, struct mf_iterator *inp,
		     MfcRequests requests)
{
	guint n = 0;

	while (n < BATCH && take(inp, requests, &batch->segments[n], &batch->marks[n]))
		transfer->bytes += batch->segments[n++].length;
	batch->n = n;
	return n == BATCH;
}

static void transfer_all(Transfer *transfer, MfcRequests requests, struct mf_iterator *inp)
{
	MfcInstance *instance = transfer->instance;
	gboolean more;
	Batch batch;

	if (G_UNLIKELY(instance->stopped))
		mfc_instance_revive(instance);
	do {
		more = fill(transfer, &batch, inp, requests);
		/* Also after the first that failed so: nobody is left without an answer. */
		if (G_UNLIKELY(instance->stopped)) {
			fail_batch(transfer, &batch);
			continue;
		}
		transfer_batch(transfer, &batch);
		if (G_UNLIKELY(transfer->failure == MFL_ERROR_GONE)) {
			instance->stopped = TRUE;
			mfc_log(instance->logger, MF_LOG_WARN,
				"The domain has stopped, or access to it was revoked; requests fail "
				"until it runs again.");
		}
	} while (more);
}

static int32_t run(Transfer *transfer, MfcRequests requests, struct mf_iterator *inp)
{
	MfcInstance *instance = transfer->instance;

	if (G_UNLIKELY(mfc_middleware_is_used(&instance->middleware))) {
		gint64 begin = mfc_middleware_begin(&instance->middleware);

		transfer_all(transfer, requests, inp);
		mfc_middleware_end(&instance->middleware, instance->logger, transfer->write, begin,
				   transfer->bytes);
	} else {
		transfer_all(transfer, requests, inp);
	}
	if (!transfer->failure || (transfer->out_fail && transfer->failure != MFL_ERROR_GONE))
		return 0;
	return mfc_error_number(transfer->failure);
}

int32_t mfc_read(MfcInstance *instance, MfcRequests requests, struct mf_iterator inp,
		 struct mf_read_callback *out, struct mf_read_callback *out_fail)
{
	Transfer transfer = { .instance = instance, .out = out, .out_fail = out_fail };

	return run(&transfer, requests, &inp);
}

int32_t mfc_write(MfcInstance *instance, MfcRequests requests, struct mf_iterator inp,
		  struct mf_write_callback *out, struct mf_write_callback *out_fail)
{
	Transfer transfer = {
		.instance = instance,
		.write = TRUE,
		.out = out,
		.out_fail = out_fail,
	};

	return run(&transfer, requests, &inp);
}
