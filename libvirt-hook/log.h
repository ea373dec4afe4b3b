/* SPDX-License-Identifier: MIT */
/*
 * The hook's log lines, in the journal's native protocol (systemd
 * docs/JOURNAL_NATIVE_PROTOCOL.md), in syslog's where there is no journal.
 *
 * Neither sd_journal_send() nor GLib's journal writer will do: both wait as long
 * as the journal does not read (sendmsg(2) without MSG_DONTWAIT: systemd 252
 * journal-send.c, GLib 2.74 gmessages.c), and a stuck journal must not hold a
 * VM. A line that cannot be delivered within a moment is lost.
 */
#pragma once

#include <glib.h>
#include <syslog.h>

G_BEGIN_DECLS

#define HOOK_LOG_IDENTIFIER "memflow-hook"

void hook_log_init(const char *journal_socket, const char *syslog_socket);

/* What the lines that follow are about. @name has to stay; @uuid may be %NULL. */
void hook_log_set_domain(const char *name, const char *uuid);

/* @priority: syslog's. Keeps errno. Allocates nothing. */
void hook_log(int priority, const char *format, ...) G_GNUC_PRINTF(2, 3);

G_END_DECLS
