// SPDX-License-Identifier: MIT
//! What a test guest promises. The numbers are the contract's own, read from its C header, so that
//! they stand in one place.

use std::sync::OnceLock;

use memflow::prelude::v1::*;

use crate::memory;

const HEADER: &str = include_str!("../../../guest/testguest.h");

/// `0x123`, `UINT64_C(0x123)` or `16`.
fn number(text: &str) -> Option<u64> {
    let text = text
        .trim()
        .trim_start_matches("UINT64_C(")
        .trim_end_matches(')');
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// The value behind the first line that begins so.
fn value(start: &str) -> u64 {
    HEADER
        .lines()
        .find_map(|line| line.strip_prefix(start))
        .and_then(|rest| number(rest.trim_end_matches(';')))
        .unwrap_or_else(|| panic!("testguest.h has no number behind \"{start}\""))
}

fn define(name: &str) -> u64 {
    value(&format!("#define TESTGUEST_{name} "))
}

fn offset(field: &str) -> usize {
    value(&format!("TESTGUEST_ASSERT_AT({field}, ")) as usize
}

pub struct Contract {
    pub info_gpa: u64,
    pub info_size: usize,
    name: usize,
    counter: usize,
    ready: usize,
    boot_id: usize,
    request: usize,
    response: usize,
    nr_ranges: usize,
    ranges: usize,
    max_ranges: u64,
    factor: u64,
    addend: u64,
}

pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| Contract {
        info_gpa: define("INFO_GPA"),
        info_size: offset("ranges") + 16 * define("MAX_RANGES") as usize,
        name: offset("name"),
        counter: offset("counter"),
        ready: offset("pattern_ready"),
        boot_id: offset("boot_id"),
        request: offset("request"),
        response: offset("response"),
        nr_ranges: offset("nr_ranges"),
        ranges: offset("ranges"),
        max_ranges: define("MAX_RANGES"),
        factor: define("PATTERN_FACTOR"),
        addend: define("PATTERN_OFFSET"),
    })
}

impl Contract {
    pub fn request_gpa(&self) -> u64 {
        self.info_gpa + self.request as u64
    }

    /// The 8 bytes at `gpa`, as one word.
    fn word(&self, gpa: u64) -> u64 {
        gpa.wrapping_mul(self.factor).wrapping_add(self.addend)
    }

    /// Where `bytes`, read at `gpa`, are not what the guest has there. Both are multiples of 8.
    pub fn difference(&self, gpa: u64, bytes: &[u8]) -> Option<String> {
        (gpa..)
            .step_by(8)
            .zip(bytes.chunks_exact(8))
            .find_map(|(at, found)| {
                let found = u64::from_le_bytes(found.try_into().unwrap());
                let there = self.word(at);
                (found != there)
                    .then(|| format!("at {at:#x}: found {found:016x}, the guest has {there:016x}"))
            })
    }
}

pub struct Range {
    pub gpa: u64,
    pub size: u64,
}

/// The info page as it was at one moment.
pub struct Info(Vec<u8>);

impl Info {
    /// What is there, be it a guest's or not.
    pub fn read(mem: &mut impl PhysicalMemory) -> Result<Self> {
        let mut bytes = vec![0; contract().info_size];
        memory::read(mem, contract().info_gpa, &mut bytes)?;
        Ok(Self(bytes))
    }

    fn word(&self, offset: usize) -> u64 {
        u64::from_le_bytes(self.0[offset..offset + 8].try_into().unwrap())
    }

    fn text(&self, offset: usize) -> String {
        let end = self.0[offset..].iter().position(|b| *b == 0).unwrap_or(0);
        String::from_utf8_lossy(&self.0[offset..offset + end]).into_owned()
    }

    pub fn magic(&self) -> String {
        self.text(0)
    }

    pub fn name(&self) -> String {
        self.text(contract().name)
    }

    pub fn counter(&self) -> u64 {
        self.word(contract().counter)
    }

    pub fn boot_id(&self) -> u64 {
        self.word(contract().boot_id)
    }

    pub fn response(&self) -> u64 {
        self.word(contract().response)
    }

    /// Whether there is a guest whose memory carries the pattern.
    pub fn ready(&self) -> bool {
        static MAGIC: OnceLock<String> = OnceLock::new();
        let magic = MAGIC.get_or_init(|| {
            let (_, rest) = HEADER.split_once("#define TESTGUEST_MAGIC \"").unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        });
        self.magic() == *magic
            && self.word(contract().ready) == 1
            && self.word(contract().nr_ranges) <= contract().max_ranges
    }

    pub fn ranges(&self) -> Vec<Range> {
        (0..self.word(contract().nr_ranges) as usize)
            .map(|i| contract().ranges + i * 16)
            .map(|at| Range {
                gpa: self.word(at),
                size: self.word(at + 8),
            })
            .collect()
    }
}
