//! Names that differ from the signer's in what says whose they are.

use super::hosts::{PUBLIC_MAIL, PUBLIC_MAIL_NAMES, SHARED_HOSTS, is_public_mail, owner_labels, parted};

/// Workflows that anybody can have. A branch may be called anything, so a name may end in any way.
const ANYWHERE: &str = "https://github.com/stranger-7041/x/.github/workflows/x.yml@refs/heads/";

pub(super) fn strangers(identity: &str, ranges: &[char]) -> Vec<String> {
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

pub(super) fn other_issuers(named: &str, ranges: &[char]) -> Vec<String> {
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
