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
pub mod evidence;
pub mod fault;
pub mod field;
pub mod fulcio;
pub mod hex;
pub mod image_index;
pub mod inventory;
pub mod json;
pub mod limits;
pub mod npm_keys;
pub mod oid;
pub mod path;
pub mod pem;
pub mod predicate;
pub mod rekor;
pub mod resource;
pub mod sbom;
pub mod sct;
pub mod statement;
pub mod time;
pub mod timestamp;
mod tlv;
pub mod trusted_root;
pub mod uri;
pub mod x509;
pub mod yaml;

pub use algorithm::{HashAlgorithm, PublicKeyDetails};
pub use fault::{Explanation, Fault};
pub use path::Path;
pub use time::UnixMillis;

/// Every code that a reader of JSON documents can give (JSON, members, bundles, log entry bodies,
/// envelopes, statements, predicates, bills of materials, trusted roots, YAML, inventories); a test holds a bad input
/// for each.
pub const ALL_CODES: &[&str] = &joined::<CODE_COUNT>(CODE_LISTS);

const CODE_LISTS: &[&[&str]] = &[
    json::CODES,
    field::CODES,
    bundle::CODES,
    rekor::CODES,
    dsse::CODES,
    statement::CODES,
    predicate::CODES,
    sbom::CODES,
    trusted_root::CODES,
    npm_keys::CODES,
    yaml::CODES,
    inventory::CODES,
];

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, where a panic fails the build")]
const CODE_COUNT: usize = {
    let (mut count, mut list) = (0, 0);
    while list < CODE_LISTS.len() {
        count += CODE_LISTS[list].len();
        list += 1;
    }
    count
};

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, where a panic fails the build")]
const fn joined<const COUNT: usize>(lists: &[&'static [&'static str]]) -> [&'static str; COUNT] {
    let mut joined = [""; COUNT];
    let (mut at, mut list) = (0, 0);
    while list < lists.len() {
        let mut item = 0;
        while item < lists[list].len() {
            joined[at] = lists[list][item];
            at += 1;
            item += 1;
        }
        list += 1;
    }
    joined
}
