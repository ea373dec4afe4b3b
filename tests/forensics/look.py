# SPDX-License-Identifier: MIT
"""Opens a core file of a Linux guest in drgn, without the kernel's debugging information.

    look.py CORE RELEASE HOSTNAME

Everything is read at virtual addresses: by the guest's page tables, which drgn finds by VMCOREINFO.
"""

import re
import sys

import drgn
from drgn.helpers.linux.kallsyms import load_vmlinux_kallsyms


def check(what, there):
    print(what)
    if not there:
        sys.exit(f"look.py: {what} is not as it should be")


def main():
    core, release, hostname = sys.argv[1:]
    prog = drgn.Program()
    prog.set_core_dump(core)
    check(f"flags {prog.flags}", prog.flags & drgn.ProgramFlags.IS_LINUX_KERNEL)
    check(f"platform {prog.platform}", prog.platform.arch == drgn.Architecture.X86_64)
    found = prog["UTS_RELEASE"].string_().decode()
    check(f"release {found}", found == release)

    vmcoreinfo = prog["VMCOREINFO"].string_().decode()
    uts_namespace = int(re.search(r"^SYMBOL\(init_uts_ns\)=([0-9a-f]+)$", vmcoreinfo, re.M)[1], 16)
    # struct new_utsname: fields of 65 bytes.
    names = prog.read(uts_namespace, 6 * 65)
    fields = [names[i * 65:(i + 1) * 65].split(b"\0")[0].decode() for i in range(6)]
    check(f"utsname {fields}", fields[:3] == ["Linux", hostname, release])

    # In VMCOREINFO since Linux 6.0.
    prog.register_symbol_finder("kallsyms", load_vmlinux_kallsyms(prog), enable_index=0)
    banner = prog.read(prog.symbol("linux_banner").address, 256).split(b"\0")[0].decode().strip()
    check(banner, banner.startswith(f"Linux version {release} "))


main()
