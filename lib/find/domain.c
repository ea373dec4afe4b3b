/* SPDX-License-Identifier: MIT */
/* MflDomain: what is known of one domain at one moment. */
#include "domain.h"

MflDomain *mfl_domain_new(const MflContext *context, const char *name, const char *uuid)
{
	MflDomain *domain = g_new0(MflDomain, 1);

	domain->references = 1;
	domain->context = context;
	domain->name = g_strdup(name);
	domain->uuid = g_strdup(uuid);
	domain->id = -1;
	return domain;
}

MflDomain *mfl_domain_ref(MflDomain *domain)
{
	g_return_val_if_fail(domain, NULL);
	g_atomic_int_inc(&domain->references);
	return domain;
}

void mfl_domain_unref(MflDomain *domain)
{
	g_return_if_fail(domain);
	if (!g_atomic_int_dec_and_test(&domain->references))
		return;
	g_free(domain->name);
	g_free(domain->uuid);
	g_free(domain->uri);
	g_free(domain->node);
	g_free(domain->no_pid);
	g_free(domain);
}

gboolean mfl_domain_check_open(MflDomain *domain, GError **error)
{
	if (!domain->running) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_NOT_RUNNING,
			    "domain \"%s\" is shut off; start it first", domain->name);
		return FALSE;
	}
	if (domain->confidential) {
		g_set_error(error, MFL_ERROR, MFL_ERROR_UNSUPPORTED,
			    "the memory of domain \"%s\" is encrypted (<launchSecurity>); "
			    "nobody outside of it can read it",
			    domain->name);
		return FALSE;
	}
	return TRUE;
}

const char *mfl_domain_get_name(MflDomain *domain)
{
	g_return_val_if_fail(domain, NULL);
	return domain->name;
}

const char *mfl_domain_get_uuid(MflDomain *domain)
{
	g_return_val_if_fail(domain, NULL);
	return domain->uuid;
}

const char *mfl_domain_get_uri(MflDomain *domain)
{
	g_return_val_if_fail(domain, NULL);
	return domain->uri;
}

const char *mfl_domain_get_node(MflDomain *domain)
{
	g_return_val_if_fail(domain, NULL);
	return domain->node;
}

int mfl_domain_get_id(MflDomain *domain)
{
	g_return_val_if_fail(domain, -1);
	return domain->id;
}

GPid mfl_domain_get_pid(MflDomain *domain)
{
	g_return_val_if_fail(domain, 0);
	return domain->pid;
}

gboolean mfl_domain_is_running(MflDomain *domain)
{
	g_return_val_if_fail(domain, FALSE);
	return domain->running;
}

gboolean mfl_domain_is_readonly(MflDomain *domain)
{
	g_return_val_if_fail(domain, FALSE);
	return domain->readonly;
}

guint64 mfl_domain_get_ram_size(MflDomain *domain)
{
	g_return_val_if_fail(domain, 0);
	return domain->ram_size;
}
