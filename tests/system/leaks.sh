# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2317
# What the module has allocated and nobody can reach once it is gone, by kmemleak. Only on the debug
# kernel.
#
# kmemleak wants an object to be some seconds old, and to be lost in two scans.

leaks=/sys/kernel/debug/kmemleak
[[ -w $leaks ]] || {
	echo "1..0 # SKIP the kernel has no kmemleak"
	exit 0
}

scan_twice() {
	pause 6
	echo scan >"$leaks"
	pause 6
	echo scan >"$leaks"
	cat "$leaks" >"$work/found"
}

# Blocks of $work/found with an address in [$1, $2) in their trace. The names of a module that has gone
# are not known any more: its addresses are printed as they are, and made offsets here.
within_text() {
	local line block='' address named='' all=''
	while IFS= read -r line; do
		if [[ $line == unreferenced* ]]; then
			[[ -z $named ]] || all+=$block
			block='' named=''
		fi
		if [[ $line =~ 0x([0-9a-f]{16})$ ]]; then
			address=$((16#${BASH_REMATCH[1]}))
			if ((address >= $1 && address < $2)); then
				named=1
				printf -v line '    .text of memflow + %#x' $((address - $1))
			fi
		fi
		block+=$line$'\n'
	done <"$work/found"
	[[ -z $named ]] || all+=$block
	printf '%s' "$all"
}

nothing_lost() {
	local found
	scan_twice
	set +x
	found=$(within_text "$start" "$end")
	[[ -z $found ]] || fail "lost:"$'\n'"$found"
}

unloads() {
	within 60 rmmod memflow
}

modprobe memflow
stop_guests
start=$(($(</sys/module/memflow/sections/.text)))
end=$((start + $(awk '$1 == "memflow" { print $2 }' /proc/modules)))

t "the module can go" unloads
t "it has lost nothing" nothing_lost
modprobe memflow
figure "kmemleak: $(grep -c '^unreferenced' "$work/found") objects lost, whoever lost them"
