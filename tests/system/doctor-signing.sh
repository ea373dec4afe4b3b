# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# `memflowctl doctor` on a kernel that takes signed modules alone. There is no way back before the next
# boot, so this is the last suite, and leaves the module unloaded.

enforce=/sys/module/module/parameters/sig_enforce

# What mends it, a key that the firmware knows, is not to be had here.
unsigned() {
	[[ -w $enforce ]] || skip "this kernel cannot tell signed modules"
	modprobe memflow
	memflowctl doctor module.signature
	rmmod memflow
	echo Y >$enforce
	status_is 1 modprobe memflow
	status_is 14 memflowctl doctor --json module.signature >"$work/doctor"
	jq -e '.findings[0] | .result == "broken" and (.what | contains("sig_enforce")) and
		(.fix | contains("mokutil --import"))' "$work/doctor"
}

t "an unsigned module is told from one that is not loaded" unsigned
