/* SPDX-License-Identifier: MIT */
/* UUIDs: the text that people and libvirt use, the bytes that the module takes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MFL_UUID_BYTES 16

/* 32 hex digits of either case; hyphens anywhere between them, as libvirt takes it. */
gboolean mfl_uuid_parse(const char *text, guint8 bytes[MFL_UUID_BYTES]);

/* In text form, lower case. */
char *mfl_uuid_format(const guint8 bytes[MFL_UUID_BYTES]);

/* Text form, lower case, of any form that mfl_uuid_parse() takes; or NULL. */
char *mfl_uuid_normalize(const char *text);

G_END_DECLS
