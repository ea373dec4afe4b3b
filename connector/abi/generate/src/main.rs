// SPDX-License-Identifier: MIT
//
// Prints memflow's type layouts as C, and asks memflow what it makes of a plugin that carries them.

mod emit;
mod graph;
mod item;
mod raw;
mod verify;

use std::process::ExitCode;

const USAGE: &str = "usage: memflow-libvirt-layouts emit | verify PLUGIN.so";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["emit"] => verify::expected().map(|text| print!("{text}")),
        ["verify", plugin] => verify::verify(plugin),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
