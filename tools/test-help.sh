#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Help and manual tell the same story: each command's options, one by one in both
# directions, and the exit statuses.
#
# usage: test-help.sh MEMFLOWCTL MANUAL.scd
set -euo pipefail

memflowctl=$1
manual=$2
failures=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

complain() {
  echo "$*" >&2
  failures=$((failures + 1))
}

# The part of the manual that is about one command: "## name OPERANDS".
section() {
  awk -v name="$1" '/^#/ { inside = ($1 == "##" && $2 == name) } inside' "$manual"
}

options_of_help() {
  "$memflowctl" "$1" --help | grep -oE -e '^ +(-[A-Za-z], )?--[a-z-]+' |
    grep -oE -e '(^| )-{1,2}[A-Za-z][a-z-]*' | tr -d ' ' | sort -u
}

options_of_manual() {
  section "$1" | grep -E '^\*-' | grep -oE -e '\*-{1,2}[A-Za-z][a-z-]*\*' | tr -d '*' | sort -u
}

mapfile -t commands < <("$memflowctl" help |
  awk '/^Commands:/ { inside = 1; next } /^$/ { inside = 0 } inside { print $1 }')
[ "${#commands[@]}" -ge 10 ] || complain "help lists only these commands: ${commands[*]}"

for command in "${commands[@]}"; do
  [ -n "$(section "$command")" ] || complain "the manual has no section \"## $command\""
  help=$(options_of_help "$command")
  grep -qx -e --help <<<"$help" || complain "$command --help does not mention itself"
  # Common to all, described once.
  diff <(grep -vx -e -h -e --help <<<"$help" || true) <(options_of_manual "$command") >&2 ||
    complain "$command: help (<) and manual (>) differ in options"
done

# "   3  no such domain" in help, "*3*" and an indented "no such domain" in the manual.
"$memflowctl" help | sed -n '/^Exit status:/,$ { s/^ *\([0-9][0-9]*\)  /\1 /p }' >"$scratch/help"
awk '/^# / { inside = ($2 == "EXIT") }
     inside && /^\*[0-9]+\*$/ { number = $0; gsub(/\*/, "", number) }
     inside && /^\t/ && number != "" { sub(/^\t/, ""); print number, $0; number = "" }' \
  "$manual" >"$scratch/manual"
[ -s "$scratch/help" ] || complain "help shows no exit statuses"
diff "$scratch/help" "$scratch/manual" >&2 ||
  complain "help (<) and manual (>) differ in exit statuses"

exit $((failures > 0))
