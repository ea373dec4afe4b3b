// SPDX-License-Identifier: MIT
/*
 * What may come next follows from the same tables that --help is made of: the names of options and
 * operands there say what they take. DOMAIN is a domain, FILE a file, URI a connection, GROUP a
 * group, COMMAND a command; operands in lower case ("a|b") are words to choose from; forms of a command
 * have " | " between them ("check [FILE] | show DOMAIN"); and an option of few values has them in
 * double quotes in its help.
 */
#include "complete.h"

#include <grp.h>
#include <string.h>

#include "core/published.h"
#include "core/runtime.h"
#include "exit-status.h"
#include "memflow-libvirt.h"
#include "text.h"

#define N_BACKENDS (MFL_BACKEND_PROCMEM + 1)

/**
 * struct _CtlCompletion - one question
 * @ctl: where the answer goes
 * @before: the words behind the command's name and before the one to complete
 * @n_before: their number
 * @word: the one to complete
 */
struct _CtlCompletion {
	struct ctl *ctl;
	char **before;
	guint n_before;
	const char *word;
};

/* ------------------------------------------------------------- candidates -- */

/*
 * @done: what of the word stands before the part that @typed is the beginning of: "--format=".
 * What would move a cursor or break the line is left out rather than escaped: it could not be
 * typed in that form.
 */
static void offer(const CtlCompletion *completion, const char *done, const char *typed,
		  const char *candidate, const char *description)
{
	g_autofree char *escaped = ctl_escape_message(candidate);

	if (!g_str_has_prefix(candidate, typed) || strcmp(escaped, candidate) != 0 ||
	    strchr(candidate, '\n'))
		return;
	fprintf(completion->ctl->out, "%s%s\t%s\n", done, candidate, description);
}

static void offer_files(const CtlCompletion *completion)
{
	fputs(":files\n", completion->ctl->out);
}

static void offer_commands(const CtlCompletion *completion)
{
	for (guint i = 0; ctl_get_command(i); i++)
		offer(completion, "", completion->word, ctl_get_command(i)->name,
		      ctl_get_command(i)->help);
}

static void offer_running(const CtlCompletion *completion, const char *done, const char *typed,
			  const char *dir, GHashTable *seen)
{
	g_autoptr(GPtrArray) names = mfl_runtime_list_names(dir);

	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);

		/* Beside the pid files of domains, which have a state file, is libvirt's own. */
		if (mfl_runtime_get_stamp(dir, name) && g_hash_table_add(seen, g_strdup(name)))
			offer(completion, done, typed, name, "running");
	}
}

/* From sysfs and libvirt's runtime files: a connection to libvirt may take any time. */
static void offer_domains(const CtlCompletion *completion, const char *done, const char *typed)
{
	const MflEnv *env = completion->ctl->env;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) published = mfl_published_list_in(env, NULL);
	g_autofree char *system = mfl_runtime_system_dir(env);
	g_autofree char *session = mfl_runtime_session_dir(env);

	for (guint i = 0; published && i < published->len; i++) {
		const MflPublished *each = g_ptr_array_index(published, i);

		if (g_hash_table_add(seen, g_strdup(each->name)))
			offer(completion, done, typed, each->name,
			      each->readonly ? "attached, read-only" : "attached");
	}
	offer_running(completion, done, typed, system, seen);
	offer_running(completion, done, typed, session, seen);
}

/* Those of this host alone: a directory service may take any time. */
static void offer_groups(const CtlCompletion *completion, const char *done, const char *typed)
{
	FILE *file = fopen("/etc/group", "re");
	struct group *group;

	while (file && (group = fgetgrent(file)))
		offer(completion, done, typed, group->gr_name, "group");
	if (file)
		fclose(file);
}

/* What stands in double quotes, up to where it is a name for something: "zstd:LEVEL". */
static void offer_quoted(const CtlCompletion *completion, const char *done, const char *typed,
			 const char *help)
{
	g_auto(GStrv) parts = g_strsplit(help, "\"", -1);

	for (guint i = 1; parts[i] && parts[i + 1]; i += 2) {
		parts[i][strcspn(parts[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = '\0';
		offer(completion, done, typed, parts[i], "");
	}
}

static void offer_values(const CtlCompletion *completion, const GOptionEntry *entry,
			 const char *done, const char *typed)
{
	const char *what = entry->arg_description ? entry->arg_description : "";

	if (entry->arg == G_OPTION_ARG_FILENAME || !strcmp(what, "FILE")) {
		offer_files(completion);
	} else if (!strcmp(what, "DOMAIN")) {
		offer_domains(completion, done, typed);
	} else if (!strcmp(what, "GROUP")) {
		offer_groups(completion, done, typed);
	} else if (!strcmp(what, "URI")) {
		offer(completion, done, typed, "qemu:///system", "the host's domains");
		offer(completion, done, typed, "qemu:///session", "one's own domains");
	} else if (!strcmp(entry->long_name, "backend")) {
		for (MflBackend backend = MFL_BACKEND_AUTO; backend < N_BACKENDS; backend++)
			offer(completion, done, typed, mfl_backend_to_string(backend), "");
	} else {
		offer_quoted(completion, done, typed, entry->description);
	}
}

/* ---------------------------------------------------------------- options -- */

static gboolean takes_value(const GOptionEntry *entry)
{
	return entry->arg != G_OPTION_ARG_NONE && !(entry->flags & G_OPTION_FLAG_NO_ARG) &&
	       !(entry->flags & G_OPTION_FLAG_OPTIONAL_ARG);
}

/* G_OPTION_REMAINING is an entry, too, with a name of no letters. */
static gboolean is_option(const GOptionEntry *entry)
{
	return *entry->long_name && !(entry->flags & G_OPTION_FLAG_HIDDEN);
}

static const GOptionEntry *find_long(const GOptionEntry *entries, const char *name, gsize length)
{
	for (; entries->long_name; entries++)
		if (is_option(entries) && strlen(entries->long_name) == length &&
		    !strncmp(entries->long_name, name, length))
			return entries;
	return NULL;
}

static const GOptionEntry *find_short(const GOptionEntry *entries, char name)
{
	for (; entries->long_name; entries++)
		if (entries->short_name == name)
			return entries;
	return NULL;
}

/* The option whose value the next word is; NULL if @word needs none, or brings it along. */
static const GOptionEntry *waits_for_value(const GOptionEntry *entries, const char *word)
{
	const GOptionEntry *entry;

	if (g_str_has_prefix(word, "--")) {
		entry = find_long(entries, word + 2, strlen(word + 2));
		return entry && takes_value(entry) ? entry : NULL;
	}
	/* "-rc": the last letter that there is tells, the first that takes a value ends it. */
	for (const char *letter = word + 1; *letter; letter++) {
		entry = find_short(entries, *letter);
		if (entry && takes_value(entry))
			return letter[1] ? NULL : entry;
	}
	return NULL;
}

static void offer_options(const CtlCompletion *completion, const GOptionEntry *entries)
{
	for (; entries->long_name; entries++) {
		g_autofree char *option = NULL;

		if (!is_option(entries))
			continue;
		option = g_strconcat("--", entries->long_name, takes_value(entries) ? "=" : "",
				     NULL);
		offer(completion, "", completion->word, option, entries->description);
	}
	offer(completion, "", completion->word, "--help", "Show this help");
}

/* --------------------------------------------------------------- operands -- */

/*
 * The name of the operand that follows @before, in one of the forms of a command: "DOMAIN ADDRESS
 * [LENGTH]", "[DOMAIN…]", "check [FILE]"; NULL: there is none, or what came before has another form.
 */
static char *dup_operand(const char *form, GPtrArray *before)
{
	g_auto(GStrv) names = g_strsplit_set(form, " []", -1);
	const char *name = NULL;
	gboolean last = TRUE;
	guint n = 0;

	for (guint i = 0; names[i] && n <= before->len; i++) {
		if (!*names[i])
			continue;
		name = names[i];
		last = n++ < before->len;
		/* A word that has to be there as it is. */
		if (last && g_ascii_islower(*name) && !strchr(name, '|') &&
		    strcmp(name, g_ptr_array_index(before, n - 1)) != 0)
			return NULL;
	}
	if (!name || (last && !g_str_has_suffix(name, "…")))
		return NULL;
	return g_strndup(name, strlen(name) - (g_str_has_suffix(name, "…") ? strlen("…") : 0));
}

static void offer_operand(const CtlCompletion *completion, const char *form, GPtrArray *before)
{
	g_autofree char *name = dup_operand(form, before);

	if (!name)
		return;
	if (!strcmp(name, "DOMAIN")) {
		offer_domains(completion, "", completion->word);
	} else if (!strcmp(name, "FILE")) {
		offer_files(completion);
	} else if (!strcmp(name, "COMMAND")) {
		offer_commands(completion);
	} else if (g_ascii_islower(*name)) {
		g_auto(GStrv) words = g_strsplit(name, "|", -1);

		for (guint i = 0; words[i]; i++)
			offer(completion, "", completion->word, words[i], "");
	}
}

void ctl_completion_take(CtlCompletion *completion, const struct ctl_command *command,
			 const GOptionEntry *entries)
{
	const GOptionEntry *waiting = NULL;
	const char *word = completion->word;
	gboolean only_operands = FALSE;
	g_autoptr(GPtrArray) operands = g_ptr_array_new();

	for (guint i = 0; i < completion->n_before; i++) {
		const char *before = completion->before[i];

		if (waiting)
			waiting = NULL;
		else if (only_operands || before[0] != '-' || !before[1])
			g_ptr_array_add(operands, completion->before[i]);
		else if (!strcmp(before, "--"))
			only_operands = TRUE;
		else
			waiting = waits_for_value(entries, before);
	}
	if (waiting) {
		offer_values(completion, waiting, "", word);
	} else if (!only_operands && g_str_has_prefix(word, "--") && strchr(word, '=')) {
		gsize length = (gsize)(strchr(word, '=') - word);
		g_autofree char *done = g_strndup(word, length + 1);
		const GOptionEntry *entry = find_long(entries, word + 2, length - 2);

		if (entry && takes_value(entry))
			offer_values(completion, entry, done, word + length + 1);
	} else if (!only_operands && word[0] == '-') {
		offer_options(completion, entries);
	} else {
		g_auto(GStrv) forms =
			g_strsplit(command->arguments ? command->arguments : "", " | ", -1);

		for (guint i = 0; forms[i]; i++)
			offer_operand(completion, forms[i], operands);
	}
}

/* ------------------------------------------------------------ the command -- */

/* A command with commands of its own finds the one that is meant before it asks for options. */
static char **dup_argv(const struct ctl_command *command, char **before, guint n_before)
{
	GPtrArray *argv = g_ptr_array_new();

	g_ptr_array_add(argv, g_strdup(command->name));
	for (guint i = 0; i < n_before && before[i][0] != '-'; i++)
		g_ptr_array_add(argv, g_strdup(before[i]));
	/* Should one look at its words before it parses options, it must do nothing but tell. */
	g_ptr_array_add(argv, g_strdup("--help"));
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

void ctl_complete_command(struct ctl *ctl, const struct ctl_command *command, char **words)
{
	const guint n = g_strv_length(words);
	CtlCompletion completion = {
		.ctl = ctl,
		.before = words,
		.n_before = n - 1,
		.word = words[n - 1],
	};
	FILE *nowhere = fopen("/dev/null", "re+");
	g_auto(GStrv) argv = NULL;
	struct ctl quiet = *ctl;

	if (!nowhere)
		return;
	quiet.in = nowhere;
	quiet.out = nowhere;
	quiet.err = nowhere;
	quiet.completion = &completion;
	argv = dup_argv(command, words, n - 1);
	command->run(&quiet, command, argv);
	fclose(nowhere);
}

int ctl_complete(struct ctl *ctl, char **words)
{
	const guint n = g_strv_length(words);
	const struct ctl_command *command;

	if (n == 1) {
		const CtlCompletion completion = { .ctl = ctl, .word = words[0] };

		offer_commands(&completion);
		if (words[0][0] == '-') {
			offer(&completion, "", words[0], "--help", "Show the commands");
			offer(&completion, "", words[0], "--version", "Show the versions");
		}
	} else if (n) {
		command = ctl_find_command(words[0]);
		if (command)
			ctl_complete_command(ctl, command, words + 1);
	}
	return CTL_OK;
}
