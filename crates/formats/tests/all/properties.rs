//! No input makes a reader panic (H-19, H-21), and what is read is what was written.

use proptest::prelude::*;
use touchstone_formats::bundle::Bundle;
use touchstone_formats::dsse::Envelope;
use touchstone_formats::json::{self, Limits, Number, Value};
use touchstone_formats::predicate::{self, Predicate, SbomFormat};
use touchstone_formats::rekor::EntryBody;
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::Statement;
use touchstone_formats::trusted_root::TrustedRoot;
use touchstone_formats::uri::{CloudBuildSource, GitUri, Purl, Repository, WorkflowReference, versioned_tag_matches};
use touchstone_formats::{Fault, UnixMillis, base64, hex, pem};

use crate::good;

/// Every reader, and every error told in full.
fn read_as_everything(bytes: &[u8]) {
    fn told<T, E: Fault>(result: Result<T, E>) {
        if let Err(error) = result {
            let told = error.explain();
            assert!(!told.code.is_empty() && !told.rule.is_empty(), "{error:?}");
            assert!(error.to_string().len() < 10_000, "an error of {} bytes", error.to_string().len());
        }
    }
    told(json::parse(bytes, Limits::of_size(1 << 20)));
    told(json::parse_lines(bytes, Limits::of_size(1 << 20), 4));
    if let Err(error) = Bundle::parse(bytes) {
        let _ = error.part();
        told(Err::<(), _>(error));
    }
    told(EntryBody::parse(bytes));
    told(Envelope::parse(bytes));
    if let Ok(statement) = Statement::parse(bytes) {
        if let Ok(Predicate::Provenance(provenance)) = predicate::read(&statement) {
            told(provenance.workflow());
            told(provenance.claims());
        }
        told(predicate::read(&statement));
        told(Sbom::of_predicate(&statement, SbomFormat::Spdx));
    }
    told(Statement::parse(bytes));
    told(Sbom::parse(bytes));
    told(TrustedRoot::parse(bytes));
    told(TrustedRoot::parse_many(bytes));
    if let Ok(text) = core::str::from_utf8(bytes) {
        let _ = pem::decode(text);
        let _ = base64::decode(text);
        let _ = hex::decode(text);
        let _ = UnixMillis::parse_rfc3339(text);
        read_as_every_uri(text);
    }
}

/// Every reader of URIs; what is read is written back as a text that reads the same.
fn read_as_every_uri(text: &str) {
    if let Ok(repository) = Repository::parse(text) {
        assert_eq!(Repository::parse(&repository.to_string()).as_ref(), Ok(&repository), "{text}");
        assert!(repository.is(&repository));
    }
    let _ = GitUri::parse(text);
    let _ = CloudBuildSource::parse(text);
    if let Ok(workflow) = WorkflowReference::parse(text) {
        let _ = workflow.release_tag();
        let written = format!("{}@{}", workflow.without_reference(), workflow.reference);
        assert_eq!(WorkflowReference::parse(&written), Ok(workflow), "{text}");
    }
    let _ = versioned_tag_matches(text, text);
    if let Ok(purl) = Purl::parse(text) {
        let _ = (purl.is_npm(text, text), purl.is_github(text, text));
    }
}

fn good_documents() -> Vec<String> {
    let predicates = good::predicates::PREDICATES;
    let statements = predicates.iter().map(|(name, predicate)| good::predicates::statement_of(name, predicate));
    let sboms = [good::sboms::SPDX, good::sboms::CYCLONEDX].map(str::to_owned).to_vec();
    [other_good_documents(), statements.collect(), sboms].concat()
}

fn other_good_documents() -> Vec<String> {
    vec![
        good::message_bundle(),
        good::dsse_bundle(),
        good::hashedrekord_001(),
        good::dsse_001(),
        good::intoto_001(),
        good::intoto_002(),
        good::hashedrekord_002(),
        good::statement(),
        good::trusted_root(),
        good::pem("CERTIFICATE"),
    ]
}

/// Every place in a document where a value stands, as a path of positions.
fn places(value: &Value, here: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    found.push(here.clone());
    let children: Vec<&Value> = match value {
        Value::Array(elements) => elements.iter().collect(),
        Value::Object(members) => members.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for (index, child) in children.into_iter().enumerate() {
        here.push(index);
        places(child, here, found);
        here.pop();
    }
}

fn at<'a>(value: &'a mut Value, place: &[usize]) -> &'a mut Value {
    let Some((index, rest)) = place.split_first() else {
        return value;
    };
    match value {
        Value::Array(elements) => at(&mut elements[*index], rest),
        Value::Object(members) => at(&mut members[*index].1, rest),
        _ => unreachable!(),
    }
}

fn written(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(",");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(Number::Unsigned(number)) => number.to_string(),
        Value::Number(Number::Negative(number)) => number.to_string(),
        Value::Number(Number::Other(number)) => format!("{number:e}"),
        Value::String(text) => serde_json::to_string(text).unwrap(),
        Value::Array(elements) => format!("[{}]", list(elements.iter().map(written).collect())),
        Value::Object(members) => {
            let member =
                |(key, value): &(String, Value)| format!("{}:{}", serde_json::to_string(key).unwrap(), written(value));
            format!("{{{}}}", list(members.iter().map(member).collect()))
        }
    }
}

/// Every value of every good document replaced by each of these: missing members, nulls, other types.
#[test]
fn h_19_every_value_replaced_by_every_kind_of_value() {
    let strange = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "18446744073709551615",
        "\"\"",
        "\"A\"",
        "\"AQID\"",
        "\"\u{e9}\"",
        "\"-1\"",
        "[]",
        "[null]",
        "[[]]",
        "{}",
        "{\"kind\":\"dsse\"}",
    ];
    let mut tried = 0;
    for document in good_documents() {
        let Ok(value) = json::parse(document.as_bytes(), Limits::of_size(1 << 20)) else {
            continue;
        };
        let mut found = Vec::new();
        places(&value, &mut Vec::new(), &mut found);
        for place in &found {
            for replacement in strange {
                let mut changed = value.clone();
                *at(&mut changed, place) = json::parse(replacement.as_bytes(), Limits::of_size(100)).unwrap();
                read_as_everything(written(&changed).as_bytes());
                tried += 1;
            }
        }
    }
    assert!(tried > 2000, "only {tried}");
}

/// Every prefix of every good document but the predicates, which are the same JSON, and every single byte replaced.
#[test]
fn truncations_and_single_bytes() {
    for document in other_good_documents() {
        for end in 0..document.len() {
            let text = &document.as_bytes()[..end];
            read_as_everything(text);
            let code = json::parse(text, Limits::of_size(1 << 20)).unwrap_err().code();
            assert!(["json-truncated", "json-empty"].contains(&code) || !document.starts_with('{'), "{code}");
        }
        for at in 0..document.len() {
            for byte in [0, b' ', b'"', b'\\', b'{', b'}', b'[', b',', b'-', b'0', 0x80, 0xff] {
                let mut changed = document.clone().into_bytes();
                changed[at] = byte;
                read_as_everything(&changed);
            }
        }
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<u64>().prop_map(|number| Value::Number(Number::Unsigned(number))),
        (i64::MIN..0).prop_map(|number| Value::Number(Number::Negative(number))),
        any::<i32>().prop_map(|number| Value::Number(Number::Other(f64::from(number) + 0.5))),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn arbitrary_text(text in "\\PC{0,60}") {
        read_as_every_uri(&text);
    }

    #[test]
    fn arbitrary_uris(
        text in "(git\\+)?(https|http|ssh|gs|pkg|file)(://|:)[a-zA-Z0-9@:./%?#+\\-_,=&é ]{0,60}(@|\\?|#)?[a-z/@.%=]{0,20}",
    ) {
        read_as_every_uri(&text);
    }

    /// Any value as the predicate of any known type, as it is and as one member of a good one.
    #[test]
    fn arbitrary_predicates(value in any_value(), which in 0..24_usize, place in any::<prop::sample::Index>()) {
        let (name, good) = good::predicates::PREDICATES[which];
        read_as_everything(good::predicates::statement_of(name, &written(&value)).as_bytes());
        let mut changed = json::parse(good.as_bytes(), Limits::of_size(1 << 20)).unwrap();
        let mut found = Vec::new();
        places(&changed, &mut Vec::new(), &mut found);
        *at(&mut changed, &found[place.index(found.len())]) = value;
        read_as_everything(good::predicates::statement_of(name, &written(&changed)).as_bytes());
    }

    /// The same of bills of materials.
    #[test]
    fn arbitrary_sboms(value in any_value(), spdx in any::<bool>(), place in any::<prop::sample::Index>()) {
        let good = if spdx { good::sboms::SPDX } else { good::sboms::CYCLONEDX };
        let mut changed = json::parse(good.as_bytes(), Limits::of_size(1 << 20)).unwrap();
        let mut found = Vec::new();
        places(&changed, &mut Vec::new(), &mut found);
        *at(&mut changed, &found[place.index(found.len())]) = value;
        read_as_everything(written(&changed).as_bytes());
    }

    #[test]
    fn arbitrary_text_of_json_characters(text in "[\\[\\]{}\":,0-9eE+.\\-\\\\a-fnulrts \n]{0,120}") {
        read_as_everything(text.as_bytes());
        // Never more than serde_json accepts; less only by our own rules.
        let ours = json::parse(text.as_bytes(), Limits::of_size(1 << 20));
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        match ours {
            Ok(_) => prop_assert!(theirs.is_ok()),
            Err(json::Error::DuplicateKey { .. } | json::Error::TooDeep { .. }) => {}
            Err(error) => prop_assert!(theirs.is_err(), "{error}"),
        }
    }

    #[test]
    fn any_document_survives_the_round_trip(value in any_value()) {
        let text = written(&value);
        prop_assert_eq!(json::parse(text.as_bytes(), Limits::of_size(1 << 20)).unwrap(), value);
    }

    #[test]
    fn two_slices_of_good_documents_joined(
        first in 0..36_usize, second in 0..36_usize, cut in any::<prop::sample::Index>(), resume in any::<prop::sample::Index>(),
    ) {
        let documents = good_documents();
        let (first, second) = (documents[first].as_bytes(), documents[second].as_bytes());
        let joined = [&first[..cut.index(first.len())], &second[resume.index(second.len())..]].concat();
        read_as_everything(&joined);
    }

    #[test]
    fn base64_reads_back_what_it_wrote(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let text = base64::encode(&bytes);
        prop_assert_eq!(base64::decode_standard(&text).unwrap(), bytes.clone());
        prop_assert_eq!(base64::decode(&text).unwrap(), bytes.clone());
        let other = text.replace('+', "-").replace('/', "_");
        prop_assert_eq!(base64::decode(other.trim_end_matches('=')).unwrap(), bytes);
    }

    /// One text for each byte string: whatever strict base64 accepts, it would have written.
    #[test]
    fn strict_base64_is_canonical(text in "[A-Za-z0-9+/]{0,12}={0,3}") {
        if let Ok(bytes) = base64::decode_standard(&text) {
            prop_assert_eq!(base64::encode(&bytes), text);
        }
    }

    #[test]
    fn instants_read_back(millis in -62_135_596_800_000..253_402_300_800_000_i64) {
        let text = UnixMillis(millis).to_string();
        prop_assert_eq!(UnixMillis::parse_rfc3339(&text), Ok(UnixMillis(millis)));
    }
}
