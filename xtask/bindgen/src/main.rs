//! What is done to the page's module after it is compiled.

mod cut;
mod data;
mod mark;
mod points;
mod ran;
mod split;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "\
touchstone-bindgen glue MODULE.wasm NAME FOLDER       writes NAME.js and NAME_bg.wasm for the web into FOLDER
touchstone-bindgen mark MODULE.wasm MARKED.wasm [points]
                                                      makes every function note that it ran; and which parts of it did
touchstone-bindgen split LINKED.wasm MODULE.wasm RAN FIRST.wasm SECOND.wasm
                                                      parts the functions that ran from the others; LINKED is MODULE as
                                                      the linker wrote it, with relocations
touchstone-bindgen cut LINKED.wasm MODULE.wasm RAN FIRST.wasm
                                                      writes MODULE with traps in the place of what did not run, functions
                                                      and points within them";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("touchstone-bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["glue", module, name, folder] => {
            // By its name a function is found again in what the linker wrote (`split`); how it was linked is of no use here.
            let mut bindgen = Bindgen::new();
            bindgen.input_path(module).out_name(name).typescript(false).demangle(false).web(true)?;
            let mut output = bindgen.generate_output()?;
            let customs = output.wasm_mut().customs.iter().map(|(id, custom)| (id, custom.name().to_owned()));
            let linking = customs.filter(|(_, name)| name == "linking" || name.starts_with("reloc."));
            for id in linking.map(|(id, _)| id).collect::<Vec<_>>() {
                output.wasm_mut().customs.delete(id);
            }
            output.emit(folder)
        }
        ["mark", module, marked] => write(marked, &mark::marked(&read(module)?, false)?),
        ["mark", module, marked, "points"] => write(marked, &mark::marked(&read(module)?, true)?),
        ["split", linked, module, ran, first, second] => {
            let parts = split::split(&read(linked)?, &read(module)?, &what_ran(ran)?)?;
            write(first, &parts.first)?;
            write(second, &parts.second)
        }
        ["cut", linked, module, ran, first] => {
            write(first, &cut::cut(&read(linked)?, &read(module)?, &what_ran(ran)?)?)
        }
        _ => bail!("expected one of\n{USAGE}"),
    }
}

fn what_ran(path: &str) -> Result<ran::Ran> {
    ran::Ran::read(&std::fs::read_to_string(path).with_context(|| path.to_owned())?)
}

fn read(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    std::fs::read(&path).with_context(|| path.as_ref().display().to_string())
}

fn write(path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
    std::fs::write(&path, bytes).with_context(|| path.as_ref().display().to_string())
}
