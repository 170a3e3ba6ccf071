//! What a verified bundle says of its builder, and how certificate and provenance stand to one another: E-4, E-8 to E-10,
//! E-31. The verdicts themselves are in the table.

use serde_json::json;
use touchstone_crypto::{PublicKey, RustCrypto};
use touchstone_formats::bundle::Bundle;
use touchstone_testkit::{Recipe, change};
use touchstone_trust::{Instance, TrustedRoot};
use touchstone_verify::{
    AgreementState, Artifact, BuilderKind, Expectations, KeyRing, ManagedKey, Policy, Report, SignedForm, SignerPolicy,
    TextMatch, Trust, Verdict, verify,
};

const SOURCE: &str = "github.com/touchstone-test/beacon";
const GENERIC: &str =
    "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml";

fn answer(recipe: &Recipe, policy: &Policy) -> Report {
    let case = recipe.make();
    let bundle = Bundle::parse(&case.bundle);
    let roots = TrustedRoot::read_many(&case.trusted_root, Instance::PublicGood, "testkit").unwrap();
    verify(bundle.as_ref(), &Artifact::Bytes(&case.artifact), Trust::Roots(&roots), policy, &RustCrypto)
}

/// Signed by whom the source and the builder imply.
fn implied(source: &str, builder: Option<&str>) -> Policy {
    let expectations = Expectations {
        source_uri: Some(source.to_owned()),
        builder_id: builder.map(str::to_owned),
        ..Expectations::default()
    };
    Policy { signer: SignerPolicy::Implied, expectations, ..Policy::default() }
}

fn built(recipe: &Recipe, policy: &Policy) -> Option<(BuilderKind, u8)> {
    let report = answer(recipe, policy);
    assert!(report.verdict.is_verified(), "{:?}", report.findings);
    let verified = report.verified.unwrap();
    verified.builder().map(|builder| (builder.kind(), builder.max_level()))
}

fn leaf(mut recipe: Recipe, change: impl FnOnce(&mut touchstone_testkit::certificate::CertificateRecipe)) -> Recipe {
    change(&mut recipe.leaf);
    recipe
}

#[test]
fn the_level_comes_from_the_map_and_from_the_runner() {
    let any = implied(SOURCE, None);
    assert_eq!(built(&Recipe::generator(), &any), Some((BuilderKind::Generator, 3)));
    assert_eq!(built(&Recipe::delegator(), &any), Some((BuilderKind::Delegator, 3)));
    assert_eq!(built(&Recipe::github_attestation(), &any), Some((BuilderKind::GithubAttestation, 2)));
    let runner = implied(SOURCE, Some("https://github.com/actions/runner/github-hosted"));
    assert_eq!(built(&Recipe::npm_v1(), &runner), Some((BuilderKind::NpmCli, 2)));

    // E-9: a runner of the project's own, or one that nobody names.
    let own = leaf(Recipe::generator(), |leaf| leaf.claim(11, "self-hosted"));
    assert_eq!(built(&own, &any), Some((BuilderKind::Generator, 1)));
    let unsaid = leaf(Recipe::github_attestation(), |leaf| leaf.without_claim(11));
    assert_eq!(built(&unsaid, &any), Some((BuilderKind::GithubAttestation, 1)));
}

/// E-21: slsa-verifier's own test project, and no more than level 1.
#[test]
fn a_builder_at_a_branch_vouches_for_level_1_in_one_project() {
    let at_main = format!("{GENERIC}@refs/heads/main");
    let mut recipe = Recipe::generator().called(&at_main);
    recipe.leaf.without_claim(18);
    recipe.leaf.claim(5, "slsa-framework/example-package");
    recipe.leaf.claim(12, "https://github.com/slsa-framework/example-package");
    recipe.statement.push(change(move |statement: &mut serde_json::Value| {
        touchstone_testkit::statements::replace(statement, "touchstone-test/beacon", "slsa-framework/example-package");
        touchstone_testkit::statements::replace(statement, &format!("{GENERIC}@refs/tags/v2.1.0"), &at_main);
    }));
    let policy = implied("github.com/slsa-framework/example-package", None);
    assert_eq!(built(&recipe, &policy), Some((BuilderKind::Generator, 1)));
}

/// E-10: a key alone makes nobody a platform.
#[test]
fn a_key_vouches_for_a_builder_that_is_named_with_it() {
    let recipe = Recipe::cloud_build();
    let key = PublicKey::from_pem(&recipe.make().key.unwrap()).unwrap();
    let form = SignedForm::default();
    let key = ManagedKey { key, scheme: None, valid_from: None, valid_until: None, form, built_in: false };
    let with = |builder_id: Option<&str>| Policy {
        signer: SignerPolicy::Key(key.clone()),
        expectations: Expectations { builder_id: builder_id.map(str::to_owned), ..Expectations::default() },
        ..Policy::default()
    };
    assert_eq!(built(&recipe, &with(None)), None);
    let named = with(Some("https://cloudbuild.googleapis.com/GoogleHostedWorker"));
    assert_eq!(built(&recipe, &named), Some((BuilderKind::GoogleCloudBuild, 3)));
}

/// E-4: named, but not in the map.
#[test]
fn a_builder_outside_of_the_map_vouches_for_level_1() {
    let workflow = touchstone_testkit::ca::WORKFLOW;
    let mut recipe = Recipe::dsse();
    recipe.statement.push(change(move |statement: &mut serde_json::Value| {
        statement["predicate"]["runDetails"]["builder"]["id"] = json!(workflow);
    }));
    assert_eq!(built(&recipe, &implied(SOURCE, Some(workflow))), Some((BuilderKind::Own, 1)));
    // Nobody asked for a builder, and none is in the map.
    let expected = SignerPolicy::Certificate { identity: TextMatch::Exact(workflow.to_owned()), issuer: None };
    assert_eq!(built(&recipe, &Policy { signer: expected, ..Policy::default() }), None);
}

#[test]
fn certificate_and_provenance_are_told_side_by_side_even_where_they_contradict() {
    let any = Policy { signer: SignerPolicy::Anybody(KeyRing::default()), ..Policy::default() };
    let good = answer(&Recipe::github_attestation(), &any);
    let states = |state| good.agreement.iter().filter(move |row| row.state == state);
    assert_eq!(states(AgreementState::Agree).count(), 11, "{:?}", good.agreement);
    // What the provenance leaves out is told too.
    let only: Vec<_> = states(AgreementState::OnlyInCertificate).map(|row| row.about).collect();
    assert_eq!(only, ["Workflow commit"]);
    assert_eq!(good.agreement.len(), 12);
    assert_eq!(good.verified.unwrap().agreed().unwrap().only_claimed(), 0);

    let mut lying = Recipe::github_attestation();
    lying.statement.push(change(|statement: &mut serde_json::Value| {
        let parameters = &mut statement["predicate"]["buildDefinition"]["internalParameters"];
        parameters["github"]["event_name"] = json!("push");
    }));
    let told = answer(&lying, &any);
    assert_eq!(told.verdict, Verdict::Rejected);
    let row = told.agreement.iter().find(|row| row.state == AgreementState::Contradicts).unwrap();
    assert_eq!((row.certificate.as_deref(), row.provenance.as_deref()), (Some("workflow_dispatch"), Some("push")));
    assert_eq!(row.oids, ["1.3.6.1.4.1.57264.1.20"]);
    assert_eq!(row.place, "$.predicate.buildDefinition.internalParameters.github.event_name");
}

/// E-31, where the corpus wants it: noted, and worth nothing.
#[test]
fn the_provenance_of_another_builder_confirms_nothing() {
    let workflow = touchstone_testkit::ca::WORKFLOW;
    let named = SignerPolicy::Certificate { identity: TextMatch::Exact(workflow.to_owned()), issuer: None };
    let mut recipe = Recipe::github_attestation();
    recipe.statement.push(change(|statement: &mut serde_json::Value| {
        statement["predicate"]["runDetails"]["builder"]["id"] = json!(format!("{GENERIC}@refs/tags/v2.1.0"));
    }));
    let policy = Policy { signer: named, ..Policy::default() };
    let verified = answer(&recipe, &policy).verified.unwrap();
    assert!(verified.agreed().is_none() && verified.builder().is_none());
    // Whoever asks about the source relies on it.
    let expectations = Expectations { source_uri: Some(SOURCE.to_owned()), ..Expectations::default() };
    assert_eq!(answer(&recipe, &Policy { expectations, ..policy }).verdict, Verdict::Rejected);
}
