/* SPDX-License-Identifier: MIT */
/* Carries out a plan: from the guest's memory into a sink. */
#pragma once

#include "dump/progress.h"
#include "dump/sink.h"
#include "memflow-libvirt.h"

/*
 * Reads and writes at the same time, by a thread of its own each.
 * @missing: out: bytes of the plan that are memory no more, and were written as zeros
 * @error: of either side; G_IO_ERROR_CANCELLED after a signal
 */
gboolean ctl_copy(MflMemory *memory, const GArray *plan, CtlSink *sink, CtlProgress *progress,
		  guint64 *missing, GError **error);
