// SPDX-License-Identifier: MIT
/*
 * A memflow host in C, through memflow's own C interface (memflow-ffi and its memflow.h): scans the
 * inventory, opens a connector by name, and looks by it at a test guest.
 *
 *	memflow-c-host CONNECTOR ARGS
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <memflow.h>

#include "testguest.h"

/* memflow.h of memflow-ffi 0.2.0 leaves the tables of a clone unset. */
static ConnectorInstance clone_of(const ConnectorInstance *connector)
{
	ConnectorInstance clone = *connector;

	clone.container = mf_connectorinstance_clone(connector).container;
	return clone;
}

/* mf_read_raw_into() is of memflow's PartialResult: 0 is all of it. */
static int look(ConnectorInstance *connector)
{
	ConnectorInstance clone = clone_of(connector);
	MemoryView view = mf_connectorinstance_phys_view(&clone);
	struct testguest_info info;
	uint64_t words[512];
	uint64_t gpa;
	int status = 1;

	if (mf_read_raw_into(&view, TESTGUEST_INFO_GPA, MUT_SLICE(u8, (void *)&info, sizeof(info)))) {
		fprintf(stderr, "cannot read the info page\n");
		goto out;
	}
	if (memcmp(info.magic, TESTGUEST_MAGIC, sizeof(info.magic)) || !info.pattern_ready) {
		fprintf(stderr, "there is no guest that is ready\n");
		goto out;
	}
	gpa = info.ranges[info.nr_ranges - 1].gpa;
	if (mf_read_raw_into(&view, gpa, MUT_SLICE(u8, (void *)words, sizeof(words)))) {
		fprintf(stderr, "cannot read at 0x%" PRIx64 "\n", gpa);
		goto out;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (words[i] == testguest_pattern(gpa + i * 8))
			continue;
		fprintf(stderr, "at 0x%" PRIx64 ": found %016" PRIx64 "\n", gpa + i * 8, words[i]);
		goto out;
	}
	printf("%s %s\n", info.magic, info.name);
	status = 0;
out:
	mf_memoryview_drop(view);
	mf_connectorinstance_drop(clone);
	return status;
}

int main(int argc, char **argv)
{
	Inventory *inventory;
	ConnectorInstance connector;
	PhysicalMemoryMetadata metadata;
	int status = 1;

	if (argc != 3) {
		fprintf(stderr, "usage: memflow-c-host CONNECTOR ARGS\n");
		return 2;
	}
	log_init(LevelFilter_Warn);
	inventory = inventory_scan();
	if (inventory_create_connector(inventory, argv[1], argv[2], &connector) == 0) {
		metadata = mf_connectorinstance_metadata(&connector);
		printf("max_address=0x%" PRIx64 " real_size=%" PRIu64 " readonly=%d\n",
		       metadata.max_address, metadata.real_size, metadata.readonly);
		status = look(&connector);
		mf_connectorinstance_drop(connector);
	}
	inventory_free(inventory);
	return status;
}
