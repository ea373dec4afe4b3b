/* SPDX-License-Identifier: MIT */
/* Lists of requests, as memflow hands them over. */
#pragma once

#include "instance.h"

G_BEGIN_DECLS

/*
 * As memflow calls them: each request of the iterator, as far as there is memory. @out
 * and @out_fail, both nullable, hear of each part that was read or not, in the order of
 * each request, with the mark of its first byte. What they answer is ignored, as
 * memflow's own connectors do.
 *
 * They return 0, also if parts failed and @out_fail was told; one of memflow's errors if
 * nobody could be told, or if the domain has stopped.
 */
int32_t mfc_phys_read_raw_iter(struct mf_container *self, struct mf_read_ops data);
int32_t mfc_read_raw_iter(struct mf_container *self, struct mf_read_ops data);
int32_t mfc_read_iter(struct mf_container *self, struct mf_iterator inp,
		      struct mf_read_callback *out, struct mf_read_callback *out_fail);

/* The other way. */
int32_t mfc_phys_write_raw_iter(struct mf_container *self, struct mf_write_ops data);
int32_t mfc_write_raw_iter(struct mf_container *self, struct mf_write_ops data);
int32_t mfc_write_iter(struct mf_container *self, struct mf_iterator inp,
		       struct mf_write_callback *out, struct mf_write_callback *out_fail);

G_END_DECLS
