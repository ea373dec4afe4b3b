// SPDX-License-Identifier: MIT
/*
 * The core file, as QEMU's dump-guest-memory writes it and its readers expect it: the headers in
 * front, the PT_NOTE first of them; virtual addresses are the physical ones, for debuggers that know
 * no others (QEMU, dump/dump.c, write_elf64_load()).
 *
 * A PT_LOAD has a p_align of 0: that is what tells crash(8) a kdump, which has physical addresses,
 * from a netdump, which has none (crash, netdump.c, is_netdump()). Its bytes begin at a page's
 * boundary of the file all the same, so that pages of zeros are holes of a sparse file.
 */
#include <elf.h>
#include <string.h>

#include "dump/plan.h"
#include "memflow-libvirt.h"

#define PAGE ((guint64)4096)

/* From this number on ELF keeps it elsewhere, where few readers look. */
#define MAX_SEGMENTS (PN_XNUM - 1)

static guint64 round_up(guint64 offset)
{
	return (offset + PAGE - 1) & ~(PAGE - 1);
}

static void append_header(GByteArray *headers, guint segments)
{
	Elf64_Ehdr header = {
		.e_type = GUINT16_TO_LE(ET_CORE),
		.e_machine = GUINT16_TO_LE(EM_X86_64),
		.e_version = GUINT32_TO_LE(EV_CURRENT),
		.e_phoff = GUINT64_TO_LE(sizeof(Elf64_Ehdr)),
		.e_ehsize = GUINT16_TO_LE(sizeof(Elf64_Ehdr)),
		.e_phentsize = GUINT16_TO_LE(sizeof(Elf64_Phdr)),
		.e_phnum = GUINT16_TO_LE(segments),
	};

	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_CLASS] = ELFCLASS64;
	header.e_ident[EI_DATA] = ELFDATA2LSB;
	header.e_ident[EI_VERSION] = EV_CURRENT;
	header.e_ident[EI_OSABI] = ELFOSABI_NONE;
	g_byte_array_append(headers, (const guint8 *)&header, sizeof(header));
}

static void append_note_segment(GByteArray *headers, guint64 offset, guint64 size)
{
	const Elf64_Phdr segment = {
		.p_type = GUINT32_TO_LE(PT_NOTE),
		.p_offset = GUINT64_TO_LE(offset),
		.p_filesz = GUINT64_TO_LE(size),
		.p_memsz = GUINT64_TO_LE(size),
		.p_align = GUINT64_TO_LE(4),
	};

	g_byte_array_append(headers, (const guint8 *)&segment, sizeof(segment));
}

static void append_load_segment(GByteArray *headers, const MflRange *range, guint64 offset)
{
	const guint32 flags = PF_R | PF_X | (range->readonly ? 0 : PF_W);
	const Elf64_Phdr segment = {
		.p_type = GUINT32_TO_LE(PT_LOAD),
		.p_flags = GUINT32_TO_LE(flags),
		.p_offset = GUINT64_TO_LE(offset),
		.p_vaddr = GUINT64_TO_LE(range->gpa),
		.p_paddr = GUINT64_TO_LE(range->gpa),
		.p_filesz = GUINT64_TO_LE(range->length),
		.p_memsz = GUINT64_TO_LE(range->length),
	};

	g_byte_array_append(headers, (const guint8 *)&segment, sizeof(segment));
}

static GBytes *make_headers(const GArray *ranges, GBytes *notes)
{
	const guint segments = 1 + ranges->len;
	const guint64 notes_offset = sizeof(Elf64_Ehdr) + segments * sizeof(Elf64_Phdr);
	guint64 offset = round_up(notes_offset + g_bytes_get_size(notes));
	GByteArray *headers = g_byte_array_new();
	gconstpointer data;
	gsize size;

	data = g_bytes_get_data(notes, &size);
	append_header(headers, segments);
	append_note_segment(headers, notes_offset, size);
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		append_load_segment(headers, range, offset);
		offset = round_up(offset + range->length);
	}
	g_byte_array_append(headers, data, (guint)size);
	return g_byte_array_free_to_bytes(headers);
}

GArray *ctl_plan_elf(const GArray *ranges, GBytes *notes, GError **error)
{
	g_autoptr(GBytes) headers = NULL;
	GArray *plan;
	guint64 at;

	if (1 + ranges->len > MAX_SEGMENTS) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "the memory lies in %u places, and an ELF core file has room for %u; "
			    "use --format=raw, or --range",
			    ranges->len, MAX_SEGMENTS - 1);
		return NULL;
	}
	headers = make_headers(ranges, notes);
	plan = ctl_plan_new();
	ctl_plan_add_bytes(plan, headers);
	at = g_bytes_get_size(headers);
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);

		ctl_plan_add_zeros(plan, round_up(at) - at);
		ctl_plan_add_memory(plan, range->gpa, range->length);
		at = round_up(at) + range->length;
	}
	return plan;
}
