# SPDX-License-Identifier: MIT
# The few commands a newcomer needs. Users who install it want meson (user space) and dkms (the
# module); see README.md.

help:
	@echo 'make setup   install the Debian packages that the following need (asks for nothing)'
	@echo 'make build   user space and kernel module, staged below build/stage'
	@echo 'make deb     Debian packages, in build/deb; apt install takes them from there'
	@echo 'make dist    the module'"'"'s source as an archive that dkms install --archive takes'
	@echo 'make demo    boot the disposable host and show a VM opened by its name (no KVM needed)'
	@echo 'make demo-quick   the same without module and disposable host, on an emulated guest'
	@echo 'make check   all checks and tests, the system tests in the disposable host included'
	@echo 'make check-deep  on a kernel with KASAN, lockdep and more, and all on each kernel: hours'
	@echo 'make clean   remove build/ (the disposable host stays in its cache)'

setup:
	@tests/setup

build: setup
	@tests/stage

deb:
	@tests/setup packaging/packages.txt
	@packaging/build-deb

dist:
	@packaging/make-dist

demo: setup
	@tests/demo

demo-quick: setup
	@tests/demo-quick

check: setup
	@tests/check

check-deep: setup
	@tests/check --deep

clean:
	rm -rf build

.PHONY: help setup build deb dist demo demo-quick check check-deep clean
