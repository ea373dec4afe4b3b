/* SPDX-License-Identifier: MIT */
/* What QEMU's monitor says of the guest's memory, taken out of its text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A piece of the guest physical address space that is memory. */
typedef struct {
	guint64 gpa;
	guint64 length;
	guint64 offset; /* in the block of memory that it belongs to */
	gboolean readonly;
	char *block; /* its name */
} MflSection;

#define MFL_COMMAND_FLAT_VIEW "info mtree -f"

/*
 * The memory in the answer to that, (element-type MflSection) in order of gpa;
 * MFL_ERROR_UNSUPPORTED if it is not understood.
 */
GArray *mfl_flat_view_parse(const char *text, GError **error);

gboolean mfl_flat_view_equal(const GArray *left, const GArray *right);

/* What asks for the address in QEMU's process of guest physical address @gpa. */
char *mfl_gpa2hva_command(guint64 gpa);

/* FALSE: @text is not the answer to that for @gpa and memory of @block. */
gboolean mfl_gpa2hva_parse(const char *text, guint64 gpa, const char *block, guint64 *hva);

G_END_DECLS
