//! `cargo xtask bench`: this project and its peer, side by side in one Chromium, in one run; where the time goes, natively.
//! `cargo xtask bulk`: much at once.

use std::path::Path;

use crate::page::{self, Profile};
use crate::process::{Outcome, cargo, run};
use crate::programs::Programs;
use crate::{dist, node, place, server, tools, widget};

/// The bundle that is measured, in the corpus.
const CASE: &str = "files/conf-happy-path-v0.3/bundle.sigstore.json";
/// What the peer's minimal page says before it has a verdict.
const PEER_PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>peer</title><h1>…</h1>
<script type="module">
import { minimal } from "./peer.js";
minimal(await (await fetch("question.json")).json());
</script>
"#;

pub(crate) fn bench(arguments: &[String]) -> Outcome {
    let widget_alone = match arguments {
        [] => false,
        [one] if one == "--widget" => true,
        other => return Err(format!("bench knows --widget, not {}", other.join(" "))),
    };
    let corpus = place::corpus();
    if !corpus.join(CASE).is_file() {
        println!("skipped: no corpus at {}", corpus.display());
        return Ok(());
    }
    let chromium = tools::chromium()?;
    node::packages()?;
    let folder = place::root().join("target/bench");
    if widget_alone {
        return widgets(&corpus, &folder, &chromium);
    }
    let whole = place::root().join("target/page-release");
    page::build(Profile::Release, &whole)?;
    page::parting::part(&whole, &folder.join("page"), Profile::Dist)?;
    // As it is published: what shows the version runs too.
    page::version::seal(&folder.join("page"))?;
    println!("the page:");
    let ours = dist::print_sizes(&folder.join("page"))?;
    prepare_peer(&corpus, &folder.join("peer"))?;
    println!("all of the page after brotli -q 11, both parts: {ours} bytes");
    println!("the peer's script alone: {} bytes", node::brotli_size(&folder.join("peer/peer.js"))?);
    let address = server::start(&folder, 0)?;
    run(node::script("bench.mjs").arg(&folder).env("CHROMIUM", &chromium).env("TOUCHSTONE_URL", address))?;
    widgets(&corpus, &folder, &chromium)?;
    println!("where the time goes, natively (release build of the same code):");
    run(cargo()
        .args(["run", "--quiet", "--release", "--package", "touchstone-tests", "--bin", "stages", "--"])
        .arg(corpus.join(CASE)))
}

/// Five widgets beside the peer's minimal page.
fn widgets(corpus: &Path, folder: &Path, chromium: &Path) -> Outcome {
    let package = folder.join(widget::PACKAGE);
    widget::build(Profile::Dist, Programs::Build, &package)?;
    widget::weigh(&package)?;
    let peer = folder.join("peer");
    prepare_peer(corpus, &peer)?;
    run(node::script("widget-bench.mjs").arg(&peer).env("CHROMIUM", chromium).env("TOUCHSTONE_WIDGET", &package))
}

/// `cargo xtask bulk`: how the release page bears a thousand bundles, tables of ten thousand rows and hostile inventories;
/// fails where a task of its main thread is longer than 50 ms.
pub(crate) fn bulk() -> Outcome {
    let chromium = tools::chromium()?;
    node::packages()?;
    let whole = place::root().join("target/page-release");
    page::build(Profile::Release, &whole)?;
    let folder = place::root().join("target/bulk");
    page::parting::part(&whole, &folder, Profile::Dist)?;
    let address = server::start(&folder, 0)?;
    run(node::script("bulk.mjs")
        .env("CHROMIUM", chromium)
        .env("TOUCHSTONE_URL", address)
        .env("TOUCHSTONE_CORPUS", place::corpus()))
}

/// The peer's script, bundled, beside the files of the case.
fn prepare_peer(corpus: &Path, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let script = place::e2e().join("peer/peer.js");
    run(node::program("esbuild")
        .arg(&script)
        .args(["--bundle", "--minify", "--format=esm", "--platform=browser", "--log-level=warning"])
        .arg(format!("--outfile={}", folder.join("peer.js").display())))?;
    let manifest = std::fs::read_to_string(corpus.join("manifest.json")).map_err(|error| error.to_string())?;
    let cases: serde_json::Value = serde_json::from_str(&manifest).map_err(|error| error.to_string())?;
    let case = cases
        .as_array()
        .and_then(|cases| cases.iter().find(|case| text(case, "/id") == Some("conf-happy-path-v0.3")))
        .ok_or("the manifest has no conf-happy-path-v0.3")?;
    let artifact = text(case, "/artifact").ok_or("the case has no artifact")?;
    let named = |member: &str| case.pointer(&format!("/identity/{member}")).cloned().unwrap_or_default();
    let question = serde_json::json!({ "identity": named("san"), "issuer": named("issuer") });
    write(&folder.join("question.json"), question.to_string().as_bytes())?;
    write(&folder.join("index.html"), PEER_PAGE.as_bytes())?;
    copy(&corpus.join(CASE), &folder.join("bundle.json"))?;
    copy(&corpus.join(artifact), &folder.join("artifact"))?;
    copy(&place::root().join("crates/trust/roots/public-good.json"), &folder.join("trusted_root.json"))
}

fn text<'v>(value: &'v serde_json::Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer).and_then(serde_json::Value::as_str)
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}
