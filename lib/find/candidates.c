/* SPDX-License-Identifier: MIT */
/* The libvirts to ask where the caller of the library names none: see candidates.h. */
#include "candidates.h"

guint mfl_candidates_get(const MflContext *context, MflCandidate *candidates)
{
	static const MflCandidate implicit[] = {
		{ .uri = MFL_URI_QEMU_SYSTEM, .kind = MFL_URI_SYSTEM },
		{ .uri = MFL_URI_QEMU_SESSION, .kind = MFL_URI_SESSION },
	};
	const char *default_uri = context->get_default_uri();
	guint n = 0;

	if (default_uri)
		candidates[n++] = (MflCandidate){ .uri = default_uri, .is_default = TRUE };
	for (guint i = 0; i < G_N_ELEMENTS(implicit); i++)
		if (g_strcmp0(default_uri, implicit[i].uri) != 0)
			candidates[n++] = implicit[i];
	return n;
}
