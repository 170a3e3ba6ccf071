//! The same question on a terminal.

use touchstone_acquire::Role;
use touchstone_report::command::{Files, Tool, Written, write};

use super::Session;
use crate::state::Input;

/// The command that asks the same question; empty without a bundle.
#[must_use]
pub fn command(session: &Session) -> String {
    command_of(session, Tool::Touchstone).and_then(|written| written.command).unwrap_or_default()
}

/// The same question as a command of any tool; `None` without a bundle.
#[must_use]
pub fn command_of(session: &Session, tool: Tool) -> Option<Written> {
    let bundle = session.chosen.and_then(|(id, _)| session.input(id))?;
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
        further_keys: others(session, &[Role::Key]),
        evidence: others(session, &[Role::Bundle, Role::Further]),
        ..Files::default()
    };
    Some(write(tool, &session.asked, &files))
}

/// Names of the inputs of these roles, but for the one that is the bundle or the key itself. Pasted text has none.
fn others(session: &Session, roles: &[Role]) -> Vec<String> {
    let main = if roles.contains(&Role::Key) {
        session.with_role(Role::Key).last().map(|input| input.id)
    } else {
        session.chosen.map(|(id, _)| id)
    };
    let named = |input: &&Input| Some(input.id) != main && !input.name.is_empty();
    let of_role = |input: &&Input| input.role().is_some_and(|role| roles.contains(&role));
    session.inputs.iter().filter(of_role).filter(named).map(|input| input.name.clone()).collect()
}
