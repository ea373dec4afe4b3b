# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Packages of any Debian suite without touching the machine's own package manager: apt-get and
# apt-cache with directories of their own, from the mirrors that the machine itself is set up to use.

machine_suite() (
	# shellcheck source=/dev/null
	. /etc/os-release
	printf '%s\n' "$VERSION_CODENAME"
)

# apt says where it would look, in every source format and also before its first update.
mirror_of() {
	local suite=$1 uri
	uri=$(apt-get --print-uris update |
		sed -n "s|^'\([^']*/\)dists/$suite/InRelease'.*|\1|p" | head -n 1)
	[[ -n $uri ]] || die "apt on this machine has no source for $suite, from which the mirror is taken"
	printf '%s\n' "$uri"
}

# sources.list lines for the given suites; security suites come from the security mirror.
suite_sources() {
	local own suite keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	own=$(machine_suite)
	for suite; do
		case $suite in
		*-security) printf 'deb [signed-by=%s] %s %s main\n' "$keyring" \
			"$(mirror_of "$own-security")" "$suite" ;;
		*) printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$(mirror_of "$own")" "$suite" ;;
		esac
	done
}

# apt_setup DIR SUITE…: make the private directories and fetch the package lists.
apt_setup() {
	local dir=$1
	shift
	mkdir -p -- "$dir"/{lists/partial,archives/partial}
	: >"$dir/status"
	: >"$dir/preferences"
	suite_sources "$@" >"$dir/sources.list"
	cat >"$dir/apt.conf" <<-CONF
		Dir::Etc::sourcelist "$dir/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::Etc::preferences "$dir/preferences";
		Dir::Etc::preferencesparts "/dev/null";
		Dir::State "$dir";
		Dir::State::lists "$dir/lists";
		Dir::State::status "$dir/status";
		Dir::Cache "$dir";
		Dir::Cache::archives "$dir/archives";
		Dir::Log "$dir";
		APT::Sandbox::User "";
		APT::Install-Recommends "false";
		APT::Get::Assume-Yes "true";
		Acquire::Languages "none";
		Acquire::Retries "3";
		Debug::NoLocking "true";
	CONF
	quietly "$dir/apt.log" apt_in "$dir" apt-get update
}

# apt_in DIR COMMAND…: an apt command that sees only DIR.
apt_in() {
	local dir=$1
	shift
	APT_CONFIG=$dir/apt.conf "$@"
}
