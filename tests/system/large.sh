# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A guest with RAM above 4 GiB: needs a host of 9 GiB.

starts() { testguest start big --memory 5120 --timeout 300; memflowctl wait --timeout 30 big; }

# QEMU's pc machine has 3 GiB of it below 4 GiB.
layout() {
	memflowctl info big | tee "$work/info"
	is "end of memory" 0x180000000 "$(sed -n 's/^End *//p' "$work/info")"
}

opens() {
	ask_ok timing open big
	figure "open and map a published guest of 5 GiB: ${answer##* } us" >>"$work/figures"
}

matches() {
	local line
	line=$("$here/check-pattern" --at-least $((5100 << 20)) "$@" big)
	figure "5 GiB guest, ${*:-mapped}: $line" >>"$work/figures"
	[[ $line == *0x17fffffff* ]] || fail "$line"
}

guest_sees_a_write() {
	ask_ok timing set $info_request 7
	answered() {
		ask_ok timing word $info_response
		[[ $answer == 0x16 ]]
	}
	within 10 answered
}

t "a guest of 5 GiB starts and is attached" starts
t "its memory ends above 4 GiB" layout
reader timing
t "it is opened" opens
t "every byte matches, mapped" matches
t "every byte matches, pread" matches --pread
t "it sees what the library writes" guest_sees_a_write
[[ ! -e $work/figures ]] || cat "$work/figures"
testguest stop big
