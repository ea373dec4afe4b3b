// SPDX-License-Identifier: MIT
//! What a plugin logs goes to stderr, one line a record.

use log::{LevelFilter, Log, Metadata, Record};

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, _: &Metadata) -> bool {
        true
    }

    fn log(&self, record: &Record) {
        eprintln!(
            "[{}] {}: {}",
            record.level(),
            record.target(),
            record.args()
        );
    }

    fn flush(&self) {}
}

pub fn init(level: LevelFilter) {
    log::set_max_level(level);
    log::set_logger(&Stderr).expect("there is no other logger");
}
