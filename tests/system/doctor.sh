# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# `memflowctl doctor` on a real host: each thing is broken, found, mended by the very command that
# the finding names, and found well. Leaves win10 running and attached as the policy says.

guest win10 --memory 256
useradd --create-home --shell /bin/sh patient
chmod 711 "$work"
export MEMFLOW_PLUGIN_PATH=/usr/lib/memflow
plugin=/usr/lib/memflow/libmemflow_libvirt
hook=/etc/libvirt/hooks/qemu.d/memflow
policy=/etc/memflow-libvirt/policy.conf
node=$nodes/win10

# A session of hers; words before -- are setpriv's.
as_patient() {
	setpriv --reuid patient --regid patient "${groups:---init-groups}" --inh-caps -all \
		env -i PATH="$PATH" LC_ALL="$LC_ALL" HOME=/home/patient USER=patient LOGNAME=patient \
		MEMFLOW_PLUGIN_PATH=$MEMFLOW_PLUGIN_PATH "$@"
}

# examined STATUS [WRAPPER…] CHECK: the findings are in $work/doctor
examined() {
	local expected=$1 status=0
	shift
	"${@:1:$#-1}" memflowctl doctor --json "${@: -1}" >"$work/doctor" || status=$?
	jq -r '.findings[] | "\(.check) \(.result): \(.what)"' "$work/doctor"
	is "exit status of the examination" "$expected" "$status"
}

well() { examined 0 "$@"; }

# found RESULT TEXT [WRAPPER…] CHECK: one finding says TEXT, and its command goes to $fix
found() {
	local result=$1 text=$2 status=15
	shift 2
	[[ $result != broken ]] || status=14
	examined $status "$@"
	jq -e --arg check "${@: -1}" --arg result "$result" --arg text "$text" \
		'first(.findings[] | select(.check == $check and .result == $result and
			(.what | contains($text)) and .why != null and .fix != null))' \
		"$work/doctor" >"$work/finding"
	fix=$(jq -r .fix "$work/finding")
}

mend() { bash -c "$fix"; }

# cured RESULT TEXT CHECK: all of it, for what root mends
cured() {
	found "$@"
	mend
	well "${@: -1}"
}

all_well() {
	state() { find /etc /dev /usr/lib/memflow -xdev -printf '%p %i %m %u %g %C@\n' | sort; }
	memflowctl doctor | tee "$work/text"
	state >"$work/before"
	memflowctl doctor >"$work/again"
	state >"$work/after"
	cmp "$work/before" "$work/after"
	grep -E '^[0-9]+ ok, 0 broken, 0 with a warning, 0 could not be checked$' "$work/text"
}

ordinary_user() {
	usermod -aG memflow patient
	well as_patient ''
	chmod 600 "$policy"
	well as_patient ''
	chmod 644 "$policy"
	jq -e '.broken == 0 and .warning == 0 and .unknown >= 3' "$work/doctor"
	jq -r '.findings[] | select(.result == "unknown") | .what' "$work/doctor" | tee "$work/why"
	if grep -v 'root' "$work/why"; then
		fail "it does not say who can check that"
	fi
	gpasswd --delete patient memflow
}

wrong_usage() {
	status_is 2 memflowctl doctor nosuch
	memflowctl doctor --quiet module >"$work/quiet"
	[[ ! -s $work/quiet ]]
}

# -- module ----------------------------------------------------------------------------------------

unloaded() {
	# It would attach the domain before doctor is asked.
	systemctl -q mask --runtime --now memflow-libvirt-sync.service
	rmmod memflow
	cured broken 'not loaded' module.loaded
	cured broken '"win10"' domains.attached
	node_there win10
	systemctl -q unmask --runtime memflow-libvirt-sync.service
}

unindexed() {
	rm "/lib/modules/$(uname -r)/modules.dep"
	cured broken 'index' module.built
	[[ $(modinfo -F filename memflow) == */memflow.ko ]]
}

# What builds it is not in this host.
not_built() {
	local file
	file=$(modinfo -F filename memflow)
	mv "$file" "$work/memflow.ko"
	found warning 'not installed for kernel' module.built
	[[ $fix == *"dkms install memflow-libvirt/"* ]]
	rmmod memflow
	found broken 'not built for kernel' module.built
	mv "$work/memflow.ko" "$file"
	well module.built
	modprobe memflow
	memflowctl attach win10
}

not_at_boot() {
	mv /usr/lib/modules-load.d/memflow-libvirt.conf "$work"
	cured warning 'modules-load.d' module.boot
	mv "$work/memflow-libvirt.conf" /usr/lib/modules-load.d
	rm /etc/modules-load.d/memflow-libvirt.conf
	well module.boot
}

# -- devices ---------------------------------------------------------------------------------------

control_open() {
	chmod 666 /dev/memflow
	cured broken 'mode 0666' device.control
	is mode 600 "$(stat -c %a /dev/memflow)"
}

control_removed() {
	rm /dev/memflow
	cured broken 'there is no device' device.control
	is name win10 "$(memflowctl read win10 0x200010 5 --raw --backend kmod)"
}

directory_closed() {
	chmod 700 $nodes
	cured broken 'mode 0700' device.directory
}

link_missing() {
	rm -r $nodes/by-uuid
	cured warning 'there is no link' device.udev
	is "the link leads to" "$node" "$(realpath "$nodes/by-uuid/$(virsh -q domuuid win10)")"
}

rules_masked() {
	ln -s /dev/null /etc/udev/rules.d/70-memflow.rules
	cured warning 'hides' device.udev
}

node_removed() {
	rm "$node"
	cured broken 'is gone' domains.nodes
	is name win10 "$(memflowctl read win10 0x200010 5 --raw --backend node)"
}

node_closed() {
	chmod 600 "$node"
	chgrp 0 "$node"
	cured broken 'has mode 0600 and group 0' domains.nodes
	is "group and mode" "memflow 660" "$(stat -c '%G %a' "$node")"
}

# -- policy, groups --------------------------------------------------------------------------------

policy_mistake() {
	# shellcheck disable=SC2016 # it is the editor that expands them
	printf '#!/bin/sh\nexec sed -i "${1#+}d" "$2"\n' >"$work/editor"
	chmod 755 "$work/editor"
	cp -p "$policy" "$work/policy"
	printf '[domain:lab-*]\natach=no\n' >>"$policy"
	EDITOR=$work/editor cured broken "$policy:$(wc -l <"$policy"): " policy.file
	cat "$work/policy" >"$policy"
	chmod 666 "$policy"
	cured broken 'by others' policy.file
	cmp "$work/policy" "$policy"
}

group_missing() {
	groupdel memflow
	cured broken 'no group "memflow"' group.exists
	# The group has another number now.
	memflowctl detach win10
	memflowctl attach win10
}

not_a_member() {
	found broken 'patient is not in group' as_patient group.member
	mend
	well as_patient group.member
}

old_session() {
	groups=--clear-groups
	found broken 'this session is not' as_patient group.member
	is command "newgrp memflow" "$fix"
	echo 'exec memflowctl doctor group.member' | as_patient sh -c "$fix"
}

# -- hook ------------------------------------------------------------------------------------------

# A file that changes its mode is a new one to libvirtd, which has to be told.
hook_not_executable() {
	chmod 644 $hook
	cured broken 'not executable' hook.file
	cured warning 'changed after libvirtd' hook.seen
}

hook_not_seen() {
	cp $hook "$work/hook"
	rm $hook
	systemctl restart libvirtd
	within 90 virsh -q domstate win10
	found broken 'there is no hook' hook.file
	install -m 755 "$work/hook" $hook
	well hook.file
	# libvirtd's start is known in whole seconds.
	pause 2
	touch $hook
	cured warning 'changed after libvirtd' hook.seen
	testguest start late
	memflowctl wait --timeout "$((30 * patience))" late
	testguest stop late
}

hook_link() {
	mv $hook /usr/local/memflow-hook
	ln -s /usr/local/memflow-hook $hook
	cured warning 'is a link' hook.file
	[[ -f $hook && ! -L $hook ]]
	rm /usr/local/memflow-hook
	systemctl reload libvirtd
	well hook
}

hook_writable() {
	chmod 777 $hook
	cured broken 'by others' hook.file
	systemctl reload libvirtd
}

# As the kernel writes it; the denial itself takes a profile that enforces.
refused() {
	[[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]] ||
		skip "this kernel runs without AppArmor"
	mkdir -p /etc/apparmor.d/local "$work/bin"
	type apparmor_parser || ln -s /bin/true "$work/bin/apparmor_parser"
	printf '<5>audit: type=1400 audit(%s.1:7): apparmor="DENIED" operation="exec" %s %s\n' \
		"$(date +%s)" 'profile="libvirtd" name="/usr/libexec/memflow" pid=1 comm="rpc"' \
		'requested_mask="x" denied_mask="x" fsuid=0 ouid=0' >/dev/kmsg
	PATH=$PATH:$work/bin cured broken 'profile libvirtd refuses' confinement.denials
	sed -i '\|"/usr/libexec/memflow" rmix,|d' /etc/apparmor.d/local/usr.sbin.libvirtd
}

# -- libvirt ---------------------------------------------------------------------------------------

libvirtd_stopped() {
	systemctl stop libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket libvirtd
	found broken connect libvirt.connection
	mend
	within 90 virsh -q domstate win10
	well libvirt.connection
}

# Stopped in the other sense: it takes connections, and says nothing.
libvirtd_hangs() {
	kill -STOP "$(</run/libvirtd.pid)"
	found broken 'does not answer' timeout $((150 * patience)) libvirt.connection
	mend
	within 90 virsh -q domstate win10
	well libvirt.connection
}

pid_file_missing() {
	local pid
	pid=$(</run/libvirt/qemu/win10.pid)
	rm /run/libvirt/qemu/win10.pid
	cured broken '"win10"' libvirt.pids
	is pid "$pid" "$(</run/libvirt/qemu/win10.pid)"
}

# -- connector -------------------------------------------------------------------------------------

plugin_missing() {
	mv $plugin.so "$work"
	found warning 'there is no' connector.file
	install -m 600 "$work/libmemflow_libvirt.so" $plugin.so
	cured warning 'mode 0600' connector.file
}

meta_missing() {
	rm $plugin.meta
	cured warning 'there is no' connector.meta
	sed -i 's/"digest": ".*"/"digest": "0000"/' $plugin.meta
	cured warning 'another build' connector.meta
}

not_in_path() {
	unset MEMFLOW_PLUGIN_PATH
	found warning 'not set in this session' connector.path
	eval "$fix"
	well connector.path
	export MEMFLOW_PLUGIN_PATH=/usr/lib
	found warning 'the connector is not there' connector.path
	eval "$fix"
	well connector.path
}

dropped_by_sudo() {
	echo 'patient ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/patient
	found warning 'sudo has dropped' as_patient sudo connector.path
	[[ $fix == sudo\ *\ PROGRAM ]]
	as_patient sh -c "${fix/PROGRAM/memflowctl doctor connector.path}"
}

secure_path() {
	echo 'Defaults:patient secure_path="/usr/sbin"' >>/etc/sudoers.d/patient
	by_path() { as_patient sudo "/usr/bin/$1" "${@:2}"; }
	found warning 'secure_path' by_path connector.sudo
	# It runs, whatever it finds.
	as_patient sh -c "$fix" >"$work/text" || true
	grep -E '^WARNING +connector.sudo ' "$work/text"
	rm /etc/sudoers.d/patient
	echo 'patient ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/patient
	well as_patient sudo connector.sudo
	rm /etc/sudoers.d/patient
}

t "all is well, and it changes nothing" all_well
t "an ordinary user is told what could not be checked, and why" ordinary_user
t "wrong usage; --quiet has nothing to say" wrong_usage
t "the module is not loaded, and the domain not attached" unloaded
t "the module is not in the index" unindexed
t "the module is not built" not_built
t "the module is not loaded at boot" not_at_boot
t "the control device is open to all" control_open
t "the control device is removed" control_removed
t "the nodes' directory is closed" directory_closed
t "udev's link is missing" link_missing
t "udev's rules are masked" rules_masked
t "a node is removed" node_removed
t "a node lost its rights" node_closed
t "the policy has a mistake, or is open to all" policy_mistake
t "the group does not exist" group_missing
t "the user is not in the group" not_a_member
t "the user's session is older than the membership" old_session
t "the hook is not executable" hook_not_executable
t "the hook is newer than libvirtd" hook_not_seen
t "the hook is a link" hook_link
t "the hook can be changed by all" hook_writable
t "AppArmor refuses" refused
t "a pid file is missing" pid_file_missing
t "libvirtd is stopped" libvirtd_stopped
t "libvirtd hangs" libvirtd_hangs
t "the connector is missing, or closed" plugin_missing
t "the connector's .meta is missing, or another's" meta_missing
t "memflow does not look where the connector is" not_in_path
t "sudo drops the variable" dropped_by_sudo
t "sudo's path has no memflowctl" secure_path
t "all is well in the end" all_well
