/* SPDX-License-Identifier: MIT */
#include "domain-xml.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "memflow-libvirt.h"

#define UUID "6f1d5f0a-3f0e-4a54-9d52-0a7f3f3c1b11"
#define DOMAIN(content)                                                                            \
	"<domain type='kvm' id='1'><name>win10</name><uuid>" UUID "</uuid>" content "</domain>"
#define METADATA(content)                                                                          \
	DOMAIN("<metadata><memflow:access xmlns:memflow='" MFL_POLICY_METADATA_NS "' " content     \
	       "/></metadata>")

static MflDomainXml *parse(const char *xml)
{
	g_autoptr(GError) error = NULL;
	MflDomainXml *domain = mfl_domain_xml_parse(xml, strlen(xml), &error);

	if (!domain)
		fail_msg("%s", error->message);
	return domain;
}

static void assert_refused_n(const char *xml, gsize length, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MflDomainXml) domain = mfl_domain_xml_parse(xml, length, &error);

	assert_null(domain);
	assert_true(g_error_matches(error, MFL_ERROR, MFL_ERROR_INVALID));
	if (!strstr(error->message, part))
		fail_msg("\"%s\" does not name \"%s\"", error->message, part);
	if (!g_utf8_validate(error->message, -1, NULL))
		fail_msg("\"%s\" is not UTF-8", error->message);
	if (strchr(error->message, '\n'))
		fail_msg("\"%s\" has more than one line", error->message);
}

static void assert_refused(const char *xml, const char *part)
{
	assert_refused_n(xml, strlen(xml), part);
}

static void test_live_xml(void **state)
{
	g_autoptr(MflDomainXml) domain =
		parse("<domain type='kvm' id='3' "
		      "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
		      "  <name>win10</name>\n"
		      "  <uuid>6F1D5F0A-3f0e-4a54-9d52-0a7f3f3c1b11</uuid>\n"
		      "  <metadata>\n"
		      "    <libosinfo:libosinfo "
		      "xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>\n"
		      "      <name>not this</name><uuid>nor this</uuid>\n"
		      "    </libosinfo:libosinfo>\n"
		      "  </metadata>\n"
		      "  <devices><disk type='file'><name>nor this</name></disk></devices>\n"
		      "  <qemu:name>nor this</qemu:name>\n"
		      "</domain>\n");

	(void)state;
	assert_string_equal(domain->name, "win10");
	assert_string_equal(domain->uuid, UUID);
	assert_string_equal(domain->type, "kvm");
	assert_null(domain->confidential);
	assert_null(domain->metadata_mistake);
	assert_int_equal(domain->metadata.attach, MFL_POLICY_UNSET);
	assert_int_equal(domain->metadata.readonly, MFL_POLICY_UNSET);
}

static void test_names(void **state)
{
	static const struct {
		const char *xml, *name;
	} cases[] = {
		{ "a,b,,c=d", "a,b,,c=d" },
		{ "it's \"quoted\"", "it's \"quoted\"" },
		{ "R&amp;D &lt;1&gt; &#x41;", "R&D <1> A" },
		{ "<![CDATA[a<b]]>", "a<b" },
		{ "fr\xc3\xa4ulein \xe2\x82\xac", "fr\xc3\xa4ulein \xe2\x82\xac" },
		{ " a b ", " a b " },
		{ "$(reboot);`id`", "$(reboot);`id`" },
		{ "-uuid", "-uuid" },
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *xml = g_strdup_printf(
			"<domain type='kvm'><name>%s</name><uuid>" UUID "</uuid></domain>",
			cases[i].xml);
		g_autoptr(MflDomainXml) domain = parse(xml);

		assert_string_equal(domain->name, cases[i].name);
	}
}

static void test_types(void **state)
{
	g_autoptr(MflDomainXml) tcg =
		parse("<domain type='qemu'><name>a</name><uuid>" UUID "</uuid></domain>");
	g_autoptr(MflDomainXml) sev = parse(DOMAIN("<launchSecurity type='sev-snp'/>"));
	g_autoptr(MflDomainXml) untyped = parse(DOMAIN("<launchSecurity/>"));

	(void)state;
	assert_string_equal(tcg->type, "qemu");
	assert_string_equal(sev->confidential, "sev-snp");
	assert_string_equal(untyped->confidential, "unknown");
}

static void test_metadata(void **state)
{
	static const struct {
		const char *xml;
		MflPolicyChoice attach, readonly;
		const char *mistake;
	} cases[] = {
		{ METADATA(""), MFL_POLICY_UNSET, MFL_POLICY_UNSET, NULL },
		{ METADATA("attach='no'"), MFL_POLICY_NO, MFL_POLICY_UNSET, NULL },
		{ METADATA("attach='yes' readonly='yes'"), MFL_POLICY_YES, MFL_POLICY_YES, NULL },
		{ METADATA("readonly='no'"), MFL_POLICY_UNSET, MFL_POLICY_NO, NULL },
		/* another prefix, the same namespace */
		{ DOMAIN("<metadata><m:access xmlns:m='" MFL_POLICY_METADATA_NS
			 "' attach='no'/></metadata>"),
		  MFL_POLICY_NO, MFL_POLICY_UNSET, NULL },
		{ DOMAIN("<metadata><access xmlns='" MFL_POLICY_METADATA_NS
			 "' attach='no'/></metadata>"),
		  MFL_POLICY_NO, MFL_POLICY_UNSET, NULL },
		/* the same prefix, another namespace */
		{ DOMAIN("<metadata><memflow:access xmlns:memflow='urn:other' "
			 "attach='no'/></metadata>"),
		  MFL_POLICY_UNSET, MFL_POLICY_UNSET, NULL },
		{ DOMAIN("<metadata><access attach='no'/></metadata>"), MFL_POLICY_UNSET,
		  MFL_POLICY_UNSET, NULL },
		/* not where it belongs */
		{ DOMAIN("<m:access xmlns:m='" MFL_POLICY_METADATA_NS "' attach='no'/>"),
		  MFL_POLICY_UNSET, MFL_POLICY_UNSET, NULL },
		/* mistakes */
		{ METADATA("attach='maybe'"), MFL_POLICY_UNSET, MFL_POLICY_UNSET, "attach" },
		{ METADATA("attach='YES'"), MFL_POLICY_UNSET, MFL_POLICY_UNSET, "attach" },
		{ METADATA("raedonly='yes'"), MFL_POLICY_UNSET, MFL_POLICY_UNSET, "raedonly" },
		{ DOMAIN("<metadata><m:acess xmlns:m='" MFL_POLICY_METADATA_NS
			 "' attach='no'/></metadata>"),
		  MFL_POLICY_UNSET, MFL_POLICY_UNSET, "acess" },
		{ DOMAIN("<metadata xmlns:m='" MFL_POLICY_METADATA_NS
			 "'><m:access/><m:access attach='no'/></metadata>"),
		  MFL_POLICY_UNSET, MFL_POLICY_UNSET, "one <access>" },
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(MflDomainXml) domain = parse(cases[i].xml);

		if (domain->metadata.attach != cases[i].attach ||
		    domain->metadata.readonly != cases[i].readonly ||
		    !domain->metadata_mistake != !cases[i].mistake ||
		    (cases[i].mistake && !strstr(domain->metadata_mistake, cases[i].mistake)))
			fail_msg("%s: attach %d, readonly %d, mistake %s", cases[i].xml,
				 domain->metadata.attach, domain->metadata.readonly,
				 domain->metadata_mistake);
	}
}

static void test_not_a_domain(void **state)
{
	(void)state;
	assert_refused("", "empty");
	assert_refused("\n", "line");
	assert_refused("hello", "line 1");
	assert_refused("<domain><\xfft></t></domain>", "line 1");
	assert_refused("<network><name>a</name></network>", "not of a domain");
	assert_refused("<d:domain xmlns:d='urn:x'/>", "not of a domain");
	assert_refused("<domain type='kvm'><uuid>" UUID "</uuid></domain>", "<name>");
	assert_refused("<domain type='kvm'><name>a</name></domain>", "<uuid>");
	assert_refused("<domain><name>a</name><uuid>" UUID "</uuid></domain>", "type");
	assert_refused("<domain type='kvm'><name>a</name><uuid>1</uuid></domain>", "UUID");
	assert_refused("<domain type='kvm'><name>a</name><uuid>1\n&#10;2</uuid></domain>", "UUID");
	assert_refused("<domain type='kvm'><name>a</name><name>b</name><uuid>" UUID
		       "</uuid></domain>",
		       "second <name>");
}

static void test_truncated(void **state)
{
	static const char xml[] = DOMAIN("<metadata/>");

	(void)state;
	for (gsize length = 0; length < strlen(xml); length++)
		assert_refused_n(xml, length, "the domain XML is refused");
}

static void test_not_text(void **state)
{
	static const char nul[] = "<domain type='kvm'><name>a\0b</name></domain>";
	static const char bytes[] = DOMAIN("<title>\xff\xfe</title>");

	(void)state;
	assert_refused_n(nul, sizeof(nul) - 1, "line");
	assert_refused(bytes, "line");
}

static void test_billion_laughs(void **state)
{
	g_autoptr(GString) xml = g_string_new("<?xml version='1.0'?>\n<!DOCTYPE domain [\n"
					      "<!ENTITY l0 'lol'>\n");

	(void)state;
	for (int i = 1; i < 12; i++) {
		g_string_append_printf(xml, "<!ENTITY l%d '", i);
		for (int j = 0; j < 10; j++)
			g_string_append_printf(xml, "&l%d;", i - 1);
		g_string_append(xml, "'>\n");
	}
	g_string_append(xml,
			"]>\n<domain type='kvm'><name>&l11;</name><uuid>" UUID "</uuid></domain>");
	assert_refused(xml->str, "document type");
}

static void test_external_entity(void **state)
{
	g_autofree char *dir = g_dir_make_tmp("test-domain-xml-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "secret", NULL);
	g_autofree char *entity = NULL;
	g_autofree char *subset = NULL;

	(void)state;
	assert_true(g_file_set_contents(path, "win10", -1, NULL));
	entity =
		g_strdup_printf("<!DOCTYPE domain [<!ENTITY x SYSTEM 'file://%s'>]>"
				"<domain type='kvm'><name>&x;</name><uuid>" UUID "</uuid></domain>",
				path);
	assert_refused(entity, "document type");
	subset = g_strdup_printf("<!DOCTYPE domain SYSTEM 'file://%s'>" DOMAIN(""), path);
	assert_refused(subset, "document type");
	/* not even an empty one */
	assert_refused("<!DOCTYPE domain>" DOMAIN(""), "document type");
	/* an entity that nobody declared */
	assert_refused("<domain type='kvm'><name>&x;</name><uuid>" UUID "</uuid></domain>",
		       "line 1");
	g_remove(path);
	g_rmdir(dir);
}

static void test_deep(void **state)
{
	g_autoptr(GString) xml = g_string_new("<domain type='kvm'>");

	(void)state;
	for (int i = 0; i < 100000; i++)
		g_string_append(xml, "<a>");
	assert_refused(xml->str, "line");
}

static void test_huge(void **state)
{
	static const char head[] = "<domain type='kvm'><name>";
	static const char tail[] = "</name><uuid>" UUID "</uuid></domain>";
	const gsize size = (gsize)50 * 1024 * 1024;
	g_autoptr(GString) xml = g_string_sized_new(size);

	(void)state;
	g_string_append(xml, head);
	while (xml->len < size)
		g_string_append(xml, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	g_string_append(xml, tail);
	assert_refused_n(xml->str, xml->len, "larger than 16 MiB");
}

/* Long, but as a real domain could be: with many devices. */
static void test_long(void **state)
{
	g_autoptr(GString) xml = g_string_new("<domain type='kvm'><devices>\n");
	g_autoptr(MflDomainXml) domain = NULL;

	(void)state;
	for (int i = 0; i < 5000; i++)
		g_string_append_printf(xml, "<disk type='file'><target dev='vd%d'/></disk>\n", i);
	g_string_append(xml, "</devices><name>win10</name><uuid>" UUID "</uuid></domain>");
	domain = parse(xml->str);
	assert_string_equal(domain->name, "win10");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_live_xml),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_metadata),
		cmocka_unit_test(test_not_a_domain),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_not_text),
		cmocka_unit_test(test_billion_laughs),
		cmocka_unit_test(test_external_entity),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests_name("domain-xml", tests, NULL, NULL);
}
