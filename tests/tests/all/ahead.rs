//! Signatures that a browser's own arithmetic looked at: what it says never makes an answer that computing would not.

use touchstone_crypto::{Curve, PublicKey, RustCrypto, SignatureQuestion, SignatureScheme, SignatureVerifier, Signed};
use touchstone_report::document::Outcome;
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::{Right, ahead, first_answer, first_answer_knowing};
use touchstone_testkit::table::table;

const BUNDLE: &[u8] = include_bytes!("../../../web/examples/conda-attestation.sigstore.json");
const ARTIFACT: &[u8] = include_bytes!("../../../web/examples/signed-package-2.1.0-hb0f4dca_0.conda");

fn question() -> Question {
    let exact = |text: &str| Name::Exact(text.to_owned());
    let identity =
        exact("https://github.com/prefix-dev/sigstore-example/.github/workflows/action.yaml@refs/heads/main");
    let issuer = Some(exact("https://token.actions.githubusercontent.com"));
    Question { signer: Signer::Certificate { identity, issuer }, ..Question::default() }
}

fn material(bundle: &[u8]) -> Material<'_> {
    Material {
        bundle: Some(Named { name: "a.sigstore.json", bytes: bundle }),
        artifact: ArtifactInput::Bytes(Named { name: "a.conda", bytes: ARTIFACT }),
        ..Material::default()
    }
}

/// All that the example's answer needs, and no more: its certificate, its entry twice, its certificate timestamp and the envelope.
#[test]
fn what_a_first_answer_asks_is_known_before() {
    let ahead = ahead(&question(), &material(BUNDLE));
    let curves: Vec<Curve> = ahead.questions().iter().map(|asked| asked.curve).collect();
    // The last two are known to be wrong.
    assert_eq!(curves.len(), 7, "{curves:?}");
    assert_eq!(curves.iter().filter(|curve| **curve == Curve::P384).count(), 2);
    let mut answers = vec![true; curves.len()];
    answers[5..].fill(false);
    let right = ahead.right(&answers);
    let known = first_answer_knowing(&question(), &material(BUNDLE), &right).unwrap();
    assert_eq!(known.verdict.outcome, Outcome::Verified);
    assert_eq!(known, first_answer(&question(), &material(BUNDLE)).unwrap());
}

/// A yes about one bundle is none about another, and a no is looked at again.
#[test]
fn a_yes_is_only_about_what_was_asked() {
    let text = core::str::from_utf8(BUNDLE).unwrap();
    let at = text.find("\"sig\"").unwrap() + 20;
    let mut changed = BUNDLE.to_vec();
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    let all = |bundle: &[u8], answer: bool| -> Right {
        let ahead = ahead(&question(), &material(bundle));
        let mut answers = vec![answer; ahead.questions().len()];
        let own = answers.len() - 2;
        answers[own..].fill(false);
        ahead.right(&answers)
    };
    let outcome = |bundle: &[u8], right: &Right| {
        first_answer_knowing(&question(), &material(bundle), right).unwrap().verdict.outcome
    };
    assert_eq!(outcome(&changed, &all(BUNDLE, true)), Outcome::Rejected);
    assert_eq!(outcome(&changed, &all(&changed, false)), Outcome::Rejected);
    assert_eq!(outcome(BUNDLE, &all(BUNDLE, false)), Outcome::Verified);
}

#[test]
fn nothing_is_asked_ahead_of_a_large_bundle_or_where_the_root_is_missing() {
    let own = Question { trust: Trust::File, ..question() };
    assert_eq!(ahead(&own, &material(BUNDLE)).questions().len(), 2);
    let large = [BUNDLE, &vec![b' '; 1 << 20]].concat();
    assert_eq!(ahead(&question(), &material(&large)).questions().len(), 2);
}

/// Whoever says of each signature what computing says changes no answer: not where something is wrong with the bundle, and not where it
/// is with the authorities, which are a person's own here.
#[test]
fn each_row_of_the_table_is_answered_as_by_computing() {
    let mut questions = 0;
    for row in table() {
        let case = &row.case;
        let exact = |text: &str| Name::Exact(text.to_owned());
        let signer = Signer::Certificate { identity: exact(&case.identity), issuer: Some(exact(&case.issuer)) };
        let question = Question { signer, trust: Trust::File, ..Question::default() };
        let material = Material {
            bundle: Some(Named { name: "a", bytes: &case.bundle }),
            artifact: ArtifactInput::Bytes(Named { name: "b", bytes: &case.artifact }),
            trusted_root: Some(Named { name: "c", bytes: &case.trusted_root }),
            ..Material::default()
        };
        let expected = first_answer(&question, &material);
        let ahead = ahead(&question, &material);
        let answers: Vec<bool> = ahead.questions().iter().map(computed).collect();
        questions += answers.len();
        let found = first_answer_knowing(&question, &material, &ahead.right(&answers));
        assert_eq!(found, expected, "{}", row.name);
    }
    assert!(questions > 6_000, "{questions}");
}

/// What a browser should say.
fn computed(asked: &SignatureQuestion) -> bool {
    let (r, s) = asked.signature.split_at(asked.signature.len() / 2);
    let number = |bytes: &[u8]| {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        // One zero where the first bit would be read as a sign.
        let bytes = [&[0], &bytes[zeros..]].concat();
        let bytes = if bytes.get(1).is_some_and(|byte| *byte < 0x80) { &bytes[1..] } else { &bytes };
        [&[2, u8::try_from(bytes.len()).unwrap()], bytes].concat()
    };
    let numbers = [number(r), number(s)].concat();
    let signature = [&[0x30, u8::try_from(numbers.len()).unwrap()], numbers.as_slice()].concat();
    let key = PublicKey::from_spki_der(&asked.key).unwrap();
    let scheme = SignatureScheme::Ecdsa { curve: asked.curve, digest: asked.digest };
    RustCrypto.verify(scheme, &key, Signed::Message(&asked.message), &signature).is_ok()
}
