/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: a program of reads, writes, memory maps, clones and changes of the guest's
 * memory, given to the plugin by every way there is and compared, byte by byte and part by
 * part, with a model that does one byte range at a time. tests/fuzz runs it for a moment;
 * for longer:
 *   tests/fuzz requests -max_total_time=3600 CORPUS
 */
#include "host.h"

#include <string.h>

#define MIB FAKE_MIB
#define GIB FAKE_GIB

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct mf_descriptor MEMFLOW_CONNECTOR_LIBVIRT;

/* ------------------------------------------------------------------ model -- */

/* All memory that there ever is lies in these windows. */
#define WINDOW 0x10000
#define N_WINDOWS 3
static const guint64 windows[N_WINDOWS] = { 0, MIB, 4 * GIB };
static guint8 contents[N_WINDOWS][WINDOW];
static guint8 initial[N_WINDOWS][WINDOW];

#define RAM(gpa_, length_)                                                                         \
	{                                                                                          \
		.gpa = (gpa_), .length = (length_)                                                 \
	}
#define ROM(gpa_, length_)                                                                         \
	{                                                                                          \
		.gpa = (gpa_), .length = (length_), .flags = MEMFLOW_READONLY                      \
	}

#define MAX_SLOTS 8
static const struct {
	guint n;
	struct memflow_memslot slots[MAX_SLOTS];
} layouts[] = {
	{ 7,
	  { RAM(0, 0x4000), ROM(0x6000, 0x2000), RAM(0x8000, 0x2000), RAM(MIB, 0x4000),
	    RAM(MIB + 0x4000, 0x4000), ROM(MIB + 0x8000, 0x2000), RAM(4 * GIB, 0x4000) } },
	{ 6,
	  { RAM(0, 0x4000), RAM(0x6000, 0x2000), ROM(0x8000, 0x2000), RAM(MIB, 0x4000),
	    RAM(MIB + 0x5000, 0x3000), RAM(4 * GIB + 0x4000, 0x8000) } },
	{ 1, { RAM(0x1000, 0x1000) } },
	{ 8,
	  { RAM(0, 0x1000), RAM(0x2000, 0x1000), RAM(0x4000, 0x1000), RAM(0x6000, 0x1000),
	    RAM(MIB, 0x1000), ROM(MIB + 0x1000, 0x1000), RAM(MIB + 0x2000, 0x1000),
	    RAM(4 * GIB + 0xf000, 0x1000) } },
};
static guint layout;

#define MAX_MAPPINGS 6
typedef struct {
	struct mf_connector connector;
	struct mf_mapping map[MAX_MAPPINGS];
	guint n_mappings; /* 0: none is set */
} Client;

#define N_CLIENTS 3
static Client clients[N_CLIENTS];

static Host *host;
static FakeVm *vm;

/* What there is of @length bytes at @gpa: so many of them are alike. */
static guint8 *find_memory(guint64 gpa, gsize *length, gboolean *readonly)
{
	const struct memflow_memslot *slots = layouts[layout].slots;

	for (guint i = 0; i < layouts[layout].n; i++) {
		if (gpa >= slots[i].gpa && gpa - slots[i].gpa < slots[i].length) {
			*length = MIN(*length, slots[i].length - (gpa - slots[i].gpa));
			*readonly = (slots[i].flags & MEMFLOW_READONLY) != 0;
			for (guint w = 0; w < N_WINDOWS; w++)
				if (gpa - windows[w] < WINDOW)
					return contents[w] + (gpa - windows[w]);
			g_assert_not_reached();
		}
		if (gpa < slots[i].gpa)
			*length = MIN(*length, slots[i].gpa - gpa);
	}
	return NULL;
}

/* The same for an address of @client's. */
static guint8 *find_mapped(const Client *client, guint64 address, gsize *length, gboolean *readonly)
{
	if (!client->n_mappings)
		return find_memory(address, length, readonly);
	for (guint i = 0; i < client->n_mappings; i++) {
		const struct mf_mapping *mapping = &client->map[i];

		if (address >= mapping->base && address - mapping->base < mapping->size) {
			const guint64 offset = address - mapping->base;

			*length = MIN(*length, mapping->size - offset);
			return find_memory(mapping->real_base + offset, length, readonly);
		}
		if (address < mapping->base)
			*length = MIN(*length, mapping->base - address);
	}
	return NULL;
}

/* NULL: may be done. Addresses do not go round. */
static int32_t find_bytes(const Client *client, gboolean write, guint64 gpa, gsize offset,
			  gsize *length, guint8 **bytes)
{
	gboolean readonly = FALSE;

	*bytes = NULL;
	if (offset > G_MAXUINT64 - gpa)
		return CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE);
	/* the last byte of a request is G_MAXUINT64 at most */
	if (*length - 1 > G_MAXUINT64 - gpa - offset)
		*length = G_MAXUINT64 - gpa - offset + 1;
	*bytes = find_mapped(client, gpa + offset, length, &readonly);
	if (!*bytes)
		return CONNECTOR_ERROR(MF_KIND_OUT_OF_MEMORY_RANGE);
	return write && readonly ? CONNECTOR_ERROR(MF_KIND_READ_ONLY) : 0;
}

/* ------------------------------------------------------------------ input -- */

typedef struct {
	const uint8_t *data;
	size_t size;
} Input;

static guint64 take(Input *input, gsize n)
{
	guint64 value = 0;

	n = MIN(n, input->size);
	memcpy(&value, input->data, n);
	input->data += n;
	input->size -= n;
	return value;
}

/* Mostly near an edge. */
static guint64 take_address(Input *input)
{
	static const guint64 edges[] = {
		0,
		0x1000,
		0x4000,
		0x6000,
		0x8000,
		0xa000,
		MIB,
		MIB + 0x4000,
		MIB + 0x8000,
		MIB + 0xa000,
		4 * GIB,
		4 * GIB + 0x4000,
		4 * GIB + 0xf000,
		G_MAXUINT64,
		1ULL << 63,
	};
	const guint i = take(input, 1) % (G_N_ELEMENTS(edges) + 1);

	if (i == G_N_ELEMENTS(edges))
		return take(input, 8);
	return edges[i] + (guint64)(gint64)(gint16)take(input, 2);
}

static gsize take_length(Input *input)
{
	const guint64 value = take(input, 1);

	return value < 0xf0 ? value % 40 : take(input, 2) % 0x3000;
}

#define MAX_REQUESTS 40
#define BUFFER (MAX_REQUESTS * 0x3000)
static guint8 buffer[BUFFER];

static guint take_requests(Input *input, gboolean write, Request *requests)
{
	const guint n = take(input, 1) % (MAX_REQUESTS + 1);
	const guint8 salt = (guint8)take(input, 1);
	guint8 *next = buffer;

	for (guint i = 0; i < n; i++) {
		requests[i].gpa = take_address(input);
		requests[i].length = take_length(input);
		requests[i].mark = ~requests[i].gpa * 3 + i;
		requests[i].buffer = next;
		next += requests[i].length;
		if (write)
			for (gsize k = 0; k < requests[i].length; k++)
				requests[i].buffer[k] = (guint8)(salt + 7 * i + 13 * k);
		else
			memset(requests[i].buffer, 0x55, requests[i].length);
	}
	return n;
}

/* ----------------------------------------------------------------- checks -- */

/* Reads are compared; writes are done to the model. The first failure, or 0. */
static int32_t follow(const Client *client, gboolean write, const Request *request, gboolean zeroed,
		      gsize *failed)
{
	int32_t first = 0;
	gsize length;

	for (gsize done = 0; done < request->length; done += length) {
		guint8 *bytes;
		int32_t failure;

		length = request->length - done;
		failure = find_bytes(client, write, request->gpa, done, &length, &bytes);
		if (failure) {
			*failed += length;
			first = first ? first : failure;
			for (gsize k = 0; zeroed && k < length; k++)
				g_assert_cmpint(request->buffer[done + k], ==, 0);
		} else if (write) {
			memcpy(bytes, request->buffer + done, length);
		} else {
			g_assert_cmpmem(request->buffer + done, length, bytes, length);
		}
	}
	return first;
}

static int32_t follow_all(const Client *client, gboolean write, const Request *requests, guint n,
			  gboolean zeroed, gsize *failed)
{
	int32_t first = 0;

	*failed = 0;
	for (guint i = 0; i < n; i++) {
		const int32_t failure = follow(client, write, &requests[i], zeroed, failed);

		first = first ? first : failure;
	}
	return first;
}

/* The parts of a request are whole, in order, and each is what it is said to be. */
static guint check_parts(const Client *client, gboolean write, const Request *request, guint64 mark,
			 const GArray *parts, guint index)
{
	gsize done = 0;

	do {
		const Part *part = &g_array_index(parts, Part, index);
		gsize length;

		g_assert_cmpuint(index, <, parts->len);
		g_assert_cmpuint(part->mark, ==, mark + done);
		g_assert_true(part->data == request->buffer + done);
		g_assert_cmpuint(part->length, <=, request->length - done);
		g_assert_true(part->length || !request->length);
		g_assert_true(part->length || part->done);
		for (gsize seen = 0; seen < part->length; seen += length) {
			guint8 *bytes;

			length = part->length - seen;
			g_assert_true(part->done ==
				      (find_bytes(client, write, request->gpa, done + seen, &length,
						  &bytes) == 0));
		}
		done += part->length;
		index++;
	} while (done < request->length);
	return index;
}

static void check_all_parts(const Client *client, Way way, gboolean write, const Request *requests,
			    guint n, const GArray *parts)
{
	guint index = 0;

	for (guint i = 0; i < n; i++)
		index = check_parts(client, write, &requests[i],
				    way == WAY_VIEW_ITER ? requests[i].gpa : requests[i].mark,
				    parts, index);
	g_assert_cmpuint(index, ==, parts->len);
}

static void transfer(Input *input, Client *client, gboolean write)
{
	const guint options = (guint)take(input, 1);
	const Way way = options % N_WAYS;
	g_auto(Listener) listener = {
		.no_out = (options & 0x30) == 0x10,
		.no_out_fail = (options & 0x30) == 0x20,
		.answer = (options & 0x80) != 0,
	};
	Request requests[MAX_REQUESTS];
	const guint n = take_requests(input, write, requests);
	gsize total = 0;
	gsize failed;
	int32_t result;
	int32_t failure;

	if ((options & 0x30) == 0x30)
		listener.no_out = listener.no_out_fail = TRUE;
	listener.parts = g_array_new(FALSE, FALSE, sizeof(Part));
	for (guint i = 0; i < n; i++)
		total += requests[i].length;
	result = host_transfer(&client->connector, way, write, requests, n, &listener);
	if (!listener.no_out && !listener.no_out_fail)
		check_all_parts(client, way, write, requests, n, listener.parts);
	failure = follow_all(client, write, requests, n, FALSE, &failed);
	g_assert_cmpint(result, ==, listener.no_out_fail ? failure : 0);
	g_assert_cmpuint(listener.bytes_done, ==, listener.no_out ? 0 : total - failed);
	g_assert_cmpuint(listener.bytes_failed, ==, listener.no_out_fail ? 0 : failed);
}

/* The functions that take a list, or one request, and no callbacks. */
static void use_view(Input *input, Client *client, gboolean write)
{
	const gboolean one = (take(input, 1) & 1) != 0;
	struct mf_connector *connector = &client->connector;
	struct mf_view view = connector->physical_memory->phys_view(&connector->container);
	struct mf_read_data data[MAX_REQUESTS];
	Request requests[MAX_REQUESTS];
	guint n = take_requests(input, write, requests);
	gsize failed;
	int32_t result;

	for (guint i = 0; i < n; i++)
		data[i] = (struct mf_read_data){ requests[i].gpa,
						 { requests[i].buffer, requests[i].length } };
	if (one && n) {
		const struct mf_slice slice = { requests[0].buffer, requests[0].length };

		n = 1;
		result = write ? view.vtbl->write_raw(&view.container, requests[0].gpa, slice)
			       : view.vtbl->read_raw_into(&view.container, requests[0].gpa,
							  data[0].buffer);
	} else { /* one looks as the other does */
		const struct mf_write_list writes = { (struct mf_write_data *)data, n };
		const struct mf_read_list reads = { data, n };

		result = write ? view.vtbl->write_raw_list(&view.container, writes)
			       : view.vtbl->read_raw_list(&view.container, reads);
	}
	container_drop(&view.container);
	follow_all(client, write, requests, n, !write, &failed);
	g_assert_cmpint(result, ==, !failed ? 0 : write ? MF_PARTIAL_WRITE : MF_PARTIAL_READ);
}

/* ------------------------------------------------------- maps, clones, VM -- */

static gboolean is_good_map(const struct mf_mapping *map, guint n)
{
	for (guint i = 0; i < n; i++) {
		if (map[i].size > G_MAXUINT64 - map[i].base ||
		    map[i].size > G_MAXUINT64 - map[i].real_base)
			return FALSE;
		for (guint k = 0; k < i; k++)
			if (map[i].base < map[k].base + map[k].size &&
			    map[k].base < map[i].base + map[i].size && map[i].size && map[k].size)
				return FALSE;
	}
	return TRUE;
}

static void set_map(Input *input, Client *client)
{
	struct mf_connector *connector = &client->connector;
	const guint n = take(input, 1) % (MAX_MAPPINGS + 1);
	struct mf_mapping map[MAX_MAPPINGS];
	g_autoptr(GPtrArray) records = NULL;

	for (guint i = 0; i < n; i++) {
		map[i].base = take_address(input);
		map[i].real_base = take_address(input);
		map[i].size = take(input, 1) & 1 ? take_length(input) : take_address(input);
	}
	connector->physical_memory->set_mem_map(&connector->container,
						(struct mf_mapping_list){ map, n });
	records = host_take_records(host);
	if (!is_good_map(map, n)) {
		g_assert_cmpuint(records->len, ==, 1);
		return;
	}
	g_assert_cmpuint(records->len, ==, 0);
	client->n_mappings = 0;
	for (guint i = 0; i < n; i++)
		if (map[i].size)
			client->map[client->n_mappings++] = map[i];
}

static void check_metadata(const Client *client)
{
	const struct mf_connector *connector = &client->connector;
	const struct mf_phys_metadata found =
		connector->physical_memory->metadata(&connector->container);
	guint64 end = 0;
	guint64 size = 0;

	for (guint i = 0; i < client->n_mappings; i++) {
		end = MAX(end, client->map[i].base + client->map[i].size);
		size += client->map[i].size;
	}
	for (guint i = 0; !client->n_mappings && i < layouts[layout].n; i++) {
		const struct memflow_memslot *slot = &layouts[layout].slots[i];

		end = MAX(end, slot->gpa + slot->length);
		size += slot->flags & MEMFLOW_READONLY ? 0 : slot->length;
	}
	g_assert_cmpuint(found.max_address, ==, end - 1);
	g_assert_cmpuint(found.real_size, ==, size);
	g_assert_false(found.readonly);
}

static void clone_to(Client *to, const Client *from)
{
	const struct mf_connector clone = connector_clone(&from->connector);

	connector_drop(&to->connector);
	*to = *from;
	to->connector = clone;
}

static void set_layout(guint which)
{
	layout = which % G_N_ELEMENTS(layouts);
	host->vms->set_slots(vm, layouts[layout].slots, layouts[layout].n);
}

static void check_memory(void)
{
	guint8 found[WINDOW];

	for (guint w = 0; w < N_WINDOWS; w++) {
		host->vms->peek(vm, windows[w], found, WINDOW);
		g_assert_cmpmem(found, WINDOW, contents[w], WINDOW);
	}
}

/* The same for each input, which has to do again what it did. */
static void begin(void)
{
	memcpy(contents, initial, sizeof(contents));
	for (guint w = 0; w < N_WINDOWS; w++)
		host->vms->poke(vm, windows[w], contents[w], WINDOW);
	set_layout(0);
	clients[0].connector.physical_memory->set_mem_map(
		&clients[0].connector.container, (struct mf_mapping_list){ clients[0].map, 0 });
	clients[0].n_mappings = 0;
	for (guint i = 1; i < N_CLIENTS; i++)
		clone_to(&clients[i], &clients[0]);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	for (guint w = 0; w < N_WINDOWS; w++)
		for (guint i = 0; i < WINDOW; i++)
			initial[w][i] = (guint8)(i * 31 + (i >> 8) + w);
	host = host_new(&MEMFLOW_CONNECTOR_LIBVIRT, &memflow_libvirt_fake_vms);
	vm = host->vms->start("win10", FAKE_UUID_A, TRUE);
	g_assert_cmpint(host_create(host, ASK(.target = "win10"), &clients[0].connector), ==, 0);
	for (guint i = 1; i < N_CLIENTS; i++)
		clients[i].connector = connector_clone(&clients[0].connector);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Input input = { data, size };

	begin();
	while (input.size) {
		const guint op = (guint)take(&input, 1);
		Client *client = &clients[(op >> 4) % N_CLIENTS];

		switch (op & 0xf) {
		case 0:
			set_map(&input, client);
			break;
		case 1:
			clone_to(client, &clients[((op >> 4) + 1) % N_CLIENTS]);
			break;
		case 2:
			set_layout((guint)take(&input, 1));
			break;
		case 3:
			check_metadata(client);
			break;
		case 4:
		case 5:
			use_view(&input, client, (op & 1) != 0);
			break;
		default:
			transfer(&input, client, (op & 1) != 0);
			break;
		}
	}
	check_memory();
	return 0;
}
