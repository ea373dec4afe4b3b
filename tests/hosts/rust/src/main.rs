// SPDX-License-Identifier: MIT
//! A memflow host: loads plugins as any tool of memflow's does, and tries on a test guest what tools
//! do. The same source is built with the oldest and the newest memflow 0.2.

mod cpu;
mod guest;
mod logger;
mod memory;
mod tests;
mod threads;

use std::process::ExitCode;

use memflow::prelude::v1::*;

pub type Connector = ConnectorInstanceArcBox<'static>;
pub type Failure = Box<dyn std::error::Error>;
pub type Done = std::result::Result<(), Failure>;

const USAGE: &str = "\
usage: memflow-host [-v] [--plugins DIR] [-c CONNECTOR[:ARGS]] [-o OS[:ARGS]] COMMAND…

Without --plugins, where memflow itself looks. Commands are done one after the other:
  plugins                names of connectors and OS layers
  help | targets         what the connector says without being opened
  open                   open the connector, no more
  os                     open the OS layer on the connector
  info                   the memory's metadata
  signature              the guest's magic and name
  read GPA LENGTH        the bytes, raw, to stdout
  write GPA HEX
  pattern BYTES          every byte that the guest promises, BYTES of them at least
  react NUMBER           have the guest answer
  refuses-writes         writing fails and changes nothing
  holes                  batches of which some pieces cannot be read or written
  view                   the same by MemoryView
  pause | resume         the guest's processors
  threads COUNT          clones read in threads; see threads.rs
";

/// Words of the command line, eaten from the left.
struct Words(std::iter::Peekable<std::env::Args>);

impl Words {
    fn next(&mut self, what: &str) -> std::result::Result<String, Failure> {
        self.0
            .next()
            .ok_or_else(|| format!("{what} is missing\n\n{USAGE}").into())
    }

    fn number(&mut self, what: &str) -> std::result::Result<u64, Failure> {
        let word = self.next(what)?;
        let number = match word.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16),
            None => word.parse(),
        };
        number.map_err(|_| format!("{what}: \"{word}\" is no number").into())
    }
}

#[derive(Default)]
struct Options {
    plugins: Option<String>,
    connector: String,
    os: String,
}

struct Host {
    options: Options,
    inventory: Inventory,
    opened: Option<Connector>,
}

// Inventory's methods take &mut self from memflow 0.2.4 on only.
#[allow(unused_mut)]
impl Host {
    fn new(options: Options) -> std::result::Result<Self, Failure> {
        let inventory = match &options.plugins {
            Some(dir) => Inventory::scan_path(dir)?,
            None => Inventory::scan(),
        };
        Ok(Self {
            options,
            inventory,
            opened: None,
        })
    }

    fn connector_name(&self) -> String {
        self.options.connector.split(':').next().unwrap().to_owned()
    }

    /// Opened by the first command that needs it, as "-c" of memflow's own tools.
    fn connector(&mut self) -> std::result::Result<&mut Connector, Failure> {
        if self.opened.is_none() {
            let steps = [(0, self.options.connector.as_str())];
            let chain = ConnectorChain::new(steps.into_iter(), std::iter::empty())?;
            self.opened = Some(self.inventory.builder().connector_chain(chain).build()?);
        }
        Ok(self.opened.as_mut().unwrap())
    }

    fn os(&mut self) -> Done {
        let connector = [(0, self.options.connector.as_str())];
        let os = [(1, self.options.os.as_str())];
        let chain = OsChain::new(connector.into_iter(), os.into_iter())?;
        let os = self.inventory.builder().os_chain(chain).build()?;
        println!("{:?}", os.info().arch);
        Ok(())
    }

    fn command(&mut self, command: &str, words: &mut Words) -> Done {
        match command {
            "plugins" => {
                println!(
                    "connectors: {}",
                    self.inventory.available_connectors().join(" ")
                );
                println!("os: {}", self.inventory.available_os().join(" "));
            }
            "help" => println!("{}", self.inventory.connector_help(&self.connector_name())?),
            "targets" => {
                for target in self
                    .inventory
                    .connector_target_list(&self.connector_name())?
                {
                    println!("{}", target.name);
                }
            }
            "open" => {
                self.connector()?;
                println!("opened {}", self.options.connector);
            }
            "os" => self.os()?,
            "info" => tests::info(self.connector()?),
            "signature" => tests::signature(self.connector()?)?,
            "read" => {
                let (gpa, length) = (words.number("GPA")?, words.number("LENGTH")?);
                tests::read(self.connector()?, gpa, length as usize)?;
            }
            "write" => {
                let (gpa, hex) = (words.number("GPA")?, words.next("HEX")?);
                tests::write(self.connector()?, gpa, &hex)?;
            }
            "pattern" => {
                let at_least = words.number("BYTES")?;
                tests::pattern(self.connector()?, at_least)?;
            }
            "react" => {
                let number = words.number("NUMBER")?;
                tests::react(self.connector()?, number)?;
            }
            "refuses-writes" => tests::refuses_writes(self.connector()?)?,
            "holes" => tests::holes(self.connector()?)?,
            "view" => tests::view(self.connector()?)?,
            "pause" => cpu::pause(self.connector()?)?,
            "resume" => cpu::resume(self.connector()?)?,
            "threads" => {
                let count = words.number("COUNT")?;
                threads::run(self.connector()?, count as usize)?;
            }
            unknown => return Err(format!("unknown command \"{unknown}\"\n\n{USAGE}").into()),
        }
        Ok(())
    }
}

fn run() -> Done {
    let mut words = Words(std::env::args().peekable());
    let mut options = Options::default();
    let mut level = log::LevelFilter::Warn;
    words.next("program")?;
    while words.0.peek().is_some_and(|word| word.starts_with('-')) {
        match words.next("option")?.as_str() {
            "-v" => level = log::LevelFilter::Trace,
            "--plugins" => options.plugins = Some(words.next("DIR")?),
            "-c" => options.connector = words.next("CONNECTOR")?,
            "-o" => options.os = words.next("OS")?,
            unknown => return Err(format!("unknown option \"{unknown}\"\n\n{USAGE}").into()),
        }
    }
    logger::init(level);
    let mut host = Host::new(options)?;
    let mut command = words.next("COMMAND")?;
    loop {
        host.command(&command, &mut words)?;
        match words.0.next() {
            Some(next) => command = next,
            None => return Ok(()),
        }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
