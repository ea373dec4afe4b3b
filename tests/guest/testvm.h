/* SPDX-License-Identifier: MIT */
/*
 * Client of testvm, the small KVM virtual machine that tests shape line by line: starts the program
 * and speaks its line protocol, so that a C test needs one call a step.  The commands and what
 * they do are listed by `testvm --help`.
 *
 *	struct testvm vm;
 *	uint64_t count;
 *
 *	if (testvm_start(&vm, "win10", 64) == -ENOENT)
 *		skip();
 *	assert_int_equal(testvm_command(&vm, "discard 0x%x 0x1000", 0x400000), 0);
 *	assert_int_equal(testvm_value(&vm, &count, "rss"), 0);
 *	testvm_stop(&vm);
 *
 * A struct testvm belongs to one thread at a time.  The VM is killed when the *thread* that started
 * it ends, and it ends by itself when its stdin closes, so that a crashed test leaves none behind.
 */
#ifndef TESTVM_H
#define TESTVM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Longest line in either direction, with its line feed. */
#define TESTVM_LINE 512

struct testvm {
	/* The program, which holds the VM: what an attach by pid wants.  0 when there is none. */
	pid_t pid;
	/* What came behind "ok" or "error N" in the last answer; empty if nothing came. */
	char reply[TESTVM_LINE];

	/* private: the socket to it, and bytes that were read ahead */
	int fd;
	char ahead[TESTVM_LINE];
	size_t ahead_size;
};

/*
 * Starts a VM and waits until it is ready.  @name NULL: a VM without any memory, to be given slots;
 * otherwise a machine of @memory_mib MiB (4 at least) laid out as a PC: slot 0 from 0 up to 3 GiB,
 * slot 1 with the rest from 4 GiB on, an info page as in testguest.h, the pattern everywhere else.
 *
 * The program is $TESTVM, else testvm beside the calling program, else testvm on the PATH.
 *
 * Returns 0, or a negative errno: -ENOENT, -EACCES, -ENODEV and the like when there is no KVM or no
 * program (then @vm->reply says which), -ENOMEM.  After an error there is nothing to stop.
 */
int testvm_start(struct testvm *vm, const char *name, unsigned int memory_mib);

/*
 * Gives one command, in printf's format and without line feed, and waits for its answer, whose
 * text is in @vm->reply then.
 *
 * Returns 0 for "ok"; for "error N …" -N; -EPIPE if the program is gone, -ETIMEDOUT if it does
 * not answer within two minutes, -EPROTO for an answer that is neither, -E2BIG for a line too long.
 */
__attribute__((format(printf, 2, 3))) int testvm_command(struct testvm *vm, const char *format,
							  ...);

/*
 * As testvm_command, for commands that answer with a number (peek, cycles, hva, rss, pid, vmfd,
 * took): stores it at @value, which is left alone on error.  -EPROTO if the answer holds no number.
 */
__attribute__((format(printf, 3, 4))) int testvm_value(struct testvm *vm, uint64_t *value,
							const char *format, ...);

/*
 * Waits until the vCPU that `run` started has counted at least one step further.  Returns 0, the
 * errors of testvm_value, or -ETIMEDOUT after 30 seconds.
 */
int testvm_wait_cycles(struct testvm *vm);

/*
 * Ends the VM as SIGKILL does and reaps it; its memory is free when this returns.  Nothing happens
 * if there is none.
 */
void testvm_kill(struct testvm *vm);

/*
 * Asks the VM to quit and reaps it.  Returns 0 if it ended with success, -EPROTO if not (it is
 * gone all the same).
 */
int testvm_stop(struct testvm *vm);

#endif /* TESTVM_H */
