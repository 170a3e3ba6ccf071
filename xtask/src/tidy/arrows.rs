//! Who may depend on whom (ARCHITECTURE.md, "The map").

use serde_json::Value;

use crate::process::{Outcome, cargo, output};

/// A crate and the crates of ours that it may name. Test dependencies are free, except for what `testkit` may not see.
const ARROWS: &[(&str, &[&str])] = &[
    ("touchstone-formats", &[]),
    ("touchstone-crypto", &[]),
    ("touchstone-tlog", &["touchstone-crypto"]),
    ("touchstone-trust", &["touchstone-crypto", "touchstone-formats", "touchstone-tlog"]),
    ("touchstone-verify", &["touchstone-crypto", "touchstone-formats", "touchstone-tlog", "touchstone-trust"]),
    ("touchstone-custody", &["touchstone-formats", "touchstone-verify"]),
    (
        "touchstone-report",
        &[
            "touchstone-crypto",
            "touchstone-custody",
            "touchstone-formats",
            "touchstone-tlog",
            "touchstone-trust",
            "touchstone-verify",
        ],
    ),
    ("touchstone-ui", &["touchstone-report"]),
    ("touchstone-acquire", &["touchstone-formats"]),
    ("touchstone-browser", &["touchstone-acquire", "touchstone-crypto", "touchstone-report"]),
    ("touchstone-cli", &["touchstone-acquire", "touchstone-crypto", "touchstone-report"]),
    (
        "touchstone-web",
        &["touchstone-acquire", "touchstone-browser", "touchstone-crypto", "touchstone-report", "touchstone-ui"],
    ),
    // The core's exports to JavaScript: no interface, no application, no request.
    ("touchstone-widget", &["touchstone-crypto", "touchstone-report"]),
    // Makes what the core judges, so it must not share the core's code: a misreading would cancel out.
    ("touchstone-testkit", &[]),
    (
        "touchstone-tests",
        &[
            "touchstone-cli",
            "touchstone-crypto",
            "touchstone-formats",
            "touchstone-report",
            "touchstone-testkit",
            "touchstone-tlog",
            "touchstone-trust",
            "touchstone-verify",
        ],
    ),
    ("xtask", &[]),
];

/// A dependency from outside and the only crates that may name it.
const RESERVED: &[(&[&str], &[&str])] = &[
    (
        &["p256", "p384", "p521", "ecdsa", "ed25519-dalek", "rsa", "sha1", "sha2"],
        &["touchstone-crypto", "touchstone-testkit"],
    ),
    (&["web-sys", "gloo-net", "gloo-file", "gloo-worker", "gloo-timers"], &["touchstone-browser"]),
    // The application's entry points are exported with wasm-bindgen, and its worker's messages are JavaScript values.
    (&["wasm-bindgen"], &["touchstone-browser", "touchstone-web", "touchstone-widget"]),
    (&["wasm-bindgen-futures", "js-sys"], &["touchstone-browser", "touchstone-web"]),
    (&["yew", "yew-router"], &["touchstone-ui", "touchstone-web"]),
    (&["clap"], &["touchstone-cli"]),
    (&["ureq", "reqwest", "tokio"], &[]),
];

pub(super) fn broken() -> Outcome<Vec<String>> {
    let text = output(cargo().args(["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let mut broken = Vec::new();
    for package in metadata.get("packages").and_then(Value::as_array).into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ARROWS.iter().find(|(member, _)| *member == name) else {
            broken.push(format!("{name} is not on the map (xtask/src/tidy/arrows.rs)"));
            continue;
        };
        let dependencies = package["dependencies"].as_array().into_iter().flatten();
        for dependency in dependencies.filter(|dependency| dependency["kind"].is_null()) {
            let on = dependency["name"].as_str().unwrap_or_default();
            if on.starts_with("touchstone-") && !allowed.contains(&on) {
                broken.push(format!("{name} must not depend on {on}"));
            }
            let reserved = RESERVED.iter().find(|(names, _)| names.contains(&on));
            if let Some((_, holders)) = reserved.filter(|(_, holders)| !holders.contains(&name)) {
                broken.push(format!("{name} must not name {on}: only {} may", holders.join(", ")));
            }
        }
    }
    Ok(broken)
}
