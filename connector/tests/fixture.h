/* SPDX-License-Identifier: MIT */
/* What most tests begin with: a host that has opened a domain called "win10". */
#pragma once

#include "host.h"

G_BEGIN_DECLS

typedef struct {
	Host *host;
	FakeVm *vm;
	struct mf_connector connector;
} Fixture;

/* Opens win10, which @vm is; takes over @host. */
Fixture *fixture_new(Host *host, FakeVm *vm);
/* The same of the plugin @path, with a PC's memory. */
Fixture *fixture_new_pc(const char *path);
/* For cmocka. */
int fixture_teardown(void **state);

void fixture_poke(Fixture *fixture, guint64 gpa, const char *text);
void fixture_assert_memory(Fixture *fixture, guint64 gpa, const char *bytes, gsize length);

G_END_DECLS
