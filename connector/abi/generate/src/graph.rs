// SPDX-License-Identifier: MIT
//
// Reads the layouts reachable from some roots into owned values, each distinct layout once.
//
// A type refers to others by functions that return their layouts, so the layouts form a graph with
// cycles, in which one and the same layout is found at many addresses: compilers copy constants.
// Two are the same here if nothing but their address and their UTypeId tells them apart, which is
// decided like the equivalence of two automata: start from what each says itself, then split groups
// whose members refer to different groups, until nothing splits.
//
// memflow uses neither tags, extra checks, const parameters, prefix types nor nonexhaustive enums.
// Meeting one ends the run: C would have to be taught it first.

use crate::raw;
use abi_stable::std_types::UTypeId;
use abi_stable::type_layout as tl;
use std::collections::HashMap;
use std::ffi::CStr;

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fields {
    pub fields: Vec<u64>,
    pub functions: Option<Functions>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Functions {
    pub functions: Vec<raw::Function>,
    pub field_ranges: Vec<u32>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Data {
    Primitive(u8, Option<usize>),
    Opaque,
    Struct(Fields),
    Union(Fields),
    Enum { field_count: Vec<u8>, variant_names: u32, fields: Fields },
}

/// What all instances of a generic type have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mono {
    pub strings: String,
    pub lifetime_indices: Vec<u8>,
    pub name: String,
    pub package_and_version: String,
    pub line: u32,
    pub mod_path: String,
    pub data: Data,
    pub lifetime_params: String,
    pub lifetime_count: u8,
    pub type_params: u32,
    pub const_params: u32,
    pub phantom_fields: Vec<u64>,
    pub repr: (u8, Option<u8>),
    pub mod_refl_mode: (u8, Option<u8>),
}

/// The values of an enum, as their bit patterns.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Discriminants {
    pub repr: u8,
    pub values: Vec<u64>,
}

#[derive(Clone)]
pub struct Node {
    pub full_type: String,
    pub mono: usize,
    pub is_nonzero: bool,
    pub alignment_power_of_two: u8,
    pub size: usize,
    pub data: u32,
    pub discriminants: Option<Discriminants>,
    /// Indices into Graph::nodes.
    pub types: Vec<usize>,
    pub id: UTypeId,
}

pub struct Graph {
    pub monos: Vec<Mono>,
    pub nodes: Vec<Node>,
    /// One per root, indices into nodes.
    pub roots: Vec<usize>,
}

/// Bytes of an integer type, by DiscriminantRepr (type_layout/tl_enums.rs) without its 128 bit members.
const DISCRIMINANT_SIZE: [usize; 10] = [1, 1, 2, 2, 4, 4, 8, 8, 8, 8];

unsafe fn slice<'a, T>(at: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        &[]
    } else {
        std::slice::from_raw_parts(at, len)
    }
}

unsafe fn text(at: *const u8, len: usize) -> Result<String, String> {
    String::from_utf8(slice(at, len).to_vec()).map_err(|e| e.to_string())
}

unsafe fn fields(f: &raw::Fields) -> Fields {
    Fields {
        fields: slice(f.fields, f.len.into()).to_vec(),
        functions: f.functions.as_ref().map(|f| Functions {
            functions: slice(f.functions, f.functions_len.into()).to_vec(),
            field_ranges: slice(f.field_ranges, f.field_ranges_len.into()).to_vec(),
        }),
    }
}

unsafe fn mono(layout: &'static tl::TypeLayout, m: &raw::MonoTypeLayout) -> Result<Mono, String> {
    let data = match m.data.tag {
        raw::PRIMITIVE => {
            let p = m.data.primitive.primitive;
            let len = (p.tag == raw::PRIMITIVE_ARRAY).then(|| p.array_len.assume_init());
            Data::Primitive(p.tag, len)
        }
        raw::OPAQUE => Data::Opaque,
        raw::STRUCT => Data::Struct(fields(&m.data.fields.fields)),
        raw::UNION => Data::Union(fields(&m.data.fields.fields)),
        raw::ENUM => {
            let e = m.data.enum_.enum_;
            Data::Enum {
                field_count: slice(e.field_count, e.field_count_len.into()).to_vec(),
                variant_names: e.variant_names,
                fields: fields(&e.fields),
            }
        }
        other => return Err(format!("data of kind {other} is not known here")),
    };
    // CAndInt, Int and Packed; DelegateDeref.
    let payload =
        |p: raw::Pair, tags: &[u8]| (p.tag, tags.contains(&p.tag).then(|| p.payload.assume_init()));
    let mono = Mono {
        strings: text(m.shared_vars.strings, m.shared_vars.strings_len.into())?,
        lifetime_indices: slice(
            m.shared_vars.lifetime_indices,
            m.shared_vars.lifetime_indices_len.into(),
        )
        .to_vec(),
        name: text(m.name, m.name_len.into())?,
        package_and_version: text(
            m.item_info.package_and_version,
            m.item_info.package_and_version_len,
        )?,
        line: m.item_info.line,
        mod_path: CStr::from_ptr(m.item_info.mod_path).to_str().map_err(|e| e.to_string())?.into(),
        data,
        lifetime_params: CStr::from_ptr(m.generics.lifetime)
            .to_str()
            .map_err(|e| e.to_string())?
            .into(),
        lifetime_count: m.generics.lifetime_count,
        type_params: m.generics.types,
        const_params: m.generics.consts,
        phantom_fields: slice(m.phantom_fields, m.phantom_fields_len.into()).to_vec(),
        repr: payload(m.repr_attr, &[3, 5, 6]),
        mod_refl_mode: payload(m.mod_refl_mode, &[2]),
    };

    // What abi_stable itself says about this layout, where it says anything.
    let info = layout.item_info();
    let (package, version) = info.package_and_version();
    let names = |f: &Fields| {
        f.fields
            .iter()
            .map(|bits| {
                let (start, len) = (bits & 0xffff, bits >> 16 & 0x3ff);
                mono.strings[start as usize..(start + len) as usize].to_string()
            })
            .collect::<Vec<_>>()
    };
    let read = match &mono.data {
        Data::Struct(f) | Data::Union(f) | Data::Enum { fields: f, .. } => Some(names(f)),
        _ => None,
    };
    let said =
        layout.get_fields().map(|f| f.iter().map(|f| f.name().to_string()).collect::<Vec<_>>());
    let same = mono.name == layout.name()
        && mono.package_and_version == format!("{package};{version}")
        && mono.line == info.line
        && mono.mod_path == info.mod_path.to_string()
        && mono.data_tag() == layout.data_discriminant() as u8
        && mono.strings == layout.shared_vars().strings()
        && usize::from(mono.lifetime_count) == layout.generics().lifetime_count()
        && (mono.type_params >> 16) as usize == layout.generics().type_params().len()
        && mono.phantom_fields.len() == layout.phantom_fields().len()
        && read == said;
    if !same {
        return Err("read something else than abi_stable's accessors".into());
    }
    Ok(mono)
}

impl Mono {
    pub fn data_tag(&self) -> u8 {
        match self.data {
            Data::Primitive(..) => raw::PRIMITIVE,
            Data::Opaque => raw::OPAQUE,
            Data::Struct(_) => raw::STRUCT,
            Data::Union(_) => raw::UNION,
            Data::Enum { .. } => raw::ENUM,
        }
    }
}

struct Reader {
    seen: HashMap<*const tl::TypeLayout, usize>,
    monos: HashMap<Mono, usize>,
    mono_list: Vec<Mono>,
    nodes: Vec<Node>,
}

impl Reader {
    fn node(&mut self, layout: &'static tl::TypeLayout) -> Result<usize, String> {
        if let Some(&at) = self.seen.get(&(layout as *const _)) {
            return Ok(at);
        }
        let at = self.nodes.len();
        self.seen.insert(layout, at);
        let full_type = layout.full_type().to_string();
        let (node, types) = unsafe { self.one(layout, &full_type) }
            .map_err(|e| format!("the layout of {full_type}: {e}"))?;
        self.nodes.push(node);
        for get in types {
            let target = self.node(get())?;
            self.nodes[at].types.push(target);
        }
        Ok(at)
    }

    unsafe fn one(
        &mut self,
        layout: &'static tl::TypeLayout,
        full_type: &str,
    ) -> Result<(Node, &'static [extern "C" fn() -> &'static tl::TypeLayout]), String> {
        let t = &*(layout as *const tl::TypeLayout as *const raw::TypeLayout);
        let m = &*t.mono;
        let s = &*t.shared_vars;
        let mono = mono(layout, m)?;

        if !t.tag.is_null() {
            return Err("it has a tag, which is not known here".into());
        }
        if !t.extra_checks.is_null() {
            return Err("it has extra checks, which are not known here".into());
        }
        if s.constants_len != 0 || mono.const_params != 0 {
            return Err("it has const parameters, which are not known here".into());
        }
        let own = text((*s.mono).strings, (*s.mono).strings_len.into())?;
        let own_lifetimes =
            slice((*s.mono).lifetime_indices, (*s.mono).lifetime_indices_len.into());
        if own != mono.strings || own_lifetimes != mono.lifetime_indices {
            return Err("its two MonoSharedVars differ".into());
        }
        if t.data.tag != u32::from(mono.data_tag()) {
            return Err("its two kinds of data differ".into());
        }
        let discriminants = if t.data.tag == u32::from(raw::ENUM) {
            let e = t.data.data.enum_;
            if !e.nonexhaustive.is_null() {
                return Err("it is a nonexhaustive enum, which is not known here".into());
            }
            let d = e.discriminants;
            let size = *DISCRIMINANT_SIZE
                .get(usize::from(d.tag))
                .ok_or("its discriminants are of an unknown type")?;
            let bytes = slice(d.values, size * usize::from(d.len));
            let value = |b: &[u8]| b.iter().rev().fold(0u64, |v, &b| v << 8 | u64::from(b));
            Some(Discriminants { repr: d.tag, values: bytes.chunks(size).map(value).collect() })
        } else {
            None
        };
        if t.is_nonzero != layout.is_nonzero()
            || t.size != layout.size()
            || 1usize << t.alignment_power_of_two != layout.alignment()
            || usize::from(s.type_layouts_len) != layout.shared_vars().type_layouts().len()
        {
            return Err("read something else than abi_stable's accessors".into());
        }

        let next = self.mono_list.len();
        let mono = *self.monos.entry(mono).or_insert_with_key(|m| {
            self.mono_list.push(m.clone());
            next
        });
        let node = Node {
            full_type: full_type.to_string(),
            mono,
            is_nonzero: t.is_nonzero,
            alignment_power_of_two: t.alignment_power_of_two,
            size: t.size,
            data: t.data.tag,
            discriminants,
            types: Vec::new(),
            id: layout.get_utypeid(),
        };
        Ok((node, slice(s.type_layouts, s.type_layouts_len.into())))
    }
}

/// Reads all that the roots reach. The result is in the order of first visits.
pub fn read(roots: &[&'static tl::TypeLayout]) -> Result<Graph, String> {
    raw::sizes()?;
    let mut reader = Reader {
        seen: HashMap::new(),
        monos: HashMap::new(),
        mono_list: Vec::new(),
        nodes: Vec::new(),
    };
    let roots = roots.iter().map(|root| reader.node(root)).collect::<Result<Vec<_>, _>>()?;
    let nodes = reader.nodes;

    // Groups of nodes that cannot be told apart; a group's number is that of its first member's visit.
    let mut group = number(nodes.iter().map(|n| {
        (
            n.mono,
            n.is_nonzero,
            n.alignment_power_of_two,
            n.size,
            n.data,
            n.discriminants.clone(),
            n.types.len(),
        )
    }));
    loop {
        let finer = number(nodes.iter().enumerate().map(|(at, n)| {
            let types: Vec<_> = n.types.iter().map(|&t| group[t]).collect();
            (group[at], types)
        }));
        if finer == group {
            break;
        }
        group = finer;
    }

    let mut merged: Vec<Node> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        if group[at] == merged.len() {
            let mut node = node.clone();
            node.types.iter_mut().for_each(|t| *t = group[*t]);
            merged.push(node);
        }
    }
    Ok(Graph {
        monos: reader.mono_list,
        roots: roots.into_iter().map(|r| group[r]).collect(),
        nodes: merged,
    })
}

/// Numbers keys in the order in which they first appear.
fn number<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut known = HashMap::new();
    keys.map(|k| {
        let next = known.len();
        *known.entry(k).or_insert(next)
    })
    .collect()
}
