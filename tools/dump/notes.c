// SPDX-License-Identifier: MIT
#include "dump/notes.h"

#include <elf.h>
#include <string.h>

#include "text.h"

static void append_padded(GByteArray *notes, gconstpointer data, gsize size)
{
	static const guint8 padding[4];

	g_byte_array_append(notes, data, (guint)size);
	g_byte_array_append(notes, padding, (guint)(-size & 3));
}

static void append_note(GByteArray *notes, const char *name, guint32 type, gconstpointer data,
			gsize size)
{
	const Elf64_Nhdr header = {
		.n_namesz = GUINT32_TO_LE((guint32)strlen(name) + 1),
		.n_descsz = GUINT32_TO_LE((guint32)size),
		.n_type = GUINT32_TO_LE(type),
	};

	g_byte_array_append(notes, (const guint8 *)&header, sizeof(header));
	append_padded(notes, name, strlen(name) + 1);
	append_padded(notes, data, size);
}

static char *describe(const struct ctl_about *about)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(about->time);
	g_autofree char *when = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
	g_autofree char *domain = ctl_escape_name(about->domain);

	return g_strdup_printf("domain=%s\nuuid=%s\ntime=%s\npaused=%s\nversion=%s\n", domain,
			       about->uuid, when, about->paused ? "yes" : "no", MFL_VERSION);
}

GBytes *ctl_notes_new(const struct ctl_about *about, GBytes *vmcoreinfo)
{
	g_autofree char *description = describe(about);
	GByteArray *notes = g_byte_array_new();

	if (vmcoreinfo) {
		gsize size;
		gconstpointer data = g_bytes_get_data(vmcoreinfo, &size);

		append_note(notes, "VMCOREINFO", 0, data, size);
	}
	append_note(notes, CTL_NOTE_NAME, CTL_NOTE_TYPE, description, strlen(description));
	return g_byte_array_free_to_bytes(notes);
}
