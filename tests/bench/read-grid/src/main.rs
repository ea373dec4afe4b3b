// SPDX-License-Identifier: MIT
//! What a read of guest memory costs, by several ways side by side.
//!
//! The chunk sizes and counts are those of memflow's own examples/read_bench.rs (0.2.4). The ways take
//! turns in every cell, a few milliseconds each, so that whatever disturbs the machine disturbs them
//! all; the figures are medians.

mod grid;
mod ways;

use grid::{Grid, Placement};
use std::process::exit;
use ways::{Mapping, Way};

const USAGE: &str = "\
usage: read-grid --plugins DIR --memory FILE --range BASE+LENGTH [OPTIONS] LABEL=WAY…

WAY is one of
  connector:NAME:TARGET:EXTRA:MIDDLEWARE   a connector among the plugins, named as memflow's tools do
  mapped                                   memflow's MappedPhysicalMemory over FILE, in this program
  process                                  process_vm_readv(2) of this program itself
  bare                                     memcpy from FILE, called as a connector is

The ratios are those of the first way to the others and to memcpy from FILE, which is added.

  --memory FILE          guest memory to map, its offset 0 being guest physical address 0;
                         memfd:NAME is one that a plugin made in this program
  --range BASE+LENGTH    hexadecimal: where there is RAM that keeps its contents
  --rounds N             turns per way and cell (31)
  --milliseconds N       length of a turn (4)
  --cell BYTESxCHUNKS    only that one, for a profiler
";

fn fail(text: &str) -> ! {
    eprintln!("read-grid: {text}");
    exit(1)
}

#[derive(Default)]
struct Options {
    plugins: Option<String>,
    memory: Option<String>,
    range: Option<(u64, u64)>,
    rounds: Option<usize>,
    milliseconds: Option<u64>,
    cell: Option<(usize, usize)>,
    ways: Vec<(String, String)>,
}

fn parse_range(text: &str) -> Option<(u64, u64)> {
    let hex = |part: &str| u64::from_str_radix(part.trim_start_matches("0x"), 16).ok();
    let (base, length) = text.split_once('+')?;

    Some((hex(base)?, hex(length)?))
}

fn parse() -> Option<Options> {
    let mut options = Options::default();
    let mut words = std::env::args().skip(1);

    while let Some(word) = words.next() {
        match word.as_str() {
            "--plugins" => options.plugins = Some(words.next()?),
            "--memory" => options.memory = Some(words.next()?),
            "--range" => options.range = Some(parse_range(&words.next()?)?),
            "--rounds" => options.rounds = Some(words.next()?.parse().ok().filter(|&n| n > 0)?),
            "--milliseconds" => options.milliseconds = Some(words.next()?.parse().ok()?),
            "--cell" => {
                let text = words.next()?;
                let (size, count) = text.split_once('x')?;
                options.cell = Some((size.parse().ok()?, count.parse().ok()?));
            }
            _ => {
                let (label, way) = word.split_once('=')?;
                options.ways.push((label.into(), way.into()));
            }
        }
    }
    (!options.ways.is_empty()).then_some(options)
}

fn main() {
    let Some(options) = parse() else {
        eprint!("{USAGE}");
        exit(2)
    };
    let (Some(memory), Some((base, length))) = (options.memory, options.range) else {
        eprint!("{USAGE}");
        exit(2)
    };
    let mut inventory = ways::inventory(options.plugins.as_deref());
    let mut ways = Vec::new();
    let mut late = Vec::new();

    // Connectors first: one of them may make the memory that the others map.
    for (label, text) in &options.ways {
        match text.strip_prefix("connector:") {
            Some(arguments) => ways.push(Way::connector(&mut inventory, label, arguments)),
            None => late.push((label, text)),
        }
    }
    let mapping = Mapping::new(&memory, base + length);
    for (label, text) in late {
        ways.push(Way::local(label, text, &mapping));
    }
    ways.push(Way::memcpy(&mapping));

    let mut grid = Grid {
        ways,
        base,
        length,
        rounds: options.rounds.unwrap_or(31),
        only: options.cell,
        nanoseconds: options.milliseconds.unwrap_or(4) * 1_000_000,
    };
    grid.touch();
    for placement in [Placement::Anywhere, Placement::Near] {
        grid.measure(placement);
    }
}
