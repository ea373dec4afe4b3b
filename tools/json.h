/* SPDX-License-Identifier: MIT */
/*
 * --json: the same facts for programs. Keys are documented in memflowctl(1) and
 * stay; new ones may be added. What is not known is null, never left out.
 */
#pragma once

#include <stdio.h>

#include <json-glib/json-glib.h>

#include "memflow-libvirt.h"

/* Prints what @builder built, indented, with a newline at the end. */
void ctl_json_print(FILE *out, JsonBuilder *builder);

/* The same on one line, for streams of objects. */
void ctl_json_print_line(FILE *out, JsonBuilder *builder);

/* One member of the object that is being built. */
void ctl_json_add_string(JsonBuilder *builder, const char *key, const char *value);
void ctl_json_add_number(JsonBuilder *builder, const char *key, guint64 value);
void ctl_json_add_boolean(JsonBuilder *builder, const char *key, gboolean value);
void ctl_json_add_null(JsonBuilder *builder, const char *key);

/* The members that describe a domain in every command. */
void ctl_json_add_domain(JsonBuilder *builder, MflDomain *domain);
