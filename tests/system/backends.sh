# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# The same questions to every backend, of one domain whose RAM is shared, so that all of them can
# open it: $BACKENDS, by default all four. Where there is neither module nor KVM, tests/quick runs it
# for the other two, with guests of $GUEST_TYPE qemu. Leaves no domain behind.

read -r -a backends <<<"${BACKENDS:-node kmod memfd procmem}"
type=${GUEST_TYPE:-kvm}
hangs=${PATIENCE-1}
module=0
[[ " ${backends[*]} " != *" node "* ]] || module=1

pid_file() {
	local file
	for file in "/run/libvirt/qemu/$1.pid" "${XDG_RUNTIME_DIR-/nowhere}/libvirt/qemu/run/$1.pid"; do
		[[ ! -r $file ]] || echo "$file"
	done
}

qemu_pid() { cat -- "$(pid_file "$1")"; }

is_published() { ((!module)) || memflowctl wait --timeout 30 "$1"; }

starts() {
	testguest start shared --type "$type" --memory 64 --backing memfd --timeout 300
	testguest start private --type "$type" --memory 64 --timeout 300
	is_published shared
	is_published private
}

# -- each backend ----------------------------------------------------------------------------------

opens() {
	ask_ok "$1" by "$1"
	ask_ok "$1" open shared
	[[ $answer == "$1 rw "* ]] || fail "opened as $answer"
	figure "open by $1: ${answer##* } us" >>"$work/figures"
	ask_ok "$1" name
	is "the name in the guest" shared "$answer"
	memflowctl info --backend "$1" shared | grep -E "^Backend +$1\$"
}

matches() {
	"$here/check-pattern" --backend "$1" --at-least $((60 << 20)) --copy shared
	[[ $1 == procmem ]] || "$here/check-pattern" --backend "$1" --at-least $((60 << 20)) shared
}

has_holes() {
	status_is 7 memflowctl read --backend "$1" shared 0x10000000 8
	status_is 7 memflowctl write --backend "$1" shared 0x10000000 --hex 00
	memflowctl read --backend "$1" --holes zero --raw shared 0x3fff000 8K | tail -c 4096 |
		cmp - <(head -c 4096 /dev/zero)
	# ROM: the firmware's reset vector, a far jump
	memflowctl read --backend "$1" shared 0xfffffff0 1 | grep ' ea'
	status_is 10 memflowctl write --backend "$1" shared 0xfffffff0 --hex 00
}

is_written() {
	local n
	# The guest answers what is not what it was; a new one has been asked for 0.
	ask_ok "$1" word $info_request
	n=$((answer + 1))
	ask_ok "$1" set $info_request $n
	printf -v n '0x%x' $((n * 3 + 1))
	answered() {
		ask "$1" word $info_response
		[[ $answer == "ok $n" ]]
	}
	within 60 answered "$1"
}

reads_only() {
	ask_ok "$1" open-ro shared
	[[ $answer == "$1 ro "* ]] || fail "opened as $answer"
	ask "$1" set $info_request 1
	[[ $answer == "error 12 "* ]] || fail "a read-only memory was written: $answer"
	ask_ok "$1" name
	ask_ok "$1" open shared
}

serves_threads() { ask_ok "$1" threads 4; }

# -- all of them at once ---------------------------------------------------------------------------

same_bytes() {
	local backend sum first=
	virsh -q suspend shared
	for backend in "${backends[@]}"; do
		sum=$({
			memflowctl read --backend "$backend" --raw --holes zero shared 0 65M
			memflowctl read --backend "$backend" --raw shared 0xfffc0000 256K
		} | sha256sum)
		is "the bytes by $backend, and by ${backends[0]}" "${first:=$sum}" "$sum"
	done
	virsh -q resume shared
}

chooses() {
	local reasons
	memflowctl info private | tee "$work/info"
	if ((module)); then
		grep -E '^Backend +node$' "$work/info"
		status_is 1 grep -E '^Not used' "$work/info"
		return
	fi
	grep -E '^Backend +procmem$' "$work/info"
	reasons=$(sed -n '/^Not used/,/^RAM/p' "$work/info")
	[[ $reasons == *"node: "*"kmod: "*"memfd: "*"<access mode='shared'/>"* ]] ||
		fail "reasons: $reasons"
	memflowctl info --json private | jq -e '.memory.not_used.kmod'
	memflowctl info shared | grep -E '^Backend +memfd$'
	status_is 11 memflowctl read --backend memfd private 0 8
}

tainted_once_asked() {
	virsh dominfo shared | grep -F 'tainted: custom monitor'
}

# -- in the midst of something ---------------------------------------------------------------------

declare -A command_pid=() command_fd=()

# begin NAME COMMAND…: what it writes goes into a FIFO that nobody empties, so that it has begun and does
# not end. For the rest of this test.
begin() {
	local name=$1 fd
	shift
	rm -f -- "$work/$name" # a failed test's
	mkfifo "$work/$name"
	exec {fd}<>"$work/$name"
	(
		for other in "$fd" "${command_fd[@]}"; do exec {other}>&-; done
		exec "$@"
	) >"$work/$name" 2>"$work/$name.error" &
	command_pid[$name]=$! command_fd[$name]=$fd
	timeout $((60 * patience)) head -c 1 <&"$fd" >"$work/$name.out" || fail "$*: it does not begin"
}

# ends NAME STATUS: once it may write; what it wrote is in $work/NAME.out
ends() {
	local name=$1 fd=${command_fd[$1]} in cat
	# Opened before the other is closed: without a reader the command would get SIGPIPE.
	exec {in}<"$work/$name"
	cat <&"$in" {fd}>&- >>"$work/$name.out" &
	cat=$!
	exec {fd}>&- {in}<&-
	ends_itself "$name" "$2"
	wait "$cat"
	unset "command_fd[$name]"
	rm -- "${work:?}/$name"
}

# ask_libvirt NAME COMMAND…: one that has to wait for libvirtd or for QEMU
ask_libvirt() {
	local name=$1
	shift
	"$@" >"$work/$name.out" 2>"$work/$name.error" &
	command_pid[$name]=$!
}

# Until each has opened what such a link names, and then for a moment, in which nobody answers.
all_wait() {
	local name link=$1
	has_opened() { [[ $(find "/proc/${command_pid[$name]}/fd" -lname "*$link*") ]]; }
	for name in "${!command_pid[@]}"; do
		within 60 has_opened
	done
	pause 1
	for name in "${!command_pid[@]}"; do
		kill -0 "${command_pid[$name]}" || fail "$name did not wait: $(<"$work/$name.error")"
	done
}

# One that hangs would wait for longer.
ends_itself() {
	local status=0 name=$1 i
	for ((i = 0; i < 80 * patience; i++)); do
		kill -0 "${command_pid[$name]}" 2>/dev/null || break
		pause 0.1
	done
	! kill -0 "${command_pid[$name]}" 2>/dev/null || fail "$name does not come to its end"
	wait "${command_pid[$name]}" || status=$?
	cat "$work/$name.error"
	is "status of $name" "$2" "$status"
	unset "command_pid[$name]"
}

says() { grep -E -e "$2" "$work/$1.error" "$work/$1.out"; }

begin_all() {
	local backend
	for backend in "${backends[@]}"; do
		begin "read-$backend" memflowctl read --backend "$backend" --raw shared 1M 48M
		begin "dump-$backend" memflowctl dump --backend "$backend" --quiet "$@" shared -
	done
}

# -- ends ------------------------------------------------------------------------------------------

looping() {
	local backend
	for backend in "${backends[@]}"; do
		ask_ok $backend word $info_boot_id
		echo "$answer" >"$work/boot_id"
		ask_ok $backend loop
	done
}

killed() {
	local backend
	begin_all
	kill -KILL "$(qemu_pid shared)"
	for backend in "${backends[@]}"; do
		hear $backend
		[[ $answer == "error 10 "* ]] || fail "the loop by $backend ended with: $answer"
		ask_ok $backend alive
		is "alive by $backend" no "$answer"
		ends "read-$backend" 8
		says "read-$backend" 'domain "shared" has stopped'
		ends "dump-$backend" 8
		says "dump-$backend" 'domain "shared" has stopped'
	done
}

starts_again() {
	local backend
	off() { [[ $(virsh -q domstate shared) == 'shut off' ]]; }
	within 60 off
	testguest restart shared --timeout 300
	is_published shared
	for backend in "${backends[@]}"; do
		ask $backend word $info_boot_id
		[[ $answer == "error 10 "* ]] || fail "$backend went on by itself: $answer"
		ask_ok $backend reattach
		ask_ok $backend word $info_boot_id
		[[ $answer != "$(<"$work/boot_id")" ]] || fail "$backend reads what is gone"
		"$here/check-pattern" --backend "$backend" --copy shared
	done
}

# hang PID…: at the latest until the test ends, however it does
hang() {
	# shellcheck disable=SC2064 # these ones
	trap "kill -CONT $* 2>/dev/null || true" EXIT
	kill -STOP "$@"
}

# QEMU is stopped, so that its monitor is waited for, and then it is killed.
killed_while_asked() {
	local name pid=()
	pid=("$(qemu_pid private)" "$(qemu_pid shared)")
	hang "${pid[@]}"
	ask_libvirt read-procmem memflowctl read --backend procmem private $info 8
	ask_libvirt dump-memfd memflowctl dump --backend memfd shared -
	# QEMU is waited for for 10 s, and that is the time there is for all of them to begin.
	if ((patience == 1)); then
		ask_libvirt read-memfd memflowctl read --backend memfd shared $info 8
		ask_libvirt dump-procmem memflowctl dump --backend procmem private -
		ask_libvirt info memflowctl info --backend procmem private
	fi
	# Who has QEMU's has found the domain running, and is asking for more.
	all_wait pidfd
	((patience > 1)) || memflowctl list | grep -E '^private '
	kill -KILL "${pid[@]}"
	for name in "${!command_pid[@]}"; do
		ends_itself $name 8
		says $name 'the domain (has )?stopped'
	done
}

# -- libvirtd --------------------------------------------------------------------------------------

daemon_pid() {
	if [[ -n ${PRIVATE_LIBVIRTD-} ]]; then
		cat "$XDG_RUNTIME_DIR/libvirt/libvirtd.pid"
	else
		systemctl show --property MainPID --value libvirtd.service
	fi
}

daemon_down() {
	if [[ -n ${PRIVATE_LIBVIRTD-} ]]; then
		touch "$PRIVATE_LIBVIRTD/hold"
		kill -KILL "$(daemon_pid)"
	else
		systemctl stop libvirtd.service libvirtd.socket libvirtd-ro.socket \
			libvirtd-admin.socket
	fi
}

daemon_up() {
	if [[ -n ${PRIVATE_LIBVIRTD-} ]]; then
		rm -f "$PRIVATE_LIBVIRTD/hold"
	else
		systemctl start libvirtd.service
	fi
	within 120 virsh -q domstate shared
}

without_libvirtd() {
	local backend
	begin_all
	daemon_down
	for backend in "${backends[@]}"; do
		ask_ok $backend name
		ask_ok $backend threads 2
		ends "read-$backend" 0
		is "bytes read by $backend" $((48 << 20)) "$(stat -c %s "$work/read-$backend.out")"
		ends "dump-$backend" 0
		"$here/check-dump" --at-least $((60 << 20)) "$work/dump-$backend.out"
		rm "$work/dump-$backend.out"
	done
	memflowctl read --backend procmem shared $info 8 2>"$work/error" && fail "it was opened"
	cat "$work/error"
	grep -F libvirt "$work/error"
	daemon_up
	for backend in "${backends[@]}"; do
		ask_ok $backend name
		is_written $backend
	done
	"$here/check-pattern" --backend procmem --copy shared
}

state() { is "state of the domain" "$1" "$(virsh -q domstate shared)"; }
runs() { [[ $(virsh -q domstate shared) == running ]]; }

# The dump is whole; that the domain is still paused is another matter, which ends with libvirtd's return.
paused_without_libvirtd() {
	begin paused memflowctl dump --backend procmem --quiet --pause shared -
	state paused
	daemon_down
	ends paused 13
	says paused 'the domain is still paused; a process in the background tries'
	says paused 'try "virsh resume'
	"$here/check-dump" --at-least $((60 << 20)) "$work/paused.out"
	rm "$work/paused.out"
	daemon_up
	within 30 runs
}

# By a process that was forked beside the thread that watches QEMU.
dump_is_killed() {
	begin paused memflowctl dump --backend "$1" --quiet --pause shared -
	state paused
	kill -KILL "${command_pid[paused]}"
	within 30 runs
	ends paused 137
}

# As above, with libvirtd. Where its socket is systemd's, the next libvirtd answers.
libvirtd_killed_while_asked() {
	local name pid
	pid=$(daemon_pid)
	hang "$pid"
	ask_libvirt read-procmem memflowctl read --backend procmem shared $info 8
	ask_libvirt read-memfd memflowctl read --backend memfd shared $info 8
	ask_libvirt dump-procmem memflowctl dump --backend procmem --quiet shared -
	if ((!module)); then
		ask_libvirt list memflowctl list
		ask_libvirt info memflowctl info shared
	fi
	all_wait socket:
	kill -KILL "$pid"
	# What libvirtd has left in its runtime files is told without it, with a word of why.
	if ((!module)); then
		ends_itself list 0
		ends_itself info 0
		says list '^shared '
		says info '^State +running'
	fi
	for name in "${!command_pid[@]}"; do
		if [[ -z ${PRIVATE_LIBVIRTD-} ]]; then
			wait "${command_pid[$name]}" && continue
		fi
		ends_itself "$name" 13
		says "$name" 'libvirt says: .'
	done
	daemon_up
}

# -- memory devices --------------------------------------------------------------------------------

plug_range=0000000100000000-0000000107ffffff

plugged() {
	local backend
	testguest start plug --type "$type" --memory 64 --backing memfd --dimms --timeout 300
	is_published plug
	for backend in "${backends[@]}"; do
		ask_ok $backend open plug
		ask $backend word 0x100000000
		[[ $answer == "error 11 "* ]] || fail "memory by $backend before it was plugged: $answer"
	done
	cat >"$work/dimm.xml" <<-XML
		<memory model='dimm'>
			<target><size unit='MiB'>128</size><node>0</node></target>
		</memory>
	XML
	chmod 644 "$work/dimm.xml"
	virsh attach-device plug "$work/dimm.xml" --live
	for backend in "${backends[@]}"; do
		filled() {
			ask $backend dimm 0
			[[ $answer == ok\ * ]]
		}
		within 60 filled
		is "bytes of the device by $backend" "ok $((128 << 20))" "$answer"
		memflowctl info --backend "$backend" plug | grep -E "^ *$plug_range  rw"
	done
	for backend in "${backends[@]}"; do
		ask_ok $backend set 0x100000000 0x1234
		ask_ok $backend word 0x100000000
		is "what $backend wrote" 0x1234 "$answer"
	done
}

unplugged() {
	local backend
	virsh detach-device plug "$work/dimm.xml" --live
	for backend in "${backends[@]}"; do
		away() {
			ask $backend word 0x100000000
			[[ $answer == "error 11 "* ]]
		}
		within 60 away
		ask $backend set 0x100000000 1
		[[ $answer == "error 11 "* ]] || fail "unplugged memory was written by $backend: $answer"
		ask_ok $backend name
		is "the rest by $backend" plug "$answer"
		memflowctl info --backend "$backend" plug >"$work/info"
		status_is 1 grep -F "$plug_range" "$work/info"
		"$here/check-pattern" --backend "$backend" --copy plug
	done
	for backend in "${backends[@]}"; do
		ask_ok $backend open shared
	done
	testguest stop plug
}

# Two NUMA cells, each a file of huge pages; the edges of RAM are in the midst of pages.
huge_pages() {
	local backend
	sysctl -qw vm.nr_hugepages=40
	mountpoint -q /dev/hugepages || mount -t hugetlbfs hugetlbfs /dev/hugepages
	# libvirtd looks for it when it starts
	systemctl restart libvirtd
	within 120 virsh -q domstate shared
	testguest start huge --memory 64 --numa --backing hugepages-shared --timeout 300
	is_published huge
	for backend in "${backends[@]}"; do
		"$here/check-pattern" --backend "$backend" --copy huge
		[[ $backend == procmem ]] || "$here/check-pattern" --backend "$backend" huge
		memflowctl write --backend "$backend" huge $info_request --hex '0700000000000000'
		within 60 huge_answers
		memflowctl write huge $info_request --hex '0000000000000000'
	done
	testguest stop huge
	sysctl -qw vm.nr_hugepages=0
}

huge_answers() { [[ $(word huge $info_response) == 22 ]]; }

# -- who does not answer ---------------------------------------------------------------------------

stopped_qemu() {
	local backend pid started
	pid=$(qemu_pid shared)
	hang "$pid"
	# A pause that comes after all is not the last word.
	((!module)) || status_is 9 memflowctl dump --backend node --quiet --pause shared - >"$work/dump"
	started=$SECONDS
	status_is 9 memflowctl read --backend procmem shared $info 8 2>"$work/error"
	cat "$work/error"
	grep -F 'QEMU does not answer within' "$work/error"
	figure "given up on a stopped QEMU after $((SECONDS - started)) s" >>"$work/figures"
	for backend in "${backends[@]}"; do
		ask_ok $backend name
	done
	kill -CONT "$pid"
	within 60 not pgrep memflowctl
	within 60 runs
	within 60 memflowctl read --backend procmem shared $info 8
}

stopped_libvirtd() {
	local backend pid started=$SECONDS
	pid=$(daemon_pid)
	hang "$pid"
	# A node needs no libvirtd.
	((!module)) || memflowctl read shared $info 8
	status_is 9 memflowctl read --backend procmem shared $info 8 2>"$work/error"
	cat "$work/error"
	grep -F 'libvirt does not answer within' "$work/error"
	figure "given up on a stopped libvirtd after $((SECONDS - started)) s" >>"$work/figures"
	for backend in "${backends[@]}"; do
		ask_ok $backend name
		is_written $backend
	done
	kill -CONT "$pid"
	within 60 memflowctl read --backend procmem shared $info 8
}

t "two domains start, one with shared RAM" starts
for backend in "${backends[@]}"; do
	reader "$backend"
	t "$backend: opens it" opens $backend
	t "$backend: every byte matches" matches $backend
	t "$backend: holes and ROM" has_holes $backend
	t "$backend: the guest sees a write" is_written $backend
	t "$backend: read-only" reads_only $backend
	t "$backend: threads" serves_threads $backend
done
t "all backends read the same bytes" same_bytes
t "the choice is explained" chooses
t "asking QEMU is marked by libvirt" tainted_once_asked
t "memory is plugged, and noticed" plugged
t "memory is unplugged, and noticed" unplugged
((!module)) || t "huge pages and NUMA" huge_pages
t "readers, a read and a dump outlive libvirtd, and it is named where it is needed" without_libvirtd
t "libvirtd is killed under a dump that has paused the domain" paused_without_libvirtd
for backend in "${backends[@]}"; do
	t "$backend: a dump is killed, and the domain resumed" dump_is_killed $backend
done
t "libvirtd is killed while it is asked: an error at once" libvirtd_killed_while_asked
t "readers read in a loop" looping
t "QEMU is killed: each reader, read and dump gets an error" killed
t "the domain runs again: each reader goes on" starts_again
if [[ -n $hangs ]]; then
	t "a QEMU that does not answer is given up" stopped_qemu
	t "a libvirtd that does not answer is given up" stopped_libvirtd
fi
t "QEMU is killed while it is asked: an error at once" killed_while_asked
[[ ! -e $work/figures ]] || cat "$work/figures"
for backend in "${backends[@]}"; do
	end_reader "$backend"
done
testguest stop private
testguest stop shared
