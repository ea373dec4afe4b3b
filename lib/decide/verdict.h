/* SPDX-License-Identifier: MIT */
/* Whether a domain is to be attached, by the host's policy and the domain's own XML. */
#pragma once

#include "domain-xml.h"
#include "policy.h"

G_BEGIN_DECLS

typedef enum {
	MFL_VERDICT_ATTACH,
	MFL_VERDICT_MISTAKE,	  /* its metadata are not understood, which is a refusal */
	MFL_VERDICT_POLICY,	  /* attach=no or never, by the policy or the metadata */
	MFL_VERDICT_TYPE,	  /* it is no KVM domain */
	MFL_VERDICT_CONFIDENTIAL, /* its memory is */
} MflVerdict;

/**
 * mfl_verdict_reach:
 * @policy: what the host says of that domain; what its metadata restrict is applied to it
 * @domain: what the domain says
 * @reason: out: why not, for people to read; %NULL with %MFL_VERDICT_ATTACH
 */
MflVerdict mfl_verdict_reach(MflPolicy *policy, const MflDomainXml *domain, char **reason);

G_END_DECLS
