/* SPDX-License-Identifier: MIT */
#include "verdict.h"

MflVerdict mfl_verdict_reach(MflPolicy *policy, const MflDomainXml *domain, char **reason)
{
	*reason = NULL;
	if (domain->metadata_mistake && policy->metadata != MFL_POLICY_METADATA_IGNORE) {
		*reason = g_strdup_printf("the domain's metadata is not understood: %s",
					  domain->metadata_mistake);
		return MFL_VERDICT_MISTAKE;
	}
	mfl_policy_apply_metadata(policy, &domain->metadata);
	if (!policy->attach) {
		*reason = g_strdup_printf("attach=%s in %s", policy->never ? "never" : "no",
					  policy->decided_by);
		return MFL_VERDICT_POLICY;
	}
	if (!g_str_equal(domain->type, "kvm")) {
		*reason = g_strdup_printf("its type is '%s'; only domains of type 'kvm' can be "
					  "attached",
					  domain->type);
		return MFL_VERDICT_TYPE;
	}
	if (domain->confidential) {
		*reason = g_strdup_printf("its memory is confidential (<launchSecurity> '%s')",
					  domain->confidential);
		return MFL_VERDICT_CONFIDENTIAL;
	}
	return MFL_VERDICT_ATTACH;
}
