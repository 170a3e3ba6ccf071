//! Rows for `chain`: B-13, B-36, B-37, H-9.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ca::{Authority, BasicConstraints, CertificateRecipe, Extension, TIME_STAMPING};
use crate::der;
use crate::keys::{Hash, Key, Kind, Scheme};
use crate::recipe::{BUNDLE_V01, KeyForm};
use crate::time::{SIGNED_AT, rfc3339};

const CHECK: &str = "chain";

fn message(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message())
}

fn intermediate(name: &'static str, rule: &'static str, edit: fn(&mut CertificateRecipe)) -> Draft {
    message(name, rule).with(move |recipe| edit(&mut recipe.ca.intermediates[0]))
}

fn anchor(name: &'static str, rule: &'static str, edit: fn(&mut CertificateRecipe)) -> Draft {
    message(name, rule).with(move |recipe| edit(&mut recipe.ca.root))
}

pub(super) fn rows() -> Vec<Row> {
    [issuers(), signatures(), windows(), may_issue()].concat()
}

fn issuers() -> Vec<Row> {
    vec![
        message("leaf-of-another-instance", "B-36, B-3")
            .with(|recipe| recipe.issued_by = Some(Authority::fulcio("elsewhere")))
            .rejected(CHECK, "no-such-authority"),
        message("root-without-authorities", "B-36, H-21, H-34")
            .root(|root| root.certificate_authorities.clear())
            .rejected(CHECK, "no-such-authority"),
        message("leaf-names-another-issuer", "B-37")
            .leaf(|leaf| leaf.issuer = Some(crate::ca::name("elsewhere.test", "elsewhere")))
            .rejected(CHECK, "no-such-authority"),
        message("own-authority-in-the-bundle", "A-20, B-43")
            .with(|recipe| {
                let own = Authority::fulcio("elsewhere");
                recipe.media_type = BUNDLE_V01.to_owned();
                recipe.key_form = KeyForm::Chain(own.certificates());
                recipe.issued_by = Some(own);
            })
            .rejected(CHECK, "no-such-authority"),
        row("github-leaf-of-another-instance", "B-3", Recipe::github())
            .with(|recipe| recipe.issued_by = Some(Authority::fulcio("elsewhere")))
            .rejected(CHECK, "no-such-authority"),
        message("leaf-names-another-authority-key", "B-37")
            .leaf(|leaf| leaf.authority_key_id = Some(Some(vec![7; 20])))
            .rejected(CHECK, "no-such-authority"),
        // The trusted root lists the self-signed certificate alone, which did not issue the leaf.
        message("leaf-of-an-intermediate-that-the-root-does-not-list", "B-36, B-43")
            .root(|root| {
                root.certificate_authorities[0].certificates.remove(0);
            })
            .rejected(CHECK, "no-such-authority"),
    ]
}

fn signatures() -> Vec<Row> {
    let invalid = "certificate-signature-invalid";
    vec![
        message("leaf-signature-tampered", "B-37").leaf(|leaf| leaf.tamper_signature = true).rejected(CHECK, invalid),
        message("leaf-by-an-impostor-of-the-trusted-name", "B-37, B-3")
            .with(|recipe| {
                let mut impostor = recipe.ca.clone();
                let trusted = impostor.issuer().key.key_id();
                impostor.intermediates[0].key = Key::new(Kind::P384, "impostor");
                recipe.leaf.authority_key_id = Some(Some(trusted));
                recipe.issued_by = Some(impostor);
            })
            .rejected(CHECK, invalid),
        message("leaf-signed-with-sha1", "B-37")
            .with(|recipe| {
                recipe.ca.intermediates[0].key = Key::new(Kind::P256, "weak");
                recipe.leaf.scheme = Some(Scheme::Ecdsa(Hash::Sha1));
            })
            .rejected(CHECK, "certificate-algorithm-unsupported"),
        intermediate("intermediate-signature-tampered", "B-37", |ca| ca.tamper_signature = true)
            .rejected(CHECK, "authority-path-invalid"),
        intermediate("intermediate-names-another-issuer", "B-37", |ca| {
            ca.issuer = Some(crate::ca::name("elsewhere.test", "elsewhere"))
        })
        .rejected(CHECK, "authority-path-invalid"),
    ]
}

fn windows() -> Vec<Row> {
    let expired = "authority-certificate-outside-validity";
    let (window, ended) = ("authority-outside-window", "authority-ended");
    vec![
        intermediate("intermediate-expired-before-the-signing", "B-36, H-9", |ca| ca.not_after = SIGNED_AT - 1)
            .rejected(CHECK, expired),
        intermediate("intermediate-not-yet-valid", "B-36, H-9", |ca| ca.not_before = SIGNED_AT + 1)
            .rejected(CHECK, expired),
        anchor("anchor-expired-before-the-signing", "B-36, H-9", |ca| ca.not_after = SIGNED_AT - 1)
            .rejected(CHECK, expired),
        anchor("anchor-not-yet-valid", "B-36, H-9", |ca| ca.not_before = SIGNED_AT + 1).rejected(CHECK, expired),
        message("authority-window-had-ended", "B-13, B-36, H-34")
            .root(|root| root.certificate_authorities[0].end = Some(rfc3339(SIGNED_AT - 1)))
            .rejected(CHECK, ended),
        message("authority-window-had-not-begun", "B-13, B-36, H-34")
            .root(|root| root.certificate_authorities[0].start = Some(rfc3339(SIGNED_AT + 1)))
            .rejected(CHECK, window),
        row("authority-window-ended-between-two-times", "B-20, B-36", Recipe::both_times())
            .timestamp(|t| t.gen_time = SIGNED_AT + 60)
            .root(|root| root.certificate_authorities[0].end = Some(rfc3339(SIGNED_AT + 30)))
            .rejected(CHECK, ended),
        row("intermediate-expired-between-two-times", "B-20, B-36", Recipe::both_times())
            .with(|recipe| {
                recipe.ca.intermediates[0].not_after = SIGNED_AT + 30;
                recipe.timestamp().gen_time = SIGNED_AT + 60;
            })
            .rejected(CHECK, expired),
    ]
}

fn may_issue() -> Vec<Row> {
    let constraints = |ca, critical| Some(BasicConstraints { ca, path_length: None, critical });
    let unknown = || Extension::new("1.2.3.4", true, der::null());
    let names = || {
        Extension::new(
            "2.5.29.30",
            true,
            der::sequence(&[der::context(0, &der::sequence(&[der::context_primitive(6, b"example.test")]))]),
        )
    };
    vec![
        intermediate("intermediate-without-basic-constraints", "B-37", |ca| ca.basic_constraints = None)
            .rejected(CHECK, "authority-may-not-issue"),
        message("intermediate-is-no-authority", "B-37")
            .with(|r| r.ca.intermediates[0].basic_constraints = constraints(false, true))
            .rejected(CHECK, "authority-may-not-issue"),
        message("intermediate-constraints-not-critical", "B-37")
            .with(|r| r.ca.intermediates[0].basic_constraints = constraints(true, false))
            .rejected(CHECK, "authority-may-not-issue"),
        intermediate("intermediate-may-not-sign-certificates", "B-37", |ca| ca.key_usage = Some(vec![0]))
            .rejected(CHECK, "authority-may-not-issue"),
        intermediate("intermediate-for-timestamping", "B-38", |ca| {
            ca.extended_key_usage = Some(vec![TIME_STAMPING.to_owned()])
        })
        .rejected(CHECK, "authority-may-not-issue"),
        // As Go's x509, which walks the whole chain.
        message("anchor-for-timestamping", "B-38")
            .with(|r| r.ca.root.extended_key_usage = Some(vec![TIME_STAMPING.to_owned()]))
            .rejected(CHECK, "authority-may-not-issue"),
        message("intermediate-with-an-unknown-critical-extension", "B-37")
            .with(|r| r.ca.intermediates[0].extensions.push(unknown()))
            .rejected(CHECK, "authority-may-not-issue"),
        message("intermediate-with-critical-name-constraints", "B-37, H-32")
            .with(|r| r.ca.intermediates[0].extensions.push(names()))
            .rejected(CHECK, "authority-may-not-issue"),
        message("second-intermediate-beyond-the-path-length", "B-37")
            .with(|recipe| {
                let second = CertificateRecipe::authority(
                    Key::new(Kind::P384, "second"),
                    "touchstone.test",
                    "second-intermediate",
                    None,
                );
                recipe.ca.intermediates.push(second);
            })
            .rejected(CHECK, "authority-may-not-issue"),
    ]
}
