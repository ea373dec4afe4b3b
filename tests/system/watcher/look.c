// SPDX-License-Identifier: MIT
/*
 * Two threads look: one at words of the mapping, one at pages through the library and by pread(2).
 * A page counts with the state that it had before and after the look; of a page whose state changed
 * meanwhile no more is asked than that its words are the guest's.
 */
#include "watcher.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pages between two looks at the layout. */
#define FRAME 16
/* Words of a page that one look of the mapping's thread goes to. */
#define SAMPLE 8

static pthread_t threads[2];
static atomic_bool running;

/* Where something is and where its state is; the memory that says so may be away meanwhile. */
struct place {
	uint64_t gpa;
	uint64_t state_gpa;
};

static uint32_t load_state(const struct place *place)
{
	uint32_t state = *(const volatile uint32_t *)(map + place->state_gpa);

	/* Loads are not reordered on x86; the compiler is told. */
	atomic_signal_fence(memory_order_seq_cst);
	return state;
}

/* The memory devices, and the PCI device. */
#define DEVICES (TESTGUEST_DIMMS + 1)

static const volatile struct testguest_dimm *device(unsigned int i)
{
	const volatile struct testguest_info *info = info_page();

	return i < TESTGUEST_DIMMS ? &info->dimms[i] : &info->bar;
}

static uint64_t state_gpa(const volatile struct testguest_dimm *dimm)
{
	return (uint64_t)((const volatile char *)&dimm->state - map);
}

/* A page of the balloon's, or, one time in four, of a device's memory or of the shadow window. */
static bool choose(uint64_t number, struct place *place)
{
	const volatile struct testguest_info *info = info_page();
	uint64_t pages = info->nr_pages, first = info->pages_gpa, states = info->states_gpa;

	if (number % 8 == 0) {
		place->gpa = TESTGUEST_SHADOW_GPA + number / 8 * PAGE % TESTGUEST_SHADOW_SIZE;
		place->state_gpa = TESTGUEST_INFO_GPA +
				   offsetof(struct testguest_info, shadow_state);
		return true;
	}
	if (number % 8 == 1) {
		const volatile struct testguest_dimm *dimm = device(number / 8 % DEVICES);
		uint64_t gpa = dimm->gpa, size = dimm->size;

		if (size >= PAGE && gpa < MAP_SIZE && size <= MAP_SIZE - gpa) {
			place->gpa = gpa + number / 64 % (size / PAGE) * PAGE;
			place->state_gpa = state_gpa(dimm);
			return true;
		}
	}
	/* Not while the memory that says it is away. */
	if (!pages || pages > MAP_SIZE / PAGE / 2 || !first || first > MAP_SIZE / 2 ||
	    !states || states > MAP_SIZE / 2)
		return false;
	place->gpa = first + number % pages * PAGE;
	place->state_gpa = states + number % pages * sizeof(uint32_t);
	return true;
}

/* The window may show what it showed before, for a tenth of a second. */
static bool follows_late(uint64_t gpa)
{
	return gpa < TESTGUEST_IMAGE_START;
}

static uint64_t next_number(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 24;
}

static void look_at_words(uint64_t generation, const struct place *place, uint64_t number)
{
	uint32_t state = load_state(place);
	uint64_t words[SAMPLE];

	for (unsigned int i = 0; i < SAMPLE; i++)
		words[i] = load(place->gpa + (number + i * 61) % WORDS * sizeof(words[0]));
	atomic_signal_fence(memory_order_seq_cst);
	if (!is_known(state) || state != load_state(place) ||
	    (follows_late(place->gpa) && frame() != generation))
		state = TESTGUEST_CHANGING;
	/* A ROM is no pattern. */
	if (follows_late(place->gpa) && (state & TESTGUEST_KIND_MASK) == TESTGUEST_CHANGING)
		return;
	count_looks(SAMPLE);
	for (unsigned int i = 0; i < SAMPLE; i++) {
		uint64_t gpa = place->gpa + (number + i * 61) % WORDS * sizeof(words[0]);
		enum verdict verdict = judge(state, gpa, words[i]);

		if (verdict == WRONG)
			complain("mapping", state, gpa, words[i]);
		else if (verdict == ZERO)
			judge_zero("mapping", generation, state, gpa);
	}
}

static void *watch_mapping(void *unused)
{
	uint64_t seed = 1;

	(void)unused;
	while (running) {
		uint64_t generation = frame();

		if (!generation) {
			g_usleep(10 * 1000);
			continue;
		}
		for (unsigned int i = 0; i < FRAME; i++) {
			uint64_t number = next_number(&seed);
			struct place place;

			if (choose(number, &place))
				look_at_words(generation, &place, number);
		}
	}
	return NULL;
}

enum way { LIBRARY, PREAD, MAPPING, WAYS };

static const char *const way_names[] = { "library", "pread", "mapping" };

/* False: there is no memory, for now. */
static bool copy(enum way way, uint64_t gpa, void *buffer, size_t length)
{
	g_autoptr(GError) error = NULL;
	ssize_t got;

	if (way == MAPPING) {
		memcpy(buffer, (const void *)(map + gpa), length);
		return true;
	}
	if (way == LIBRARY) {
		if (mfl_memory_read(memory, gpa, buffer, length, &error))
			return true;
		if (error->code == MFL_ERROR_RANGE || error->code == MFL_ERROR_GONE)
			return false;
		fprintf(stderr, "library: %s\n", error->message);
		complain("library", 0, gpa, 0);
		return false;
	}
	got = pread(node, buffer, length, (off_t)gpa);
	/* 0: past the end of what there is. */
	if (got != (ssize_t)length && got != 0 && errno != ENODEV) {
		fprintf(stderr, "pread: %zd, %s\n", got, g_strerror(errno));
		complain("pread", 0, gpa, 0);
	}
	return got == (ssize_t)length;
}

static void look_at_page(enum way way, uint64_t generation, const struct place *place)
{
	uint32_t state = load_state(place);
	uint64_t words[WORDS];

	if (!copy(way, place->gpa, words, sizeof(words))) {
		count_away();
		return;
	}
	if (!is_known(state) || state != load_state(place) ||
	    (way == LIBRARY && follows_late(place->gpa) && frame() != generation))
		state = TESTGUEST_CHANGING;
	if (follows_late(place->gpa) && (state & TESTGUEST_KIND_MASK) == TESTGUEST_CHANGING)
		return;
	count_looks(WORDS);
	for (unsigned int i = 0; i < WORDS; i++) {
		uint64_t gpa = place->gpa + i * sizeof(words[0]);
		enum verdict verdict = judge(state, gpa, words[i]);

		if (verdict == WRONG)
			complain(way_names[way], state, gpa, words[i]);
		else if (verdict == ZERO && way == LIBRARY)
			complain("library", state, gpa, 0);
		else if (verdict == ZERO)
			judge_zero("pread", generation, state, gpa);
	}
}

static void *watch_copies(void *unused)
{
	uint64_t seed = 2;

	(void)unused;
	while (running) {
		uint64_t number = next_number(&seed);
		uint64_t generation = frame();
		struct place place;

		if (!generation)
			g_usleep(10 * 1000);
		else if (choose(number, &place))
			look_at_page(number >> 8 & 1 ? PREAD : LIBRARY, generation, &place);
	}
	return NULL;
}

void look_end(void)
{
	if (!running)
		return;
	running = false;
	for (unsigned int i = 0; i < G_N_ELEMENTS(threads); i++)
		pthread_join(threads[i], NULL);
}

void look_begin(void)
{
	/* A test that failed may have left them. */
	look_end();
	totals_clear();
	running = true;
	if (pthread_create(&threads[0], NULL, watch_mapping, NULL) ||
	    pthread_create(&threads[1], NULL, watch_copies, NULL))
		abort();
}

/* Nothing changes meanwhile, so that the state is that of the look. */
static void sweep_page(const struct place *place)
{
	uint32_t state = load_state(place);
	uint64_t words[WORDS];

	for (enum way way = 0; way < WAYS; way++) {
		if (!copy(way, place->gpa, words, sizeof(words)))
			memset(words, 0xff, sizeof(words));
		count_looks(WORDS);
		for (unsigned int i = 0; i < WORDS; i++) {
			uint64_t gpa = place->gpa + i * sizeof(words[0]);

			if (!is_known(state) || judge(state, gpa, words[i]) != RIGHT)
				complain(way_names[way], state, gpa, words[i]);
		}
	}
}

void sweep(void)
{
	const volatile struct testguest_info *info = info_page();
	struct place place = { .gpa = info->pages_gpa, .state_gpa = info->states_gpa };

	totals_clear();
	for (uint64_t i = 0; i < info->nr_pages; i++) {
		sweep_page(&place);
		place.gpa += PAGE;
		place.state_gpa += sizeof(uint32_t);
	}
	for (unsigned int i = 0; i < DEVICES; i++) {
		const volatile struct testguest_dimm *dimm = device(i);

		place.state_gpa = state_gpa(dimm);
		for (uint64_t at = 0; at < dimm->size; at += PAGE) {
			place.gpa = dimm->gpa + at;
			sweep_page(&place);
		}
	}
}
