# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Shared by the scripts that fill the disposable host's cache. Everything they make lands outside
# the source tree, in one directory that may be deleted at any time.

set -euo pipefail

VMHOST_DIR=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
VMHOST_CACHE=${MEMFLOW_VMHOST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/memflow-libvirt/vmhost}
export VMHOST_DIR VMHOST_CACHE

# mke2fs and depmod live there; an ordinary user's PATH may lack it.
PATH=$PATH:/usr/sbin:/sbin

status() { printf 'vmhost: %s\n' "$*" >&2; }
die() {
	status "error: $*"
	exit 125
}

need() {
	local tool missing=()
	for tool; do
		command -v "$tool" >/dev/null || missing+=("$tool")
	done
	((${#missing[@]} == 0)) ||
		die "missing ${missing[*]}; install the packages listed in $VMHOST_DIR/packages.txt"
}

# Key of what the given files and words say: changes when any of them does.
content_key() {
	local item
	for item; do
		if [[ -f $item ]]; then cat -- "$item"; else printf '%s\n' "$item"; fi
	done | sha256sum | cut -c1-12
}

# once DIR BUILDER ARGS…: unless DIR exists, run `BUILDER TMP ARGS…` and rename TMP to DIR. A second
# process that wants the same thing waits for the first; an interrupted build leaves only TMP, which
# the next one deletes.
once() {
	local final=$1 builder=$2 tmp lock
	shift 2
	if [[ -d $final ]]; then
		touch -- "$final" # for remove_unused
		return 0
	fi
	mkdir -p -- "$(dirname -- "$final")"
	tmp=$final.tmp
	exec {lock}>"$final.lock"
	flock -n "$lock" || {
		status "waiting for another process that makes $final"
		flock "$lock"
	}
	if [[ ! -d $final ]]; then
		remove_tree "$tmp"
		mkdir -- "$tmp"
		# A subshell of its own: under `if` or `||`, bash would go on after a failed command.
		set +e
		(
			set -e
			"$builder" "$tmp" "$@" >&2
		)
		local rc=$?
		set -e
		if ((rc != 0)); then
			remove_tree "$tmp"
			die "could not make $final (status $rc, see above)"
		fi
		mv -T -- "$tmp" "$final"
		touch -- "$final"
		remove_unused "$(dirname -- "$final")"
	fi
	exec {lock}>&-
}

# Entries of scripts and packages that are no longer what they were.
remove_unused() {
	local entry
	while IFS= read -r entry; do
		status "removing $entry, not used for two weeks"
		remove_tree "$entry"
	done < <(find "$1" -mindepth 1 -maxdepth 1 -type d -mtime +14)
}

remove_tree() {
	[[ ! -e $1 ]] || chmod -R u+w -- "$1" 2>/dev/null || true
	rm -rf -- "$1"
}

# quietly LOG COMMAND…: the command's chatter goes to LOG, and its end to stderr if it fails.
quietly() {
	local log=$1 rc
	shift
	"$@" >>"$log" 2>&1 || {
		rc=$?
		tail -n 20 -- "$log" >&2
		return "$rc"
	}
}
