/* SPDX-License-Identifier: MIT */
/* Events, with the outside world handed in. */
#pragma once

#include "context.h"

G_BEGIN_DECLS

MflEvents *mfl_events_new_in(const MflContext *context, const char *uri, GError **error);

G_END_DECLS
