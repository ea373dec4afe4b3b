# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Who may do what: the node's group is the only key, and read-only is read-only for everybody.
# Leaves win10 running and attached as the policy says.

guest win10 --memory 256

# A user who is in no group but the given one.
as_user() {
	local group=$1
	shift
	setpriv --reuid 12345 --regid 12345 --groups "$group" --bounding-set -all --inh-caps -all "$@"
}

tries() { "$@" "$here/node-rights" "$nodes/win10" $info_request | tr '\n' ';'; }

member_reads_and_writes() {
	is "a member of memflow" \
		"open for writing: ok;open: ok;read: ok;write: ok;map writable: ok;map: ok;make the map writable: ok;" \
		"$(tries as_user memflow)"
	is "its name" win10 "$(as_user memflow memflowctl read win10 0x200010 5 --raw)"
}

member_has_no_control() {
	status_is 1 as_user memflow dd if=/dev/memflow count=0 status=none
	status_is 5 as_user memflow memflowctl read win10 $info 8 --backend kmod
	status_is 5 as_user memflow memflowctl attach win10
	status_is 5 as_user memflow memflowctl detach win10
	node_there win10
}

stranger_opens_nothing() {
	is "a stranger" "open for writing: EACCES;open: EACCES;" "$(tries as_user nogroup)"
	status_is 5 as_user nogroup memflowctl read win10 $info 8
	status_is 1 as_user nogroup dd if=/dev/memflow count=0 status=none
}

# Access of those who have it open ends with --revoke, the node with both.
attach_readonly() {
	memflowctl detach win10
	node_gone win10
	memflowctl attach --readonly win10
	is mode 440 "$(stat -c %a "$nodes/win10")"
	is readonly 1 "$(cat "$(published win10)/readonly")"
	memflowctl list | grep -E '^win10 .* ro '
}

readonly_for_root() {
	is root \
		"open for writing: EACCES;open: ok;read: ok;write: EBADF;map writable: EACCES;map: ok;make the map writable: EACCES;" \
		"$(tries)"
	status_is 10 memflowctl write win10 $info_request --hex 00
	status_is 10 memflowctl write win10 $info_request --hex 00 --backend node
}

readonly_for_member() {
	is "a member of memflow" \
		"open for writing: EACCES;open: ok;read: ok;write: EBADF;map writable: EACCES;map: ok;make the map writable: EACCES;" \
		"$(tries as_user memflow)"
	as_user memflow "$here/check-pattern" win10
}

attach_mode() {
	memflowctl detach win10
	memflowctl attach --group nogroup --mode 0640 win10
	is "owner, group, mode" "root nogroup 640" "$(stat -c '%U %G %a' "$nodes/win10")"
	is "a member of that group" "open for writing: EACCES;open: ok;read: ok;write: EBADF" \
		"$(tries as_user nogroup | cut -d ';' -f 1-4)"
}

revoked() {
	ask_ok revoked open win10
	memflowctl detach --revoke win10
	ask revoked word $info
	[[ $answer == "error 10 "* ]] || fail "after detach --revoke: $answer"
	memflowctl attach win10
	ask_ok revoked reattach
	ask_ok revoked name
	is name win10 "$answer"
}

policy=/etc/memflow-libvirt/policy.conf
policy_is_obeyed() {
	mkdir -p "${policy%/*}"
	printf '\n[domain:ro-*]\nreadonly=yes\nmode=0644\n' >>"$policy"
	testguest start ro-guest
	memflowctl wait --timeout "$((10 * patience))" ro-guest
	is "owner, group, mode" "root memflow 444" "$(stat -c '%U %G %a' "$nodes/ro-guest")"
	status_is 10 memflowctl write ro-guest $info_request --hex 00
	testguest stop ro-guest
}

metadata_is_obeyed() {
	echo "<memflow:access xmlns:memflow='urn:memflow-libvirt:domain:1' attach='no'/>" \
		>"$work/metadata"
	testguest start private --xml-metadata "$work/metadata"
	journalctl --sync
	journalctl -t memflow-hook -n 1 -o cat | grep -F 'attach=no'
	node_gone private
	testguest stop private
}

# "wait" is there for long enough to be looked at. CAP_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER, _SYS_PTRACE.
root_keeps_little() {
	local pid
	memflowctl wait --timeout 300 nobody &
	pid=$!
	few() { grep -qx 'CapPrm:	000000000008000e' "/proc/$pid/status"; }
	within 60 few
	grep -x 'CapEff:	000000000008000e' "/proc/$pid/status"
	kill "$pid"
	wait "$pid" || true
}

t "a member of the group reads and writes" member_reads_and_writes
t "and has nothing but the node" member_has_no_control
t "somebody else opens nothing" stranger_opens_nothing
t "a domain can be attached read-only" attach_readonly
t "then root cannot write" readonly_for_root
t "nor can a member of the group" readonly_for_member
t "a domain can be attached with another group and mode" attach_mode
reader revoked
t "access can be revoked, and given again" revoked
[[ ! -e $policy ]] || cp "$policy" "$work/policy"
t "the policy makes a domain read-only" policy_is_obeyed
rm -f "$policy"
[[ ! -e $work/policy ]] || cp "$work/policy" "$policy"
t "a domain's metadata keeps it from being attached" metadata_is_obeyed
t "root's memflowctl keeps the capabilities that it needs" root_keeps_little
