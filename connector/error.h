/* SPDX-License-Identifier: MIT */
/* Errors: GError inside, memflow's numbers where a host sees them. */
#pragma once

#include "abi/plugin.h"

#include <memflow-libvirt.h>

G_BEGIN_DECLS

/* Domain of the connector's own errors; a code is one of memflow's, see MF_ERROR(). */
#define MFC_ERROR (mfc_error_quark())
GQuark mfc_error_quark(void);

/* memflow's number for an MflError of the library. */
int32_t mfc_error_number(int code);

/* The same for an error of either domain. */
int32_t mfc_error_to_memflow(const GError *error);

G_END_DECLS
