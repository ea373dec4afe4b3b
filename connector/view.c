/* SPDX-License-Identifier: MIT */
/* MemoryView: what phys_view() and into_phys_view() make of an instance. */
#include "transfer.h"

#include <string.h>

static struct mf_view_metadata metadata(const struct mf_container *self)
{
	const struct mf_phys_metadata physical = mfc_instance_get_metadata(mfc_instance_of(self));

	return (struct mf_view_metadata){
		.max_address = physical.max_address,
		.real_size = physical.real_size,
		.readonly = physical.readonly,
		.little_endian = true,
		.arch_bits = 64,
	};
}

/* The lists of memflow: what cannot be read becomes zeros, and the result says so. */

static int32_t next_read(void *iter, void *out)
{
	struct mf_read_list *list = iter;

	if (list->len == 0)
		return 1;
	*(struct mf_read_data *)out = *list->data++;
	list->len--;
	return 0;
}

static bool zero_and_note(void *failed, struct mf_read_data data)
{
	memset(data.buffer.data, 0, data.buffer.len);
	*(bool *)failed = true;
	return true;
}

static int32_t read_raw_list(struct mf_container *self, struct mf_read_list data)
{
	bool failed = false;
	struct mf_read_callback out_fail = { .context = &failed, .func = zero_and_note };
	const struct mf_iterator inp = { .iter = &data, .func = next_read };
	int32_t result = mfc_read_iter(self, inp, NULL, &out_fail);

	return result ? result : failed ? MF_PARTIAL_READ : 0;
}

static int32_t read_raw_into(struct mf_container *self, mf_address address,
			     struct mf_slice_mut out)
{
	struct mf_read_data data = { .meta = address, .buffer = out };

	return read_raw_list(self, (struct mf_read_list){ .data = &data, .len = 1 });
}

static int32_t next_write(void *iter, void *out)
{
	struct mf_write_list *list = iter;

	if (list->len == 0)
		return 1;
	*(struct mf_write_data *)out = *list->data++;
	list->len--;
	return 0;
}

static bool note(void *failed, struct mf_write_data data)
{
	(void)data;
	*(bool *)failed = true;
	return true;
}

static int32_t write_raw_list(struct mf_container *self, struct mf_write_list data)
{
	bool failed = false;
	struct mf_write_callback out_fail = { .context = &failed, .func = note };
	const struct mf_iterator inp = { .iter = &data, .func = next_write };
	int32_t result = mfc_write_iter(self, inp, NULL, &out_fail);

	return result ? result : failed ? MF_PARTIAL_WRITE : 0;
}

static int32_t write_raw(struct mf_container *self, mf_address address, struct mf_slice data)
{
	const struct mf_write_data one = { .meta = address, .buffer = data };

	return write_raw_list(self, (struct mf_write_list){ .data = &one, .len = 1 });
}

const struct mf_view_vtbl mfc_view_vtbl = {
	.read_raw_iter = mfc_read_raw_iter,
	.write_raw_iter = mfc_write_raw_iter,
	.metadata = metadata,
	.read_iter = mfc_read_iter,
	.read_raw_list = read_raw_list,
	.read_raw_into = read_raw_into,
	.write_iter = mfc_write_iter,
	.write_raw_list = write_raw_list,
	.write_raw = write_raw,
};
