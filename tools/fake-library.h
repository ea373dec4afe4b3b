/* SPDX-License-Identifier: MIT */
/*
 * A library of the same interface without a kernel module behind it: what the
 * tests link memflowctl's commands with.
 */
#pragma once

#include "memflow-libvirt.h"

/**
 * struct fake_run - whether domains run, all of them at once; what a fork(2) leaves shared
 * @paused: they do not
 * @suspended, @resumed: how often that was done
 * @refuses_resume: how often that fails before it is done
 */
struct fake_run {
	gboolean paused;
	int suspended;
	int resumed;
	int refuses_resume;
};

/**
 * struct fake - what the library is to do; a test changes it, fake_reset() undoes
 * @error: code that everything which finds a domain fails with; atomic, as is @looks
 * @hangs_until: an eventfd that mfl_memory_open() waits for; 0: it does not
 * @pid: of "win10", if it is not to be its own
 * @gone_after: bytes that can be read until the domain is gone
 * @ends_process: kills @pid, a child of ours, then
 * @shrunk: the upper half of the low RAM was unplugged, and the memory does not
 *	know it before its next refresh
 * @shrinks_after: bytes that can be read until that happens
 * @interrupt_after: bytes that can be read until SIGINT comes
 * @run: there from the first fake_reset() on
 * @refuses_suspend: it fails
 * @half_suspends: it fails, and is done
 * @resume_error: code that a refused resume fails with; 0: MFL_ERROR_LIBVIRT
 * @without_module: domains without a node can be opened all the same
 * @more: there is a domain more, "lab-1", 4714, which is not published
 * @type: of <domain> in each domain's XML; NULL: "kvm"
 * @content: in each domain's XML
 * @stopped: the domains have, since they were listed
 * @xml_error: code that asking for XML fails with
 * @publish_error: code that mfl_domain_publish() fails with
 * @published: arguments of the last mfl_domain_publish(), as text
 * @unpublished: likewise
 * @opened: likewise of mfl_memory_open()
 * @written: likewise of mfl_memory_write(), the first bytes in hex
 * @looks: how often mfl_memory_open() was called
 * @chunk: the most that was asked for in one read
 * @reads: how many there were
 */
struct fake {
	int error;
	int looks;
	int hangs_until;
	GPid pid;
	guint64 gone_after;
	gboolean ends_process;
	gboolean shrunk;
	guint64 shrinks_after;
	guint64 interrupt_after;
	struct fake_run *run;
	gboolean refuses_suspend;
	gboolean half_suspends;
	int resume_error;
	gboolean without_module;
	gboolean more;
	const char *type;
	const char *content;
	gboolean stopped;
	int xml_error;
	int publish_error;
	char *published;
	char *unpublished;
	char *opened;
	char *written;
	gsize chunk;
	guint reads;
};

extern struct fake fake;

void fake_reset(void);

/* Before the next mfl_events_new(); closed with what it returns. */
void fake_events_open(void);
/* What libvirt's events say next; from any thread. */
void fake_tell(MflEventKind kind, const char *name, const char *uuid, const char *detail);

/* Bytes below FAKE_HIGH_END that are others in each memory that is opened from now on. */
void fake_poke(guint64 gpa, gconstpointer bytes, gsize length);

/* A VMCOREINFO note of a Linux kernel's. */
void fake_poke_vmcoreinfo(guint64 gpa, guint32 type, const char *text);

/* What the byte at @gpa is at first. */
guint8 fake_byte(guint64 gpa);

/* Memory of all fake domains: RAM, a hole, RAM, a hole, ROM. */
#define FAKE_LOW_END 0xa0000ULL
#define FAKE_HIGH 0x100000ULL
#define FAKE_HIGH_END 0x500000ULL
#define FAKE_ROM 0xfffc0000ULL
#define FAKE_ROM_END 0x100000000ULL
