//! `TSTInfo` (RFC 3161 §2.4.2).

use crate::{
    oid::ObjectIdentifier,
    time::UnixMillis,
    x509::{AlgorithmIdentifier, GeneralName},
};

/// What the authority stamped, and when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TstInfo {
    /// `policy`; reported, not checked (B-33)
    pub policy: ObjectIdentifier,
    /// `messageImprint`
    pub imprint: MessageImprint,
    /// Content octets of the serial number INTEGER
    pub serial: Vec<u8>,
    /// `genTime`; fractions below a millisecond are cut off
    pub gen_time: UnixMillis,
    /// `accuracy`, if present; applied by no client (B-33)
    pub accuracy: Option<Accuracy>,
    /// `ordering`
    pub ordering: bool,
    /// `nonce`, content octets of the INTEGER, if present; not checked (B-33)
    pub nonce: Option<Vec<u8>>,
    /// `tsa`, a hint, if present
    pub tsa: Option<GeneralName>,
}

/// `MessageImprint`: what was stamped.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MessageImprint {
    /// `hashAlgorithm`; its parameters are NULL or absent (B-27). May be one that B-27 refuses, as SHA-1.
    pub hash_algorithm: AlgorithmIdentifier,
    /// `hashedMessage`
    pub hashed_message: Vec<u8>,
}

/// `Accuracy`
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Accuracy {
    /// Seconds
    pub seconds: u32,
    /// Milliseconds, 1 to 999, or 0 if absent
    pub millis: u16,
    /// Microseconds, 1 to 999, or 0 if absent
    pub micros: u16,
}
