// SPDX-License-Identifier: MIT
/* The parts of memflowctl dump that have corners of their own. */
#include <elf.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dump/notes.h"
#include "dump/plan.h"
#include "dump/progress.h"
#include "dump/signals.h"
#include "dump/vmcoreinfo.h"
#include "fake-library.h"
#include "fixture.h"
#include "hexdump.h"

/* ----------------------------------------------------------------- plan -- */

static GArray *ranges_new(const MflRange *ranges, guint n)
{
	return g_array_append_vals(g_array_new(FALSE, FALSE, sizeof(MflRange)), ranges, n);
}

static void assert_range(const GArray *ranges, guint i, guint64 gpa, guint64 length)
{
	assert_true(i < ranges->len);
	assert_int_equal(g_array_index(ranges, MflRange, i).gpa, gpa);
	assert_int_equal(g_array_index(ranges, MflRange, i).length, length);
}

static void test_clip(void **state)
{
	const MflRange all[] = { { 0, 0x1000, FALSE },
				 { 0x1000, 0x1000, FALSE },
				 { 0x2000, 0x1000, TRUE },
				 { 0x8000, 0x1000, FALSE },
				 { 0xfffffffffffff000, 0x1000, TRUE } };
	g_autoptr(GArray) ranges = ranges_new(all, G_N_ELEMENTS(all));
	g_autoptr(GArray) whole = ctl_plan_clip(ranges, 0, G_MAXUINT64);
	g_autoptr(GArray) part = ctl_plan_clip(ranges, 0x1800, 0x6801);
	g_autoptr(GArray) hole = ctl_plan_clip(ranges, 0x3000, 0x5000);

	(void)state;
	/* Neighbours are one, unless one of them is ROM. */
	assert_int_equal(whole->len, 4);
	assert_range(whole, 0, 0, 0x2000);
	assert_range(whole, 1, 0x2000, 0x1000);
	assert_range(whole, 2, 0x8000, 0x1000);
	assert_int_equal(part->len, 3);
	assert_range(part, 0, 0x1800, 0x800);
	assert_range(part, 1, 0x2000, 0x1000);
	assert_range(part, 2, 0x8000, 1);
	assert_int_equal(hole->len, 0);
}

/* The headers, byte by byte. */
static void test_elf_headers(void **state)
{
	const MflRange all[] = { { 0, 0xa0000, FALSE },
				 { 0x100000, 0x400800, FALSE },
				 { 0xfffc0000, 0x40000, TRUE } };
	const struct ctl_about about = {
		.domain = "win10\n",
		.uuid = "6a9a4c64-71f9-4b3a-9d5c-2d1a9f0c7e01",
		.time = 1234567890,
		.paused = TRUE,
	};
	g_autoptr(GArray) ranges = ranges_new(all, G_N_ELEMENTS(all));
	g_autoptr(GBytes) vmcoreinfo = g_bytes_new_static("OSRELEASE=6.1\n", 14);
	g_autoptr(GBytes) notes = ctl_notes_new(&about, vmcoreinfo);
	g_autoptr(GArray) plan = ctl_plan_elf(ranges, notes, NULL);
	const struct ctl_extent *extents = (const struct ctl_extent *)plan->data;
	struct fixture *f = *state;
	FILE *out = open_memstream(&f->out, &f->out_size);
	gconstpointer headers;
	gsize size;

	headers = g_bytes_get_data(extents[0].bytes, &size);
	ctl_hexdump(out, 8, 0, headers, size);
	fclose(out);
	assert_golden(f, "core.txt");

	/* Each piece of memory begins at the begin of a page of the file. */
	assert_int_equal(plan->len, 7 - 1);
	assert_int_equal(extents[1].kind, CTL_EXTENT_ZEROS);
	assert_int_equal(size + extents[1].length, 4096);
	assert_int_equal(extents[2].kind, CTL_EXTENT_MEMORY);
	assert_int_equal(extents[3].kind, CTL_EXTENT_MEMORY);
	assert_int_equal(extents[3].gpa, 0x100000);
	assert_int_equal(extents[4].kind, CTL_EXTENT_ZEROS);
	assert_int_equal(extents[4].length, 0x800);
	assert_int_equal(extents[5].gpa, 0xfffc0000);
	assert_int_equal(ctl_plan_get_size(plan), 4096 + 0xa0000 + 0x401000 + 0x40000);
	assert_int_equal(ctl_plan_get_memory_size(plan), 0xa0000 + 0x400800 + 0x40000);
}

static void test_elf_too_many(void **state)
{
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(MflRange));
	g_autoptr(GBytes) notes = g_bytes_new_static("", 0);
	g_autoptr(GArray) fits = NULL;
	g_autoptr(GArray) plan = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	for (guint64 i = 0; i < PN_XNUM - 2; i++) {
		const MflRange range = { i * 0x2000, 0x1000, FALSE };

		g_array_append_val(ranges, range);
	}
	fits = ctl_plan_elf(ranges, notes, &error);
	assert_non_null(fits);
	g_array_append_val(ranges, g_array_index(ranges, MflRange, 0));
	plan = ctl_plan_elf(ranges, notes, &error);
	assert_null(plan);
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED));
	assert_contains(error->message, "65533");
}

/* ----------------------------------------------------------- vmcoreinfo -- */

#define TABLE 0x400000
#define KERNEL 0xffffffff80000000
#define TEXT(release, phys_base)                                                                   \
	"OSRELEASE=" release "\nBUILD-ID=0\nPAGESIZE=4096\n"                                       \
	"SYMBOL(swapper_pg_dir)=ffffffff80400000\nNUMBER(phys_base)=" phys_base "\n"               \
	"NUMBER(pgtable_l5_enabled)=0\nKERNELOFFSET=0\n"

static void poke_entry(guint64 table, guint index, guint64 entry)
{
	fake_poke(table + index * 8, &entry, sizeof(entry));
}

/* Page tables at TABLE + @base that map the kernel to @base, by pages of 2 MiB. */
static void poke_tables(guint64 base)
{
	poke_entry(TABLE + base, 511, (TABLE + base + 0x1000) | 0x63);
	poke_entry(TABLE + base + 0x1000, 510, (TABLE + base + 0x2000) | 0x63);
	poke_entry(TABLE + base + 0x2000, TABLE / 0x200000, (0x400000 + (base & ~0x1fffffUL)) | 0xe3);
}

static gboolean count_step(guint64 done, gpointer data, GError **error)
{
	(void)error;
	*(guint64 *)data = done;
	return TRUE;
}

static void find(ctl_vmcoreinfo *found)
{
	g_autoptr(MflMemory) memory = mfl_memory_open("win10", NULL, MFL_BACKEND_AUTO,
						      MFL_OPEN_READONLY, NULL);
	g_autoptr(GArray) ranges = mfl_memory_dup_ranges(memory);
	guint64 done = 0;

	assert_true(ctl_vmcoreinfo_find(memory, ranges, count_step, &done, found, NULL));
	assert_int_equal(done, FAKE_LOW_END + FAKE_HIGH_END - FAKE_HIGH);
}

static void test_vmcoreinfo(void **state)
{
	g_auto(ctl_vmcoreinfo) found = { 0 };

	(void)state;
	/* What only begins like one. */
	fake_poke(0x1000, "VMCOREINFO", 11);
	fake_poke_vmcoreinfo(0x110000, 1, TEXT("0", "0"));
	fake_poke_vmcoreinfo(0x120000, 0, "PAGESIZE=4096\nOSRELEASE=0\n");
	fake_poke_vmcoreinfo(0x130000, 0, "OSRELEASE=6.1\nBINARY=\x01\n");
	find(&found);
	assert_null(found.text);
	assert_int_equal(found.stale, 0);
}

static void test_vmcoreinfo_fits(void **state)
{
	g_auto(ctl_vmcoreinfo) found = { 0 };

	(void)state;
	poke_tables(0);
	/* Of a kernel that is no more, of one that has too little to say, and the one. */
	fake_poke_vmcoreinfo(0x110000, 0, TEXT("5.10", "16384"));
	fake_poke_vmcoreinfo(0x120004, 0, "OSRELEASE=3.10\nSYMBOL(phys_base)=ffffffff81000000\n");
	/* Over the end of a chunk of the search. */
	fake_poke_vmcoreinfo(0x2fffe8, 0, TEXT("6.1", "0"));
	fake_poke_vmcoreinfo(0x310000, 0, TEXT("6.1", "0"));
	find(&found);
	assert_non_null(found.text);
	assert_string_equal(g_bytes_get_data(found.text, NULL), TEXT("6.1", "0"));
	assert_int_equal(found.gpa, 0x2fffe8);
	assert_int_equal(found.trust, CTL_VMCOREINFO_FITS);
	assert_int_equal(found.stale, 1);
	assert_int_equal(found.others, 0);
}

static void test_vmcoreinfo_several(void **state)
{
	g_auto(ctl_vmcoreinfo) found = { 0 };

	(void)state;
	fake_poke_vmcoreinfo(0x120004, 0, "OSRELEASE=3.10\n");
	fake_poke_vmcoreinfo(0x140004, 0, "OSRELEASE=3.11\n");
	find(&found);
	assert_non_null(found.text);
	assert_int_equal(found.gpa, 0x120004);
	assert_int_equal(found.trust, CTL_VMCOREINFO_UNKNOWN);
	assert_int_equal(found.others, 1);
}

/* From 2 MiB on @n notes with a text of 32 bytes each. */
static void poke_many(guint n, const char *text, gboolean differ)
{
	static const guint32 header[] = { 11, 32, 0 };
	g_autoptr(GString) many = g_string_new(NULL);

	for (guint i = 0; i < n; i++) {
		g_string_append_len(many, (const char *)header, sizeof(header));
		g_string_append_len(many, "VMCOREINFO\0", 12);
		g_string_append_printf(many, "OSRELEASE=%s%08u\nPAGESIZE=1\n\n", text, differ ? i : 0);
	}
	fake_poke(0x200000, many->str, many->len);
}

/* A guest that wants to be looked at for ever. */
static void test_vmcoreinfo_too_many(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		const gboolean differ = i & 1;
		const gboolean less_trusted = i & 2;
		g_auto(ctl_vmcoreinfo) found = { 0 };

		fake_reset();
		poke_tables(0);
		if (less_trusted)
			fake_poke_vmcoreinfo(0x110000, 0, TEXT("6.1", "0"));
		poke_many(4096, "6.", differ);
		find(&found);
		assert_non_null(found.text);
		/* Of each its begin and its text. */
		assert_in_range(fake.reads, 2 * 1024, 2 * 1024 + 16);
		assert_int_equal(found.looked_at, 1024);
		assert_int_equal(found.others, differ && !less_trusted ? 1023 : 0);
	}
}

/* A table that maps the kernel elsewhere than to where the table is. */
static void test_vmcoreinfo_stale(void **state)
{
	g_auto(ctl_vmcoreinfo) found = { 0 };

	(void)state;
	poke_tables(0);
	poke_entry(TABLE + 0x2000, TABLE / 0x200000, 0x200000 | 0xe3);
	fake_poke_vmcoreinfo(0x110000, 0, TEXT("6.1", "0"));
	find(&found);
	assert_null(found.text);
	assert_int_equal(found.stale, 1);
}

/* ------------------------------------------------------------- progress -- */

static void assert_line(const char *expected, guint64 done, guint64 total, double seconds)
{
	g_autofree char *line =
		ctl_progress_format("dump", done, total, (gint64)(seconds * G_USEC_PER_SEC));

	assert_string_equal(line, expected);
}

static void test_progress(void **state)
{
	const guint64 gib = (guint64)1 << 30;

	(void)state;
	assert_line("dump   0 %  0 bytes of 4 GiB", 0, 4 * gib, 0);
	assert_line("dump  25 %  1 GiB of 4 GiB  512 MiB/s  0:06 left", gib, 4 * gib, 2);
	assert_line("dump  99 %  4 GiB of 4 GiB  204.8 MiB/s  0:01 left", 4 * gib - 1, 4 * gib, 20);
	assert_line("dump 100 %  4 GiB of 4 GiB  2 GiB/s", 4 * gib, 4 * gib, 2);
	assert_line("dump   0 %  1 MiB of 4 GiB  1 MiB/s  68:15 left", MIB, 4 * gib, 1);
}

/* -------------------------------------------------------------- signals -- */

static void ignore(int signal)
{
	(void)signal;
}

/* What came before something that is not to be interrupted, or in it, ends a write after it. */
static void test_signals_hold(void **state)
{
	const struct sigaction action = { .sa_handler = ignore };

	(void)state;
	sigaction(SIGTERM, &action, NULL);
	for (int before = 0; before < 2; before++) {
		ctl_signals_catch();
		if (before)
			raise(SIGTERM);
		ctl_signals_hold();
		if (!before)
			raise(SIGTERM);
		assert_int_equal(alarm(0), 0);
		ctl_signals_go_on();
		assert_int_equal(alarm(0), 1);
		assert_false(ctl_signals_check(NULL));
		ctl_signals_release();
	}
	ctl_signals_catch();
	ctl_signals_hold();
	ctl_signals_go_on();
	assert_int_equal(alarm(0), 0);
	ctl_signals_release();
	signal(SIGTERM, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clip),
		TEST(test_elf_headers),
		cmocka_unit_test(test_elf_too_many),
		TEST(test_vmcoreinfo),
		TEST(test_vmcoreinfo_fits),
		TEST(test_vmcoreinfo_several),
		TEST(test_vmcoreinfo_too_many),
		TEST(test_vmcoreinfo_stale),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_signals_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
