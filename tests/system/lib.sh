# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
#
# What the system tests share: `bash lib.sh SUITE.sh` runs a suite. A suite calls `t NAME FUNCTION…`
# once a test; the function runs in a subshell that ends at the first command that fails.
#
# Under emulation a process takes a tenth of a second to start, so that loops here have none.

set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TEST_WORK:-/run}/system-test.XXXXXX")
nodes=/dev/memflow-vms
# How many times longer than usual a wait may take; see run-all.
patience=${MEMFLOW_PATIENCE:-1}
count=0
failures=0
declare -A reader_in=() reader_out=() reader_pid=()

# Of struct testguest_info, tests/guest/testguest.h.
info=0x200000
info_counter=0x200110
info_boot_id=0x200120
info_request=0x200128
info_response=0x200130
info_pattern_ready=0x200118
info_balloon_pages=0x200258
info_shadow_wanted=0x200268
info_shadow_done=0x200270
info_dimms=0x200280 # 24 bytes each: gpa, size, state
info_bar_wanted=0x2002e0
info_bar_done=0x2002e8
info_bar=0x2002f0 # as a dimm

# -- tests -----------------------------------------------------------------------------------------

t() {
	local name=$1 status
	shift
	count=$((count + 1))
	set +e
	(
		set -ex
		"$@"
	) >"$work/output" 2>&1
	status=$?
	set -e
	if ((status == 0)); then
		echo "ok $count - $name"
	elif ((status == 77)); then
		echo "ok $count - $name # SKIP $(tail -n 1 "$work/output")"
	else
		failures=$((failures + 1))
		echo "not ok $count - $name"
		tail -n 25 -- "$work/output" | sed 's/^/# /'
	fi
}

fail() {
	set +x
	printf 'FAIL: %s\n' "$*"
	exit 1
}

# The last line says why.
skip() {
	set +x
	printf '%s\n' "$*"
	exit 77
}

# What is measured and not judged.
figure() { printf '# figure %s\n' "$*"; }

# is WHAT EXPECTED FOUND
is() { [[ $2 == "$3" ]] || fail "$1: expected '$2', found '$3'"; }

pause() {
	local clock
	exec {clock}<> <(:)
	read -r -t "$1" -u "$clock" || true
	exec {clock}<&-
}

# within SECONDS COMMAND…: until it succeeds; its trace would be long
within() {
	local deadline=$((SECONDS + $1 * patience)) trace=$-
	shift
	set +x
	until "$@" 2>"$work/within"; do
		((SECONDS < deadline)) || fail "still not: $*: $(<"$work/within")"
		pause 0.1
	done
	[[ $trace != *x* ]] || set -x
}

# not COMMAND…: to set -e, "! COMMAND" is no failure
not() { ! "$@"; }

# status_is N COMMAND…
status_is() {
	local expected=$1 status=0
	shift
	"$@" || status=$?
	is "exit status of $*" "$expected" "$status"
}

# -- domains ---------------------------------------------------------------------------------------

node_there() { [[ -c $nodes/$1 ]]; }
node_gone() { [[ ! -e $nodes/$1 ]]; }

# guest NAME [OPTIONS…]: runs and is attached when this returns, also if it did before
guest() {
	[[ $(virsh -q domstate "$1" 2>/dev/null || true) == running ]] || testguest start "$@"
	memflowctl wait --timeout "$((30 * patience))" "$1"
}

stop_guests() {
	local state name
	while read -r state _ name; do
		[[ -z $state ]] || testguest stop "$name"
	done < <(testguest list)
}

# Of one directory in /sys/class/memflow.
published() {
	local dir
	for dir in /sys/class/memflow/memflow-vm*; do
		if [[ -r $dir/name && $(<"$dir/name") == "$1" ]]; then
			echo "$dir"
			return
		fi
	done
	return 1
}

pid_of() {
	local dir
	dir=$(published "$1")
	cat "$dir/pid"
}

word() { memflowctl read "$1" "$2" 8 --raw | od -An -v -tu8 | tr -d ' '; }

# -- readers ---------------------------------------------------------------------------------------

# reader NAME [PROGRAM]: starts one (reader.c); to be called outside of t, so that it outlives a test
reader() {
	local name=$1 program=${2-reader} in out
	mkfifo "$work/$name.in" "$work/$name.out"
	"$here/$program" <"$work/$name.in" >"$work/$name.out" 2>"$work/$name.err" &
	reader_pid[$name]=$!
	exec {in}>"$work/$name.in" {out}<"$work/$name.out"
	reader_in[$name]=$in reader_out[$name]=$out
}

# tell NAME COMMAND…: without waiting for an answer
tell() {
	local name=$1
	shift
	printf '%s\n' "$*" >&"${reader_in[$name]}"
}

# hear NAME: the next answer goes to $answer
hear() {
	answer=
	IFS= read -r -t "$((60 * patience))" -u "${reader_out[$1]}" answer ||
		fail "reader $1 does not answer: $(tail -n 3 "$work/$1.err")"
}

ask() {
	tell "$@"
	hear "$1"
}

# ask_ok NAME COMMAND…: the value goes to $answer
ask_ok() {
	ask "$@"
	[[ $answer == ok\ * ]] || fail "reader: $*: $answer"
	answer=${answer#ok }
}

reader_lives() { kill -0 "${reader_pid[$1]}"; }

end_reader() {
	local name=$1 in=${reader_in[$1]} out=${reader_out[$1]}
	kill "${reader_pid[$name]}" 2>/dev/null || true
	wait "${reader_pid[$name]}" 2>/dev/null || true
	exec {in}>&- {out}<&-
	rm -f -- "$work/$name.in" "$work/$name.out"
	unset "reader_pid[$name]"
}

# -- the suite -------------------------------------------------------------------------------------

clean_up() {
	local name
	for name in "${!reader_pid[@]}"; do
		kill "${reader_pid[$name]}" 2>/dev/null || true
	done
	rm -rf -- "$work"
}
trap clean_up EXIT

# shellcheck source=/dev/null
. "$1"
echo "1..$count"
((failures == 0))
