/* SPDX-License-Identifier: MIT */
/*
 * Strings on their way to a person's terminal.
 */
#pragma once

#include <glib.h>

/*
 * A domain's name is chosen by whoever may define domains, and is printed by
 * whoever runs the tool: escape sequences in it must not reach the terminal.
 * Control and format characters, invalid UTF-8 and backslashes become \xHH, byte
 * by byte, as in the names of the nodes.
 */
char *ctl_escape_name(const char *name);

/*
 * The same for a message that quotes names and paths: newlines and backslashes
 * stay.
 */
char *ctl_escape_message(const char *message);

/* "512 MiB", "1.5 GiB", "640 KiB", "17 bytes": exact to a tenth, powers of 1024. */
char *ctl_format_size(guint64 bytes);
