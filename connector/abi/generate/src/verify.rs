// SPDX-License-Identifier: MIT
//
// Does with a built plugin what a memflow host does before it calls it, and says why if it would not:
// the analyzer that lists plugins without loading them, then the comparison of type layouts. Last, more
// than a host asks for: the layouts must print as the very text memflow's own ones do, so that nothing
// got lost or changed on the way through C, including what a host does not compare.

use crate::emit::{self, Root};
use crate::graph;
use abi_stable::abi_stability::abi_checking::{check_layout_compatibility, AbiInstabilityErrors};
use abi_stable::type_layout::{TLFieldOrFunction, TypeLayout};
use abi_stable::StableAbi;
use memflow::cglue::VerifyLayout;
use memflow::plugins::plugin_analyzer::{parse_descriptors, PluginKind};
use memflow::plugins::{Loadable, LoadableConnector, MEMFLOW_PLUGIN_VERSION};
use std::collections::HashSet;

type Input = <LoadableConnector as Loadable>::CInputArg;
type Output = <LoadableConnector as Loadable>::Instance;

const ROOTS: [Root; 2] = [
    Root { object: "mfc_input_layout", rust: "<LoadableConnector as Loadable>::CInputArg" },
    Root { object: "mfc_output_layout", rust: "<LoadableConnector as Loadable>::Instance" },
];

/// The beginning of memflow 0.2.4's PluginDescriptor (src/plugins/mod.rs).
#[repr(C)]
struct Descriptor {
    plugin_version: i32,
    accept_input: u8,
    input_layout: Option<&'static TypeLayout>,
    output_layout: Option<&'static TypeLayout>,
}

fn memflows() -> [&'static TypeLayout; 2] {
    [<Input as StableAbi>::LAYOUT, <Output as StableAbi>::LAYOUT]
}

/// memflow's own layouts as C.
pub fn expected() -> Result<String, String> {
    emit::emit(&graph::read(&memflows())?, &ROOTS)
}

/// Where in the type memflow found what. abi_stable's own text has all types on the way in full.
fn complain(errors: &AbiInstabilityErrors, root: &str) {
    for error in errors.errors.iter().filter(|e| !e.errs.is_empty()) {
        let way = error.stack_trace.iter().map(|step| match &step.expected {
            TLFieldOrFunction::Field(field) => format!(".{}", field.name()),
            TLFieldOrFunction::Function(function) => format!(".{}()", function.name),
        });
        eprintln!("{root}{}:", way.collect::<String>());
        let text = error.to_string();
        let from = ["\nError:", "\nExtra:"].iter().filter_map(|start| text.find(start));
        let what = &text[from.min().unwrap_or(0)..];
        what.lines().filter(|line| !line.is_empty()).for_each(|line| eprintln!("    {line}"));
    }
}

pub fn verify(path: &str) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|e| format!("cannot read {path}: {e}"))?;
    let descriptors = parse_descriptors(&bytes)
        .map_err(|e| format!("{path}: memflow's analyzer cannot read it: {e}"))?;
    if descriptors.is_empty() {
        return Err(format!("{path}: memflow's analyzer finds no plugin in it"));
    }

    let path = std::fs::canonicalize(path).map_err(|e| format!("cannot open {path}: {e}"))?;
    let path = path.display();
    // SAFETY: the plugin to look at is trusted, as it will be by a host.
    let library = unsafe { libloading::Library::new(path.to_string()) }
        .map_err(|e| format!("cannot load {path}: {e}"))?;
    for found in descriptors {
        let name = &found.export_name;
        println!(
            "{name}: {} {} \"{}\", {:?}, plugin version {}",
            found.name, found.version, found.description, found.architecture, found.plugin_version
        );
        if found.plugin_kind != PluginKind::Connector {
            return Err(format!("{name}: it is not a connector"));
        }
        // SAFETY: the symbol is what its name says, and it is only read as far as declared above.
        let descriptor = unsafe {
            library
                .get::<*const Descriptor>(name.as_bytes())
                .map_err(|e| format!("{name}: {e}"))?
                .read()
        };
        if descriptor.plugin_version != MEMFLOW_PLUGIN_VERSION {
            return Err(format!(
                "{name}: plugin version {}, but memflow wants {MEMFLOW_PLUGIN_VERSION}",
                descriptor.plugin_version
            ));
        }
        if descriptor.accept_input > 1 {
            return Err(format!("{name}: accept_input is no bool"));
        }
        let (Some(input), Some(output)) = (descriptor.input_layout, descriptor.output_layout)
        else {
            return Err(format!("{name}: it has no layouts"));
        };
        // What a host does, see memflow 0.2.4, src/plugins/mod.rs, from_instance().
        let accepted = VerifyLayout::check::<Input>(Some(input))
            .and(VerifyLayout::check::<Output>(Some(output)))
            .is_valid_strict();
        let found = [input, output];
        if !accepted {
            for ((memflows, plugins), root) in memflows().into_iter().zip(found).zip(ROOTS) {
                if let Err(e) = check_layout_compatibility(memflows, plugins) {
                    complain(&e, root.rust);
                }
            }
            return Err(format!(
                "{name}: memflow takes it for a plugin of a different abi version"
            ));
        }
        println!("{name}: memflow takes its layouts for its own");

        let graph = graph::read(&found)?;
        // Of two layouts with one id a host would look at one only.
        let mut ids = HashSet::new();
        if let Some(node) = graph.nodes.iter().find(|node| !ids.insert(node.id)) {
            return Err(format!("{name}: {} has the id of another type", node.full_type));
        }
        let (memflows, plugins) = (expected()?, emit::emit(&graph, &ROOTS)?);
        if let Some((line, (m, p))) =
            (1..).zip(memflows.lines().zip(plugins.lines())).find(|(_, (m, p))| m != p)
        {
            return Err(format!(
                "{name}: its layouts are not memflow's to the letter; as C, line {line} would be\n\
                 memflow's: {}\nplugin's:  {}",
                m.trim(),
                p.trim()
            ));
        }
        if memflows != plugins {
            return Err(format!("{name}: its layouts are not memflow's to the letter"));
        }
        println!("{name}: its layouts are memflow's to the letter");
    }
    Ok(())
}
