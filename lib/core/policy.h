/* SPDX-License-Identifier: MIT */
/*
 * What the host's administrator allows for a domain: whether it is attached,
 * who may open its node and whether writing is possible.
 *
 * The file is described in data/policy.conf. In short: [defaults], then every
 * [domain:GLOB] section that fits the domain's name in the order of the file,
 * then its [uuid:UUID] section; keys merge, the later value wins. So a uuid
 * section beats all names. After that the domain's own metadata may restrict.
 *
 * A file that has any mistake in it, in whatever section, is refused as a
 * whole: half of a policy may be the half that opens, without the half that
 * closes.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

#define MFL_POLICY_FILE "/etc/memflow-libvirt/policy.conf"

/* Who owns a domain's XML is not always who owns the host (polkit, ACLs). */
typedef enum {
	MFL_POLICY_METADATA_RESTRICT, /* attach='no' and readonly='yes' count */
	MFL_POLICY_METADATA_FULL,     /* attach='yes' counts, too */
	MFL_POLICY_METADATA_IGNORE,   /* nothing in it counts */
} MflPolicyMetadataMode;

typedef struct {
	gboolean attach;
	gboolean never;	   /* attach=never: metadata cannot turn it on */
	gboolean readonly;
	gboolean required; /* must not run unattached; FALSE where attach is */
	char *group;	   /* name or number */
	mode_t mode;	   /* within 0666 */
	MflPolicyMetadataMode metadata;
	guint timeout;	   /* seconds to wait for a required attach */
	char *decided_by;  /* where attach was decided, for people to read */
	/* The same for the others. */
	char *readonly_from;
	char *required_from;
	char *group_from;
	char *mode_from;
	char *metadata_from;
	char *timeout_from;
} MflPolicy;

void mfl_policy_free(MflPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MflPolicy, mfl_policy_free)

/**
 * mfl_policy_load:
 * @path: policy file, normally %MFL_POLICY_FILE
 * @name: the domain's name
 * @uuid: (nullable): its UUID in text form; %NULL: not known
 * @error: %MFL_ERROR_INVALID: the file has a mistake, the message names the
 *   line; %MFL_ERROR_IO: it is there and cannot be read
 *
 * A missing file is a policy: attach=yes, readonly=no, required=no,
 * group=memflow, mode=0660, metadata=restrict, timeout=10. Groups are not looked
 * up here, see mfl_policy_get_gid().
 *
 * Returns: (transfer full): what holds for that domain
 */
MflPolicy *mfl_policy_load(const char *path, const char *name, const char *uuid, GError **error);

/**
 * mfl_policy_get_gid:
 *
 * Looks up the policy's group; this may ask the network (NSS) and take its time.
 *
 * Returns: whether there is such a group; else the error names section and key
 */
gboolean mfl_policy_get_gid(const MflPolicy *policy, gid_t *gid, GError **error);

/**
 * mfl_policy_check:
 * @path: policy file
 * @error: %MFL_ERROR_NOT_FOUND: there is no such file; %MFL_ERROR_IO: it cannot be read
 *
 * Looks for all mistakes at once, in the order of the sections; of lines that are neither a section
 * nor a key the first is the only one that can be told. Groups that do not exist count here, though
 * only domains that would get such a group are concerned.
 *
 * Returns: (transfer full) (element-type utf8): "PATH:LINE: WHAT" each; empty: there are none
 */
GPtrArray *mfl_policy_check(const char *path, GError **error);

/* An attribute of the metadata. */
typedef enum {
	MFL_POLICY_UNSET,
	MFL_POLICY_YES,
	MFL_POLICY_NO,
} MflPolicyChoice;

/* <access attach='yes|no' readonly='yes|no'/> in the domain's metadata */
typedef struct {
	MflPolicyChoice attach;
	MflPolicyChoice readonly;
} MflPolicyMetadata;

#define MFL_POLICY_METADATA_NS "urn:memflow-libvirt:domain:1"

/**
 * mfl_policy_apply_metadata:
 * @policy: what the host says
 * @metadata: what the domain says
 *
 * Leaves @required as it is: where the host says that a domain must not run
 * unattached and the domain refuses to be attached, both are obeyed by not
 * running it.
 */
void mfl_policy_apply_metadata(MflPolicy *policy, const MflPolicyMetadata *metadata);

G_END_DECLS
