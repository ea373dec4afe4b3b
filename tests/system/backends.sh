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
	local n=$((RANDOM % 1000))
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
	kill -KILL "$(qemu_pid shared)"
	for backend in "${backends[@]}"; do
		hear $backend
		[[ $answer == "error 10 "* ]] || fail "the loop by $backend ended with: $answer"
		ask_ok $backend alive
		is "alive by $backend" no "$answer"
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

# QEMU is stopped, so that its monitor is waited for, and then it is killed.
killed_while_asked() {
	local pid asker
	pid=$(qemu_pid private)
	kill -STOP "$pid"
	memflowctl read --backend procmem private $info 8 2>"$work/asked" &
	asker=$!
	pause 1
	kill -0 "$asker" || fail "it did not wait for the monitor: $(<"$work/asked")"
	kill -KILL "$pid"
	wait "$asker" && fail "it was read"
	cat "$work/asked"
	grep -E 'stopped|ended|shut off' "$work/asked"
}

# -- libvirtd --------------------------------------------------------------------------------------

daemon_down() {
	if [[ -n ${PRIVATE_LIBVIRTD-} ]]; then
		touch "$PRIVATE_LIBVIRTD/hold"
		kill -KILL "$(<"$XDG_RUNTIME_DIR/libvirt/libvirtd.pid")"
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
	daemon_down
	for backend in "${backends[@]}"; do
		ask_ok $backend name
		ask_ok $backend threads 2
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

plugged() {
	local backend end=0x${1}
	testguest start plug --type "$type" --memory 64 --backing memfd --dimms --timeout 300
	is_published plug
	for backend in "${backends[@]}"; do
		ask_ok $backend open plug
		ask $backend word $end
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
		seen() {
			ask $backend word $end
			[[ $answer == ok\ * ]]
		}
		within 60 seen
		ask_ok $backend set $end 0x1234
		ask_ok $backend word $end
		is "what $backend wrote" 0x1234 "$answer"
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
	local backend pid started=$SECONDS
	pid=$(qemu_pid shared)
	kill -STOP "$pid"
	status_is 9 memflowctl read --backend procmem shared $info 8
	figure "given up on a stopped QEMU after $((SECONDS - started)) s" >>"$work/figures"
	for backend in "${backends[@]}"; do
		ask_ok $backend name
	done
	kill -CONT "$pid"
	within 60 memflowctl read --backend procmem shared $info 8
}

stopped_libvirtd() {
	local backend pid started=$SECONDS
	if [[ -n ${PRIVATE_LIBVIRTD-} ]]; then
		pid=$(<"$XDG_RUNTIME_DIR/libvirt/libvirtd.pid")
	else
		pid=$(systemctl show --property MainPID --value libvirtd.service)
	fi
	kill -STOP "$pid"
	if ((module)); then
		# by its node, which needs no libvirtd
		memflowctl read shared $info 8
		memflowctl read --backend procmem shared $info 8 && fail "it was opened"
	else
		memflowctl read shared $info 8 && fail "it was found"
	fi
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
t "memory is plugged, and noticed" plugged 100000000
((!module)) || t "huge pages and NUMA" huge_pages
t "readers outlive libvirtd, and it is named where it is needed" without_libvirtd
t "readers read in a loop" looping
t "QEMU is killed: each reader gets an error" killed
t "the domain runs again: each reader goes on" starts_again
t "QEMU is killed while it is asked: an error at once" killed_while_asked
if [[ -n $hangs ]]; then
	t "a QEMU that does not answer is given up" stopped_qemu
	t "a libvirtd that does not answer is given up" stopped_libvirtd
fi
[[ ! -e $work/figures ]] || cat "$work/figures"
for backend in "${backends[@]}"; do
	end_reader "$backend"
done
testguest stop private
testguest stop shared
