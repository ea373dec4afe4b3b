# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# What starting and stopping a domain with a reader costs must come back. Leaves win10 running.

guest win10 --memory 256
testguest stop win10
rounds=5

# One number each for what a leak would hold. A VM that is kept alive keeps kvm_amd in use.
take_stock() {
	local daemon
	sync
	echo 3 >/proc/sys/vm/drop_caches
	daemon=$(</run/libvirtd.pid)
	{
		echo "memflow $(</sys/module/memflow/refcnt)"
		echo "kvm_amd $(</sys/module/kvm_amd/refcnt)"
		echo "nodes $(find $nodes -type c 2>/dev/null | wc -l)"
		echo "links $(find $nodes -type l 2>/dev/null | wc -l)"
		echo "devices $(find /sys/class/memflow -name 'memflow-vm*' | wc -l)"
		echo "qemu $(find /proc -maxdepth 2 -name exe -lname '*qemu-system*' 2>/dev/null | wc -l)"
		echo "libvirtd-fds $(find "/proc/$daemon/fd" -type l | wc -l)"
	} >"$1"
	while read -r key value _; do
		case $key in
		Slab: | VmallocUsed: | Percpu: | AnonPages:) echo "$key $value" ;;
		esac
	done </proc/meminfo >"$1.memory"
}

round() {
	testguest start cycle
	ask_ok held "$1" cycle
	ask_ok held touch
	testguest stop cycle
	ask held word $info
	[[ $answer == "error 10 "* ]] || fail "after the stop: $answer"
}

same_as_before() {
	ask_ok held close
	stock_is_back() {
		take_stock "$work/after"
		cmp -s "$work/before" "$work/after"
	}
	diff "$work/before" "$work/after" || true
	within 20 stock_is_back || true
	diff "$work/before" "$work/after"
}

# Five guests of 64 MiB would show; the kernel's own caches breathe.
memory_is_back() {
	local key before after
	while read -r key before after; do
		echo "$key $before kB before, $after kB after"
		((after - before < 16 * 1024)) || fail "$key grew from $before kB to $after kB"
	done < <(join "$work/before.memory" "$work/after.memory")
}

reader held
# The first round fills caches that stay.
t "a first round" round open
tell held close
hear held
take_stock "$work/before"
take_stock "$work/after"
for ((i = 1; i <= rounds; i++)); do
	t "round $i of $rounds: start, read, stop" round open
done
t "module uses, VMs, nodes, libvirtd's descriptors are what they were" same_as_before
t "so is the kernel's memory" memory_is_back
guest win10 --memory 256
