/* SPDX-License-Identifier: MIT */
/*
 * A domain's name as the file name of its node. Domain names come from whoever
 * may define domains and hold almost any byte; a file name must not.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * As udev encodes names: [A-Za-z0-9._-] are kept, every other byte becomes \xHH
 * (lower-case hex). A leading '.' and the reserved name "by-uuid" have their
 * first byte encoded, too. What would be longer than 255 bytes is cut to at most
 * 238, between two escapes, and continued with '~' and the first 16 hex digits
 * of the name's SHA-256. Every name has an encoding, no two have the same.
 */
char *mfl_name_encode(const char *name);

G_END_DECLS
