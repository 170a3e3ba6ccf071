//! The project's own commands: `cargo xtask serve | test | dist | corpus | bench | bulk | tidy | words`. Each installs what it
//! needs on a fresh machine (rustup, a C compiler, Node and apt are expected) and prints what it runs.

mod bench;
mod corpus;
mod dist;
mod language;
mod lints;
mod node;
mod offline;
mod page;
mod parts;
mod place;
mod process;
mod programs;
mod serve;
mod server;
mod test;
mod tidy;
mod tools;
mod widget;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve [--port N] [--release]       build the page and serve it on this machine
cargo xtask test                               everything that must hold: formatting, lints, tests, page, corpus, browser
cargo xtask dist                               the release page in dist/, optimised, with sizes and digests, the same as one
                                               file, and the widget's package
cargo xtask offline [--release]                the page as one file, in target/
cargo xtask widget [--release]                 the widget's package, in target/npm/
cargo xtask corpus [FOLDER] [--kind K,…] [--bulk NAME,…] [--browser]
                                               every case of a corpus folder, natively or in Chromium
cargo xtask bench [--widget]                   this project beside its peer, in one Chromium
cargo xtask bulk                               the release page with a thousand bundles and ten thousand rows: no long task
cargo xtask tidy                               the project's own rules
cargo xtask words LANGUAGE                     what web/lang/LANGUAGE.json does not translate yet, and what it need not any more";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("serve") => serve::run(rest),
        Some("test") => test::run(),
        Some("dist") => dist::run(),
        Some("offline") => offline::run(rest),
        Some("widget") => widget::run_alone(rest),
        Some("corpus") => corpus::run(rest),
        Some("bench") => bench::bench(rest),
        Some("bulk") => bench::bulk(),
        Some("tidy") => tidy::run(),
        Some("words") => language::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
