//! The command `touchstone`. See `touchstone --help`.

use std::process::ExitCode;

use clap::Parser;
use touchstone_cli::arguments::Arguments;

fn main() -> ExitCode {
    touchstone_cli::run::command(&Arguments::parse())
}
