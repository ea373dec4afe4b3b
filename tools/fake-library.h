/* SPDX-License-Identifier: MIT */
/*
 * A library of the same interface without a kernel module behind it: what the
 * tests link memflowctl's commands with.
 */
#pragma once

#include "memflow-libvirt.h"

/**
 * struct fake - what the library is to do; a test changes it, fake_reset() undoes
 * @error: code that everything which finds a domain fails with; atomic, as is @looks
 * @hangs_until: an eventfd that mfl_memory_open() waits for; 0: it does not
 * @gone_after: bytes that can be read until the domain is gone
 * @shrunk: the upper half of the low RAM was unplugged, and the memory does not
 *	know it before its next refresh
 * @shrinks_after: bytes that can be read until that happens
 * @interrupt_after: bytes that can be read until SIGINT comes
 * @paused: the domain is, all of them at once
 * @suspended, @resumed: how often that was done
 * @refuses_suspend, @refuses_resume: it fails
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
	guint64 gone_after;
	gboolean shrunk;
	guint64 shrinks_after;
	guint64 interrupt_after;
	gboolean paused;
	int suspended;
	int resumed;
	gboolean refuses_suspend;
	gboolean refuses_resume;
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
