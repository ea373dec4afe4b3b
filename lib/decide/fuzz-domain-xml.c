/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: a domain's XML, of which much is whatever somebody who may define domains has written, as
 * the hook reads it, and as the library does. tests/fuzz runs it for a moment; for longer:
 *   tests/fuzz domain-xml -max_total_time=3600 CORPUS
 */
#include "confidential.h"
#include "domain-xml.h"
#include "uuid.h"

#include "memflow-libvirt.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gboolean is_choice(MflPolicyChoice choice)
{
	return choice == MFL_POLICY_UNSET || choice == MFL_POLICY_YES || choice == MFL_POLICY_NO;
}

/* As it would be in the journal: one line of text. */
static gboolean is_line(const char *text)
{
	return g_utf8_validate(text, -1, NULL) && *text && !strchr(text, '\n');
}

static void check(const MflDomainXml *domain)
{
	g_autofree char *uuid = mfl_uuid_normalize(domain->uuid);

	g_assert_nonnull(domain->name);
	g_assert_true(g_utf8_validate(domain->name, -1, NULL));
	g_assert_nonnull(domain->type);
	g_assert_cmpstr(domain->uuid, ==, uuid);
	g_assert_true(is_choice(domain->metadata.attach));
	g_assert_true(is_choice(domain->metadata.readonly));
	if (domain->metadata_mistake)
		g_assert_true(is_line(domain->metadata_mistake));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	/* A copy of its own size, so that ASan sees what is read past it. */
	g_autofree char *exact = size ? g_memdup2(data, size) : NULL;
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomainXml) domain = mfl_domain_xml_parse(exact ? exact : "", size, &error);
	const gboolean confidential = mfl_xml_is_confidential(text);

	if (!domain) {
		g_assert_error(error, MFL_ERROR, MFL_ERROR_INVALID);
		g_assert_true(is_line(error->message));
		return 0;
	}
	g_assert_no_error(error);
	check(domain);
	/* One must not attach what the other calls unreadable. */
	if (strlen(text) == size)
		g_assert_true(confidential == (domain->confidential != NULL));
	return 0;
}
