// SPDX-License-Identifier: MIT
/*
 * libFuzzer: guest memory, all of it the guest's own doing, that is searched for a VMCOREINFO and for the
 * page tables that it speaks of. tests/fuzz runs it for a moment; for longer:
 *   tests/fuzz vmcoreinfo -max_total_time=3600 CORPUS
 *
 * The input: a byte, then the memory from address 0 on. With bit 0 of that byte set, every other read finds
 * the second half of the memory in place of the first: the guest runs on while it is read.
 */
#include "dump/notes.h"
#include "dump/vmcoreinfo.h"

#include <elf.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* What the search has of the library; there is no other in this program. */
static const guint8 *bytes;
static gsize n_bytes;
static gsize second; /* where the other contents are; 0: they do not change */
static guint n_reads;

G_DEFINE_QUARK(mfl-error-quark, mfl_error)

gboolean mfl_memory_read(MflMemory *memory, guint64 gpa, gpointer buffer, gsize length, GError **error)
{
	const gsize from = second && n_reads++ % 2 ? second : 0;

	(void)memory;
	if (gpa > n_bytes || length > n_bytes - gpa) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_RANGE, "there is no guest memory");
		return FALSE;
	}
	memcpy(buffer, bytes + from + gpa, length);
	return TRUE;
}

static gboolean step(guint64 done, gpointer data, GError **error)
{
	guint64 *before = data;

	(void)error;
	g_assert_cmpuint(done, >, *before);
	g_assert_cmpuint(done, <=, n_bytes);
	*before = done;
	return TRUE;
}

static void check(const ctl_vmcoreinfo *found)
{
	gsize size;
	const char *text = g_bytes_get_data(found->text, &size);

	g_assert_cmpuint(size, <=, 4096);
	g_assert_true(size >= 10 && memcmp(text, "OSRELEASE=", 10) == 0);
	for (gsize i = 0; i < size; i++)
		g_assert_true(text[i] == '\n' || g_ascii_isprint(text[i]));
	g_assert_cmpuint(found->gpa, <, n_bytes);
	g_assert_true(found->trust == CTL_VMCOREINFO_FITS || found->trust == CTL_VMCOREINFO_UNKNOWN);
}

/* The notes that a core file gets: ours is behind it, and they fill them. */
static void check_notes(GBytes *text)
{
	const struct ctl_about about = { .domain = "win10", .uuid = "-" };
	g_autoptr(GBytes) notes = ctl_notes_new(&about, text);
	gsize size;
	const guint8 *note = g_bytes_get_data(notes, &size);
	guint n = 0;

	for (; size; n++) {
		Elf64_Nhdr header;
		gsize length;

		g_assert_cmpuint(size, >=, sizeof(header));
		memcpy(&header, note, sizeof(header));
		length = sizeof(header) + ((header.n_namesz + 3) & ~3U) + ((header.n_descsz + 3) & ~3U);
		g_assert_cmpuint(length, <=, size);
		note += length;
		size -= length;
	}
	g_assert_cmpuint(n, ==, text ? 2 : 1);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(MflRange));
	g_auto(ctl_vmcoreinfo) found = { 0 };
	g_autoptr(GError) error = NULL;
	MflRange range = { 0 };
	guint64 done = 0;

	if (size < 3)
		return 0;
	bytes = data + 1;
	n_bytes = size - 1;
	n_reads = 0;
	second = 0;
	if (data[0] & 1) {
		n_bytes /= 2;
		second = n_bytes;
	}
	range.length = n_bytes;
	g_array_append_val(ranges, range);
	g_assert_true(ctl_vmcoreinfo_find(NULL, ranges, step, &done, &found, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(done, ==, n_bytes);
	g_assert_cmpuint(found.looked_at, <=, 1024);
	g_assert_cmpuint(found.others + found.stale, <=, found.looked_at);
	if (found.text)
		check(&found);
	check_notes(found.text);
	return 0;
}
