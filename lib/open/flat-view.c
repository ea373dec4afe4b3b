/* SPDX-License-Identifier: MIT */
/*
 * What QEMU's monitor says of the guest's memory. There is no promise about this text;
 * golden/ has it as different versions of QEMU print it (softmmu/memory.c in 7.2,
 * system/memory.c in 10.0: mtree_print_flatview()):
 *
 *	FlatView #2
 *	 AS "memory", root: system
 *	 AS "cpu-memory-0", root: system
 *	 Root memory region: system
 *	  0000000000000000-00000000000bffff (prio 0, ram): ram0
 *	  00000000000c0000-00000000000c7fff (prio 0, rom): ram0 @00000000000c0000 KVM
 *	  00000000fec00000-00000000fec00fff (prio 0, i/o): ioapic
 *	  0000000100000000-00000001bfffffff (prio 0, ram): ram0 @0000000080000000 KVM
 *
 * Address space "memory" is what all processors see but in system management mode. Of
 * the kinds of region (memory_region_type()) "ram", "rom" and "romd" (flash that can be
 * read) are memory, with "nv-" before them where they are persistent; "ramd" is a
 * passed-through device's and "i/o" is none. An offset is left out where it is 0, and the
 * accelerator's name follows, once for each address space, where it knows the section.
 */
#include "flat-view.h"

#include "memflow-libvirt.h"

#include <string.h>

/* A PC has about ten; what has more is no answer of QEMU's. */
#define SECTIONS_MAX 4096

static gboolean take_hex(const char **at, guint64 *number)
{
	guint64 value = 0;
	guint digits = 0;

	for (; g_ascii_isxdigit(**at); ++*at, digits++)
		value = value << 4 | (guint64)g_ascii_xdigit_value(**at);
	*number = value;
	return digits > 0 && digits <= 16;
}

static gboolean take_text(const char **at, const char *text)
{
	if (!g_str_has_prefix(*at, text))
		return FALSE;
	*at += strlen(text);
	return TRUE;
}

/* Names of accelerators behind a section, " KVM KVM". */
static void cut_accelerators(char *rest)
{
	char *blank;

	while ((blank = strrchr(rest, ' ')) && blank[1] != '@' && blank[1]) {
		for (const char *c = blank + 1; *c; c++)
			if (!g_ascii_isalpha(*c))
				return;
		*blank = '\0';
	}
}

/* "NAME" or "NAME @OFFSET", and accelerators; a name may hold an @. */
static gboolean parse_block(char *rest, MflSection *section)
{
	char *mark;

	cut_accelerators(rest);
	mark = g_strrstr(rest, " @");
	section->offset = 0;
	/* Offsets have 16 digits; all else is the name's. */
	if (mark && strlen(mark) == strlen(" @") + 16) {
		const char *number = mark + strlen(" @");
		guint64 offset;

		if (take_hex(&number, &offset) && !*number) {
			section->offset = offset;
			*mark = '\0';
		}
	}
	if (!*rest)
		return FALSE;
	section->block = rest;
	return TRUE;
}

typedef enum { MEMORY, NO_MEMORY, MALFORMED } Kind;

static Kind take_kind(const char **at, gboolean *readonly)
{
	static const struct {
		const char *text;
		Kind kind;
		gboolean readonly;
	} kinds[] = {
		{ "ram)", MEMORY, FALSE },   { "rom)", MEMORY, TRUE }, { "romd)", MEMORY, TRUE },
		{ "ramd)", NO_MEMORY, FALSE }, { "i/o)", NO_MEMORY, FALSE },
	};

	take_text(at, "nv-");
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (!take_text(at, kinds[i].text))
			continue;
		*readonly = kinds[i].readonly;
		return kinds[i].kind;
	}
	return MALFORMED;
}

/* "START-END (prio N, KIND): NAME"; END is the last byte. */
static Kind parse_section(char *line, MflSection *section)
{
	const char *at = line;
	guint64 last;
	Kind kind;

	if (!take_hex(&at, &section->gpa) || !take_text(&at, "-") || !take_hex(&at, &last) ||
	    !take_text(&at, " (prio "))
		return MALFORMED;
	take_text(&at, "-");
	while (g_ascii_isdigit(*at))
		at++;
	if (!take_text(&at, ", "))
		return MALFORMED;
	kind = take_kind(&at, &section->readonly);
	if (kind != MEMORY)
		return kind;
	if (!take_text(&at, ": ") || last < section->gpa || last - section->gpa == G_MAXUINT64)
		return MALFORMED;
	section->length = last - section->gpa + 1;
	return parse_block(line + (at - line), section) ? MEMORY : MALFORMED;
}

static void clear_section(gpointer section)
{
	g_free(((MflSection *)section)->block);
}

static gboolean add(GArray *sections, MflSection *section)
{
	const MflSection *last =
		sections->len ? &g_array_index(sections, MflSection, sections->len - 1) : NULL;

	if (sections->len >= SECTIONS_MAX || section->length > G_MAXUINT64 - section->offset ||
	    (last && section->gpa - last->gpa < last->length) || (last && section->gpa < last->gpa))
		return FALSE;
	section->block = g_strdup(section->block);
	g_array_append_val(sections, *section);
	return TRUE;
}

static GArray *refuse(GArray *sections, const char *line, GError **error)
{
	g_array_unref(sections);
	g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
		    "the layout that QEMU's monitor prints is not understood, at \"%.80s\"; "
		    "please report it with the QEMU version",
		    line);
	return NULL;
}

GArray *mfl_flat_view_parse(const char *text, GError **error)
{
	GArray *sections = g_array_new(FALSE, TRUE, sizeof(MflSection));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	gboolean ours = FALSE;

	g_array_set_clear_func(sections, clear_section);
	for (char **line = lines; *line; line++) {
		g_strchomp(*line); /* "\r" */
		if (g_str_has_prefix(*line, "FlatView #")) {
			if (sections->len)
				break;
			ours = FALSE;
		} else if (g_str_has_prefix(*line, " AS \"memory\", root: ")) {
			ours = TRUE;
		} else if (ours && g_str_has_prefix(*line, "  ") &&
			   g_ascii_isxdigit((*line)[2])) {
			MflSection section;
			g_autofree char *copy = g_strdup(*line);

			switch (parse_section(*line + 2, &section)) {
			case MEMORY:
				if (add(sections, &section))
					break;
				return refuse(sections, copy, error);
			case NO_MEMORY:
				break;
			case MALFORMED:
			default:
				return refuse(sections, copy, error);
			}
		}
	}
	if (!sections->len)
		return refuse(sections, *lines ? *lines : "", error);
	return sections;
}

gboolean mfl_flat_view_equal(const GArray *left, const GArray *right)
{
	if (left->len != right->len)
		return FALSE;
	for (guint i = 0; i < left->len; i++) {
		const MflSection *a = &g_array_index(left, MflSection, i);
		const MflSection *b = &g_array_index(right, MflSection, i);

		if (a->gpa != b->gpa || a->length != b->length || a->offset != b->offset ||
		    a->readonly != b->readonly || strcmp(a->block, b->block) != 0)
			return FALSE;
	}
	return TRUE;
}

char *mfl_gpa2hva_command(guint64 gpa)
{
	return g_strdup_printf("gpa2hva 0x%" G_GINT64_MODIFIER "x", gpa);
}

/*
 * QEMU 7.2 to 10.0, monitor/hmp-cmds-target.c, hmp_gpa2hva():
 *
 *	Host virtual address for 0x100000 (pc.ram) is 0x7fd9d7f00000
 *	Memory at address 0xa0000 is not RAM
 *	No memory is mapped at address 0x4000000
 */
gboolean mfl_gpa2hva_parse(const char *text, guint64 gpa, const char *block, guint64 *hva)
{
	g_autofree char *expected = g_strdup_printf(
		"Host virtual address for 0x%" G_GINT64_MODIFIER "x (%s) is 0x", gpa, block);
	const char *at = text;

	if (!take_text(&at, expected) || !take_hex(&at, hva) || !*hva)
		return FALSE;
	while (*at == '\r' || *at == '\n')
		at++;
	return !*at;
}
