/* SPDX-License-Identifier: MIT */
/*
 * Memory as people read it.
 */
#pragma once

#include <stdio.h>

#include <glib.h>

/* Digits an address up to @last needs, at least the eight that xxd prints. */
int ctl_hexdump_width(guint64 last);

/*
 * Prints @length bytes as xxd(1) does, 16 a line, so that `xxd -r` undoes it, with
 * @gpa of each line's first byte on the left. A dump may be printed in several
 * calls of a multiple of 16 bytes.
 */
void ctl_hexdump(FILE *out, int width, guint64 gpa, const guint8 *data, gsize length);
