# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For the demonstrations: commands as a user types them, with what they say.

captured=$(mktemp)
bold='' plain=''
if [[ ${DEMO_COLOUR-} == 1 ]]; then
	bold=$'\e[1m' plain=$'\e[0m'
fi

say() { printf '\n# %s\n' "$*"; }

failed() {
	printf '\ndemo: FAILED: %s\n' "$*" >&2
	exit 1
}

# show COMMAND-LINE: its output is seen as it comes, and kept for the checks
show() {
	local status=0
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	bash -c "$1" 2>&1 | tee "$captured" || status=$?
	return "$status"
}

# shows PATTERN COMMAND-LINE
shows() {
	local pattern=$1
	shift
	show "$1" || failed "'$1' ended with an error"
	grep -qE -- "$pattern" "$captured" || failed "'$1' does not show '$pattern'"
}
