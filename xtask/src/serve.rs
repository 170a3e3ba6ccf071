//! `cargo xtask serve [--port N] [--release]`.

use crate::offline;
use crate::page::{self, Profile};
use crate::place;
use crate::process::Outcome;
use crate::server;

const PORT: u16 = 8080;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (port, profile) = options(arguments)?;
    let folder = place::root().join("target/page");
    page::build(profile, &folder)?;
    offline::make(&folder, &folder.join(offline::NAME))?;
    page::inline::inline(&folder)?;
    page::version::seal(&folder)?;
    let address = server::start(&folder, port)?;
    println!("\nTouchstone is at {address}");
    println!("Try one of the three examples on the page, or drop a file and its bundle. Ctrl-C ends.");
    loop {
        std::thread::park();
    }
}

fn options(arguments: &[String]) -> Outcome<(u16, Profile)> {
    let (mut port, mut profile) = (PORT, Profile::Quick);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--release" => profile = Profile::Release,
            "--port" => {
                let text = rest.next().ok_or("--port needs a number")?;
                port = text.parse().map_err(|error| format!("--port {text}: {error}"))?;
            }
            other => return Err(format!("serve knows --port N and --release, not {other}")),
        }
    }
    Ok((port, profile))
}
