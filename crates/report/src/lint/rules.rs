//! The rules, one function each.

use touchstone_verify::SHARED_BUILDERS;

use super::Advice;
use super::patterns::{Beginning, beginning, is_anything, is_open_ended};
use crate::command::escaped;
use crate::question::{KeyValidity, Name, Question, Scope, Signer};

/// A rule: what is weak, or nothing.
pub(super) type Rule = fn(&Question) -> Option<Advice>;

/// Every rule, the weakness that lets most people pass first.
pub(super) const ALL: [Rule; 16] = [
    any_identity,
    lowered_threshold,
    signature_only,
    open_beginning,
    any_owner,
    owner_without_slash,
    loose_stop,
    no_issuer,
    shared_builder,
    any_workflow,
    open_pattern,
    ref_not_pinned,
    branch_instead_of_tag,
    name_without_number,
    self_hosted_runner,
    key_without_window,
];

fn advice(rule: &str, weak: String, why: &str, instead: String) -> Option<Advice> {
    Some(Advice { rule: rule.to_owned(), weak, why: why.to_owned(), instead })
}

/// The identity expected of a certificate.
const fn identity(question: &Question) -> Option<&Name> {
    match &question.signer {
        Signer::Certificate { identity, .. } => Some(identity),
        _ => None,
    }
}

fn pattern(question: &Question) -> Option<&str> {
    match identity(question) {
        Some(Name::Pattern(text)) => Some(text),
        _ => None,
    }
}

/// The text of the identity as far as it is fixed.
fn fixed(question: &Question) -> Option<String> {
    match identity(question)? {
        Name::Exact(text) => Some(text.clone()),
        Name::Pattern(text) => Some(beginning(text).literal),
    }
}

/// The value demanded of an extension, by its name or its number.
fn extension<'a>(question: &'a Question, wanted: &str, arc: u8) -> Option<&'a str> {
    let oid = format!("1.3.6.1.4.1.57264.1.{arc}");
    // Names are understood without regard to capitals and punctuation, as the core understands them.
    let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let is_wanted = |name: &str| name == oid || plain(name) == plain(wanted);
    let mut found = question.extensions.iter().filter(|(name, _)| is_wanted(name));
    found.next().map(|(_, value)| value.as_str())
}

/// Host, owner and name of a repository on a forge that numbers its repositories.
fn repository(text: &str) -> Option<(&str, Vec<&str>)> {
    let text = text.strip_prefix("git+").unwrap_or(text);
    // A pattern may leave open how it is capitalised.
    let text = text
        .split_at_checked(8)
        .filter(|(start, _)| start.eq_ignore_ascii_case("https://"))
        .map_or(text, |(_, rest)| rest);
    let (host, path) = text.split_once('/')?;
    ["github.com", "gitlab.com"]
        .iter()
        .any(|forge| host.eq_ignore_ascii_case(forge))
        .then(|| (host, path.split('/').collect()))
}

fn is_workflow(question: &Question) -> bool {
    fixed(question).is_some_and(|text| repository(&text).is_some()) || question.signer == Signer::Implied
}

/// Where the source is pinned beside the name of the signer.
fn source_ref(question: &Question) -> Option<String> {
    let expect = &question.expect;
    let branch = expect.source_branch.as_ref().map(|branch| format!("refs/heads/{branch}"));
    let tag = expect.source_tag.as_ref().or(expect.source_versioned_tag.as_ref()).map(|tag| format!("refs/tags/{tag}"));
    extension(question, "source-repository-ref", 14).map(str::to_owned).or(tag).or(branch)
}

fn any_identity(question: &Question) -> Option<Advice> {
    let weak = match &question.signer {
        Signer::Anybody => "Anybody may have signed.".to_owned(),
        Signer::Unnamed => "No signer is named.".to_owned(),
        Signer::Certificate { identity: Name::Pattern(text), .. } if is_anything(text) => {
            format!("The pattern {text:?} matches every signer.")
        }
        _ => return None,
    };
    advice(
        "any-identity",
        weak,
        "Anyone can sign with an account of their own, and every check of such a signature succeeds.",
        "Name the signer: the workflow or address that the project publishes, and its issuer.".to_owned(),
    )
}

fn lowered_threshold(question: &Question) -> Option<Advice> {
    let all = &question.thresholds;
    let zero: Vec<&str> = [
        (all.transparency_logs, "transparency logs"),
        (all.signed_certificate_timestamps, "certificate timestamps"),
        (all.observer_timestamps, "observer timestamps"),
    ]
    .into_iter()
    .filter_map(|(count, name)| (count == Some(0)).then_some(name))
    .collect();
    if zero.is_empty() {
        return None;
    }
    advice(
        "lowered-threshold",
        format!("No proof is asked for of: {}.", zero.join(", ")),
        "Without a log nobody would see a signature made with a stolen identity; without a time an expired certificate \
         would do.",
        "Leave the threshold out: the trusted root knows what its instance provides.".to_owned(),
    )
}

fn signature_only(question: &Question) -> Option<Advice> {
    if question.scope != Scope::SignatureOnly {
        return None;
    }
    advice(
        "signature-only",
        "The statement is not read, nor compared with a file.".to_owned(),
        "The signature may be over a statement about any other file.",
        "Ask about the whole, and give the file or its digest.".to_owned(),
    )
}

fn open_beginning(question: &Question) -> Option<Advice> {
    let text = pattern(question).filter(|text| !is_anything(text))?;
    let Beginning { literal, rest, .. } = beginning(text);
    let host_is_fixed = literal.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    // An email or another name without an address has its own end: what stands before it may be anybody.
    if rest.is_empty() || host_is_fixed {
        return None;
    }
    advice(
        "open-beginning",
        format!("The pattern {text:?} leaves open where the name begins."),
        "An address on another host may hold the same text further on (C-3).",
        "Begin with the whole host and owner, for example https://github\\.com/owner/ .".to_owned(),
    )
}

fn any_owner(question: &Question) -> Option<Advice> {
    let text = pattern(question).filter(|text| !is_anything(text))?;
    let Beginning { literal, rest, .. } = beginning(text);
    let (host, parts) = repository(&literal)?;
    if rest.is_empty() || parts.first().is_some_and(|owner| !owner.is_empty()) {
        return None;
    }
    advice(
        "any-owner",
        format!("Anybody who has an account at {host} may have signed."),
        "A workflow of anyone's own repository there signs with such a name (C-4).",
        format!("Name the owner: https://{}/owner/{rest}", escaped(host)),
    )
}

fn owner_without_slash(question: &Question) -> Option<Advice> {
    let text = pattern(question)?;
    let Beginning { literal, rest, .. } = beginning(text);
    let (_, parts) = repository(&literal)?;
    let last = parts.last().copied().unwrap_or_default();
    if rest.is_empty() || last.is_empty() || parts.len() > 2 {
        return None;
    }
    let what = if parts.len() == 1 { "owner" } else { "repository" };
    advice(
        "owner-without-slash",
        format!("The name of the {what} is left open behind {last:?}."),
        "Anyone can register a name that begins like it: acme-evil begins with acme (C-4).",
        format!("Put a slash behind it: {}/{rest}", escaped(&literal)),
    )
}

fn loose_stop(question: &Question) -> Option<Advice> {
    let text = pattern(question)?;
    let Beginning { literal, loose_stop, rest } = beginning(text);
    if !loose_stop {
        return None;
    }
    advice(
        "loose-stop",
        format!("A full stop in {text:?} matches any character."),
        "githubXcom/… would match github.com/… (C-3).",
        format!("Put a backslash before it: {}{rest}", escaped(&literal)),
    )
}

fn no_issuer(question: &Question) -> Option<Advice> {
    let weak = match &question.signer {
        Signer::Certificate { issuer: None, .. } => "No issuer is named.".to_owned(),
        Signer::Certificate { issuer: Some(Name::Pattern(text)), .. }
            if is_open_ended(text) || beginning(text).loose_stop =>
        {
            format!("The pattern {text:?} leaves the issuer open.")
        }
        _ => return None,
    };
    let github = fixed(question).is_some_and(|text| text.starts_with("https://github.com/"));
    let instead = if github { "https://token.actions.githubusercontent.com" } else { "the issuer, exactly" };
    advice(
        "no-issuer",
        weak,
        "The issuer is who says that the name is the signer's. Another issuer may give the same name to somebody else.",
        format!("Name it: {instead}."),
    )
}

/// Whether the signer is a workflow that builds for whoever calls it: its name and its ref say nothing of the source (C-8).
fn is_shared(question: &Question) -> bool {
    fixed(question).is_some_and(|text| text.starts_with(SHARED_BUILDERS))
}

fn shared_builder(question: &Question) -> Option<Advice> {
    let source =
        [("source-repository-uri", 12), ("source-repository-identifier", 15), ("source-repository-digest", 13)];
    let is_named = question.expect.source_uri.is_some()
        || source.into_iter().any(|(name, arc)| extension(question, name, arc).is_some());
    if !is_shared(question) || is_named {
        return None;
    }
    advice(
        "shared-builder",
        "The signer builds for every repository that calls it, and no source is named.".to_owned(),
        "Anyone can call this workflow from a repository of their own, and it signs what they build (C-8).",
        "Name the source repository: source-uri, or source-repository-uri.".to_owned(),
    )
}

/// G-26.
fn any_workflow(question: &Question) -> Option<Advice> {
    let text = pattern(question).filter(|text| !is_anything(text))?;
    let Beginning { literal, rest, .. } = beginning(text);
    let (host, parts) = repository(&literal)?;
    // Said as `any-owner`.
    parts.first().filter(|owner| !owner.is_empty())?;
    let named =
        parts.get(4).is_some_and(|file| file.ends_with(".yml") || file.ends_with(".yaml") || file.contains('@'));
    if host != "github.com" || rest.is_empty() || named {
        return None;
    }
    let whose = if parts.len() > 2 { "repository" } else { "owner" };
    let pinned = source_ref(question).map_or_else(
        || "Name the workflow, or the tag or branch that it must run on".to_owned(),
        |pinned| format!("Name the workflow; {pinned} alone leaves every workflow at that place"),
    );
    advice(
        "any-workflow",
        format!("Any workflow of the {whose} may have signed."),
        "A contributor who may push a branch can add a workflow to it, and that workflow signs with this name (G-26).",
        format!("{pinned}: https://github\\.com/owner/name/\\.github/workflows/release\\.yml@refs/tags/v.* ."),
    )
}

fn open_pattern(question: &Question) -> Option<Advice> {
    let text = pattern(question).filter(|text| is_open_ended(text) && !is_anything(text))?;
    advice(
        "open-pattern",
        format!("The pattern {text:?} is open-ended."),
        "Whatever follows is accepted: another path, another branch.",
        "End it where the name ends, for example @refs/tags/v[0-9]+\\.[0-9]+\\.[0-9]+ .".to_owned(),
    )
}

/// Whether the very commit is pinned: then no branch and no tag can lead to another.
fn pins_commit(question: &Question) -> bool {
    extension(question, "source-repository-digest", 13).is_some_and(|commit| !commit.is_empty())
}

fn ref_not_pinned(question: &Question) -> Option<Advice> {
    if !is_workflow(question) || source_ref(question).is_some() || pins_commit(question) {
        return None;
    }
    match identity(question) {
        // The ref of a workflow that others call is its own.
        _ if is_shared(question) => {}
        Some(Name::Exact(text)) if text.contains("@refs/") => return None,
        // The kind of reference is fixed where the pattern says so.
        Some(Name::Pattern(text)) if text.contains("@refs/tags/") || text.contains("@refs/heads/") => return None,
        _ => {}
    }
    advice(
        "ref-not-pinned",
        "Neither a branch nor a tag is named.".to_owned(),
        "A build of any branch passes, also of one that nobody reviewed.",
        "Name the tag, or at least the branch: a source tag, or @refs/tags/v1.2.3 at the end of the signer.".to_owned(),
    )
}

fn branch_instead_of_tag(question: &Question) -> Option<Advice> {
    let named = match identity(question) {
        Some(Name::Exact(text) | Name::Pattern(text)) => {
            text.split_once("@refs/heads/").map(|(_, branch)| branch.to_owned())
        }
        None => None,
    };
    let pinned = source_ref(question);
    if pins_commit(question) || pinned.as_ref().is_some_and(|pinned| pinned.starts_with("refs/tags/")) {
        return None;
    }
    let from_ref = pinned.and_then(|pinned| pinned.strip_prefix("refs/heads/").map(str::to_owned));
    let branch = from_ref.or(named)?;
    advice(
        "branch-instead-of-tag",
        format!("The branch {branch:?} is named, and no tag."),
        "A branch moves: every build of it passes, also one that was never released.",
        "Name the tag of the release, or a version that it begins with.".to_owned(),
    )
}

fn name_without_number(question: &Question) -> Option<Advice> {
    let named = [
        extension(question, "source-repository-uri", 12).map(str::to_owned),
        question.expect.source_uri.clone(),
        fixed(question).filter(|_| !is_shared(question)),
    ];
    if extension(question, "source-repository-identifier", 15).is_some() {
        return None;
    }
    let names_one =
        |text: &&String| repository(text).is_some_and(|(_, parts)| parts.get(1).is_some_and(|name| !name.is_empty()));
    let Some(name) = named.iter().flatten().find(names_one) else {
        return owner_without_number(question);
    };
    let (host, parts) = repository(name)?;
    let repository = parts.iter().take(2).copied().collect::<Vec<_>>().join("/");
    advice(
        "name-without-number",
        format!("The repository {repository} of {host} is known by its name alone."),
        "A name can be given up, and taken over by somebody else; the number stays with the repository.",
        "Add the number that the certificate holds: source-repository-identifier.".to_owned(),
    )
}

/// The same where no repository is named and its owner is.
fn owner_without_number(question: &Question) -> Option<Advice> {
    let name = extension(question, "source-repository-owner-uri", 16)?;
    if extension(question, "source-repository-owner-identifier", 17).is_some() {
        return None;
    }
    let (host, parts) = repository(name)?;
    let owner = parts.first()?;
    advice(
        "name-without-number",
        format!("The owner {owner} of {host} is known by its name alone."),
        "A name can be given up, and taken over by somebody else; the number stays with the owner.",
        "Add the number that the certificate holds: source-repository-owner-identifier.".to_owned(),
    )
}

fn self_hosted_runner(question: &Question) -> Option<Advice> {
    let runner = extension(question, "runner-environment", 11);
    let github = fixed(question).is_some_and(|text| text.starts_with("https://github.com/"));
    let weak = match runner {
        Some("self-hosted") => "A machine of the project's own is expected to have built it.",
        None if github => "Any machine may have built it, also one of the project's own.",
        _ => return None,
    };
    advice(
        "self-hosted-runner",
        weak.to_owned(),
        "A machine that builds more than once can carry something from one build into the next.",
        "Expect the platform's own machines: runner-environment = github-hosted.".to_owned(),
    )
}

fn key_without_window(question: &Question) -> Option<Advice> {
    if question.signer != Signer::Key {
        return None;
    }
    let KeyValidity { from, until } = &question.key_validity;
    let open = match (from, until) {
        (Some(_), Some(_)) => return None,
        (None, None) => "at any time",
        (None, Some(_)) => "at any time before its last moment",
        (Some(_), None) => "at any time after its first moment",
    };
    advice(
        "key-without-window",
        format!("The key may have signed {open}."),
        "A key that was lost or replaced goes on making signatures that pass.",
        "Say when it was in use: its first and its last moment.".to_owned(),
    )
}
