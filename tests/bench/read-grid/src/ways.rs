// SPDX-License-Identifier: MIT
//! The ways to guest memory. All but memcpy are connector instances as the inventory gives them out, so
//! that a call takes the same path up to the connector.

use crate::fail;
use libc::{c_void, iovec};
use memflow::cglue::{self, *};
use memflow::connector::MappedPhysicalMemory;
use memflow::error::{Error, ErrorKind, ErrorOrigin, Result};
use memflow::mem::mem_data::*;
use memflow::mem::{MemoryMap, PhysicalMemory, PhysicalMemoryMetadata};
use memflow::plugins::*;
use memflow::types::{umem, Address, PhysicalAddress};
use std::fs;
use std::os::fd::AsRawFd;

type Instance = ConnectorInstanceArcBox<'static>;

pub enum Path {
    Connector(Box<Instance>),
    Memcpy(*const u8),
}

pub struct Way {
    pub label: String,
    path: Path,
}

/// Guest memory in this program, beginning at guest physical address 0, for as long as it runs.
pub struct Mapping {
    base: *mut u8,
    length: u64,
}

pub fn inventory(plugins: Option<&str>) -> Inventory {
    match plugins {
        Some(directory) => Inventory::scan_path(directory)
            .unwrap_or_else(|error| fail(&format!("{directory}: {error}"))),
        None => Inventory::scan(),
    }
}

impl Mapping {
    pub fn new(file: &str, length: u64) -> Self {
        let path = match file.strip_prefix("memfd:") {
            Some(name) => find_memfd(name),
            None => file.into(),
        };
        let file = fs::File::open(&path).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
        let base = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                length as usize,
                libc::PROT_READ,
                libc::MAP_SHARED,
                file.as_raw_fd(),
                0,
            )
        };

        if base == libc::MAP_FAILED {
            fail(&format!(
                "{path}: cannot map: {}",
                std::io::Error::last_os_error()
            ));
        }
        Self {
            base: base.cast(),
            length,
        }
    }
}

fn find_memfd(name: &str) -> String {
    let wanted = format!("/memfd:{name} (deleted)");

    fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| fs::read_link(path).is_ok_and(|target| target.as_os_str() == wanted.as_str()))
        .unwrap_or_else(|| fail(&format!("no plugin has made a memfd \"{name}\"")))
        .display()
        .to_string()
}

/// What memflow-kvm 0.2.0 hands to MappedPhysicalMemory, without the kernel module.
struct MapData {
    mappings: MemoryMap<&'static mut [u8]>,
    addresses: MemoryMap<(Address, umem)>,
}

impl MapData {
    fn new(addresses: MemoryMap<(Address, umem)>) -> Self {
        Self {
            mappings: unsafe { addresses.clone().into_bufmap_mut() },
            addresses,
        }
    }
}

impl Clone for MapData {
    fn clone(&self) -> Self {
        Self::new(self.addresses.clone())
    }
}

impl AsRef<MemoryMap<&'static mut [u8]>> for MapData {
    fn as_ref(&self) -> &MemoryMap<&'static mut [u8]> {
        &self.mappings
    }
}

/// memflow-native 0.2.6 src/linux/mem.rs, which memflow-qemu reads by, without its proxy OS: the
/// list as two arrays of iovecs, and a call for every 1024.
#[derive(Clone)]
struct ProcessMemory {
    pid: i32,
    base: usize,
    local: Vec<Slot>,
    remote: Vec<Slot>,
}

#[derive(Clone, Copy)]
#[repr(transparent)]
struct Slot(iovec);
unsafe impl Send for Slot {}

const IOV_MAX: usize = 1024;

impl ProcessMemory {
    fn copy(&mut self) -> Result<()> {
        let wanted: usize = self.local.iter().map(|slot| slot.0.iov_len).sum();
        let copied = unsafe {
            libc::process_vm_readv(
                self.pid,
                self.local.as_ptr().cast(),
                self.local.len() as _,
                self.remote.as_ptr().cast(),
                self.remote.len() as _,
                0,
            )
        };

        self.local.clear();
        self.remote.clear();
        (copied == wanted as isize)
            .then_some(())
            .ok_or(Error(ErrorOrigin::Connector, ErrorKind::UnableToReadMemory))
    }
}

impl PhysicalMemory for ProcessMemory {
    fn phys_read_raw_iter(&mut self, data: PhysicalReadMemOps) -> Result<()> {
        for CTup3(address, _, buffer) in data.inp {
            self.local.push(Slot(iovec {
                iov_base: buffer.as_ptr() as *mut c_void,
                iov_len: buffer.len(),
            }));
            self.remote.push(Slot(iovec {
                iov_base: (self.base + address.to_umem() as usize) as *mut c_void,
                iov_len: buffer.len(),
            }));
            if self.local.len() == IOV_MAX {
                self.copy()?;
            }
        }
        if self.local.is_empty() {
            return Ok(());
        }
        self.copy()
    }

    fn phys_write_raw_iter(&mut self, _: PhysicalWriteMemOps) -> Result<()> {
        Err(Error(ErrorOrigin::Connector, ErrorKind::ReadOnly))
    }

    fn metadata(&self) -> PhysicalMemoryMetadata {
        PhysicalMemoryMetadata {
            max_address: Address::invalid(),
            real_size: 0,
            readonly: true,
            ideal_batch_size: IOV_MAX as u32,
        }
    }
}

cglue_impl_group!(ProcessMemory, ConnectorInstance, {});

/// memcpy() behind memflow's interface and nothing else: no request is checked, no end of the domain
/// noticed. What it costs more than the memcpy way is the caller's, and no connector can save it.
#[derive(Clone)]
struct BareMemory {
    base: usize,
}

impl PhysicalMemory for BareMemory {
    fn phys_read_raw_iter(&mut self, data: PhysicalReadMemOps) -> Result<()> {
        for CTup3(address, _, buffer) in data.inp {
            unsafe {
                std::ptr::copy_nonoverlapping(
                    (self.base + address.to_umem() as usize) as *const u8,
                    buffer.as_ptr() as *mut u8,
                    buffer.len(),
                )
            };
        }
        Ok(())
    }

    fn phys_write_raw_iter(&mut self, _: PhysicalWriteMemOps) -> Result<()> {
        Err(Error(ErrorOrigin::Connector, ErrorKind::ReadOnly))
    }

    fn metadata(&self) -> PhysicalMemoryMetadata {
        PhysicalMemoryMetadata {
            max_address: Address::invalid(),
            real_size: 0,
            readonly: true,
            ideal_batch_size: u32::MAX,
        }
    }
}

cglue_impl_group!(BareMemory, ConnectorInstance, {});

impl Way {
    pub fn connector(inventory: &mut Inventory, label: &str, arguments: &str) -> Self {
        let (name, rest) = arguments.split_once(':').unwrap_or((arguments, ""));
        let instance = rest
            .parse::<ConnectorArgs>()
            .and_then(|parsed| inventory.instantiate_connector(name, None, Some(&parsed)))
            .unwrap_or_else(|error| fail(&format!("connector {arguments}: {error}")));

        Self {
            label: label.into(),
            path: Path::Connector(Box::new(instance)),
        }
    }

    pub fn local(label: &str, kind: &str, mapping: &Mapping) -> Self {
        let library: LibArc = Default::default();
        let instance: Instance = match kind {
            "mapped" => {
                let mut map = MemoryMap::new();
                map.push_remap(
                    Address::null(),
                    mapping.length as umem,
                    Address::from(mapping.base as umem),
                );
                let memory = MappedPhysicalMemory::with_info(MapData::new(map));
                group_obj!((memory, library) as ConnectorInstance)
            }
            "process" => {
                let memory = ProcessMemory {
                    pid: std::process::id() as i32,
                    base: mapping.base as usize,
                    local: Vec::with_capacity(IOV_MAX),
                    remote: Vec::with_capacity(IOV_MAX),
                };
                group_obj!((memory, library) as ConnectorInstance)
            }
            "bare" => {
                let memory = BareMemory {
                    base: mapping.base as usize,
                };
                group_obj!((memory, library) as ConnectorInstance)
            }
            _ => fail(&format!("unknown way \"{kind}\"")),
        };

        Self {
            label: label.into(),
            path: Path::Connector(Box::new(instance)),
        }
    }

    pub fn memcpy(mapping: &Mapping) -> Self {
        Self {
            label: "memcpy".into(),
            path: Path::Memcpy(mapping.base),
        }
    }

    /// One call: chunk i of @buffer, each @size bytes, from addresses[i].
    #[inline(always)]
    pub fn read(&mut self, addresses: &[u64], size: usize, buffer: &mut [u8]) {
        let chunks = buffer.chunks_exact_mut(size);

        match &mut self.path {
            Path::Connector(instance) => {
                let mut requests = addresses.iter().zip(chunks).map(|(&address, chunk)| {
                    CTup3(
                        PhysicalAddress::from(address),
                        Address::from(address),
                        chunk.into(),
                    )
                });
                let inp = (&mut requests).into();

                if let Err(error) = instance.phys_read_raw_iter(MemOps {
                    inp,
                    out: None,
                    out_fail: None,
                }) {
                    fail(&format!("{}: {error}", self.label));
                }
            }
            Path::Memcpy(base) => {
                for (&address, chunk) in addresses.iter().zip(chunks) {
                    unsafe {
                        std::ptr::copy_nonoverlapping(
                            base.add(address as usize),
                            chunk.as_mut_ptr(),
                            size,
                        )
                    };
                }
            }
        }
        std::hint::black_box(&mut *buffer);
    }
}
