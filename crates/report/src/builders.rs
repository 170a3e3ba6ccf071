//! The builder list: what is built in, and entries of the person's own (E-4).
//!
//! An entry of one's own says that this signer may vouch for this builder, up to a level. Nothing proves that; the person
//! says it, and the report says that they did.

use touchstone_verify::{BuilderEntry, BuilderKind, BuilderMap, BuilderSigner, Pattern, TextMatch};

use crate::answer::QuestionError;
use crate::command::escaped;
use crate::document::NamedValue;

/// Most entries of one question.
const MAX_ENTRIES: usize = 64;
/// How an entry is written.
const FORM: &str = "SIGNER=BUILDER_ID=LEVEL, or SIGNER=BUILDER_ID=LEVEL=ISSUER";
/// Before an entry of the person's own, wherever it is named.
const OWN: &str = "your own entry";
/// Who vouches for the names of a forge's workflows: (beginning of the name, issuer).
const FORGES: [(&str, &str); 2] = [
    ("https://github.com/", "https://token.actions.githubusercontent.com"),
    ("https://gitlab.com/", "https://gitlab.com"),
];

/// The built-in map with the person's entries before it.
pub(crate) fn map(own: &[String]) -> Result<BuilderMap, QuestionError> {
    if own.len() > MAX_ENTRIES {
        return Err(error(format!(
            "At most {MAX_ENTRIES} builders of your own can be listed; there are {}.",
            own.len()
        )));
    }
    let mut map = BuilderMap::built_in();
    // The first one written is the first one asked.
    for text in own.iter().rev() {
        map.add(entry(text)?);
    }
    Ok(map)
}

/// The whole list in words: (builder, who must sign for it and up to which level).
///
/// # Errors
/// As a question with these entries: one of them is none.
pub fn builder_list(own: &[String]) -> Result<Vec<NamedValue>, QuestionError> {
    let line = |entry: &BuilderEntry| {
        let id = entry.builder_id.as_deref().map(|id| format!(" for {id}")).unwrap_or_default();
        let source = if entry.kind == BuilderKind::Own { "your own word" } else { "built in" };
        NamedValue {
            name: entry.name.clone(),
            value: format!("{}{id}; Build L{} at most; {source}", signer(&entry.signer), entry.max_level),
        }
    };
    Ok(map(own)?.entries.iter().map(line).collect())
}

fn signer(signer: &BuilderSigner) -> String {
    match signer {
        BuilderSigner::Workflow(path) => format!("signed by {path} at a release"),
        BuilderSigner::AnyWorkflow => {
            "signed by a job on GitHub Actions, which the certificate must confirm".to_owned()
        }
        BuilderSigner::Certificate { identity, issuer } => {
            let issuer = issuer.as_deref().map(|issuer| format!(", vouched for by {issuer}")).unwrap_or_default();
            format!("signed by {}{issuer}", identity.describe())
        }
        BuilderSigner::Key => "signed with the key that you give".to_owned(),
    }
}

/// One entry. The level is one digit, so what stands behind it can only be an issuer; a builder's id holds no `=`, so what
/// stands before it is the signer.
fn entry(text: &str) -> Result<BuilderEntry, QuestionError> {
    let text = text.trim();
    let wrong = |problem: &str| error(format!("{text:?} is no entry of the builder list: {problem}. Expected {FORM}."));
    let (rest, last) = text.rsplit_once('=').ok_or_else(|| wrong("it has no level"))?;
    let (rest, level, issuer) = match level(last) {
        Some(level) => (rest, level, None),
        None => {
            let (rest, before) = rest.rsplit_once('=').ok_or_else(|| wrong("it has no level"))?;
            (rest, level(before).ok_or_else(|| wrong("its level is none of 1, 2 and 3"))?, Some(last))
        }
    };
    let (name, id) = rest.rsplit_once('=').ok_or_else(|| wrong("it names no builder"))?;
    if name.is_empty() {
        return Err(wrong("it names no signer"));
    }
    let known = FORGES.iter().find(|(forge, _)| name.starts_with(forge)).map(|(_, issuer)| *issuer);
    let issuer = issuer
        .filter(|issuer| !issuer.is_empty())
        .or(known)
        .ok_or_else(|| wrong("nobody says who vouches for the signer's name; write the issuer behind the level"))?;
    Ok(BuilderEntry {
        name: format!("{OWN} for {name}"),
        kind: BuilderKind::Own,
        signer: BuilderSigner::Certificate { identity: identity(name)?, issuer: Some(issuer.to_owned()) },
        // Without an id the builder is the signer, as it is of every builder that signs for itself (E-24).
        builder_id: Some(if id.is_empty() { name } else { id }.to_owned()),
        build_types: Vec::new(),
        max_level: level,
    })
}

fn level(text: &str) -> Option<u8> {
    match text {
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        _ => None,
    }
}

/// A workflow on GitHub that is written without a ref is meant at any release, as those that are built in (E-21).
fn identity(name: &str) -> Result<TextMatch, QuestionError> {
    let is_workflow = name.starts_with("https://github.com/") && name.contains("/.github/workflows/");
    if !is_workflow || name.contains('@') {
        return Ok(TextMatch::Exact(name.to_owned()));
    }
    let pattern = format!("{}@refs/tags/v[0-9]+\\.[0-9]+\\.[0-9]+", escaped(name));
    Pattern::new(&pattern)
        .map(TextMatch::Pattern)
        .map_err(|_| error(format!("{name:?} is too long for a signer of the builder list.")))
}

fn error(message: String) -> QuestionError {
    QuestionError { part: "builders", message }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const WORKFLOW: &str = "https://github.com/acme/builder/.github/workflows/build.yml";

    fn own(text: &str) -> Result<BuilderEntry, String> {
        entry(text).map_err(|error| error.message)
    }

    fn accepts(entry: &BuilderEntry, name: &str) -> bool {
        matches!(&entry.signer, BuilderSigner::Certificate { identity, .. } if identity.accepts(name))
    }

    #[test]
    fn an_entry_names_signer_builder_level_and_issuer() {
        let read = own("ci@acme.example=https://acme.example/ci=2=https://login.acme.example").unwrap();
        assert!(accepts(&read, "ci@acme.example") && !accepts(&read, "ci@acme.example.net"));
        assert_eq!((read.builder_id.as_deref(), read.max_level), (Some("https://acme.example/ci"), 2));
        let issuer = |entry: &BuilderEntry| match &entry.signer {
            BuilderSigner::Certificate { issuer, .. } => issuer.clone(),
            _ => None,
        };
        assert_eq!(issuer(&read).as_deref(), Some("https://login.acme.example"));
        // A forge's workflows have one issuer.
        let github = own(&format!("{WORKFLOW}@refs/heads/main==3")).unwrap();
        assert_eq!(issuer(&github).as_deref(), Some("https://token.actions.githubusercontent.com"));
        assert_eq!(github.builder_id, Some(format!("{WORKFLOW}@refs/heads/main")));
        assert!(accepts(&github, &format!("{WORKFLOW}@refs/heads/main")));
        assert!(!accepts(&github, &format!("{WORKFLOW}@refs/heads/main2")));
    }

    #[test]
    fn a_workflow_without_a_ref_is_meant_at_a_release() {
        let read = own(&format!("{WORKFLOW}=https://acme.example/builder=3")).unwrap();
        assert!(accepts(&read, &format!("{WORKFLOW}@refs/tags/v1.2.3")));
        for reference in ["refs/heads/main", "refs/tags/v1.2.3-rc.1", "refs/tags/v1", "refs/tags/v1.2.3/x"] {
            assert!(!accepts(&read, &format!("{WORKFLOW}@{reference}")), "{reference}");
        }
        assert!(!accepts(&read, &format!("{}@refs/tags/v1.2.3", WORKFLOW.replace('.', "x"))));
    }

    #[test]
    fn what_is_no_entry_says_what_is_missing() {
        for (text, problem) in [
            ("", "no level"),
            ("signer", "no level"),
            ("signer=id", "no level"),
            ("signer=id=4", "none of 1, 2 and 3"),
            ("signer=id=0", "none of 1, 2 and 3"),
            ("signer=id=33=issuer", "none of 1, 2 and 3"),
            ("signer=3", "names no builder"),
            ("=id=3=issuer", "names no signer"),
            ("ci@acme.example=id=3", "who vouches"),
            ("ci@acme.example=id=3=", "who vouches"),
        ] {
            let error = own(text).err().unwrap_or_default();
            assert!(error.contains(problem), "{text:?}: {error}");
            assert!(error.contains(FORM), "{text:?}: {error}");
        }
        assert!(map(&vec![format!("{WORKFLOW}==3"); MAX_ENTRIES + 1]).is_err());
    }

    #[test]
    fn own_entries_come_first_and_are_called_so() {
        let entries = [format!("{WORKFLOW}==3"), "ci@acme.example=id=2=https://login.acme.example".to_owned()];
        let list = builder_list(&entries).unwrap();
        assert_eq!(list.len(), BuilderMap::built_in().entries.len() + 2);
        assert!(
            list[0].name.starts_with("your own entry") && list[0].value.ends_with("Build L3 at most; your own word")
        );
        assert!(list[1].value.contains("ci@acme.example") && list[1].value.contains("Build L2 at most"));
        assert!(list[2..].iter().all(|line| line.value.ends_with("built in")));
    }
}
