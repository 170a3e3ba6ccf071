//! Programs of the workspace that a command needs.

use std::process::Command;

use crate::place;
use crate::process::{Outcome, cargo, command, run};
use crate::test;

/// Where such a program comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Programs {
    /// Built by itself.
    Build,
    /// As the tests were compiled; where they are not yet, they are now. Built by itself the crates below it would have other
    /// features, and so be compiled a second time.
    OfTests,
}

impl Programs {
    /// The program `bin` of `package`.
    pub(crate) fn command(self, package: &str, bin: &str) -> Outcome<Command> {
        match self {
            Self::Build => run(cargo().args(["build", "--quiet", "--locked", "--package", package, "--bin", bin]))?,
            Self::OfTests => run(test::tests().args(["--quiet", "--no-run"]))?,
        }
        Ok(command(place::root().join("target/debug").join(bin)))
    }
}
