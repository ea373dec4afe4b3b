/* SPDX-License-Identifier: MIT */
/*
 * What the hardness tests share: numbers by chance, work in children that may be killed, and VMs of
 * the test's own process, since a process that reads its own VM, or two that read each other, is
 * where locks would meet.
 */
#pragma once

#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#include "kmod.h"

/* For children, where an assertion of cmocka would go on with the parent's tests. */
#define need(condition)                                                                            \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "# %s:%d: not so: %s (%m)\n", __FILE__, __LINE__,          \
				#condition);                                                       \
			_exit(1);                                                                  \
		}                                                                                  \
	} while (0)

/* @name of the environment, or what it is by default. */
uint64_t hard_number(const char *name, uint64_t by_default);

/* How often: MEMFLOW_ROUNDS, else @by_default. */
unsigned int hard_rounds(unsigned int by_default);

/* xorshift64*; the state may be anything but 0. */
uint64_t hard_random(uint64_t *state);

/* Begins @work in a child, to be waited for with hard_reap(). */
pid_t hard_fork(void (*work)(void *data), void *data);

/* Runs @work in a child. Fails if it does not end well, or not at all within @seconds. */
void hard_child(unsigned int seconds, void (*work)(void *data), void *data);

/* A child's end: true if it exited with 0; kills it after @seconds. */
bool hard_reap(pid_t child, unsigned int seconds);

/* Writes to a file of fault injection, /sys/kernel/debug/@attribute/@file; false where there is none. */
bool hard_inject(const char *attribute, const char *file, const char *value);

/* Injection that strikes down to single pages and what may sleep, and says nothing. */
bool hard_can_inject(void);

/*
 * From now on @percent of the allocations that the module makes or asks for fail, whichever thread
 * it is; 0 ends it and returns how many did.
 */
unsigned long hard_fail_allocations(unsigned int percent);

/* A VM of this process: [0, size) of its guest is at @memory. */
struct hard_vm {
	int kvm;
	int fd;
	int target;
	uint8_t *memory;
	uint64_t size;
};

/* Its memory holds the pattern. Returns 0 or -errno. */
int hard_vm_make(struct hard_vm *vm, uint64_t size, bool huge);
void hard_vm_end(struct hard_vm *vm);
void hard_vm_fill(struct hard_vm *vm, uint64_t offset, uint64_t length, uint8_t seed);

/* Zero, or the pattern with a seed below 256: what may be seen while hard_vm_disturb() works. */
bool hard_plausible(uint64_t word, uint64_t gpa);

/* One change of the memory, of a kind that @state chooses: discard, fill, protect, remap, fork. */
void hard_vm_disturb(struct hard_vm *vm, uint64_t *state);

/* Descriptors over a UNIX socket; hard_receive returns one or -errno. */
void hard_send(int socket, int fd);
int hard_receive(int socket);
