# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For the tests that build something first and print TAP.

# quietly LOG COMMAND…: what it says goes to the log, and to stdout as comments if it fails, which
# ends the test.
quietly() {
	local log=$1 rc=0
	shift
	"$@" >>"$log" 2>&1 </dev/null || rc=$?
	((rc == 0)) && return
	tail -n 30 -- "$log" | sed 's/^/# /'
	printf "Bail out! '%s' failed with status %s; all of it is in %s\n" "$*" "$rc" "$log"
	exit 1
}
