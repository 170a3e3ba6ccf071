//! Every component in every state, rendered natively, and what must hold for all of them.
//!
//! `UPDATE_EXPECT=1 cargo test -p touchstone-ui` rewrites the snapshots.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    reason = "tests"
)]

use std::collections::BTreeSet;

use expect_test::expect_file;
use touchstone_report::document::{Document, Open, Outcome, Voucher};
use touchstone_report::question::{Expect, Question, Signer, Trust};
use touchstone_ui::*;
use yew::prelude::*;

#[path = "../samples/mod.rs"]
mod samples;

use samples::components::*;

#[derive(Properties, PartialEq)]
struct ShownProps {
    html: Html,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    props.html.clone()
}

fn render(html: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = yew::LocalServerRenderer::<Shown>::with_props(ShownProps { html }).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// One tag a line, so that a change reads as one.
fn lines(html: &str) -> String {
    html.replace("><", ">\n<") + "\n"
}

fn check(name: &str, html: Html) {
    let rendered = render(html);
    holds_everywhere(name, &rendered);
    expect_file![format!("snapshots/{name}.html")].assert_eq(&lines(&rendered));
}

/// The strict policy of the page, and the rules of the notes that any view could break.
fn holds_everywhere(name: &str, html: &str) {
    assert!(!html.contains(" style="), "{name}: inline style");
    assert!(!html.contains("<script"), "{name}: script");
    for link in html.split("<a ").skip(1) {
        let href = link.split_once("href=\"").unwrap().1;
        assert!(href.starts_with(['#', '.']), "{name}: a link out of the page: {href:.60}");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "{name}: an id twice in {ids:?}");
    for reference in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
        for rest in html.split(&format!(" {reference}=\"")).skip(1) {
            for id in rest.split_once('"').unwrap().0.split(' ') {
                assert!(distinct.contains(id), "{name}: {reference} names {id}, which is not there");
            }
        }
    }
}

fn doc(document: Document) -> Doc {
    Doc::from(document)
}

fn whole(document: Document) -> Html {
    html! { <ResultView document={doc(document)} requests={Vec::new()} onlink={Callback::noop()} /> }
}

#[test]
fn frame() {
    check(
        "frame",
        html! {
            <Frame outcome={Some(Outcome::Rejected)}><TopBar requests={1} theme={Theme::Dark} /><Main>{ "page" }</Main></Frame>
        },
    );
    check(
        "footer",
        html! {
            <Footer version="Touchstone 0.1.0" wasm={Some(("a.wasm".into(), "00ff".into()))}
                roots={vec![RootBuiltIn { name: "GitHub".into(), source: "trusted root of 12 Jun 2026".into() }]} />
        },
    );
    let document = doc(samples::rejected());
    check("section-bar", html! { <SectionBarInPage document={document} /> });
    check("live-region", html! { <LiveRegion document={doc(samples::waived())} /> });
    check("live-region-progress", html! { <LiveRegion progress="60 percent read" /> });
}

/// The bar alone would name sections that are not there.
#[derive(Properties, PartialEq)]
struct SectionBarInPageProps {
    document: Doc,
}

#[component]
fn SectionBarInPage(props: &SectionBarInPageProps) -> Html {
    html! { <SectionBar sections={sections(&props.document, 2)} current="failures" /> }
}

#[test]
fn intake() {
    check("drop-rest", html! { <Intake /> });
    check("drop-over", html! { <Intake state={DropState::Over} /> });
    check("drop-busy", html! { <Intake state={DropState::Busy("Reading lantern".into())} /> });
    let unreadable = Unreadable {
        name: "a\u{202e}fdp.exe".into(),
        found: "a PDF document".into(),
        to_do: "Drop its signature.".into(),
    };
    check("drop-unreadable", html! { <Intake state={DropState::Unreadable(unreadable)} /> });
    check("fetch", html! { <FetchField value="" /> });
    check(
        "fetch-asks",
        html! {
            <FetchField value="o/r@sha256:00" asks={vec!["api.github.com".into(), "blob.example".into()]} reveals="It learns the digest." />
        },
    );
    check("fetch-busy", html! { <FetchField value="x" busy={true} /> });
    check(
        "fetch-problem",
        html! {
            <FetchField value="x" error={Some("This is no address.".into()) as Option<AttrValue>} problem={FetchProblem {
                title: "Not found".into(), detail: "This says nothing about your file.".into(), command: Some("curl -LO x".into()),
                is_answered_there: false,
            }} />
        },
    );
    check(
        "fetch-too-large",
        html! {
            <FetchField value="x" problem={FetchProblem {
                title: "Too large".into(), detail: "This says nothing about your file.".into(),
                command: Some("curl -LO x && touchstone verify --bundle x FILE".into()), is_answered_there: true,
            }} />
        },
    );
    check("digest", html! { <DigestField value="sha256:0" error={Some("Too short.".into()) as Option<AttrValue>} /> });
}

#[test]
fn signer_fields() {
    check("signer-named", html! { <SignerFields draft={Draft::default()} onapply={Callback::noop()} /> });
    check("signer-key", html! { <SignerFields draft={Draft { who: Who::Key, ..Draft::default() }} /> });
    check(
        "signer-key-file",
        html! {
            <SignerFields draft={Draft { who: Who::Key, key_file: Some("k.pem".into()), ..Draft::default() }} />
        },
    );
    check("signer-anybody", html! { <SignerFields draft={Draft { who: Who::Anybody, ..Draft::default() }} /> });
    let full = Draft {
        identity: ".*@example.com".into(),
        identity_match: Match::Pattern,
        issuer: samples::ISSUER.into(),
        extensions: vec![("Source Repository Ref".into(), "refs/tags/v1".into())],
        trust: Trust::File,
        root_file: Some("root.json".into()),
        ..Draft::default()
    };
    let errors = DraftErrors {
        identity: Some("No.".into()),
        extensions: vec![(0, "No such value.".into())],
        root: Some("No trusted root.".into()),
        ..DraftErrors::default()
    };
    check("signer-full", html! { <SignerFields draft={full} {errors} /> });
}

#[test]
fn first_page() {
    let item = |id, name: &'static str, kind| GivenItem {
        id,
        name: name.into(),
        recognised_as: "file".into(),
        size: Some(9),
        kind,
    };
    check(
        "given",
        html! {
            <Given items={vec![item(0, "a\u{200b}b", GivenKind::Artifact), item(1, "", GivenKind::Bundle)]} />
        },
    );
    let example = Example {
        id: "x".into(),
        name: "x".into(),
        about: "About.".into(),
        outcome: Outcome::Rejected,
        ends: "Ends".into(),
    };
    check(
        "home",
        html! { <Home examples={vec![example]} ledger={html! { <Ledger requests={Vec::new()} /> }}>{ "intake" }</Home> },
    );
    let request = |state| Request {
        time: "09:41:07".into(),
        server: "api.github.com".into(),
        asked_for: "/x".into(),
        sent: "its SHA-256".into(),
        received: Some(11_204),
        state,
    };
    check(
        "ledger",
        html! {
            <Ledger root_line="Trusted root: GitHub" requests={vec![
                request(RequestState::Done), request(RequestState::Running), request(RequestState::Refused("Not found".into())),
            ]} />
        },
    );
}

#[test]
fn results() {
    check("verified", whole(samples::verified()));
    check("waived", whole(samples::waived()));
    check("incomplete-signer", whole(samples::incomplete_signer()));
    check("rejected", whole(samples::rejected()));
    let progress = Progress { name: "x.iso".into(), read: 61, total: 100, rate: Some(212_000_000), left: Some(119) };
    check(
        "incomplete-artifact",
        html! {
            <ResultView document={doc(samples::incomplete_artifact())} requests={Vec::new()}
                signer={html! { <SignerFields draft={Draft::default()} onapply={Callback::noop()} /> }}
                digest={html! { <DigestField value="" /> }} onwaive={Callback::noop()} />
        },
    );
    check("hashing", html! { <HashTask {progress} /> });
}

#[test]
fn open_tasks() {
    let mut document = samples::incomplete_signer();
    let open = |kind: &str| Open { kind: kind.into(), sentence: "Something is open.".into(), to_do: "Give it.".into() };
    document.verdict.open = vec![open("key"), open("evidence")];
    document.signer.as_mut().unwrap().proven = false;
    check("open-key", html! { <OpenTasks document={doc(document)} signer={html! { "fields" }} /> });
}

#[test]
fn parts() {
    check(
        "pair-whole",
        html! { <Pair expected="f6a66ac1ba1453ed00b8a21f1defd617a941ec87" found="a941ec8706758c45a606ebfe79e1557f6a66ac1b" /> },
    );
    check("pair-look-alike", html! { <Pair expected="alice@example.com" found="\u{430}lice@example.com" /> });
    check("pair-added", html! { <Pair expected="refs/tags/v1" found="refs/tags/v1-rc" /> });
    check(
        "pair-annotated",
        html! {
            <Pair expected="https://a.example/sigstore-j5/x" found="https://a.example/sigstore-js/x (URI)" />
        },
    );
    check("pair-by-note", html! { <Pair expected="a@b.example (URI)" found="a@b.example (email address)" /> });
    check("code", html! { <CodeBlock text="{\n  \"a\": \"<b>\u{feff}\"\n}" name="Bundle" /> });
    let vouchers = vec![
        Voucher::ThisBrowser,
        Voucher::You,
        Voucher::CertificateAuthority,
        Voucher::Builder,
        Voucher::TransparencyLog,
        Voucher::TimestampAuthority,
        Voucher::Publisher,
        Voucher::Verifier,
        Voucher::Nobody,
    ];
    check("vouchers", html! { <Vouchers {vouchers} /> });
    for (name, tab) in [("raw", Tab::Raw), ("log", Tab::LogEntry)] {
        check(&format!("evidence-{name}"), html! { <Evidence document={doc(samples::verified())} {tab} /> });
    }
    let asked = HistoryProps {
        on: true,
        lines: 2,
        head: "7a".repeat(32).into(),
        forgetting: true,
        said: vec!["Once more.".to_owned()],
        onturn: Callback::noop(),
        onexport: Callback::noop(),
        onimport: Callback::noop(),
        onforget: Callback::noop(),
    };
    check("history-forgetting", history(&asked));
    check("check-asked", html! { <Checks document={doc(samples::verified())} asked="timestamp" /> });
}

/// Notes §1.6: no green anywhere on a rejection.
#[test]
fn rejected_has_no_green() {
    let html = render(html! { <Frame outcome={Some(Outcome::Rejected)}>{ whole(samples::rejected()) }</Frame> });
    assert!(html.contains("data-verdict=\"rejected\""));
    assert!(!html.contains("data-s=\"pass\"") && !html.contains("#i-pass\""), "a mark of passing");
    assert!(render(whole(samples::verified())).contains("data-s=\"pass\""), "the search above finds what it looks for");
}

/// Headings of a page start with one h1 and never skip a level.
#[test]
fn headings_are_in_order() {
    let home = html! { <Home examples={Vec::new()}><Intake /></Home> };
    for html in [whole(samples::verified()), whole(samples::incomplete_artifact()), whole(samples::rejected()), home] {
        let html = render(html);
        let levels: Vec<u32> = html
            .split("<h")
            .skip(1)
            .filter_map(|rest| rest.chars().next().and_then(|level| level.to_digit(10)))
            .collect();
        assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1);
        assert_eq!(levels[0], 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

/// H-51: text of the material is text, whatever it holds.
#[test]
fn hostile_text_stays_text() {
    let mut document = samples::rejected();
    let hostile = "<img src=x onerror=alert(1)> \u{202e}gpj.exe\u{2066}\u{200b} javascript:alert(1)";
    document.signer.as_mut().unwrap().identity = hostile.into();
    document.verdict.detail = hostile.into();
    for check in &mut document.checks {
        (check.summary, check.expected, check.found, check.place) =
            (hostile.into(), "x".into(), hostile.into(), hostile.into());
    }
    for row in &mut document.evidence.certificate.as_mut().unwrap().rows {
        (row.name, row.value, row.reference) = (hostile.into(), hostile.into(), hostile.into());
    }
    document.evidence.raw[0].text = hostile.into();
    document.notes = vec![hostile.into()];
    let html = render(whole(document));
    holds_everywhere("hostile", &html);
    assert!(!html.contains("<img"));
    assert!(html.contains("U+202E") && html.contains("U+2066") && html.contains("U+200B"));
    let hidden = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    assert!(!html.contains(hidden), "a character that hides is in the page");
}

/// The verdict is said by the document; notes §5 forbids words that promise more.
#[test]
fn interface_states_no_verdict() {
    let strings = include_str!("../src/strings.rs");
    let values: String = strings.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n").to_lowercase();
    for word in
        ["verified", "rejected", "incomplete", "safe", "secure", "trustworthy", "authentic", "clean", "!", "oops"]
    {
        assert!(!values.contains(word), "“{word}” in the words of the interface");
    }
    for (at, _) in values.match_indices("trusted") {
        assert!(values[at..].starts_with("trusted root"), "“trusted” but of a root: {:.40}", &values[at..]);
    }
    // "Genuine" may stand in the visitor's question, once.
    assert_eq!(values.matches("genuine").count(), 1);
}

#[test]
fn draft_and_question_agree() {
    let drafts = [
        Draft::default(),
        Draft { who: Who::Anybody, trust: Trust::GitHub, ..Draft::default() },
        Draft { identity: "a@b".into(), issuer: "https://c".into(), issuer_match: Match::Pattern, ..Draft::default() },
        Draft {
            identity: ".*".into(),
            identity_match: Match::Pattern,
            extensions: vec![("n".into(), " v ".into())],
            ..Draft::default()
        },
        Draft::default()
            .after(Edit::Condition(Condition::SourceUri, "github.com/a/b".into()))
            .after(Edit::Condition(Condition::PublisherKind, "GitLab".into()))
            .after(Edit::Condition(Condition::PublisherWorkflow, "ci.yml".into()))
            .after(Edit::Condition(Condition::VerifiedLevels, "A B".into()))
            .after(Edit::Condition(Condition::SubjectDigests, "gitCommit:00".into()))
            .after(Edit::InputAdded)
            .after(Edit::InputName(0, "level".into())),
    ];
    for draft in drafts {
        assert_eq!(Draft::of(&draft.question()), draft);
    }
    // A key that was not given names nobody.
    assert_eq!(Draft { who: Who::Key, ..Draft::default() }.question(), Draft::default().question());
}

#[test]
fn edits() {
    let draft = Draft::default().after(Edit::ExtensionAdded).after(Edit::ExtensionAdded);
    let draft = draft.after(Edit::ExtensionName(1, "n".into())).after(Edit::ExtensionValue(1, "v".into()));
    let draft = draft
        .after(Edit::ExtensionRemoved(0))
        .after(Edit::ExtensionRemoved(7))
        .after(Edit::ExtensionName(9, "x".into()));
    assert_eq!(draft.extensions, [("n".to_owned(), "v".to_owned())]);
}

/// Nothing that a question asks of the statement is lost in the fields, and blank fields ask nothing.
#[test]
fn expectations_survive_the_fields() {
    let expect = Expect { subject_digests: Some(Vec::new()), ..Expect::default() };
    let question = Question { expect, ..Question::default() };
    assert_eq!(Draft::of(&question).question(), question);
    let blank = Draft::default()
        .after(Edit::Condition(Condition::SourceUri, "  ".into()))
        .after(Edit::Condition(Condition::PublisherEmail, "x".into()))
        .after(Edit::Condition(Condition::PublisherEmail, String::new()))
        .after(Edit::InputAdded);
    assert_eq!(blank.question(), Question::default());
    let draft = Draft::default().after(Edit::Condition(Condition::BuilderId, "https://b".into()));
    assert_eq!(draft.question().signer, Signer::Implied);
    let named = Draft { identity: "a@b".into(), ..draft };
    assert!(matches!(named.question().signer, Signer::Certificate { .. }));
}

/// Only a few dozen of ten thousand rows are in the page.
#[test]
fn long_tables_hold_what_is_in_view() {
    let html = render(whole(samples::many(200, 10_000)));
    holds_everywhere("many", &html);
    let rows = html.matches("pkg:cargo/crate-").count();
    assert!((40..=200).contains(&rows), "{rows}");
    assert_eq!(html.matches("class=\"thing").count(), 200);
    assert!(html.contains("aria-rowcount=\"10001\""));
}
