# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# libvirtd is restarted while domains run. Leaves win10 running and "other" stopped.

guest win10 --memory 256
guest other
reader held

identity() { stat -c '%i %t:%T %Z' "$nodes/win10"; }

restart_libvirtd() {
	ask_ok held open win10
	identity >"$work/before"
	memflowctl detach other
	node_gone other
	systemctl restart libvirtd
	within 90 virsh -q domstate win10
}

still_attached() {
	is "the node" "$(<"$work/before")" "$(identity)"
	ask_ok held name
	is name win10 "$answer"
	is state running "$(virsh -q domstate win10)"
}

attached_anew() {
	memflowctl wait --timeout "$((30 * patience))" other
	is name other "$(memflowctl read other 0x200010 5 --raw)"
}

t "libvirtd is restarted" restart_libvirtd
t "an attached domain keeps its node and its reader" still_attached
t "a domain that was not attached is attached" attached_anew
virsh -q destroy other
