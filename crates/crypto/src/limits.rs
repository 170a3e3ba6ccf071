//! Caps on everything this crate decodes.

/// Longest `SubjectPublicKeyInfo` accepted, in bytes. An RSA-4096 key takes 550.
pub const MAX_SPKI_BYTES: usize = 1024;

/// Longest PEM text of a key accepted, in bytes: [`MAX_SPKI_BYTES`] in base64 with its lines, and room for white space.
pub const MAX_PEM_BYTES: usize = 4096;

/// Smallest RSA modulus accepted, in bits (B-12, B-37).
pub const MIN_RSA_BITS: u32 = 2048;

/// Largest RSA modulus accepted, in bits (B-12).
pub const MAX_RSA_BITS: u32 = 4096;

/// Smallest RSA public exponent accepted (RFC 8017 § 3.1).
pub const MIN_RSA_EXPONENT: u64 = 3;

/// Largest RSA public exponent accepted: the bound that the arithmetic beneath sets. 65537 is what is seen.
pub const MAX_RSA_EXPONENT: u64 = (1 << 33) - 1;
