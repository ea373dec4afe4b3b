// SPDX-License-Identifier: MIT
/*
 * Looks at a tiny guest's memory all the time, by every way in, while a test changes what lies
 * behind it: balloon, memory devices, memslots, resets, other processes. The guest says of its
 * pages what they hold (tests/guest/testguest.h); whatever else is seen was stale, foreign or lost.
 *
 * One command a line on standard input, one answer a line: "ok VALUE", "error TEXT".
 *
 *	open DOMAIN	its node and the library's memory; maps 16 GiB from address 0 on
 *	again		the same for the domain's next run; the library's memory re-attaches
 *	begin, end	the threads; the answer to end is looks, wrong ones, and looks at memory
 *			that was away just then
 *	sweep		one look at each word of each page by each way, with nothing excused
 *	gone		how many words of all that is mapped are not zero
 *	remember	a checksum of each page of all memslots
 *	compare		the same again: pages, and how many of them differ
 *	word GPA	8 bytes of the mapping, whatever is there
 *	read GPA	by the library; an error where there is no memory at the moment
 *	pread GPA	of the node: the word, or the errno's name, or how many bytes came
 *	set GPA VALUE	8 bytes, by the library
 *	slots		generation and memslots: GPA+LENGTH, with "r" behind ROMs
 *	poll SECONDS	what poll(2) returns, once it is more than POLLIN and POLLOUT
 *	alive		whether the status page says so
 */
#include "watcher.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static G_GNUC_PRINTF(1, 2) void answer(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("ok ");
	vprintf(format, args);
	printf("\n");
	va_end(args);
	fflush(stdout);
}

static void refuse(const char *what, const char *why)
{
	g_autofree char *line = g_strdelimit(g_strdup(why), "\n", ' ');

	printf("error %s: %s\n", what, line);
	fflush(stdout);
}

static void open_node(void)
{
	g_autoptr(MflDomain) domain = mfl_memory_dup_domain(memory);

	if (node_open())
		answer("%s", mfl_domain_get_node(domain));
	else
		refuse(mfl_domain_get_node(domain), g_strerror(errno));
}

static void open_domain(const char *name)
{
	g_autoptr(GError) error = NULL;

	look_end();
	node_close();
	g_clear_pointer(&memory, mfl_memory_unref);
	memory = mfl_memory_open(name, NULL, MFL_BACKEND_NODE, MFL_OPEN_DEFAULT, &error);
	if (memory)
		open_node();
	else
		refuse(name, error->message);
}

static void open_again(void)
{
	g_autoptr(GError) error = NULL;

	look_end();
	node_close();
	if (mfl_memory_reattach(memory, &error))
		open_node();
	else
		refuse("reattach", error->message);
}

static void begin(void)
{
	look_begin();
	answer("looking");
}

static void show_totals(void)
{
	struct totals totals = totals_get();

	answer("%lu %lu %lu", totals.looks, totals.wrong, totals.away);
}

static void end(void)
{
	look_end();
	show_totals();
}

static void sweep_all(void)
{
	sweep();
	show_totals();
}

static void with_layout(void (*use)(const struct layout *layout))
{
	struct layout layout;

	if (get_layout(&layout))
		use(&layout);
	else
		refuse("memslots", g_strerror(errno));
}

static void remember(const struct layout *layout)
{
	answer("%zu", sums_remember(layout));
}

static void compare(const struct layout *layout)
{
	size_t differ, pages = sums_compare(layout, &differ);

	answer("%zu %zu", pages, differ);
}

static void gone(void)
{
	size_t not_zero, words = sums_gone(&not_zero);

	answer("%zu %zu", words, not_zero);
}

static void show_slots(const struct layout *layout)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned int i = 0; i < layout->count; i++)
		g_string_append_printf(text, " 0x%" PRIx64 "+0x%" PRIx64 "%s",
				       (uint64_t)layout->slots[i].gpa,
				       (uint64_t)layout->slots[i].length,
				       layout->slots[i].flags & MEMFLOW_READONLY ? "r" : "");
	answer("%" PRIu64 "%s", layout->generation, text->str);
}

static void wait_for_event(uint64_t seconds)
{
	struct pollfd fd = { .fd = node, .events = POLLPRI };

	poll(&fd, 1, (int)seconds * 1000);
	answer("%s%s", fd.revents & POLLPRI ? "changed" : "quiet",
	       fd.revents & POLLHUP ? " gone" : "");
}

static void load_word(uint64_t gpa)
{
	answer("0x%" PRIx64, load(gpa));
}

static void read_node(uint64_t gpa)
{
	uint64_t word;
	ssize_t got = pread(node, &word, sizeof(word), (off_t)gpa);

	if (got == sizeof(word))
		answer("0x%" PRIx64, word);
	else if (got < 0)
		answer("%s", errno == ENXIO ? "ENXIO" : errno == ENODEV ? "ENODEV" :
							g_strerror(errno));
	else
		answer("%zd", got);
}

static void read_word(uint64_t gpa)
{
	uint64_t word;
	g_autoptr(GError) error = NULL;

	if (mfl_memory_read(memory, gpa, &word, sizeof(word), &error))
		answer("0x%" PRIx64, word);
	else
		refuse("read", error->message);
}

static void set_word(const char *arguments)
{
	char *rest;
	uint64_t gpa = g_ascii_strtoull(arguments, &rest, 0);
	uint64_t word = g_ascii_strtoull(rest, NULL, 0);
	g_autoptr(GError) error = NULL;

	if (mfl_memory_write(memory, gpa, &word, sizeof(word), &error))
		answer("written");
	else
		refuse("write", error->message);
}

static const struct {
	const char *name;
	void (*run)(void);
} plain[] = {
	{ "begin", begin }, { "end", end }, { "sweep", sweep_all }, { "gone", gone },
};

static const struct {
	const char *name;
	void (*run)(const struct layout *layout);
} of_layout[] = {
	{ "remember", remember }, { "compare", compare }, { "slots", show_slots },
};

static const struct {
	const char *name;
	void (*run)(uint64_t number);
} of_number[] = {
	{ "word", load_word },
	{ "read", read_word },
	{ "pread", read_node },
	{ "poll", wait_for_event },
};

static void obey_open(const char *command, const char *rest)
{
	for (guint i = 0; i < G_N_ELEMENTS(plain); i++)
		if (g_str_equal(command, plain[i].name))
			return plain[i].run();
	for (guint i = 0; i < G_N_ELEMENTS(of_layout); i++)
		if (g_str_equal(command, of_layout[i].name))
			return with_layout(of_layout[i].run);
	for (guint i = 0; i < G_N_ELEMENTS(of_number); i++)
		if (g_str_equal(command, of_number[i].name))
			return of_number[i].run(g_ascii_strtoull(rest, NULL, 0));
	if (g_str_equal(command, "set"))
		set_word(rest);
	else if (g_str_equal(command, "alive"))
		answer("%s", is_alive() ? "yes" : "no");
	else
		refuse(command, "no such command");
}

static void obey(char *line)
{
	char *space = strchr(line, ' ');
	const char *rest = space ? space + 1 : "";

	if (space)
		*space = '\0';
	if (g_str_equal(line, "open"))
		open_domain(rest);
	else if (!memory)
		refuse(line, "nothing is open");
	else if (g_str_equal(line, "again"))
		open_again();
	else if (node < 0)
		refuse(line, "the node is not open");
	else
		obey_open(line, rest);
}

/* The answer that nobody expects, and the test ends there. */
static void on_sigbus(int number, siginfo_t *what, void *context)
{
	char text[128];
	int length = g_snprintf(text, sizeof(text), "error SIGBUS at gpa 0x%" PRIx64 "\n",
				(uint64_t)((const volatile char *)what->si_addr - map));

	(void)number;
	(void)context;
	if (write(STDOUT_FILENO, text, (size_t)length) < 0 ||
	    write(STDERR_FILENO, text, (size_t)length) < 0)
		_exit(2);
	_exit(3);
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = on_sigbus, .sa_flags = SA_SIGINFO };
	char line[4096];

	sigaction(SIGBUS, &action, NULL);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		obey(line);
	}
	look_end();
	node_close();
	g_clear_pointer(&memory, mfl_memory_unref);
	return 0;
}
