# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# From virsh start to the guest's bytes and back to virsh destroy. Leaves win10 running.

starts() {
	testguest start win10 --memory 256
	[[ -c $nodes/win10 ]] || memflowctl wait --timeout "$((10 * patience))" win10
}

has_its_rights() {
	is "owner, group, mode, type" "root memflow 660 character special file" \
		"$(stat -c '%U %G %a %F' "$nodes/win10")"
}

says_who_it_is() {
	local dir pid
	dir=$(published win10)
	is uuid "$(virsh -q domuuid win10)" "$(<"$dir/uuid")"
	is readonly 0 "$(<"$dir/readonly")"
	pid=$(</run/libvirt/qemu/win10.pid)
	is pid "$pid" "$(<"$dir/pid")"
	tr '\0' '\n' <"/proc/$pid/cmdline" | grep -F 'guest=win10,'
}

has_a_link_by_uuid() {
	local link
	link=$nodes/by-uuid/$(virsh -q domuuid win10)
	# udev makes it, a moment after the node is there.
	within 10 test -e "$link"
	is "$link" "$nodes/win10" "$(readlink -f "$link")"
}

is_in_the_journal() {
	local line
	journalctl --sync
	line=$(journalctl -t memflow-hook -n 1 -o cat)
	[[ $line == *attached* && $line == *"$(pid_of win10)"* && $line == *"$nodes/win10"* ]] ||
		fail "the journal says: $line"
}

is_listed() {
	memflowctl list | grep -E "^win10 .* $(pid_of win10) .*256 MiB.* rw .*$nodes/win10\$"
}

is_read_by_name() {
	is signature memflow-guest-1 "$(memflowctl read win10 $info 15 --raw)"
	is name win10 "$(memflowctl read win10 0x200010 5 --raw)"
}

is_read_as_file() {
	is signature memflow-guest-1 \
		"$(dd if=$nodes/win10 bs=1 skip=$((info)) count=15 iflag=skip_bytes status=none)"
}

counter_moves() {
	local before
	before=$(word win10 $info_counter)
	counter_is_more() { (($(word win10 $info_counter) > before)); }
	within 10 counter_is_more
}

matches() { "$here/check-pattern" --at-least $((250 << 20)) "$@" win10; }

guest_sees_a_write() {
	memflowctl write win10 $info_request --hex '2a 00 00 00 00 00 00 00'
	answered() { (($(word win10 $info_response) == 42 * 3 + 1)); }
	within 10 answered
}

stops() {
	local link
	link=$nodes/by-uuid/$(virsh -q domuuid win10)
	link_gone() { [[ ! -L $link ]]; }
	virsh -q destroy win10
	within 2 node_gone win10
	status_is 1 published win10
	within 10 link_gone
}

t "a domain is attached when it starts" starts
t "its node has owner, group and mode of the policy" has_its_rights
t "sysfs says name, uuid and pid" says_who_it_is
t "there is a link by uuid" has_a_link_by_uuid
t "the hook has a line in the journal" is_in_the_journal
t "memflowctl list shows it" is_listed
t "memflowctl read finds it by name" is_read_by_name
t "its node is read like a file" is_read_as_file
t "two looks at the guest's clock differ" counter_moves
t "every byte of the guest, mapped" matches
t "every byte of the guest, pread" matches --pread
t "the guest sees what is written" guest_sees_a_write
t "its node goes when it stops" stops

restarts() {
	virsh -q start win10
	testguest wait win10
	memflowctl wait --timeout "$((10 * patience))" win10
	matches
}
t "it is attached again when it starts again" restarts

reader timing
opens_quickly() {
	ask_ok timing open win10
	figure "open and map a published guest of 256 MiB: ${answer##* } us" >>"$work/figures"
	ask_ok timing touch
	figure "touch its ${answer% *} pages for the first time: ${answer#* } us" >>"$work/figures"
}
t "time to open is measured" opens_quickly
[[ ! -e $work/figures ]] || cat "$work/figures"
