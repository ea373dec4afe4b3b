/* SPDX-License-Identifier: MIT */
#include "domain-xml.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "memflow-libvirt.h"
#include "uuid.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlParserCtxt, xmlFreeParserCtxt)

void mfl_domain_xml_free(MflDomainXml *domain)
{
	if (!domain)
		return;
	g_free(domain->name);
	g_free(domain->uuid);
	g_free(domain->type);
	g_free(domain->confidential);
	g_free(domain->metadata_mistake);
	g_free(domain);
}

static void G_GNUC_PRINTF(2, 3) set_invalid(GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	g_autofree char *valid = NULL;
	va_list args;

	va_start(args, format);
	what = g_strdup_vprintf(format, args);
	va_end(args);
	/* Here and in libxml2 what is not understood is quoted, whatever it is. */
	valid = g_utf8_make_valid(what, -1);
	for (char *at = valid; *at; at++)
		if (g_ascii_iscntrl(*at))
			*at = ' ';
	g_set_error(error, MFL_ERROR, MFL_ERROR_INVALID, "the domain XML is refused: %s", valid);
}

/* ------------------------------------------------------------------ parsing -- */

/* libxml2 calls this at <!DOCTYPE, before it reads any declaration. */
static void refuse_doctype(void *ctx, const xmlChar *name G_GNUC_UNUSED,
			   const xmlChar *external_id G_GNUC_UNUSED,
			   const xmlChar *system_id G_GNUC_UNUSED)
{
	xmlParserCtxt *ctxt = ctx;

	*(gboolean *)ctxt->_private = TRUE;
	xmlStopParser(ctxt);
}

static void G_GNUC_PRINTF(2, 3)
	print_nothing(void *ctx G_GNUC_UNUSED, const char *format G_GNUC_UNUSED, ...)
{
}

static xmlDoc *parse(const char *xml, gsize length, GError **error)
{
	g_autoptr(xmlParserCtxt) ctxt = NULL;
	g_autoptr(xmlDoc) doc = NULL;
	gboolean has_doctype = FALSE;

	if (length == 0) {
		set_invalid(error, "it is empty");
		return NULL;
	}
	if (length > MFL_DOMAIN_XML_MAX) {
		set_invalid(error, MFL_DOMAIN_XML_TOO_LARGE);
		return NULL;
	}
	xmlSetGenericErrorFunc(NULL, print_nothing);
	ctxt = xmlNewParserCtxt();
	if (!ctxt) {
		set_invalid(error, "out of memory");
		return NULL;
	}
	ctxt->_private = &has_doctype;
	ctxt->sax->internalSubset = refuse_doctype;
	doc = xmlCtxtReadMemory(ctxt, xml, (int)length, NULL, NULL,
				XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (has_doctype) {
		set_invalid(error, "it has a document type");
		return NULL;
	}
	if (!doc) {
		const xmlError *last = xmlCtxtGetLastError(ctxt);
		const char *message = last && last->message ? last->message : "not well-formed";

		/* What follows the first line quotes the text. */
		set_invalid(error, "line %d: %.*s", last ? last->line : 0,
			    (int)strcspn(message, "\n"), message);
		return NULL;
	}
	return g_steal_pointer(&doc);
}

/* ------------------------------------------------------------------ reading -- */

static gboolean is_element(const xmlNode *node, const char *ns, const char *name)
{
	const char *href = node->ns ? (const char *)node->ns->href : NULL;

	return node->type == XML_ELEMENT_NODE && g_strcmp0(href, ns) == 0 &&
	       (!name || g_str_equal(node->name, name));
}

static char *dup_content(const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	char *copy = g_strdup((const char *)content);

	xmlFree(content);
	return copy;
}

static char *dup_attribute(xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	char *copy = g_strdup((const char *)value);

	xmlFree(value);
	return copy;
}

/* Takes the content of @node as *@content, unless there was one before. */
static gboolean take_content(const xmlNode *node, char **content, GError **error)
{
	if (*content) {
		set_invalid(error, "line %ld: a second <%s>", xmlGetLineNo(node), node->name);
		return FALSE;
	}
	*content = dup_content(node);
	return TRUE;
}

static gboolean read_choice(const xmlAttr *attribute, MflPolicyChoice *choice)
{
	g_autofree char *value = dup_content((const xmlNode *)attribute);

	if (g_strcmp0(value, "yes") == 0)
		*choice = MFL_POLICY_YES;
	else if (g_strcmp0(value, "no") == 0)
		*choice = MFL_POLICY_NO;
	else
		return FALSE;
	return TRUE;
}

static void G_GNUC_PRINTF(2, 3) set_mistake(MflDomainXml *domain, const char *format, ...)
{
	va_list args;

	g_free(domain->metadata_mistake);
	va_start(args, format);
	domain->metadata_mistake = g_strdup_vprintf(format, args);
	va_end(args);
}

/* What is not understood is a mistake: an overlooked raedonly='yes' would open what it closes. */
static void read_access(MflDomainXml *domain, const xmlNode *node)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		gboolean good;

		if (!attribute->ns && g_str_equal(name, "attach")) {
			good = read_choice(attribute, &domain->metadata.attach);
		} else if (!attribute->ns && g_str_equal(name, "readonly")) {
			good = read_choice(attribute, &domain->metadata.readonly);
		} else {
			set_mistake(domain, "<access> has no attribute %s; there are: attach, readonly",
				    name);
			continue;
		}
		if (!good)
			set_mistake(domain, "%s of <access> is neither 'yes' nor 'no'", name);
	}
}

static void read_metadata(MflDomainXml *domain, const xmlNode *metadata)
{
	gboolean seen = FALSE;

	for (const xmlNode *node = metadata->children; node; node = node->next) {
		if (!is_element(node, MFL_POLICY_METADATA_NS, NULL))
			continue;
		if (seen || !is_element(node, MFL_POLICY_METADATA_NS, "access")) {
			set_mistake(domain,
				    "<%s> in namespace " MFL_POLICY_METADATA_NS
				    "; there is to be one <access>",
				    node->name);
			return;
		}
		seen = TRUE;
		read_access(domain, node);
	}
}

static gboolean read_domain(MflDomainXml *domain, xmlNode *root, GError **error)
{
	g_autofree char *uuid = NULL;

	if (!root || !is_element(root, NULL, "domain")) {
		set_invalid(error, "it is not of a domain");
		return FALSE;
	}
	domain->type = dup_attribute(root, "type");
	for (xmlNode *node = root->children; node; node = node->next) {
		if (is_element(node, NULL, "name")) {
			if (!take_content(node, &domain->name, error))
				return FALSE;
		} else if (is_element(node, NULL, "uuid")) {
			if (!take_content(node, &uuid, error))
				return FALSE;
		} else if (is_element(node, NULL, "launchSecurity")) {
			g_free(domain->confidential);
			domain->confidential = dup_attribute(node, "type");
			if (!domain->confidential)
				domain->confidential = g_strdup("unknown");
		} else if (is_element(node, NULL, "metadata")) {
			read_metadata(domain, node);
		}
	}
	if (!domain->type || !domain->name || !uuid) {
		set_invalid(error, "no %s",
			    !domain->type ? "type" :
			    !domain->name ? "<name>" :
					    "<uuid>");
		return FALSE;
	}
	domain->uuid = mfl_uuid_normalize(uuid);
	if (!domain->uuid) {
		set_invalid(error, "\"%.100s\" is no UUID", uuid);
		return FALSE;
	}
	return TRUE;
}

MflDomainXml *mfl_domain_xml_parse(const char *xml, gsize length, GError **error)
{
	g_autoptr(MflDomainXml) domain = g_new0(MflDomainXml, 1);
	g_autoptr(xmlDoc) doc = parse(xml, length, error);

	if (!doc || !read_domain(domain, xmlDocGetRootElement(doc), error))
		return NULL;
	return g_steal_pointer(&domain);
}
