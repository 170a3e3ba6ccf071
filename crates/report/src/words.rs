//! What a failure is called: one headline a cause, in words that somebody understands who has never heard of Rekor.

/// The headline of a failure with this code; one for the whole check when the code is a parser's.
#[must_use]
pub fn headline(code: &str, check: &str) -> &'static str {
    HEADLINES
        .binary_search_by(|(known, _)| known.cmp(&code))
        .ok()
        .and_then(|index| HEADLINES.get(index))
        .map_or_else(|| malformed(check), |(_, headline)| headline)
}

/// Headlines of inputs that could not be read, by check.
fn malformed(check: &str) -> &'static str {
    match check {
        "bundle-form" => "This cannot be read as a bundle",
        "trusted-root" => "This cannot be read as a trusted root",
        "entry-binding" => "The log entry cannot be read",
        "timestamps" => "A timestamp cannot be read",
        "profile" => "The certificate cannot be read",
        "sct" => "The certificate log's promise cannot be read",
        "statement" | "predicate" | "agreement" => "The statement cannot be read",
        _ => "An input cannot be read",
    }
}

/// (code, headline), sorted by code.
pub const HEADLINES: &[(&str, &str)] = &[
    ("artifact-digests-disagree", "The statement contradicts itself about this file"),
    ("artifact-is-another", "This is not the file that was signed"),
    ("artifact-not-in-statement", "This is not a file that was signed"),
    ("attestation-key-kind", "It was signed with another kind of key than PyPI accepts"),
    ("attestation-predicate-type", "The attestation is of a kind that PyPI does not accept"),
    ("attestation-subject", "The attestation is not about one named file"),
    ("authority-certificate-outside-validity", "The authority's certificate was not valid when it was signed"),
    ("authority-ended", "The authority was not in use any more when it was signed"),
    ("authority-may-not-issue", "The authority may not issue such certificates"),
    ("authority-outside-window", "The authority was not in use yet when it was signed"),
    ("authority-path-invalid", "The authority's own certificates do not hold together"),
    ("build-type-differs", "The builder does not make this kind of provenance"),
    ("builder-absent", "Nothing says what built it"),
    ("builder-differs", "It was built by another builder"),
    ("builder-is-not-signer", "The provenance names another builder than the one that signed"),
    ("builder-issuer-differs", "Somebody else vouches for the builder's name"),
    ("builder-not-at-release", "The builder is not at a release"),
    ("builder-not-in-map", "The signer is no builder that is known here"),
    ("builder-not-named", "For a package of npm, the builder must be named"),
    ("bundle-version-too-old", "The bundle is of an older kind than you accept"),
    ("certificate-algorithm-unsupported", "The certificate is signed in a way that is not accepted"),
    ("certificate-instead-of-key", "It was signed with a certificate, not with the key you gave"),
    ("certificate-signature-invalid", "The authority did not issue this certificate"),
    ("checkpoint-key-id-differs", "The log's state is signed with another key than the log's"),
    ("checkpoint-malformed", "The log's signed state cannot be read"),
    ("checkpoint-name-differs", "The log's state is signed under another name than the log's"),
    ("checkpoint-not-by-this-log", "The log did not sign the state that the proof leads to"),
    ("checkpoint-origin-differs", "The signed state is of another log"),
    ("checkpoint-outside-log-window", "The log's key was not in use when it was signed"),
    ("checkpoint-signature-invalid", "The log's signature on its state does not verify"),
    ("companion-about-another", "A statement that came with this one is about something else"),
    ("companion-rejected", "A statement that came with this one does not verify"),
    ("cosignature-invalid", "A witness's signature does not verify"),
    ("distribution-name-differs", "It is another distribution"),
    ("distribution-name-malformed", "The name is none of a Python distribution"),
    ("distribution-predicate-differs", "The statement is none that a Python index publishes"),
    ("entry-binding-weak", "The log entry does not record the signature"),
    ("entry-digest-algorithm-differs", "The log entry records another kind of digest"),
    ("entry-digest-differs", "The log entry is about another file"),
    ("entry-key-details-differ", "The log entry records another kind of key"),
    ("entry-key-differs", "The log entry is by another signer"),
    ("entry-key-kind-differs", "The log entry is by another kind of signer"),
    ("entry-keyid-differs", "The log entry names another key"),
    ("entry-kind-does-not-fit", "The log entry is for another kind of signature"),
    ("entry-payload-hash-differs", "The log entry is about another statement"),
    ("entry-payload-type-differs", "The log entry is about another kind of statement"),
    ("entry-signature-differs", "The log entry is about another signature"),
    ("extension-absent", "The certificate does not say what you asked for"),
    ("extension-differs", "The certificate says something else than you asked for"),
    ("identity-absent", "The certificate names nobody who could be compared"),
    ("identity-differs", "It was signed by someone else"),
    ("inclusion-proof-claims-other-root", "The proof is for another state of the log"),
    ("inclusion-proof-claims-other-size", "The proof is for another size of the log"),
    ("inclusion-proof-index-differs", "The proof is for another place in the log"),
    ("inclusion-proof-index-outside-tree", "The proof is for a place that the log does not have"),
    ("inclusion-proof-missing", "There is no proof that the log holds the entry"),
    ("inclusion-proof-root-differs", "The proof does not lead to the state that the log signed"),
    ("inclusion-proof-shape-wrong", "The proof has the wrong length"),
    ("index-publisher-differs", "The index names another publisher than the certificate"),
    ("issuer-absent", "The certificate does not say who vouches for the signer's name"),
    ("issuer-differs", "Somebody else vouches for the signer's name"),
    ("key-id-unknown", "It was signed with another key than those you gave"),
    ("key-instead-of-certificate", "It was signed with a bare key, which names nobody"),
    ("leaf-critical-extension", "The certificate demands something that is not understood here"),
    ("leaf-extended-key-usage", "The certificate is not made for signing software"),
    ("leaf-extensions-disagree", "The certificate contradicts itself"),
    ("leaf-is-authority", "The certificate is an authority's, not a signer's"),
    ("leaf-issuer-missing", "The certificate does not say who vouches for the name"),
    ("leaf-key-unusable", "The certificate's key cannot be used"),
    ("leaf-key-usage", "The certificate's key is not for signatures"),
    ("leaf-name-count", "The certificate does not name exactly one signer"),
    ("leaf-name-kind", "The certificate names the signer in an unusual way"),
    ("leaf-name-not-critical", "The certificate is not of the form that this authority issues"),
    ("leaf-subject-not-empty", "The certificate is not of the form that this authority issues"),
    ("log-entry-absent", "It was not made public: there is no log entry"),
    ("message-digest-differs", "The bundle states another digest than this file has"),
    ("no-such-authority", "No authority that is trusted here issued the certificate"),
    ("no-verified-time", "Nobody who is trusted says when it was signed"),
    ("not-enough-logs", "It was not made public in a log that is trusted here"),
    ("not-enough-scts", "The certificate was not made public in a log that is trusted here"),
    ("not-enough-times", "Too few sources vouch for the time"),
    ("not-enough-timestamp-authorities", "Too few timestamp authorities vouch for the time"),
    ("npm-provenance-unexpected", "The provenance holds more than npm writes"),
    ("package-absent", "The statement names no package"),
    ("package-contradicts-subject", "The registry's statement names two packages"),
    ("package-name-differs", "It is another package"),
    ("package-not-one-subject", "The statement is not about exactly one package"),
    ("package-unvouched", "Nobody whose word counts says that the package has this name"),
    ("package-version-differs", "It is another version of the package"),
    ("payload-type-unknown", "What was signed is no statement about files"),
    ("predicate-type-absent", "There is no statement of the kind you asked for"),
    ("predicate-type-differs", "The statement is of another kind than you asked for"),
    ("promise-does-not-verify", "The log's promise does not verify"),
    ("promise-on-rekor-v2", "The log entry carries a promise that its log never makes"),
    ("promise-outside-log-window", "The log's key was not in use at the time it promised"),
    ("provenance-contradicts-certificate", "The provenance contradicts the certificate"),
    ("provenance-unknown-field", "The provenance says something that its builder never writes"),
    ("publisher-email-differs", "It was published by another account"),
    ("publisher-environment-differs", "It was published from another environment"),
    ("publisher-incomplete", "The expected publisher names nobody"),
    ("publisher-issuer-differs", "Somebody else vouches for the publisher's name"),
    ("publisher-repository-differs", "It was published from another repository"),
    ("publisher-unknown", "Publishers of this kind cannot be compared with a certificate"),
    ("publisher-without-certificate", "It was signed with a bare key, not by the publisher"),
    ("publisher-workflow-differs", "It was published by another workflow"),
    ("sct-algorithm-differs", "The certificate log's promise is of another kind than the log's key"),
    ("sct-does-not-verify", "The certificate log's promise does not verify"),
    ("sct-outside-log-window", "The certificate log's key was not in use at that time"),
    ("signature-does-not-verify", "The signature does not verify"),
    ("signature-malformed", "The signature is damaged"),
    ("source-absent", "Nothing says which repository it was built from"),
    ("source-branch-differs", "It was not built from the branch you expect"),
    ("source-differs", "It was built from another repository"),
    ("source-expectation-malformed", "The expected source is no repository"),
    ("source-ref-absent", "Nothing says which branch or tag it was built from"),
    ("source-refs-differ", "The provenance names its source in two ways"),
    ("source-tag-differs", "It was not built from the tag you expect"),
    ("source-versioned-tag-differs", "It was not built from a tag of the version you expect"),
    ("source-versioned-tag-malformed", "The expected tag is no version"),
    ("statement-without-usable-digest", "The statement names no file by a usable digest"),
    ("subject-digest-absent", "The statement is not about what you named by digest"),
    ("subject-digests-empty", "No digest was named to look for"),
    ("summary-absent", "There is no verification summary"),
    ("summary-level-absent", "The summary does not cover the level you expect"),
    ("summary-not-passed", "The verifier says that it did not pass"),
    ("summary-resource-differs", "The summary is about another resource"),
    ("summary-verifier-differs", "The summary is by another verifier"),
    ("summary-version-old", "The summary is of a draft that is not relied on"),
    ("time-absent", "Nothing says when it was signed"),
    ("time-outside-certificate", "It was signed when the certificate was not valid"),
    ("time-outside-key-window", "It was signed when the key was not to be used"),
    ("timestamp-algorithm-unsupported", "A timestamp uses an algorithm that is not accepted"),
    ("timestamp-certificate-id-differs", "A timestamp names another certificate than the one that signed it"),
    ("timestamp-certificate-id-weak", "A timestamp is tied to its certificate too weakly"),
    ("timestamp-certificate-profile", "A timestamp's certificate is not made for timestamps"),
    ("timestamp-digest-attribute-differs", "A timestamp's content was changed"),
    ("timestamp-embedded-certificate-differs", "A timestamp carries another certificate than its authority's"),
    ("timestamp-imprint-differs", "A timestamp is of another signature"),
    ("timestamp-outside-authority-window", "The timestamp authority was not in use at that time"),
    ("timestamp-outside-certificate", "The timestamp authority's certificate was not valid at that time"),
    ("timestamp-path-invalid", "The timestamp authority's certificates do not hold together"),
    ("timestamp-signature-invalid", "A timestamp's signature does not verify"),
    ("trusted-root-certificate-unusable", "A certificate of the trusted root cannot be used"),
    ("trusted-root-key-unusable", "A key of the trusted root cannot be used"),
    ("trusted-root-log-id-differs", "The trusted root names a log by another key's id"),
    ("workflow-input-differs", "The workflow was started with another input"),
    ("workflow-inputs-absent", "Nothing says which inputs the workflow was started with"),
    ("wrapper-digest-differs", "What came with the statement names another image"),
    ("wrapper-key-id-differs", "The registry's statement contradicts itself about its key"),
    ("wrapper-member-missing", "Something that belongs with the statement is missing"),
    ("wrapper-predicate-type-differs", "What came with the statement calls it another kind of statement"),
    ("wrapper-text-differs", "The text shown beside the statement is not what was signed"),
    ("wrapper-without-statement", "What was signed is no statement, and nothing else belongs here"),
];

#[cfg(test)]
mod tests {
    use super::{HEADLINES, headline};
    use touchstone_verify::Cause;

    #[test]
    fn every_cause_has_a_headline_and_every_headline_a_cause() {
        for (code, _) in Cause::ALL {
            assert!(HEADLINES.iter().any(|(known, _)| known == code), "{code} has no headline");
        }
        for (code, _) in HEADLINES {
            assert!(Cause::ALL.iter().any(|(known, _)| known == code), "{code} is no cause");
        }
        assert!(HEADLINES.is_sorted(), "sorted by code, for the search");
    }

    #[test]
    fn a_code_finds_its_own_headline() {
        assert_eq!(headline("identity-differs", "identity"), "It was signed by someone else");
        assert_eq!(headline("json-truncated", "bundle-form"), "This cannot be read as a bundle");
    }
}
