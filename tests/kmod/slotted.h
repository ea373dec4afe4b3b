/* SPDX-License-Identifier: MIT */
/* A fixture: a VM of 16 MiB, a target of it, and a slot for the memory that a test is about. */
#pragma once

#include "kmod.h"

#define SLOT 7
#define START GIB
#define SIZE (16 * MIB)

struct kmod_slotted {
	struct testvm vm;
	int target;
	volatile uint64_t *memory; /* [START, START + SIZE), while there is the slot */
};

/* For cmocka; *@state becomes a struct kmod_slotted. */
int kmod_slotted_start(void **state);
int kmod_slotted_stop(void **state);

/* Memory of @kind, as testvm names it, and a mapping of it. */
void kmod_slot_add(struct kmod_slotted *slotted, const char *kind);
void kmod_slot_drop(struct kmod_slotted *slotted);
void kmod_slot_map(struct kmod_slotted *slotted);
void kmod_slot_unmap(struct kmod_slotted *slotted);
