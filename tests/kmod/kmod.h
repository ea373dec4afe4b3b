/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the kernel module share. They speak its ioctls themselves, without the library,
 * to testvm's VMs. All helpers fail the running test on error, unless they return one.
 */
#pragma once

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "memflow.h"
#include "testguest.h"
#include "testvm.h"

#define KIB UINT64_C(0x400)
#define MIB UINT64_C(0x100000)
#define GIB UINT64_C(0x40000000)
#define PAGE UINT64_C(0x1000)

/* assert_int_equal() that also says which errno it was. */
#define assert_ok(call) kmod_assert_ok((long)(call), #call, __FILE__, __LINE__)
/* The call has to fail with that errno. */
#define assert_errno(call, expected)                                                               \
	kmod_assert_errno((long)(call), expected, #call, __FILE__, __LINE__)

long kmod_assert_ok(long result, const char *call, const char *file, int line);
void kmod_assert_errno(long result, int expected, const char *call, const char *file, int line);

/*
 * To be called first: ends the program with a reason where there is no module. Of the tests only those
 * run that MEMFLOW_TESTS fits, a pattern with * and ?, where it is set.
 */
int kmod_setup(void **state);

/* How many times longer than usual a wait may take: MEMFLOW_PATIENCE, for kernels that check a lot. */
unsigned int kmod_patience(void);

/* The control device, opened for reading as memflow-kvm's users do. */
int kmod_control(void);

/* A descriptor of @vm's KVM VM in this process. */
int kmod_vm_fd(const struct testvm *vm);

/* A target. Flags: MEMFLOW_READONLY, MEMFLOW_STRICT. */
int kmod_attach(const struct testvm *vm, unsigned int flags);

/* Publishes @vm as @node, for root alone unless changed in @publish, and returns 0 or -errno. */
int kmod_publish(const struct testvm *vm, const char *node, unsigned int flags, unsigned int gid,
		 unsigned int mode);
int kmod_unpublish(const char *node, unsigned int flags);

/* Opens /dev/memflow-vms/@node: a descriptor, or -errno. */
int kmod_open_node(const char *node, int flags);

/* Guest memory [gpa, gpa + length) of a target. */
volatile uint64_t *kmod_map(int target, uint64_t gpa, uint64_t length, int prot);
const volatile struct memflow_status *kmod_status(int target);

void kmod_info(int target, struct memflow_info *info);

/* Page faults of this thread so far that took no I/O. */
unsigned long kmod_faults_so_far(void);

/* Number of 8-byte words in [gpa, gpa + length), mapped at @words, that are not the pattern ^ @seed. */
uint64_t kmod_count_wrong(const volatile uint64_t *words, uint64_t gpa, uint64_t length,
			  uint64_t seed);

/*
 * Two threads that look at memory while it changes: each word has to be the pattern ^ a seed of
 * @max_seed at most, or zero, at any time.
 */
struct kmod_race {
	const volatile uint64_t *memory; /* where [gpa, gpa + length) is mapped */
	uint64_t gpa;
	uint64_t length;
	uint64_t stride; /* look at each so manieth word */
	uint64_t max_seed;

	/* private: */
	pthread_t threads[2];
	atomic_bool stop;
	atomic_ulong wrong;
	atomic_ulong checks;
};

void kmod_race_begin(struct kmod_race *race);
/* Fails the test if any word was wrong, or none looked at. */
void kmod_race_end(struct kmod_race *race);

/* Whether @condition becomes true within @seconds; it is not evaluated again after that. */
#define kmod_wait_for(seconds, condition)                                                          \
	({                                                                                         \
		unsigned int tries_ = (seconds) * 100 * kmod_patience();                           \
		bool true_;                                                                        \
		while (!(true_ = (condition)) && tries_--)                                         \
			usleep(10 * 1000);                                                         \
		true_;                                                                             \
	})

/* Use count of the module, from /proc/modules. */
unsigned int kmod_use_count(void);

/* A line of /proc/meminfo, in bytes. */
uint64_t kmod_meminfo(const char *name);

/* Whether touching *@word raises SIGBUS. */
bool kmod_read_faults(const volatile uint64_t *word);
bool kmod_write_faults(volatile uint64_t *word, uint64_t value);
