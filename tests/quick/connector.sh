# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Real memflow hosts (../hosts) read guests by their name where no module is: one by procmem, and one
# whose RAM is shared by memfd. What has nothing to do with how the memory is opened is in
# ../system/connector.sh.

hosts=$QUICK/hosts
plugins=$QUICK/plugins
declare -A guests=([procmem]=plain [memfd]=shared)

# host VERSION OPTIONS… COMMAND…
host() {
	local version=$1
	shift
	(cd -- "$work" && "$hosts/bin/memflow-host-$version" --plugins "$plugins" "$@")
}

starts() {
	testguest start plain --type qemu --memory 64
	testguest start shared --type qemu --memory 64 --backing memfd
}

lists() { is "the targets" "plain shared" "$(host "$1" -c libvirt targets | sort | xargs)"; }

opens() {
	is "signature by $2" "memflow-guest-1 ${2%%:*}" "$(host "$1" -c "libvirt:$2" signature)"
}

matches() { host "$1" -c "libvirt:$2" pattern $((60 << 20)); }

reacts() { host "$1" -c "libvirt:$2" react $((RANDOM + 1)); }

in_order() { host "$1" -c "libvirt:$2" holes view; }

reads_only() { host "$1" -c "libvirt:$2,readonly=1" refuses-writes; }

tells_metadata() {
	host "$1" -c "libvirt:$2" info | tee "$work/info"
	grep -E '^max_address=0xffffffff real_size=[0-9]+ readonly=false .* cpu_state=true$' "$work/info"
}

pauses() {
	host "$1" -c "libvirt:$2" pause
	is state paused "$(virsh -q domstate "${2%%:*}")"
	matches "$@"
	host "$1" -c "libvirt:$2" resume
	is state running "$(virsh -q domstate "${2%%:*}")"
}

# One that is not there is not gone round, and says what it is about.
refuses() {
	local status=0
	host "$1" -c "libvirt:$2" open >"$work/said" 2>&1 || status=$?
	cat "$work/said"
	is status 1 "$status"
	grep -F -- "$3" "$work/said"
}

# Clones in threads, led by its stdin (../hosts/rust/src/threads.rs), while the domain ends and begins.
told() {
	local line=
	IFS= read -r -t 60 -u "$out" line || fail "the host does not say \"$1\": $(<"$work/errors")"
	is "the host says" "$1" "$line"
}

restarts() {
	local guest=${2%%:*} in out pid round totals
	mkfifo "$work/in" "$work/out"
	host "$1" -c "libvirt:$2" threads 4 <"$work/in" >"$work/out" 2>"$work/errors" &
	pid=$!
	exec {in}>"$work/in" {out}<"$work/out"
	told reading
	for round in 1 2; do
		virsh -q destroy $guest
		told "lost $round"
		virsh -q start $guest
		testguest wait $guest
		told "recovered $round"
	done
	exec {in}>&-
	IFS= read -r -t 60 -u "$out" totals || fail "no totals"
	[[ $totals == *" lost=8 recovered=8 "* ]] || fail "$totals"
	# It is 0 only if no thread saw a wrong byte, or an error while the domain ran.
	wait $pid
	rm -- "$work/in" "$work/out"
}

c_host() {
	(cd -- "$work" && MEMFLOW_PLUGIN_PATH=$plugins "$hosts/bin/memflow-c-host" libvirt "$1") |
		tee "$work/c"
	is signature "memflow-guest-1 ${1%%:*}" "$(tail -n 1 "$work/c")"
}

python_host() {
	[[ ! -e $hosts/python-unavailable ]] || skip "$(<"$hosts/python-unavailable")"
	(cd -- "$work" && PYTHONPATH=$hosts/python python3 "$hosts/python/host.py" "$plugins" \
		libvirt "$1") | tee "$work/python"
	is signature "memflow-guest-1 ${1%%:*}" "$(tail -n 1 "$work/python")"
}

t "two domains start, one with shared RAM" starts
for version in 0.2.4 0.2.0; do
	t "memflow $version lists the domains" lists $version
	t "memflow $version, no backend named" opens $version plain
	for backend in procmem memfd; do
		m="memflow $version, $backend:"
		target=${guests[$backend]}:backend=$backend
		t "$m reads by name" opens $version $target
		t "$m every byte of the guest" matches $version $target
		t "$m the guest sees what is written" reacts $version $target
		t "$m holes fail alone; views" in_order $version $target
		t "$m reads only, if asked to" reads_only $version $target
		t "$m metadata" tells_metadata $version $target
		t "$m pauses, reads and resumes" pauses $version $target
		t "$m the domain ends and begins under four threads" restarts $version $target
	done
	t "memflow $version: RAM that is not shared is not mapped" \
		refuses $version plain:backend=memfd "<access mode='shared'/>"
	t "memflow $version: no node" refuses $version plain:backend=node 'not published'
done
for backend in procmem memfd; do
	t "memflow's C interface, $backend" c_host ${guests[$backend]}:backend=$backend
	t "memflow's Python package, $backend" python_host ${guests[$backend]}:backend=$backend
done
testguest stop plain
testguest stop shared
