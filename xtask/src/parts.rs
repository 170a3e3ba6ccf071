//! What leads to a first answer, by itself (`xtask/bindgen`). Which functions belong to it is found out by running a marked module; page
//! and widget each go their own ways with it. The page's module is parted in two, the widget's is cut down.

use std::path::Path;

use crate::page;
use crate::process::{Outcome, command, run};
use crate::tools;

/// From where, by what, and into what a module is parted.
pub(crate) struct Parts<'a> {
    /// As the linker wrote it.
    pub(crate) linked: &'a Path,
    /// The same with its glue.
    pub(crate) whole: &'a Path,
    /// Numbers of the functions that ran.
    pub(crate) ran: &'a Path,
    /// Where the first part goes.
    pub(crate) first: &'a Path,
    /// Where the second goes.
    pub(crate) second: &'a Path,
}

/// Writes to `first` what ran of a module, with traps in the place of everything else. `linked` is the module as the linker wrote it,
/// `whole` the same with its glue; neither may have been through wasm-opt yet.
pub(crate) fn cut(linked: &Path, whole: &Path, ran: &Path, first: &Path) -> Outcome {
    run(command(tools::bindgen()?).arg("cut").args([linked, whole, ran, first]))
}

/// Makes every function of `module` note that it ran, and with `points` which parts of it did.
pub(crate) fn mark(module: &Path, marked: &Path, points: bool) -> Outcome {
    run(command(tools::bindgen()?).arg("mark").arg(module).arg(marked).args(points.then_some("points")))
}

/// Parts a module. It must not have been through wasm-opt yet, which puts functions into one another; with `optimised`, each part
/// goes through it, the first with these arguments too.
pub(crate) fn split(parts: &Parts<'_>, optimised: Option<&[&str]>) -> Outcome {
    run(command(tools::bindgen()?).arg("split").args([
        parts.linked,
        parts.whole,
        parts.ran,
        parts.first,
        parts.second,
    ]))?;
    if let Some(more) = optimised {
        page::optimise(parts.first, more)?;
        page::optimise(parts.second, &[])?;
    }
    Ok(())
}

/// The glue of a module called `name`, with the import that the first part calls where it lacks the second: the function `load`,
/// which whoever uses the glue puts behind it.
pub(crate) fn with_loader(glue: &str, name: &str) -> Outcome<String> {
    let imports = format!("\"./{name}_bg.js\": import0,");
    if glue.matches(&imports).count() != 1 {
        return Err(format!("{name}.js: expected {imports:?} once: wasm-bindgen writes something else now"));
    }
    Ok(glue.replace(&imports, &format!("{imports}\n        \"split\": {{ load }},")))
}
