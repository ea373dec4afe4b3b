# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# A watcher looks at a guest's memory by every way in (watcher/) while libvirt changes what is
# behind it. Each change is made MEMFLOW_ROUNDS times. Leaves no domain.

rounds=${MEMFLOW_ROUNDS:-2}
domain=coherent
memory=96
# A bound and no verdict: with the watcher's threads busy and a machine that has other work, the guest
# gets little of it.
bound=300

testguest stop $domain 2>/dev/null || true
guest $domain --memory $memory --balloon --dimms --pci-memory
reader watcher watcher

# Of the watcher's answer to "end" or "sweep": no look may have been wrong.
nothing_wrong() {
	local looks wrong away
	read -r looks wrong away <<<"$answer"
	echo "$1: $looks looks, $wrong wrong${away:+, $away at memory that was away}" |
		tee -a "$work/looks"
	((looks > 0)) || fail "$1: the watcher looked at nothing"
	((wrong == 0)) || fail "$1: $wrong looks were wrong: $(tail -n 12 "$work/watcher.err")"
}

# watched WHAT COMMAND…: while the watcher looks; then once more at everything
watched() {
	local what=$1
	shift
	ask_ok watcher begin
	"$@"
	ask_ok watcher end
	nothing_wrong "$what"
	ask_ok watcher sweep
	nothing_wrong "$what, all of it afterwards"
}

# guest_word GPA: to $answer; fails where the guest's memory is away for a moment
guest_word() {
	ask watcher read "$1"
	[[ $answer == ok\ * ]] || return 1
	answer=${answer#ok }
}

# word_is GPA VALUE
word_is() { guest_word "$1" && ((answer == $2)); }

opens() { ask_ok watcher open $domain; }

# -- balloon ---------------------------------------------------------------------------------------

# balloon MIB: what the guest is left with
balloon() {
	virsh -q setmem $domain "$1M" --live
	within $bound word_is $info_balloon_pages $(((memory - $1) * 256))
}

resident() {
	local key value
	while read -r key value _; do
		if [[ $key == RssAnon: ]]; then
			echo "$value"
			return
		fi
	done <"/proc/$(pid_of $domain)/status"
}

balloons() {
	local i
	for ((i = 0; i < rounds; i++)); do
		balloon $((40 + i * 7 % 24))
		balloon $((64 + i * 5 % 24))
	done
	balloon $memory
}

# 56 MiB went, and nobody's mapping keeps them; QEMU itself may have grown by some.
host_has_the_pages() {
	local before after
	before=$(resident)
	ask_ok watcher begin
	balloon 40
	pause 1
	after=$(resident)
	ask_ok watcher end
	nothing_wrong "a balloon of 56 MiB"
	((before - after > 46 * 1024)) || fail "QEMU had $before kB resident, now $after kB"
	balloon $memory
}

# -- memory devices --------------------------------------------------------------------------------

dimm() {
	echo "<memory model='dimm'><target><size unit='MiB'>$1</size><node>0</node></target></memory>"
}

# Of the guest's slot: field 0 gpa, 1 size, 2 state
dimm_field() { echo $((info_dimms + $1 * 24 + $2 * 8)); }

dimm_is_full() {
	guest_word "$(dimm_field "$1" 2)" && (((answer & 0x80000003) == 0x80000000))
}

# plug SLOT MIB
plug() {
	dimm "$2" >"$work/dimm-$2.xml"
	virsh -q attach-device $domain "$work/dimm-$2.xml" --live
	within $bound word_is "$(dimm_field "$1" 1)" $(($2 << 20))
	within $bound dimm_is_full "$1"
}

unplug() {
	virsh -q detach-device $domain "$work/dimm-$2.xml" --live
	within $bound word_is "$(dimm_field "$1" 1)" 0
}

plugs() {
	local i
	for ((i = 0; i < rounds; i++)); do
		plug 0 32
		plug 1 16
		unplug 0 32
		unplug 1 16
	done
}

notices() {
	ask_ok watcher slots
	ask_ok watcher poll 0
	is "before" quiet "$answer"
	plug 0 32
	plug 1 16
	ask_ok watcher poll 10
	is "after the plug" changed "$answer"
	ask_ok watcher slots
	[[ $answer == *" 0x100000000+0x2000000"* && $answer == *" 0x102000000+0x1000000"* ]] ||
		fail "memslots: $answer"
	memflowctl info $domain >"$work/info"
	cat "$work/info"
	grep -q "0000000100000000-0000000102ffffff  rw" "$work/info"
	ask_ok watcher sweep
	nothing_wrong "memory that was plugged after the mapping was made"
	ask_ok watcher poll 0
	is "after a look" quiet "$answer"
}

# What lies between other memory reads as zeros, what is past the end as the end.
forgets() {
	local generation
	ask_ok watcher slots
	generation=${answer%% *}
	unplug 0 32
	ask_ok watcher poll 10
	is "after the unplug" changed "$answer"
	ask_ok watcher word 0x100000000
	is "the mapping" 0x0 "$answer"
	ask_ok watcher pread 0x100000000
	is "the node" 0x0 "$answer"
	status_is 7 memflowctl read $domain 0x100000000 8
	ask_ok watcher slots
	[[ $answer != *" 0x100000000+"* ]] || fail "memslots: $answer"
	((${answer%% *} > generation)) || fail "generation $generation, then $answer"
	unplug 1 16
	# A system call notices at once, and a mapping follows that; by itself it would within 0.1 s.
	ask_ok watcher pread 0x102000000
	is "bytes the node has past the end" 0 "$answer"
	ask_ok watcher word 0x102000000
	is "the mapping" 0x0 "$answer"
}

# -- memslots --------------------------------------------------------------------------------------

# switches WANTED DONE COUNT: the guest makes so many more of them
switches() {
	guest_word "$2"
	local target=$((answer + $3))
	ask_ok watcher set "$1" $target
	within $bound word_is "$2" $target
}

# The guest switches firmware's window between ROM and RAM, and with it goes the memslot above.
shadows() {
	switches $info_shadow_wanted $info_shadow_done $((rounds * 50))
}

# -- a PCI device's memory ---------------------------------------------------------------------------

# The guest lets it come, and go, by turns.
bar_switches() { switches $info_bar_wanted $info_bar_done "$1"; }

bars() { bar_switches $((rounds * 20)); }

bar_comes_and_goes() {
	local gpa there
	ask_ok watcher poll 0
	bar_switches 1
	ask_ok watcher poll 10
	is "after it came" changed "$answer"
	guest_word $info_bar
	gpa=$(printf '0x%x' "$answer")
	there=" $gpa+0x200000"
	ask_ok watcher slots
	[[ $answer == *"$there"* ]] || fail "no $there in memslots: $answer"
	ask_ok watcher sweep
	nothing_wrong "memory of a PCI device"
	bar_switches 1
	ask_ok watcher poll 10
	is "after it went" changed "$answer"
	ask_ok watcher word "$gpa"
	is "the mapping" 0x0 "$answer"
	status_is 7 memflowctl read $domain "$gpa" 8
	ask_ok watcher slots
	[[ $answer != *"$there"* ]] || fail "memslots: $answer"
}

boots_again() {
	guest_word $info_boot_id && ((answer != 0 && answer != old_boot)) &&
		word_is $info_pattern_ready 1
}

resets() {
	local i old_boot
	for ((i = 0; i < rounds; i++)); do
		guest_word $info_boot_id
		old_boot=$answer
		virsh -q reset $domain
		within $bound boots_again
	done
	ask_ok watcher alive
	is alive yes "$answer"
}

resets_with_balloon() {
	balloon 50
	resets
	within $bound word_is $info_balloon_pages $(((memory - 50) * 256))
	balloon $memory
}

# -- another process -------------------------------------------------------------------------------

ticks_on() { guest_word $info_counter && ((answer > counter)); }

saves() {
	local words counter
	virsh -q suspend $domain
	ask_ok watcher remember
	ask_ok watcher begin
	virsh -q save $domain "$work/saved"
	within $bound node_gone $domain
	ask_ok watcher poll 10
	[[ $answer == *" gone" ]] || fail "poll: $answer"
	ask_ok watcher end
	nothing_wrong "saved"
	ask_ok watcher alive
	is alive no "$answer"
	ask_ok watcher gone
	read -r words counter <<<"$answer"
	is "words of $words that are left" 0 "$counter"
	ask_ok watcher pread $info
	is "the node" ENODEV "$answer"
	ask watcher set $info_request 1
	[[ $answer == "error "*"has stopped"* ]] || fail "the library writes: $answer"
}

restores() {
	local pages differ counter
	virsh -q restore "$work/saved" --paused
	rm -f -- "$work/saved"
	memflowctl wait --timeout 30 $domain
	ask_ok watcher again
	ask_ok watcher compare
	read -r pages differ <<<"$answer"
	echo "restored: $pages looks at whole pages" >>"$work/looks"
	((pages > memory * 256)) || fail "only $pages pages"
	is "pages of $pages that differ" 0 "$differ"
	guest_word $info_counter
	counter=$answer
	virsh -q resume $domain
	within $bound ticks_on
	ask_ok watcher sweep
	nothing_wrong "restored"
}

enough() {
	local looks=0 line
	while read -r line; do
		line=${line##*: }
		looks=$((looks + ${line%% *}))
	done <"$work/looks"
	echo "$looks looks"
	((looks >= 1000000))
}

t "the watcher opens the guest" opens
t "the balloon grows and shrinks: no stale page" watched balloon balloons
t "what is in the balloon is the host's, mapped or not" host_has_the_pages
t "memory is plugged and unplugged: no stale page" watched "memory devices" plugs
t "a plug shows in poll, in the memslots and in a mapping made before" notices
t "unplugged memory reads as zeros" forgets
t "firmware's window is switched: no stale word" watched "firmware's window" shadows
t "a PCI device's memory comes and goes" bar_comes_and_goes
t "it does so in a loop: no stale page" watched "PCI memory" bars
t "the guest is reset: no stale page" watched reset resets
t "it is reset with memory in the balloon" watched "reset with a balloon" resets_with_balloon
for ((round = 1; round <= (rounds + 2) / 3; round++)); do
	t "it is saved: readers are told, and read zeros ($round)" saves
	t "it is restored: each page is what it was ($round)" restores
done
t "that were more than a million looks" enough
while read -r line; do figure "coherence, $line"; done <"$work/looks"
end_reader watcher
testguest stop $domain
