/* SPDX-License-Identifier: MIT */
/* Finding domains, with the outside world handed in. */
#pragma once

#include "domain.h"

G_BEGIN_DECLS

/* mfl_domain_find() with an argument that is taken for @keys only. */
MflDomain *mfl_domain_find_in(const MflContext *context, const char *argument, const char *uri,
			      MflKey keys, GError **error);
GPtrArray *mfl_domain_list_in(const MflContext *context, const char *uri, GError **error);

G_END_DECLS
