/* SPDX-License-Identifier: MIT */
/*
 * What a decision takes of a domain's XML, as libvirt writes it on the hook's standard
 * input. The text goes through whoever may define domains, so it is not
 * trusted: no network, no document type (libvirt writes none, and all of XML's
 * ways to read other files or to grow without end need one), libxml2's limits
 * on depth on.
 */
#pragma once

#include "policy.h"

G_BEGIN_DECLS

/*
 * Domain XML has some ten kilobytes. libxml2's own limit on text (10 MB) is no
 * limit where the text is parsed from memory in one piece (2.9.14, SAX2.c).
 */
#define MFL_DOMAIN_XML_MAX ((gsize)16 * 1024 * 1024)
#define MFL_DOMAIN_XML_TOO_LARGE "it is larger than 16 MiB"

typedef struct {
	char *name;
	char *uuid;	 /* lower case */
	char *type;	 /* "kvm", "qemu", … */
	char *confidential; /* type of <launchSecurity>, NULL if there is none */
	MflPolicyMetadata metadata;
	char *metadata_mistake; /* what is wrong with it, NULL if nothing is */
} MflDomainXml;

void mfl_domain_xml_free(MflDomainXml *domain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflDomainXml, mfl_domain_xml_free)

/* MFL_ERROR_INVALID: this is no domain's XML */
MflDomainXml *mfl_domain_xml_parse(const char *xml, gsize length, GError **error);

G_END_DECLS
