/* SPDX-License-Identifier: MIT */
#include "slotted.h"

#include <sys/mman.h>
#include <unistd.h>

int kmod_slotted_start(void **state)
{
	static struct kmod_slotted slotted;

	if (testvm_start(&slotted.vm, "win10", 16))
		return -1;
	slotted.target = kmod_attach(&slotted.vm, 0);
	*state = &slotted;
	return 0;
}

int kmod_slotted_stop(void **state)
{
	struct kmod_slotted *slotted = *state;

	close(slotted->target);
	return testvm_stop(&slotted->vm);
}

void kmod_slot_map(struct kmod_slotted *slotted)
{
	slotted->memory = kmod_map(slotted->target, START, SIZE, PROT_READ | PROT_WRITE);
}

void kmod_slot_unmap(struct kmod_slotted *slotted)
{
	munmap((void *)slotted->memory, SIZE);
	slotted->memory = NULL;
}

void kmod_slot_add(struct kmod_slotted *slotted, const char *kind)
{
	/* A test that failed has left its own. */
	if (slotted->memory)
		kmod_slot_drop(slotted);
	assert_ok(testvm_command(&slotted->vm, "slot %d 0x%jx 0x%jx %s", SLOT, (uintmax_t)START,
				 (uintmax_t)SIZE, kind));
	kmod_slot_map(slotted);
}

void kmod_slot_drop(struct kmod_slotted *slotted)
{
	kmod_slot_unmap(slotted);
	assert_ok(testvm_command(&slotted->vm, "drop %d", SLOT));
}
