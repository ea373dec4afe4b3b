/* SPDX-License-Identifier: MIT */
/*
 * How times and memory grow with the number of VMs, readers, memslots and addresses, in Markdown.
 * Started by tests/bench/run scale; see docs/performance.md.
 */
#include "scale.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"usage: bench-scale [OPTION]… [vms|readers|slots|sparse]…\n"
	"  --rounds N       of each step; default 5, the most 101\n"
	"  --instructions   the clock of this host counts instructions\n"
	"It needs /dev/memflow without a published VM, /dev/kvm, memflowctl, and to be root.\n";

static const struct {
	const char *name;
	void (*print)(void);
} charts[] = {
	{ "vms", chart_vms },
	{ "readers", chart_readers },
	{ "slots", chart_slots },
	{ "sparse", chart_sparse },
};

#define CHARTS (sizeof(charts) / sizeof(*charts))

static void run(const char *name)
{
	for (size_t i = 0; i < CHARTS; i++)
		if (!strcmp(charts[i].name, name)) {
			charts[i].print();
			module_wait_clean();
			return;
		}
	die("no chart is called %s; see --help", name);
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "rounds", required_argument, NULL, 'n' },
		{ "instructions", no_argument, NULL, 'i' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (option == 'n') {
			rounds = (unsigned int)strtoul(optarg, NULL, 10);
			if (!rounds || rounds > MAX_ROUNDS)
				die("%s is no number from 1 to %d", optarg, MAX_ROUNDS);
		} else if (option == 'i') {
			instructions = true;
		} else {
			fputs(usage, option == 'h' ? stdout : stderr);
			return option == 'h' ? 0 : 2;
		}
	}
	signal(SIGPIPE, SIG_IGN);
	printf("- medians of %u rounds; in brackets how many times the first value\n", rounds);
	if (optind < argc)
		for (int i = optind; i < argc; i++)
			run(argv[i]);
	else
		for (size_t i = 0; i < CHARTS; i++)
			run(charts[i].name);
	return 0;
}
