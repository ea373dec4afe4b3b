/* SPDX-License-Identifier: MIT */
/* What nodes, libvirt and its runtime files know of one domain, put together. */
#pragma once

#include "domain.h"
#include "published.h"
#include "uri.h"

G_BEGIN_DECLS

MflDomain *mfl_merge_from_published(const MflContext *context, const MflPublished *published);

/* Adds the pid, if the process in the runtime file is really that domain's. */
void mfl_merge_runtime(MflDomain *domain, MflUriKind kind);

/* Adds the node, if there is one; @published may be NULL. */
void mfl_merge_published(MflDomain *domain, GPtrArray *published);

/* (element-type MflDomain): the running domains, by runtime files and processes. */
GPtrArray *mfl_merge_list_runtime(const MflContext *context, const char *uri, MflUriKind kind);

/* Whether that node is that domain's. */
gboolean mfl_merge_is_same(MflDomain *domain, const MflPublished *published);

G_END_DECLS
