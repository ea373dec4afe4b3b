# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A guest with RAM above 4 GiB: needs a host of 9 GiB.

starts() { testguest start big --memory 5120 --timeout "$((300 * patience))"; memflowctl wait --timeout "$((30 * patience))" big; }

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

# milliseconds COMMAND…: how long it takes, into $took
milliseconds() {
	local before=$EPOCHREALTIME
	"$@"
	took=$(((${EPOCHREALTIME/./} - ${before/./}) / 1000))
}

# dump_rate WHAT FILE MIB [OPTION-OF-DD]: a dump beside dd of the node, which reads what is there already
dump_rate() {
	local dd raw elf
	milliseconds dd if=$nodes/big of="$2" bs=1M count="$3" ${4-} status=none
	rm -f "$work/copy"
	milliseconds dd if=$nodes/big of="$2" bs=1M count="$3" ${4-} status=none
	dd=$took
	rm -f "$work/copy"
	milliseconds memflowctl dump -q -F raw --range "0+${3}M" big "$2"
	raw=$took
	rm -f "$work/copy"
	milliseconds memflowctl dump -q --range "0+${3}M" big "$2"
	elf=$took
	rm -f "$work/copy"
	figure "$3 MiB to $1: dd $dd ms, dump raw $raw ms ($((raw * 100 / dd)) % of dd's), elf with a" \
		"search of 5 GiB before it $elf ms ($((elf * 100 / dd)) %)" >>"$work/figures"
}

dump_rates() {
	dump_rate nowhere /dev/null 3072
	dump_rate "a file" "$work/copy" 512 conv=fsync
}

t "a guest of 5 GiB starts and is attached" starts
t "its memory ends above 4 GiB" layout
reader timing
t "it is opened" opens
t "every byte matches, mapped" matches
t "every byte matches, pread" matches --pread
t "every byte matches, by procmem" matches --backend procmem --copy
t "it sees what the library writes" guest_sees_a_write
t "it is dumped" dump_rates
[[ ! -e $work/figures ]] || cat "$work/figures"
testguest stop big
