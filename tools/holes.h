/* SPDX-License-Identifier: MIT */
/* Reading across places where there is no memory. */
#pragma once

#include "memflow-libvirt.h"

/*
 * Reads what is there, and zeros for what is not.
 * @missing: (nullable): the bytes that were not there are added to it
 */
gboolean ctl_read_with_holes(MflMemory *memory, guint64 gpa, guint8 *buffer, gsize length,
			     guint64 *missing, GError **error);
