//! The same question on a terminal.

use touchstone_acquire::Role;
use touchstone_report::command::{Files, Tool, write};

use super::Session;

/// The command that asks the same question; empty without a bundle.
#[must_use]
pub fn command(session: &Session) -> String {
    let Some(bundle) = session.chosen.and_then(|(id, _)| session.input(id)) else {
        return String::new();
    };
    let last = |role| session.with_role(role).last().map_or_else(String::new, |input| input.name.clone());
    let files = Files {
        bundle: bundle.name.clone(),
        artifact: match (session.artifact(), &session.stated) {
            // Pasted text has no name.
            (Some(artifact), _) if artifact.name.is_empty() => "FILE".to_owned(),
            (Some(artifact), _) => artifact.name.clone(),
            (None, stated) => stated.clone().unwrap_or_default(),
        },
        key: last(Role::Key),
        trusted_root: last(Role::TrustedRoot),
        ..Files::default()
    };
    write(Tool::Touchstone, &session.asked, &files).command.unwrap_or_default()
}
