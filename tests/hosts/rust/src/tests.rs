// SPDX-License-Identifier: MIT
//! What the commands do on an opened connector.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use memflow::prelude::v1::*;

use crate::guest::{contract, Info, Range};
use crate::memory::{self, Outcome};
use crate::{Connector, Done, Failure};

/// What is read at once, in pieces as a batch of a tool has them.
const BATCH: usize = 4 << 20;
const PIECE: usize = 64 << 10;

fn guest(conn: &mut impl PhysicalMemory) -> std::result::Result<Info, Failure> {
    let info = Info::read(conn)?;
    if info.ready() {
        Ok(info)
    } else {
        Err(format!("there is no guest that is ready, but \"{}\"", info.magic()).into())
    }
}

pub fn info(conn: &mut Connector) {
    let PhysicalMemoryMetadata {
        max_address,
        real_size,
        readonly,
        ideal_batch_size,
    } = conn.metadata();
    println!(
        "max_address={:#x} real_size={real_size} readonly={readonly} \
         ideal_batch_size={ideal_batch_size} cpu_state={}",
        max_address.to_umem(),
        as_ref!(conn impl ConnectorCpuState).is_some()
    );
}

pub fn signature(conn: &mut Connector) -> Done {
    let info = guest(conn)?;
    println!("{} {}", info.magic(), info.name());
    Ok(())
}

pub fn read(conn: &mut Connector, gpa: u64, length: usize) -> Done {
    let mut bytes = vec![0; length];
    memory::read(conn, gpa, &mut bytes)?;
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}

pub fn write(conn: &mut Connector, gpa: u64, hex: &str) -> Done {
    let bytes = (0..hex.len())
        .step_by(2)
        .map(|i| {
            hex.get(i..i + 2)
                .and_then(|byte| u8::from_str_radix(byte, 16).ok())
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| format!("\"{hex}\" are no bytes in hexadecimal"))?;
    memory::write(conn, gpa, &bytes)?;
    Ok(())
}

pub fn pattern(conn: &mut Connector, at_least: u64) -> Done {
    let ranges = guest(conn)?.ranges();
    let mut bytes = vec![0; BATCH];
    let mut checked = 0;
    for Range { gpa, size } in &ranges {
        for start in (*gpa..gpa + size).step_by(BATCH) {
            let bytes = &mut bytes[..BATCH.min((gpa + size - start) as usize)];
            let addresses = (start..).step_by(PIECE);
            let pieces = addresses.zip(bytes.chunks_mut(PIECE)).collect();
            let outcome = memory::read_batch(conn, pieces)?;
            if let Some((failed, length)) = outcome.failed.first() {
                return Err(format!("{length} bytes at {failed:#x} cannot be read").into());
            }
            if let Some(difference) = contract().difference(start, bytes) {
                return Err(difference.into());
            }
            checked += bytes.len() as u64;
        }
    }
    if checked < at_least {
        return Err(format!("the guest has only {checked} bytes with a pattern").into());
    }
    let end = ranges.last().map_or(0, |range| range.gpa + range.size);
    println!("{} MiB match, the last at {:#x}", checked >> 20, end - 1);
    Ok(())
}

/// The guest answers within a tick of its own.
pub fn react(conn: &mut Connector, number: u64) -> Done {
    memory::write(conn, contract().request_gpa(), &number.to_le_bytes())?;
    let deadline = Instant::now() + Duration::from_secs(10);
    while Info::read(conn)?.response() != number * 3 + 1 {
        if Instant::now() > deadline {
            return Err(format!("the guest does not answer {number}").into());
        }
        thread::sleep(Duration::from_millis(10));
    }
    println!("the guest answered {}", number * 3 + 1);
    Ok(())
}

pub fn refuses_writes(conn: &mut Connector) -> Done {
    if !conn.metadata().readonly {
        return Err("the metadata does not say read-only".into());
    }
    let gpa = contract().info_gpa;
    match memory::write(conn, gpa, b"overwritten") {
        Ok(()) => return Err("a write succeeded".into()),
        Err(error) => println!("{error}"),
    }
    guest(conn)?;
    Ok(())
}

fn expect(what: &str, expected: &[(u64, usize)], mut told: Vec<(u64, usize)>) -> Done {
    told.sort();
    if told == expected {
        return Ok(());
    }
    Err(format!("{what}: told {told:x?} instead of {expected:x?}").into())
}

/// A batch of a piece that is there, one in a hole, one that begins in RAM and ends in the hole, one
/// behind everything, one that is there.
pub fn holes(conn: &mut Connector) -> Done {
    let range = guest(conn)?.ranges().pop().unwrap();
    let end = range.gpa + range.size;
    let behind = conn.metadata().max_address.to_umem() + 1 + size::gb(1) as u64;
    let info = contract().info_gpa;
    let mut bytes = vec![0xa5; 0x5000];

    let at = [info, end + 0x10000, end - 0x800, behind, range.gpa];
    let pieces = at.into_iter().zip(bytes.chunks_mut(0x1000)).collect();
    let Outcome { done, failed } = memory::read_batch(conn, pieces)?;
    expect(
        "read",
        &[(info, 0x1000), (range.gpa, 0x1000), (end - 0x800, 0x800)],
        done,
    )?;
    let unreadable = [(end, 0x800), (end + 0x10000, 0x1000), (behind, 0x1000)];
    expect("unreadable", &unreadable, failed)?;
    for (gpa, bytes) in [
        (end - 0x800, &bytes[0x2000..0x2800]),
        (range.gpa, &bytes[0x4000..]),
    ] {
        if let Some(difference) = contract().difference(gpa, bytes) {
            return Err(difference.into());
        }
    }

    let back = bytes.clone();
    let at = [end + 0x10000, end - 0x800, behind, range.gpa];
    let pieces = at.into_iter().zip(back[0x1000..].chunks(0x1000)).collect();
    let Outcome { done, failed } = memory::write_batch(conn, pieces)?;
    expect(
        "written",
        &[(range.gpa, 0x1000), (end - 0x800, 0x800)],
        done,
    )?;
    expect("unwritable", &unreadable, failed)?;
    println!("3 of 5 pieces read, 2 of 4 written, the rest told as failed");
    Ok(())
}

fn view_tells(view: &mut impl MemoryView, ranges: &[Range]) -> Done {
    let Range { gpa, size } = ranges.last().unwrap();
    let end = Address::from(gpa + size);
    let (mut first, mut last) = ([0_u8; 64], [0_u8; 64]);
    {
        let mut batcher = view.batcher();
        batcher.read_raw_into(Address::from(*gpa), &mut first);
        batcher.read_raw_into(end - 64_usize, &mut last);
    }
    for (gpa, bytes) in [(*gpa, &first), (gpa + size - 64, &last)] {
        if let Some(difference) = contract().difference(gpa, bytes) {
            return Err(difference.into());
        }
    }
    // What cannot be read is zeros, and the result says that it is not all.
    let mut across = [0xa5_u8; 128];
    match view.read_raw_into(end - 64_usize, &mut across) {
        Err(PartialError::PartialVirtualRead(())) if across[64..] == [0; 64] => (),
        other => return Err(format!("a read across the end of RAM: {other:?}").into()),
    }
    if across[..64] != last {
        return Err("a read across the end of RAM has other bytes".into());
    }
    let MemoryViewMetadata {
        max_address,
        real_size,
        readonly,
        arch_bits,
        little_endian,
    } = view.metadata();
    println!(
        "max_address={:#x} real_size={real_size} readonly={readonly} arch_bits={arch_bits} \
         little_endian={little_endian}",
        max_address.to_umem()
    );
    Ok(())
}

/// A borrowed view, and one that owns a clone of the connector.
pub fn view(conn: &mut Connector) -> Done {
    let ranges = guest(conn)?.ranges();
    view_tells(&mut conn.phys_view(), &ranges)?;
    let mut owned = conn.clone().into_phys_view();
    let mut magic = [0_u8; 15];
    owned.read_into(Address::from(contract().info_gpa), &mut magic)?;
    println!("magic={}", String::from_utf8_lossy(&magic));
    view_tells(&mut owned, &ranges)
}
