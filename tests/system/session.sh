# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A domain of root's session daemon: found, attached by nobody, and told so. (An ordinary user's may
# not be attached at all: publishing needs CAP_SYS_ADMIN.)

export XDG_RUNTIME_DIR=$work/runtime
mkdir -m 700 "$XDG_RUNTIME_DIR"

starts() {
	testguest start mine --uri qemu:///session --timeout 200
	# The hook has no business with it.
	node_gone mine
}

found() {
	memflowctl info mine --uri qemu:///session | tee "$work/info"
	grep -E '^Connection +qemu:///session' "$work/info"
	grep -E '^Node +none' "$work/info"
}

read_by_root() {
	is name mine "$(memflowctl read mine 0x200010 4 --raw --uri qemu:///session)"
	is name mine "$(memflowctl read mine 0x200010 4 --raw)"
}

attached_by_root() {
	memflowctl attach mine
	node_there mine
	"$here/check-pattern" mine
}

t "a session domain starts and is not attached" starts
t "memflowctl finds it" found
t "root reads it through the control device" read_by_root
t "root can attach it" attached_by_root
testguest stop mine --uri qemu:///session
t "its node goes with it" within 2 node_gone mine
