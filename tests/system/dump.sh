# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# memflowctl dump: what is in the files, what is left when it does not come to its end, and that the
# domain is never left paused. Leaves no guest of its own.

# A small one of its own: what takes long here, goes by its size.
guest dumped
dumps=$(mktemp -d /var/tmp/dumps.XXXXXX)
trap 'clean_up; rm -rf -- "$dumps"' EXIT
cd -- "$dumps" || exit
mkfifo "$work/slow"

matches() { "$here/check-dump" --at-least $((60 << 20)) "$1"; }
no_files() { is "what is left" "" "$(ls -A "$dumps")"; }
state() { is "state of the domain" "$1" "$(virsh -q domstate dumped)"; }
runs() { [[ $(virsh -q domstate dumped) == running ]]; }
is_paused() { [[ $(virsh -q domstate dumped) == paused ]]; }

core_matches() {
	memflowctl dump --quiet "$@" dumped core
	is mode 600 "$(stat -c %a core)"
	matches core
	rm core
	no_files
}

# The node is the reference; the guest must not change meanwhile.
raw_is_the_node() {
	virsh -q suspend dumped
	memflowctl dump --format raw dumped memory
	is length "$(memflowctl info dumped --json | jq .memory.end)" "$(stat -c %s memory)"
	cmp -n $((64 << 20)) memory $nodes/dumped
	virsh -q resume dumped
	# Not the hole of 3 GiB below the ROM.
	(($(du -m memory | cut -f 1) < 100)) || fail "$(du -m memory)"
	matches memory
	rm memory
}

compressed() {
	memflowctl dump --quiet --compress zstd --checksum sha256 dumped core.zst
	sha256sum -c core.zst.sha256
	zstd -dc core.zst >core
	matches core
	rm core core.zst core.zst.sha256
	no_files
}

through_a_pipe() {
	memflowctl dump --quiet dumped - | cat >core
	matches core
	rm core
}

is_not_overwritten() {
	echo mine >core
	status_is 1 memflowctl dump dumped core 2>"$work/error"
	grep -F -- --force "$work/error"
	is contents mine "$(<core)"
	rm core
}

# A pipe that nobody reads holds it with most of the memory still to come.
start_slow() {
	exec {slow}<>"$work/slow"
	memflowctl dump --quiet --pause "$@" dumped "$work/slow" &
	dump=$!
	within 30 is_paused
}

# Without an end of the pipe for writing, its own would not come; without one for reading, SIGPIPE would.
drain() {
	local in
	exec {in}<"$work/slow"
	cat <&"$in" {slow}>&- &
	cat=$!
	exec {slow}>&- {in}<&-
}

pauses_and_resumes() {
	start_slow
	drain >core
	wait "$dump"
	wait "$cat"
	state running
	matches core
	grep -a -x -m 1 paused=yes core
	rm core
}

stays_paused() {
	virsh -q suspend dumped
	memflowctl dump --pause --format raw --range 0+64M dumped memory
	state paused
	virsh -q resume dumped
	rm memory
}

signalled() {
	start_slow
	kill "-$1" "$dump"
	status_is "$2" wait "$dump"
	exec {slow}>&-
	within 30 runs
}

# Slow enough by itself to be met at work.
start_long() {
	memflowctl dump --format raw --compress zstd:19 --range 0+64M "$@" dumped memory \
		2>"$work/error" &
	dump=$!
	within 30 compgen -G 'memory.*.partial'
}

interrupted_leaves_nothing() {
	start_long
	kill -TERM "$dump"
	status_is 143 wait "$dump"
	no_files
}

gone() {
	start_long
	virsh -q destroy dumped
	status_is 8 wait "$dump"
	cat "$work/error"
	no_files
	testguest restart dumped
	memflowctl wait --timeout 30 dumped
}

gone_while_paused() {
	start_slow
	virsh -q destroy dumped
	drain >/dev/null
	status_is 8 wait "$dump"
	wait "$cat"
	testguest restart dumped
	memflowctl wait --timeout 30 dumped
}

t "a core file has every byte of the guest" core_matches
t "and by the control device" core_matches --backend kmod
t "a raw dump is what the node holds, with holes" raw_is_the_node
t "compressed, with a checksum" compressed
t "through a pipe" through_a_pipe
t "a file that is there stays" is_not_overwritten
t "--pause pauses, and resumes" pauses_and_resumes
t "what was paused stays paused" stays_paused
t "SIGTERM: the domain runs on" signalled TERM 143
t "SIGKILL: the domain runs on" signalled KILL 137
t "an interrupted dump leaves nothing" interrupted_leaves_nothing
t "the domain stops: status 8, and nothing is left" gone
t "it stops while it is paused for the dump" gone_while_paused
testguest stop dumped
