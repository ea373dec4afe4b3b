# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# drgn and volatility3 (../forensics) look into a Linux guest by its dumps and by its node. Leaves no
# guest running.

tools=${MEMFLOW_FORENSICS:-/host}
if [[ ! -d $tools/python/volatility3 ]]; then
	echo "1..0 # SKIP there is neither drgn nor volatility3 in $tools; tests/forensics/build gets them"
	exit
fi
dumps=$(mktemp -d /var/tmp/forensics.XXXXXX)
trap 'clean_up; rm -rf -- "$dumps"' EXIT
# Not from the share, which is slow for a thousand small files.
cp -r -- "$tools/python" "$tools/look.py" "$dumps"
export PYTHONPATH=$dumps/python HOME=$dumps
cd -- "$dumps" || exit
release=$(uname -r) # the guest boots the host's kernel

stop_guests
testguest start lin --linux --memory 256
memflowctl wait --timeout 30 lin

# volatility FILE PLUGIN: its table goes to $work/table
volatility() {
	python3 python/bin/vol --quiet --offline -f "$1" "$2" >"$work/table"
	cat "$work/table"
}

drgn_opens_the_core() {
	memflowctl dump --pause lin core 2>"$work/said"
	is "what is said of it" "" "$(<"$work/said")"
	python3 look.py core "$release" testguest
	rm core
}

# It does not know where the page tables are, nor that it is Linux, without VMCOREINFO.
drgn_needs_vmcoreinfo() {
	memflowctl dump --quiet lin core
	sed -i '1,/VMCOREINFO/ s/VMCOREINFO/VMCOREOFNI/' core
	not python3 look.py core "$release" testguest
	rm core
}

banner_in_a_raw_dump() {
	memflowctl dump --format raw --range 0+256M lin memory
	volatility memory banners.Banners
	grep -F "Linux version $release " "$work/table"
	rm memory
}

vmcoreinfo_in_the_core() {
	memflowctl dump --quiet lin core
	volatility core linux.vmcoreinfo.VMCoreInfo
	grep -P "\tOSRELEASE\t$release$" "$work/table"
	rm core
}

vmcoreinfo_by_the_node() {
	volatility $nodes/lin linux.vmcoreinfo.VMCoreInfo
	grep -P "\tOSRELEASE\t$release$" "$work/table"
}

t "drgn opens a core file: page tables, kallsyms" drgn_opens_the_core
t "and does not without VMCOREINFO" drgn_needs_vmcoreinfo
t "volatility finds the banner in a raw dump" banner_in_a_raw_dump
t "volatility reads a core file" vmcoreinfo_in_the_core
t "volatility reads the node itself" vmcoreinfo_by_the_node
testguest stop lin
