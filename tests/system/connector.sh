# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Real memflow hosts (../hosts) read a guest by its name through the connector, and by pid through
# memflow's own connector for KVM. Leaves win10 running.

hosts=${MEMFLOW_HOSTS:-/host}
plugin_dir=/usr/lib/memflow
if [[ ! -x $hosts/bin/memflow-host-0.2.4 ]]; then
	echo "1..0 # SKIP there are no memflow hosts in $hosts; tests/hosts/build makes them"
	exit
fi

# Not from the share: it is slow, and has no birth times of files, which memflow 0.2.4 wants to know.
local_hosts=$(mktemp -d /var/tmp/hosts.XXXXXX)
trap 'clean_up; rm -rf -- "$local_hosts"' EXIT
cp -r -- "$hosts/." "$local_hosts"
plugins=$local_hosts/plugins
cd -- "$work" || exit # memflow looks for plugins in the current directory, too

guest win10 --memory 256
uuid=$(virsh -q domuuid win10)
id=$(virsh -q domid win10)

# host VERSION OPTIONS… COMMAND…: with the plugins that are installed, found as a user's tools do.
# Up to 0.2.3 memflow looks into /usr/lib/memflow by itself.
host() {
	local version=$1 path=$plugin_dir
	shift
	[[ $version != 0.2.0 ]] || path=
	MEMFLOW_PLUGIN_PATH=$path "$local_hosts/bin/memflow-host-$version" "$@"
}

# own VERSION …: with memflow's own plugins
own() {
	local version=$1
	shift
	"$local_hosts/bin/memflow-host-$version" --plugins "$plugins" "$@"
}

# says TEXT COMMAND…: fails, and says so
says() {
	local text=$1 status=0
	shift
	"$@" >"$work/said" 2>&1 || status=$?
	cat "$work/said"
	((status == 1)) || fail "status $status of: $*"
	grep -F -- "$text" "$work/said" || fail "it does not say \"$text\""
}

signature="memflow-guest-1 win10"

finds_it() {
	host "$1" plugins | tee "$work/plugins"
	grep -x 'connectors:.* libvirt.*\|connectors: libvirt.*' "$work/plugins"
}

helps() {
	host "$1" -c libvirt help | tee "$work/help"
	grep readonly= "$work/help"
}

lists() { host "$1" -c libvirt targets | grep -x win10; }

opens() { is "$2" "$signature" "$(host "$1" -c "$2" signature)"; }

tells_metadata() {
	host "$1" -c libvirt:win10 info | tee "$work/info"
	grep -E '^max_address=0xffffffff real_size=[0-9]+ readonly=false .* cpu_state=true$' "$work/info"
}

reads_only() {
	opens "$1" libvirt:win10:readonly=1
	host "$1" -c libvirt:win10:readonly=1 refuses-writes
}

matches() { host "$1" -c libvirt:win10 pattern $((250 << 20)); }

# Another number each time, so that the answer is to this one.
reacts() {
	host "$@" react $((RANDOM + 1)) | tee "$work/reacts"
}

pauses() {
	host "$1" -c libvirt:win10 pause
	is state paused "$(virsh -q domstate win10)"
	host "$1" -c libvirt:win10 resume
	is state running "$(virsh -q domstate win10)"
}

errors() {
	says 'target could not be found' host "$1" -c libvirt:nosuch open
	says '"nosuch"' host "$1" -c libvirt:nosuch open
	says 'valid ones are name, uuid, id, uri, backend, readonly' \
		host "$1" -c libvirt:win10:colour=red open
	says 'cache' host "$1" -c libvirt:win10::cache=true,cache_size=1mb open
	says 'backend' host "$1" -c libvirt:win10:backend=nosuch open
}

kvm_by_pid() {
	local pid
	pid=$(pid_of win10)
	own "$1" -c "kvm:$pid" signature pattern $((250 << 20)) holes react $((RANDOM + 1)) |
		tee "$work/kvm"
	is signature "$signature" "$(head -n 1 "$work/kvm")"
}

spellings=(
	libvirt:win10
	libvirt:name=win10
	libvirt::name=win10
	"libvirt:$uuid"
	"libvirt::uuid=$uuid"
	"libvirt::id=$id"
	'libvirt:win10:uri="qemu:///system"'
	libvirt:win10:backend=node
	libvirt:win10:backend=kmod
)
for version in 0.2.4 0.2.0; do
	m="memflow $version:"
	t "$m finds the plugin" finds_it $version
	t "$m has its help" helps $version
	t "$m lists the domain" lists $version
	for spelling in "${spellings[@]}"; do
		t "$m reads by ${spelling//$uuid/UUID}" opens $version "$spelling"
	done
	t "$m reads metadata" tells_metadata $version
	t "$m reads only, if asked to" reads_only $version
	t "$m every byte of the guest" matches $version
	t "$m the guest sees what is written" reacts $version -c libvirt:win10
	t "$m and by the control device" reacts $version -c libvirt:win10:backend=kmod
	t "$m holes fail alone" host $version -c libvirt:win10 holes
	t "$m views" host $version -c libvirt:win10 view
	t "$m pauses and resumes" pauses $version
	t "$m errors say what is wrong" errors $version
	t "$m memflow's kvm connector, by pid" kvm_by_pid $version
done

in_path() {
	# As is in 0.2.4; with "/memflow" behind it before.
	MEMFLOW_PLUGIN_PATH=$plugin_dir "$local_hosts/bin/memflow-host-0.2.4" -c libvirt targets
	MEMFLOW_PLUGIN_PATH=${plugin_dir%/memflow} "$local_hosts/bin/memflow-host-0.2.0" \
		-c libvirt targets
	says 'plugin not found' env -u MEMFLOW_PLUGIN_PATH "$local_hosts/bin/memflow-host-0.2.4" \
		-c libvirt targets
}

# What a login shell of a user has.
in_session() {
	env -u MEMFLOW_PLUGIN_PATH bash -lc "cd '$work' && '$local_hosts/bin/memflow-host-0.2.4' \
		-c libvirt:win10 signature"
}

# Both in one process: the builder of a chain has one inventory.
together() {
	cp -- $plugin_dir/libmemflow_libvirt.* "$plugins"
	own "$1" plugins | tee "$work/together"
	grep -E '^connectors: .*kvm' "$work/together"
	is signature "$signature" "$(own "$1" -c libvirt:win10 signature)"
	rm -f -- "$plugins"/libmemflow_libvirt.*
}

target_list() {
	MEMFLOW_PLUGIN_PATH=$plugin_dir "$local_hosts/bin/target_list" -c libvirt | tee "$work/list"
	grep -x -e '- win10' "$work/list"
}

# The guest is no Windows: the OS layer reads through the connector until it knows.
no_windows() {
	says 'unable to find dtb' own "$1" -v -c "$2" -o win32 os
	if grep -i panicked "$work/said"; then
		fail "it panicked"
	fi
}
win32_by_name() {
	cp -- $plugin_dir/libmemflow_libvirt.* "$plugins"
	no_windows "$1" libvirt:win10
	rm -f -- "$plugins"/libmemflow_libvirt.*
}
win32_by_pid() { no_windows "$1" "kvm:$(pid_of win10)"; }

read_bench() {
	says 'unable to find dtb' env MEMFLOW_PLUGIN_PATH=$plugin_dir:$plugins \
		"$local_hosts/bin/read_bench" -c libvirt:win10 -o win32
}

c_host() {
	MEMFLOW_PLUGIN_PATH=$plugin_dir:$plugins "$local_hosts/bin/memflow-c-host" "$1" "$2" |
		tee "$work/c"
	is signature "$signature" "$(tail -n 1 "$work/c")"
}
c_host_by_pid() { c_host kvm "$(pid_of win10)"; }

python_host() {
	[[ ! -e $local_hosts/python-unavailable ]] || skip "$(<"$local_hosts/python-unavailable")"
	PYTHONPATH=$local_hosts/python python3 "$local_hosts/python/host.py" "$@" | tee "$work/python"
}
python_reads() {
	python_host "$@"
	is signature "$signature" "$(tail -n 1 "$work/python")"
}
python_by_pid() { python_reads "$plugins" kvm "$(pid_of win10)"; }
python_lists() { python_host $plugin_dir libvirt --list | grep -x win10; }

t "MEMFLOW_PLUGIN_PATH as each version takes it" in_path
t "a login shell has it" in_session
t "beside memflow's own plugins" together 0.2.4
t "memflow's example target_list" target_list
t "memflow's example read_bench ends with an error without Windows" read_bench
t "memflow's OS layer for Windows finds none, by name" win32_by_name 0.2.4
t "memflow's OS layer for Windows finds none, by pid" win32_by_pid 0.2.4
t "memflow's C interface, by name" c_host libvirt win10
t "memflow's C interface, by pid" c_host_by_pid
t "memflow's Python package, by name" python_reads $plugin_dir libvirt win10
t "memflow's Python package lists the domain" python_lists
t "memflow's Python package, by pid" python_by_pid
