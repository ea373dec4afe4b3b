/* SPDX-License-Identifier: MIT */
/*
 * What a mapping of a guest costs, measured in the disposable host and compared with the other ways
 * to read it, in Markdown. Started by tests/bench/run kmod; see docs/performance.md.
 */
#include "bench.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIZES 8

static const char usage[] =
	"usage: bench-kmod [OPTION]… [attach|reads|memory|progress|batch]…\n"
	"  --attach MIB,…   sizes to attach; default 64,256,1024,4096\n"
	"  --reads MIB,…    sizes to read; default 256\n"
	"  --size MIB       of the guest in the other tables; default 1024 for memory, 16 for progress,\n"
	"                   256 for batch\n"
	"  --rounds N       default 5, 101 at most\n"
	"  --instructions   the clock of this host counts instructions\n"
	"Sizes are powers of two from 16 on. It needs /dev/memflow, /dev/memflow-pin, /dev/kvm, "
	"and\n"
	"to be root.\n";

struct sizes {
	uint64_t bytes[MAX_SIZES];
	size_t count;
};

static uint64_t parse_number(const char *text, unsigned long min, unsigned long max)
{
	char *end;
	unsigned long number;

	errno = 0;
	number = strtoul(text, &end, 10);
	if (errno || *end || end == text || number < min || number > max)
		die("%s is no number from %lu to %lu", text, min, max);
	return number;
}

static uint64_t parse_size(const char *text)
{
	uint64_t mib = parse_number(text, 16, 1 << 20);

	if (mib & (mib - 1))
		die("%s is no power of two", text);
	return mib * MIB;
}

static void parse_sizes(struct sizes *sizes, char *text)
{
	char *rest = text, *word;

	sizes->count = 0;
	while ((word = strtok_r(rest, ",", &rest))) {
		if (sizes->count == MAX_SIZES)
			die("more than %d sizes", MAX_SIZES);
		sizes->bytes[sizes->count++] = parse_size(word);
	}
}

struct options {
	struct sizes attach, reads;
	uint64_t memory_size, progress_size, size;
	bool instructions;
	unsigned int rounds;
};

static void run(const struct options *options, const char *table)
{
	if (!strcmp(table, "attach"))
		table_attach(options->attach.bytes, options->attach.count, options->rounds);
	else if (!strcmp(table, "reads"))
		table_reads(options->reads.bytes, options->reads.count, options->rounds);
	else if (!strcmp(table, "memory"))
		table_memory(options->memory_size);
	else if (!strcmp(table, "progress"))
		table_progress(options->progress_size, options->rounds);
	else if (!strcmp(table, "batch"))
		table_batch(options->size, options->rounds);
	else
		die("no table is called %s; see --help", table);
}

int main(int argc, char **argv)
{
	static const char *const tables[] = { "attach", "reads", "memory", "progress", "batch" };
	static const struct option longs[] = {
		{ "attach", required_argument, NULL, 'a' },
		{ "reads", required_argument, NULL, 'r' },
		{ "size", required_argument, NULL, 's' },
		{ "rounds", required_argument, NULL, 'n' },
		{ "instructions", no_argument, NULL, 'i' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct options options = {
		.attach = { { 64 * MIB, 256 * MIB, GIB, 4 * GIB }, 4 },
		.reads = { { 256 * MIB }, 1 },
		.memory_size = GIB,
		.progress_size = 16 * MIB,
		.size = 256 * MIB,
		.rounds = 5,
	};
	int option;

	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (option == 'a') {
			parse_sizes(&options.attach, optarg);
		} else if (option == 'r') {
			parse_sizes(&options.reads, optarg);
		} else if (option == 's') {
			options.size = parse_size(optarg);
			options.memory_size = options.progress_size = options.size;
		} else if (option == 'n') {
			options.rounds = (unsigned int)parse_number(optarg, 1, MAX_ROUNDS);
		} else if (option == 'i') {
			options.instructions = true;
		} else {
			fputs(usage, option == 'h' ? stdout : stderr);
			return option == 'h' ? 0 : 2;
		}
	}
	printf("- medians of %u rounds\n", options.rounds);
	if (options.instructions)
		puts("- a millisecond of this host is a million instructions");
	if (optind < argc)
		for (int i = optind; i < argc; i++)
			run(&options, argv[i]);
	else
		for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
			run(&options, tables[i]);
	return 0;
}
