# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# memflowctl watch, through the life of a domain and of libvirtd. Leaves win10 running and attached.

guest win10 --memory 256
testguest define other

memflowctl watch --existing --json >"$work/json" 2>"$work/json.err" &
json=$!
memflowctl watch --no-libvirt >"$work/text" 2>"$work/text.err" &
text=$!

# told FILTER: an event for which it holds
told() { jq -e -s "any(.[]; $1)" "$work/json" >/dev/null; }
event() { within 60 told ".event == \"$1\" and .name == \"$2\" and $3"; }
count_of() { jq -s "[.[] | select(.event == \"$1\")] | length" "$work/json"; }
# counted EVENT N: so many of them
counted() { (($(count_of "$1") == $2)); }
last_is() { jq -e -s "map(select(.name == \"$1\")) | last.event == \"$2\"" "$work/json" >/dev/null; }

begins() {
	event attached win10 ".pid == $(pid_of win10) and .node == \"$nodes/win10\" and .readonly == false"
	within 60 told '.event == "libvirt-connected"'
	jq -e -s 'all(.[]; .time | test("^20[0-9]{2}-.*Z$"))' "$work/json"
}

life_of_a_domain() {
	virsh -q start other
	event started other '.detail == "booted"'
	event attached other ".node == \"$nodes/other\""
	memflowctl detach other
	event detached other '.detail == null'
	memflowctl attach --readonly other
	event attached other '.readonly'
	virsh -q destroy other
	event stopped other '.detail == "destroyed"'
	within 60 told '.event == "detached" and .name == "other" and .readonly'
	within 60 grep -E '^[0-9T:+-]+ attached other: /dev/memflow-vms/other \(pid [0-9]+, ro\)$' "$work/text"
}

crash() {
	virsh -q start other
	memflowctl wait --timeout "$((30 * patience))" other
	kill -KILL "$(pid_of other)"
	event stopped other '.detail == "failed"'
	within 60 counted detached 3
	counted attached 4
}

# A node that is made anew at once is told as gone and come.
replaced() {
	memflowctl detach win10
	memflowctl attach win10
	within 60 counted detached 4
	within 60 counted attached 5
	last_is win10 attached
}

libvirtd_restarts() {
	systemctl restart libvirtd
	within 60 told '.event == "libvirt-disconnected"'
	within 90 counted libvirt-connected 2
	virsh -q start other
	within 60 counted started 3
	virsh -q destroy other
}

ends() {
	kill -TERM "$1"
	within 30 test ! -e "/proc/$1/fd/1"
}

module_goes() {
	rmmod memflow
	within 60 last_is win10 detached
	modprobe memflow
	within 60 last_is win10 attached
}

t "it begins with what is there" begins
t "a domain starts, is attached, detached, and stops" life_of_a_domain
t "a domain crashes" crash
t "a node is made anew" replaced
t "libvirtd restarts" libvirtd_restarts
t "the module goes and comes" module_goes
t "it ends on SIGTERM" ends $json
t "the other, too" ends $text
status=0
wait $json || status=$?
t "with success" is status 0 $status
status=0
wait $text || status=$?
t "both" is status 0 $status
t "without a word on stderr" is stderr "" "$(cat "$work/json.err" "$work/text.err")"
testguest stop other
memflowctl wait --timeout "$((30 * patience))" win10
