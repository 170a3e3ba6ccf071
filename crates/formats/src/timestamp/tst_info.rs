//! `TSTInfo` (RFC 3161 §2.4.2).

use der::Tag;

use super::{TimestampError, malformed};
use crate::{
    asn1_time,
    limits::MAX_EXTENSIONS,
    oid::ObjectIdentifier,
    time::UnixMillis,
    tlv::{NotDer, Tlv, Walk, constructed, primitive},
    x509::{AlgorithmIdentifier, GeneralName, read_extensions},
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

impl TstInfo {
    /// ```text
    /// TSTInfo ::= SEQUENCE {
    ///    version        INTEGER { v1(1) },
    ///    policy         OBJECT IDENTIFIER,
    ///    messageImprint MessageImprint,
    ///    serialNumber   INTEGER,
    ///    genTime        GeneralizedTime,
    ///    accuracy       Accuracy             OPTIONAL,
    ///    ordering       BOOLEAN              DEFAULT FALSE,
    ///    nonce          INTEGER              OPTIONAL,
    ///    tsa            [0] EXPLICIT GeneralName OPTIONAL,
    ///    extensions     [1] IMPLICIT Extensions  OPTIONAL }
    /// ```
    pub(super) fn parse(content: &[u8]) -> Result<Self, TimestampError> {
        let tst_info = Tlv::only(content, Tag::Sequence).map_err(malformed("TSTInfo"))?;
        let mut walk = tst_info.walk();
        let version = walk.take(Tag::Integer).and_then(|version| version.small());
        match version.map_err(malformed("TSTInfo.version"))? {
            1 => {}
            found => return Err(TimestampError::TstInfoVersion { found }),
        }
        let policy = walk.take(Tag::ObjectIdentifier).and_then(|policy| policy.oid());
        let policy = policy.map_err(malformed("TSTInfo.policy"))?;
        let imprint = MessageImprint::read(&mut walk)?;
        let serial = integer(&mut walk).map_err(malformed("TSTInfo.serialNumber"))?;
        let gen_time = walk.any().map_err(malformed("genTime"))?;
        let gen_time = asn1_time::generation_time(&gen_time).map_err(|_| TimestampError::GenTime)?;
        let accuracy = Accuracy::read(&mut walk).map_err(malformed("accuracy"))?;
        let ordering = ordering(&mut walk).map_err(malformed("ordering"))?;
        let nonce = nonce(&mut walk).map_err(malformed("nonce"))?;
        let tsa = authority_name(&mut walk).map_err(malformed("tsa"))?;
        extensions(&mut walk)?;
        walk.finish().map_err(malformed("TSTInfo"))?;
        Ok(Self { policy, imprint, serial, gen_time, accuracy, ordering, nonce, tsa })
    }
}

impl MessageImprint {
    /// `MessageImprint ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING }`
    fn read(walk: &mut Walk<'_>) -> Result<Self, TimestampError> {
        let imprint = Self::read_fields(walk).map_err(malformed("messageImprint"))?;
        match &imprint.hash_algorithm.parameters {
            Some(found) if !imprint.hash_algorithm.has_no_parameters() => {
                Err(TimestampError::ImprintParameters { found: found.clone() })
            }
            _ => Ok(imprint),
        }
    }

    fn read_fields(walk: &mut Walk<'_>) -> Result<Self, NotDer> {
        let mut inside = walk.take(Tag::Sequence)?.walk();
        let hash_algorithm = AlgorithmIdentifier::read(&inside.any()?)?;
        let hashed_message = inside.take(Tag::OctetString)?.value.to_vec();
        inside.finish()?;
        Ok(Self { hash_algorithm, hashed_message })
    }
}

impl Accuracy {
    /// ```text
    /// Accuracy ::= SEQUENCE {
    ///    seconds        INTEGER              OPTIONAL,
    ///    millis     [0] INTEGER (1..999)     OPTIONAL,
    ///    micros     [1] INTEGER (1..999)     OPTIONAL }
    /// ```
    fn read(walk: &mut Walk<'_>) -> Result<Option<Self>, NotDer> {
        let Some(accuracy) = walk.take_optional(Tag::Sequence)? else {
            return Ok(None);
        };
        let mut inside = accuracy.walk();
        let seconds = match inside.take_optional(Tag::Integer)? {
            Some(seconds) => seconds.small()?,
            None => 0,
        };
        let millis = thousandths(&mut inside, 0)?;
        let micros = thousandths(&mut inside, 1)?;
        inside.finish()?;
        Ok(Some(Self { seconds, millis, micros }))
    }
}

fn thousandths(walk: &mut Walk<'_>, number: u32) -> Result<u16, NotDer> {
    match walk.take_optional(primitive(number))? {
        Some(part) => match u16::try_from(part.small()?) {
            Ok(part @ 1..=999) => Ok(part),
            _ => Err(NotDer),
        },
        None => Ok(0),
    }
}

fn integer(walk: &mut Walk<'_>) -> Result<Vec<u8>, NotDer> {
    Ok(walk.take(Tag::Integer)?.integer()?.to_vec())
}

fn ordering(walk: &mut Walk<'_>) -> Result<bool, NotDer> {
    match walk.take_optional(Tag::Boolean)? {
        Some(ordering) => ordering.boolean(),
        None => Ok(false),
    }
}

fn nonce(walk: &mut Walk<'_>) -> Result<Option<Vec<u8>>, NotDer> {
    match walk.take_optional(Tag::Integer)? {
        Some(nonce) => Ok(Some(nonce.integer()?.to_vec())),
        None => Ok(None),
    }
}

/// `[0]` is explicit here, because GeneralName is a CHOICE.
fn authority_name(walk: &mut Walk<'_>) -> Result<Option<GeneralName>, NotDer> {
    let Some(explicit) = walk.take_optional(constructed(0))? else {
        return Ok(None);
    };
    let mut inside = explicit.walk();
    let name = GeneralName::read(&inside.any()?)?;
    inside.finish()?;
    Ok(Some(name))
}

fn extensions(walk: &mut Walk<'_>) -> Result<(), TimestampError> {
    let field = "TSTInfo.extensions";
    let Some(extensions) = walk.take_optional(constructed(1)).map_err(malformed(field))? else {
        return Ok(());
    };
    let extensions = read_extensions(extensions.walk()).map_err(malformed(field))?;
    let extensions = extensions.ok_or(TimestampError::TooMany { field, limit: MAX_EXTENSIONS })?;
    match extensions.iter().find(|extension| extension.critical) {
        Some(critical) => Err(TimestampError::CriticalExtension { oid: critical.oid }),
        None => Ok(()),
    }
}
