/* SPDX-License-Identifier: MIT */
/*
 * What a shell may offer for the next word. The shells' scripts know nothing of commands and
 * options: they ask `memflowctl --complete WORD…`, so that a new command is completed by having
 * a row in the table and its options in ctl_parse_options().
 */
#pragma once

#include "memflowctl.h"

typedef struct _CtlCompletion CtlCompletion;

/**
 * ctl_complete: (`memflowctl --complete`)
 * @words: all words behind "memflowctl" up to the cursor; the last is the one to complete, and
 *	may be empty
 *
 * Prints lines "WORD<TAB>DESCRIPTION", and the line ":files" where names of files may come. Asks
 * neither libvirt nor the module's devices, reads nothing that can make it wait, and says nothing
 * about words that make no sense.
 *
 * Returns: CTL_OK
 */
int ctl_complete(struct ctl *ctl, char **words);

/* The same for the words behind a command's name; there is at least one, the one to complete. */
void ctl_complete_command(struct ctl *ctl, const struct ctl_command *command, char **words);

/* Of ctl_parse_options(): what @command's options and operands are. */
void ctl_completion_take(CtlCompletion *completion, const struct ctl_command *command,
			 const GOptionEntry *entries);
