//! Why a check failed: one cause a variant, with what was expected, what was found and where.

use touchstone_formats::Fault;

/// A failed check, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The cause; decides headline and advice.
    pub cause: Cause,
    /// What the rule wants.
    pub expected: String,
    /// What was there.
    pub found: String,
    /// Path into the input; empty where no place can be named.
    pub place: String,
}

impl Failure {
    /// A failure at `place`.
    pub(crate) fn new(
        cause: Cause,
        expected: impl Into<String>,
        found: impl Into<String>,
        place: impl Into<String>,
    ) -> Self {
        Self { cause, expected: shortened(expected.into()), found: shortened(found.into()), place: place.into() }
    }

    /// A parse error of `formats` as the failure of a check. `base` is put before the error's own path.
    pub(crate) fn from_fault(fault: &dyn Fault, base: &str) -> Self {
        let told = fault.explain();
        let place = match (&told.path, base.is_empty()) {
            (Some(path), true) => path.to_string(),
            (Some(path), false) => format!("{base}:{path}"),
            (None, _) => base.to_owned(),
        };
        Self {
            cause: Cause::Malformed { code: told.code, rule: told.rule },
            expected: told.expected.into_owned(),
            found: told.found.into_owned(),
            place,
        }
    }

    /// Stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.cause.code()
    }
}

/// Longest text told of one side of a failure, in bytes: an RSA signature in hexadecimal has 1024.
const MAX_TOLD: usize = 2048;

/// A bundle may hold megabytes in one member; a report that repeats them helps nobody (H-15).
fn shortened(mut text: String) -> String {
    if text.len() > MAX_TOLD {
        let whole = text.len();
        text.truncate(text.floor_char_boundary(MAX_TOLD));
        text.push_str(&format!("… ({whole} bytes)"));
    }
    text
}

macro_rules! causes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal in $check:literal rank $rank:literal,)*) => {
        /// The cause of a failure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            /// An input that `formats` refused: its code and rule.
            Malformed {
                /// Code of the parse error.
                code: &'static str,
                /// Rule that the input breaks.
                rule: &'static str,
            },
            $($(#[doc = $doc])* $name,)*
        }

        impl Cause {
            /// Stable kebab-case code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    Self::Malformed { code, .. } => code,
                    $(Self::$name => $code,)*
                }
            }

            /// How telling it is: among the failures of several candidates the highest is reported. A cause found
            /// late (a signature that does not verify) outranks one found early (another name).
            #[must_use]
            pub const fn rank(self) -> u8 {
                match self {
                    Self::Malformed { .. } => 90,
                    $(Self::$name => $rank,)*
                }
            }

            /// (code, id of the check that fails with it) of every cause of this crate, for the test that demands a
            /// row for each. Codes of malformed inputs are listed by the error types of `formats`.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($code, $check),)*];
        }
    };
}

causes! {
    /// The bundle's version is older than the person accepts.
    BundleVersionTooOld = "bundle-version-too-old" in "bundle-form" rank 50,

    /// A key of the trusted root cannot be used.
    RootKeyUnusable = "trusted-root-key-unusable" in "trusted-root" rank 50,
    /// A certificate of the trusted root cannot be used.
    RootCertificateUnusable = "trusted-root-certificate-unusable" in "trusted-root" rank 50,
    /// A log's id in the trusted root is not the id of its key (B-11).
    RootLogIdDiffers = "trusted-root-log-id-differs" in "trusted-root" rank 50,

    /// The kind of log entry cannot hold this kind of content (B-82).
    EntryKindDoesNotFit = "entry-kind-does-not-fit" in "entry-binding" rank 50,
    /// The entry records another signature.
    EntrySignatureDiffers = "entry-signature-differs" in "entry-binding" rank 70,
    /// The entry records another certificate or key.
    EntryKeyDiffers = "entry-key-differs" in "entry-binding" rank 65,
    /// The entry records a bare key where the bundle has a certificate, or the reverse (B-83).
    EntryKeyKindDiffers = "entry-key-kind-differs" in "entry-binding" rank 64,
    /// The entry records another digest of the artifact.
    EntryDigestDiffers = "entry-digest-differs" in "entry-binding" rank 75,
    /// The entry's digest algorithm is not the one that this key signs with (B-89).
    EntryDigestAlgorithmDiffers = "entry-digest-algorithm-differs" in "entry-binding" rank 74,
    /// The entry records another payload.
    EntryPayloadHashDiffers = "entry-payload-hash-differs" in "entry-binding" rank 75,
    /// The entry records another payload type.
    EntryPayloadTypeDiffers = "entry-payload-type-differs" in "entry-binding" rank 66,
    /// The entry records another key id.
    EntryKeyIdDiffers = "entry-keyid-differs" in "entry-binding" rank 60,
    /// The entry records another kind of key than the bundle's (B-76).
    EntryKeyDetailsDiffer = "entry-key-details-differ" in "entry-binding" rank 63,
    /// The entry is of a kind that records no signature (`intoto` 0.0.1).
    EntryBindingWeak = "entry-binding-weak" in "entry-binding" rank 50,

    /// The log's promise does not verify (B-54, B-55).
    PromiseDoesNotVerify = "promise-does-not-verify" in "inclusion-promise" rank 70,
    /// The promise's time lies outside the log key's window (B-56).
    PromiseOutsideLogWindow = "promise-outside-log-window" in "inclusion-promise" rank 60,
    /// A Rekor v2 entry carries a promise, which that log never makes (B-77).
    PromiseOnTiledLog = "promise-on-rekor-v2" in "inclusion-promise" rank 50,

    /// The checkpoint is no signed note (B-63).
    CheckpointMalformed = "checkpoint-malformed" in "checkpoint" rank 90,
    /// No signature line is by the log that the entry names (B-70).
    CheckpointNotByThisLog = "checkpoint-not-by-this-log" in "checkpoint" rank 60,
    /// The key id is the log's, the name is not (B-66).
    CheckpointNameDiffers = "checkpoint-name-differs" in "checkpoint" rank 62,
    /// The name is the log's, the key id is not (B-65).
    CheckpointKeyIdDiffers = "checkpoint-key-id-differs" in "checkpoint" rank 61,
    /// The log's signature does not verify (B-68).
    CheckpointSignatureInvalid = "checkpoint-signature-invalid" in "checkpoint" rank 70,
    /// The origin line is not the log's (B-67).
    CheckpointOriginDiffers = "checkpoint-origin-differs" in "checkpoint" rank 65,
    /// A verified time lies outside the log key's window (B-71).
    CheckpointOutsideLogWindow = "checkpoint-outside-log-window" in "checkpoint" rank 55,

    /// A Rekor v2 entry without a proof (B-77).
    ProofMissing = "inclusion-proof-missing" in "inclusion-proof" rank 50,
    /// The index is not below the size of the tree (B-60).
    ProofIndexOutsideTree = "inclusion-proof-index-outside-tree" in "inclusion-proof" rank 55,
    /// The number or length of hashes does not fit index and size (B-60).
    ProofShapeWrong = "inclusion-proof-shape-wrong" in "inclusion-proof" rank 56,
    /// Folding entry and hashes does not give the root that the log signed.
    ProofRootDiffers = "inclusion-proof-root-differs" in "inclusion-proof" rank 70,
    /// The proof's own root hash is not the checkpoint's (B-61).
    ProofClaimsOtherRoot = "inclusion-proof-claims-other-root" in "inclusion-proof" rank 68,
    /// The proof's own tree size is not the checkpoint's (B-61).
    ProofClaimsOtherSize = "inclusion-proof-claims-other-size" in "inclusion-proof" rank 67,
    /// A Rekor v2 entry's two indices differ (B-59).
    ProofIndexDiffers = "inclusion-proof-index-differs" in "inclusion-proof" rank 57,

    /// A line by a known witness does not verify (B-79).
    CosignatureInvalid = "cosignature-invalid" in "witnesses" rank 60,

    /// The bundle holds no log entry at all.
    LogEntryAbsent = "log-entry-absent" in "logged" rank 50,
    /// Fewer distinct logs proved the entry than required (B-4).
    NotEnoughLogs = "not-enough-logs" in "logged" rank 50,

    /// The token's imprint is of other bytes than the signature (B-27).
    TimestampImprintDiffers = "timestamp-imprint-differs" in "timestamps" rank 75,
    /// The messageDigest attribute is not the digest of the token's content (B-28).
    TimestampDigestAttributeDiffers = "timestamp-digest-attribute-differs" in "timestamps" rank 70,
    /// The signing certificate is not the one that the token names by digest (B-30).
    TimestampCertificateIdDiffers = "timestamp-certificate-id-differs" in "timestamps" rank 68,
    /// The token names its certificate by SHA-1 alone (B-30).
    TimestampCertificateIdWeak = "timestamp-certificate-id-weak" in "timestamps" rank 66,
    /// The embedded certificate is not the authority's in the trusted root (B-29).
    TimestampEmbeddedCertificateDiffers = "timestamp-embedded-certificate-differs" in "timestamps" rank 64,
    /// The token's signature does not verify.
    TimestampSignatureInvalid = "timestamp-signature-invalid" in "timestamps" rank 72,
    /// The token uses an algorithm that is not accepted.
    TimestampAlgorithmUnsupported = "timestamp-algorithm-unsupported" in "timestamps" rank 60,
    /// The authority's certificate may not sign timestamps (B-32).
    TimestampCertificateProfile = "timestamp-certificate-profile" in "timestamps" rank 62,
    /// A certificate of the authority was not valid at the token's time (B-31).
    TimestampOutsideCertificate = "timestamp-outside-certificate" in "timestamps" rank 65,
    /// The token's time lies outside the authority's window in the trusted root (B-31).
    TimestampOutsideAuthorityWindow = "timestamp-outside-authority-window" in "timestamps" rank 63,
    /// The chain of the authority does not verify.
    TimestampPathInvalid = "timestamp-path-invalid" in "timestamps" rank 61,
    /// Fewer distinct authorities than required (B-4).
    NotEnoughTimestampAuthorities = "not-enough-timestamp-authorities" in "timestamps" rank 40,

    /// The bundle holds neither a promise nor a timestamp (B-20).
    TimeAbsent = "time-absent" in "signing-time" rank 50,
    /// Nothing verified says when the signing was (B-20).
    NoVerifiedTime = "no-verified-time" in "signing-time" rank 50,
    /// Fewer distinct sources of time than required (B-4).
    NotEnoughTimes = "not-enough-times" in "signing-time" rank 50,
    /// A verified time lies outside the certificate's validity (B-20).
    TimeOutsideCertificate = "time-outside-certificate" in "signing-time" rank 60,
    /// A verified time lies outside the key's window.
    TimeOutsideKeyWindow = "time-outside-key-window" in "signing-time" rank 60,

    /// No authority of the trusted root has the issuer's name (B-36).
    NoSuchAuthority = "no-such-authority" in "chain" rank 40,
    /// The certificate is not signed by the authority that it names.
    CertificateSignatureInvalid = "certificate-signature-invalid" in "chain" rank 70,
    /// The certificate is signed with an algorithm that is not accepted.
    CertificateAlgorithmUnsupported = "certificate-algorithm-unsupported" in "chain" rank 60,
    /// The authority was not in use yet at a verified time (B-13).
    AuthorityWindow = "authority-outside-window" in "chain" rank 64,
    /// The authority was not in use any more at a verified time (B-13).
    AuthorityEnded = "authority-ended" in "chain" rank 64,
    /// A certificate of the authority was not valid at a verified time (B-36).
    AuthorityCertificateExpired = "authority-certificate-outside-validity" in "chain" rank 66,
    /// A certificate of the authority may not issue this one (B-37).
    AuthorityMayNotIssue = "authority-may-not-issue" in "chain" rank 62,
    /// The authority's own chain does not verify (B-37).
    AuthorityPathInvalid = "authority-path-invalid" in "chain" rank 61,

    /// The signing certificate is an authority itself (B-39).
    LeafIsAuthority = "leaf-is-authority" in "profile" rank 50,
    /// Its key may not sign data (B-38).
    LeafKeyUsage = "leaf-key-usage" in "profile" rank 50,
    /// It is not made for code signing (B-38).
    LeafExtendedKeyUsage = "leaf-extended-key-usage" in "profile" rank 50,
    /// It holds a critical extension that nobody here understands (B-37).
    LeafCriticalExtension = "leaf-critical-extension" in "profile" rank 50,
    /// It does not name exactly one signer (B-40).
    LeafNameCount = "leaf-name-count" in "profile" rank 50,
    /// It names the signer in a kind of name that this instance does not issue (B-40).
    LeafNameKind = "leaf-name-kind" in "profile" rank 50,
    /// Its subject is empty and the name is not critical, or the reverse of the instance's rule (B-40).
    LeafNameNotCritical = "leaf-name-not-critical" in "profile" rank 50,
    /// Its subject is not empty (B-40).
    LeafSubjectNotEmpty = "leaf-subject-not-empty" in "profile" rank 50,
    /// It names no issuer of the signer's identity (B-40).
    LeafIssuerMissing = "leaf-issuer-missing" in "profile" rank 50,
    /// Two of its extensions contradict one another (C-2).
    LeafExtensionsDisagree = "leaf-extensions-disagree" in "profile" rank 50,
    /// Its key is of a kind that cannot verify anything here.
    LeafKeyUnusable = "leaf-key-unusable" in "profile" rank 50,

    /// A known log's timestamp does not verify (B-48).
    SctDoesNotVerify = "sct-does-not-verify" in "sct" rank 60,
    /// A known log's timestamp lies outside the log key's window (B-50).
    SctOutsideLogWindow = "sct-outside-log-window" in "sct" rank 58,
    /// A known log's timestamp names algorithms that are not its key's (B-46).
    SctAlgorithmDiffers = "sct-algorithm-differs" in "sct" rank 56,
    /// Fewer distinct certificate logs than required (B-51).
    NotEnoughScts = "not-enough-scts" in "sct" rank 40,

    /// None of the keys given has the id that the signature names (E-41).
    KeyIdUnknown = "key-id-unknown" in "key" rank 50,

    /// What stands beside the statement names another type of predicate (G-10).
    WrapperPredicateTypeDiffers = "wrapper-predicate-type-differs" in "wrapper" rank 55,
    /// What stands beside the statement names another digest of the image (E-43).
    WrapperDigestDiffers = "wrapper-digest-differs" in "wrapper" rank 60,
    /// The statement once more as text is not the statement that was signed (E-43).
    WrapperTextDiffers = "wrapper-text-differs" in "wrapper" rank 58,
    /// A member that must stand beside the statement does not (E-40).
    WrapperMemberMissing = "wrapper-member-missing" in "wrapper" rank 52,
    /// The key id of the envelope is not the hint of its key (G-11).
    WrapperKeyIdDiffers = "wrapper-key-id-differs" in "wrapper" rank 54,
    /// The envelope holds no statement, in a form of evidence that is about nothing else.
    WrapperNoStatement = "wrapper-without-statement" in "wrapper" rank 50,
    /// A statement that comes with this one does not verify (G-17).
    CompanionRejected = "companion-rejected" in "wrapper" rank 65,
    /// A statement that comes with this one is about something else (G-16).
    CompanionAboutAnother = "companion-about-another" in "wrapper" rank 64,
    /// The index names another publisher than the certificate (G-7).
    IndexPublisherDiffers = "index-publisher-differs" in "wrapper" rank 59,
    /// The certificate's key is of another kind than the index accepts (G-3).
    AttestationKeyKind = "attestation-key-kind" in "wrapper" rank 53,
    /// The predicate is of a type that the index does not accept (G-6).
    AttestationPredicateType = "attestation-predicate-type" in "wrapper" rank 51,
    /// The statement is not about exactly one file with a name and a SHA-256 digest (G-6).
    AttestationSubject = "attestation-subject" in "wrapper" rank 57,

    /// The signature does not verify under the signer's key (B-88).
    SignatureDoesNotVerify = "signature-does-not-verify" in "signature" rank 60,
    /// The signature is not of the form that the key's algorithm has (B-90).
    SignatureMalformed = "signature-malformed" in "signature" rank 61,

    /// The payload is of another type than an in-toto statement (B-95).
    PayloadTypeUnknown = "payload-type-unknown" in "statement" rank 50,

    /// No subject of the statement has the artifact's digest (B-97).
    ArtifactNotInStatement = "artifact-not-in-statement" in "artifact" rank 60,
    /// A subject has one of the artifact's digests and contradicts another (B-97).
    ArtifactDigestsDisagree = "artifact-digests-disagree" in "artifact" rank 65,
    /// The statement gives no digest of an accepted algorithm.
    StatementWithoutUsableDigest = "statement-without-usable-digest" in "artifact" rank 40,
    /// The bundle's message digest is not the artifact's.
    MessageDigestDiffers = "message-digest-differs" in "artifact" rank 60,
    /// The signature is valid, for other bytes.
    ArtifactIsAnother = "artifact-is-another" in "artifact" rank 70,

    /// The certificate names another signer (C-3).
    IdentityDiffers = "identity-differs" in "identity" rank 50,
    /// The certificate's name is of another kind than a person can have meant (C-6).
    IdentityAbsent = "identity-absent" in "identity" rank 40,
    /// The signer's identity was vouched for by another issuer (C-3).
    IssuerDiffers = "issuer-differs" in "identity" rank 45,
    /// The certificate names no issuer of the identity.
    IssuerAbsent = "issuer-absent" in "identity" rank 44,
    /// Signed with a key where a certificate was expected.
    KeyInsteadOfCertificate = "key-instead-of-certificate" in "identity" rank 40,

    /// Signed with a certificate where a key was expected.
    CertificateInsteadOfKey = "certificate-instead-of-key" in "key" rank 40,

    /// A certificate extension has another value than expected.
    ExtensionDiffers = "extension-differs" in "extensions" rank 50,
    /// The certificate lacks an extension that was expected.
    ExtensionAbsent = "extension-absent" in "extensions" rank 40,

    /// The predicate is of another type than expected (B-101).
    PredicateTypeDiffers = "predicate-type-differs" in "predicate" rank 50,
    /// A type of predicate was expected, and there is no statement (B-101).
    PredicateTypeAbsent = "predicate-type-absent" in "predicate" rank 40,

    /// A digest that was named is none of the statement's (E-49, B-100).
    SubjectDigestAbsent = "subject-digest-absent" in "subjects" rank 50,
    /// Digests were expected, and none was named (E-49).
    SubjectDigestsEmpty = "subject-digests-empty" in "subjects" rank 40,

    /// Certificate and provenance say different things (E-31).
    ProvenanceContradictsCertificate = "provenance-contradicts-certificate" in "agreement" rank 60,
    /// The provenance of npm's command holds what npm never writes (E-28).
    NpmProvenanceUnexpected = "npm-provenance-unexpected" in "agreement" rank 50,

    /// The certificate or provenance names another repository (E-22, E-25).
    SourceDiffers = "source-differs" in "source" rank 60,
    /// Nothing names the source repository.
    SourceAbsent = "source-absent" in "source" rank 40,
    /// The provenance names the source at two different refs (E-25).
    SourceRefsDiffer = "source-refs-differ" in "source" rank 50,
    /// What is expected of the source is no repository.
    SourceExpectationMalformed = "source-expectation-malformed" in "source" rank 40,

    /// Built for another branch, or for a tag (E-27).
    SourceBranchDiffers = "source-branch-differs" in "source-ref" rank 50,
    /// Built for another tag, or for a branch (E-27).
    SourceTagDiffers = "source-tag-differs" in "source-ref" rank 50,
    /// Built for a tag of another version, for no version, or for a branch (E-27).
    SourceVersionedTagDiffers = "source-versioned-tag-differs" in "source-ref" rank 50,
    /// Nothing names a branch or tag.
    SourceRefAbsent = "source-ref-absent" in "source-ref" rank 40,
    /// The versioned tag expected is no version.
    SourceVersionedTagMalformed = "source-versioned-tag-malformed" in "source-ref" rank 40,

    /// Another builder than expected (E-21, E-24, E-42).
    BuilderDiffers = "builder-differs" in "builder" rank 55,
    /// A builder was expected, and there is no provenance.
    BuilderAbsent = "builder-absent" in "builder" rank 40,
    /// The signer is no builder of the map (E-21).
    BuilderUntrusted = "builder-not-in-map" in "builder" rank 50,
    /// The signer's name is vouched for by another issuer than GitHub's (E-20).
    BuilderIssuerDiffers = "builder-issuer-differs" in "builder" rank 50,
    /// The builder is at a branch, a commit or a pre-release (E-21, E-24).
    BuilderNotAtRelease = "builder-not-at-release" in "builder" rank 50,
    /// The provenance names another builder than the one that signed (E-24).
    BuilderIsNotSigner = "builder-is-not-signer" in "builder" rank 60,
    /// The build type is none of this builder's (E-23, E-42).
    BuildTypeDiffers = "build-type-differs" in "builder" rank 50,
    /// The provenance holds a member that no version has (E-23).
    ProvenanceUnknownField = "provenance-unknown-field" in "builder" rank 50,
    /// A package of npm's needs its builder named.
    BuilderNotNamed = "builder-not-named" in "builder" rank 40,

    /// An input has another value than expected, or is not there (E-27).
    WorkflowInputDiffers = "workflow-input-differs" in "workflow-inputs" rank 50,
    /// The provenance records no inputs.
    WorkflowInputsAbsent = "workflow-inputs-absent" in "workflow-inputs" rank 40,

    /// The publisher names nobody: a part of its name is missing (G-7).
    PublisherIncomplete = "publisher-incomplete" in "publisher" rank 40,
    /// No certificate can be compared with a publisher of this kind (G-7).
    PublisherUnknown = "publisher-unknown" in "publisher" rank 40,
    /// Signed with a key, which no publisher has (G-7).
    PublisherWithoutCertificate = "publisher-without-certificate" in "publisher" rank 40,
    /// The signer's name is vouched for by another issuer than the publisher's (G-7).
    PublisherIssuerDiffers = "publisher-issuer-differs" in "publisher" rank 50,
    /// Another repository than the publisher's (G-7).
    PublisherRepositoryDiffers = "publisher-repository-differs" in "publisher" rank 50,
    /// Another workflow than the publisher's, or at another ref than it ran for (G-7).
    PublisherWorkflowDiffers = "publisher-workflow-differs" in "publisher" rank 50,
    /// Another environment than the publisher's (G-7).
    PublisherEnvironmentDiffers = "publisher-environment-differs" in "publisher" rank 50,
    /// Another email address than the publisher's (G-7).
    PublisherEmailDiffers = "publisher-email-differs" in "publisher" rank 50,

    /// The statement names no package.
    PackageAbsent = "package-absent" in "package" rank 40,
    /// The statement is about another number of things than one (G-6, G-16).
    PackageSubjects = "package-not-one-subject" in "package" rank 45,
    /// Another package (G-16).
    PackageNameDiffers = "package-name-differs" in "package" rank 50,
    /// Another version of it (G-16).
    PackageVersionDiffers = "package-version-differs" in "package" rank 50,
    /// Nobody whose word counts says that the package has this name (G-17).
    PackageUnvouched = "package-unvouched" in "package" rank 46,
    /// npm's publish statement names two packages (G-16).
    PackageContradictsSubject = "package-contradicts-subject" in "package" rank 60,
    /// Another Python distribution (G-6).
    DistributionNameDiffers = "distribution-name-differs" in "package" rank 50,
    /// A name that is none of a Python distribution (G-6).
    DistributionNameMalformed = "distribution-name-malformed" in "package" rank 45,
    /// A statement of a type that no Python index publishes (G-6).
    DistributionPredicate = "distribution-predicate-differs" in "package" rank 45,

    /// A summary was expected, and there is none.
    SummaryAbsent = "summary-absent" in "summary" rank 40,
    /// The summary is of a draft that is not relied on (E-49).
    SummaryVersionOld = "summary-version-old" in "summary" rank 45,
    /// By another verifier (E-49).
    SummaryVerifierDiffers = "summary-verifier-differs" in "summary" rank 50,
    /// About another resource (E-49).
    SummaryResourceDiffers = "summary-resource-differs" in "summary" rank 50,
    /// The verification did not pass (E-49).
    SummaryNotPassed = "summary-not-passed" in "summary" rank 60,
    /// A level that was expected is not covered (E-49).
    SummaryLevelAbsent = "summary-level-absent" in "summary" rank 50,
}
