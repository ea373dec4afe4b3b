# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# memflowctl as scripts use it, on the real line. Leaves win10 running, and "late" defined.

guest win10 --memory 256

raw_is_the_node() {
	memflowctl read win10 0x300000 1M --raw |
		cmp - <(dd if=$nodes/win10 bs=1M skip=3 count=1 status=none)
	is "bytes in the pipe" 4096 "$(memflowctl read win10 0x300000 4096 --raw | wc -c)"
	memflowctl read win10 0x300000 1M --output "$work/bytes"
	cmp -n 1048576 "$work/bytes" <(dd if=$nodes/win10 bs=1M skip=3 count=1 status=none)
}

dump_shows_bytes() {
	memflowctl read win10 $info 64 | tee "$work/dump"
	grep -F 'memflow-guest-1' "$work/dump"
	is lines 4 "$(wc -l <"$work/dump")"
}

valid_json() {
	memflowctl "$@" --json >"$work/json"
	jq -e . "$work/json"
}

info_tells() {
	memflowctl info win10 | tee "$work/info"
	grep -E "^Node +$nodes/win10\$" "$work/info"
	grep -E '^RAM +256 MiB' "$work/info"
	valid_json info win10
}

unknown_domain() {
	status_is 3 memflowctl read nosuch 0 8
	status_is 3 memflowctl info nosuch
	memflowctl read nosuch 0 8 2>"$work/error" || true
	grep '"nosuch"' "$work/error"
}

hole() {
	status_is 7 memflowctl read win10 0xa00000000 8
	status_is 7 memflowctl write win10 0xa00000000 --hex 00
	memflowctl read win10 0xa00000000 8 --raw --holes zero | cmp - <(head -c 8 /dev/zero)
}

wrong_usage() {
	status_is 2 memflowctl read win10
	status_is 2 memflowctl read win10 0x 8
	status_is 2 memflowctl frobnicate
}

# Not yet defined when the wait begins.
wait_returns() {
	memflowctl wait --timeout "$((90 * patience))" late 2>"$work/wait" &
	testguest start late
	wait $!
	node_there late
	virsh -q destroy late
}

shut_off_domain() {
	status_is 4 memflowctl read late $info 8
	status_is 4 memflowctl attach late
	status_is 9 memflowctl wait --timeout 1 late
	memflowctl info late | grep -E '^State +not running'
}

pipe_closes() {
	local status
	memflowctl read win10 0x300000 64M --raw | head -c 1 >/dev/null || true
	status=$(memflowctl version | head -n 1)
	[[ -n $status ]]
}

t "read --raw is what the node holds" raw_is_the_node
t "read shows the guest's signature" dump_shows_bytes
t "list --json is JSON" valid_json list
t "info tells node, RAM and is JSON, too" info_tells
t "an unknown domain is status 3" unknown_domain
t "a hole is status 7, or zeros" hole
t "wrong usage is status 2" wrong_usage
t "wait returns when the domain gets attached" wait_returns
t "a domain that is shut off is status 4" shut_off_domain
t "a closed pipe ends it quietly" pipe_closes
