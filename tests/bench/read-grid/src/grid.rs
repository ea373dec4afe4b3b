// SPDX-License-Identifier: MIT
//! The cells, the turns and the table.

use crate::fail;
use crate::ways::Way;
use std::time::Instant;

const SIZES: [usize; 5] = [0x10000, 0x1000, 0x100, 0x10, 0x8];
const COUNTS: [usize; 3] = [32, 8, 1];
/// So many that neither the caches nor the TLB hold them all.
const ADDRESSES: usize = 32768;
/// read_bench takes its addresses from so many bytes of one module.
const NEAR: u64 = 0x2000;

#[derive(Clone, Copy)]
pub enum Placement {
    /// Each chunk somewhere in RAM: most are not in the caches and many not in the TLB.
    Anywhere,
    /// All chunks of a cell near one place, as in read_bench: what remains is the cost of the way.
    Near,
}

pub struct Grid {
    pub ways: Vec<Way>,
    pub base: u64,
    pub length: u64,
    pub rounds: usize,
    pub only: Option<(usize, usize)>,
    pub nanoseconds: u64,
}

struct Cell {
    size: usize,
    count: usize,
    addresses: Vec<u64>,
}

/// xorshift64*: the same addresses in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % end
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

impl Cell {
    fn new(
        grid: &Grid,
        placement: Placement,
        size: usize,
        count: usize,
        random: &mut Random,
    ) -> Self {
        let places = grid.length - size as u64;
        let (start, span) = match placement {
            Placement::Anywhere => (0, places),
            Placement::Near => (random.below(places - NEAR), NEAR),
        };
        let addresses = (0..ADDRESSES)
            .map(|_| grid.base + start + random.below(span))
            .collect();

        Self {
            size,
            count,
            addresses,
        }
    }

    /// Nanoseconds that @calls calls take.
    fn turn(&self, way: &mut Way, cursor: &mut usize, calls: usize, buffer: &mut [u8]) -> f64 {
        let start = Instant::now();

        for _ in 0..calls {
            let first = *cursor * self.count;
            way.read(
                &self.addresses[first..first + self.count],
                self.size,
                buffer,
            );
            *cursor += 1;
            if *cursor == ADDRESSES / self.count {
                *cursor = 0;
            }
        }
        start.elapsed().as_nanos() as f64
    }
}

impl Grid {
    /// Everything once by every way: page faults are measured elsewhere.
    pub fn touch(&mut self) {
        const SIZE: usize = 1 << 16;
        let mut buffer = vec![0; SIZE];

        for way in &mut self.ways {
            for offset in (0..self.length - self.length % SIZE as u64).step_by(SIZE) {
                way.read(&[self.base + offset], SIZE, &mut buffer);
            }
        }
    }

    /// Nobody is quick who reads something else.
    fn compare(&mut self, cell: &Cell) {
        let mut buffers: Vec<Vec<u8>> = Vec::new();

        for way in &mut self.ways {
            let mut buffer = vec![0xa5; cell.size * cell.count];
            way.read(&cell.addresses[..cell.count], cell.size, &mut buffer);
            buffers.push(buffer);
        }
        let expected = buffers.last().unwrap();
        if expected.iter().all(|&byte| byte == 0xa5) {
            fail("the memory holds what the buffers were filled with");
        }
        for (way, buffer) in self.ways.iter().zip(&buffers) {
            if buffer != expected {
                fail(&format!(
                    "{} read something else than {}, {} × {} bytes at {:#x}…",
                    way.label,
                    self.ways.last().unwrap().label,
                    cell.count,
                    cell.size,
                    cell.addresses[0]
                ));
            }
        }
    }

    fn head(&self, placement: Placement) {
        let labels = |prefix: &str, ways: &[Way]| -> String {
            ways.iter()
                .map(|way| format!(" {prefix}{} |", way.label))
                .collect()
        };

        println!(
            "\n{}; ns per request, GB/s, and how many times as quick as the others {} is:\n",
            match placement {
                Placement::Anywhere => "Addresses anywhere in RAM",
                Placement::Near => "Addresses within 8 KiB, as in read_bench",
            },
            self.ways[0].label
        );
        println!(
            "| bytes × chunks |{} {} GB/s | memcpy GB/s |{}",
            labels("", &self.ways),
            self.ways[0].label,
            labels("÷ ", &self.ways[1..])
        );
        println!("|---|{}", "--:|".repeat(2 * self.ways.len() + 1));
    }

    pub fn measure(&mut self, placement: Placement) {
        let mut random = Random(0x6d65_6d66_6c6f_7721);
        let mut buffer = vec![0; SIZES[0] * COUNTS[0]];

        self.head(placement);
        for size in SIZES {
            for count in COUNTS {
                let cell = Cell::new(self, placement, size, count, &mut random);

                if self.only.is_some_and(|only| only != (size, count)) {
                    continue;
                }
                self.compare(&cell);
                self.measure_cell(&cell, &mut buffer);
            }
        }
    }

    fn measure_cell(&mut self, cell: &Cell, buffer: &mut [u8]) {
        let n = self.ways.len();
        let mut cursors = vec![0; n];
        let mut calls = vec![0; n];
        let mut times = vec![Vec::with_capacity(self.rounds); n];

        for (i, way) in self.ways.iter_mut().enumerate() {
            let mut tried = 1;
            loop {
                let took = cell.turn(way, &mut cursors[i], tried, buffer);
                if took >= self.nanoseconds as f64 / 4.0 {
                    calls[i] = (tried as f64 * self.nanoseconds as f64 / took).ceil() as usize;
                    break;
                }
                tried *= 2;
            }
        }
        for round in 0..self.rounds {
            for step in 0..n {
                // Not always after the same neighbour.
                let i = if round % 2 == 0 { step } else { n - 1 - step };
                let took = cell.turn(&mut self.ways[i], &mut cursors[i], calls[i], buffer);
                times[i].push(took / (calls[i] * cell.count) as f64);
            }
        }
        self.show(cell, &times);
    }

    fn show(&self, cell: &Cell, times: &[Vec<f64>]) {
        let medians: Vec<f64> = times.iter().map(|each| median(&mut each.clone())).collect();
        let mut row = format!("| {} × {} |", cell.size, cell.count);

        for time in &medians {
            row += &if *time < 100.0 {
                format!(" {time:.1} |")
            } else {
                format!(" {time:.0} |")
            };
        }
        for time in [medians[0], medians[medians.len() - 1]] {
            row += &format!(" {:.2} |", cell.size as f64 / time);
        }
        // Of the turns of one round, which ran under the same conditions.
        for other in &times[1..] {
            let mut ratios: Vec<f64> = other
                .iter()
                .zip(&times[0])
                .map(|(theirs, ours)| theirs / ours)
                .collect();
            let ratio = median(&mut ratios);
            row += &if ratio < 10.0 {
                format!(" {ratio:.2} |")
            } else {
                format!(" {ratio:.0} |")
            };
        }
        println!("{row}");
    }
}
