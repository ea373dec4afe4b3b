/* SPDX-License-Identifier: MIT */
/* What is asked of a domain's XML, as libvirt writes it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether there is a <launchSecurity>: then the guest's RAM is encrypted or private. @xml goes
 * through whoever may define domains; what is no XML says nothing of the kind.
 */
gboolean mfl_xml_is_confidential(const char *xml);

G_END_DECLS
