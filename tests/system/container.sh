# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# An unprivileged container that was given one node reads that VM, and has no way to anything else.
# It is started as docs/howto/container.md says. Leaves win10 running, and "other" defined.

guest win10 --memory 256
guest other

# A member of memflow, who outside of the container may open each node.
contained() {
	setpriv --reuid 12345 --regid 12345 --groups memflow --bounding-set -all --inh-caps -all \
		"$here/one-vm-container" "$nodes/win10" "$@"
}

contained_by_root() { "$here/one-vm-container" "$nodes/win10" "$@"; }

# Its own root has all capabilities there are in a user namespace.
contained_root() {
	contained unshare --user --map-root-user --mount "$@"
}

reads_by_memflowctl() {
	is "its name" win10 "$(contained memflowctl read win10 0x200010 5 --raw)"
	contained memflowctl info win10 | tee "$work/info"
	grep -E '^Backend +node' "$work/info"
	contained "$here/check-pattern" win10
}

reads_the_file() {
	is "its name" win10 "$(contained python3 -c \
		'import os, sys; print(os.pread(os.open(sys.argv[1], os.O_RDONLY), 5, 0x200010).decode())' \
		$nodes/win10)"
}

writes() {
	contained memflowctl write win10 $info_request --hex '00 00 00 00 00 00 00 00'
}

sees_one_domain() {
	is "what is in $nodes" win10 "$(contained ls $nodes)"
	is "what is listed" win10 "$(contained memflowctl list --json | jq -r '.domains[].name')"
	is "what is completed" win10 "$(contained memflowctl --complete read '' | cut -f 1)"
	# Nobody can be asked whether there is one.
	status_is 13 contained memflowctl read other $info 8
	status_is 13 contained memflowctl read "$(virsh -q domuuid other)" $info 8
}

# Numbers of devices are no secret; making a node of one takes a right that no container has.
makes_no_node() {
	local major minor
	read -r major minor < <(stat -c '%Hr %Lr' $nodes/other)
	status_is 1 contained_root mknod /tmp/other c "$major" "$minor"
	status_is 32 contained_root mount -t devtmpfs none /tmp
}

has_no_control_device() {
	local major minor
	status_is 1 contained test -e /dev/memflow
	read -r major minor < <(stat -c '%Hr %Lr' /dev/memflow)
	status_is 1 contained_root mknod /tmp/memflow c "$major" "$minor"
	# The pid that the node names is of no process there.
	status_is 8 contained memflowctl read win10 $info 8 --backend kmod
	status_is 13 contained memflowctl attach other
}

has_no_libvirt() {
	status_is 1 contained test -e /run/libvirt
	status_is 1 contained virsh -c qemu:///system list
	status_is 13 contained memflowctl list --uri qemu:///system
}

sees_no_qemu() {
	is "QEMU's processes" "" "$(contained sh -c 'cat /proc/[0-9]*/comm' | grep qemu || true)"
	status_is 1 contained test -e "/proc/$(pid_of other)"
}

# win10 attached as the policy says, and "other" not at all.
anew() {
	memflowctl detach win10 || true
	memflowctl detach other || true
	memflowctl attach win10
}

# A device's number is given away again. Who kept a node of before must not get to the next VM by
# it, which may be published for others. Users are kept from it by devtmpfs, which takes all rights
# from what it removes; a container that was started by root is not.
old_node_is_not_the_next() {
	local run=$1 why=$2 number pid
	rm -f "$work/go"
	mkfifo "$work/go"
	anew
	number=$(stat -c %Hr:%Lr $nodes/win10)
	# With the node below it from the begin on; opened only when it is not there any more.
	$run bash -c 'echo ready; read -r <&3; head -c 8 /dev/memflow-vms/win10' \
		3<"$work/go" >"$work/old" 2>&1 &
	pid=$!
	exec 4>"$work/go"
	within 20 grep -qx ready "$work/old"
	memflowctl detach win10
	memflowctl attach other --group root --mode 0600
	printf 'number before %s, of the next %s\n' "$number" "$(stat -c %Hr:%Lr $nodes/other)"
	echo >&4
	exec 4>&-
	wait $pid && fail "the old node can be opened: $(od -c "$work/old")"
	cat "$work/old"
	grep -E "$why" "$work/old"
}

# The same without a container: a descriptor that only names the file.
old_path_is_not_the_next() {
	anew
	python3 - <<-'PYTHON'
		import errno, os, subprocess, sys
		def run(*argv): subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
		path = os.open("/dev/memflow-vms/win10", os.O_PATH)
		run("memflowctl", "detach", "win10")
		run("memflowctl", "attach", "other", "--mode", "0600")
		try:
		    os.open(f"/proc/self/fd/{path}", os.O_RDONLY)
		except OSError as error:
		    sys.exit(error.errno not in (errno.ENODEV, errno.ENXIO))
		sys.exit("the next VM was opened")
	PYTHON
}

ends_with_the_domain() {
	local pid
	mkfifo "$work/ended"
	anew
	contained bash -c 'exec 5</dev/memflow-vms/win10; echo ready; read -r <&3; head -c 8 <&5' \
		3<"$work/ended" >"$work/ending" 2>&1 &
	pid=$!
	exec 4>"$work/ended"
	within 20 grep -qx ready "$work/ending"
	virsh -q destroy other
	virsh -q destroy win10
	echo >&4
	exec 4>&-
	wait $pid && fail "read after the end: $(od -c "$work/ending")"
	cat "$work/ending"
	grep 'No such device' "$work/ending"
	guest win10 --memory 256
	is "its name in the next run" win10 "$(contained memflowctl read win10 0x200010 5 --raw)"
}

t "it reads its VM by memflowctl and library" reads_by_memflowctl
t "and by pread" reads_the_file
t "and writes it" writes
t "it sees no other domain" sees_one_domain
t "and cannot make itself a node of another" makes_no_node
t "it has no control device" has_no_control_device
t "it has no libvirt" has_no_libvirt
t "it sees no QEMU" sees_no_qemu
t "a node of before does not open the next VM" \
	old_node_is_not_the_next contained "Permission denied|No such device"
t "nor for a container that root started" \
	old_node_is_not_the_next contained_by_root "No such device"
t "nor does a path of before" old_path_is_not_the_next
t "it ends with its domain, and a new one has the next run" ends_with_the_domain
