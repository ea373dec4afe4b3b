/* SPDX-License-Identifier: MIT */
/*
 * What testvm's files share: the one VM, its slots and its vCPU.  Functions return 0 or a negative
 * errno; only commands.c and main.c speak the line protocol.
 */
#ifndef TESTVM_VM_H
#define TESTVM_VM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAGE UINT64_C(0x1000)
#define HUGE UINT64_C(0x200000)
#define GIB4 UINT64_C(0x100000000)
#define MAX_SLOTS 4096

enum kind { KIND_ANON, KIND_THP, KIND_HUGE, KIND_MEMFD };

struct slot {
	bool used;
	bool live; /* a memslot, not only memory kept back */
	enum kind kind;
	uint32_t flags;
	uint64_t gpa;
	uint64_t size;
	uint8_t *hva;
	/* The address space it lies in, larger for the sake of alignment. */
	void *reserved;
	size_t reserved_size;
};

/* slots.c */

extern struct slot slots[MAX_SLOTS];
extern int kvm_fd;
extern int vm_fd;

/* Opens KVM and creates the VM; with @step saying what failed. */
int open_vm(const char **step);

/* The slot that holds all of [gpa, gpa + size), a live one if there is one, or NULL. */
struct slot *slot_of(uint64_t gpa, uint64_t size);

/* Tells KVM about @slot as memslot @id; @size 0 deletes it. */
int set_region(uint32_t id, const struct slot *slot, uint64_t size);

/* Memory and memslot at once; @skew, @nofill as in help. */
int add_slot(uint32_t id, uint64_t gpa, uint64_t size, uint32_t flags, enum kind kind, bool skew,
	     bool nofill);

void unmap_slot(struct slot *slot);

/* The pattern of @gpa on, each word ^ @seed, to @hva. */
void fill_memory(uint8_t *hva, uint64_t gpa, uint64_t size, uint64_t seed);

/* Slots and info page as testguest.h has them, for a PC with @size bytes of RAM. */
int build_machine(const char *name, uint64_t size);

/* vcpu.c */

/*
 * Starts the vCPU that counts at @gpa, which is at @hva, and walks over the pages of
 * [@walk, @walk + @size); @size 0: over none.
 */
int run_vcpu(uint64_t gpa, uint8_t *hva, uint64_t walk, uint64_t size);

/* Stops it.  -ESRCH if none ran; -EIO if it had ended by itself, with the reason in @why. */
int halt_vcpu(const char **why);

bool vcpu_runs(void);

/* Where it counts or counted; 0 if it never ran. */
uint64_t vcpu_gpa(void);

/* commands.c */

extern const char testvm_help[];

/* Carries out one line of the protocol and answers it on stdout. */
void execute(char *line);

/* Makes memory faults in commands errors, and no others. */
void catch_faults(void);

/* Ends what commands have started. */
void end_commands(void);

/* Answers: "ok ..." and "error CODE ...: strerror". */
__attribute__((format(printf, 1, 2))) void ok(const char *format, ...);
void ok_done(void);
__attribute__((format(printf, 2, 3))) void error(int code, const char *format, ...);

#endif /* TESTVM_VM_H */
