//! Every page state, rendered statically, for eyes, axe and screenshots.
//!
//! `cargo run -p touchstone-ui --example gallery > gallery.html` shows all states under each other;
//! `… --example gallery FOLDER [REPORT.json…]` writes one page a state, and one for each report of the command.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "an example that writes files")]

use std::collections::BTreeMap;
use std::{env, fs, path::Path};

use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::Trust;
use touchstone_ui::*;
use yew::prelude::*;

#[path = "../samples/mod.rs"]
mod samples;

use samples::components::*;

const STYLE: &str =
    concat!(include_str!("../../../web/styles/style.css"), include_str!("../../../web/styles/custody.css"));

fn main() {
    let pages = pages();
    let Some(folder) = env::args().nth(1) else {
        let all: String = pages.values().cloned().collect();
        println!("{}", page_of("gallery", &all));
        return;
    };
    fs::create_dir_all(&folder).unwrap();
    for (name, body) in &pages {
        fs::write(Path::new(&folder).join(format!("{name}.html")), page_of(name, body)).unwrap();
    }
    for report in env::args().skip(2) {
        let document: Document = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
        let name = Path::new(&report).file_stem().unwrap().to_string_lossy().into_owned();
        let body = render(result(document, None, 0));
        fs::write(Path::new(&folder).join(format!("{name}.html")), page_of(&name, &body)).unwrap();
    }
}

fn page_of(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title><style>{STYLE}</style></head>\
         <body>{body}</body></html>"
    )
}

fn pages() -> BTreeMap<&'static str, String> {
    [
        ("0-home", home(DropState::Rest, Draft::default(), false)),
        ("1-home-over", home(DropState::Over, Draft { who: Who::Key, ..Draft::default() }, false)),
        (
            "2-home-busy",
            home(DropState::Busy("Reading lantern.iso".into()), Draft { who: Who::Anybody, ..Draft::default() }, false),
        ),
        ("3-home-wrong", home(unreadable(), full_draft(), true)),
        ("4-verified", result(samples::verified(), None, 0)),
        ("5-waived", result(samples::waived(), None, 0)),
        ("6-incomplete-signer", result(samples::incomplete_signer(), Some(progress()), 3)),
        ("7-incomplete-artifact", result(samples::incomplete_artifact(), None, 3)),
        ("8-rejected", result(samples::rejected(), None, 0)),
        ("9-many", result(samples::many(200, 10_000), None, 0)),
    ]
    .into_iter()
    .map(|(name, html)| (name, render(html)))
    .collect()
}

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

fn frame(outcome: Option<Outcome>, requests: usize, bar: Html, main: Html) -> Html {
    let root = |name: &'static str, source: &'static str| RootBuiltIn { name: name.into(), source: source.into() };
    html! {
        <Frame {outcome}>
            <TopBar {requests} />
            { bar }
            <Main print_line="Checked 22 Aug 2026, 09:41 UTC, with Touchstone 0.1.0">{ main }</Main>
            <Footer version="Touchstone 0.1.0" wasm={Some(("worker_bg.wasm".into(), samples::DIGEST.into()))} roots={vec![
                root("Sigstore public good", "trusted root of 12 Aug 2026"),
                root("GitHub", "trusted root of 12 Jun 2026"),
                root("Sigstore staging", "trusted root of 12 Aug 2026"),
            ]} />
        </Frame>
    }
}

fn home(state: DropState, draft: Draft, wrong: bool) -> Html {
    let example = |name: &'static str, about: &'static str, outcome, ends: &'static str| Example {
        id: ends.into(),
        name: name.into(),
        about: about.into(),
        outcome,
        ends: ends.into(),
    };
    let examples = vec![
        example(
            "lantern-linux-amd64",
            "A program released on GitHub, with its signature.",
            Outcome::Verified,
            "Ends Verified",
        ),
        example(
            "tern-26.08.iso",
            "A valid signature, and nobody named to expect.",
            Outcome::Incomplete,
            "Ends Incomplete",
        ),
        example("lantern-linux-amd64", "The same program, altered.", Outcome::Rejected, "Ends Rejected"),
    ];
    let problem = wrong.then(|| FetchProblem {
        title: "The browser blocked the answer of tern.example".into(),
        detail: "That server does not let other pages read its files. This says nothing about your file.".into(),
        command: Some("curl -LO https://tern.example/releases/26.08/tern-26.08-desktop-amd64.iso.sigstore.json".into()),
        is_answered_there: false,
    });
    let errors = if wrong {
        DraftErrors {
            identity: Some("This pattern is not complete: a bracket is open.".into()),
            extensions: vec![(0, "No certificate has a value of this name.".into())],
            ..DraftErrors::default()
        }
    } else {
        DraftErrors::default()
    };
    let asks =
        if wrong { vec!["api.github.com".into(), "tmaproduction.blob.core.windows.net".into()] } else { Vec::new() };
    let digest_error: Option<AttrValue> = wrong.then(|| "A SHA-256 has 64 digits; this has 12.".into());
    frame(
        None,
        0,
        Html::default(),
        html! {
            <Home {examples} ledger={html! { <Ledger requests={Vec::new()} /> }}>
                <Intake {state}>
                    <FetchField value={if wrong { "aldersea/lantern@sha256:a78cfd" } else { "" }} {asks} {problem}
                        reveals="your network address and the digest that you typed" />
                    <DigestField value="" error={digest_error} />
                    <SignerFields {draft} {errors} />
                </Intake>
            </Home>
        },
    )
}

fn unreadable() -> DropState {
    DropState::Unreadable(Unreadable {
        name: "lantern.sigstore.json".into(),
        found: "an HTML page, 12.4 kB, with the title “404 Not Found”".into(),
        to_do: "Download the signature file again: the server sent an error page in its place.".into(),
    })
}

fn full_draft() -> Draft {
    Draft {
        identity: "https://github.com/aldersea/(lantern".into(),
        identity_match: Match::Pattern,
        issuer: samples::ISSUER.into(),
        extensions: vec![("Source Repositry Ref".into(), "refs/tags/v2.8.1".into()), Default::default()],
        trust: Trust::File,
        ..Draft::default()
    }
}

fn progress() -> Progress {
    Progress {
        name: "lantern-linux-amd64".into(),
        read: 1_950_000_000,
        total: 3_200_000_000,
        rate: Some(212_000_000),
        left: Some(6),
    }
}

fn requests(count: usize) -> Vec<Request> {
    let all = [
        (
            "09:41:07.12",
            "api.github.com",
            "/repos/aldersea/lantern/attestations/sha256:a78cfdb8d32ea9de51772941a09df7bde9f56e60d333b69cd5235a628d28b801",
            "its SHA-256",
            Some(11_204),
            RequestState::Done,
        ),
        (
            "09:41:07.66",
            "tmaproduction.blob.core.windows.net",
            "/attestations/1.json.sn",
            "nothing",
            None,
            RequestState::Refused("Blocked by the browser".into()),
        ),
        ("09:41:09.02", "tern.example", "/tern.sigstore.json", "nothing", None, RequestState::Running),
    ];
    all.into_iter()
        .take(count)
        .map(|(time, server, asked_for, sent, received, state)| Request {
            time: time.into(),
            server: server.into(),
            asked_for: asked_for.into(),
            sent: sent.into(),
            received,
            state,
        })
        .collect()
}

fn result(document: Document, progress: Option<Progress>, made: usize) -> Html {
    let document = Doc::from(document);
    let items = document.given.iter().enumerate().map(|(id, given)| GivenItem {
        id,
        name: given.name.clone().into(),
        recognised_as: given.recognised_as.clone().into(),
        size: given.size,
        kind: if given.recognised_as.contains("undle") { GivenKind::Bundle } else { GivenKind::Artifact },
    });
    let outcome = Some(document.verdict.outcome);
    let bar = html! { <SectionBar sections={sections(&document, made)} current="verdict" /> };
    frame(
        outcome,
        made,
        bar,
        html! {
            <ResultView document={document.clone()} given={html! { <Given items={items.collect::<Vec<_>>()} /> }}
                requests={requests(made)} {progress} onlink={Callback::noop()} onwaive={Callback::noop()}
                signer={html! { <SignerFields draft={Draft::default()} onapply={Callback::noop()} /> }}
                digest={html! { <DigestField value="" /> }} />
        },
    )
}
