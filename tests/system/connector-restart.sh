# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Clones of one connector read in threads while their domain is destroyed and started: errors while
# it is off, right bytes again once it runs, never wrong ones. Leaves win10 running.
#
#	MEMFLOW_RESTARTS=50 MEMFLOW_THREADS=8 run-all connector-restart

hosts=${MEMFLOW_HOSTS:-/host}
if [[ ! -x $hosts/bin/memflow-host-0.2.4 ]]; then
	echo "1..0 # SKIP there are no memflow hosts in $hosts; tests/hosts/build makes them"
	exit
fi
restarts=${MEMFLOW_RESTARTS:-5}
threads=${MEMFLOW_THREADS:-8}
cp -- "$hosts/bin/memflow-host-0.2.4" "$work/memflow-host"
# Without firmware that takes interrupts in real mode: where the host is emulated, about one guest in
# 40 leaves SeaBIOS by a wrong stack frame when the host is as busy as here (seen in its registers,
# with no page of the guest's ever unmapped), and never gets ready.
stop_guests
guest win10 --memory 256 --firmware qboot

# Led like a reader: by its stdin, whose end is the host's.
mkfifo "$work/in" "$work/out"
(cd -- "$work" && MEMFLOW_PLUGIN_PATH=/usr/lib/memflow exec ./memflow-host -v \
	-c libvirt:win10 threads "$threads" <in >out 2>errors) &
host=$!
exec {host_in}>"$work/in" {host_out}<"$work/out"

told() {
	local line=
	if ! IFS= read -r -t 60 -u "$host_out" line; then
		virsh list --all
		memflowctl list
		journalctl -t memflow-hook -o cat -n 3
		uniq -c "$work/errors" | tail -n 5
		fail "the host does not say \"$1\""
	fi
	is "the host says" "$1" "$line"
}

round() {
	virsh -q destroy win10
	told "lost $1"
	virsh -q start win10
	testguest wait win10
	told "recovered $1"
}

ends() {
	local totals
	IFS= read -r -t 60 -u "$host_out" totals || fail "no totals"
	figure "$totals" >>"$work/figures"
	[[ $totals == *" lost=$((threads * restarts)) recovered=$((threads * restarts)) "* ]] ||
		fail "$totals"
}

# No thread saw a wrong byte, or an error while the domain ran: else its status is not 0.
ended() {
	sed '/^\[/d' "$work/errors" | tail -n 20
	is "its exit status" 0 "$host_status"
}

t "$threads clones read in threads" told reading
for ((i = 1; i <= restarts && failures == 0; i++)); do
	t "restart $i of $restarts: errors, then right bytes" round "$i"
done
exec {host_in}>&-
t "each thread lost and found the domain $restarts times" ends
host_status=0
wait "$host" || host_status=$?
t "no wrong byte, no other error" ended
[[ ! -e $work/figures ]] || cat "$work/figures"
