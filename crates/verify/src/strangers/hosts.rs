//! Where anybody gets a name of their own, and whose a name is.

/// Hosts of mail at which anybody gets an address.
pub(super) const PUBLIC_MAIL: [&str; 18] = [
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
pub(super) const PUBLIC_MAIL_NAMES: [&str; 21] = [
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
pub(super) const SHARED_HOSTS: [(&str, usize); 19] = [
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

/// Whether anybody gets an address there.
pub(super) fn is_public_mail(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_own_domain = labels.len() == owner_labels(host, &labels);
    PUBLIC_MAIL.contains(&host) || is_own_domain && labels.first().is_some_and(|name| PUBLIC_MAIL_NAMES.contains(name))
}

/// Of how many labels the domain is that a party has for itself: of one more than a shared one.
pub(super) fn owner_labels(host: &str, labels: &[&str]) -> usize {
    let below = |shared: &str| host.strip_suffix(shared).is_some_and(|before| before.ends_with('.'));
    let shared = SHARED_DOMAINS.iter().find(|shared| below(shared)).map(|shared| shared.split('.').count());
    let short = match labels {
        [.., _, second, first] if first.len() == 2 && second.len() <= 3 => 2,
        _ => 1,
    };
    shared.unwrap_or(short).saturating_add(1)
}

/// The beginning of a name that says whose it is, up to a slash: nobody else has one that begins so. Empty where there is none.
pub(super) fn owned_by(identity: &str) -> &str {
    let Some((scheme, rest)) = identity.split_once("://") else { return "" };
    let (host, path) = parted(rest);
    let parts = SHARED_HOSTS.iter().find(|(shared, _)| *shared == host).map_or(0, |(_, owner)| owner.saturating_add(1));
    let ends = path.match_indices('/').nth(parts).map(|(at, slash)| at.saturating_add(slash.len()));
    let before = scheme.len().saturating_add("://".len()).saturating_add(host.len());
    ends.and_then(|end| identity.get(..before.saturating_add(end))).unwrap_or_default()
}

/// What stands before the first slash, and the rest with it.
pub(super) fn parted(text: &str) -> (&str, &str) {
    text.find('/').and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}
