//! The same question on a terminal.

use touchstone_acquire::{Role, file_word, shell_word};
use touchstone_report::question::{Name, Signer, Trust};

use super::Session;

/// The command that asks the same question; empty without a bundle.
#[must_use]
pub fn command(session: &Session) -> String {
    let Some(bundle) = session.chosen.and_then(|(id, _)| session.input(id)) else {
        return String::new();
    };
    let mut words = vec!["touchstone verify".to_owned()];
    words.push(format!("--bundle {}", file_word(named(&bundle.name, "bundle.sigstore.json"))));
    match &session.asked.signer {
        Signer::Unnamed | Signer::Implied => {}
        Signer::Anybody => words.push("--any-identity".to_owned()),
        Signer::Key => {
            let key = session.with_role(Role::Key).last().map_or("", |input| input.name.as_str());
            words.push(format!("--key {}", file_word(named(key, "key.pub"))));
        }
        Signer::Certificate { identity, issuer } => {
            words.push(name_word("--identity", identity));
            words.extend(issuer.iter().map(|issuer| name_word("--issuer", issuer)));
        }
    }
    for (name, value) in &session.asked.extensions {
        words.push(option("--extension", &format!("{name}={value}")));
    }
    match session.asked.trust {
        Trust::Automatic | Trust::KeyAlone => {}
        Trust::PublicGood => words.push("--instance public-good".to_owned()),
        Trust::Staging => words.push("--instance staging".to_owned()),
        Trust::GitHub => words.push("--instance github".to_owned()),
        Trust::File => {
            let root = session.with_role(Role::TrustedRoot).last().map_or("", |input| input.name.as_str());
            words.push(format!("--trusted-root {}", file_word(named(root, "trusted_root.json"))));
        }
    }
    match (session.artifact(), &session.stated) {
        (Some(artifact), _) => words.push(file_word(named(&artifact.name, "FILE"))),
        (None, Some(digest)) => words.push(shell_word(digest)),
        (None, None) => {}
    }
    words.join(" \\\n  ")
}

fn name_word(field: &str, name: &Name) -> String {
    match name {
        Name::Exact(text) => option(field, text),
        Name::Pattern(text) => option(&format!("{field}-regexp"), text),
    }
}

/// With `=`, so that a value that begins with a dash is not taken for an option.
fn option(name: &str, value: &str) -> String {
    if value.starts_with('-') {
        return format!("{name}={}", shell_word(value));
    }
    format!("{name} {}", shell_word(value))
}

const fn named<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.is_empty() { otherwise } else { name }
}
