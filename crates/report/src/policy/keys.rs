//! The keys that a person gives: one, several under the names of their files, or a registry's list (A-27, E-41, G-13).

use touchstone_crypto::{PublicKey, SignatureScheme};
use touchstone_formats::{PublicKeyDetails, UnixMillis};
use touchstone_trust::LoadError;
use touchstone_verify::{KeyRing, ManagedKey, NamedKey, SignedForm};

use crate::answer::QuestionError;
use crate::question::{Material, Named, Question};

/// Most key files of one question: Google Cloud Build alone has more than twenty.
const MAX_KEYS: usize = 256;

/// What was given.
pub(super) struct Given {
    /// The one key that has signed, whatever the evidence hints at.
    pub(super) single: Option<ManagedKey>,
    /// Every key; empty if there is one only.
    pub(super) ring: KeyRing,
    /// A registry's keys, if a list of them was given.
    pub(super) registry: Option<KeyRing>,
}

pub(super) fn given(question: &Question, material: &Material<'_>) -> Result<Given, QuestionError> {
    let window = Window::of(question)?;
    let files: Vec<Named<'_>> = material.key.iter().chain(&material.further_keys).copied().collect();
    if files.len() > MAX_KEYS {
        return Err(error(format!("At most {MAX_KEYS} keys can be given; there are {}.", files.len())));
    }
    let (mut keys, mut registry) = (Vec::new(), None);
    for file in &files {
        if file.bytes.trim_ascii_start().first() == Some(&b'{') {
            let listed = touchstone_trust::npm::read(file.bytes).map_err(|problem| {
                error(format!("{} is no list of a registry's keys: {}.", called(file), told(&problem)))
            })?;
            if registry.replace(KeyRing::of_registry(&listed, false)).is_some() {
                return Err(error("There is more than one list of a registry's keys. Give one.".to_owned()));
            }
        } else {
            keys.push(key(question, file, &window)?);
        }
    }
    let single = match keys.len() {
        1 => keys.pop().map(|named| named.key),
        _ => None,
    };
    Ok(Given { single, ring: KeyRing::new(keys), registry })
}

fn key(question: &Question, file: &Named<'_>, window: &Window) -> Result<NamedKey, QuestionError> {
    let key = decode(file.bytes).map_err(|found| {
        error(format!(
            "{} is no public key that can be used: {found}. Expected a PEM file that begins with \
             -----BEGIN PUBLIC KEY-----, with a key of a kind and size that is accepted.",
            called(file)
        ))
    })?;
    let scheme = question.key_details.as_deref().map(|details| scheme(details, &key)).transpose()?;
    let (id, form) = named(file.name);
    let (valid_from, valid_until) = (window.from, window.until);
    Ok(NamedKey { id, key: ManagedKey { key, scheme, valid_from, valid_until, form, built_in: false } })
}

/// The id that a file's name gives its key. Google Cloud Build's keys are kept under the names of their regions, and its
/// global ones as `global-pae-KEY_VERSION` (E-41); any other key goes by the name without its ending.
fn named(file: &str) -> (String, SignedForm) {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let global = stem.strip_prefix("global-pae-").and_then(|rest| rest.rsplit_once('_'));
    if let Some((name, version)) = global {
        let id = format!(
            "projects/verified-builder/locations/global/keyRings/attestor/cryptoKeys/{name}/cryptoKeyVersions/{version}"
        );
        return (id, SignedForm::PreAuthenticationEncoding);
    }
    if is_region(stem) {
        let id = format!(
            "projects/verified-builder/locations/{stem}/keyRings/attestor/cryptoKeys/builtByGCB/cryptoKeyVersions/1"
        );
        return (id, SignedForm::RawPayload);
    }
    (stem.to_owned(), SignedForm::PreAuthenticationEncoding)
}

/// `global`, or a region's name: `us-west2`, `northamerica-northeast1`.
fn is_region(name: &str) -> bool {
    let lower = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    name == "global"
        || name.split_once('-').is_some_and(|(continent, area)| {
            let letters = area.trim_end_matches(|character: char| character.is_ascii_digit());
            lower(continent) && lower(letters) && letters.len() < area.len()
        })
}

fn told(problem: &LoadError) -> String {
    match problem {
        LoadError::Key { place, expected, found } | LoadError::Malformed { place, expected, found, .. } => {
            format!("expected {expected} at {place}, found {found}")
        }
        _ => "it cannot be read".to_owned(),
    }
}

fn called<'a>(file: &Named<'a>) -> &'a str {
    if file.name.is_empty() { "The file" } else { file.name }
}

fn error(message: String) -> QuestionError {
    QuestionError { part: "key", message }
}

/// Window in which a key may have signed, Unix milliseconds.
struct Window {
    from: Option<i64>,
    until: Option<i64>,
}

impl Window {
    fn of(question: &Question) -> Result<Self, QuestionError> {
        let instant = |text: &Option<String>| {
            text.as_deref()
                .map(|text| {
                    UnixMillis::parse_rfc3339(text).map(|instant| instant.0).map_err(|_| QuestionError {
                        part: "key-validity",
                        message: format!("{text:?} is no date and time. Write it like 2026-08-14T14:02:11Z."),
                    })
                })
                .transpose()
        };
        let validity = &question.key_validity;
        let (from, until) = (instant(&validity.from)?, instant(&validity.until)?);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(QuestionError {
                part: "key-validity",
                message: "The key's last moment lies before its first.".to_owned(),
            });
        }
        Ok(Self { from, until })
    }
}

/// How the person says that the key signs (B-88).
fn scheme(name: &str, key: &PublicKey) -> Result<SignatureScheme, QuestionError> {
    PublicKeyDetails::from_proto_name(name)
        .and_then(|details| touchstone_trust::log_signature_scheme(details, key))
        .ok_or_else(|| QuestionError {
            part: "key",
            message: format!(
                "{name:?} is not how a {} key signs. Expected a name such as PKIX_RSA_PSS_2048_SHA256 that fits the key.",
                key.kind()
            ),
        })
}

/// PEM, or the DER inside it.
fn decode(bytes: &[u8]) -> Result<PublicKey, String> {
    match core::str::from_utf8(bytes) {
        // DER begins with a SEQUENCE, 0x30, which is the digit 0 and a text too; PEM decides by its dashes.
        Ok(text) if text.contains("-----") || bytes.first() != Some(&0x30) => {
            PublicKey::from_pem(only_block(text)).map_err(|error| error.to_string())
        }
        _ => PublicKey::from_spki_der(bytes).map_err(|error| error.to_string()),
    }
}

/// The one PEM block of a key file that a person gives: some tools write what the key is in words before it. Two blocks,
/// or none, are left as they stand, for the decoder to refuse.
fn only_block(text: &str) -> &str {
    let (Some(begin), Some(end)) = (text.find("-----BEGIN "), text.rfind("-----END ")) else { return text };
    if text.matches("-----BEGIN ").count() != 1 {
        return text;
    }
    let line_end =
        text.get(end..).and_then(|tail| tail.find('\n')).map_or(text.len(), |length| end.saturating_add(length));
    text.get(begin..line_end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::named;
    use touchstone_verify::SignedForm::{PreAuthenticationEncoding, RawPayload};

    #[test]
    fn e_41_only_a_region_s_key_signs_the_payload_alone() {
        for name in ["us-west2.key", "global.key", "northamerica-northeast1.pem"] {
            assert_eq!(named(name).1, RawPayload, "{name}");
        }
        for name in
            ["global-pae-provenanceSigner_1.key", "global-pae.key", "release.pub", "us-west.key", "us-2.key", ""]
        {
            assert_eq!(named(name).1, PreAuthenticationEncoding, "{name}");
        }
    }

    #[test]
    fn a_key_s_id_is_its_file_s_name_without_the_ending() {
        assert_eq!(named("alice.pub").0, "alice");
        let path = "projects/verified-builder/locations";
        let keys = "keyRings/attestor/cryptoKeys";
        assert_eq!(named("us-west2.key").0, format!("{path}/us-west2/{keys}/builtByGCB/cryptoKeyVersions/1"));
        assert_eq!(
            named("global-pae-google-hosted-worker_1.key").0,
            format!("{path}/global/{keys}/google-hosted-worker/cryptoKeyVersions/1")
        );
    }
}
