# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A domain of a user's own daemon (qemu:///session). The user finds it by name and reads it as its
# process's owner; to publish it is not for the user, nor is the control device, and the errors say so.

useradd --create-home --groups kvm,memflow alice
mkdir -p /run/user
install -d -m 700 -o alice -g alice "$work/runtime"
chmod 711 "$work"

as_alice() {
	(
		cd /home/alice || exit 1
		exec setpriv --reuid alice --regid alice --init-groups --inh-caps -all \
			env -i PATH="$PATH" LC_ALL="$LC_ALL" HOME=/home/alice USER=alice \
			LOGNAME=alice XDG_RUNTIME_DIR="$work/runtime" "$@"
	)
}

starts() {
	as_alice testguest start mine --timeout "$((250 * patience))"
	node_gone mine
}

hook_says_why() {
	journalctl --sync
	journalctl -t memflow-hook -o cat -n 5 | tee "$work/journal"
	grep -E 'mine.*not attached.*session' "$work/journal"
}

found() {
	as_alice memflowctl info mine | tee "$work/info"
	grep -E '^Connection +qemu:///session' "$work/info"
	grep -E '^Node +none' "$work/info"
	as_alice memflowctl list | grep -E '^mine '
}

not_for_the_user() {
	status_is 5 as_alice memflowctl attach mine
	status_is 5 as_alice memflowctl read --backend kmod mine $info 8
	as_alice memflowctl read --backend kmod mine $info 8 2>"$work/error" || true
	grep -E 'permission|root' "$work/error"
}

read_as_its_own() {
	as_alice memflowctl info mine | grep -E '^Backend +procmem'
	is name mine "$(as_alice memflowctl read mine 0x200010 4 --raw)"
}

# The same pid, the same rights over /dev/memflow, and no right to trace it.
not_for_others() {
	useradd --create-home bob
	status_is 3 setpriv --reuid bob --regid bob --init-groups --inh-caps -all \
		env -i PATH="$PATH" HOME=/home/bob memflowctl read mine $info 8
}

not_found_by_root() {
	status_is 3 memflowctl info mine
}

t "a user's domain starts and is not attached" starts
t "the hook's journal line says why" hook_says_why
t "its user finds it by name" found
t "its user may not attach it, nor use the control device, and is told so" not_for_the_user
t "its user reads it without either" read_as_its_own
t "another user does not" not_for_others
t "it is nobody else's" not_found_by_root
as_alice testguest stop mine
