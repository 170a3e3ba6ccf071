//! Addresses, requests, answers and problems.

use proptest::prelude::*;

use crate::{
    Address, AddressError, Expects, FetchProblem, Kind, Purpose, Request, bundle_requests, limits, read_address,
    read_answer, requests_for,
};

const BUNDLE: &str = r#"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}"#;
const STORE: &str = "https://tmaproduction.blob.core.windows.net/attestations/1/2.json.sn?sig=x";

fn digest() -> String {
    "ab".repeat(32)
}

fn request(typed: &str) -> Request {
    requests_for(&read_address(typed).unwrap())
}

fn list() -> Request {
    request(&format!("o/r@sha256:{}", digest()))
}

fn packed() -> Request {
    bundle_requests(&[STORE.to_owned()]).remove(0)
}

#[test]
fn addresses() {
    let check = |typed: &str, expected: Result<&str, AddressError>| {
        assert_eq!(read_address(typed).map(|one| one.print()), expected.map(str::to_owned), "{typed}");
    };
    let good = format!("owner/repo.js@sha256:{}", digest());
    check(&good, Ok(&good));
    check(&format!(" github.com/{good} "), Ok(&good));
    check(&good.to_uppercase().replace("SHA256", "sha256"), Ok(&format!("OWNER/REPO.JS@sha256:{}", digest())));
    check("https://example.com/a.sigstore.json#x", Ok("https://example.com/a.sigstore.json"));
    check("HTTPS://example.com:8443/a", Ok("HTTPS://example.com:8443/a"));
    check("", Err(AddressError::Empty));
    check("http://example.com/a", Err(AddressError::NotHttps));
    check("file:///etc/passwd", Err(AddressError::NotHttps));
    check("https://user:secret@example.com/", Err(AddressError::Credentials));
    check("https://", Err(AddressError::Shape));
    check("https:///a", Err(AddressError::Shape));
    check("https://a\\b/c", Err(AddressError::Characters));
    check("https://a/b c", Err(AddressError::Characters));
    check("owner/repo", Err(AddressError::Shape));
    check("javascript:alert(1)", Err(AddressError::Shape));
    check("owner/repo@sha1:aa", Err(AddressError::Digest));
    check("owner/repo@sha256:aa", Err(AddressError::Digest));
    check(&format!("../x@sha256:{}", digest()), Err(AddressError::Shape));
    check(&format!("a/b/c@sha256:{}", digest()), Err(AddressError::Shape));
    check(&format!("https://{}", "a".repeat(limits::MAX_ADDRESS_CHARS)), Err(AddressError::TooLong));
}

#[test]
fn requests_say_whom_they_tell_what() {
    let link = request("https://example.com/a.json");
    assert_eq!((link.url.as_str(), link.purpose), ("https://example.com/a.json", Purpose::Link));
    assert!(link.reveals.contains("example.com"));
    let list = list();
    assert_eq!(list.url, format!("https://api.github.com/repos/o/r/attestations/sha256:{}?per_page=100", digest()));
    assert!(list.reveals.contains("digest"));
}

#[test]
fn only_githubs_store_is_followed() {
    for bad in [
        "http://tmaproduction.blob.core.windows.net/attestations/1",
        "https://tmaproduction.blob.core.windows.net.evil.example/attestations/1",
        "https://tmaproduction.blob.core.windows.net@evil.example/attestations/1",
        "https://evil.example/attestations/1",
        "https://tmaproduction.blob.core.windows.net/attestations/\n",
        "https://tmaproduction.blob.core.windows.net/other/1",
        "https://tmaproduction.blob.core.windows.net:444/attestations/1",
    ] {
        assert_eq!(bundle_requests(&[bad.to_owned()]), [], "{bad}");
    }
    assert_eq!(bundle_requests(&vec![STORE.to_owned(); 200]).len(), limits::MAX_BUNDLE_REQUESTS);
}

#[test]
fn a_list_with_bundles_inside() {
    let body = format!(r#"{{"attestations":[{{"bundle":{BUNDLE},"repository_id":1,"bundle_url":"{STORE}"}}]}}"#);
    let answer = read_answer(&list().asked(), body.as_bytes()).unwrap();
    assert_eq!(answer.evidence.unwrap().1.kind, Kind::GitHubAttestations);
    assert_eq!(answer.elsewhere, Vec::<String>::new(), "what is inside is not fetched again");
}

#[test]
fn a_list_with_bundles_elsewhere() {
    let body = format!(
        r#"{{"attestations":[{{"bundle":null,"repository_id":1,"bundle_url":"{STORE}"}},{{"repository_id":1,"bundle_url":"https://evil.example/"}}]}}"#
    );
    let answer = read_answer(&list().asked(), body.as_bytes()).unwrap();
    assert_eq!(answer.evidence, None);
    let requests = bundle_requests(&answer.elsewhere);
    assert_eq!(requests.len(), 1, "an address elsewhere is not followed");
    assert_eq!(requests.first().unwrap().expects, Expects::SnappyBundle);
}

#[test]
fn a_packed_bundle() {
    let body = snap::raw::Encoder::new().compress_vec(BUNDLE.as_bytes()).unwrap();
    let (bytes, found) = read_answer(&packed().asked(), &body).unwrap().evidence.unwrap();
    assert_eq!((bytes.as_ref(), found.kind), (BUNDLE.as_bytes(), Kind::Bundle));
    let plain = read_answer(&packed().asked(), BUNDLE.as_bytes()).unwrap().evidence.unwrap();
    assert_eq!(plain.0.as_ref(), BUNDLE.as_bytes());
}

#[test]
fn answers_that_bring_nothing() {
    let check = |request: &Request, body: &[u8], expected: &str| {
        let problem = read_answer(&request.asked(), body).unwrap_err();
        assert!(format!("{problem:?}").starts_with(expected), "{expected}: {problem:?}");
        assert!(problem.words(request).ends_with("This says nothing about your file."));
    };
    check(&list(), br#"{"attestations":[]}"#, "NoAttestations");
    check(&list(), br#"{"message":"Not Found"}"#, "NotWhatWasAsked");
    check(&list(), b"<!doctype html>", "NotWhatWasAsked");
    check(&request("https://e.example/a"), b"%PDF-1.7", "NotWhatWasAsked");
    check(&request("https://e.example/a"), b"", "NotWhatWasAsked");
    check(&packed(), b"\xff\xff\xff\xff\x0f", "TooLarge");
    check(&packed(), b"\x05\x00", "BadAnswer");
    let other = snap::raw::Encoder::new().compress_vec(b"hello").unwrap();
    check(&packed(), &other, "NotWhatWasAsked");
}

#[test]
fn every_problem_has_words_and_most_a_command() {
    let link = request("https://e.example/it's.json");
    let problems = [
        FetchProblem::BadAnswer { found: "x".to_owned() },
        FetchProblem::BlockedByBrowser,
        FetchProblem::Cancelled,
        FetchProblem::NoAttestations,
        FetchProblem::NotFound,
        FetchProblem::NotWhatWasAsked { expected: "A".to_owned(), found: "b".to_owned() },
        FetchProblem::Offline,
        FetchProblem::RateLimited { reset: None },
        FetchProblem::RateLimited { reset: Some(1_755_180_131) },
        FetchProblem::RefusedByServer { status: 500 },
        FetchProblem::TooLarge { cap: limits::MAX_EVIDENCE_BYTES },
    ];
    for problem in &problems {
        assert!(!problem.title().is_empty());
        assert!(problem.words(&link).ends_with("This says nothing about your file."), "{problem:?}");
    }
    assert!(problems.get(8).unwrap().words(&link).contains("14:02 UTC"));
    assert!(problems.get(10).unwrap().words(&link).contains("24 MiB"));
    let blocked = FetchProblem::BlockedByBrowser;
    assert_eq!(blocked.command_instead(&link, ""), r"curl -LO 'https://e.example/it'\''s.json'");
    assert_eq!(blocked.command_instead(&list(), "-rf"), "gh attestation download ./-rf --repo o/r --limit 100");
    assert_eq!(blocked.command_instead(&list(), "a $(b)"), "gh attestation download 'a $(b)' --repo o/r --limit 100");
    assert_eq!(FetchProblem::NoAttestations.command_instead(&list(), ""), "");
    // What a page does not take, the command reads: it takes several bundles of a file, and more bytes of them.
    let large = FetchProblem::TooLarge { cap: limits::MAX_EVIDENCE_BYTES };
    assert_eq!(
        large.command_instead(&list(), "a b"),
        format!(
            "gh attestation download 'a b' --repo o/r --limit 100 && touchstone verify --bundle sha256:{}.jsonl 'a b'",
            digest()
        )
    );
    assert_eq!(
        large.command_instead(&request("https://e.example/a.jsonl?x=1"), ""),
        "curl -LO 'https://e.example/a.jsonl?x=1' && touchstone verify --bundle a.jsonl FILE"
    );
    assert_eq!(large.command_instead(&request("https://e.example/"), ""), "");
    assert_eq!(large.command_instead(&packed(), ""), "", "one bundle of that size is none");
    assert!(large.is_answered_there() && !blocked.is_answered_there());
}

proptest! {
    #[test]
    fn reading_an_address_undoes_printing(typed in "(https://[a-z.]{1,12}/[a-z/?=&]{0,20}|[a-z-]{1,9}/[a-z.]{1,9}@sha256:[0-9a-f]{64})") {
        if let Ok(address) = read_address(&typed) {
            prop_assert_eq!(read_address(&address.print()), Ok(address));
        }
    }

    #[test]
    fn no_typed_text_panics(typed in ".{0,80}") {
        if let Ok(address) = read_address(&typed) {
            let request = requests_for(&address);
            prop_assert!(request.url.to_ascii_lowercase().starts_with("https://"));
        }
    }

    #[test]
    fn no_answer_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        for request in [list(), packed(), request("https://e.example/a")] {
            let _ = read_answer(&request.asked(), &body);
        }
    }

    #[test]
    fn a_followed_address_stays_on_the_store(rest in ".{0,40}") {
        for request in bundle_requests(&[format!("https://tmaproduction.blob.core.windows.net{rest}")]) {
            prop_assert_eq!(Address::Link { url: request.url.clone(), host: request.host.clone() }, read_address(&request.url).unwrap());
        }
    }
}
