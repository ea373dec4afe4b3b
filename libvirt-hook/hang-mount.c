/* SPDX-License-Identifier: MIT */
/*
 * For test-real: mounts a FUSE file system that never answers, so that whoever
 * looks a path up in it hangs in the kernel. Until it is killed.
 *
 *	hang-mount DIRECTORY
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char options[64];
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: hang-mount DIRECTORY\n");
		return 2;
	}
	fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "hang-mount: cannot open /dev/fuse: %s\n", strerror(errno));
		return 1;
	}
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	if (mount("hang", argv[1], "fuse", MS_NOSUID | MS_NODEV, options) < 0) {
		fprintf(stderr, "hang-mount: cannot mount on %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	puts("mounted");
	fflush(stdout);
	for (;;)
		pause();
}
