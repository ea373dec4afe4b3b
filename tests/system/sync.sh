# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# memflowctl sync and its unit: what the hook could not do is made good, and nothing else is touched.
# Leaves win10 running and attached, and "other" undefined.

policy=/etc/memflow-libvirt/policy.conf
hook=/etc/libvirt/hooks/qemu.d/memflow
unit=memflow-libvirt-sync.service
ns=urn:memflow-libvirt:domain:1
mapfile -t libvirt < <(systemctl list-units --plain --no-legend --state=active 'libvirtd*' | cut -d' ' -f1)
gid=$(getent group memflow | cut -d: -f3)

guest win10 --memory 256
guest other
cp -- $policy "$work/policy"

identity() { stat -c '%i %t:%T %a' "$nodes/$1"; }
note() { python3 -c 'import os, sys; print(os.getxattr(sys.argv[1], "trusted.memflow-libvirt").decode())' "$nodes/$1"; }
policy() { { cat -- "$work/policy" && printf '%s\n' "$@"; } >$policy; }
says() { memflowctl sync "${@:2}" | tee "$work/said" && grep -E -- "$1" "$work/said"; }
nothing_to_do() { is "what sync says" "nothing to do" "$(memflowctl sync "$@")"; }

nothing_when_all_is_well() {
	identity win10 >"$work/before"
	is "the hook's note" "$gid 0660" "$(note win10)"
	nothing_to_do
	nothing_to_do --strict
	nothing_to_do --dry-run
	is "the node" "$(<"$work/before")" "$(identity win10)"
}

# libvirtd has no part in it: the hook is not run.
unit_attaches() {
	local hooked
	journalctl --sync
	hooked=$(journalctl -t memflow-hook -o cat | wc -l)
	rmmod memflow
	node_gone win10
	modprobe memflow
	within 60 node_there win10
	within 60 node_there other
	within 30 unit_is_done
	is "result of the unit" success "$(systemctl show -P Result $unit)"
	journalctl --sync
	journalctl -u $unit -o cat | grep -E '^attached win10: /dev/memflow-vms/win10 \(pid [0-9]+, group memflow, mode 0660\)'
	is "lines of the hook's" "$hooked" "$(journalctl -t memflow-hook -o cat | wc -l)"
	is group memflow "$(stat -c %G $nodes/win10)"
	is "its note" "$gid 0660" "$(note win10)"
	is name win10 "$(memflowctl read win10 0x200010 5 --raw)"
	nothing_to_do
}

unit_is_done() { [[ $(systemctl show -P ActiveState $unit) == inactive ]]; }

unit_again() {
	memflowctl detach other
	systemctl start $unit
	node_there other
}

unit_is_sound() {
	systemd-analyze --man=no verify $unit
	is enabled enabled "$(systemctl is-enabled $unit)"
	systemd-analyze --no-pager security $unit >"$work/security"
	tail -n 1 "$work/security"
	# What is allowed is what publishing takes.
	is capabilities "cap_dac_read_search cap_sys_admin cap_sys_ptrace" \
		"$(systemctl show -P CapabilityBoundingSet $unit | tr ' ' '\n' | sort | paste -sd' ')"
}

hook_missed() {
	mv -- $hook "$work/hook"
	virsh -q destroy other
	virsh -q start other
	node_gone other
	says '^attached other: '
	node_there other
	mv -- "$work/hook" $hook
	nothing_to_do
}

dry_run() {
	memflowctl detach other
	says '^would attach other: ' --dry-run
	node_gone other
	memflowctl sync --json --dry-run | jq -e '.dry_run and (.domains[] | select(.name == "other")) == {
		name: "other", uuid: .domains[0].uuid, pid: .domains[0].pid, action: "attach", done: false,
		reason: "it has no node", error: null}'
	says '^attached other: '
}

policy_changes() {
	policy '[domain:other]' 'readonly=yes'
	memflowctl policy show other | grep -E "^readonly +yes +$policy \[domain:other\]"
	says '^replaced other: .*read-only'
	is readonly 1 "$(cat "$(published other)/readonly")"
	policy '[domain:other]' 'attach=no'
	says "^detached other: attach=no in $policy \[domain:other\]"
	node_gone other
	policy '[domain:other]' 'atach=no'
	status_is 1 memflowctl sync
	status_is 1 memflowctl policy check 2>"$work/mistake"
	grep -E "$policy:[0-9]+: \[domain:other\] atach: no such key" "$work/mistake"
	policy
	memflowctl policy check | grep 'no mistakes'
	says '^attached other: '
}

by_hand() {
	memflowctl detach other
	memflowctl attach other --mode 0600
	identity other >"$work/before"
	nothing_to_do
	policy '[domain:other]' 'attach=no'
	says '^kept other: it was attached by hand'
	is "the node" "$(<"$work/before")" "$(identity other)"
	says '^detached other: ' --strict
	memflowctl attach other
	policy '[domain:other]' 'attach=never'
	says '^detached other: attach=never'
	policy
	says '^attached other: '
}

# Rights that are widened afterwards are no change of the policy.
widened() {
	chmod 0666 $nodes/other
	nothing_to_do --strict
	chmod 0660 $nodes/other
}

metadata() {
	virsh -q metadata other $ns --key memflow --set "<access attach='no'/>" --config --live
	virsh metadata other $ns | grep "attach=.no."
	says "^detached other: attach=no in the domain's metadata"
	memflowctl policy show other | grep -E "^result +is not attached .*the domain's metadata"
	virsh -q metadata other $ns --remove --config --live
	says '^attached other: '
	virsh -q metadata other $ns --key memflow --set "<access readonly='yes'/>" --config --live
	says '^replaced other: .*read-only'
	virsh -q metadata other $ns --remove --config --live
	says '^replaced other: '
	# As the XML tab of virt-manager has it.
	virsh dumpxml --inactive other >"$work/other.xml"
	# Where there were metadata before, libvirt leaves an empty element.
	sed -i -e '/<metadata\/>/d' \
		-e "s,</uuid>,&<metadata><memflow:access xmlns:memflow=\"$ns\" readonly=\"yes\"/></metadata>," \
		"$work/other.xml"
	virsh -q define --validate "$work/other.xml"
	virsh dumpxml --inactive other | grep 'memflow:access'
}

renamed() {
	virsh -q destroy other
	within 30 node_gone other
	virsh -q domrename other another
	mv -- $hook "$work/hook"
	virsh -q start another
	mv -- "$work/hook" $hook
	says '^attached another: '
	node_gone other
	is uuid "$(virsh -q domuuid another | head -n 1)" "$(cat "$(published another)/uuid")"
	# A domain that runs cannot be renamed, so a node cannot have a name that is no longer true.
	status_is 1 virsh -q domrename another other
	virsh -q destroy another
	virsh -q domrename another other
}

stale_node() {
	local keeper
	keeper=$("$here/ghost" ghost 0a0a0a0a-1111-2222-3333-444444444444)
	node_there ghost
	says '^would remove ghost: its process [0-9]+ is gone' -n
	node_there ghost
	says '^removed ghost: '
	node_gone ghost
	kill -KILL "$keeper"
	nothing_to_do
}

# What can be seen without libvirt is seen to, and the rest is left alone.
without_libvirt() {
	local keeper
	systemctl stop "${libvirt[@]}"
	keeper=$("$here/ghost" ghost 0a0a0a0a-1111-2222-3333-444444444444)
	node_there ghost
	status_is 13 memflowctl sync >"$work/said" 2>"$work/error"
	grep '^removed ghost: ' "$work/said"
	grep -E 'libvirt (is not running|says)' "$work/error"
	kill -KILL "$keeper"
	node_there win10
}

libvirt_is_back() {
	systemctl start "${libvirt[@]}"
	within 90 virsh -q domstate win10
	says '.'
	nothing_to_do
}

not_for_others() {
	status_is 5 setpriv --reuid 12345 --regid 12345 --clear-groups --inh-caps -all memflowctl sync -n
}

t "where all is well nothing is done" nothing_when_all_is_well
t "the module is loaded late: the unit attaches the domains that run" unit_attaches
t "the unit can be started again" unit_again
t "the unit is sound, and may do no more than it has to" unit_is_sound
t "a domain that was started without the hook is attached" hook_missed
t "a dry run says what would be done, and does nothing" dry_run
t "a changed policy holds" policy_changes
t "what was attached by hand is spared, but for what is forbidden" by_hand
t "rights that were widened stay" widened
t "a domain's metadata hold, as documented" metadata
t "a renamed domain has its node by its new name" renamed
t "the node of a process that is gone is removed" stale_node
t "without libvirt it says so, and leaves the domains alone" without_libvirt
t "it goes on when libvirt is back" libvirt_is_back
t "it is root's" not_for_others
cp -- "$work/policy" $policy
figure "exposure of $unit: $(tail -n 1 "$work/security")"
testguest stop other
