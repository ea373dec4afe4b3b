# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# Domains with the names that people, and people with bad intentions, give them. Leaves win10 running.

printf -v long 'n%.0s' {1..200}
names=(
	'two words'
	'comma, "quoted" and !'
	"it's \$(id) & co; %s \\x2f"
	'ünïcödé 仮想機械'
	'..escape'
	by-uuid
	"$long"
)

# What udev makes of a label (systemd, udev_util: encode_devnode_name).
encoded() {
	local LC_ALL=C name=$1 out='' c i
	for ((i = 0; i < ${#name}; i++)); do
		c=${name:i:1}
		if [[ $c == [A-Za-z0-9_.-] ]] && ! ((i == 0)) || [[ $c == [A-Za-z0-9_-] && $name != by-uuid ]]; then
			out+=$c
		else
			printf -v c '\\x%02x' $(($(printf %d "'$c") & 255))
			out+=$c
		fi
	done
	echo "$out"
}

# With one node there, so that their directory is, too.
guest win10 --memory 256
find /dev -mindepth 1 -maxdepth 1 | sort >"$work/dev"

started() {
	testguest start "$1"
	memflowctl wait --timeout "$((20 * patience))" "$1" || {
		journalctl -t memflow-hook -n 2 -o cat
		fail "not attached"
	}
}

named() {
	local file
	file=$(encoded "$1")
	[[ -c $nodes/$file ]] || fail "no node '$file' among: $(ls "$nodes")"
	is "the name in sysfs" "$1" "$(cat "$(published "$1")/name")"
	ask_ok reader open "$1"
	ask_ok reader name
	is "the name in the guest" "$1" "$answer"
}

listed() {
	memflowctl list --json >"$work/list.json"
	is "times it is listed" 1 \
		"$(jq --arg name "$1" '[.domains[] | select(.name == $name)] | length' "$work/list.json")"
}

nothing_else() {
	find /dev -mindepth 1 -maxdepth 1 | sort | diff "$work/dev" -
	is "what is in $nodes and no node" "$nodes/by-uuid" \
		"$(find "$nodes" -mindepth 1 -maxdepth 1 ! -type c)"
}

stopped() {
	testguest stop "$1"
	within 2 node_gone "$(encoded "$1")"
}

reader reader
for name in "${names[@]}"; do
	shown=${name:0:30}
	shown=${shown//#/}
	t "<$shown> starts" started "$name"
	t "<$shown> has a node of its own and is read by name" named "$name"
	t "<$shown> is listed" listed "$name"
	t "<$shown> leaves nothing elsewhere in /dev" nothing_else
	t "<$shown> stops" stopped "$name"
done
