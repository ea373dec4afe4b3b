/* SPDX-License-Identifier: MIT */
/* The libvirts to ask where the caller of the library names none. */
#pragma once

#include "context.h"
#include "uri.h"

G_BEGIN_DECLS

typedef struct {
	const char *uri;
	gboolean is_default; /* the user has named it, rightly or not */
	MflUriKind kind;     /* of those that are not */
} MflCandidate;

#define MFL_MAX_CANDIDATES 3

/* In the order in which to ask; each is there once. Returns how many there are. */
guint mfl_candidates_get(const MflContext *context, MflCandidate *candidates);

G_END_DECLS
