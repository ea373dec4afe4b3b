/* SPDX-License-Identifier: MIT */
/* What most tests begin with: a host that has opened a domain called "win10". */
#include "fixture.h"

#include "test-helpers.h"

Fixture *fixture_new(Host *host, FakeVm *vm)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->host = host;
	fixture->vm = vm;
	g_assert_cmpint(host_create(host, ASK(.target = "win10"), &fixture->connector), ==, 0);
	return fixture;
}

Fixture *fixture_new_pc(const char *path)
{
	Host *host = host_load(path);

	return fixture_new(host, host->vms->start("win10", FAKE_UUID_A, TRUE));
}

int fixture_teardown(void **state)
{
	Fixture *fixture = *state;

	connector_drop(&fixture->connector);
	host_free(fixture->host);
	g_free(fixture);
	return 0;
}

void fixture_poke(Fixture *fixture, guint64 gpa, const char *text)
{
	fixture->host->vms->poke(fixture->vm, gpa, text, strlen(text));
}

void fixture_assert_memory(Fixture *fixture, guint64 gpa, const char *bytes, gsize length)
{
	g_autofree char *found = g_malloc(length);

	fixture->host->vms->peek(fixture->vm, gpa, found, length);
	assert_memory_equal(found, bytes, length);
}
