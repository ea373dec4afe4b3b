// SPDX-License-Identifier: MIT
//
// abi_stable 0.10.3 keeps the fields of its layout structures private. They are repr(C), or repr(u8)
// enums, so these mirrors read the same memory; sizes() refuses to go on when one of them has another
// size than the original, and graph.rs compares what it reads with abi_stable's accessors.
//
// Every mirror names the file in abi_stable-0.10.3/src (or abi_stable_shared-0.10.3/src) it follows.

use abi_stable::sabi_types::Constructor;
use abi_stable::std_types::UTypeId;
use abi_stable::type_layout as tl;

/// type_layout.rs
#[repr(C)]
pub struct TypeLayout {
    pub shared_vars: *const SharedVars,
    pub mono: *const MonoTypeLayout,
    pub is_nonzero: bool,
    pub alignment_power_of_two: u8,
    pub size: usize,
    pub tag: *const u8,
    pub data: GenericData,
    pub extra_checks: *const u8,
    pub type_id: Constructor<UTypeId>,
}

/// type_layout.rs
#[repr(C)]
pub struct MonoTypeLayout {
    pub shared_vars: MonoSharedVars,
    pub name: *const u8,
    pub item_info: ItemInfo,
    pub data: MonoData,
    pub generics: GenericParams,
    pub phantom_fields: *const u64,
    pub phantom_fields_len: u8,
    pub repr_attr: Pair,
    pub mod_refl_mode: Pair,
    pub name_len: u16,
}

/// type_layout/shared_vars.rs
#[repr(C)]
pub struct SharedVars {
    pub mono: *const MonoSharedVars,
    pub type_layouts: *const extern "C" fn() -> &'static tl::TypeLayout,
    pub constants: *const u8,
    pub type_layouts_len: u16,
    pub constants_len: u16,
}

/// type_layout/shared_vars.rs
#[repr(C)]
pub struct MonoSharedVars {
    pub strings: *const u8,
    pub lifetime_indices: *const u8,
    pub strings_len: u16,
    pub lifetime_indices_len: u16,
}

/// type_layout/construction.rs
#[repr(C)]
pub struct ItemInfo {
    pub package_and_version: *const u8,
    pub package_and_version_len: usize,
    pub line: u32,
    pub mod_path: *const std::ffi::c_char,
}

/// type_layout/tl_other.rs, CompGenericParams
#[repr(C)]
pub struct GenericParams {
    pub lifetime: *const std::ffi::c_char,
    pub types: u32,
    pub consts: u32,
    pub lifetime_count: u8,
}

/// type_layout/tl_other.rs, ReprAttr and reflection.rs, ModReflMode: repr(u8), at most one more byte
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pair {
    pub tag: u8,
    /// Only there to be read when the tag says so.
    pub payload: std::mem::MaybeUninit<u8>,
}

/// type_layout/tl_fields.rs, CompTLFields; a field (CompTLField) is one u64
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Fields {
    pub fields: *const u64,
    pub functions: *const Functions,
    pub len: u16,
}

/// type_layout/tl_functions.rs, TLFunctions
#[repr(C)]
pub struct Functions {
    pub functions: *const Function,
    pub field_ranges: *const u32,
    pub functions_len: u16,
    pub field_ranges_len: u16,
}

/// type_layout/tl_functions.rs, CompTLFunction
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Function {
    pub name: u32,
    pub strings_offset: u16,
    pub bound_lifetimes_len: u16,
    pub param_names_len: u16,
    pub return_type: u16,
    pub lifetimes: u32,
    pub params: [u32; 2],
}

pub const PRIMITIVE: u8 = 0;
pub const OPAQUE: u8 = 1;
pub const STRUCT: u8 = 2;
pub const UNION: u8 = 3;
pub const ENUM: u8 = 4;

/// type_layout/tl_data.rs, MonoTLData: repr(u8), so a union of structs that each begin with the tag
#[repr(C)]
pub union MonoData {
    pub tag: u8,
    pub primitive: MonoPrimitive,
    pub fields: MonoFields,
    pub enum_: MonoEnum,
    pub prefix: MonoPrefix,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct MonoPrimitive {
    pub tag: u8,
    pub primitive: Primitive,
}

/// type_layout/tl_other.rs, TLPrimitive: repr(u8); only Array has a length
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Primitive {
    pub tag: u8,
    pub array_len: std::mem::MaybeUninit<usize>,
}
pub const PRIMITIVE_ARRAY: u8 = 15;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct MonoFields {
    pub tag: u8,
    pub fields: Fields,
}

/// type_layout/tl_enums.rs, MonoTLEnum
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MonoEnum {
    pub tag: u8,
    pub enum_: MonoEnumBody,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct MonoEnumBody {
    pub field_count: *const u8,
    pub field_count_len: u16,
    pub variant_names: u32,
    pub fields: Fields,
}

/// type_layout/tl_prefix.rs, MonoTLPrefixType; only here for its size
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MonoPrefix {
    pub tag: u8,
    pub first_suffix_field: u8,
    pub conditional: u64,
    pub fields: Fields,
}

/// type_layout/tl_data.rs, GenericTLData: repr(C), so a C enum and a union
#[repr(C)]
pub struct GenericData {
    pub tag: std::ffi::c_uint,
    pub data: GenericUnion,
}

#[repr(C)]
pub union GenericUnion {
    pub enum_: GenericEnum,
    pub prefix_accessible: u64,
}

/// type_layout/tl_enums.rs, GenericTLEnum
#[repr(C)]
#[derive(Clone, Copy)]
pub struct GenericEnum {
    pub nonexhaustive: *const u8,
    pub discriminants: Discriminants,
}

/// type_layout/tl_enums.rs, TLDiscriminants around a repr(u8) enum; the tag is a DiscriminantRepr
/// without its two 128 bit members
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Discriminants {
    pub tag: u8,
    pub len: u16,
    pub values: *const u8,
}

/// Refuses to read with mirrors that do not fit.
pub fn sizes() -> Result<(), String> {
    macro_rules! same {
        ($($mirror:ty = $original:ty),* $(,)?) => {$(
            let (m, o) = (std::alloc::Layout::new::<$mirror>(), std::alloc::Layout::new::<$original>());
            if m != o {
                return Err(format!("{}: {o:?}, but its mirror: {m:?}", stringify!($original)));
            }
        )*};
    }
    same!(
        TypeLayout = tl::TypeLayout,
        MonoTypeLayout = tl::MonoTypeLayout,
        SharedVars = tl::SharedVars,
        MonoSharedVars = tl::MonoSharedVars,
        ItemInfo = tl::ItemInfo,
        GenericParams = tl::CompGenericParams,
        Pair = tl::ReprAttr,
        Pair = abi_stable::reflection::ModReflMode,
        Fields = tl::CompTLFields,
        u64 = tl::CompTLField,
        Functions = tl::TLFunctions,
        Function = tl::CompTLFunction,
        MonoData = tl::MonoTLData,
        Primitive = tl::TLPrimitive,
        MonoEnumBody = tl::MonoTLEnum,
        GenericData = tl::GenericTLData,
        GenericEnum = tl::GenericTLEnum,
        Discriminants = tl::TLDiscriminants,
        u32 = tl::StartLen,
        u8 = tl::LifetimeIndexPair,
        extern "C" fn() -> &'static tl::TypeLayout = abi_stable::abi_stability::TypeLayoutCtor,
    );
    Ok(())
}
