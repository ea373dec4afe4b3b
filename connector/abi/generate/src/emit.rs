// SPDX-License-Identifier: MIT
//
// Prints layouts as C.
//
// The order is that of first visits and names follow from type names, so the text depends on memflow
// and abi_stable alone: not on addresses, on TypeId or on the compiler.

use crate::graph::{Data, Fields, Graph, Mono, Node};
use crate::item::{array, braces, quoted, string, text, Item};
use crate::raw;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// What a root is called in C, and what it is in Rust.
pub struct Root {
    pub object: &'static str,
    pub rust: &'static str,
}

const DATA: [&str; 6] =
    ["SABI_PRIMITIVE", "SABI_OPAQUE", "SABI_STRUCT", "SABI_UNION", "SABI_ENUM", "SABI_PREFIX_TYPE"];
const PRIMITIVE: [&str; 16] = [
    "SABI_U8",
    "SABI_I8",
    "SABI_U16",
    "SABI_I16",
    "SABI_U32",
    "SABI_I32",
    "SABI_U64",
    "SABI_I64",
    "SABI_USIZE",
    "SABI_ISIZE",
    "SABI_BOOL",
    "SABI_SHARED_REF",
    "SABI_MUT_REF",
    "SABI_CONST_PTR",
    "SABI_MUT_PTR",
    "SABI_ARRAY",
];
const REPR_ATTR: [&str; 7] = [
    "SABI_REPR_OPTION_NON_ZERO",
    "SABI_REPR_PRIMITIVE",
    "SABI_REPR_C",
    "SABI_REPR_C_AND_INT",
    "SABI_REPR_TRANSPARENT",
    "SABI_REPR_INT",
    "SABI_REPR_PACKED",
];
const DISCRIMINANT: [&str; 12] = [
    "SABI_REPR_U8",
    "SABI_REPR_I8",
    "SABI_REPR_U16",
    "SABI_REPR_I16",
    "SABI_REPR_U32",
    "SABI_REPR_I32",
    "SABI_REPR_U64",
    "SABI_REPR_I64",
    "SABI_REPR_U128",
    "SABI_REPR_I128",
    "SABI_REPR_USIZE",
    "SABI_REPR_ISIZE",
];
const REFLECT: [&str; 3] =
    ["SABI_REFLECT_MODULE", "SABI_REFLECT_OPAQUE", "SABI_REFLECT_DELEGATE_DEREF"];
/// By TLDiscriminants: the enumerator and the element's type.
const VALUES: [(&str, &str); 10] = [
    ("SABI_VALUES_U8", "uint8_t"),
    ("SABI_VALUES_I8", "uint8_t"),
    ("SABI_VALUES_U16", "uint16_t"),
    ("SABI_VALUES_I16", "uint16_t"),
    ("SABI_VALUES_U32", "uint32_t"),
    ("SABI_VALUES_I32", "uint32_t"),
    ("SABI_VALUES_U64", "uint64_t"),
    ("SABI_VALUES_I64", "uint64_t"),
    ("SABI_VALUES_USIZE", "uint64_t"),
    ("SABI_VALUES_ISIZE", "uint64_t"),
];

const HEAD: &str = r#"/* SPDX-License-Identifier: MIT */
/*
 * Made by connector/abi/generate/run from memflow's own types; change that, not this.
 *
 * Packages: @packages@.
 * @layouts@ layouts of @definitions@ type definitions: m_X is a definition, t_X a type made by it. The comment over
 * a layout has the type in Rust's words, which leave out the type parameters that memflow's macros
 * hide, and one place where it is used.
 */
#include "layouts.h"

#include "abi-stable.h"

/* clang-format off */

/* Rust wants even a pointer to no elements to be aligned and not null. */
static const uint64_t nothing;
#define NOTHING ((const void *)&nothing)

/* Its address tells the types of this library from those of other binaries. */
static const uint64_t identity;

/*
 * Types refer to each other by functions that return their layouts. Each has a UTypeId of its own,
 * since a host compares two layouts once and then goes by their ids.
 */
#define TYPE_LAYOUT(name, object)                                       \
	static const struct sabi_type_layout *get_##name(void)          \
	{                                                               \
		return &(object);                                       \
	}

#define TYPE_ID(name, object)                                           \
	static struct sabi_utypeid id_##name(void)                      \
	{                                                               \
		return (struct sabi_utypeid){&identity, &(object), 0};  \
	}

#define TYPE(name)                                                      \
	static const struct sabi_type_layout t_##name;                  \
	TYPE_LAYOUT(name, t_##name)                                     \
	TYPE_ID(name, t_##name)

"#;

/// The part of a string a StartLen means.
fn part(strings: &str, start_len: u32) -> &str {
    let (start, len) = ((start_len & 0xffff) as usize, (start_len >> 16) as usize);
    strings.get(start..start + len).unwrap_or("?")
}

fn field_name(mono: &Mono, bits: u64) -> &str {
    part(&mono.strings, bits as u32 & 0x3ff_ffff)
}

fn field_type(bits: u64) -> usize {
    (bits >> 50 & 0x3ff) as usize
}

fn fields_of(mono: &Mono) -> Option<&Fields> {
    match &mono.data {
        Data::Struct(f) | Data::Union(f) | Data::Enum { fields: f, .. } => Some(f),
        Data::Primitive(..) | Data::Opaque => None,
    }
}

/// The indices of a function's parameters' types; of more than five, the rest follows the fifth.
fn param_types(function: &raw::Function) -> Vec<usize> {
    let [a, b] = function.params;
    let len = (a & 0x3ff) as usize;
    let inline = [a >> 10, a >> 20, b, b >> 10, b >> 20].map(|i| (i & 0x3ff) as usize);
    (0..len).map(|i| if i < 5 { inline[i] } else { inline[4] + i - 4 }).collect()
}

fn function_params<'a>(mono: &'a Mono, function: &raw::Function) -> Vec<&'a str> {
    let start = usize::from(function.strings_offset + function.bound_lifetimes_len);
    let names = &mono.strings[start..start + usize::from(function.param_names_len)];
    // abi_stable means to separate them by semicolons, but its macro does so by commas.
    names.split([';', ',']).filter(|n| !n.is_empty()).collect()
}

/// What a type uses each of its types for, for comments.
fn uses(mono: &Mono) -> HashMap<usize, String> {
    let mut uses = HashMap::new();
    let mut say = |index: usize, what: String| {
        uses.entry(index).or_insert(what);
    };
    if let Some(fields) = fields_of(mono) {
        for &f in &fields.fields {
            say(field_type(f), format!(".{}", field_name(mono, f)));
        }
        for function in fields.functions.iter().flat_map(|f| &f.functions) {
            let name = part(&mono.strings, function.name);
            let params = function_params(mono, function);
            for (at, index) in param_types(function).into_iter().enumerate() {
                let param = params.get(at).copied().unwrap_or("_");
                say(index, format!(".{name}({param})"));
            }
            say(usize::from(function.return_type), format!(".{name}()'s result"));
        }
    }
    for &f in &mono.phantom_fields {
        say(field_type(f), format!("'s phantom {}", field_name(mono, f)));
    }
    let (start, len) = (mono.type_params & 0xffff, mono.type_params >> 16);
    for index in start..start + len {
        say(index as usize, "'s type parameter".into());
    }
    uses
}

fn identifier(name: &str) -> String {
    match name {
        "&" => "ref".into(),
        "&mut" => "mut".into(),
        "*const" => "constptr".into(),
        "*mut" => "mutptr".into(),
        "()" => "unit".into(),
        "bool" => "boolean".into(),
        other => other.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect(),
    }
}

/// Appends numbers to the names that occur more than once.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for name in &names {
        *count.entry(name.clone()).or_default() += 1;
    }
    let mut given: HashMap<String, usize> = HashMap::new();
    names
        .into_iter()
        .map(|name| {
            if count[&name] == 1 {
                return name;
            }
            let next = given.entry(name.clone()).or_default();
            loop {
                *next += 1;
                let numbered = format!("{name}_{next}");
                if !count.contains_key(&numbered) {
                    return numbered;
                }
            }
        })
        .collect()
}

/// A type's own name followed by those of its type parameters, without numbers.
fn base_name(graph: &Graph, at: usize, depth: usize) -> String {
    let node = &graph.nodes[at];
    let mono = &graph.monos[node.mono];
    let mut name = identifier(&mono.name);
    let (start, len) = (mono.type_params & 0xffff, mono.type_params >> 16);
    if depth < 4 {
        for index in start..start + len {
            if let Some(&param) = node.types.get(index as usize) {
                name += "_";
                name += &base_name(graph, param, depth + 1);
            }
        }
    }
    name
}

fn range(start_len: u32) -> String {
    match (start_len & 0xffff, start_len >> 16) {
        (0, 0) => "0".into(),
        (start, len) => format!("SABI_RANGE({start}, {len})"),
    }
}

fn fields(mono: &Mono, fields: &[u64]) -> Result<Vec<Item>, String> {
    let field = |&bits: &u64| {
        if bits >> 61 != 0 {
            return Err(format!("field {bits:#x} has bits that mean nothing"));
        }
        let item = text(format!(
            "SABI_FIELD({}, {}, {:#x}, {}, {}, {})",
            bits & 0xffff,
            bits >> 16 & 0x3ff,
            bits >> 26 & 0x1f_ffff,
            bits >> 47 & 0x7,
            field_type(bits),
            bits >> 60 & 1,
        ));
        Ok(item.with(field_name(mono, bits)))
    };
    fields.iter().map(field).collect()
}

fn function(mono: &Mono, f: &raw::Function) -> Result<Item, String> {
    let [a, b] = f.params;
    if a >> 30 != 0 || b >> 30 != 0 {
        return Err("a function's parameters have bits that mean nothing".into());
    }
    let returns = match f.return_type {
        u16::MAX => "SABI_RETURNS_UNIT".into(),
        index => index.to_string(),
    };
    let i = |bits: u32, shift: u32| bits >> shift & 0x3ff;
    let params = function_params(mono, f).join(", ");
    let items = vec![
        text(format!(".name = {}", range(f.name))),
        text(format!(".contiguous_strings_offset = {}", f.strings_offset)),
        text(format!(".bound_lifetimes_len = {}", f.bound_lifetimes_len)),
        text(format!(".param_names_len = {}", f.param_names_len)),
        text(format!(".return_type_layout = {returns}")),
        text(format!(".paramret_lifetime_range = {:#x}", f.lifetimes)),
        text(format!(
            ".param_type_layouts = SABI_PARAMS({}, {}, {}, {}, {}, {})",
            i(a, 0),
            i(a, 10),
            i(a, 20),
            i(b, 0),
            i(b, 10),
            i(b, 20),
        )),
    ];
    Ok(braces("", items).with(format!("{}({params})", part(&mono.strings, f.name))))
}

fn comp_fields(head: &str, mono: &Mono, f: &Fields) -> Result<Item, String> {
    let mut items = vec![array("comp_fields", "sabi_field", fields(mono, &f.fields)?)];
    if let Some(f) = &f.functions {
        let functions = f.functions.iter().map(|f| function(mono, f)).collect::<Result<_, _>>()?;
        let ranges = f.field_ranges.iter().map(|&r| text(range(r))).collect();
        items.push(braces(
            ".functions = &(const struct sabi_functions)",
            vec![
                array("functions", "struct sabi_function", functions),
                array("field_fn_ranges", "sabi_start_len", ranges),
            ],
        ));
    }
    Ok(braces(head, items))
}

fn look<T>(names: &[T], tag: impl Into<u64>) -> Result<&T, String> {
    let tag = tag.into();
    names.get(tag as usize).ok_or_else(|| format!("{tag} is not known here"))
}

fn mono(m: &Mono, name: &str) -> Result<Item, String> {
    let tag = look(&DATA, m.data_tag())?;
    let data = match &m.data {
        Data::Opaque => vec![text(format!(".data.tag = {tag}"))],
        Data::Primitive(primitive, len) => {
            let mut items = vec![text(format!(".tag = {}", look(&PRIMITIVE, *primitive)?))];
            items.extend(len.map(|l| text(format!(".array_len = {l}"))));
            vec![
                text(format!(".data.primitive.tag = {tag}")),
                braces(".data.primitive.primitive = ", items),
            ]
        }
        Data::Struct(f) | Data::Union(f) => vec![
            text(format!(".data.fields.tag = {tag}")),
            comp_fields(".data.fields.fields = ", m, f)?,
        ],
        Data::Enum { field_count, variant_names, fields } => {
            let counts = field_count.iter().map(|c| text(c.to_string())).collect();
            let names = text(format!(".variant_names = {}", range(*variant_names)));
            let items = vec![
                array("field_count", "uint8_t", counts),
                names.with(part(&m.strings, *variant_names)),
                comp_fields(".fields = ", m, fields)?,
            ];
            vec![
                text(format!(".data.enumeration.tag = {tag}")),
                braces(".data.enumeration.enumeration = ", items),
            ]
        }
    };

    let mut generics = vec![text(format!(".lifetime = {}", quoted(&m.lifetime_params)))];
    if m.lifetime_count != 0 {
        generics.push(text(format!(".lifetime_count = {}", m.lifetime_count)));
    }
    if m.type_params != 0 {
        generics.push(text(format!(".types = {}", range(m.type_params))));
    }

    let mut repr = vec![text(format!(".tag = {}", look(&REPR_ATTR, m.repr.0)?))];
    if let Some(payload) = m.repr.1 {
        let discriminant = look(&DISCRIMINANT, payload)?;
        repr.push(text(format!(".discriminant = {discriminant}")));
    }
    let mut reflect = vec![text(format!(".tag = {}", look(&REFLECT, m.mod_refl_mode.0)?))];
    if let Some(index) = m.mod_refl_mode.1 {
        reflect.push(text(format!(".layout_index = {index}")));
    }

    let lifetimes = m.lifetime_indices.iter().map(|l| text(format!("{l:#04x}")));
    let mut items = vec![
        braces(
            ".shared_vars = ",
            vec![
                string("strings", &m.strings),
                array("lifetime_indices", "uint8_t", lifetimes.collect()),
            ],
        ),
        string("name", &m.name),
        braces(
            ".item_info = ",
            vec![
                // Not cut, whatever is in it.
                text(format!(
                    "SABI_STRING(package_and_version, {})",
                    quoted(&m.package_and_version)
                )),
                text(format!(".line = {}", m.line)),
                text(format!(".mod_path = {}", quoted(&m.mod_path))),
            ],
        ),
    ];
    items.extend(data);
    items.extend([
        braces(".generics = ", generics),
        array("phantom_fields", "sabi_field", fields(m, &m.phantom_fields)?),
        braces(".repr_attr = ", repr),
        braces(".mod_refl_mode = ", reflect),
    ]);
    Ok(braces(format!("static const struct sabi_mono_type_layout m_{name} = "), items))
}

fn node(n: &Node, names: &Names, at: usize) -> Result<Item, String> {
    let mono = &names.monos[n.mono];
    let types = n.types.iter().map(|&t| text(format!("get_{}", names.nodes[t])));
    let tag = look(&DATA, n.data)?;
    let data = match &n.discriminants {
        None => text(format!(".data.tag = {tag}")),
        Some(d) => {
            let (values, ty) = look(&VALUES, d.repr)?;
            let list = d.values.iter().map(|v| text(v.to_string())).collect();
            braces(
                ".data = ",
                vec![
                    text(format!(".tag = {tag}")),
                    braces(
                        ".enumeration.discriminants = ",
                        vec![text(format!(".tag = {values}")), array("values", ty, list)],
                    ),
                ],
            )
        }
    };
    let mut items = vec![
        braces(
            ".shared_vars = &(const struct sabi_shared_vars)",
            vec![
                text(format!(".mono = &m_{mono}.shared_vars")),
                array("type_layouts", "sabi_type_layout_ctor", types.collect()),
                text(".constants = NOTHING"),
            ],
        ),
        text(format!(".mono = &m_{mono}")),
    ];
    if n.is_nonzero {
        items.push(text(".is_nonzero = true"));
    }
    items.extend([
        text(format!(".alignment_power_of_two = {}", n.alignment_power_of_two)),
        text(format!(".size = {}", n.size)),
        data,
        text(format!(".type_id = id_{}", names.nodes[at])),
    ]);
    Ok(braces(format!("{} = ", names.object(at)), items))
}

struct Names<'a> {
    nodes: Vec<String>,
    monos: Vec<String>,
    roots: HashMap<usize, &'a Root>,
}

impl Names<'_> {
    /// How the definition of a layout begins.
    fn object(&self, at: usize) -> String {
        match self.roots.get(&at) {
            Some(root) => format!("const struct sabi_type_layout {}", root.object),
            None => format!("static const struct sabi_type_layout t_{}", self.nodes[at]),
        }
    }
}

pub fn emit(graph: &Graph, roots: &[Root]) -> Result<String, String> {
    let names = Names {
        nodes: distinct((0..graph.nodes.len()).map(|at| base_name(graph, at, 0)).collect()),
        monos: distinct(graph.monos.iter().map(|m| identifier(&m.name)).collect()),
        roots: graph.roots.iter().copied().zip(roots).collect(),
    };

    // For each layout, who has it and as what; the first one met says so in its comment.
    let mut met: Vec<Option<String>> = vec![None; graph.nodes.len()];
    for (at, n) in graph.nodes.iter().enumerate() {
        let uses = uses(&graph.monos[n.mono]);
        for (index, &t) in n.types.iter().enumerate() {
            if let (None, Some(how)) = (&met[t], uses.get(&index)) {
                met[t] = Some(format!("{}{how}", names.nodes[at]));
            }
        }
    }

    let mut packages: Vec<_> = graph
        .monos
        .iter()
        .map(|m| m.package_and_version.replace(';', " "))
        .filter(|p| !p.starts_with("std "))
        .collect();
    packages.sort();
    packages.dedup();
    let mut out = HEAD
        .replace("@packages@", &packages.join(", "))
        .replace("@layouts@", &graph.nodes.len().to_string())
        .replace("@definitions@", &graph.monos.len().to_string());

    let referred: HashSet<usize> = graph.nodes.iter().flat_map(|n| n.types.clone()).collect();
    for (at, name) in names.nodes.iter().enumerate() {
        match names.roots.get(&at) {
            None => writeln!(out, "TYPE({name})").unwrap(),
            Some(root) => {
                if referred.contains(&at) {
                    writeln!(out, "TYPE_LAYOUT({name}, {})", root.object).unwrap();
                }
                writeln!(out, "TYPE_ID({name}, {})", root.object).unwrap();
            }
        }
    }
    for (m, name) in graph.monos.iter().zip(&names.monos) {
        out.push('\n');
        let item = mono(m, name).map_err(|e| format!("{}: {e}", m.name))?;
        item.print(&mut out, 0, ";");
    }
    for (at, n) in graph.nodes.iter().enumerate() {
        let rust = n.full_type.split_whitespace().collect::<Vec<_>>().join(" ").replace(" >", ">");
        let what = match (names.roots.get(&at), &met[at]) {
            (Some(root), _) => root.rust.to_string(),
            (None, Some(met)) => format!("{rust}: {met}"),
            (None, None) => rust,
        };
        writeln!(out, "\n/* {what} */").unwrap();
        let item = node(n, &names, at).map_err(|e| format!("{}: {e}", n.full_type))?;
        item.print(&mut out, 0, ";");
    }
    Ok(out)
}
