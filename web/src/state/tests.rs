//! Rows: what happened, and what the page is in afterwards. No browser is needed: the reducer is a function.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::rc::Rc;

use touchstone_acquire::{Candidate, FetchProblem, Kind, Recognised, Role, bundle_requests};
use touchstone_report::document::{Artifact, Document, NamedDigest};
use touchstone_report::question::{Name, Signer, Trust};
use touchstone_ui::{Condition, Edit, Match, Who};
use yew::Reducible;

use super::*;
use crate::limits::{MAX_INPUTS, SMALL_ARTIFACT_BYTES};
use crate::worker::messages::ArtifactPart;

const LARGE: u64 = SMALL_ARTIFACT_BYTES + 1;
const HEX: &str = "54303491a8418fbed24344b513546182c29b43bf282ceb433af65e2299f9271f";

fn run(session: Session, actions: impl IntoIterator<Item = Action>) -> Session {
    let mut state = Rc::new(session);
    for action in actions {
        state = state.reduce(action);
    }
    Rc::unwrap_or_clone(state)
}

fn after(actions: impl IntoIterator<Item = Action>) -> Session {
    run(Session::default(), actions)
}

fn given(id: InputId, size: u64) -> Action {
    Action::Given(vec![NewInput { id, name: format!("file-{id}"), size, role: None }])
}

fn candidate(needs_key: bool) -> Candidate {
    Candidate { label: "x".to_owned(), detail: String::new(), needs_key, readable: true }
}

fn seen(input: InputId, role: Role) -> Action {
    let kind = match role {
        Role::Bundle => Kind::Bundle,
        Role::TrustedRoot => Kind::TrustedRoot,
        Role::Key => Kind::PublicKey,
        Role::Unusable => Kind::Certificate,
        Role::Artifact => Kind::File,
        Role::Further => Kind::BareStatement,
    };
    let bundles = if role == Role::Bundle { vec![candidate(false)] } else { Vec::new() };
    let recognised = Recognised { kind, role, name: "x".to_owned(), advice: String::new(), bundles };
    let digests_needed = if role == Role::Bundle { vec!["sha512".to_owned()] } else { Vec::new() };
    Action::Inspected { input, recognised, digests_needed }
}

fn document() -> Rc<Document> {
    let verdict = r#"{"outcome":"incomplete","title":"","sentence":"","detail":"","open":[],"waived":[],"counts":"","failed":[]}"#;
    let text = format!(
        r#"{{"schema":"","tool":"","verdict":{verdict},"given":[],"artifact":null,"signer":null,"world":null,"policy":{{"lines":[]}},"checks":[],"facts":[],"evidence":{{"certificate":null,"logEntries":[],"timestamps":[],"statement":null,"raw":[]}},"shows":[],"doesNotShow":[],"toDo":[],"notes":[]}}"#
    );
    Rc::new(serde_json::from_str(&text).unwrap())
}

fn answer(session: &Session) -> Action {
    Action::Answered { run: session.run, document: document(), text: "{}".into(), whole: true }
}

/// The same about a file with this SHA-256.
fn answer_about(session: &Session, hex: &str) -> Action {
    let mut known = (*document()).clone();
    let digests = vec![NamedDigest { algorithm: "sha256".to_owned(), hex: hex.to_owned() }];
    known.artifact = Some(Artifact { name: String::new(), size: None, digests, computed: true });
    Action::Answered { run: session.run, document: Rc::new(known), text: "{}".into(), whole: true }
}

/// A bundle and a small artifact, verified.
fn settled() -> Session {
    let session = after([given(0, 9), seen(0, Role::Bundle), given(1, 9), seen(1, Role::Artifact)]);
    let done = answer(&session);
    run(session, [done])
}

fn verify_jobs(session: &Session) -> usize {
    jobs(session).iter().filter(|job| matches!(job, Job::Verify { .. })).count()
}

fn artifact_part(session: &Session) -> ArtifactPart {
    verify_ask(session, Extent::Whole).0.artifact
}

/// What a link demands and no field shows outlasts it too.
#[test]
fn an_example_gives_back_what_a_link_demands() {
    let link = Link::parse("#/check?identity=a&transparency-logs=2").unwrap();
    let opened = after([Action::Opened(link)]);
    let question = opened.beyond.beside(opened.draft.question());
    assert_eq!(question.thresholds.transparency_logs, Some(2));
    let back = run(opened, [Action::ExampleAsked("conda".to_owned()), Action::Home]);
    assert_eq!(back.beyond.beside(back.draft.question()), question);
}

/// What a person typed outlasts a look at an example.
#[test]
fn an_example_gives_back_what_was_typed() {
    let asked = after([
        Action::Edit(Edit::Identity("me@acme.example".to_owned())),
        Action::AddressText("https://acme.example/a".to_owned()),
        Action::ExampleAsked("conda".to_owned()),
    ]);
    assert_eq!((asked.draft.identity.as_str(), asked.address.as_str()), ("", ""));
    let another = run(asked.clone(), [Action::ExampleAsked("npm".to_owned()), Action::Home]);
    // What was given beside an example begins something else.
    let beside = run(asked.clone(), [given(7, 9), Action::StartAgain]);
    assert_eq!(beside.draft.identity, "");
    for session in [run(asked.clone(), [Action::Home]), run(asked, [Action::StartAgain]), another] {
        let texts = (session.draft.identity.as_str(), session.address.as_str());
        assert_eq!(texts, ("me@acme.example", "https://acme.example/a"));
        assert_eq!((session.page, session.example.as_deref(), session.set_aside.is_none()), (Page::Home, None, true));
    }
}

#[test]
fn nothing_is_verified_before_everything_is_recognised() {
    let waiting = after([given(0, 9), given(1, 9), seen(0, Role::Bundle)]);
    assert_eq!(jobs(&waiting), [Job::Inspect(1)]);
    let ready = run(waiting, [seen(1, Role::Artifact)]);
    assert_eq!(jobs(&ready), [Job::Verify { run: ready.run }]);
    assert_eq!((ready.page, &ready.work), (Page::Result, &Work::Running { shown: None }));
}

#[test]
fn an_answer_of_an_older_run_is_dropped() {
    let session = after([given(0, 9), seen(0, Role::Bundle)]);
    let old = answer(&session);
    let newer = run(session, [given(1, 9), seen(1, Role::Artifact), old.clone()]);
    assert_eq!(newer.work, Work::Running { shown: None });
    let stuck = run(newer, [Action::Crashed("x".to_owned()), old]);
    assert!(matches!(stuck.work, Work::Stuck(Problem::Crashed(_))));
}

#[test]
fn new_material_leaves_no_earlier_verdict() {
    for action in [
        given(7, 9),
        Action::Remove(1),
        Action::Correct(1, Role::Unusable),
        Action::UseDigest(HEX.to_owned()),
        Action::Choose(0, 0),
    ] {
        let session = run(settled(), [action.clone()]);
        assert_eq!(session.shown(), None, "{action:?}");
    }
}

#[test]
fn a_crash_leaves_no_verdict_and_loses_nothing() {
    let session = run(settled(), [given(2, LARGE), Action::Crashed("unreachable".to_owned())]);
    assert_eq!(session.shown(), None);
    assert!(matches!(session.work, Work::Stuck(Problem::Crashed(_))));
    assert_eq!(session.inputs.len(), 3);
    assert_eq!(session.input(2).unwrap().seen, Seen::Unreadable, "it may be what broke the worker");
    let again = run(session, [Action::Retry]);
    assert_eq!(verify_jobs(&again), 1);
}

#[test]
fn only_a_changed_question_keeps_the_result_for_a_moment() {
    let name = Action::Edit(Edit::Identity("a@b".to_owned()));
    let typing = run(settled(), [name]);
    assert!(matches!(typing.work, Work::Settled(_)), "typing asks nothing");
    let asked = run(typing, [Action::Ask]);
    assert!(asked.shown().is_some());
    let number = asked.run;
    let late = run(asked, [Action::Late(number)]);
    assert_eq!(late.shown(), None);
    let signer = Signer::Certificate { identity: Name::Exact("a@b".to_owned()), issuer: None };
    assert_eq!(late.asked.signer, signer);
}

#[test]
fn a_verification_that_fails_to_answer_is_no_verdict() {
    for problem in [Problem::Silent, Problem::Gone, Problem::BadAnswer] {
        let session = after([given(0, 9), seen(0, Role::Bundle)]);
        let number = session.run;
        let session = run(session, [Action::NotAnswered { run: number, problem: problem.clone() }]);
        assert_eq!(session.work, Work::Stuck(problem));
    }
}

fn first_answer(session: &Session) -> Action {
    Action::Answered { run: session.run, document: document(), text: "{}".into(), whole: false }
}

/// A verdict whose chain of custody is still to come.
fn first() -> Session {
    let session = after([given(0, 9), seen(0, Role::Bundle)]);
    let answered = first_answer(&session);
    run(session, [answered])
}

#[test]
fn the_chain_is_asked_for_when_the_verdict_stands_and_the_whole_takes_its_place() {
    let first = first();
    assert!(first.shown().is_some());
    assert_eq!(jobs(&first), [Job::Custody { run: first.run }]);
    let whole = answer(&first);
    let done = run(first, [whole]);
    assert!(done.shown().is_some_and(|settled| settled.whole));
    assert_eq!(jobs(&done), []);
}

#[test]
fn the_verdict_is_asked_for_without_further_evidence_and_the_chain_with_it() {
    let session = after([given(0, 9), seen(0, Role::Bundle), given(1, 9), seen(1, Role::Further)]);
    let further = |extent| {
        let asked = verify_ask(&session, extent).0;
        (asked.further.len(), asked.whole)
    };
    assert_eq!((further(Extent::First), further(Extent::Whole)), ((0, false), (1, true)));
}

/// F-22: of further evidence, an image index alone can matter to the verdict.
#[test]
fn an_image_index_goes_with_the_first_question() {
    let index = |input| {
        let (kind, role) = (Kind::ImageIndex, Role::Artifact);
        let recognised = Recognised { kind, role, name: "x".to_owned(), advice: String::new(), bundles: Vec::new() };
        Action::Inspected { input, recognised, digests_needed: Vec::new() }
    };
    let sent = |session: &Session| {
        let (asked, blobs) = verify_ask(session, Extent::First);
        let stated = matches!(asked.artifact, ArtifactPart::Stated { .. });
        (asked.further.iter().map(|part| blobs[part.blob]).collect::<Vec<_>>(), stated)
    };
    let beside = run(settled(), [given(2, 9), index(2)]);
    assert_eq!(sent(&beside), (vec![2], false));
    // Alone it is the file to check, until a digest is stated: then it is about that.
    let alone = after([given(0, 9), seen(0, Role::Bundle), given(2, 9), index(2)]);
    assert_eq!(sent(&alone), (Vec::new(), false));
    let stated = run(alone, [Action::UseDigest(HEX.to_owned())]);
    assert_eq!(sent(&stated), (vec![2], true));
}

#[test]
fn a_chain_that_does_not_come_leaves_no_verdict() {
    for problem in [Problem::Silent, Problem::Gone, Problem::BadAnswer] {
        let first = first();
        let number = first.run;
        let stuck = run(first, [Action::NotAnswered { run: number, problem: problem.clone() }]);
        assert_eq!(stuck.work, Work::Stuck(problem));
    }
    let crashed = run(first(), [Action::Crashed("x".to_owned())]);
    assert_eq!(crashed.shown(), None);
}

#[test]
fn neither_answer_of_an_older_run_is_taken() {
    let old = first();
    let (late_first, late_whole) = (first_answer(&old), answer(&old));
    let newer = run(old, [given(1, 9), seen(1, Role::Artifact), late_first, late_whole]);
    assert_eq!(newer.work, Work::Running { shown: None });
}

#[test]
fn the_moment_that_passes_for_a_first_answer_does_not_take_it_away() {
    let first = first();
    let number = first.run;
    assert!(run(first, [Action::Late(number)]).shown().is_some());
}

#[test]
fn a_large_artifact_is_read_once_for_every_digest_that_is_needed() {
    let session = after([given(0, 9), given(1, LARGE), seen(1, Role::Artifact), seen(0, Role::Bundle)]);
    let algorithms = vec!["sha256".to_owned(), "sha512".to_owned()];
    assert_eq!(jobs(&session), [Job::Verify { run: session.run }, Job::Hash { input: 1, algorithms }]);
    assert_eq!(artifact_part(&session), ArtifactPart::None, "what is known without it");
    let preview = answer(&session);
    let session = run(session, [preview, Action::Progress { input: 1, read: 5, rate: 1 }]);
    assert!(session.shown().is_some());
    let digests = vec![("sha256".to_owned(), HEX.to_owned()), ("sha512".to_owned(), "00".to_owned())];
    let session = run(session, [Action::Hashed { input: 1, digests: digests.clone() }]);
    assert_eq!(jobs(&session), [Job::Verify { run: session.run }]);
    let hashed = ArtifactPart::Hashed { name: "file-1".to_owned(), size: LARGE, digests };
    assert_eq!(artifact_part(&session), hashed);
    let asked_anew = run(session, [Action::Ask]);
    assert_eq!(artifact_part(&asked_anew), hashed, "computed once");
}

#[test]
fn a_file_alone_is_read_for_its_digest_and_nothing_is_said_about_it() {
    let alone = after([given(1, 9), seen(1, Role::Artifact)]);
    assert_eq!(jobs(&alone), [Job::Hash { input: 1, algorithms: vec!["sha256".to_owned()] }]);
    assert_eq!((alone.page, &alone.work), (Page::Home, &Work::Idle));
    let with_bundle = run(alone, [given(0, 9), seen(0, Role::Bundle)]);
    assert_eq!(jobs(&with_bundle), [Job::Verify { run: with_bundle.run }], "a small file is handed over whole");
}

#[test]
fn stopping_keeps_every_other_result() {
    let session = after([given(0, 9), seen(0, Role::Bundle), given(1, LARGE), seen(1, Role::Artifact)]);
    let preview = answer(&session);
    let stopped = run(session, [preview, Action::StopHashing]);
    assert!(stopped.shown().is_some());
    assert_eq!(jobs(&stopped), []);
    let late =
        run(stopped.clone(), [Action::Hashed { input: 1, digests: vec![("sha256".to_owned(), HEX.to_owned())] }]);
    assert_eq!(late.input(1).unwrap().digests, [], "what was stopped is not used");
    let again = run(stopped, [Action::ReadAgain]);
    assert_eq!(jobs(&again).len(), 1);
}

#[test]
fn a_second_file_waits_for_the_person() {
    let two = || run(settled(), [given(2, 9), seen(2, Role::Artifact)]);
    let check = |answer, artifact, evidence| {
        let session = run(two(), [Action::Second(answer)]);
        assert_eq!(session.artifact().map(|input| input.id), Some(artifact), "{answer:?}");
        assert_eq!(session.chosen.is_some(), evidence, "{answer:?}");
        assert_eq!(session.second, None);
    };
    assert_eq!((two().second, two().artifact().unwrap().id), (Some(2), 1));
    check(SecondArtifact::Replace, 2, true);
    check(SecondArtifact::StartAgain, 2, false);
    check(SecondArtifact::Ignore, 1, true);
    check(SecondArtifact::Further, 1, true);
    assert_eq!(further_parts(&run(two(), [Action::Second(SecondArtifact::Further)])), [(2, 0)]);
}

#[test]
fn roles_fill_the_fields() {
    let key = run(settled(), [given(2, 9), seen(2, Role::Key)]);
    // A key beside a download names nobody: whoever made the download may have put it there.
    assert_eq!((key.draft.who, key.draft.key_file.as_deref()), (Who::Named, Some("file-2")));
    let sent = |session: &Session| verify_ask(session, Extent::Whole).0.key.is_some();
    assert_eq!((&key.asked.signer, sent(&key)), (&Signer::Unnamed, false));
    let key = run(key, [Action::Edit(Edit::Who(Who::Key)), Action::Ask]);
    assert_eq!((&key.asked.signer, sent(&key)), (&Signer::Key, true));
    let removed = run(key, [Action::Edit(Edit::KeyFileRemoved)]);
    assert_eq!((removed.input(2), &removed.draft.key_file), (None, &None));
    // D-18: a root that lies among the files judges nothing until the person says so.
    let root = run(settled(), [given(2, 9), seen(2, Role::TrustedRoot)]);
    assert_eq!((root.asked.trust, root.draft.root_file.as_deref()), (Trust::Automatic, Some("file-2")));
    let chosen = run(root.clone(), [Action::Edit(Edit::Trust(Trust::File)), Action::Ask]);
    assert_eq!(chosen.asked.trust, Trust::File);
    let root = run(root, [Action::Correct(2, Role::TrustedRoot)]);
    assert_eq!(root.asked.trust, Trust::File);
    let removed = run(root, [Action::Remove(2)]);
    assert_eq!(removed.asked.trust, Trust::Automatic);
}

/// D-18, H-51: neither the way back and forward nor another link puts the built-in roots in the place of the person's own.
#[test]
fn a_link_takes_away_nothing_that_no_link_can_carry() {
    let own = run(
        settled(),
        [
            given(2, 9),
            seen(2, Role::TrustedRoot),
            Action::Edit(Edit::Who(Who::Key)),
            Action::Edit(Edit::KeyText("PEM".to_owned())),
            Action::Correct(2, Role::TrustedRoot),
        ],
    );
    let answered = answer(&own);
    let judged = run(own, [answered, Action::Edit(Edit::ExtensionAdded)]);
    assert_eq!((judged.asked.trust, judged.asked_key.as_str()), (Trust::File, "PEM"));
    let opened = |session: &Session, link: &str| run(session.clone(), [Action::Opened(Link::parse(link).unwrap())]);
    let again = opened(&run(judged.clone(), [Action::Home]), &judged.link().print());
    assert_eq!(again, judged);
    let other = opened(&judged, "#/check?signer=key&source-tag=v1");
    assert_eq!((other.shown(), other.asked.trust, other.draft.trust), (None, Trust::File, Trust::File));
    assert_eq!((other.draft.root_file.as_deref(), other.draft.key_text.as_str()), (Some("file-2"), "PEM"));
    assert_eq!((other.asked_key.as_str(), other.draft.extensions.len()), ("PEM", 0));
    assert_eq!(opened(&judged, "#/check?trust=staging").asked.trust, Trust::Staging);
    let removed = run(judged, [Action::Remove(2)]);
    assert_eq!(opened(&removed, "#/check?source-tag=v1").asked.trust, Trust::Automatic);
}

/// A key that is pasted is one as good as a file.
#[test]
fn a_key_as_text_goes_with_the_question() {
    let sent = |session: &Session| verify_ask(session, Extent::First).0.key_text;
    let typed = [Action::Edit(Edit::KeyText(" PEM ".to_owned())), Action::Edit(Edit::Who(Who::Key)), Action::Ask];
    let by_text = run(settled(), typed);
    assert_eq!((&by_text.asked.signer, sent(&by_text).as_deref()), (&Signer::Key, Some("PEM")));
    let by_file = run(by_text.clone(), [given(2, 9), seen(2, Role::Key)]);
    assert_eq!(sent(&by_file), None);
    let named = run(by_text, [Action::Edit(Edit::Who(Who::Named)), Action::Ask]);
    assert_eq!(sent(&named), None);
}

/// A command or a kept policy that expects a key is never asked with one that was typed for something else.
#[test]
fn a_key_that_was_typed_is_not_the_one_that_a_command_expects() {
    let typed = [Action::Edit(Edit::Who(Who::Key)), Action::Edit(Edit::KeyText("A".to_owned())), Action::Ask];
    let by_key = || run(settled(), typed.clone());
    let command = |text: &str| [Action::CommandText(text.to_owned()), Action::ReadCommand];
    let kept = || {
        let named = [Action::Shelf(ShelfAct::Name("K".to_owned())), Action::Shelf(ShelfAct::Keep { stored: None })];
        run(by_key(), named.into_iter().chain([Action::Shelf(ShelfAct::Use("K".to_owned()))]))
    };
    for filled in [run(by_key(), command("touchstone verify --bundle b --key b.pub f")), kept()] {
        let asked = run(filled, [Action::Ask]);
        assert_eq!((asked.draft.who, &asked.asked.signer, asked.asked_key.as_str()), (Who::Key, &Signer::Unnamed, ""));
        assert_eq!(verify_ask(&asked, Extent::First).0.key_text, None);
    }
    let unread = run(by_key(), command("touchstone verify --bundle b --identity ' a@b.test' f"));
    assert_eq!(unread.draft.key_text, "A", "what is not taken over changes nothing");
}

/// What was half filled in, or came with a damaged link, is refused by the core and never forgotten (H-14).
#[test]
fn an_extension_s_value_without_a_name_is_asked() {
    let rows = [("", ""), ("", "v1"), ("a", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let draft = Draft { extensions: rows.to_vec(), ..Draft::default() };
    assert_eq!(draft.question().extensions, rows[1..]);
}

/// The second of three files is not lost when the third comes.
#[test]
fn of_three_files_each_stays() {
    let two = run(settled(), [given(2, 9), seen(2, Role::Artifact)]);
    assert_eq!(two.second, Some(2));
    let three = run(two, [given(3, 9), seen(3, Role::Artifact)]);
    let role = |id| three.input(id).and_then(Input::role);
    assert_eq!((three.second, role(2), role(3)), (Some(3), Some(Role::Further), Some(Role::Artifact)));
}

/// An issuer must not be forgotten where the source would imply the signer (H-14).
#[test]
fn an_issuer_alone_names_nobody() {
    let mut draft = Draft { issuer: "https://issuer.test".to_owned(), ..Draft::default() };
    draft.expect.source_uri = Some("github.com/acme/app".to_owned());
    assert_eq!(draft.question().signer, Signer::Unnamed);
    assert!(draft.lonely_issuer().is_some());
    draft.issuer.clear();
    assert_eq!((draft.question().signer, draft.lonely_issuer()), (Signer::Implied, None));
}

/// Nor where the question goes on as a link, a key that is not given yet as little: who opens it asks no less (H-14).
#[test]
fn a_link_that_names_nobody_implies_nobody() {
    let source = Action::Edit(Edit::Condition(Condition::SourceUri, "github.com/acme/app".to_owned()));
    let issuer =
        [Action::Edit(Edit::Issuer(" https://issuer.*".to_owned())), Action::Edit(Edit::IssuerMatch(Match::Pattern))];
    let check = |edits: &[Action], printed: &str| {
        let asked = run(settled(), edits.iter().cloned().chain([source.clone(), Action::Ask]));
        let link = asked.link();
        assert_eq!((&asked.asked.signer, link.print().as_str()), (&Signer::Unnamed, printed));
        let opened = after([Action::Opened(Link::parse(printed).unwrap())]);
        assert_eq!(opened.link(), link);
        let checked = run(opened, [given(0, 9), seen(0, Role::Bundle)]);
        assert_eq!((&checked.asked.signer, checked.draft.issuer.trim()), (&Signer::Unnamed, asked.draft.issuer.trim()));
        assert_eq!(checked.link(), link);
    };
    check(&issuer, "#/check?issuer-pattern=https://issuer.%2A&source-uri=github.com/acme/app");
    check(&[Action::Edit(Edit::Who(Who::Key))], "#/check?signer=key&source-uri=github.com/acme/app");
    // A kept policy that names nobody is not used as one that does.
    let question = run(settled(), issuer.into_iter().chain([source])).question();
    assert!(!Session::default().holds(&question));
}

#[test]
fn what_was_typed_survives() {
    let typed = [
        Action::Edit(Edit::Identity("a@b".to_owned())),
        Action::Edit(Edit::IdentityMatch(Match::Pattern)),
        Action::AddressText("o/r".to_owned()),
        Action::DigestText("nonsense".to_owned()),
        Action::UseDigest("nonsense".to_owned()),
        Action::Crashed("x".to_owned()),
        Action::Home,
    ];
    let session = after(typed);
    assert_eq!(session.draft.identity, "a@b");
    assert_eq!((session.address.as_str(), session.digest_text.as_str()), ("o/r", "nonsense"));
    assert!(session.digest_error.is_some());
    assert_eq!(session.stated, None);
}

#[test]
fn digests() {
    let check = |text: &str, expected: Option<String>| {
        let session = after([Action::UseDigest(text.to_owned())]);
        assert_eq!(session.stated, expected, "{text}");
        assert_eq!(session.digest_error.is_none(), session.stated.is_some(), "{text}");
    };
    check(HEX, Some(format!("sha256:{HEX}")));
    check(&format!(" sha256:{} ", HEX.to_uppercase()), Some(format!("sha256:{HEX}")));
    check(&HEX.repeat(2), Some(format!("sha512:{}", HEX.repeat(2))));
    check("sha256:00", None);
    check(&format!("md5:{HEX}"), None);
    check("", None);
}

#[test]
fn a_file_takes_the_place_of_a_stated_digest() {
    let session = after([given(0, 9), seen(0, Role::Bundle), Action::UseDigest(HEX.to_owned())]);
    assert_eq!(artifact_part(&session), ArtifactPart::Stated { digest: format!("sha256:{HEX}") });
    let session = run(session, [given(1, 9), seen(1, Role::Artifact)]);
    assert_eq!(session.stated, None);
    assert!(matches!(artifact_part(&session), ArtifactPart::Whole(_)));
    // It is not passed over: it is compared, and asked about again where the file is taken out (H-14).
    let said = |hex: &str| {
        let answered = run(session.clone(), [answer_about(&session, hex)]);
        answered.digest_problem()
    };
    let other = "0".repeat(64);
    assert_eq!(said(HEX), None);
    assert_eq!(said(&other), Some("The file that you gave has another digest. The file is what is checked."));
    for out in [Action::Remove(1), Action::Correct(1, Role::Further)] {
        let out = run(session.clone(), [out]);
        assert_eq!(artifact_part(&out), ArtifactPart::Stated { digest: format!("sha256:{HEX}") });
    }
    // A second file is compared with it too; whoever starts again with that has forgotten it.
    let second = run(session, [given(2, 9), seen(2, Role::Artifact)]);
    let replaced = run(second.clone(), [Action::Second(SecondArtifact::Replace)]);
    assert!(replaced.digest_problem().is_some());
    let again = run(second, [Action::Second(SecondArtifact::StartAgain)]);
    assert_eq!((again.digest_problem(), again.digest_text.as_str()), (None, ""));
}

/// H-14: a link whose digest was cut off says so, with a file and without one.
#[test]
fn a_digest_that_is_none_is_told_of_a_link() {
    let link = Link { digest: Some(format!("sha256:{}", HEX.get(..60).unwrap())), ..Link::default() };
    let opened = after([Action::Opened(link.clone())]);
    let beside = run(opened.clone(), [given(0, 9), seen(0, Role::Bundle), given(1, 9), seen(1, Role::Artifact)]);
    let after_file = run(settled(), [Action::Opened(link)]);
    for session in [opened, beside, after_file] {
        assert!(session.digest_problem().is_some_and(|said| said.starts_with("Not a digest")));
        assert_eq!(session.stated, None);
    }
}

/// A digest that comes after the file is compared with it, and never passed over: by hand as by a link.
#[test]
fn a_digest_beside_a_file_is_compared_with_it() {
    let digests = vec![("sha256".to_owned(), HEX.to_owned())];
    let alone = after([given(1, 9), seen(1, Role::Artifact), Action::Hashed { input: 1, digests }]);
    let (same, other) = (format!("sha256:{HEX}"), format!("sha256:{}", "0".repeat(64)));
    let unread = format!("sha512:{}", HEX.repeat(2));
    let linked = |digest: &str| Action::Opened(Link { digest: Some(digest.to_owned()), ..Link::default() });
    let check = |digest: &str, said: Option<&str>| {
        for action in [Action::UseDigest(digest.to_uppercase()), linked(digest)] {
            let session = run(alone.clone(), [action, given(0, 9), seen(0, Role::Bundle)]);
            assert!(matches!(artifact_part(&session), ArtifactPart::Whole(_)), "the file is what is asked about");
            assert_eq!((session.digest_problem(), session.link().digest), (said, None), "{digest}");
            let removed = run(session, [Action::Remove(1)]);
            assert_eq!((removed.digest_problem(), removed.stated.as_deref()), (None, Some(digest)), "{digest}");
        }
    };
    check(&same, None);
    check(&other, Some("The file that you gave has another digest. The file is what is checked."));
    check(&unread, Some("A file is given, and it is what is checked. Take it out to ask about this digest instead."));
    // The digest is known of the answer, too, and goes with the link that is handed on.
    let asked = run(settled(), [Action::UseDigest(other.clone())]);
    assert!(asked.digest_problem().unwrap().starts_with("A file is given"));
    let answered = answer_about(&asked, HEX);
    let answered = run(asked, [answered]);
    assert!(answered.digest_problem().unwrap().starts_with("The file that you gave has another digest"));
    assert_eq!(answered.link_to_hand_on().digest, Some(same));
}

fn fetch(address: &str) -> Session {
    after([Action::AddressText(address.to_owned()), Action::Fetch { at: "t".to_owned() }])
}

#[test]
fn nothing_is_requested_unasked() {
    let link = Link::parse(&format!("#/check?github=o/r@sha256:{HEX}&digest=sha256:{HEX}&identity=x")).unwrap();
    let opened = after([Action::Opened(link)]);
    assert_eq!((jobs(&opened), opened.ledger.len(), opened.page), (Vec::new(), 0, Page::Home));
    assert_eq!(opened.address, format!("o/r@sha256:{HEX}"));
    assert_eq!(opened.draft.identity, "x");
    assert_eq!(fetch("nonsense").ledger, []);
    assert_eq!(fetch("http://example.com").ledger, []);
}

#[test]
fn a_request_is_in_the_ledger_before_it_is_made() {
    let session = fetch(&format!("o/r@sha256:{HEX}"));
    assert_eq!(jobs(&session), [Job::Fetch { number: 0 }]);
    assert_eq!(session.ledger.first().unwrap().state, LedgerState::Running);
    let twice = run(session.clone(), [Action::Fetch { at: "t".to_owned() }]);
    assert_eq!(twice.ledger.len(), 1);
    let stopped =
        run(session, [Action::StopFetching, Action::NotFetched { number: 0, problem: FetchProblem::NotFound }]);
    assert_eq!(jobs(&stopped), []);
    assert_eq!(stopped.ledger.first().unwrap().state, LedgerState::Failed(FetchProblem::Cancelled));
    assert_eq!(stopped.fetching, Fetching::Idle, "the answer to a stopped request is dropped");
}

#[test]
fn what_an_answer_proposes_waits_for_the_person() {
    let address = "https://tmaproduction.blob.core.windows.net/attestations/1".to_owned();
    let elsewhere = bundle_requests(&[address.clone(), address]);
    let read = Action::AnswerRead { number: 0, input: None, elsewhere, listed: 2, foreign: 0, at: "t".to_owned() };
    let session = run(fetch(&format!("o/r@sha256:{HEX}")), [read]);
    assert_eq!(jobs(&session), [], "not fetched yet");
    assert_eq!(session.stated, Some(format!("sha256:{HEX}")), "the digest that was typed is what is asked about");
    let session = run(session, [Action::FetchProposed { at: "t".to_owned() }]);
    assert_eq!(jobs(&session), [Job::Fetch { number: 1 }]);
    let input = NewInput { id: 0, name: "b".to_owned(), size: 9, role: None };
    let read = Action::AnswerRead {
        number: 1,
        input: Some(input),
        elsewhere: Vec::new(),
        listed: 0,
        foreign: 0,
        at: "t".to_owned(),
    };
    let session = run(session, [read]);
    assert_eq!(jobs(&session), [Job::Fetch { number: 2 }, Job::Inspect(0)]);
    assert_eq!(session.ledger.len(), 3);
}

/// H-51: a verdict about the digest of one address does not stand for that of the next.
#[test]
fn a_second_address_is_asked_about_with_its_own_bundle() {
    let answered = |session: Session, number: usize, elsewhere: &[String]| {
        let new = |id| NewInput { id, name: "b".to_owned(), size: 9, role: None };
        let input = elsewhere.is_empty().then(|| new(InputId::try_from(number).unwrap()));
        let elsewhere = bundle_requests(elsewhere);
        run(session, [Action::AnswerRead { number, input, elsewhere, listed: 0, foreign: 0, at: "t".to_owned() }])
    };
    let first = run(answered(fetch(&format!("o/r@sha256:{HEX}")), 0, &[]), [seen(0, Role::Bundle)]);
    let verified = answer(&first);
    let other = format!("sha256:{}", "0".repeat(64));
    let next =
        [verified, Action::Home, Action::AddressText(format!("o/r@{other}")), Action::Fetch { at: "t".to_owned() }];
    let asked = run(first, next);
    let second = run(answered(asked.clone(), 1, &[]), [seen(1, Role::Bundle)]);
    assert_eq!((second.shown(), second.chosen, verify_jobs(&second)), (None, Some((1, 0)), 1));
    assert_eq!(artifact_part(&second), ArtifactPart::Stated { digest: other.clone() });
    assert_eq!(second.link().print(), format!("#/check?digest={other}&github=o/r@{other}"));
    // Its bundle is kept elsewhere, and waits for the person: until then there is no verdict.
    let waits = answered(asked, 1, &["https://tmaproduction.blob.core.windows.net/attestations/1".to_owned()]);
    assert_eq!((waits.shown(), waits.page, &waits.stated), (None, Page::Home, &Some(other.clone())));
    // Where it does not come, the bundle that is here is asked about that digest.
    let fetched = run(waits.clone(), [Action::FetchProposed { at: "t".to_owned() }]);
    let failed = Action::NotFetched { number: 2, problem: FetchProblem::NotFound };
    let without =
        [run(waits, [Action::FetchDismissed]), run(fetched.clone(), [failed]), run(fetched, [Action::StopFetching])];
    for session in without {
        assert_eq!((session.page, session.chosen, verify_jobs(&session)), (Page::Result, Some((0, 0)), 1));
        assert_eq!(artifact_part(&session), ArtifactPart::Stated { digest: other.clone() });
    }
}

/// G-22: GitHub answers with a page. What is not fetched of it is counted, and a full page is said to be one.
#[test]
fn what_a_list_holds_beyond_the_page_is_not_left_out_in_silence() {
    let address = "https://tmaproduction.blob.core.windows.net/attestations/1".to_owned();
    let listing = |count: usize| {
        let all = vec![address.clone(); count];
        let elsewhere = bundle_requests(&all);
        let read =
            Action::AnswerRead { number: 0, input: None, elsewhere, listed: all.len(), foreign: 0, at: "t".to_owned() };
        run(fetch(&format!("o/r@sha256:{HEX}")), [read, Action::FetchProposed { at: "t".to_owned() }])
    };
    let fetched = |session: Session, id: InputId| {
        let input = NewInput { id, name: "b".to_owned(), size: 9, role: None };
        let (number, elsewhere) = (session.ledger.len() - 1, Vec::new());
        run(
            session,
            [Action::AnswerRead { number, input: Some(input), elsewhere, listed: 0, foreign: 0, at: "t".to_owned() }],
        )
    };
    for (count, left, is_full) in [(2, 0, false), (30, 0, false), (99, 69, false), (100, 70, true)] {
        let session = fetched(fetched(listing(count), 0), 1);
        assert_eq!((session.listed.left(), list_is_full(&session)), (left, is_full), "{count}");
        // The file itself, dropped next, is no answer to that; something else that is asked about is.
        let beside = run(session.clone(), [given(7, 9), seen(7, Role::Artifact)]);
        assert_eq!((beside.listed, beside.not_taken), (session.listed, 0), "{count}");
        let other = Link { digest: Some(format!("sha256:{}", "0".repeat(64))), ..Link::default() };
        for asked in [Action::Opened(other), Action::UseDigest("0".repeat(64))] {
            assert_eq!(run(session.clone(), [asked]).listed, Listed::default(), "{count}");
        }
    }
    // What is refused is not what there is no room for.
    let elsewhere = bundle_requests(std::slice::from_ref(&address));
    let read = Action::AnswerRead { number: 0, input: None, elsewhere, listed: 3, foreign: 2, at: "t".to_owned() };
    let session = run(fetch(&format!("o/r@sha256:{HEX}")), [read, Action::FetchProposed { at: "t".to_owned() }]);
    let session = fetched(session, 0);
    assert_eq!((session.listed.left(), session.listed.foreign, session.not_taken), (0, 2, 0));
    let removed = run(session, [seen(0, Role::Bundle), Action::Remove(0)]);
    assert_eq!(removed.listed, Listed::default());
    // A list with its bundles inside, fetched or dropped.
    for (count, is_full) in [(99, false), (100, true)] {
        let recognised = Recognised {
            kind: Kind::GitHubAttestations,
            role: Role::Bundle,
            name: "x".to_owned(),
            advice: String::new(),
            bundles: vec![candidate(false); count],
        };
        let seen = Action::Inspected { input: 2, recognised, digests_needed: Vec::new() };
        assert_eq!(list_is_full(&run(settled(), [given(2, 9), seen.clone()])), is_full, "{count}");
        // Beside another list it is as full as before.
        let beside = run(fetched(listing(1), 0), [given(2, 9), seen]);
        assert_eq!(list_is_full(&beside), is_full, "{count}");
    }
    // A list of which a part is inside is one.
    let recognised = Recognised {
        kind: Kind::GitHubAttestations,
        role: Role::Bundle,
        name: "x".to_owned(),
        advice: String::new(),
        bundles: vec![candidate(false); 99],
    };
    let input = Some(NewInput { id: 0, name: "b".to_owned(), size: 9, role: None });
    let elsewhere = bundle_requests(&[address]);
    let read = Action::AnswerRead { number: 0, input, elsewhere, listed: 1, foreign: 0, at: "t".to_owned() };
    let seen = Action::Inspected { input: 0, recognised, digests_needed: Vec::new() };
    assert!(list_is_full(&run(fetch(&format!("o/r@sha256:{HEX}")), [read, seen])));
}

/// Typed, and not yet used: what is shown is about the digest before it, which the field says.
#[test]
fn a_digest_that_is_typed_over_another_is_not_asked_about_yet() {
    let session = run(Session::default(), [Action::UseDigest(HEX.to_owned())]);
    assert_eq!(session.digest_problem(), None);
    let other = "0".repeat(64);
    let typed = run(session, [Action::DigestText(other.clone())]);
    assert_eq!((typed.stated.clone(), typed.digest_problem().is_some()), (Some(format!("sha256:{HEX}")), true));
    // Half a digest is still being typed.
    assert_eq!(run(typed.clone(), [Action::DigestText(other[1..].to_owned())]).digest_problem(), None);
    let used = run(typed, [Action::UseDigest(other.clone())]);
    assert_eq!((used.stated.clone(), used.digest_problem()), (Some(format!("sha256:{other}")), None));
}

/// One bundle of a list that does not come takes the others with it neither from the person nor in silence.
#[test]
fn what_was_allowed_and_did_not_come_waits_or_is_counted() {
    let all = ["1", "2", "3"].map(|name| format!("https://tmaproduction.blob.core.windows.net/attestations/{name}"));
    let elsewhere = bundle_requests(&all);
    let read = Action::AnswerRead { number: 0, input: None, elsewhere, listed: 3, foreign: 0, at: "t".to_owned() };
    let asked = run(fetch(&format!("o/r@sha256:{HEX}")), [read, Action::FetchProposed { at: "t".to_owned() }]);
    let waiting = |session: &Session| session.fetching.waiting().iter().map(|one| one.url.clone()).collect::<Vec<_>>();
    let [first, second, third] = all;
    // What is gone is gone; what may come later is asked for again, after the others.
    for (problem, left, missing) in [
        (FetchProblem::NotFound, vec![second.clone(), third.clone()], 1),
        (FetchProblem::RateLimited { reset: None }, vec![second, third, first], 0),
    ] {
        let failed = run(asked.clone(), [Action::NotFetched { number: 1, problem: problem.clone() }]);
        assert_eq!((waiting(&failed), failed.listed.missing), (left.clone(), missing), "{problem:?}");
        let again = run(failed.clone(), [Action::FetchProposed { at: "t".to_owned() }]);
        assert_eq!((jobs(&again), again.listed.missing), (vec![Job::Fetch { number: 2 }], missing), "{problem:?}");
        for given_up in [Action::FetchDismissed, Action::AddressText("x".to_owned())] {
            let without = run(failed.clone(), [given_up]);
            assert_eq!((waiting(&without), without.listed.missing), (Vec::new(), missing + left.len()), "{problem:?}");
        }
    }
    let stopped = run(asked, [Action::StopFetching]);
    assert_eq!((&stopped.fetching, stopped.listed.missing), (&Fetching::Idle, 3));
}

#[test]
fn the_ledger_is_never_shortened() {
    let failed = run(fetch("https://e.example/a"), [Action::NotFetched { number: 0, problem: FetchProblem::NotFound }]);
    assert!(matches!(failed.fetching, Fetching::Failed { .. }));
    assert_eq!(run(failed, [Action::StartAgain]).ledger.len(), 1);
}

/// A request that runs while all is forgotten is told as stopped, also when its end is heard of later.
#[test]
fn the_ledger_says_that_a_request_was_stopped() {
    for left in [Action::StartAgain, Action::ExampleAsked("npm".to_owned())] {
        let cancelled = Action::NotFetched { number: 0, problem: FetchProblem::Cancelled };
        let session = run(fetch("https://e.example/a"), [left.clone(), cancelled]);
        let state = &session.ledger.first().unwrap().state;
        assert_eq!((state, jobs(&session)), (&LedgerState::Failed(FetchProblem::Cancelled), Vec::new()), "{left:?}");
    }
}

#[test]
fn the_first_bundle_is_asked_about_and_another_can_be_chosen() {
    let session = run(settled(), [given(2, 9), seen(2, Role::Bundle)]);
    assert_eq!(session.chosen, Some((0, 0)));
    let session = run(session, [Action::Choose(2, 0)]);
    assert_eq!(session.chosen, Some((2, 0)));
    let session = run(session, [Action::Choose(0, 0)]);
    let session = run(session, [Action::Remove(0)]);
    assert_eq!(session.chosen, Some((2, 0)));
    let session = run(session, [Action::Remove(2)]);
    assert_eq!((session.chosen, session.page), (None, Page::Home));
    assert_eq!(session.artifact_alone().map(|input| input.id), Some(1), "the artifact is still here");
    let session = run(session, [Action::Remove(1)]);
    assert_eq!((session.work, session.page), (Work::Idle, Page::Home));
}

#[test]
fn an_unusable_input_is_told_and_can_be_corrected() {
    let session = after([given(0, 9), seen(0, Role::Unusable)]);
    assert_eq!((session.page, session.unusable().map(|input| input.id)), (Page::Home, Some(0)));
    let session = run(session, [Action::Correct(0, Role::Bundle)]);
    assert_eq!((session.page, session.chosen, verify_jobs(&session)), (Page::Result, Some((0, 0)), 1));
}

#[test]
fn a_folder_of_thousands_is_cut() {
    let many = (0..10_000).map(|id| NewInput { id, name: String::new(), size: 1, role: None }).collect();
    assert_eq!(after([Action::Given(many)]).inputs.len(), MAX_INPUTS);
}

#[test]
fn an_example_is_one_until_something_is_added() {
    let inputs = vec![NewInput { id: 0, name: "b".to_owned(), size: 9, role: None }];
    let question = Question::default();
    let example = Action::Example { id: "npm".to_owned(), inputs, question, stated: Some(format!("sha256:{HEX}")) };
    let session = run(settled(), [Action::ExampleAsked("npm".to_owned()), example, seen(0, Role::Bundle)]);
    assert_eq!(session.link().print(), format!("#/check?example=npm&digest=sha256:{HEX}"));
    assert_eq!(session.inputs.len(), 1);
    assert_eq!(run(session, [given(5, 9)]).example, None);
}

#[test]
fn an_example_is_shown_as_being_checked_before_its_files_are_here() {
    let asked = run(settled(), [Action::ExampleAsked("npm".to_owned())]);
    assert_eq!((&asked.work, asked.page, asked.inputs.len()), (&Work::Coming, Page::Result, 0));
    assert!(asked.shown().is_none(), "what was answered before is gone");
    assert!(jobs(&asked).is_empty(), "there is nothing to ask about yet");
    // Somebody who went back to the first page meanwhile, or did something else, is not called away from it.
    let inputs = vec![NewInput { id: 0, name: "b".to_owned(), size: 9, role: None }];
    let example =
        |inputs| Action::Example { id: "npm".to_owned(), inputs, question: Question::default(), stated: None };
    let left = [Action::Home, Action::Many, Action::Opened(Link::default()), Action::StartAgain];
    for left in left {
        let gone = run(asked.clone(), [left.clone()]);
        let came = run(gone.clone(), [example(inputs.clone()), seen(0, Role::Bundle)]);
        assert_eq!(came, gone, "{left:?}");
        assert_eq!(run(gone.clone(), [Action::NoExample("npm".to_owned())]), gone, "{left:?}");
        assert_eq!((&gone.work, &gone.example), (&Work::Idle, &None), "{left:?}");
    }
    let given_meanwhile = run(asked.clone(), [given(7, 9), example(inputs.clone())]);
    assert_eq!(given_meanwhile.inputs.len(), 1);
    let another = run(asked.clone(), [Action::ExampleAsked("conda".to_owned()), example(inputs.clone())]);
    assert_eq!((another.work, another.inputs.len()), (Work::Coming, 0));
    let came = run(asked.clone(), [example(inputs), seen(0, Role::Bundle)]);
    assert_eq!((came.page, verify_jobs(&came)), (Page::Result, 1));
    let failed = run(asked, [Action::NoExample("npm".to_owned())]);
    assert_eq!((&failed.work, failed.page), (&Work::Stuck(Problem::NoExample), Page::Result));
    assert_eq!(failed.example.as_deref(), Some("npm"), "so that it can be asked for again");
}

#[test]
fn commands() {
    let named = |file: &str| Action::Given(vec![NewInput { id: 0, name: file.to_owned(), size: 9, role: None }]);
    let session = after([
        Action::Edit(Edit::Identity("https://x/it's".to_owned())),
        Action::Edit(Edit::Issuer(".*".to_owned())),
        Action::Edit(Edit::IssuerMatch(Match::Pattern)),
        named("-b.json"),
        seen(0, Role::Bundle),
        given(1, 9),
        seen(1, Role::Artifact),
    ]);
    assert_eq!(
        command(&session),
        "touchstone verify \\\n  --bundle ./-b.json \\\n  --identity 'https://x/it'\\''s' \\\n  --issuer-regexp '.*' \\\n  file-1"
    );
    assert_eq!(command(&Session::default()), "");
    // The keys that are asked with beside "anybody" are asked with there too: files, or one that was pasted.
    let anybody = || run(settled(), [Action::Edit(Edit::Who(Who::Anybody)), Action::Ask]);
    let with = |actions: &[Action]| command(&run(anybody(), actions.iter().cloned())).replace(" \\\n  ", " ");
    assert_eq!(with(&[]), "touchstone verify --bundle file-0 --any-identity file-1");
    let files = [given(2, 9), seen(2, Role::Key), given(3, 9), seen(3, Role::Key)];
    assert_eq!(with(&files), "touchstone verify --bundle file-0 --any-identity --key file-3 --key file-2 file-1");
    let pasted = [Action::Edit(Edit::KeyText("PEM".to_owned())), Action::Ask];
    assert_eq!(with(&pasted), "touchstone verify --bundle file-0 --any-identity --key key.pub file-1");
}

/// The inputs of the further evidence that goes with the question, and the number in each.
fn further_parts(session: &Session) -> Vec<(InputId, usize)> {
    let (asked, blobs) = verify_ask(session, Extent::Whole);
    asked.further.iter().map(|part| (blobs[part.blob], part.index)).collect()
}

/// What there is no room for is counted, and told by the page.
#[test]
fn what_is_left_out_is_counted() {
    let many: Vec<Action> = (10..50).flat_map(|id| [given(id, 9), seen(id, Role::Further)]).collect();
    let session = run(settled(), many);
    assert_eq!((session.inputs.len(), session.not_taken), (MAX_INPUTS, 1));
    assert_eq!(left_out(&session), 0);
    let recognised = Recognised {
        kind: Kind::BundleLines,
        role: Role::Bundle,
        name: "x".to_owned(),
        advice: String::new(),
        bundles: vec![candidate(false); crate::limits::MAX_FURTHER + 3],
    };
    let seen = Action::Inspected { input: 2, recognised, digests_needed: Vec::new() };
    assert_eq!(left_out(&run(settled(), [given(2, 9), seen])), 3);
}

/// E-62: what else was given is further evidence, never the thing asked about.
#[test]
fn everything_but_the_chosen_bundle_is_further_evidence() {
    let session = run(settled(), [given(2, 9), seen(2, Role::Bundle), given(3, 9), seen(3, Role::Further)]);
    assert_eq!(further_parts(&session), [(2, 0), (3, 0)]);
    let session = run(session, [Action::Choose(2, 0)]);
    assert_eq!(further_parts(&session), [(0, 0), (3, 0)]);
    assert!(further_parts(&settled()).is_empty());
}

#[test]
fn other_bundles_of_a_file_are_further_evidence() {
    let recognised = Recognised {
        kind: Kind::BundleLines,
        role: Role::Bundle,
        name: "x".to_owned(),
        advice: String::new(),
        bundles: vec![candidate(true), candidate(false), candidate(false)],
    };
    let seen = Action::Inspected { input: 0, recognised, digests_needed: Vec::new() };
    let session = after([given(0, 9), seen]);
    assert_eq!(session.chosen, Some((0, 1)));
    assert_eq!(further_parts(&session), [(0, 0), (0, 2)]);
}

#[test]
fn all_keys_but_the_last_are_further_keys() {
    let keys = [given(2, 9), seen(2, Role::Key), given(3, 9), seen(3, Role::Key)];
    let meant = run(run(settled(), keys), [Action::Edit(Edit::Who(Who::Key)), Action::Ask]);
    let (asked, blobs) = verify_ask(&meant, Extent::Whole);
    assert_eq!(asked.key.map(|part| blobs[part.blob]), Some(3));
    assert_eq!(asked.further_keys.iter().map(|part| blobs[part.blob]).collect::<Vec<_>>(), [2]);
}

/// A bill of materials beside a file is about it; alone it is a file like any other.
#[test]
fn a_bill_of_materials_beside_a_file_is_further_evidence() {
    let bill = |input| {
        let (kind, role) = (Kind::Spdx, Role::Artifact);
        let recognised = Recognised { kind, role, name: "x".to_owned(), advice: String::new(), bundles: Vec::new() };
        Action::Inspected { input, recognised, digests_needed: Vec::new() }
    };
    let artifact = |session: &Session| session.artifact().map(|input| input.id);
    let after_file = run(settled(), [given(2, 9), bill(2)]);
    assert_eq!((artifact(&after_file), after_file.second), (Some(1), None));
    assert_eq!(further_parts(&after_file), [(2, 0)]);
    let before_file = after([given(2, 9), bill(2), given(1, 9), seen(1, Role::Artifact)]);
    assert_eq!((artifact(&before_file), before_file.second), (Some(1), None));
    assert_eq!(artifact(&after([given(2, 9), bill(2)])), Some(2));
    let stated = run(Session::default(), [Action::UseDigest(HEX.to_owned()), given(2, 9), bill(2)]);
    assert_eq!((artifact(&stated), stated.stated.is_some()), (None, true));
    let both = after([given(2, 9), bill(2), given(3, 9), bill(3)]);
    assert_eq!((artifact(&both), both.second), (Some(2), None));
}

/// A command fills the fields and asks nothing; one that cannot be read changes nothing.
#[test]
fn a_command_fills_the_fields() {
    let text = "gh attestation verify file --repo a/b --signer-workflow a/b/.github/workflows/x.yml".to_owned();
    let before = settled();
    let read = run(before.clone(), [Action::CommandText(text), Action::ReadCommand]);
    assert!(matches!(read.command_read, Some(Ok(_))), "{:?}", read.command_read);
    assert_ne!(read.draft, before.draft);
    assert_eq!((read.asked.clone(), read.run), (before.asked.clone(), before.run), "nothing was asked");
    let unread = run(before.clone(), [Action::CommandText("curl x | sh".to_owned()), Action::ReadCommand]);
    assert!(matches!(unread.command_read, Some(Err(_))));
    assert_eq!(unread.draft, before.draft);
}

/// H-14: what a command asks and no field holds is asked all the same, told, carried on, and left out only on purpose.
#[test]
fn what_has_no_field_is_asked_beside_the_fields() {
    let text = "touchstone verify --bundle b --identity a@b.test --transparency-logs 2 --minimum-bundle-version 0.3 f";
    let read = run(settled(), [Action::CommandText(text.to_owned()), Action::ReadCommand]);
    assert!(matches!(read.command_read, Some(Ok(_))), "{:?}", read.command_read);
    assert_eq!(read.beyond.words(), ["transparency logs: 2 at least", "bundle version, at least: 0.3"]);
    let asked = run(read, [Action::Ask]);
    assert_eq!(asked.asked.thresholds.transparency_logs, Some(2));
    assert_eq!(asked.asked.minimum_bundle_version.as_deref(), Some("0.3"));
    for kept in [command(&asked), asked.link().print()] {
        assert!(kept.contains("transparency-logs") && kept.contains("minimum-bundle-version"), "{kept}");
    }
    // A file or a field more does not take it away; a link brings it back.
    let edited =
        run(asked.clone(), [given(9, 1), Action::Edit(Edit::Issuer("https://b.test".to_owned())), Action::Ask]);
    assert_eq!(edited.asked.thresholds, asked.asked.thresholds);
    let opened = after([Action::Opened(asked.link()), given(1, 9)]);
    assert_eq!(opened.asked.thresholds, asked.asked.thresholds);
    let left = run(asked, [Action::LeaveBeyond, Action::Ask]);
    assert_eq!((left.beyond.words(), left.asked.thresholds.transparency_logs), (Vec::new(), None));
}

/// H-14: what a link leaves empty, and a value without a name, stay in the fields, where the core refuses them.
#[test]
fn what_is_left_empty_is_not_forgotten() {
    let link = Link::parse("#/check?identity=a@b.test&issuer=https://c.test&source-tag=").unwrap();
    let opened = after([Action::Opened(link), given(0, 9), seen(0, Role::Bundle)]);
    assert_eq!(opened.asked.extensions, [("source-tag".to_owned(), String::new())]);
    let typed = [Action::Edit(Edit::InputAdded), Action::Edit(Edit::InputValue(0, "v".to_owned()))];
    let typed = run(settled(), typed.into_iter().chain([Action::Edit(Edit::InputAdded), Action::Ask]));
    assert_eq!(typed.asked.expect.workflow_inputs, [(String::new(), "v".to_owned())]);
    assert_eq!(Link::parse(&typed.link().print()), Some(typed.link()));
}

/// A command of which a part cannot be asked fills nothing in.
#[test]
fn a_command_is_taken_whole_or_not_at_all() {
    let text = "touchstone verify --bundle b --identity ' a@b.test' f";
    let before = settled();
    let read = run(before.clone(), [Action::CommandText(text.to_owned()), Action::ReadCommand]);
    assert_eq!(read.draft, before.draft);
    assert_eq!((read.draft, read.beyond), (before.draft, before.beyond));
}
