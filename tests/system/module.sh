# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# The module comes and goes under running domains. Leaves win10 running and attached.

guest win10 --memory 256
reader user

refused_in_use() {
	ask_ok user open win10
	ask_ok user touch
	status_is 1 rmmod memflow
	ask_ok user name
	is name win10 "$answer"
}

unloads() {
	ask_ok user close
	rmmod memflow
	[[ ! -e /dev/memflow && ! -e $nodes/win10 && ! -e /sys/class/memflow ]]
	is state running "$(virsh -q domstate win10)"
}

says_it_is_missing() {
	status_is 6 memflowctl read --backend kmod win10 $info 8 2>"$work/missing"
	grep modprobe "$work/missing"
}

loaded_late() {
	modprobe memflow
	[[ -c /dev/memflow ]]
	is name win10 "$(memflowctl read win10 0x200010 5 --raw --backend kmod)"
	# By the unit; see sync.sh.
	within 60 node_there win10
	ask_ok user open win10
	ask_ok user name
	is name win10 "$answer"
}

t "the module stays while somebody has a node open" refused_in_use
t "it can be unloaded under a running domain" unloads
t "without it the error says so" says_it_is_missing
t "loaded late, it serves domains that run" loaded_late
