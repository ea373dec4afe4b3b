/* SPDX-License-Identifier: MIT */
/*
 * What is read. By a system call it is read in lists, as long as they help; the loops over memory
 * are the same otherwise.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <inttypes.h>
#include <sys/uio.h>

#define CHUNK (64 * 1024)
#define LIST 256

static void read_process(const struct view *view, struct iovec *local, struct iovec *remote,
			 size_t count, size_t bytes)
{
	if (process_vm_readv(view->guest->vm.pid, local, count, remote, count, 0) != (ssize_t)bytes)
		die("process_vm_readv: %m");
}

static uint64_t sum_words(const volatile uint64_t *words, uint64_t count)
{
	uint64_t sum = 0;

	for (uint64_t i = 0; i < count; i++)
		sum += words[i];
	return sum;
}

/* 16 bytes: what every x86-64 has. */
typedef uint64_t vector __attribute__((vector_size(16), may_alias));

/* The same sum, as fast as searches and checksums go over memory. */
static uint64_t sum_vectors(const volatile uint64_t *words, uint64_t count)
{
	const vector *vectors = (const vector *)(uintptr_t)words;
	vector a = {}, b = {}, c = {}, d = {};

	for (uint64_t i = 0; i < count / 2; i += 4) {
		a += vectors[i];
		b += vectors[i + 1];
		c += vectors[i + 2];
		d += vectors[i + 3];
	}
	a += b + c + d;
	return a[0] + a[1];
}

static uint64_t read_all(const struct view *view,
			 uint64_t (*add)(const volatile uint64_t *words, uint64_t count))
{
	static uint64_t buffer[CHUNK / 8] __attribute__((aligned(sizeof(vector))));
	struct iovec local = { buffer, CHUNK };
	uint64_t sum = 0;

	if (view->memory)
		return add(view->memory, view->guest->size / 8);
	for (uint64_t offset = 0; offset < view->guest->size; offset += CHUNK) {
		struct iovec remote = { (void *)(uintptr_t)(view->guest->hva + offset), CHUNK };

		read_process(view, &local, &remote, 1, CHUNK);
		sum += add(buffer, CHUNK / 8);
	}
	return sum;
}

static uint64_t read_words(const struct view *view)
{
	return read_all(view, sum_words);
}

static uint64_t read_vectors(const struct view *view)
{
	return read_all(view, sum_vectors);
}

/* A word of each page that @next names, @count of them. */
static uint64_t read_pages(const struct view *view, uint64_t count,
			   uint64_t (*next)(uint64_t i, uint64_t pages))
{
	uint64_t pages = view->guest->size / PAGE;
	struct iovec local[LIST], remote[LIST];
	uint64_t words[LIST];
	uint64_t sum = 0;

	if (view->memory) {
		for (uint64_t i = 0; i < count; i++)
			sum += view->memory[next(i, pages) * (PAGE / 8)];
		return sum;
	}
	for (uint64_t i = 0; i < count; i += LIST) {
		for (uint64_t k = 0; k < LIST; k++) {
			uint64_t hva = view->guest->hva + next(i + k, pages) * PAGE;

			local[k] = (struct iovec){ &words[k], 8 };
			remote[k] = (struct iovec){ (void *)(uintptr_t)hva, 8 };
		}
		read_process(view, local, remote, LIST, LIST * 8);
		sum += sum_words(words, LIST);
	}
	return sum;
}

static uint64_t in_order(uint64_t i, uint64_t pages)
{
	(void)pages;
	return i;
}

/* Each another page, since their number is a power of two and the factor odd. */
static uint64_t scattered(uint64_t i, uint64_t pages)
{
	return i * 40503 % pages;
}

static uint64_t read_each_page(const struct view *view)
{
	return read_pages(view, view->guest->size / PAGE, in_order);
}

static uint64_t read_scattered_pages(const struct view *view)
{
	return read_pages(view, SCATTERED_PAGES, scattered);
}

const struct pattern patterns[PATTERNS] = {
	[PATTERN_WORDS] = { "every word", read_words },
	[PATTERN_VECTORS] = { "all, 16 bytes at once", read_vectors },
	[PATTERN_PAGES] = { "a word of each page", read_each_page },
	[PATTERN_SCATTERED] = { "4096 scattered pages", read_scattered_pages },
};
