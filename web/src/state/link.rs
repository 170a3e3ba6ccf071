//! A question as the fragment of an address: `#/check?identity=…&digest=…`. It carries what is asked, never what was
//! answered, and opening it fetches nothing.

use touchstone_acquire::{Address, read_address};
use touchstone_report::question::{Expect, Name, Publisher, Question, Scope, Signer, Thresholds, Trust};

/// A question that can be linked to. Files, and a trusted root or key given as files, cannot be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// Expected signer, extensions and built-in trusted root. An issuer that stands alone has an empty name beside it.
    pub question: Question,
    /// A digest instead of the artifact: `sha256:…`.
    pub digest: Option<String>,
    /// Where evidence can be fetched from, once the person presses Fetch.
    pub source: Option<Address>,
    /// An example that is built in.
    pub example: Option<String>,
}

const START: &str = "#/check";

impl Link {
    /// Reads a fragment; `None` when it is no link to a question. Unknown parts are ignored.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Self> {
        let rest = fragment.strip_prefix(START)?;
        let query = match rest.strip_prefix('?') {
            Some(query) => query,
            None if rest.is_empty() => "",
            None => return None,
        };
        let mut read = Reader::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            read.pair(name, decode(value));
        }
        Some(read.finish())
    }

    /// The fragment. Reading it gives the same link again.
    #[must_use]
    pub fn print(&self) -> String {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: &str| pairs.push(format!("{name}={}", encode(value)));
        if let Some(example) = &self.example {
            put("example", example);
        }
        match &self.question.signer {
            Signer::Unnamed => {}
            Signer::Implied => put("signer", "implied"),
            Signer::Anybody => put("signer", "anybody"),
            Signer::Key => put("signer", "key"),
            Signer::Certificate { identity, issuer } => {
                if *identity != Name::Exact(String::new()) {
                    put_name(&mut put, "identity", identity);
                }
                if let Some(issuer) = issuer {
                    put_name(&mut put, "issuer", issuer);
                }
            }
        }
        for (name, value) in &self.question.extensions {
            put("ext", &format!("{name}={value}"));
        }
        put_expect(&mut put, &self.question.expect);
        for entry in &self.question.builders {
            put("builder-entry", entry);
        }
        if let Some(trust) = trust_name(self.question.trust) {
            put("trust", trust);
        }
        put_strictness(&mut put, &self.question);
        if let Some(digest) = &self.digest {
            put("digest", digest);
        }
        match &self.source {
            Some(link @ Address::Link { .. }) => put("bundle", &link.print()),
            Some(github @ Address::GitHub { .. }) => put("github", &github.print()),
            None => {}
        }
        if pairs.is_empty() { START.to_owned() } else { format!("{START}?{}", pairs.join("&")) }
    }
}

fn put_name(put: &mut impl FnMut(&str, &str), field: &str, name: &Name) {
    match name {
        Name::Exact(text) => put(field, text),
        Name::Pattern(text) => put(&format!("{field}-pattern"), text),
    }
}

/// A text, or another value, in something, by a function.
type Place<T, V = String> = fn(&mut T) -> &mut Option<V>;

/// Names in a link of what the statement must say, with the place of each; the value stands as it was typed.
const EXPECT: [(&str, Place<Expect>); 11] = [
    ("source-uri", |expect| &mut expect.source_uri),
    ("source-branch", |expect| &mut expect.source_branch),
    ("source-tag", |expect| &mut expect.source_tag),
    ("source-versioned-tag", |expect| &mut expect.source_versioned_tag),
    ("builder-id", |expect| &mut expect.builder_id),
    ("package-name", |expect| &mut expect.package_name),
    ("package-version", |expect| &mut expect.package_version),
    ("distribution-name", |expect| &mut expect.distribution_name),
    ("resource-uri", |expect| &mut expect.resource_uri),
    ("verifier-id", |expect| &mut expect.verifier_id),
    ("predicate-type", |expect| &mut expect.predicate_type),
];

/// The same of a trusted publisher.
const PUBLISHER: [(&str, Place<Publisher>); 4] = [
    ("publisher-repository", |publisher| &mut publisher.repository),
    ("publisher-workflow", |publisher| &mut publisher.workflow),
    ("publisher-environment", |publisher| &mut publisher.environment),
    ("publisher-email", |publisher| &mut publisher.email),
];

/// A list of digests that is empty: it asks for what cannot be answered, and a link must not make the question weaker.
const NONE: &str = "none";

fn put_expect(put: &mut impl FnMut(&str, &str), expect: &Expect) {
    let mut expect = expect.clone();
    for (name, place) in EXPECT {
        if let Some(value) = place(&mut expect) {
            put(name, value);
        }
    }
    for (name, value) in &expect.workflow_inputs {
        put("workflow-input", &format!("{name}={value}"));
    }
    for level in &expect.verified_levels {
        put("verified-level", level);
    }
    if let Some(digests) = &expect.subject_digests {
        if digests.is_empty() {
            put("subject", NONE);
        }
        for (algorithm, value) in digests {
            put("subject", &format!("{algorithm}:{value}"));
        }
    }
    if let Some(publisher) = &mut expect.publisher {
        if !publisher.kind.is_empty() {
            put("publisher", &publisher.kind);
        }
        for (name, place) in PUBLISHER {
            if let Some(value) = place(publisher) {
                put(name, value);
            }
        }
    }
}

/// Takes a pair that is about what the statement must say; whether it is one.
fn read_expect(expect: &mut Expect, name: &str, value: &str) -> bool {
    if let Some((_, place)) = EXPECT.iter().find(|(known, _)| *known == name) {
        *place(expect) = Some(value.to_owned());
        return true;
    }
    if let Some((_, place)) = PUBLISHER.iter().find(|(known, _)| *known == name) {
        *place(expect.publisher.get_or_insert_default()) = Some(value.to_owned());
        return true;
    }
    match name {
        "workflow-input" => {
            let (name, value) = value.split_once('=').unwrap_or((value, ""));
            expect.workflow_inputs.push((name.to_owned(), value.to_owned()));
        }
        "verified-level" => expect.verified_levels.push(value.to_owned()),
        "publisher" => value.clone_into(&mut expect.publisher.get_or_insert_default().kind),
        "subject" => {
            let digests = expect.subject_digests.get_or_insert_default();
            match value.split_once(':') {
                Some((algorithm, value)) => digests.push((algorithm.to_owned(), value.to_owned())),
                None => return value == NONE,
            }
        }
        _ => return false,
    }
    true
}

/// Names in a link of the thresholds, with the place of each.
const THRESHOLDS: [(&str, Place<Thresholds, u32>); 4] = [
    ("transparency-logs", |all| &mut all.transparency_logs),
    ("signed-certificate-timestamps", |all| &mut all.signed_certificate_timestamps),
    ("timestamp-authorities", |all| &mut all.timestamp_authorities),
    ("observer-timestamps", |all| &mut all.observer_timestamps),
];

/// The same of further texts.
const TEXTS: [(&str, Place<Question>); 4] = [
    ("minimum-bundle-version", |question| &mut question.minimum_bundle_version),
    ("key-valid-from", |question| &mut question.key_validity.from),
    ("key-valid-until", |question| &mut question.key_validity.until),
    ("key-details", |question| &mut question.key_details),
];

fn put_strictness(put: &mut impl FnMut(&str, &str), question: &Question) {
    let mut question = question.clone();
    for (name, place) in THRESHOLDS {
        if let Some(count) = place(&mut question.thresholds) {
            put(name, &count.to_string());
        }
    }
    for (name, place) in TEXTS {
        if let Some(text) = place(&mut question) {
            put(name, text);
        }
    }
    if question.scope == Scope::SignatureOnly {
        put("scope", "signature-only");
    }
}

/// Takes a pair that is about how much is asked of the evidence; whether it is one.
fn read_strictness(question: &mut Question, name: &str, value: &str) -> bool {
    if let Some((_, place)) = THRESHOLDS.iter().find(|(known, _)| *known == name) {
        // What is no number cannot be met: a link that was damaged must not ask less.
        *place(&mut question.thresholds) = Some(value.parse().unwrap_or(u32::MAX));
        return true;
    }
    if let Some((_, place)) = TEXTS.iter().find(|(known, _)| *known == name) {
        *place(question) = Some(value.to_owned());
        return true;
    }
    if (name, value) == ("scope", "signature-only") {
        question.scope = Scope::SignatureOnly;
        return true;
    }
    false
}

const fn trust_name(trust: Trust) -> Option<&'static str> {
    match trust {
        Trust::Automatic | Trust::File => None,
        Trust::KeyAlone => Some("key-alone"),
        Trust::PublicGood => Some("public-good"),
        Trust::Staging => Some("staging"),
        Trust::GitHub => Some("github"),
    }
}

/// Roots that a link may name.
const TRUST: [Trust; 4] = [Trust::PublicGood, Trust::Staging, Trust::GitHub, Trust::KeyAlone];

/// Parts of a link that ask for nothing when they are empty.
const MAY_BE_BLANK: [&str; 4] = ["example", "digest", "bundle", "github"];

/// Whether a field would hold nothing: also a name and a value that are both empty, or the comma between two such texts.
fn is_blank(value: &str) -> bool {
    value.chars().all(|one| one.is_whitespace() || one == '=' || one == ',')
}

#[derive(Default)]
struct Reader {
    link: Link,
    identity: Option<Name>,
    issuer: Option<Name>,
}

impl Reader {
    fn pair(&mut self, name: &str, value: String) {
        match name {
            // Left empty, most likely by a variable that was not set. The command refuses it; the fields would forget it.
            _ if is_blank(&value) && !MAY_BE_BLANK.contains(&name) => self.not_understood(name, &value),
            "example" => self.link.example = Some(value),
            "identity" => self.identity = Some(Name::Exact(value)),
            "identity-pattern" => self.identity = Some(Name::Pattern(value)),
            "issuer" => self.issuer = Some(Name::Exact(value)),
            "issuer-pattern" => self.issuer = Some(Name::Pattern(value)),
            "signer" if value == "anybody" => self.link.question.signer = Signer::Anybody,
            "signer" if value == "key" => self.link.question.signer = Signer::Key,
            "signer" if value == "implied" => self.link.question.signer = Signer::Implied,
            "ext" => {
                let (name, value) = value.split_once('=').unwrap_or((&value, ""));
                self.link.question.extensions.push((name.to_owned(), value.to_owned()));
            }
            "builder-entry" => self.link.question.builders.push(value),
            "trust" => match TRUST.into_iter().find(|trust| trust_name(*trust) == Some(value.as_str())) {
                Some(trust) => self.link.question.trust = trust,
                None => self.not_understood(name, &value),
            },
            "digest" => self.link.digest = Some(value),
            "bundle" | "github" => self.link.source = read_address(&value).ok(),
            _ if read_strictness(&mut self.link.question, name, &value) => {}
            _ if read_expect(&mut self.link.question.expect, name, &value) => {}
            _ => self.not_understood(name, &value),
        }
    }

    /// What is not understood stands among the extensions that are demanded, where it can be seen and taken out: the question is refused
    /// with its name, or it is the name of an extension and is demanded. A link that was damaged must not ask less (H-14).
    fn not_understood(&mut self, name: &str, value: &str) {
        // A row without a name would be one that nobody has filled in yet.
        let name = if name.trim().is_empty() { "(no name)" } else { name };
        self.link.question.extensions.push((name.to_owned(), value.to_owned()));
    }

    fn finish(mut self) -> Link {
        if self.identity.is_some() || self.issuer.is_some() {
            // An issuer alone names nobody, and must not be forgotten.
            let identity = self.identity.unwrap_or(Name::Exact(String::new()));
            self.link.question.signer = Signer::Certificate { identity, issuer: self.issuer };
        }
        self.link
    }
}

/// Percent-encodes everything but what RFC 3986 §2.3 calls unreserved, and the few marks that keep a link readable and
/// mean nothing in a fragment's value.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Undoes [`encode`]; a stray `%` stands for itself, and what is no UTF-8 is shown as such.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|one| one.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(fragment: &str, expected: Option<Link>) {
        assert_eq!(Link::parse(fragment), expected, "{fragment}");
    }

    #[test]
    fn fragments() {
        check("", None);
        check("#", None);
        check("#network", None);
        check("#/checkers", None);
        check("#/check", Some(Link::default()));
        for (text, name, value) in [
            ("#/check?source-tagg=v1", "source-tagg", "v1"),
            ("#/check?trust=publicgood", "trust", "publicgood"),
            ("#/check?signer=anyone", "signer", "anyone"),
            ("#/check?scope=all", "scope", "all"),
            ("#/check?=v1", "(no name)", "v1"),
            ("#/check?ext==v1", "", "v1"),
            ("#/check?ext=source-repository-ref", "source-repository-ref", ""),
        ] {
            let link = Link::parse(text).unwrap();
            assert_eq!(link.question.extensions, [(name.to_owned(), value.to_owned())], "{text}");
        }
        // H-14: what is left empty is refused, as by the command, wherever the fields would forget it.
        let texts = EXPECT.iter().map(|(name, _)| *name).chain(PUBLISHER.iter().map(|(name, _)| *name));
        let others = ["identity", "identity-pattern", "issuer", "issuer-pattern", "ext", "builder-entry"];
        for name in texts.chain(others).chain(["workflow-input", "verified-level", "subject", "publisher"]) {
            for value in ["", "%20", "=", ","] {
                let link = Link::parse(&format!("#/check?{name}={value}")).unwrap();
                let [(asked, _)] = link.question.extensions.as_slice() else { panic!("{name}={value}") };
                assert_eq!(asked, name);
            }
        }
        let issuer = Link::parse("#/check?signer=implied&issuer=a&source-uri=b").unwrap();
        assert_eq!(issuer.print(), "#/check?issuer=a&source-uri=b");
        check(
            "#/check?digest=sha256:00%41&example=x",
            Some(Link { digest: Some("sha256:00A".to_owned()), example: Some("x".to_owned()), ..Link::default() }),
        );
        let named = Link::parse("#/check?identity=a%20b&issuer-pattern=.%2A&ext=.8=c%3Dd&trust=staging").unwrap();
        let signer = Signer::Certificate {
            identity: Name::Exact("a b".to_owned()),
            issuer: Some(Name::Pattern(".*".to_owned())),
        };
        assert_eq!(named.question.signer, signer);
        assert_eq!(named.question.extensions, [(".8".to_owned(), "c=d".to_owned())]);
        assert_eq!(named.question.trust, Trust::Staging);
        let two =
            Thresholds { transparency_logs: Some(2), timestamp_authorities: Some(u32::MAX), ..Thresholds::default() };
        let damaged = Link::parse("#/check?transparency-logs=2&timestamp-authorities=x").unwrap();
        assert_eq!(damaged.question.thresholds, two, "what is no number asks for more, not for less");
        check("#/check?bundle=http://example.com/", Some(Link::default()));
        check("#/check?bundle=javascript:alert(1)", Some(Link::default()));
    }

    fn names() -> impl Strategy<Value = Name> {
        let text = || ".{0,20}".prop_filter("says something", |text| !is_blank(text));
        prop_oneof![text().prop_map(Name::Exact), text().prop_map(Name::Pattern)]
    }

    fn signers() -> impl Strategy<Value = Signer> {
        prop_oneof![
            Just(Signer::Unnamed),
            Just(Signer::Anybody),
            Just(Signer::Key),
            Just(Signer::Implied),
            (names(), proptest::option::of(names()))
                .prop_map(|(identity, issuer)| Signer::Certificate { identity, issuer }),
        ]
    }

    fn texts() -> impl Strategy<Value = Option<String>> {
        proptest::option::of(text())
    }

    fn text() -> impl Strategy<Value = String> {
        ".{0,12}".prop_filter("says something", |text| !is_blank(text))
    }

    fn pairs(names: &'static str) -> impl Strategy<Value = Vec<(String, String)>> {
        let pair = (names, ".{0,8}").prop_filter("says something", |(a, b)| !is_blank(a) || !is_blank(b));
        proptest::collection::vec(pair, 0..3)
    }

    fn expects() -> impl Strategy<Value = Expect> {
        let publisher = (text(), texts(), texts(), texts(), texts());
        let publisher = publisher.prop_map(|(kind, repository, workflow, environment, email)| Publisher {
            kind,
            repository,
            workflow,
            environment,
            email,
        });
        let lists = (
            pairs("[^=]{0,8}"),
            proptest::collection::vec(text(), 0..3),
            proptest::option::of(pairs("[^:]{0,8}")),
            proptest::option::of(publisher),
        );
        (proptest::collection::vec(texts(), EXPECT.len()), lists).prop_map(|(texts, lists)| {
            let (workflow_inputs, verified_levels, subject_digests, publisher) = lists;
            let mut expect =
                Expect { workflow_inputs, verified_levels, subject_digests, publisher, ..Expect::default() };
            for ((_, place), text) in EXPECT.iter().zip(texts) {
                *place(&mut expect) = text;
            }
            expect
        })
    }

    /// Members that have no field: set in `question`.
    fn beyond() -> impl Strategy<Value = Question> {
        let counts = proptest::collection::vec(proptest::option::of(0_u32..9), THRESHOLDS.len());
        let texts = proptest::collection::vec(texts(), TEXTS.len());
        (counts, texts, any::<bool>()).prop_map(|(counts, texts, signature_only)| {
            let mut question = Question::default();
            for ((_, place), count) in THRESHOLDS.iter().zip(counts) {
                *place(&mut question.thresholds) = count;
            }
            for ((_, place), text) in TEXTS.iter().zip(texts) {
                *place(&mut question) = text;
            }
            question.scope = if signature_only { Scope::SignatureOnly } else { Scope::Whole };
            question
        })
    }

    fn sources() -> impl Strategy<Value = Address> {
        "(https://[a-z.]{1,12}/[!-~]{0,20}|[a-z-]{1,9}/[a-z.]{1,9}@sha256:[0-9a-f]{64})"
            .prop_filter_map("an address", |typed| read_address(&typed).ok())
    }

    proptest! {
        #[test]
        fn reading_undoes_printing(
            signer in signers(),
            extensions in pairs("[^=]{0,8}"),
            trust in prop_oneof![Just(Trust::Automatic), Just(Trust::PublicGood), Just(Trust::Staging), Just(Trust::GitHub), Just(Trust::KeyAlone)],
            digest in proptest::option::of(".{0,80}"),
            source in proptest::option::of(sources()),
            example in proptest::option::of("[a-z]{1,5}"),
            expect in expects(),
            builders in proptest::collection::vec(text(), 0..3),
            beyond in beyond(),
        ) {
            let question = Question { signer, extensions, trust, expect, builders, ..beyond };
            let link = Link { question, digest, source, example };
            prop_assert_eq!(Link::parse(&link.print()), Some(link));
        }

        #[test]
        fn no_fragment_panics(fragment in "#/check.{0,60}") {
            let _ = Link::parse(&fragment);
        }
    }
}
