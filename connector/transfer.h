/* SPDX-License-Identifier: MIT */
/* Lists of requests, as memflow hands them over. */
#pragma once

#include "instance.h"

G_BEGIN_DECLS

/* Which of the tuples of abi/plugin.h the iterator yields. */
typedef enum {
	MFC_REQUESTS_PHYSICAL, /* mf_phys_read_data, mf_phys_write_data */
	MFC_REQUESTS_RAW,      /* mf_read_data_raw, mf_write_data_raw */
	MFC_REQUESTS_PLAIN,    /* mf_read_data, mf_write_data: the address is the mark, too */
} MfcRequests;

/*
 * Reads every request, as far as there is memory. @out and @out_fail, both nullable,
 * hear of each part that was read or not, in the order of each request, with the mark
 * of its first byte. What they answer is ignored, as memflow's own connectors do.
 *
 * Returns 0, also if parts failed and @out_fail was told; one of memflow's errors if
 * nobody could be told, or if the domain has stopped.
 */
int32_t mfc_read(MfcInstance *instance, MfcRequests requests, struct mf_iterator inp,
		 struct mf_read_callback *out, struct mf_read_callback *out_fail);

/* The other way. */
int32_t mfc_write(MfcInstance *instance, MfcRequests requests, struct mf_iterator inp,
		  struct mf_write_callback *out, struct mf_write_callback *out_fail);

G_END_DECLS
