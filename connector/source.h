/* SPDX-License-Identifier: MIT */
/* The domain that an instance and its clones read: opened once, shared by all. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Reference counted; may be used from any thread. */
typedef struct _MfcSource MfcSource;

/* Opens the domain. *@memory gets a reference of its own. */
MfcSource *mfc_source_open(const MfcOptions *options, MflMemory **memory, GError **error);
MfcSource *mfc_source_ref(MfcSource *source);
void mfc_source_unref(MfcSource *source);

/*
 * (transfer full): the memory of the domain as it runs now, in place of the @old one
 * that is gone. NULL: it does not run, or another thread is just opening it. Asks at
 * most once a second, and never waits for another thread.
 */
MflMemory *mfc_source_reopen(MfcSource *source, MflMemory *old, GError **error);

G_END_DECLS
