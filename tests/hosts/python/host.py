# SPDX-License-Identifier: MIT
"""A memflow host in Python, by memflow's own package.

    host.py PLUGINS CONNECTOR ARGS      reads a test guest's signature and some of its pattern
    host.py PLUGINS CONNECTOR --list    names the targets, if the package can
"""

import pathlib
import re
import sys

import memflow

HEADER = pathlib.Path(__file__).with_name("testguest.h").read_text()


def number(start):
    """The contract's number behind these words."""
    return int(re.search(rf"{re.escape(start)}(?:UINT64_C\()?(0x[0-9A-Fa-f]+|\d+)", HEADER)[1], 0)


def field(name):
    return number("#define TESTGUEST_INFO_GPA ") + number(f"TESTGUEST_ASSERT_AT({name}, ")


def text(connector, address, length):
    raw = bytes(connector.phys_read(address, memflow.c_uint8 * length))
    return raw.split(b"\0")[0].decode()


def check_pattern(connector):
    factor = number("#define TESTGUEST_PATTERN_FACTOR ")
    addend = number("#define TESTGUEST_PATTERN_OFFSET ")
    ranges = field("ranges")
    count = connector.phys_read(field("nr_ranges"), memflow.c_uint64)
    for i in range(count):
        start = connector.phys_read(ranges + i * 16, memflow.c_uint64)
        size = connector.phys_read(ranges + i * 16 + 8, memflow.c_uint64)
        for address in (start, start + size - 8):
            found = connector.phys_read(address, memflow.c_uint64)
            there = (address * factor + addend) % 2**64
            if found != there:
                sys.exit(f"at {address:#x}: found {found:016x}, the guest has {there:016x}")


def main():
    plugins, name, args = sys.argv[1:]
    inventory = memflow.Inventory(plugins)
    if args == "--list":
        for target in inventory.connector_target_list(name):
            print(target.name)
        return
    connector = inventory.create_connector(name, None, args)
    print(f"max_address={connector.max_address:#x} real_size={connector.real_size}")
    signature = text(connector, field("magic"), 16), text(connector, field("name"), 64)
    check_pattern(connector)
    print(*signature)


main()
