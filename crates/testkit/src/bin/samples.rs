//! `samples FOLDER`: writes good bundles of each common kind, with artifact and trusted root, and `samples.json`, which lists them.
//! `samples FOLDER table` writes every row of the table, good and bad. For what is tried outside of Rust.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;
use touchstone_testkit::{Case, Recipe, table};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("samples FOLDER [table]");
        return ExitCode::from(2);
    };
    let all = std::env::args_os().nth(2).is_some_and(|word| word == "table");
    let samples = if all { rows() } else { good() };
    match write(&folder, samples) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn rows() -> Vec<(&'static str, Case)> {
    table().into_iter().map(|row| (row.name, row.case)).collect()
}

fn good() -> Vec<(&'static str, Case)> {
    [
        ("message", Recipe::message()),
        ("message-v2", Recipe::message_v2()),
        ("dsse", Recipe::dsse()),
        ("dsse-v2", Recipe::dsse_v2()),
        ("intoto", Recipe::intoto()),
        ("both-times", Recipe::both_times()),
        ("github", Recipe::github()),
    ]
    .map(|(name, recipe)| (name, recipe.make()))
    .into()
}

fn write(folder: &std::path::Path, samples: Vec<(&str, Case)>) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut list = Vec::new();
    for (name, case) in samples {
        let files = [("sigstore.json", &case.bundle), ("artifact", &case.artifact), ("root.json", &case.trusted_root)];
        for (kind, bytes) in files {
            std::fs::write(folder.join(format!("{name}.{kind}")), bytes)?;
        }
        list.push(json!({ "name": name, "identity": case.identity, "issuer": case.issuer }));
    }
    std::fs::write(folder.join("samples.json"), json!(list).to_string())
}
