//! What was read, as tables: for looking at, never for deciding.

use touchstone_formats::bundle::{Bundle, Content, LogEntry};
use touchstone_formats::fulcio::EXTENSIONS;
use touchstone_formats::statement::Statement;
use touchstone_formats::timestamp::TimeStampResponse;
use touchstone_formats::x509::Certificate;
use touchstone_formats::{UnixMillis, base64, hex, json};
use touchstone_verify::text;

use crate::document::{Evidence, Raw, Row, Table};
use crate::tell::Told;

/// Longest raw text shown, in bytes; what is beyond is in the person's own file.
const MAX_RAW: usize = 256 * 1024;
/// Subjects of a statement that are listed.
const MAX_SUBJECTS: usize = 64;

pub(crate) fn evidence(told: &Told<'_>) -> Evidence {
    let reading = &told.report.reading;
    let entries = told.bundle.map_or(&[][..], |bundle| &bundle.material.tlog_entries);
    Evidence {
        certificate: reading.leaf.as_ref().map(|leaf| certificate(leaf, told)),
        log_entries: entries.iter().enumerate().map(|(index, entry)| log_entry(index, entries.len(), entry)).collect(),
        timestamps: reading.timestamps.iter().map(|(index, stamp)| timestamp(*index, stamp)).collect(),
        statement: reading.statement.as_ref().map(statement),
        raw: raw(told),
    }
}

fn row(name: &str, value: impl Into<String>, reference: &str) -> Row {
    Row { name: name.to_owned(), value: value.into(), reference: reference.to_owned() }
}

fn certificate(leaf: &Certificate, told: &Told<'_>) -> Table {
    let mut rows = Vec::new();
    for name in touchstone_formats::fulcio::identities(leaf) {
        rows.push(row("Names", name.text().unwrap_or("(no text)"), &format!("subjectAltName, {}", name.kind())));
    }
    rows.push(row("Issued by", leaf.issuer.to_string(), "issuer"));
    rows.push(row("Valid from", text::instant(leaf.not_before), "notBefore"));
    rows.push(row("Valid until", text::instant(leaf.not_after), "notAfter"));
    if let Some(claims) = &told.report.reading.claims {
        for info in EXTENSIONS {
            if let Some(value) = claims.value(info.arc) {
                rows.push(row(info.name, value, info.oid));
            }
        }
        for opaque in &claims.opaque {
            rows.push(row("Unknown extension", hex::encode(&opaque.value), &opaque.oid.to_string()));
        }
    }
    rows.push(row(
        "Subject",
        if leaf.subject.is_empty() { "(empty)".to_owned() } else { leaf.subject.to_string() },
        "subject",
    ));
    rows.push(row("Serial number", hex::encode(&leaf.serial), "serialNumber"));
    rows.push(row("SHA-256 of the certificate", hex::encode(&touchstone_crypto::sha256(&leaf.der)), ""));
    rows.push(row(
        "SHA-256 of its key",
        hex::encode(&touchstone_crypto::sha256(&leaf.spki_der)),
        "subjectPublicKeyInfo",
    ));
    Table { title: "Certificate".to_owned(), rows }
}

fn log_entry(index: usize, count: usize, entry: &LogEntry) -> Table {
    let mut rows = vec![
        row("Kind", format!("{} {}", entry.kind, entry.version), "kindVersion"),
        row("Index", entry.log_index.to_string(), "logIndex"),
        row("Log id", hex::encode(&entry.log_id), "logId.keyId"),
    ];
    if entry.integrated_time != 0 {
        let time = UnixMillis::from_seconds(entry.integrated_time);
        rows.push(row("Time it came in", text::instant(time), "integratedTime"));
    }
    let promise = if entry.inclusion_promise.is_some() { "there" } else { "none" };
    rows.push(row("Promise", promise, "inclusionPromise"));
    match &entry.inclusion_proof {
        Some(proof) => {
            rows.push(row("Index in the tree", proof.log_index.to_string(), "inclusionProof.logIndex"));
            rows.push(row("Size of the tree", proof.tree_size.to_string(), "inclusionProof.treeSize"));
            rows.push(row("Hashes in the proof", proof.hashes.len().to_string(), "inclusionProof.hashes"));
            rows.push(row("Checkpoint", proof.checkpoint.clone(), "inclusionProof.checkpoint"));
        }
        None => rows.push(row("Proof", "none", "inclusionProof")),
    }
    let title = if count == 1 { "Log entry".to_owned() } else { format!("Log entry {}", index.saturating_add(1)) };
    Table { title, rows }
}

fn timestamp(index: usize, stamp: &TimeStampResponse) -> Table {
    let info = &stamp.token.tst_info;
    let rows = vec![
        row("Time", text::instant(info.gen_time), "genTime"),
        row("Policy", info.policy.to_string(), "policy"),
        row("Digest of what was stamped", hex::encode(&info.imprint.hashed_message), "messageImprint"),
        row("Digest algorithm", info.imprint.hash_algorithm.oid.to_string(), "messageImprint.hashAlgorithm"),
        row("Serial number", hex::encode(&info.serial), "serialNumber"),
        row("Certificates inside", stamp.token.certificates.len().to_string(), "certificates"),
    ];
    Table { title: format!("Timestamp {}", index.saturating_add(1)), rows }
}

fn listed(count: usize) -> String {
    if count > MAX_SUBJECTS { of_many(count) } else { count.to_string() }
}

#[inline(never)] // Rare, as `cut`.
fn of_many(count: usize) -> String {
    format!("{count}; the first {MAX_SUBJECTS} are listed")
}

fn statement(statement: &Statement) -> Table {
    let mut rows = vec![
        row("Type", statement.version.type_uri(), "_type"),
        row("Says", statement.predicate_type.clone(), "predicateType"),
        row("Files", listed(statement.subjects.len()), "subject"),
    ];
    for subject in statement.subjects.iter().take(MAX_SUBJECTS) {
        for digest in &subject.digests {
            let name = subject.name.as_deref().or(subject.uri.as_deref()).unwrap_or("(no name)");
            rows.push(row(name, format!("{}:{}", digest.algorithm, digest.value), &subject.path));
        }
    }
    Table { title: "Statement".to_owned(), rows }
}

fn raw(told: &Told<'_>) -> Vec<Raw> {
    let mut raw = Vec::new();
    let mut push = |title: &str, format: &str, bytes: &[u8]| {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        raw.push(match bytes.get(..MAX_RAW) {
            Some(first) if first.len() < bytes.len() => cut(title, text(first)),
            _ => Raw { title: title.to_owned(), format: format.to_owned(), text: text(bytes) },
        });
    };
    if let Some(bundle) = told.material.bundle {
        push("Bundle", "json", bundle.bytes);
    }
    if let Some(leaf) = &told.report.reading.leaf {
        push("Certificate (PEM)", "pem", pem(&leaf.der).as_bytes());
    }
    if let Ok(bundle) = told.bundle {
        for entry in &bundle.material.tlog_entries {
            push("Log entry body", "json", &entry.canonicalized_body);
        }
        push_payload(bundle, &mut push);
    }
    raw
}

#[inline(never)] // Rare: not in the widget's first module.
fn cut(title: &str, text: String) -> Raw {
    Raw { title: format!("{title}, its first 256 KiB"), format: "text".to_owned(), text }
}

fn push_payload(bundle: &Bundle, push: &mut impl FnMut(&str, &str, &[u8])) {
    if let Content::Dsse(envelope) = &bundle.content {
        let is_json = json::parse(&envelope.payload, json::Limits::of_size(MAX_RAW)).is_ok();
        push("Payload", if is_json { "json" } else { "text" }, &envelope.payload);
    }
}

fn pem(der: &[u8]) -> String {
    let encoded = base64::encode(der);
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = tail;
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}
