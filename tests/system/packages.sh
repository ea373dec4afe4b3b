# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2086,SC2317,SC2119,SC2120
# The Debian packages, in a host that has nothing else of the project's: from apt install to purge, with
# AppArmor enforcing, and the archive for DKMS. ../packages/prepare makes what is in /host.

host=${MEMFLOW_PACKAGES:-/host}
ours=(memflow-libvirt memflow-libvirt-dkms memflow-connector-libvirt libmemflow-libvirt0)
release=$(uname -r)
modules=/lib/modules/$release
export DEBIAN_FRONTEND=noninteractive
if [[ ! -r $host/first/Packages ]]; then
	echo "1..0 # SKIP there are no packages in $host; tests/packages/prepare puts them together"
	exit
fi

# timed NAME FUNCTION…: as t, and how long it took
timed() {
	local began=$SECONDS
	t "$@"
	figure "packages: $1: $((SECONDS - began)) s"
}

# -- the host --------------------------------------------------------------------------------------

# repositories NAME…: apt knows these and no other
repositories() {
	local each
	rm -f /etc/apt/sources.list.d/*
	for each; do
		echo "deb [trusted=yes] file:$host/$each ./"
	done >/etc/apt/sources.list
	apt-get -q update
}

apt_get() {
	apt-get -q -y -o APT::Sandbox::User=root -o Dpkg::Options::=--force-unsafe-io \
		-o Dpkg::Use-Pty=0 "$@"
}

confined_by() { tr -d '\0' <"/proc/$1/attr/current"; }

prepare_host() {
	echo 'APT::Sandbox::User "root";' >/etc/apt/apt.conf.d/99packages
	repositories pool
	apt_get install dkms "linux-headers-$release" apparmor
}

# As booting would have done it, had AppArmor been there.
enforce() {
	local profile
	[[ -d /sys/kernel/security/apparmor ]] || fail "the kernel was booted without AppArmor"
	for profile in usr.sbin.libvirtd usr.lib.libvirt.virt-aa-helper; do
		apparmor_parser --replace "/etc/apparmor.d/$profile"
	done
	systemctl restart libvirtd
	is "libvirtd's profile" "libvirtd (enforce)" "$(confined_by "$(systemctl show -P MainPID libvirtd)")"
}

# What the packages of others and the system itself keep: caches, logs, dpkg's and systemd's own state,
# DKMS's key.
files() {
	find / "$modules/" -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp \
		-o -path /host -o -path /var/cache -o -path /var/log -o -path /var/lib/apt \
		-o -path /var/lib/dpkg -o -path /var/lib/systemd -o -path /var/lib/libvirt \
		-o -path /var/tmp \) -prune -o -print |
		grep -v -e '^/var/lib/dkms/mok\.' -e '^/root/' -e '^/etc/apt/' \
			-e '^/etc/\(group\|gshadow\|passwd\|shadow\)-$' -e '^/etc/libvirt/qemu/' \
			-e '^/etc/apparmor.d/libvirt/libvirt-' |
		sort -u
}

# Of the kernel's log since the suite began.
denied() {
	journalctl --sync
	journalctl -k -o cat -g 'apparmor="DENIED"' || true
}

srcversion() { modinfo -F srcversion memflow; }
loaded() { cat /sys/module/memflow/srcversion; }
node_identity() { stat -c '%i %t:%T %Z' "$nodes/win10"; }

# -- the archive -----------------------------------------------------------------------------------

archive() {
	local version
	version=$(modinfo_of_archive)
	dkms install "--archive=$(echo $host/dist/*.dkms.tar.gz)"
	[[ $(dkms status "memflow-libvirt/$version") == *installed* ]]
	modprobe memflow
	[[ -c /dev/memflow ]]
	rmmod memflow
	dkms remove "memflow-libvirt/$version" --all
	rm -r "/usr/src/memflow-libvirt-$version"
	not modinfo memflow
}

modinfo_of_archive() {
	tar -x -O -z -f $host/dist/*.dkms.tar.gz ./dkms_source_tree/dkms.conf |
		sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p'
}

# -- install ---------------------------------------------------------------------------------------

installs() {
	local libvirtd client
	# Debian's libvirtd ends by itself after two minutes without domains and clients.
	virsh -q uri
	virsh -q event --event lifecycle --loop </dev/null &
	client=$!
	libvirtd=$(systemctl show -P MainPID libvirtd)
	repositories pool first
	apt_get install "${ours[@]}"
	# Of documentation this host has none.
	dpkg --verify "${ours[@]}" | grep -v '^missing *.* /usr/share/\(doc\|man\)/' >"$work/verify" || true
	is "files that are not the packages' own" "" "$(<"$work/verify")"
	is "libvirtd, which was not restarted" "$libvirtd" "$(systemctl show -P MainPID libvirtd)"
	kill "$client"
}

module_is_there() {
	[[ -c /dev/memflow ]]
	[[ $(modinfo -n memflow) == "$modules/updates/dkms/"* ]] || fail "$(modinfo -n memflow)"
	is "the module that is loaded" "$(srcversion)" "$(loaded)"
	[[ $(getent group memflow) == memflow:* ]]
	# What leaves_nothing compares has them.
	files >"$work/installed"
	comm -13 "$work/before" "$work/installed" >"$work/ours"
	grep -x /usr/bin/memflowctl "$work/ours"
	grep -x "$modules/updates/dkms/memflow.ko" "$work/ours"
}

# A program that AppArmor lets no hook run, so that a denial is seen where there is one.
forbidden_hook() {
	cp /bin/true /opt/forbidden
	printf '#!/bin/sh\n/opt/forbidden\nexit 0\n' >/etc/libvirt/hooks/qemu.d/zz-forbidden
	chmod 755 /etc/libvirt/hooks/qemu.d/zz-forbidden
}

attaches() {
	testguest start win10 --memory 256
	memflowctl wait --timeout "$((30 * patience))" win10
	is "owner, group, mode" "root memflow 660" "$(stat -c '%U %G %a' "$nodes/win10")"
	is "what the guest says of itself" win10 "$(memflowctl read win10 0x200010 5 --raw)"
	is "what is read without the module" win10 \
		"$(memflowctl read --backend procmem win10 0x200010 5 --raw)"
}

is_confined() {
	local profile
	profile=$(confined_by "$(</run/libvirt/qemu/win10.pid)")
	is "QEMU's profile" "libvirt-$(virsh -q domuuid win10) (enforce)" "$profile"
	denied >"$work/denied"
	cat "$work/denied"
	grep -F /opt/forbidden "$work/denied"
	not grep -i memflow "$work/denied"
	rm /etc/libvirt/hooks/qemu.d/zz-forbidden /opt/forbidden
}

# As meson installs it without packages: there it inherits libvirtd's profile.
works_as_a_program_among_hooks() {
	local hooks=/etc/libvirt/hooks/qemu.d
	cp /usr/sbin/memflow-hook "$hooks/direct"
	chmod -x "$hooks/memflow"
	testguest start other
	memflowctl wait --timeout "$((30 * patience))" other
	testguest stop other
	rm "$hooks/direct"
	chmod +x "$hooks/memflow"
	denied >"$work/denied"
	not grep -e direct -e memflow "$work/denied"
}

# README.md's, where "sudo" stands.
a_newcomers_first() {
	virsh create /dev/stdin <<<"<domain type='kvm'><name>first</name>
	<memory unit='MiB'>64</memory><os><type>hvm</type></os></domain>"
	memflowctl wait first
	memflowctl read first 0xffff0 16
	[[ $(memflowctl read first 0xffff5 8 --raw) =~ ^[0-9][0-9]/[0-9][0-9]/[0-9][0-9]$ ]] ||
		fail "this is not the date of a firmware"
	virsh destroy first
}

# -- upgrade ---------------------------------------------------------------------------------------

# Beside what else happens; ends when there is $work/enough.
reads_on() {
	set +x
	while [[ ! -e $work/enough ]]; do
		ask_ok user word $info_counter
		echo "$answer" >>"$work/counts"
		pause 0.3
	done
}

upgrades() {
	local before qemu reads
	qemu=$(</run/libvirt/qemu/win10.pid)
	node_identity >"$work/node"
	before=$(loaded)
	ask_ok user open win10
	trap ': >"$work/enough"' EXIT
	reads_on &
	reads=$!
	# An upgrade is no time for what the policy says by now.
	cp -a /etc/memflow-libvirt/policy.conf "$work/policy"
	printf '[domain:win10]\nreadonly=yes\n' >>/etc/memflow-libvirt/policy.conf
	repositories pool second
	apt_get upgrade >"$work/upgrade"
	: >"$work/enough"
	wait "$reads"
	cat "$work/upgrade"
	cp -a "$work/policy" /etc/memflow-libvirt/policy.conf
	is "the version" "$(sed -n '/^Package: memflow-libvirt$/,/^$/s/^Version: //p' $host/second/Packages)" \
		"$(dpkg-query -W -f '${Version}' memflow-libvirt)"
	is "the node" "$(<"$work/node")" "$(node_identity)"
	is "QEMU" "$qemu" "$(</run/libvirt/qemu/win10.pid)"
	is "the module that is loaded" "$before" "$(loaded)"
	[[ $(srcversion) != "$before" ]] || fail "the module was not built anew"
	grep 'the module that is loaded stays' "$work/upgrade"
	(($(wc -l <"$work/counts") > 10))
	[[ $(head -n 1 "$work/counts") != "$(tail -n 1 "$work/counts")" ]] ||
		fail "the guest stood still: $(head -n 1 "$work/counts")"
	is "versions that DKMS has" 1 "$(dkms status memflow-libvirt | wc -l)"
}

attaches_after_upgrade() {
	testguest start other
	memflowctl wait --timeout "$((30 * patience))" other
	is "what the guest says of itself" other "$(memflowctl read other 0x200010 5 --raw)"
	testguest stop other
}

# -- remove ----------------------------------------------------------------------------------------

stays_while_read() {
	apt_get remove memflow-libvirt-dkms >"$work/remove"
	cat "$work/remove"
	grep 'is in use and stays loaded' "$work/remove"
	node_there win10
	ask_ok user name
	is "what a reader reads" win10 "$answer"
	not modinfo memflow
}

# Without building it a third time.
goes_when_nobody_reads() {
	ask_ok user close
	touch /etc/dkms/no-autoinstall
	apt_get install memflow-libvirt-dkms
	rm /etc/dkms/no-autoinstall
	[[ -d /sys/module/memflow ]]
	apt_get remove memflow-libvirt-dkms
	[[ ! -e /sys/module/memflow && ! -e /dev/memflow ]]
	node_gone win10
	is state running "$(virsh -q domstate win10)"
}

harmless_once_removed() {
	apt_get remove "${ours[@]}"
	[[ -x /etc/libvirt/hooks/qemu.d/memflow ]] || fail "the hook's script is gone before purge"
	not type memflowctl
	testguest start other
	testguest stop other
	apt_get purge "${ours[@]}"
	[[ ! -e /etc/libvirt/hooks/qemu.d/memflow ]]
	is state running "$(virsh -q domstate win10)"
}

leaves_nothing() {
	files >"$work/after"
	comm -13 "$work/before" "$work/after" >"$work/left"
	is "what is left" "" "$(<"$work/left")"
	comm -23 "$work/before" "$work/after" >"$work/lost"
	is "what is missing" "" "$(<"$work/lost")"
	# A user may own files by it: it stays, as system groups do (README.Debian).
	getent group memflow
	not getent passwd memflow
}

timed "Debian's packages: DKMS, the kernel's headers, AppArmor" prepare_host
timed "libvirtd is confined by its AppArmor profile" enforce
files >"$work/before"
timed "DKMS takes the archive, and the module of it loads" archive
timed "apt installs the packages, and libvirtd goes on" installs
t "DKMS has built the module, and it is loaded" module_is_there
forbidden_hook
timed "a domain is attached by the hook, and read by its name" attaches
t "QEMU is confined, and nothing of ours is denied" is_confined
timed "nor of the hook's program among libvirt's hooks, confined as libvirtd" works_as_a_program_among_hooks
timed "a newcomer's first domain" a_newcomers_first
reader user
timed "all is upgraded while the domain runs and is read" upgrades
timed "a domain is attached by the new hook and the old module" attaches_after_upgrade
timed "removed while the domain is read, the module stays" stays_while_read
timed "removed while nobody reads, it goes" goes_when_nobody_reads
timed "domains start after removal, and one that ran through it all still does" harmless_once_removed
t "nothing is left but the group" leaves_nothing
testguest stop win10
