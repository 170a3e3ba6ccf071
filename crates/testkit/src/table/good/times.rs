//! Good times: inclusive ends, several sources, unknown sources beside good ones, tokens of every make.

use crate::Recipe;
use crate::ca::{ANY_USAGE, TIME_STAMPING};
use crate::der;
use crate::keys::{Hash, Key, Kind};
use crate::rekor::Log;
use crate::table::signing_time::key_window;
use crate::table::timestamps::decoy_certificate;
use crate::table::{Draft, Row, row};
use crate::time::{LEAF_END, LEAF_START, SIGNED_AT, rfc3339};
use crate::tsa::{Embedded, SignerId, SigningCertificate, TimestampAuthority, TimestampRecipe};

pub(super) fn rows() -> Vec<Row> {
    [ends(), sources(), tokens(), authorities()].concat()
}

fn ends() -> Vec<Row> {
    vec![
        row("good-promise-at-the-log-end", "B-9, B-56", Recipe::message())
            .root(|root| root.tlogs[0].end = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-promise-at-the-log-start", "B-9, B-56", Recipe::message())
            .root(|root| root.tlogs[0].start = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-timestamp-at-the-authority-end", "B-9, B-31, H-27", Recipe::message_v2())
            .root(|root| root.timestamp_authorities[0].end = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-timestamp-at-the-authority-start", "B-9, B-31", Recipe::message_v2())
            .root(|root| root.timestamp_authorities[0].start = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-timestamp-a-fraction-before-the-authority-end", "B-9, B-33", Recipe::message_v2())
            .timestamp(|t| t.fraction = ".5".to_owned())
            .root(|root| root.timestamp_authorities[0].end = Some(rfc3339(SIGNED_AT).replace('Z', ".999Z")))
            .verified(),
        row("good-time-at-the-authority-end", "B-9, B-13", Recipe::message())
            .root(|root| root.certificate_authorities[0].end = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-time-at-the-authority-start", "B-9, B-13", Recipe::message())
            .root(|root| root.certificate_authorities[0].start = Some(rfc3339(SIGNED_AT)))
            .verified(),
        row("good-sct-at-the-log-end", "B-9, B-50", Recipe::message())
            .root(|root| root.ctlogs[0].end = Some(rfc3339(LEAF_START).replace('Z', ".234Z")))
            .verified(),
        row("good-integrated-at-the-certificate-end", "B-20", Recipe::message())
            .entry(|e| e.integrated_time = Some(LEAF_END))
            .verified(),
        row("good-integrated-at-the-certificate-start", "B-20", Recipe::message())
            .entry(|e| e.integrated_time = Some(LEAF_START))
            .verified(),
        row("good-stamped-at-the-certificate-end", "B-20", Recipe::message_v2())
            .timestamp(|t| t.gen_time = LEAF_END)
            .verified(),
        row("good-managed-key-at-its-end", "A-28", Recipe::managed()).ask(key_window(None, Some(SIGNED_AT))).verified(),
        row("good-managed-key-at-its-start", "A-28", Recipe::managed())
            .ask(key_window(Some(SIGNED_AT), None))
            .verified(),
        row("good-intermediate-at-its-end", "B-36", Recipe::message())
            .with(|recipe| recipe.ca.intermediates[0].not_after = SIGNED_AT)
            .verified(),
    ]
}

fn sources() -> Vec<Row> {
    let stranger =
        |recipe: &mut Recipe| recipe.timestamps.push(TimestampRecipe::by(&TimestampAuthority::new("stranger")));
    let mut unknown_log = crate::table::logged::twice_in(Log::v1_named("rekor.unknown.test", Kind::P256));
    unknown_log.entries.swap(0, 1);
    vec![
        row("good-unknown-timestamp-beside-a-promise", "B-5, B-35", Recipe::message()).with(stranger).verified(),
        row("good-unknown-timestamp-beside-a-known-one", "B-5", Recipe::message_v2()).with(stranger).verified(),
        row("good-timestamp-beside-a-promise-without-known-authority", "B-35", Recipe::both_times())
            .root(|root| root.timestamp_authorities.clear())
            .verified(),
        row("good-unknown-log-beside-a-known-one", "B-5", unknown_log).verified(),
        row("good-two-logs-for-two-logs", "B-4", crate::table::logged::twice_in(crate::table::logged::second_log()))
            .root(|root| root.tlogs.push(crate::root::TrustedLog::rekor(&crate::table::logged::second_log())))
            .ask(|policy| {
                policy.logs = Some(2);
                policy.times = Some(2);
            })
            .verified(),
        row("good-two-entries-of-one-log", "B-4, A-25", crate::table::logged::twice_in(Log::v1())).verified(),
        row("good-promise-and-timestamp-for-two-times", "B-4", Recipe::both_times())
            .ask(|policy| policy.times = Some(2))
            .verified(),
        row("good-two-authorities-for-two", "B-4, H-11", Recipe::message_v2())
            .with(|recipe| recipe.timestamps.push(TimestampRecipe::by(&TimestampAuthority::new("second"))))
            .root(|root| {
                root.timestamp_authorities
                    .push(crate::root::TrustedAuthority::timestamping(&TimestampAuthority::new("second")))
            })
            .ask(|policy| policy.timestamp_authorities = Some(2))
            .verified(),
        // Without an address an authority is known by its certificate, also where it is the only one.
        row("good-two-authorities-of-one-certificate-each", "B-4, B-14", Recipe::message_v2())
            .with(|recipe| recipe.timestamps.push(TimestampRecipe::by(&TimestampAuthority::new("second"))))
            .root(|root| {
                root.timestamp_authorities
                    .push(crate::root::TrustedAuthority::timestamping(&TimestampAuthority::new("second")));
                for authority in &mut root.timestamp_authorities {
                    authority.uri.clear();
                    authority.certificates.truncate(1);
                }
            })
            .ask(|policy| policy.timestamp_authorities = Some(2))
            .verified(),
        row("good-two-timestamps-of-one-authority", "A-25", Recipe::message_v2())
            .with(|recipe| {
                let second = TimestampRecipe { serial: 4712, gen_time: SIGNED_AT + 1, ..recipe.timestamp().clone() };
                recipe.timestamps.push(second);
            })
            .verified(),
        row("good-thirty-two-timestamps", "A-16", Recipe::message_v2())
            .with(|recipe| {
                let first = recipe.timestamp().clone();
                recipe.timestamps = (0..32).map(|serial| TimestampRecipe { serial, ..first.clone() }).collect();
            })
            .verified(),
    ]
}

fn token(name: &'static str, rule: &'static str, edit: impl FnOnce(&mut TimestampRecipe)) -> Row {
    row(name, rule, Recipe::message_v2()).timestamp(edit).verified()
}

fn tokens() -> Vec<Row> {
    vec![
        token("good-timestamp-without-certificates", "B-29", |t| t.embedded = Embedded::Absent),
        token("good-timestamp-with-empty-certificates", "B-29", |t| t.embedded = Embedded::Empty),
        token("good-timestamp-with-its-chain", "B-29", |t| t.embedded = Embedded::Chain),
        token("good-timestamp-named-by-key-id", "B-29", |t| t.signer = SignerId::SubjectKeyId),
        token("good-timestamp-granted-with-mods", "B-25", |t| t.status = 1),
        token("good-timestamp-with-a-fraction", "B-33", |t| t.fraction = ".25".to_owned()),
        token("good-timestamp-imprint-sha384", "B-27", |t| t.imprint_hash = Hash::Sha384),
        token("good-timestamp-imprint-sha512", "B-27", |t| t.imprint_hash = Hash::Sha512),
        token("good-timestamp-imprint-without-parameters", "B-27", |t| t.imprint_null = false),
        token("good-timestamp-digest-sha512", "B-28, H-34", |t| {
            t.digest = Hash::Sha512;
            t.scheme = crate::keys::Scheme::Ecdsa(Hash::Sha512);
        }),
        token("good-timestamp-with-a-bare-key-algorithm", "B-28", |t| {
            t.signature_algorithm = Some(der::algorithm("1.2.840.10045.2.1", Vec::new()))
        }),
        token("good-timestamp-certificate-id-sha512", "B-30", |t| {
            t.signing_certificate = SigningCertificate::V2(Hash::Sha512)
        }),
        token("good-timestamp-certificate-id-by-sha1-of-a-listed-one", "B-30", |t| {
            t.signing_certificate = SigningCertificate::V1
        }),
        token("good-timestamp-certificate-id-with-issuer", "B-30", |t| {
            t.signing_certificate = SigningCertificate::V2WithIssuerSerial
        }),
    ]
}

fn authorities() -> Vec<Row> {
    let of =
        |name, rule, edit: fn(&mut TimestampAuthority)| -> Draft { row(name, rule, Recipe::message_v2()).tsa(edit) };
    vec![
        of("good-timestamp-by-rsa", "B-28", |tsa| tsa.leaf.key = Key::new(Kind::Rsa2048, "tsa")).verified(),
        of("good-timestamp-by-p256", "B-28", |tsa| tsa.leaf.key = Key::new(Kind::P256, "tsa")).verified(),
        of("good-timestamp-by-p521", "B-28", |tsa| tsa.leaf.key = Key::new(Kind::P521, "tsa")).verified(),
        of("good-timestamp-of-an-unlisted-certificate", "B-14, B-29", |tsa| tsa.root_lists_leaf = false).verified(),
        of("good-timestamp-authority-of-one-certificate", "B-13, B-14", |_| {})
            .root(|root| root.timestamp_authorities[0].certificates.truncate(1))
            .verified(),
        of("good-timestamp-with-a-decoy-first", "B-29, H-13", |tsa| tsa.root_lists_leaf = false)
            .timestamp(|t| {
                let decoy = decoy_certificate(&t.authority);
                t.embedded = Embedded::These(vec![decoy, t.authority.leaf_der()]);
            })
            .verified(),
        of("good-timestamp-below-an-intermediate", "B-31", |tsa| *tsa = TimestampAuthority::with_intermediate("good"))
            .verified(),
        of("good-timestamp-intermediate-for-timestamping", "B-32", |tsa| {
            *tsa = TimestampAuthority::with_intermediate("good");
            tsa.intermediates[0].extended_key_usage = Some(vec![TIME_STAMPING.to_owned()]);
        })
        .verified(),
        of("good-timestamp-intermediate-for-any-usage", "B-32", |tsa| {
            *tsa = TimestampAuthority::with_intermediate("good");
            tsa.intermediates[0].extended_key_usage = Some(vec![ANY_USAGE.to_owned()]);
        })
        .verified(),
        of("good-timestamp-may-not-repudiate", "B-32", |tsa| tsa.leaf.key_usage = Some(vec![1])).verified(),
        of("good-timestamp-certificate-without-key-usage", "B-32", |tsa| tsa.leaf.key_usage = None).verified(),
        of("good-timestamp-chain-expired-since", "B-31", |tsa| {
            tsa.leaf.not_after = SIGNED_AT + 60;
            tsa.root.not_after = SIGNED_AT + 60;
        })
        .verified(),
    ]
}
