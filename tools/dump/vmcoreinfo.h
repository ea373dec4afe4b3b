/* SPDX-License-Identifier: MIT */
/*
 * The guest's VMCOREINFO: a text in which a Linux kernel tells crash, drgn and makedumpfile where its
 * page tables are, among other things. Without it they cannot make sense of a dump.
 */
#pragma once

#include "memflow-libvirt.h"

/* How far a text is known to be that of the kernel that runs. */
enum ctl_vmcoreinfo_trust {
	/* Where it says that there is a page table, there is another thing. */
	CTL_VMCOREINFO_STALE,
	/* It does not say enough to tell: kernels before 4.10, and of 32 bits. */
	CTL_VMCOREINFO_UNKNOWN,
	/* The page table that it tells of maps itself to where it is. */
	CTL_VMCOREINFO_FITS,
};

/**
 * struct ctl_vmcoreinfo - what was found
 * @text: (nullable): the one to believe
 * @gpa: where its note lies
 * @trust: of it
 * @others: how many texts more there are that differ and are to be trusted as much
 * @stale: how many were left aside
 * @looked_at: how often there was something that begins like a note, up to a limit
 */
typedef struct ctl_vmcoreinfo {
	GBytes *text;
	guint64 gpa;
	enum ctl_vmcoreinfo_trust trust;
	guint others;
	guint stale;
	guint looked_at;
} ctl_vmcoreinfo;

void ctl_vmcoreinfo_clear(struct ctl_vmcoreinfo *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ctl_vmcoreinfo, ctl_vmcoreinfo_clear)

/* Called now and then with the bytes looked at so far; FALSE: stop, the error is set. */
typedef gboolean (*ctl_vmcoreinfo_step)(guint64 done, gpointer data, GError **error);

/*
 * Looks through all of @ranges. A guest without one is no failure: @found->text is NULL then.
 */
gboolean ctl_vmcoreinfo_find(MflMemory *memory, const GArray *ranges, ctl_vmcoreinfo_step step,
			     gpointer data, struct ctl_vmcoreinfo *found, GError **error);
