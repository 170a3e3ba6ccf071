//! Whom else a pattern would have let through. Asked of the pattern itself, not of how it is written: with names that differ from the
//! signer's in what says whose they are.

use crate::checks::identity::expected_kind;
use crate::policy::TextMatch;

/// Workflows that anybody can have. A branch may be called anything, so a name may end in any way.
const ANYWHERE: &str = "https://github.com/stranger-7041/x/.github/workflows/x.yml@refs/heads/";

/// Hosts of mail at which anybody gets an address.
const PUBLIC_MAIL: [&str; 24] = [
    "126.com",
    "163.com",
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "users.noreply.github.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
];

/// Hosts at which anybody gets a name of their own, and which part of the path that is. Elsewhere the host says whose it is.
const SHARED_HOSTS: [(&str, usize); 10] = [
    ("bitbucket.org", 0),
    ("buildkite.com", 0),
    // api/v2/projects/ID
    ("circleci.com", 3),
    ("codeberg.org", 0),
    ("dev.azure.com", 0),
    ("g.codefresh.io", 0),
    ("git.sr.ht", 0),
    ("github.com", 0),
    ("gitlab.com", 0),
    ("huggingface.co", 0),
];

/// A name that somebody else could have and that a pattern fits as well as it fits `identity`, the signer's. `None` where there is
/// no pattern, or none of the names that are tried fits.
#[must_use]
pub fn stranger_that_fits(expected: &TextMatch, identity: &str) -> Option<String> {
    match expected {
        TextMatch::Pattern(_) => fits(expected, identity),
        TextMatch::Exact(_) => None,
    }
}

#[inline(never)] // Patterns are rare: the widget's first module is without them.
fn fits(expected: &TextMatch, identity: &str) -> Option<String> {
    // A pattern for mail addresses matches no workflow, whatever its branch is called.
    let kind = expected_kind(expected);
    let is_of_kind = |stranger: &str| kind.is_none_or(|kind| kind == form(stranger));
    strangers(identity).into_iter().find(|stranger| is_of_kind(stranger) && expected.accepts(stranger))
}

/// As [`expected_kind`] names it.
fn form(name: &str) -> &'static str {
    if name.contains("://") {
        "uri"
    } else if name.contains('@') {
        "email"
    } else {
        "username"
    }
}

fn strangers(identity: &str) -> Vec<String> {
    let mut all =
        vec![format!("{ANYWHERE}x"), format!("{ANYWHERE}{identity}"), "stranger@touchstone.invalid".to_owned()];
    // What stands before the first slash, and the rest with it.
    let parted = |path: &str| {
        let at = path.find('/').unwrap_or(path.len());
        path.split_at_checked(at).map(|(one, rest)| (one.to_owned(), rest.to_owned())).unwrap_or_default()
    };
    if let Some((scheme, rest)) = identity.split_once("://") {
        let (host, path) = parted(rest);
        all.extend(other_hosts(&host).into_iter().map(|other| format!("{scheme}://{other}{path}")));
        if let Some((_, owner)) = SHARED_HOSTS.iter().find(|(shared, _)| *shared == host) {
            let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
            let with = |other: String| {
                let parts = parts.iter().enumerate();
                let parts: Vec<&str> =
                    parts.map(|(at, part)| if at == *owner { other.as_str() } else { *part }).collect();
                format!("{scheme}://{host}/{}", parts.join("/"))
            };
            all.extend(parts.get(*owner).into_iter().flat_map(|name| others(name)).map(with));
        }
    } else if let Some((user, domain)) = identity.split_once('!') {
        all.extend(other_hosts(domain).into_iter().map(|other| format!("{user}!{other}")));
    } else if let Some((local, domain)) = identity.rsplit_once('@') {
        all.extend(other_hosts(domain).into_iter().map(|other| format!("{local}@{other}")));
        if PUBLIC_MAIL.contains(&domain) {
            all.extend(others(local).map(|other| format!("{other}@{domain}")));
        }
    } else {
        all.extend(others(identity));
    }
    all
}

/// Hosts like `host` that somebody else may have. What stands before the domain of its owner is the owner's to choose: a pattern that
/// leaves it open names them all the same.
fn other_hosts(host: &str) -> Vec<String> {
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() <= 2 {
        return others(host).collect();
    }
    // Nothing before the first label, and something before each later one.
    let mut all: Vec<String> =
        others(host).filter(|other| other.len() == host.len() || !other.ends_with(host)).collect();
    for at in 1..labels.len() {
        let longer =
            |(place, label): (usize, &&str)| if place == at { format!("qzx{label}") } else { (*label).to_owned() };
        all.push(labels.iter().enumerate().map(longer).collect::<Vec<_>>().join("."));
    }
    all
}

/// Names like `name`: of other letters, longer, and another altogether.
fn others(name: &str) -> impl Iterator<Item = String> {
    let turned = |character: char| match character {
        'a'..='m' | 'A'..='M' => char::from_u32(u32::from(character).saturating_add(13)),
        'n'..='z' | 'N'..='Z' => char::from_u32(u32::from(character).saturating_sub(13)),
        '0'..='4' => char::from_u32(u32::from(character).saturating_add(5)),
        '5'..='9' => char::from_u32(u32::from(character).saturating_sub(5)),
        other => Some(other),
    };
    let turned: String = name.chars().filter_map(turned).collect();
    let longer = ["qzx", "7041", "-qzx", ".qzx"].map(|more| format!("{name}{more}"));
    longer.into_iter().chain([format!("qzx{name}"), format!("7041{name}"), turned, "qzx".to_owned(), "7041".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::stranger_that_fits;
    use crate::pattern::Pattern;
    use crate::policy::TextMatch;

    const WORKFLOW: &str = "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1";

    fn stranger(pattern: &str, identity: &str) -> Option<String> {
        stranger_that_fits(&TextMatch::Pattern(Pattern::new(pattern).ok()?), identity)
    }

    #[test]
    fn a_pattern_that_leaves_open_whose_it_is_lets_strangers_through() {
        for (pattern, identity) in [
            (".*", WORKFLOW),
            ("h.*", WORKFLOW),
            (r"https://github\.com/.*", WORKFLOW),
            (r"(?i)HTTPS://GITHUB\.COM/.*", WORKFLOW),
            (r"https://github\.com/\.?.*", WORKFLOW),
            (r"https://github\.com/a.*", WORKFLOW),
            (r"https://github\.com/acme.*", WORKFLOW),
            (r"https://github\.com/acme[0-9]*/.*", WORKFLOW),
            (r"https://github\.com/[a-z]+/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/\w{4}/app/.*", WORKFLOW),
            (r"https://.*/acme/app/.*", WORKFLOW),
            (r"https://github\.com.*/acme/app/.*", WORKFLOW),
            (r".*/acme/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/acme/app/x|.*", WORKFLOW),
            (r"jo@.*", "jo@acme.example"),
            (r"jo@acme\..+", "jo@acme.example"),
            (r".*@gmail\.com", "jo@gmail.com"),
            (r"[^/]+@protonmail\.com", "jo@protonmail.com"),
            (r"spiffe://.*", "spiffe://acme.example/ns/build"),
            (r"https://g\.codefresh\.io/.*", "https://g.codefresh.io/acme/build:1"),
            (
                r"https://circleci\.com/api/v2/projects/.*",
                "https://circleci.com/api/v2/projects/7a/pipeline-definitions/1",
            ),
            (r"spiffe://[^/]+/ns/.*", "spiffe://acme.example/ns/build"),
            (r"[a-z]+![a-z.]+", "jo!acme.example"),
            (r"https://ci\..*acme\.example/.*", "https://ci.acme.example/jobs/release"),
            (r".*acme\.example", "jo@eu.acme.example"),
            (r"https://[a-z.]+", "https://acme.example"),
            (r"[a-z0-9]+", "jo"),
            (r".*/acme.*|.*@acme\.example", "jo@acme.example"),
        ] {
            assert!(stranger(pattern, identity).is_some(), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_names_somebody_lets_none_through() {
        for (pattern, identity) in [
            (r"https://github\.com/acme/.*", WORKFLOW),
            (r"https://github.com/acme/.*", WORKFLOW),
            (r"^(https://github\.com/acme/.*)$", WORKFLOW),
            (r"(https://github\.com/acme/app/\.github/workflows/release\.yml)@refs/tags/v.*", WORKFLOW),
            (r"https://github\.com/(acme|other)/.*", WORKFLOW),
            (r"(?i:https://github\.com/Acme)/.*", WORKFLOW),
            (r"https://(github|gitlab)\.com/acme/.*", WORKFLOW),
            (r".*@acme\.example", "jo@acme.example"),
            (r"[^/]+@acme\.example", "jo@acme.example"),
            (r"(jo|al)@gmail\.com", "jo@gmail.com"),
            (r"spiffe://acme\.example/.*", "spiffe://acme.example/ns/build"),
            (r"[a-z]+!acme\.example", "jo!acme.example"),
            (r"https://acme\.example", "https://acme.example"),
            (
                r"https://circleci\.com/api/v2/projects/7a/.*",
                "https://circleci.com/api/v2/projects/7a/pipeline-definitions/1",
            ),
            (r"https://ci\.acme\.example/.*", "https://ci.acme.example/jobs/release"),
            // Nobody else has a name under it.
            (r"https://[a-z0-9-]+\.acme\.example/.*", "https://ci.acme.example/jobs/release"),
            (r".*@([a-z]+\.)?acme\.example", "jo@eu.acme.example"),
            (r"spiffe://[a-z.]+\.acme\.example/.*", "spiffe://eu.acme.example/ns/build"),
        ] {
            assert_eq!(stranger(pattern, identity), None, "{pattern}");
        }
    }

    #[test]
    fn a_name_that_is_written_out_is_no_pattern() {
        assert_eq!(stranger_that_fits(&TextMatch::Exact(WORKFLOW.to_owned()), WORKFLOW), None);
    }
}
