# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Two domains at once: a name never leads to another's memory. Leaves win10 running, and "other"
# defined.

guest win10 --memory 256
guest other

own_memory() {
	ask_ok "$1" open "$1"
	ask_ok "$1" name
	is "the name in the guest" "$1" "$answer"
	"$here/check-pattern" "$1"
}

other_by_uuid() {
	is "name by uuid" other "$(memflowctl read "$(virsh -q domuuid other)" 0x200010 5 --raw)"
	is "name by id" other "$(memflowctl read "$(virsh -q domid other)" 0x200010 5 --raw)"
}

one_stops() {
	virsh -q destroy other
	within 2 node_gone other
	ask other word $info
	[[ $answer == "error 10 "* ]] || fail "the stopped one's reader: $answer"
	ask_ok win10 name
	is "the name in the one that runs" win10 "$answer"
	"$here/check-pattern" win10
}

reader win10
reader other
t "win10 is win10's memory" own_memory win10
t "other is other's memory" own_memory other
t "a domain is found by uuid and by id, too" other_by_uuid
t "when one stops, only its reader notices" one_stops
