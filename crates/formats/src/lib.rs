//! Bytes to typed values that nobody believes yet.
//!
//! Everything here is the lowest of the three rungs of belief: a value of these types says what some
//! input *claims*, with its shape known and its sizes capped, and nothing more. No crypto, no clock,
//! no input or output; see ARCHITECTURE.md.
//!
//! Every parse error implements [`Fault`]: a stable code, the rule that it breaks, where it is, what
//! was expected and what was found.

pub mod algorithm;
mod asn1_time;
pub mod base64;
pub mod bundle;
#[cfg(test)]
mod der_writer;
pub mod dsse;
pub mod fault;
pub mod field;
pub mod fulcio;
pub mod hex;
pub mod json;
pub mod limits;
pub mod oid;
pub mod path;
pub mod pem;
pub mod rekor;
pub mod sct;
pub mod statement;
pub mod time;
pub mod timestamp;
mod tlv;
pub mod trusted_root;
pub mod x509;

pub use algorithm::{HashAlgorithm, PublicKeyDetails};
pub use fault::{Explanation, Fault};
pub use path::Path;
pub use time::UnixMillis;

/// Every code that a parser of documents (JSON, bundles, log entry bodies, envelopes, statements,
/// trusted roots) can give, a list for each; a test holds a bad input for each code.
pub const ALL_CODES: &[&[&str]] = &[
    json::CODES,
    field::CODES,
    bundle::CODES,
    rekor::CODES,
    dsse::CODES,
    statement::CODES,
    trusted_root::CODES,
];
