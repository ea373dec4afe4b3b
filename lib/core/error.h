/* SPDX-License-Identifier: MIT */
/* How a system call's refusal becomes a GError of this library. */
#pragma once

#include "memflow-libvirt.h"

G_BEGIN_DECLS

MflError mfl_error_from_errno(int errnum);

/* The system's words for it, beginning in lower case. */
char *mfl_error_strerror(int errnum);

/* Sets "FORMAT: <what errnum means>" with the code that errnum stands for. */
void mfl_error_set_errno(GError **error, int errnum, const char *format, ...) G_GNUC_PRINTF(3, 4);

G_END_DECLS
