//! Every cap of this crate.

/// Bytes of one bundle: 24 MiB, the cap that the parser has too.
pub const MAX_BUNDLE_BYTES: usize = 24 * 1024 * 1024;

/// Bytes that decide what a large file is: nothing that we recognise needs more, and a large artifact is never read
/// whole for it.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Bytes of a file of evidence. Several bundles in one file (JSON Lines, an API answer) stay below this together.
pub const MAX_EVIDENCE_BYTES: usize = MAX_BUNDLE_BYTES;

/// Bytes of a bill of materials.
pub const MAX_BILL_BYTES: usize = 50_000_000;

/// Bundles listed from one file or one answer. GitHub answers with at most 100 a page (G-22).
pub const MAX_BUNDLES: usize = 100;

/// Attestations of one answer of GitHub's attestation API: the most that it gives (G-22).
pub const GITHUB_PAGE: usize = 100;

/// `bundle_url` addresses followed from one answer of GitHub's attestation API: what a page takes (32 files), and room for
/// the artifact. How many more there are, the page says.
pub const MAX_BUNDLE_REQUESTS: usize = 30;

/// Bytes of an answer that lists attestations.
pub const MAX_LIST_BYTES: usize = MAX_BUNDLE_BYTES;

/// Bytes that a Snappy block may unpack to: one bundle.
pub const MAX_UNPACKED_BYTES: usize = MAX_BUNDLE_BYTES;

/// Characters of a typed address. Browsers and servers agree on less.
pub const MAX_ADDRESS_CHARS: usize = 4096;

/// Characters of foreign text quoted in words.
pub const MAX_QUOTED_CHARS: usize = 120;

/// Lines of a file by which it is recognised: as many as there may be pieces of evidence in one.
pub const MAX_LINES: usize = 1024;
