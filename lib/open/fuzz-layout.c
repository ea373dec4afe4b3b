/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: what a QEMU that a guest has broken out into may print for the layout of its
 * memory. tests/fuzz runs it for a moment; for longer:
 *   tests/fuzz layout -max_total_time=3600 CORPUS
 *
 * The input: the flat view, a NUL, an answer to gpa2hva.
 */
#include "flat-view.h"

#include "memflow-libvirt.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* What goes into the layout of a memory object: in order, nothing twice, nothing empty. */
static void check(const GArray *sections)
{
	guint64 end = 0;

	g_assert_cmpuint(sections->len, >, 0);
	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);

		g_assert_cmpuint(section->length, >, 0);
		g_assert_cmpuint(section->gpa, >=, end);
		g_assert_cmpuint(section->length, <=, G_MAXUINT64 - section->gpa);
		g_assert_cmpuint(section->length, <=, G_MAXUINT64 - section->offset);
		g_assert_true(*section->block);
		end = section->gpa + section->length;
	}
}

/* As QEMU prints them: what was understood is understood the same again. */
static void check_again(const GArray *sections)
{
	g_autoptr(GString) text = g_string_new("FlatView #0\n AS \"memory\", root: system\n");
	g_autoptr(GArray) again = NULL;
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < sections->len; i++) {
		const MflSection *section = &g_array_index(sections, MflSection, i);

		g_string_append_printf(text,
				       "  %016" G_GINT64_MODIFIER "x-%016" G_GINT64_MODIFIER
				       "x (prio 0, %s): %s @%016" G_GINT64_MODIFIER "x\n",
				       section->gpa, section->gpa + section->length - 1,
				       section->readonly ? "rom" : "ram", section->block,
				       section->offset);
	}
	again = mfl_flat_view_parse(text->str, &error);
	g_assert_no_error(error);
	g_assert_true(mfl_flat_view_equal(sections, again));
}

static void check_address(const char *answer, const MflSection *section)
{
	guint64 hva = 0;

	if (!mfl_gpa2hva_parse(answer, section->gpa, section->block, &hva))
		return;
	g_assert_cmpuint(hva, !=, 0);
	g_assert_nonnull(strstr(answer, section->block));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	const gsize length = strlen(text);
	g_autofree char *answer = length < size ?
					  g_strndup((const char *)data + length + 1,
						    size - length - 1) :
					  g_strdup("");
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) sections = mfl_flat_view_parse(text, &error);

	if (!sections) {
		g_assert_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED);
		g_assert_true(*error->message);
		return 0;
	}
	g_assert_no_error(error);
	check(sections);
	check_again(sections);
	for (guint i = 0; i < sections->len; i++)
		check_address(answer, &g_array_index(sections, MflSection, i));
	return 0;
}
