//! The statement in the envelope: spec B.15.

use touchstone_formats::bundle::Content;
use touchstone_formats::dsse::Envelope;
use touchstone_formats::statement::{PAYLOAD_TYPE, Statement as Parsed};

use crate::check::check;
use crate::checks::signature::{Signature, VerifiedSignature};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};
use crate::policy::Scope;

check! {
    /// Is what was signed a statement about files?
    ///
    /// # What
    /// The envelope holds an in-toto statement: which files it is about, each by digest, and what it says of them. It
    /// must be readable without doubt and be about at least one file.
    ///
    /// # Why
    /// A signature over something that cannot be read proves nothing about a file. A statement about nothing would fit
    /// every file.
    ///
    /// # Harmless
    /// - the envelope is of another kind than provenance
    ///
    /// # Do
    /// Ask the project for its provenance or for a signature over the file itself.
    ///
    /// # Specification
    /// in-toto Statement v1; DSSE (B-94 to B-96)
    Statement, "statement", Content, "Statement"
}

/// A statement that the bundle's key signed. Whose key that is, other proofs say.
#[derive(Clone, Debug)]
pub struct AuthenticStatement {
    statement: Parsed,
}

impl AuthenticStatement {
    /// The statement: the signer's words.
    #[must_use]
    pub const fn statement(&self) -> &Parsed {
        &self.statement
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    content: &Content,
    signature: Option<&VerifiedSignature>,
    scope: Scope,
    artifact_is_asked: bool,
) -> (Finding, Option<AuthenticStatement>) {
    let envelope = match content {
        Content::Message(_) => {
            let absent = Outcome::NotPresent("The signature is over the file itself".to_owned());
            return (Finding::new(Statement::CHECK, absent), None);
        }
        Content::Dsse(envelope) => envelope,
    };
    if scope == Scope::SignatureOnly {
        let waived = "Only the signature was asked about, on purpose: the statement is not read".to_owned();
        return (Finding::new(Statement::CHECK, Outcome::Waived(waived)), None);
    }
    if envelope.payload_type != PAYLOAD_TYPE {
        return (Finding::new(Statement::CHECK, other_type(envelope, artifact_is_asked)), None);
    }
    let parsed = match Parsed::parse(&envelope.payload) {
        Ok(parsed) => parsed,
        Err(error) => {
            let failure = Failure::from_fault(&error, "$.dsseEnvelope.payload");
            return (Finding::new(Statement::CHECK, Outcome::Failed(failure)), None);
        }
    };
    if signature.is_none() {
        return (Finding::new(Statement::CHECK, Outcome::Blocked(Signature::CHECK)), None);
    }
    let said = match parsed.subjects.len() {
        1 => format!("{} about 1 file", parsed.predicate_type),
        count => format!("{} about {count} files", parsed.predicate_type),
    };
    (Finding::new(Statement::CHECK, Outcome::Passed(said)), Some(AuthenticStatement { statement: parsed }))
}

/// B-95: the signature over another payload may hold; nothing in it is read as a claim about a file.
fn other_type(envelope: &Envelope, artifact_is_asked: bool) -> Outcome {
    if artifact_is_asked {
        return Outcome::Failed(Failure::new(
            Cause::PayloadTypeUnknown,
            PAYLOAD_TYPE,
            envelope.payload_type.clone(),
            "$.dsseEnvelope.payloadType",
        ));
    }
    Outcome::NotPresent(format!("The payload is of type {}: nothing in it is interpreted", envelope.payload_type))
}

#[cfg(test)]
impl AuthenticStatement {
    /// As if the signature over it held.
    pub(crate) const fn for_test(statement: Parsed) -> Self {
        Self { statement }
    }
}
