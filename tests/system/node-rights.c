// SPDX-License-Identifier: MIT
/*
 * Tries everything that one can try on a node, as whoever runs this, and prints for each try "ok" or
 * the error's name. The tests compare the lines, so there is nothing to judge here.
 *
 *	node-rights NODE GPA
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096

static void say(const char *what, int failed)
{
	printf("%s: %s\n", what, failed ? strerrorname_np(errno) : "ok");
}

/* Writes back what is there, so that the guest does not notice. */
static void try_write(int fd, off_t gpa)
{
	uint64_t word = 0;

	say("read", pread(fd, &word, sizeof(word), gpa) != sizeof(word));
	say("write", pwrite(fd, &word, sizeof(word), gpa) != sizeof(word));
}

static void try_map(int fd, off_t gpa)
{
	void *map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, gpa);

	say("map writable", map == MAP_FAILED);
	if (map != MAP_FAILED)
		munmap(map, PAGE);

	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, gpa);
	say("map", map == MAP_FAILED);
	if (map == MAP_FAILED)
		return;
	say("make the map writable", mprotect(map, PAGE, PROT_READ | PROT_WRITE));
	munmap(map, PAGE);
}

int main(int argc, char **argv)
{
	off_t gpa;
	int fd;

	if (argc != 3)
		return 2;
	gpa = (off_t)strtoull(argv[2], NULL, 0);

	fd = open(argv[1], O_RDWR | O_CLOEXEC);
	say("open for writing", fd < 0);
	if (fd < 0)
		fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	say("open", fd < 0);
	if (fd < 0)
		return 0;
	try_write(fd, gpa);
	try_map(fd, gpa - gpa % PAGE);
	close(fd);
	return 0;
}
