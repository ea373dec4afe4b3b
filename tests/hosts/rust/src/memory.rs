// SPDX-License-Identifier: MIT
//! Physical reads and writes by the calls that a connector gets in the end, with both callbacks, so
//! that it is seen which pieces of a batch succeeded and which did not.

use memflow::prelude::v1::*;

/// Address and length of each piece, in the order in which the connector told them.
#[derive(Default)]
pub struct Outcome {
    pub done: Vec<(u64, usize)>,
    pub failed: Vec<(u64, usize)>,
}

pub fn read_batch(mem: &mut impl PhysicalMemory, pieces: Vec<(u64, &mut [u8])>) -> Result<Outcome> {
    let (mut done, mut failed) = (vec![], vec![]);
    let out = &mut |CTup2(addr, data): ReadData| {
        done.push((addr.to_umem(), data.len()));
        true
    };
    let out_fail = &mut |CTup2(addr, data): ReadData| {
        failed.push((addr.to_umem(), data.len()));
        true
    };
    let pieces = pieces.into_iter().map(|(gpa, buf)| {
        let addr = Address::from(gpa);
        CTup3(PhysicalAddress::from(addr), addr, CSliceMut::from(buf))
    });
    MemOps::with_raw(
        pieces,
        Some(&mut out.into()),
        Some(&mut out_fail.into()),
        |data| mem.phys_read_raw_iter(data),
    )?;
    Ok(Outcome { done, failed })
}

pub fn write_batch(mem: &mut impl PhysicalMemory, pieces: Vec<(u64, &[u8])>) -> Result<Outcome> {
    let (mut done, mut failed) = (vec![], vec![]);
    let out = &mut |CTup2(addr, data): WriteData| {
        done.push((addr.to_umem(), data.len()));
        true
    };
    let out_fail = &mut |CTup2(addr, data): WriteData| {
        failed.push((addr.to_umem(), data.len()));
        true
    };
    let pieces = pieces.into_iter().map(|(gpa, buf)| {
        let addr = Address::from(gpa);
        CTup3(PhysicalAddress::from(addr), addr, CSliceRef::from(buf))
    });
    MemOps::with_raw(
        pieces,
        Some(&mut out.into()),
        Some(&mut out_fail.into()),
        |data| mem.phys_write_raw_iter(data),
    )?;
    Ok(Outcome { done, failed })
}

/// An error if a single byte is missing.
pub fn read(mem: &mut impl PhysicalMemory, gpa: u64, buf: &mut [u8]) -> Result<()> {
    let length = buf.len();
    whole(length, read_batch(mem, vec![(gpa, buf)])?)
}

pub fn write(mem: &mut impl PhysicalMemory, gpa: u64, bytes: &[u8]) -> Result<()> {
    whole(bytes.len(), write_batch(mem, vec![(gpa, bytes)])?)
}

/// A connector may tell a piece in parts, and must tell each byte once.
fn whole(length: usize, outcome: Outcome) -> Result<()> {
    let told = outcome.done.iter().map(|(_, length)| length).sum::<usize>();
    if outcome.failed.is_empty() && told == length {
        Ok(())
    } else {
        Err(Error(ErrorOrigin::Connector, ErrorKind::PartialData))
    }
}
