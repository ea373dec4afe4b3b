// SPDX-License-Identifier: MIT
/*
 * QEMU is told by the guest where the note is, if it has a vmcoreinfo device and the guest its
 * driver. Here it is searched for, which needs neither.
 *
 * The kernel makes the whole ELF note in its memory (kernel/crash_core.c, update_vmcoreinfo_note()):
 * at the begin of a page since 4.13, in its data before. Memory may hold others: those of a boot
 * before this one, which a reboot does not wipe, of guests of the guest, of files. So each is
 * checked against the page tables that it speaks of.
 */
#include "dump/vmcoreinfo.h"

#include <elf.h>
#include <string.h>

#define CHUNK ((gsize)2 << 20)

#define NAME "VMCOREINFO"
/* "VMCO", as the word that it is in memory. */
#define NAME_WORD GUINT32_FROM_LE(0x4f434d56)
#define TEXT_OFFSET (sizeof(Elf64_Nhdr) + ((sizeof(NAME) + 3) & ~(gsize)3))
/* VMCOREINFO_BYTES: a page. */
#define MAX_TEXT ((gsize)4096)

/*
 * More of them are there for somebody's fun: a guest may write what it likes. Also one that says
 * nothing new costs its reads.
 */
#define MAX_NOTES 1024

/* __START_KERNEL_map, arch/x86/include/asm/page_64_types.h */
#define KERNEL_MAP G_GUINT64_CONSTANT(0xffffffff80000000)
#define PTE_PRESENT ((guint64)1)
#define PTE_HUGE ((guint64)0x80)
#define PTE_ADDRESS G_GUINT64_CONSTANT(0x000ffffffffff000)

void ctl_vmcoreinfo_clear(struct ctl_vmcoreinfo *found)
{
	g_clear_pointer(&found->text, g_bytes_unref);
}

/* ------------------------------------------------------------- the text -- */

static gboolean is_text(const char *text, gsize size)
{
	if (size < 12 || memcmp(text, "OSRELEASE=", 10) != 0)
		return FALSE;
	for (gsize i = 0; i < size; i++)
		if (!g_ascii_isprint(text[i]) && text[i] != '\n')
			return FALSE;
	return TRUE;
}

/* The value in a line "KEY=value", of @base. */
static gboolean get_value(const char *text, const char *key, int base, gint64 *value)
{
	gsize length = strlen(key);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		char *end;

		line += *line == '\n';
		if (strncmp(line, key, length) != 0 || line[length] != '=')
			continue;
		/* Addresses fill 64 bits without a sign. */
		*value = base == 16 ? (gint64)g_ascii_strtoull(line + length + 1, &end, 16) :
				      g_ascii_strtoll(line + length + 1, &end, base);
		return end > line + length + 1 && (*end == '\n' || !*end);
	}
	return FALSE;
}

/* ------------------------------------------------------------ the check -- */

/* Looks @address up in the page table at @table. */
static gboolean translate(MflMemory *memory, guint64 table, int levels, guint64 address,
			  guint64 *gpa)
{
	for (int level = levels - 1; level >= 0; level--) {
		const int shift = 12 + 9 * level;
		const guint64 mask = ((guint64)1 << shift) - 1;
		guint64 entry;

		if (!mfl_memory_read(memory, table + (address >> shift & 511) * 8, &entry,
				     sizeof(entry), NULL))
			return FALSE;
		entry = GUINT64_FROM_LE(entry);
		if (!(entry & PTE_PRESENT))
			return FALSE;
		table = entry & PTE_ADDRESS;
		if (level == 0 || (entry & PTE_HUGE && level <= 2)) {
			*gpa = (table & ~mask) | (address & mask);
			return TRUE;
		}
	}
	return FALSE;
}

static enum ctl_vmcoreinfo_trust check(MflMemory *memory, const char *text)
{
	gint64 table;
	gint64 phys_base;
	gint64 five_levels = 0;
	guint64 expected;
	guint64 gpa;

	/* phys_base itself, and not its address: since Linux 4.10 (401721ecd1dc). */
	if (!get_value(text, "SYMBOL(swapper_pg_dir)", 16, &table) || (guint64)table < KERNEL_MAP ||
	    !get_value(text, "NUMBER(phys_base)", 10, &phys_base))
		return CTL_VMCOREINFO_UNKNOWN;
	get_value(text, "NUMBER(pgtable_l5_enabled)", 10, &five_levels);
	expected = (guint64)table - KERNEL_MAP + (guint64)phys_base;
	if (translate(memory, expected, five_levels ? 5 : 4, (guint64)table, &gpa) &&
	    gpa == expected)
		return CTL_VMCOREINFO_FITS;
	return CTL_VMCOREINFO_STALE;
}

/* ----------------------------------------------------------- the search -- */

static void consider(MflMemory *memory, guint64 gpa, GBytes *text, struct ctl_vmcoreinfo *found)
{
	enum ctl_vmcoreinfo_trust trust;

	/* A copy of it, in a file for instance, says nothing new. */
	if (found->text && g_bytes_equal(found->text, text))
		return;
	trust = check(memory, g_bytes_get_data(text, NULL));
	if (trust == CTL_VMCOREINFO_STALE) {
		found->stale++;
	} else if (!found->text || trust > found->trust) {
		ctl_vmcoreinfo_clear(found);
		found->text = g_bytes_ref(text);
		found->gpa = gpa;
		found->trust = trust;
		found->others = 0;
	} else if (trust == found->trust) {
		found->others++;
	}
}

/* @name: where in the guest's memory a name begins like that of a note */
static void look_at(MflMemory *memory, guint64 name, struct ctl_vmcoreinfo *found)
{
	const guint64 gpa = name - sizeof(Elf64_Nhdr);
	g_autofree char *text = NULL;
	g_autoptr(GBytes) bytes = NULL;
	guint8 head[TEXT_OFFSET];
	Elf64_Nhdr header;
	gsize size;

	if (name < sizeof(header) || found->looked_at >= MAX_NOTES)
		return;
	found->looked_at++;
	/* What cannot be read is no note. */
	if (!mfl_memory_read(memory, gpa, head, sizeof(head), NULL))
		return;
	memcpy(&header, head, sizeof(header));
	size = GUINT32_FROM_LE(header.n_descsz);
	if (GUINT32_FROM_LE(header.n_namesz) != sizeof(NAME) || header.n_type ||
	    memcmp(head + sizeof(header), NAME, sizeof(NAME)) != 0 || size > MAX_TEXT)
		return;
	text = g_malloc0(size + 1);
	if (!mfl_memory_read(memory, gpa + TEXT_OFFSET, text, size, NULL) || !is_text(text, size))
		return;
	/* With the NUL behind it, which is not part of the bytes. */
	bytes = g_bytes_new_with_free_func(text, size, g_free, text);
	text = NULL;
	consider(memory, gpa, bytes, found);
}

/* A block of words at once, so that compilers make vectors of it. */
static gboolean has_word(const guint32 *words)
{
	guint32 hits = 0;

	for (int i = 0; i < 16; i++)
		hits |= words[i] == NAME_WORD;
	return hits != 0;
}

/* Before anything is looked at anew: the words in front of the name are those of a note. */
static gboolean may_be_note(const guint32 *words, gsize i)
{
	/* At the begin of a chunk they are in the one before. */
	return (i < 3 || (GUINT32_FROM_LE(words[i - 3]) == sizeof(NAME) &&
			  GUINT32_FROM_LE(words[i - 2]) <= MAX_TEXT && !words[i - 1])) &&
	       words[i] == NAME_WORD;
}

static void look_through(MflMemory *memory, guint64 gpa, const guint32 *words, gsize n,
			 struct ctl_vmcoreinfo *found)
{
	gsize i = 0;

	for (; i + 16 <= n; i += 16) {
		if (!has_word(words + i))
			continue;
		for (gsize j = i; j < i + 16; j++)
			if (may_be_note(words, j))
				look_at(memory, gpa + j * 4, found);
	}
	for (; i < n; i++)
		if (may_be_note(words, i))
			look_at(memory, gpa + i * 4, found);
}

gboolean ctl_vmcoreinfo_find(MflMemory *memory, const GArray *ranges, ctl_vmcoreinfo_step step,
			     gpointer data, struct ctl_vmcoreinfo *found, GError **error)
{
	g_autofree guint32 *words = g_malloc(CHUNK);
	guint64 done = 0;

	*found = (struct ctl_vmcoreinfo){ 0 };
	for (guint i = 0; i < ranges->len; i++) {
		const MflRange *range = &g_array_index(ranges, MflRange, i);
		gsize n;

		/* No kernel writes into ROM. */
		for (guint64 at = 0; at < range->length && !range->readonly; at += n) {
			g_autoptr(GError) local = NULL;

			n = (gsize)MIN(range->length - at, CHUNK);
			if (mfl_memory_read(memory, range->gpa + at, words, n, &local)) {
				look_through(memory, range->gpa + at, words, n / 4, found);
			} else if (!g_error_matches(local, MFL_ERROR, MFL_ERROR_RANGE)) {
				g_propagate_error(error, g_steal_pointer(&local));
				return FALSE;
			}
			done += n;
			if (!step(done, data, error))
				return FALSE;
		}
	}
	return TRUE;
}
