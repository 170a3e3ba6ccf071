//! `samples FOLDER`: writes good bundles of each common kind, with artifact and trusted root, and `samples.json`, which lists them.
//! For what is tried outside of Rust.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use touchstone_testkit::Recipe;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("samples FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let samples = [
        ("message", Recipe::message()),
        ("message-v2", Recipe::message_v2()),
        ("dsse", Recipe::dsse()),
        ("dsse-v2", Recipe::dsse_v2()),
        ("intoto", Recipe::intoto()),
        ("both-times", Recipe::both_times()),
        ("github", Recipe::github()),
    ];
    let mut list = Vec::new();
    for (name, recipe) in samples {
        let case = recipe.make();
        let files = [("sigstore.json", &case.bundle), ("artifact", &case.artifact), ("root.json", &case.trusted_root)];
        for (kind, bytes) in files {
            std::fs::write(folder.join(format!("{name}.{kind}")), bytes)?;
        }
        list.push(json!({ "name": name, "identity": case.identity, "issuer": case.issuer }));
    }
    std::fs::write(folder.join("samples.json"), json!(list).to_string())
}
