/* SPDX-License-Identifier: MIT */
#include "confidential.h"

#include <libxml/parser.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

gboolean mfl_xml_is_confidential(const char *xml)
{
	const gsize length = strlen(xml);
	g_autoptr(xmlDoc) document = NULL;
	const xmlNode *root;

	if (length > G_MAXINT)
		return FALSE;
	document = xmlReadMemory(xml, (int)length, NULL, NULL,
				 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	root = document ? xmlDocGetRootElement(document) : NULL;
	for (const xmlNode *node = root ? root->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && !node->ns &&
		    xmlStrEqual(node->name, BAD_CAST "launchSecurity"))
			return TRUE;
	return FALSE;
}
