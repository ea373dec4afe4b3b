// SPDX-License-Identifier: MIT
//! Clones of one connector read in threads, while the domain stops and starts under their hands.
//!
//! stdout says "reading" when all threads have read right bytes, "lost N" when each has got an error
//! for the Nth stop, "recovered N" when each has read right bytes of the Nth run after the first.
//! The end of stdin ends it; the last line has the totals. A byte that is not the guest's, though the
//! read succeeded, is a failure, and so is an error while the domain runs.

use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::guest::{contract, Info};
use crate::{memory, Connector, Done};

/// A clone lives for so many rounds, then it is replaced by a clone of itself.
const ROUNDS: u64 = 32;
const LARGEST: u64 = 64 << 10;
/// By each thread.
const WRONG_SHOWN: u64 = 3;
/// Before what failed is tried again.
const PAUSE: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Counts {
    reads: AtomicU64,
    bytes: AtomicU64,
    errors: AtomicU64,
    wrong: AtomicU64,
    stray: AtomicU64,
    clones: AtomicU64,
    lost: AtomicU64,
    recovered: AtomicU64,
}

/// What a thread has to do with its domain.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Reads {
        boot_id: u64,
    },
    /// The last read succeeded, but showed no guest that is ready.
    Unready {
        boot_id: u64,
    },
    Lost {
        boot_id: u64,
    },
}

struct Reader {
    counts: Arc<Counts>,
    state: State,
    random: u64,
}

impl Reader {
    fn random(&mut self, below: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % below
    }

    fn wrong(&self, what: &str) {
        if self.counts.wrong.fetch_add(1, SeqCst) < WRONG_SHOWN {
            eprintln!("wrong: {what}");
        }
    }

    fn failed(&mut self) {
        self.counts.errors.fetch_add(1, SeqCst);
        match self.state {
            State::Reads { boot_id } => {
                self.counts.lost.fetch_add(1, SeqCst);
                self.state = State::Lost { boot_id };
            }
            State::Unready { boot_id } => {
                self.wrong("the memory of a guest that stopped was read as something else");
                self.counts.lost.fetch_add(1, SeqCst);
                self.state = State::Lost { boot_id };
            }
            State::New => {
                self.counts.stray.fetch_add(1, SeqCst);
            }
            State::Lost { .. } => (),
        }
        thread::sleep(PAUSE);
    }

    /// A guest fills its memory before it is ready; only one that just booted is not.
    fn unready(&mut self) {
        if let State::Reads { boot_id } = self.state {
            self.state = State::Unready { boot_id };
        }
        thread::sleep(PAUSE);
    }

    fn succeeded(&mut self, boot_id: u64, length: u64) {
        self.counts.reads.fetch_add(1, SeqCst);
        self.counts.bytes.fetch_add(length, SeqCst);
        match self.state {
            State::Lost { boot_id: old } if old == boot_id => {
                self.counts.stray.fetch_add(1, SeqCst);
                self.counts.lost.fetch_sub(1, SeqCst);
            }
            State::Lost { .. } => {
                self.counts.recovered.fetch_add(1, SeqCst);
            }
            State::Unready { boot_id: old } if old == boot_id => {
                self.wrong("a guest that is ready was read as one that is not");
            }
            State::Unready { .. } | State::Reads { .. } | State::New => (),
        }
        self.state = State::Reads { boot_id };
    }

    fn round(&mut self, conn: &mut Connector) -> memflow::error::Result<()> {
        let before = Info::read(conn)?;
        if !before.ready() {
            self.unready();
            return Ok(());
        }
        let ranges = before.ranges();
        let range = &ranges[self.random(ranges.len() as u64) as usize];
        let length = (8 + self.random(LARGEST) / 8 * 8).min(range.size);
        let gpa = range.gpa + self.random((range.size - length) / 8 + 1) * 8;
        let mut bytes = vec![0; length as usize];
        memory::read(conn, gpa, &mut bytes)?;
        // If it is another guest by now, nobody knows whose bytes these are.
        match Info::read(conn) {
            Ok(after) if !after.ready() || after.boot_id() != before.boot_id() => self.unready(),
            after => {
                if let Some(difference) = contract().difference(gpa, &bytes) {
                    self.wrong(&difference);
                }
                after?;
                self.succeeded(before.boot_id(), length);
            }
        }
        Ok(())
    }

    fn run(mut self, mut conn: Connector, stop: &AtomicBool) {
        while !stop.load(SeqCst) {
            for _ in 0..ROUNDS {
                if self.round(&mut conn).is_err() {
                    self.failed();
                }
            }
            conn = conn.clone();
            self.counts.clones.fetch_add(1, SeqCst);
        }
    }
}

pub fn run(conn: &mut Connector, count: usize) -> Done {
    let stop = Arc::new(AtomicBool::new(false));
    let counts = (0..count)
        .map(|_| Arc::<Counts>::default())
        .collect::<Vec<_>>();
    let threads = (1..)
        .zip(&counts)
        .map(|(seed, counts)| {
            let (conn, stop, counts) = (conn.clone(), stop.clone(), counts.clone());
            let random = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed);
            let reader = Reader {
                counts,
                state: State::New,
                random,
            };
            thread::spawn(move || reader.run(conn, &stop))
        })
        .collect::<Vec<_>>();
    let ended = stop.clone();
    thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut vec![]);
        ended.store(true, SeqCst);
    });

    let least = |of: fn(&Counts) -> &AtomicU64| {
        counts
            .iter()
            .map(|counts| of(counts).load(SeqCst))
            .min()
            .unwrap_or(0)
    };
    let (mut reading, mut lost, mut recovered) = (false, 0, 0);
    while !stop.load(SeqCst) {
        if !reading && least(|counts| &counts.reads) > 0 {
            reading = true;
            println!("reading");
        }
        if least(|counts| &counts.lost) > lost {
            lost += 1;
            println!("lost {lost}");
        }
        if least(|counts| &counts.recovered) > recovered {
            recovered += 1;
            println!("recovered {recovered}");
        }
        thread::sleep(Duration::from_millis(20));
    }
    for thread in threads {
        thread.join().map_err(|_| "a thread panicked")?;
    }

    let sum = |of: fn(&Counts) -> &AtomicU64| {
        counts
            .iter()
            .map(|counts| of(counts).load(SeqCst))
            .sum::<u64>()
    };
    let (wrong, stray) = (sum(|counts| &counts.wrong), sum(|counts| &counts.stray));
    println!(
        "threads={count} clones={} reads={} bytes={} errors={} lost={} recovered={} stray={stray} \
         wrong={wrong}",
        sum(|counts| &counts.clones),
        sum(|counts| &counts.reads),
        sum(|counts| &counts.bytes),
        sum(|counts| &counts.errors),
        sum(|counts| &counts.lost),
        sum(|counts| &counts.recovered),
    );
    if wrong + stray > 0 {
        return Err("wrong bytes or stray errors".into());
    }
    Ok(())
}
