//! Every cap on what a parser accepts (A-16, H-15). All of them hold before any crypto runs.

/// Bytes of one bundle, envelope or provenance document: 24 MiB. GitHub's predicates may have 16 MB, which are 21.3 MiB
/// of base64.
pub const MAX_BUNDLE_BYTES: usize = 24 * 1024 * 1024;

/// Bytes of a trusted root, or of a file holding several of them: 4 MiB.
pub const MAX_TRUSTED_ROOT_BYTES: usize = 4 * 1024 * 1024;

/// Bytes of one log entry body: as it arrives inside a bundle of at most that size.
pub const MAX_BODY_BYTES: usize = MAX_BUNDLE_BYTES;

/// Nested arrays and objects in any JSON document. Real documents stay below 25.
pub const MAX_JSON_DEPTH: usize = 64;

/// Values (each scalar, array and object counts once) in any JSON document; bounds the memory that a
/// document of legal size may claim.
pub const MAX_JSON_NODES: usize = 2_000_000;

/// Transparency log entries of a bundle.
pub const MAX_LOG_ENTRIES: usize = 32;

/// RFC 3161 timestamps of a bundle.
pub const MAX_TIMESTAMPS: usize = 32;

/// Certificates in a bundle's chain, or in one chain of a trusted root.
pub const MAX_CERTIFICATES: usize = 16;

/// Hashes of an inclusion proof: a tree of 2^64 leaves needs no more.
pub const MAX_PROOF_HASHES: usize = 64;

/// Signatures of a bare DSSE envelope. In a bundle there is exactly one (A.4).
pub const MAX_ENVELOPE_SIGNATURES: usize = 32;

/// Signed statements, one a signature, of one file of evidence.
pub const MAX_EVIDENCE_PIECES: usize = 1024;

/// Bytes of payload that the signatures of one file of evidence may share: each signature is verified by itself.
pub const MAX_EVIDENCE_COPIES: usize = 64 * 1024 * 1024;

/// Keys of a registry's list (G-13).
pub const MAX_REGISTRY_KEYS: usize = 64;

/// Subjects of a statement.
pub const MAX_SUBJECTS: usize = 1024;

/// Digests of one subject.
pub const MAX_DIGESTS: usize = 32;

/// Logs, or authorities, of one kind in a trusted root.
pub const MAX_ROOT_INSTANCES: usize = 64;

/// Trusted roots in one JSON Lines file (D-34).
pub const MAX_TRUSTED_ROOTS: usize = 16;

/// Paths of unknown fields that are kept for the report.
pub const MAX_UNKNOWN_FIELDS: usize = 64;

/// Characters of foreign text quoted in an error or a path.
pub const MAX_QUOTED_CHARS: usize = 120;

/// Bytes of one certificate: 64 KiB. Real ones stay below 8 KiB.
pub const MAX_CERTIFICATE_BYTES: usize = 64 * 1024;

/// Certificates in one PEM text.
pub const MAX_PEM_CERTIFICATES: usize = 64;

/// Extensions of a certificate. Fulcio's leaves have some thirty.
pub const MAX_EXTENSIONS: usize = 64;

/// Attributes of one distinguished name.
pub const MAX_NAME_ATTRIBUTES: usize = 64;

/// Names in a subjectAltName, or in the issuer of an `IssuerSerial`.
pub const MAX_GENERAL_NAMES: usize = 64;

/// Purposes in an extKeyUsage.
pub const MAX_KEY_PURPOSES: usize = 64;

/// Bytes of one Fulcio extension's text.
pub const MAX_FULCIO_VALUE_BYTES: usize = 8 * 1024;

/// Signed certificate timestamps in one certificate.
pub const MAX_SCTS: usize = 16;

/// Bytes of one RFC 3161 response: 256 KiB, room for the certificates that one may embed.
pub const MAX_TIMESTAMP_BYTES: usize = 256 * 1024;

/// Certificates embedded in one timestamp.
pub const MAX_TIMESTAMP_CERTIFICATES: usize = MAX_CERTIFICATES;

/// Digest algorithms, signers, signed attributes, signing certificate identifiers or extensions of one timestamp.
pub const MAX_TIMESTAMP_PARTS: usize = 32;

/// Refs in the annotation of a source summary's subject (E-45).
pub const MAX_SOURCE_REFS: usize = 1024;

/// Resource descriptors in one list of a predicate: dependencies, by-products, references.
pub const MAX_DESCRIPTORS: usize = 100_000;

/// Names in one list of a predicate: tests, properties, words of a command.
pub const MAX_NAMES: usize = 100_000;

/// Levels and properties of a verification summary (E-49), and controls of a source provenance (E-47).
pub const MAX_LEVELS: usize = 1024;

/// Bytes of one bill of materials that is a file of its own: 50 MB.
pub const MAX_SBOM_BYTES: usize = 50_000_000;

/// Values in one bill of materials; those of 50 MB have more than a bundle may have.
pub const MAX_SBOM_NODES: usize = 4_000_000;

/// Components of one bill of materials: packages and files, nested ones included.
pub const MAX_COMPONENTS: usize = 100_000;

/// Relationships of one bill of materials.
pub const MAX_RELATIONS: usize = 1_000_000;

/// Digests of one component.
pub const MAX_COMPONENT_DIGESTS: usize = 32;

/// References from one component to the outside, of which one is its package URL.
pub const MAX_EXTERNAL_REFERENCES: usize = 10_000;

/// Bytes of one inventory: 64 MiB. The pods of a large cluster, as `kubectl` prints them, have some 10 KB each.
pub const MAX_INVENTORY_BYTES: usize = 64 * 1024 * 1024;

/// Values in one inventory; a pod has some 400.
pub const MAX_INVENTORY_VALUES: usize = 4_000_000;

/// Distinct artifacts of one inventory.
pub const MAX_INVENTORY_ITEMS: usize = 20_000;

/// Places of one inventory: containers, services, records, lines.
pub const MAX_INVENTORY_PLACES: usize = 200_000;

/// Containers in one list of a pod.
pub const MAX_CONTAINERS: usize = 1024;

/// Bytes of one image reference.
pub const MAX_REFERENCE_BYTES: usize = 1024;

/// Bytes of memory that the anchors of a YAML text may be copied into: 4 MiB (H-15). Compose files repeat a few hundred
/// bytes.
pub const MAX_YAML_ALIAS_BYTES: usize = 4 * 1024 * 1024;

/// Documents of one YAML text.
pub const MAX_YAML_DOCUMENTS: usize = 10_000;

/// Bytes of one image index: 4 MiB. Registries take no larger manifest.
pub const MAX_INDEX_BYTES: usize = 4 * 1024 * 1024;

/// Entries of one image index or manifest.
pub const MAX_INDEX_ENTRIES: usize = 10_000;
