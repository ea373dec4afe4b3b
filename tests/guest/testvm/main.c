/* SPDX-License-Identifier: MIT */
/*
 * The smallest KVM virtual machine: memslots that a test shapes line by line, and nothing of QEMU
 * or libvirt.  A test forks it (testvm.h), does to its memory what QEMU, a balloon or the host's
 * memory management would do, and sees what a reader outside makes of it, thousands of times a
 * minute.  The commands are in commands.c.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "vm.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	const char *name = NULL;
	uint64_t mib = 64;
	const char *step;
	char line[512];
	int err;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--name") && i + 1 < argc) {
			name = argv[++i];
		} else if (!strcmp(argv[i], "--memory") && i + 1 < argc) {
			mib = strtoull(argv[++i], NULL, 10);
		} else {
			fprintf(stderr,
				"usage: %s [--name NAME [--memory MIB]]\n"
				"Commands come on stdin, a line each; the end of stdin ends "
				"the VM.\n\n%s",
				argv[0], testvm_help);
			return !strcmp(argv[i], "--help") ? 0 : 2;
		}
	}
	if (name && mib < 4) {
		fprintf(stderr, "%s: --memory wants at least 4 MiB\n", argv[0]);
		return 2;
	}

	/* A test that crashes must not leave its VM behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	catch_faults();
	setvbuf(stdout, NULL, _IOLBF, 0);
	err = open_vm(&step);
	if (err) {
		error(-err, "cannot %s", step);
		return 1;
	}
	if (name) {
		err = build_machine(name, mib << 20);
		if (err) {
			error(-err, "cannot build a machine of %" PRIu64 " MiB", mib);
			return 1;
		}
	}
	printf("ready %d\n", (int)getpid());

	while (fgets(line, sizeof(line), stdin)) {
		if (!strcmp(line, "quit\n")) {
			end_commands();
			ok_done();
			return 0;
		}
		execute(line);
	}
	end_commands();
	return 0;
}
