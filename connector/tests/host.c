/* SPDX-License-Identifier: MIT */
/* A memflow host in C, for tests. */
#include "host.h"

#include "test-helpers.h"

#include <dlfcn.h>

/* A PluginLogger's functions have no room for a context. */
static Host *the_host;

/* -------------------------------------------------------------------- log -- */

static void record_free(gpointer data)
{
	Record *record = data;

	g_free(record->target);
	g_free(record->text);
	g_free(record);
}

static int32_t append(void **container, struct mf_slice text)
{
	g_string_append_len(*container, (const char *)text.data, (gssize)text.len);
	return 0;
}

static bool enabled(const struct mf_log_metadata *metadata)
{
	g_assert_cmpuint(metadata->level, >=, MF_LOG_ERROR);
	g_assert_cmpuint(metadata->level, <=, MF_LOG_TRACE);
	return metadata->level <= the_host->enabled;
}

static void keep_record(const struct mf_log_record *record)
{
	static const struct mf_writer_vtbl vtbl = { .write_str = append };
	GString *text = g_string_new(NULL);
	struct mf_writer writer = { .vtbl = &vtbl, .container = text };
	Record *kept = g_new0(Record, 1);

	g_assert_cmpint(record->message.vtbl->fmt(&record->message.container, &writer), ==, 0);
	kept->level = record->metadata.level;
	kept->target =
		g_strndup((const char *)record->metadata.target.data, record->metadata.target.len);
	kept->text = g_string_free(text, FALSE);
	pthread_mutex_lock(&the_host->records_lock);
	g_ptr_array_add(the_host->records, kept);
	pthread_mutex_unlock(&the_host->records_lock);
}

static void flush(void)
{
}

static void level_change_is_not_told(size_t level)
{
	(void)level;
}

/* What a user reads: a sentence on one line, from this plugin. */
static void check_record(const Record *record)
{
	g_assert_cmpstr(record->target, ==, "memflow_libvirt");
	g_assert_true(g_utf8_validate(record->text, -1, NULL));
	if (!g_str_has_suffix(record->text, ".") || g_str_has_suffix(record->text, "..") ||
	    strchr(record->text, '\n') || g_ascii_islower(*record->text))
		fail_msg("not a sentence: %s", record->text);
}

GPtrArray *host_take_records(Host *host)
{
	GPtrArray *records;

	pthread_mutex_lock(&host->records_lock);
	records = host->records;
	host->records = g_ptr_array_new_with_free_func(record_free);
	pthread_mutex_unlock(&host->records_lock);
	for (guint i = 0; i < records->len; i++)
		check_record(g_ptr_array_index(records, i));
	return records;
}

void host_assert_record(Host *host, size_t level, const char *part)
{
	g_autoptr(GPtrArray) records = host_take_records(host);
	const Record *record;

	assert_int_equal(records->len, 1);
	record = g_ptr_array_index(records, 0);
	assert_int_equal(record->level, level);
	if (!strstr(record->text, part))
		fail_msg("no \"%s\" in: %s", part, record->text);
}

void host_assert_no_record(Host *host)
{
	g_autoptr(GPtrArray) records = host_take_records(host);

	if (records->len)
		fail_msg("unexpected record: %s",
			 ((const Record *)g_ptr_array_index(records, 0))->text);
}

/* ------------------------------------------------------------------- life -- */

Host *host_new(const struct mf_descriptor *descriptor, const FakeVms *vms)
{
	Host *host = g_new0(Host, 1);

	g_assert_null(the_host);
	the_host = host;
	host->descriptor = descriptor;
	host->vms = vms;
	host->libvirt = vms ? vms->begin() : NULL;
	host->enabled = MF_LOG_TRACE;
	host->logger = (struct mf_logger){
		.max_level = MF_LOG_TRACE,
		.enabled = enabled,
		.log = keep_record,
		.flush = flush,
		.on_level_change = level_change_is_not_told,
	};
	host->records = g_ptr_array_new_with_free_func(record_free);
	pthread_mutex_init(&host->records_lock, NULL);
	return host;
}

Host *host_load(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	Host *host;

	if (!handle)
		g_error("%s", dlerror());
	host = host_new(dlsym(handle, "MEMFLOW_CONNECTOR_LIBVIRT"),
			dlsym(handle, "memflow_libvirt_fake_vms"));
	g_assert_nonnull(host->descriptor);
	host->handle = handle;
	return host;
}

void host_free(Host *host)
{
	if (g_atomic_int_get(&host->libraries) != 0)
		g_error("the library has %d owners too many", g_atomic_int_get(&host->libraries));
	g_assert_cmpint(host->n_args_drops, ==, 0);
	if (host->vms)
		host->vms->end();
	g_ptr_array_unref(host->records);
	pthread_mutex_destroy(&host->records_lock);
	if (host->handle)
		dlclose(host->handle);
	g_free(host);
	the_host = NULL;
}

/* The library's CArc: every owner has the same instance. */

static const void *library_clone(const void *instance)
{
	g_assert_true(instance == the_host);
	g_assert_cmpint(g_atomic_int_add(&the_host->libraries, 1), >, 0);
	return instance;
}

static void library_drop(const void *instance)
{
	g_assert_true(instance == the_host);
	g_atomic_int_inc(&the_host->n_library_drops);
	g_assert_cmpint(g_atomic_int_add(&the_host->libraries, -1), >, 0);
}

static struct mf_arc library_ref(Host *host)
{
	g_atomic_int_inc(&host->libraries);
	return (struct mf_arc){ .instance = host,
				.clone_fn = library_clone,
				.drop_fn = library_drop };
}

static void os_drop(void *instance)
{
	g_free(instance);
	the_host->n_os_drops++;
}

static void args_drop(struct mf_arg *data, size_t len, size_t capacity)
{
	(void)data;
	(void)len;
	(void)capacity;
	the_host->n_args_drops++;
}

static size_t args_reserve(struct mf_args *self, size_t size)
{
	(void)size;
	g_assert_not_reached();
	return self->capacity;
}

static struct mf_connector_args make_args(const Ask *ask, struct mf_arg *extra)
{
	struct mf_connector_args args = {
		.target = (char *)ask->target,
		.extra = { .data = extra, .drop_fn = args_drop, .reserve_fn = args_reserve },
		.middleware = ask->middleware,
	};

	while (ask->extra[2 * args.extra.len]) {
		extra[args.extra.len] = (struct mf_arg){
			.key = (char *)ask->extra[2 * args.extra.len],
			.value = (char *)ask->extra[2 * args.extra.len + 1],
		};
		args.extra.len++;
	}
	args.extra.capacity = args.extra.len;
	return args;
}

int32_t host_create(Host *host, const Ask *ask, struct mf_connector *out)
{
	struct mf_arg extra[G_N_ELEMENTS(ask->extra) / 2];
	const struct mf_connector_args args = make_args(ask, extra);
	struct mf_connector_input input = { 0 };
	const int libraries = host->libraries;
	const int os_drops = host->n_os_drops;
	int library_drops = host->n_library_drops;
	struct mf_connector untouched;
	int32_t result;

	if (ask->stacked) {
		/* Whatever else an OS has, a plugin without a use for it may not touch it. */
		memset(&input, 0xAA, sizeof(input));
		input.some = 1;
		input.os.container.instance.instance = g_malloc(1);
		input.os.container.instance.drop_fn = os_drop;
		input.os.container.context = library_ref(host);
		library_drops++;
	}
	memset(out, 0xAA, sizeof(*out));
	untouched = *out;
	result = host->descriptor->create(ask->no_args ? NULL : &args, input, library_ref(host),
					  ask->no_logger ? NULL : &host->logger, out);
	g_assert_cmpint(host->n_os_drops, ==, os_drops + (ask->stacked ? 1 : 0));
	if (result == 0) {
		g_assert_cmpint(host->libraries, ==, libraries + 1);
		g_assert_cmpint(host->n_library_drops, ==, library_drops);
		return 0;
	}
	/* Failed: the library was dropped once, nothing was written, and it says why. */
	g_assert_cmpint(result, <, MF_PARTIAL_WRITE);
	g_assert_cmpint(host->libraries, ==, libraries);
	g_assert_cmpint(host->n_library_drops, ==, library_drops + 1);
	g_assert_cmpmem(out, sizeof(*out), &untouched, sizeof(untouched));
	return result;
}

void container_drop(struct mf_container *container)
{
	if (container->instance.drop_fn)
		container->instance.drop_fn(container->instance.instance);
	if (container->context.instance)
		container->context.drop_fn(container->context.instance);
	memset(container, 0xAA, sizeof(*container));
}

struct mf_connector connector_clone(const struct mf_connector *connector)
{
	const int libraries = g_atomic_int_get(&the_host->libraries);
	struct mf_connector clone = *connector;

	clone.container = connector->clone->clone(&connector->container);
	g_assert_cmpint(g_atomic_int_get(&the_host->libraries), ==, libraries + 1);
	g_assert_nonnull(clone.container.instance.drop_fn);
	g_assert_true(clone.container.instance.instance != connector->container.instance.instance);
	return clone;
}

/* ------------------------------------------------------ lists of requests -- */

typedef struct {
	const Request *next;
	gsize n;
	Way way;
	gboolean ended;
} Iterator;

/* For reading and writing alike; see abi/plugin.h. */
static int32_t next_request(void *iter, void *out)
{
	Iterator *iterator = iter;
	const Request *request = iterator->next;
	struct mf_slice_mut buffer;

	/* Rust's iterators may be started over by a call after the end. */
	g_assert_false(iterator->ended);
	if (iterator->n == 0) {
		iterator->ended = TRUE;
		return 1;
	}
	iterator->next++;
	iterator->n--;
	buffer = (struct mf_slice_mut){ .data = request->buffer, .len = request->length };
	if (iterator->way == WAY_PHYSICAL)
		*(struct mf_phys_read_data *)out = (struct mf_phys_read_data){
			.address = { request->gpa, 0xAA, 0xAA },
			.meta = request->mark,
			.buffer = buffer,
		};
	else if (iterator->way == WAY_VIEW_RAW)
		*(struct mf_read_data_raw *)out =
			(struct mf_read_data_raw){ request->gpa, request->mark, buffer };
	else
		*(struct mf_read_data *)out = (struct mf_read_data){ request->gpa, buffer };
	return 0;
}

static bool note(Listener *listener, gboolean done, guint64 mark, const guint8 *data, gsize length)
{
	const Part part = {
		.done = done,
		.mark = mark,
		.data = (guint8 *)data,
		.length = length,
	};

	if (listener->parts)
		g_array_append_val(listener->parts, part);
	*(done ? &listener->n_done : &listener->n_failed) += 1;
	*(done ? &listener->bytes_done : &listener->bytes_failed) += length;
	return listener->answer;
}

static bool note_read(void *context, struct mf_read_data data)
{
	return note(context, TRUE, data.meta, data.buffer.data, data.buffer.len);
}

static bool note_read_failed(void *context, struct mf_read_data data)
{
	return note(context, FALSE, data.meta, data.buffer.data, data.buffer.len);
}

static bool note_written(void *context, struct mf_write_data data)
{
	return note(context, TRUE, data.meta, data.buffer.data, data.buffer.len);
}

static bool note_write_failed(void *context, struct mf_write_data data)
{
	return note(context, FALSE, data.meta, data.buffer.data, data.buffer.len);
}

void listener_clear(Listener *listener)
{
	g_clear_pointer(&listener->parts, g_array_unref);
}

static int32_t read_by_view(struct mf_view *view, Way way, struct mf_read_ops ops)
{
	if (way == WAY_VIEW_RAW)
		return view->vtbl->read_raw_iter(&view->container, ops);
	return view->vtbl->read_iter(&view->container, ops.inp, ops.out, ops.out_fail);
}

static int32_t write_by_view(struct mf_view *view, Way way, struct mf_write_ops ops)
{
	if (way == WAY_VIEW_RAW)
		return view->vtbl->write_raw_iter(&view->container, ops);
	return view->vtbl->write_iter(&view->container, ops.inp, ops.out, ops.out_fail);
}

static int32_t read_all(struct mf_connector *connector, Way way, struct mf_iterator inp,
			Listener *listener)
{
	struct mf_read_callback out = { listener, note_read };
	struct mf_read_callback out_fail = { listener, note_read_failed };
	const struct mf_read_ops ops = { inp, listener->no_out ? NULL : &out,
					 listener->no_out_fail ? NULL : &out_fail };
	struct mf_view view;
	int32_t result;

	if (way == WAY_PHYSICAL)
		return connector->physical_memory->phys_read_raw_iter(&connector->container, ops);
	view = connector->physical_memory->phys_view(&connector->container);
	result = read_by_view(&view, way, ops);
	container_drop(&view.container);
	return result;
}

static int32_t write_all(struct mf_connector *connector, Way way, struct mf_iterator inp,
			 Listener *listener)
{
	struct mf_write_callback out = { listener, note_written };
	struct mf_write_callback out_fail = { listener, note_write_failed };
	const struct mf_write_ops ops = { inp, listener->no_out ? NULL : &out,
					  listener->no_out_fail ? NULL : &out_fail };
	struct mf_view view;
	int32_t result;

	if (way == WAY_PHYSICAL)
		return connector->physical_memory->phys_write_raw_iter(&connector->container, ops);
	view = connector->physical_memory->phys_view(&connector->container);
	result = write_by_view(&view, way, ops);
	container_drop(&view.container);
	return result;
}

int32_t host_transfer(struct mf_connector *connector, Way way, gboolean write,
		      const Request *requests, gsize n, Listener *listener)
{
	Iterator iterator = { .next = requests, .n = n, .way = way };
	const struct mf_iterator inp = { .iter = &iterator, .func = next_request };
	int32_t result = write ? write_all(connector, way, inp, listener)
			       : read_all(connector, way, inp, listener);

	/* Every request was taken, whatever became of those before it. */
	g_assert_true(iterator.ended);
	return result;
}

int32_t host_read(struct mf_connector *connector, guint64 gpa, void *buffer, gsize length)
{
	const Request request = { .gpa = gpa, .buffer = buffer, .length = length };
	Listener nobody = { .no_out = TRUE, .no_out_fail = TRUE };

	return host_transfer(connector, WAY_PHYSICAL, FALSE, &request, 1, &nobody);
}

int32_t host_write(struct mf_connector *connector, guint64 gpa, const void *data, gsize length)
{
	const Request request = { .gpa = gpa, .buffer = (guint8 *)data, .length = length };
	Listener nobody = { .no_out = TRUE, .no_out_fail = TRUE };

	return host_transfer(connector, WAY_PHYSICAL, TRUE, &request, 1, &nobody);
}
