# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# The debug kernel: Debian's source of the 6.1 series with the configuration debug.config, laid out as
# `kernel` lays out Debian's packages. In a file of its own because its content is part of the cache's
# key, and making the kernel takes a quarter of an hour.

DEBUG_SOURCE=linux-source-6.1
DEBUG_SUITES=(bookworm bookworm-updates bookworm-security)

debug_key() {
	content_key "$VMHOST_DIR/debug.config" "$VMHOST_DIR/debug-kernel.sh"
}

debug_source() {
	local tmp=$1 apt=$1/apt
	status "fetching the debug kernel's source, $DEBUG_SOURCE (${DEBUG_SUITES[*]})"
	apt_setup "$apt" "${DEBUG_SUITES[@]}"
	(
		cd -- "$apt/archives" || exit
		quietly ../apt.log apt_in "$apt" apt-get download "$DEBUG_SOURCE"
		dpkg-deb --fsys-tarfile ./"$DEBUG_SOURCE"_*.deb |
			tar -x -O --wildcards "./usr/src/$DEBUG_SOURCE.tar.*" >"$tmp/source.tar.xz"
	)
	status "unpacking $DEBUG_SOURCE"
	tar -x -J -f "$tmp/source.tar.xz" -C "$tmp"
	mv -T -- "$tmp/$DEBUG_SOURCE" "$tmp/source"
	printf '%s\n' "$DEBUG_SOURCE" >"$tmp/packages"
	rm -rf -- "$apt" "$tmp/source.tar.xz"
}

debug_configure() {
	local tmp=$1 line lost=()
	# Kept from x86-64 since a time when its stack traces were unreliable; 6.2 lifted it.
	sed -i '/^config FAULT_INJECTION_STACKTRACE_FILTER$/,/help/{/depends on !X86_64/d}' \
		"$tmp/source/lib/Kconfig.debug"
	quietly "$tmp/log" make -C "$tmp/source" KCONFIG_ALLCONFIG="$VMHOST_DIR/debug.config" allnoconfig
	while read -r line; do
		grep -qxF -- "$line" "$tmp/source/.config" || lost+=("$line")
	done < <(grep -E '^(CONFIG_|# CONFIG_)' "$VMHOST_DIR/debug.config")
	((${#lost[@]} == 0)) || die "the configuration did not take ${lost[*]}"
}

# What an out-of-tree module needs of a build directory.
debug_headers() {
	local from=$1 to=$2
	mkdir -p -- "$to"
	(
		cd -- "$from" || exit
		{
			printf '%s\0' .config Module.symvers Makefile Kbuild Kconfig arch/x86/Makefile* \
				tools/objtool/objtool
			find include scripts arch/x86/include \( -type f -o -type l \) ! -name '*.o' \
				! -name '*.cmd' -print0
		} | tar -c --null -T - | tar -x -C "$to"
	)
}

debug_build() {
	local tmp=$1 version
	debug_source "$tmp"
	debug_configure "$tmp"
	version=$(make -s -C "$tmp/source" kernelrelease)
	status "building $version, on two idle CPUs about a quarter of an hour"
	quietly "$tmp/log" debug_compile "$tmp/source" {stderr}>&2
	debug_install "$tmp" "$version"
}

# Tells on $stderr how far it is: a build as long as this one is not to be taken for one that hangs.
debug_compile() {
	local line count=0
	make -C "$1" -j "$(nproc)" bzImage modules 2>&1 | while IFS= read -r line; do
		printf '%s\n' "$line"
		[[ $line == '  CC '* ]] || continue
		((++count % 200 > 0)) || status "compiled $count files of about 1600" 2>&"$stderr"
	done
}

debug_install() {
	local tmp=$1 version=$2 source=$1/source
	quietly "$tmp/log" make -C "$source" INSTALL_MOD_PATH="$tmp/root" modules_install
	mkdir -p -- "$tmp/root/boot"
	cp -- "$source/arch/x86/boot/bzImage" "$tmp/vmlinuz"
	ln -- "$tmp/vmlinuz" "$tmp/root/boot/vmlinuz-$version"
	cp -- "$source/.config" "$tmp/root/boot/config-$version"
	cp -- "$source/System.map" "$tmp/root/boot/System.map-$version"
	rm -f -- "$tmp/root/lib/modules/$version"/{build,source}
	debug_headers "$source" "$tmp/root/usr/src/linux-headers-$version"
	depmod -b "$tmp/root" "$version"
	rm -rf -- "$source"
	printf '%s\n' "$version" >"$tmp/version"
}

debug_tree() {
	local final
	need bc bison flex make gcc xz
	final=$VMHOST_CACHE/kernels/debug-$(debug_key)
	once "$final" debug_build
	printf '%s\n' "$final"
}
