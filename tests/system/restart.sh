# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A domain stops under a reader's hands, its pid becomes another's, it starts again. Leaves win10
# running.

guest win10 --memory 256
old_pid=$(pid_of win10)
reader loop
reader idle

available() {
	local key value
	while read -r key value _; do
		if [[ $key == MemAvailable: ]]; then
			echo "$value"
			return
		fi
	done </proc/meminfo
}

looping() {
	ask_ok idle open win10
	ask_ok idle touch
	ask_ok idle word $info_boot_id
	echo "$answer" >"$work/boot_id"
	ask_ok idle point $info_boot_id
	ask_ok loop open win10
	ask_ok loop touch
	ask_ok loop loop
	available >"$work/available"
}

# 256 MiB of guest, and QEMU's own; other processes may take some meanwhile.
memory_is_free() { (($(available) - $(<"$work/available") > 200 * 1024)); }

destroyed() {
	virsh -q destroy win10
	# the loop's last answer
	hear loop
	[[ $answer == "error 10 "* ]] || fail "the loop ended with: $answer"
	reader_lives loop
	[[ ! -e /proc/$old_pid ]]
	within 1 memory_is_free
	reader_lives idle
}

reads_nothing() {
	ask_ok idle peek
	is "a stale pointer reads" 0x0 "$answer"
	ask_ok idle alive
	is alive no "$answer"
	ask idle word $info_boot_id
	[[ $answer == "error 10 "* ]] || fail "$answer"
	ask idle set $info_request 1
	[[ $answer == "error 10 "* ]] || fail "$answer"
	reader_lives idle
}

shut_off() {
	ask idle reattach
	[[ $answer == "error 4 "* ]] || fail "reattach to a domain that is off: $answer"
	status_is 4 memflowctl read win10 $info 8
}

# A VM that is nobody's domain gets the pid, and a stale pid file says it was win10's.
impostor() {
	local pid=0 tries=0
	while ((pid != old_pid)); do
		((++tries < 200)) || skip "pid $old_pid could not be had again"
		[[ ! -e /proc/$old_pid ]] || skip "pid $old_pid is another process's already"
		echo $((old_pid - 1)) >/proc/sys/kernel/ns_last_pid
		testvm --name impostor --memory 16 <"$work/testvm.in" >"$work/testvm.out" &
		pid=$!
		((pid == old_pid)) || kill "$pid"
	done
	echo "$pid" >/run/libvirt/qemu/win10.pid
	exec 9>"$work/testvm.in"
	within 10 test -s "$work/testvm.out"
	find "/proc/$pid/fd" -lname "*kvm-vm" | grep .
	status_is 4 memflowctl read win10 $info 8
	status_is 4 memflowctl attach win10
	node_gone win10
	ask idle reattach
	[[ $answer == "error 4 "* ]] || fail "reattach: $answer"
	kill "$pid"
	wait "$pid" || true
	rm -f /run/libvirt/qemu/win10.pid
}

starts_again() {
	virsh -q start win10
	testguest wait win10
	memflowctl wait --timeout "$((10 * patience))" win10
	is pid "$(</run/libvirt/qemu/win10.pid)" "$(pid_of win10)"
	[[ $(pid_of win10) != "$old_pid" ]] || fail "it has the same pid again"
	"$here/check-pattern" win10
}

reader_goes_on() {
	ask_ok "$1" reattach
	ask_ok "$1" alive
	is alive yes "$answer"
	ask_ok "$1" name
	is name win10 "$answer"
	ask_ok "$1" word $info_boot_id
	[[ $answer != "$(<"$work/boot_id")" ]] || fail "it reads the guest that is gone"
}

mkfifo "$work/testvm.in"
t "readers read in a loop" looping
t "the domain is destroyed: the loop ends with an error, its memory is free" destroyed
t "a stale pointer reads zeros, calls fail" reads_nothing
t "a domain that is off is said to be off" shut_off
t "another VM with its old pid is not taken for it" impostor
t "the name leads to the new process" starts_again
t "the reader that was in a loop re-attaches" reader_goes_on loop
t "the reader that held a pointer re-attaches" reader_goes_on idle
