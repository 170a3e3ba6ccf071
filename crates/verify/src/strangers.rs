//! Whom else a pattern would have let through. Asked of the pattern itself, not of how it is written: with names that differ from the
//! signer's in what says whose they are.

use crate::checks::identity::expected_kind;
use crate::policy::TextMatch;

/// Workflows that anybody can have. A branch may be called anything, so a name may end in any way.
const ANYWHERE: &str = "https://github.com/stranger-7041/x/.github/workflows/x.yml@refs/heads/";

/// Hosts of mail at which anybody gets an address.
const PUBLIC_MAIL: [&str; 18] = [
    "126.com",
    "163.com",
    // Of accounts for services: the local part is the project's.
    "appspot.gserviceaccount.com",
    "cloudbuild.gserviceaccount.com",
    "developer.gserviceaccount.com",
    "duck.com",
    "hey.com",
    "icloud.com",
    "inbox.lv",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "pm.me",
    "qq.com",
    "users.noreply.github.com",
    "web.de",
    "ya.ru",
];

/// Those that give addresses under one name in many countries (`yahoo.co.uk`).
const PUBLIC_MAIL_NAMES: [&str; 21] = [
    "aol",
    "fastmail",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "live",
    "mailbox",
    "mailfence",
    "msn",
    "naver",
    "outlook",
    "posteo",
    "proton",
    "protonmail",
    "tuta",
    "tutanota",
    "yahoo",
    "yandex",
    "ymail",
    "zoho",
];

/// Hosts at which anybody gets a name of their own, and which part of the path that is. Elsewhere the host says whose it is.
const SHARED_HOSTS: [(&str, usize); 19] = [
    ("app.buddy.works", 0),
    ("bitbucket.org", 0),
    ("buildkite.com", 0),
    // api/v2/projects/ID
    ("circleci.com", 3),
    ("codeberg.org", 0),
    ("dev.azure.com", 0),
    ("dev.gitlab.org", 0),
    ("g.codefresh.io", 0),
    ("git.sr.ht", 0),
    ("gitea.com", 0),
    ("github.com", 0),
    ("gitlab.archlinux.org", 0),
    ("gitlab.com", 0),
    ("huggingface.co", 0),
    ("issuer.chainops.dev", 0),
    // ISSUER/SUBJECT
    ("issuer.enforce.dev", 0),
    // namespaces/NAMESPACE
    ("kubernetes.io", 1),
    ("ops.gitlab.net", 0),
    ("salsa.debian.org", 0),
];

/// Domains below which anybody gets a name of their own. So they do below one of two short labels (`co.uk`).
const SHARED_DOMAINS: [&str; 22] = [
    "amazonaws.com",
    "app.github.dev",
    "appspot.com",
    "azurewebsites.net",
    "cloudfront.net",
    "firebaseapp.com",
    "fly.dev",
    "ghe.com",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "iam.gserviceaccount.com",
    "netlify.app",
    "okta.com",
    "onmicrosoft.com",
    "pages.dev",
    "run.app",
    "sourceforge.io",
    "svc.id.goog",
    "vercel.app",
    "web.app",
    "workers.dev",
];

/// Whom else a pattern lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strangers {
    /// There is no pattern, or none of the names that are tried fits.
    Nobody,
    /// A name that somebody else could have, and that fits as well as the signer's.
    Somebody(String),
    /// Trying takes more work than a pattern may make. Then it names nobody either.
    Untried,
}

/// Whom else a pattern lets through that fits `identity`, the signer's.
#[must_use]
pub fn strangers_that_fit(expected: &TextMatch, identity: &str) -> Strangers {
    match expected {
        TextMatch::Pattern(_) => fits(expected, identity),
        TextMatch::Exact(_) => Strangers::Nobody,
    }
}

#[inline(never)] // Patterns are rare: the widget's first module is without them.
fn fits(expected: &TextMatch, identity: &str) -> Strangers {
    if begins_with(expected.as_written(), owned_by(identity)) {
        return Strangers::Nobody;
    }
    let strangers = strangers(identity, &ends_of_ranges(expected.as_written()));
    if is_too_much(expected, identity, strangers.len()) {
        return Strangers::Untried;
    }
    // A pattern for mail addresses matches no workflow, whatever its branch is called.
    let kind = expected_kind(expected);
    let is_of_kind = |stranger: &str| kind.is_none_or(|kind| kind == form(stranger));
    let fits = |stranger: &String| is_of_kind(stranger) && expected.accepts(stranger);
    strangers.into_iter().find(fits).map_or(Strangers::Nobody, Strangers::Somebody)
}

/// Most steps that all matches together may take, by estimate: pattern and name may both be hostile.
const MAX_WORK: usize = 40_000_000;

/// Whether so many matches take too many steps: each character of a text meets all that the pattern has, as often as its `{n}`
/// repeat it.
fn is_too_much(expected: &TextMatch, text: &str, tries: usize) -> bool {
    states(expected.as_written()).saturating_mul(text.len()).saturating_mul(tries) > MAX_WORK
}

/// Of how many steps a pattern is, at most: what a `{n}` stands behind counts so often, and a group as much as all that is in it.
fn states(pattern: &str) -> usize {
    let Some(pieces) = pieces(pattern) else {
        // No bracket can be told: as if each count were around all others.
        let counts = pattern.split('{').filter_map(|text| most_of(text.split_once('}')?.0));
        return counts.fold(pattern.len(), |states, count| states.saturating_mul(count.max(1)));
    };
    // Of each group that is open, what came before it; what is counted of the innermost one, and of the last thing in that.
    let (mut outer, mut all, mut last) = (Vec::new(), 0_usize, 0_usize);
    for piece in pieces {
        let more = match piece {
            Piece::Opens => {
                outer.push(core::mem::take(&mut all));
                last = 0;
                continue;
            }
            Piece::Closes => {
                last = all;
                outer.pop().unwrap_or_default()
            }
            Piece::Repeats(most) => {
                let before = last;
                last = before.saturating_mul(most).saturating_add(1);
                last.saturating_sub(before)
            }
            Piece::Or | Piece::Thing(_) => {
                last = if let Piece::Thing(length) = piece { length } else { 1 };
                last
            }
        };
        all = all.saturating_add(more);
    }
    outer.into_iter().fold(all, usize::saturating_add)
}

/// A piece of a pattern, as far as who reads it for its brackets must know.
enum Piece {
    Opens,
    Closes,
    Or,
    /// What stands before it is repeated: so often at most, or in a loop.
    Repeats(usize),
    /// Anything else, of so many steps.
    Thing(usize),
}

/// A pattern in pieces. `None` where its brackets cannot be told: it may have comments (`(?x)`), or has a class with a bracket in it.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let flags = pattern.split("(?").skip(1).map(|flags| flags.split([':', ')', '<']).next().unwrap_or_default());
    if flags.into_iter().any(|flags| flags.contains('x')) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        pieces.push(match character {
            '(' => Piece::Opens,
            ')' => Piece::Closes,
            '|' => Piece::Or,
            '*' | '+' | '?' => Piece::Repeats(1),
            '{' => {
                let counts = rest.as_str().split_once('}').and_then(|(counts, _)| most_of(counts));
                counts.map_or(Piece::Thing(1), Piece::Repeats)
            }
            '[' => {
                let (class, after) = rest.as_str().split_once(']')?;
                if class.is_empty() || class == "^" || class.contains('[') || class.ends_with('\\') {
                    return None;
                }
                rest = after.chars();
                // One step, which looks at each of its ranges: that is quickly done.
                Piece::Thing(class.len().div_ceil(8))
            }
            '\\' => {
                rest.next();
                Piece::Thing(1)
            }
            _ => Piece::Thing(1),
        });
    }
    Some(pieces)
}

/// How often at most `n`, `n,` or `n,m` repeats.
fn most_of(counts: &str) -> Option<usize> {
    counts.split(',').filter_map(|count| count.trim().parse().ok()).max()
}

/// The beginning of a name that says whose it is, up to a slash: nobody else has one that begins so. Empty where there is none.
fn owned_by(identity: &str) -> &str {
    let Some((scheme, rest)) = identity.split_once("://") else { return "" };
    let (host, path) = parted(rest);
    let parts = SHARED_HOSTS.iter().find(|(shared, _)| *shared == host).map_or(0, |(_, owner)| owner.saturating_add(1));
    let ends = path.match_indices('/').nth(parts).map(|(at, slash)| at.saturating_add(slash.len()));
    let before = scheme.len().saturating_add("://".len()).saturating_add(host.len());
    ends.and_then(|end| identity.get(..before.saturating_add(end))).unwrap_or_default()
}

/// Whether everything that a pattern fits begins with `text`, as far as that can be seen from how it is written: it spells `text` out, has
/// no other choice beside that, and repeats none of it. In the host a dot may stand for itself: no host is called like another
/// but for its dots. An owner may be.
fn begins_with(pattern: &str, text: &str) -> bool {
    let written = pattern.strip_prefix('^').unwrap_or(pattern);
    // Nobody else has a host, or a name at GitHub, that differs in the case of its letters alone.
    let any_case = written.strip_prefix("(?i)").filter(|_| in_any_case(text));
    let is_same = |one: char, other: char| one == other || any_case.is_some() && one.eq_ignore_ascii_case(&other);
    let mut written = any_case.map_or(written, |rest| rest.strip_prefix('^').unwrap_or(rest));
    for (slashes, character) in text.chars().scan(0, |slashes, character| {
        *slashes += u8::from(character == '/' && *slashes < 3);
        Some((*slashes, character))
    }) {
        let escaped = written.strip_prefix('\\').filter(|_| character.is_ascii_punctuation());
        let is_plain = (character == '.' && slashes < 3) || !"\\.+*?()|[]{}^$#".contains(character);
        let Some(rest) = escaped
            .or(Some(written).filter(|_| is_plain))
            .and_then(|rest| rest.strip_prefix(|written| is_same(written, character)))
        else {
            return false;
        };
        if rest.starts_with(['?', '*', '+', '{']) {
            return false;
        }
        written = rest;
    }
    !text.is_empty() && !has_choice(written)
}

/// Whether a beginning says whose a name is in whatever case its letters are: its scheme and host do, and a name at GitHub.
fn in_any_case(begins: &str) -> bool {
    let is_host_alone = begins.matches('/').count() == 3;
    is_host_alone || begins.get(.."https://github.com/".len()).is_some_and(|host| host == "https://github.com/")
}

/// Whether a `|` stands outside of all brackets, or that cannot be told: what is not understood here is tried.
fn has_choice(pattern: &str) -> bool {
    let Some(pieces) = pieces(pattern) else { return true };
    let mut depth = 0_i32;
    for piece in pieces {
        match piece {
            Piece::Opens => depth = depth.saturating_add(1),
            Piece::Closes => depth = depth.saturating_sub(1),
            Piece::Or if depth <= 0 => return true,
            Piece::Or | Piece::Repeats(_) | Piece::Thing(_) => {}
        }
    }
    depth != 0
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

fn strangers(identity: &str, ranges: &[char]) -> Vec<String> {
    let mut all =
        vec![format!("{ANYWHERE}x"), format!("{ANYWHERE}{identity}"), "stranger@touchstone.invalid".to_owned()];
    // A pattern may name the signer in one of its choices, and anybody in another.
    let at_host = |(host, owner): &(&str, usize)| format!("https://{host}/{}x", "stranger-7041/".repeat(*owner + 1));
    all.extend(SHARED_HOSTS.iter().map(at_host));
    all.extend(PUBLIC_MAIL.iter().map(|host| format!("stranger.7041@{host}")));
    all.extend(PUBLIC_MAIL_NAMES.iter().map(|name| format!("stranger.7041@{name}.com")));
    if let Some((scheme, rest)) = identity.split_once("://") {
        let (host, path) = parted(rest);
        all.extend(other_hosts(host, ranges).into_iter().map(|other| format!("{scheme}://{other}{path}")));
        if let Some((_, owner)) = SHARED_HOSTS.iter().find(|(shared, _)| *shared == host) {
            let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
            let with = |other: String| format!("{scheme}://{host}/{}", replaced(&parts, *owner, &other).join("/"));
            all.extend(parts.get(*owner).into_iter().flat_map(|name| others(name, ranges)).map(with));
        }
    } else if let Some((user, domain)) = identity.split_once('!') {
        all.extend(other_hosts(domain, ranges).into_iter().map(|other| format!("{user}!{other}")));
    } else if let Some((local, domain)) = identity.rsplit_once('@') {
        all.extend(other_hosts(domain, ranges).into_iter().map(|other| format!("{local}@{other}")));
        if is_public_mail(domain) {
            all.extend(others(local, ranges).into_iter().map(|other| format!("{other}@{domain}")));
        }
    } else {
        all.extend(others(identity, ranges));
    }
    all
}

/// Whether anybody gets an address there.
fn is_public_mail(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_own_domain = labels.len() == owner_labels(host, &labels);
    PUBLIC_MAIL.contains(&host) || is_own_domain && labels.first().is_some_and(|name| PUBLIC_MAIL_NAMES.contains(name))
}

/// The ends of the ranges that a pattern's classes have, as far as they can be told: what a class lets in beside the signer's own
/// letter, its other end is.
fn ends_of_ranges(pattern: &str) -> Vec<char> {
    let characters: Vec<char> = pattern.chars().collect();
    let mut ends: Vec<char> = characters
        .windows(3)
        .filter_map(|three| match three {
            [first, '-', last] if first < last => Some([*first, *last]),
            _ => None,
        })
        .flatten()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// What stands before the first slash, and the rest with it.
fn parted(text: &str) -> (&str, &str) {
    text.find('/').and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

fn replaced<'a>(parts: &[&'a str], at: usize, other: &'a str) -> Vec<&'a str> {
    parts.iter().enumerate().map(|(place, part)| if place == at { other } else { *part }).collect()
}

/// Hosts like `host` that somebody else may have. What stands before the domain of its owner is the owner's to choose: a pattern that
/// leaves it open names them all the same.
fn other_hosts(host: &str, ranges: &[char]) -> Vec<String> {
    let labels: Vec<&str> = host.split('.').collect();
    let owner = labels.len().saturating_sub(owner_labels(host, &labels));
    // What begins as the host's owner chose, and goes on otherwise; nothing before the first label where that is theirs.
    let is_theirs = |other: &String| owner > 0 && other.len() > host.len() && other.ends_with(host);
    let mut all: Vec<String> = plain(host).filter(|other| !is_theirs(other)).collect();
    for (at, label) in labels.iter().enumerate().skip(owner) {
        // A dot in it would make another label, and the last two say whose it is.
        let like = if at == owner { others(label, ranges) } else { plain(label).collect() };
        let like = like.into_iter().filter(|other| !other.contains('.'));
        all.extend(like.map(|other| replaced(&labels, at, &other).join(".")));
    }
    all
}

/// Of how many labels the domain is that a party has for itself: of one more than a shared one.
fn owner_labels(host: &str, labels: &[&str]) -> usize {
    let below = |shared: &str| host.strip_suffix(shared).is_some_and(|before| before.ends_with('.'));
    let shared = SHARED_DOMAINS.iter().find(|shared| below(shared)).map(|shared| shared.split('.').count());
    let short = match labels {
        [.., _, second, first] if first.len() == 2 && second.len() <= 3 => 2,
        _ => 1,
    };
    shared.unwrap_or(short).saturating_add(1)
}

/// Names like `name`: of other letters, longer, and another altogether, and with every small change at every place.
fn others(name: &str, ranges: &[char]) -> Vec<String> {
    let mut all: Vec<String> = plain(name).collect();
    for (at, character) in name.char_indices().take(MAX_PLACES) {
        let Some((before, rest)) = name.split_at_checked(at) else { continue };
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        // Who has the name must not choose what is tried: two of each kind.
        let other = ['q', 'j', 'Q', 'J', '7', '4', '-'].iter().chain(ranges).filter(|other| **other != character);
        all.extend(other.map(|other| format!("{before}{other}{after}")));
        all.extend(INSERTED.iter().map(|more| format!("{before}{more}{rest}")));
    }
    // Behind a slash the name would be the whole of its part again.
    all.extend(INSERTED.iter().filter(|more| !more.starts_with('/')).map(|more| format!("{name}{more}")));
    // In another case it is the same name.
    all.retain(|other| !other.eq_ignore_ascii_case(name));
    all
}

/// At how many places of a name: nobody's has more.
const MAX_PLACES: usize = 64;

/// What a pattern's open part may let in: one character of a kind, or more, with what parts names.
const INSERTED: [&str; 13] = [
    "q",
    "7",
    "-",
    "qzx",
    "7041",
    "q-",
    "-q",
    "7-",
    "-7",
    "qzx-",
    "-qzx",
    "qzx.",
    "/x/.github/workflows/x.yml@refs/heads/",
];

fn plain(name: &str) -> impl Iterator<Item = String> {
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

/// Issuers that nobody knows, in the forms that issuers have.
const ISSUERS: [&str; 7] = [
    "https://stranger-7041.touchstone.invalid",
    "https://stranger.invalid",
    "https://stranger.com",
    "https://accounts.stranger.com/realms/stranger",
    "https://stranger.example.org/oauth/v2",
    "http://stranger.com",
    "stranger",
];

/// Whether an expected issuer is a pattern that an issuer of somebody else fits too, as it fits `named`. A label of its host or a part
/// of its path may say whose it is (an account's, a cluster's).
pub(crate) fn is_any_issuer(issuer: &TextMatch, named: &str) -> bool {
    matches!(issuer, TextMatch::Pattern(_)) && issuer_fits(issuer, named)
}

/// Of how many parts an issuer's address is tried with others: none has more.
const MAX_PARTS: usize = 16;

#[inline(never)] // Rare: not in the widget's first module.
fn issuer_fits(issuer: &TextMatch, named: &str) -> bool {
    if named.split(['.', '/']).nth(MAX_PARTS).is_some() {
        return true;
    }
    let strangers = other_issuers(named, &ends_of_ranges(issuer.as_written()));
    is_too_much(issuer, named, strangers.len()) || strangers.iter().any(|stranger| issuer.accepts(stranger))
}

fn other_issuers(named: &str, ranges: &[char]) -> Vec<String> {
    let (scheme, rest) = named.split_once("://").unwrap_or(("https", named));
    let (host, path) = parted(rest);
    let labels: Vec<&str> = host.split('.').collect();
    let parts: Vec<&str> = path.split('/').collect();
    let hosts = labels.iter().enumerate().flat_map(|(at, label)| {
        let labels = &labels;
        others(label, ranges).into_iter().map(move |other| format!("{}{path}", replaced(labels, at, &other).join(".")))
    });
    // There the path is an enterprise's, and what it says of itself is GitHub's word all the same (C.3).
    let varied = if host == "token.actions.githubusercontent.com" { 0 } else { parts.len() };
    let paths = parts.iter().enumerate().take(varied).skip(1).flat_map(|(at, part)| {
        let parts = &parts;
        others(part, ranges).into_iter().map(move |other| format!("{host}{}", replaced(parts, at, &other).join("/")))
    });
    let longer = (varied > 0).then(|| format!("{rest}/qzx"));
    let more = plain(host).map(|other| format!("{other}{path}")).chain(longer).chain(["qzx.com".to_owned()]);
    let all = more.chain(hosts).chain(paths).map(|rest| format!("{scheme}://{rest}"));
    all.chain(ISSUERS.map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Strangers, strangers_that_fit};
    use crate::pattern::Pattern;
    use crate::policy::TextMatch;

    const WORKFLOW: &str = "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1";

    fn strangers(pattern: &str, identity: &str) -> Strangers {
        let Ok(pattern) = Pattern::new(pattern) else { unreachable!() };
        strangers_that_fit(&TextMatch::Pattern(pattern), identity)
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
            (r"https://github\.com/([a-z]+-)?acme/.*", WORKFLOW),
            (r"https://github\.com/ac.*me/.*", WORKFLOW),
            (r"https://github\.com/a.*e/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/a[^/]*e/.*", WORKFLOW),
            (r"https://github\.com/acme(-?[0-9])?/.*", WORKFLOW),
            (r"https://github\.com/acm[a-z]/.*", WORKFLOW),
            (r"https://github\.com/acm[a-z0-9]/.*", WORKFLOW),
            (r"https://gitlab\.com/ACM[A-Z]/.*", "https://gitlab.com/ACME/app"),
            // Whoever chose the signer's name had what is tried in mind.
            (r"https://github\.com/acm[a-z]/.*", "https://github.com/acmq/app"),
            (r"https://github\.com/ac[a-z]{2}/.*", "https://github.com/acqj/app"),
            (r"https://github\.com/acme[0-9]/.*", "https://github.com/acme7/app"),
            (r"https://github\.com/acme[0-9]{3}/.*", "https://github.com/acme777/app"),
            (r"https://github\.com/acm[a-f]/.*", WORKFLOW),
            (r"https://github\.com/acm[-a-e]/.*", WORKFLOW),
            (r"https://github\.com/acme[1-3]/.*", "https://github.com/acme1/app"),
            (r"https://github\.com/acme/.*|https://gitlab\.com/.*", WORKFLOW),
            (r".*@acme\.example|.*@gmail\.com", "jo@acme.example"),
            (r".*@yahoo\.co\.uk", "jo@yahoo.co.uk"),
            (r".*@tutanota\.com", "jo@tutanota.com"),
            (r"https://issuer\.chainops\.dev/.*", "https://issuer.chainops.dev/7a/9b"),
            (r"https://[a-z0-9-]+\.ghe\.com/.*", "https://acme.ghe.com/app"),
            (r"spiffe://[a-z0-9-]+\.svc\.id\.goog/ns/.*", "spiffe://acme.svc.id.goog/ns/build"),
            // What stands behind a `#` is a comment, and the `|` is none of it.
            ("https://github.com/acme/(?x)#(\n|.*#)\n", WORKFLOW),
            ("https://github.com/acme/(?x)#[\n|.*#]\n", WORKFLOW),
            // The round brackets stand in classes.
            (r"https://github\.com/acme/[[:alpha:](]|.*[[:alnum:])]", WORKFLOW),
            (r"https://github\.com/acme/[](]|.*[])0-9]", WORKFLOW),
            (
                r"https://github\.com/acme-?labs?.*/.*",
                "https://github.com/acme-labs/app/.github/workflows/release.yml@refs/tags/v1",
            ),
            (r".*@.*\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"jo@[a-z-]+\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"https://[a-z]+\.co\.uk/.*", "https://acme.co.uk/jobs"),
            (r"https://.*\.github\.io", "https://acme.github.io"),
            (r"https://issuer\.enforce\.dev/.*", "https://issuer.enforce.dev/7a/9b"),
            (r"https://gitlab\.com/acme.labs/.*", "https://gitlab.com/acme.labs/app"),
            (r"[0-9]+@cloudbuild\.gserviceaccount\.com", "123@cloudbuild.gserviceaccount.com"),
            (r".*@appspot\.gserviceaccount\.com", "acme@appspot.gserviceaccount.com"),
            (r".*-compute@developer\.gserviceaccount\.com", "123-compute@developer.gserviceaccount.com"),
            (
                r"https://kubernetes\.io/namespaces/.*/serviceaccounts/default",
                "https://kubernetes.io/namespaces/acme/serviceaccounts/default",
            ),
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
            assert!(matches!(strangers(pattern, identity), Strangers::Somebody(_)), "{pattern}");
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
            (r"https://github\.com/[Aa]cme/.*", WORKFLOW),
            (
                r"(?i)https://github\.com/Acme/[a-zA-Z0-9._-]{1,100}/\.github/workflows/[a-zA-Z0-9._-]{1,100}\.ya?ml@refs/(heads|tags)/.*",
                WORKFLOW,
            ),
            (
                r"(?i)https://(www\.)?github\.com/acme/[a-zA-Z0-9._-]{1,100}/\.github/workflows/[a-zA-Z0-9._-]{1,100}\.ya?ml@refs/(heads|tags)/.*",
                WORKFLOW,
            ),
            (r".*@live\.acme\.example", "jo@live.acme.example"),
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
            (r"https://github\.com/(acme|acme-labs)/.*", WORKFLOW),
            (r"https://github\.com/acme(-labs)?/.*", WORKFLOW),
            (
                r"https://(github|gitlab)\.com/acme/[a-z0-9-]{1,40}/\.github/workflows/[a-z-]{1,20}\.ya?ml@refs/(heads|tags)/.{1,50}",
                WORKFLOW,
            ),
            (r".*@acme\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"https://[a-z]+\.acme\.co\.uk/.*", "https://ci.acme.co.uk/jobs"),
            (r"https://issuer\.enforce\.dev/7a/.*", "https://issuer.enforce.dev/7a/9b"),
            (r"https://gitlab.com/acme\.labs/.*", "https://gitlab.com/acme.labs/app"),
        ] {
            assert_eq!(strangers(pattern, identity), Strangers::Nobody, "{pattern}");
        }
    }

    /// Whoever makes a pattern of too much work to be tried has named nobody with it.
    #[test]
    fn a_pattern_that_cannot_be_tried_names_nobody() {
        let padded = format!(r"https://github\.com/acm[a-z]/.*{}", "|xxxx".repeat(400));
        let repeated = r"(?:.{0,99}){0,90}//github\.com/acme/.*";
        // Each is repeated as much as what stands in it, whatever stands between, and a bracket in a class is none.
        let between = r"(?:(?:.{0,99})?){0,90}//github\.com/acme/.*";
        let in_class = r"(?:.{0,99}[(].){0,90}//github\.com/acme/.*";
        for pattern in [padded.as_str(), repeated, between, in_class] {
            let name = WORKFLOW.repeat(3);
            assert_eq!(strangers(pattern, &name), Strangers::Untried, "{pattern}");
            let Ok(issuer) = Pattern::new(pattern) else { unreachable!() };
            assert!(super::is_any_issuer(&TextMatch::Pattern(issuer), &name), "{pattern}");
        }
    }

    /// What can be seen from how a pattern is written is what trying would find.
    #[test]
    fn a_pattern_that_spells_its_owner_out_needs_no_trying() {
        assert_eq!(super::owned_by(WORKFLOW), "https://github.com/acme/");
        assert_eq!(super::owned_by("https://ci.acme.example/jobs/release"), "https://ci.acme.example/");
        assert_eq!(
            super::owned_by("https://kubernetes.io/namespaces/a/serviceaccounts/b"),
            "https://kubernetes.io/namespaces/a/"
        );
        for text in ["https://github.com/acme", "jo@acme.example", "https://github.com", ""] {
            assert_eq!(super::owned_by(text), "", "{text}");
        }
        for (pattern, begins) in [
            (r"https://github\.com/acme/.*", true),
            (r"^https://github.com/acme/app/(a|b)[|]\|$", true),
            (r"https:\/\/github\.com\/acme\/.*", true),
            (r"https://github\.com/acme/.*|.*", false),
            (r"https://github\.com/acme/?.*", false),
            (r"https://github\.com/acme.*/.*", false),
            (r"(?i)https://github\.com/acme/.*", true),
            (r"^(?i)https://github\.com/Acme/.*", true),
            (r"(?i)https://github\.com/acme/.*|x", false),
            (r"(?i)https://github\.com/acmee/.*", false),
            (r"https://github\.com/acm./.*", false),
            (r"https://github\.com/acme/.*(", false),
            (r".*", false),
        ] {
            assert_eq!(super::begins_with(pattern, "https://github.com/acme/"), begins, "{pattern}");
        }
    }

    #[test]
    fn an_issuer_that_leaves_open_whose_it_is_is_anybodys() {
        for (pattern, named, anybody) in [
            (r".*", "https://token.actions.githubusercontent.com", true),
            (r"https://token\.actions\.[a-z]+\.com", "https://token.actions.githubusercontent.com", true),
            (r"https://.*\.com", "https://token.actions.githubusercontent.com", true),
            (r"https://token\.actions\.githubusercontent\.com.*", "https://token.actions.githubusercontent.com", true),
            (
                r"https://token\.actions\.githubusercontent\.com(/.*)?",
                "https://token.actions.githubusercontent.com",
                false,
            ),
            (r"https://oidc\.eks\..*\.amazonaws\.com/id/.*", "https://oidc.eks.eu-west-1.amazonaws.com/id/7A", true),
            (r"https://oidc\.circleci\.com/org/.*", "https://oidc.circleci.com/org/7a", true),
            (r"https://token\.actions\.githubusercontent\.com", "https://token.actions.githubusercontent.com", false),
            (
                r"https://(accounts\.google|token\.actions\.githubusercontent)\.com",
                "https://accounts.google.com",
                false,
            ),
            (r"https://oidc\.circleci\.com/org/7a", "https://oidc.circleci.com/org/7a", false),
            (
                r"https://login\.microsoftonline\.com/[0-9a-f-]{36}/v2\.0",
                "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
                true,
            ),
            (
                r"https://oidc\.eks\.us-west-2\.amazonaws\.com/id/[0-9A-F]{32}",
                "https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                true,
            ),
            (
                r"https://oidc\.eks\.[a-z0-9-]{9}\.amazonaws\.com/id/0123456789ABCDEF0123456789ABCDEF",
                "https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                true,
            ),
        ] {
            let Ok(pattern) = Pattern::new(pattern) else { unreachable!() };
            let written = pattern.as_written().to_owned();
            assert_eq!(super::is_any_issuer(&TextMatch::Pattern(pattern), named), anybody, "{written}");
        }
    }

    #[test]
    fn a_name_that_is_written_out_is_no_pattern() {
        assert_eq!(strangers_that_fit(&TextMatch::Exact(WORKFLOW.to_owned()), WORKFLOW), Strangers::Nobody);
    }
}
