// SPDX-License-Identifier: MIT
/*
 * Keeps one VM open for the life of the disposable host. When KVM's first VM comes and its last one
 * goes, the kernel switches SVM on and off on every CPU and patches its own code; QEMU's
 * multi-threaded emulation now and then runs a stale instruction there and the host hangs. With a VM
 * held open the switch happens once.
 *
 * The VM belongs to the process that stays behind, which is what the parent waits for: its exit tells
 * systemd (Type=forking) that libvirtd may start.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
	int ready[2];
	int kvm;
	char byte = 0;

	if (pipe2(ready, O_CLOEXEC) < 0)
		err(1, "cannot make a pipe");

	switch (fork()) {
	case -1:
		err(1, "cannot fork");
	case 0:
		break;
	default:
		close(ready[1]);
		return read(ready[0], &byte, 1) == 1 ? 0 : 1;
	}

	kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm < 0)
		err(1, "cannot open /dev/kvm");
	if (ioctl(kvm, KVM_CREATE_VM, 0) < 0)
		err(1, "cannot create a VM");
	close(kvm);

	if (write(ready[1], &byte, 1) != 1)
		err(1, "cannot tell the parent");
	close(ready[1]);
	for (;;)
		pause();
}
