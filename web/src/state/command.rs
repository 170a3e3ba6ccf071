//! The same question on a terminal.

use touchstone_acquire::{Kind, Role};
use touchstone_report::command::{Files, Tool, Written, write};
use touchstone_report::question::Signer;

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
    // Only keys that count for the answer here (`verify_ask`): who made the download may have put them there.
    let meant = matches!(session.asked.signer, Signer::Key | Signer::Anybody);
    let (lists, mut keys): (Vec<&Input>, Vec<&Input>) = session
        .with_role(Role::Key)
        .filter(|_| meant)
        .partition(|input| input.recognised().is_some_and(|found| found.kind == Kind::NpmKeys));
    let key = keys.pop();
    // Without a name: beside "anybody", a key is asked with only where there is one.
    let is_pasted = key.is_some() || (meant && lists.is_empty() && !session.asked_key.is_empty());
    let unnamed = if is_pasted && session.asked.signer == Signer::Anybody { "key.pub" } else { "" };
    let files = Files {
        bundle: bundle.name.clone(),
        artifact: match (session.artifact(), &session.stated) {
            // Pasted text has no name.
            (Some(artifact), _) if artifact.name.is_empty() => "FILE".to_owned(),
            (Some(artifact), _) => artifact.name.clone(),
            (None, stated) => stated.clone().unwrap_or_default(),
        },
        key: key.map(|input| &input.name).filter(|name| !name.is_empty()).map_or(unnamed, String::as_str).to_owned(),
        trusted_root: last(Role::TrustedRoot),
        further_keys: keys.iter().map(|input| input.name.clone()).filter(|name| !name.is_empty()).collect(),
        registry_keys: lists.last().map_or_else(String::new, |input| input.name.clone()),
        evidence: others(session, &[Role::Bundle, Role::Further]),
        ..Files::default()
    };
    Some(write(tool, &session.asked, &files))
}

/// Names of the inputs of these roles, but for the one that is the bundle itself. Pasted text has none.
fn others(session: &Session, roles: &[Role]) -> Vec<String> {
    let main = session.chosen.map(|(id, _)| id);
    let named = |input: &&Input| Some(input.id) != main && !input.name.is_empty();
    let of_role = |input: &&Input| input.role().is_some_and(|role| roles.contains(&role));
    session.inputs.iter().filter(of_role).filter(named).map(|input| input.name.clone()).collect()
}
