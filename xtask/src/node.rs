//! Node: the packages of `tests/e2e` (a browser driver, axe-core, wasm-opt, the peer to measure against) and scripts.

use std::path::Path;
use std::process::Command;

use crate::place;
use crate::process::{Outcome, command, run};

/// Installs the locked packages, unless the installed ones are of this lock file already.
pub(crate) fn packages() -> Outcome {
    let folder = place::e2e();
    let lock = folder.join("package-lock.json");
    let stamp = folder.join("node_modules/.touchstone-lock");
    let wanted = std::fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// A script of `tests/e2e`, run in that folder. Node 20 has the WebSocket that Firefox is driven by behind a flag.
pub(crate) fn script(name: &str) -> Command {
    let mut node = command("node");
    node.current_dir(place::e2e()).args(["--experimental-websocket", "--no-warnings", name]);
    node
}

/// A program that a package brought along.
pub(crate) fn program(name: &str) -> Command {
    command(place::e2e().join("node_modules/.bin").join(name))
}

/// The size of `file` after brotli at its strongest, as a static host would send it.
pub(crate) fn brotli_size(file: &Path) -> Outcome<u64> {
    const SCRIPT: &str = "const z=require('zlib'),c=z.constants,b=require('fs').readFileSync(process.argv[1]);\
        console.log(z.brotliCompressSync(b,{params:{[c.BROTLI_PARAM_QUALITY]:11,[c.BROTLI_PARAM_LGWIN]:24,\
        [c.BROTLI_PARAM_SIZE_HINT]:b.length}}).length)";
    let printed = crate::process::output(command("node").args(["-e", SCRIPT]).arg(file))?;
    printed.trim().parse().map_err(|error| format!("brotli of {}: {error}", file.display()))
}
