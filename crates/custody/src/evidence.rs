//! What comes in: the artifact's digests, statements that were verified, statements that were not, records that nobody
//! signed. What each counts for is decided in [`crate::proof`], not here.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::Statement;
use touchstone_verify::VerifiedBundle;

use crate::identity::Identity;
use crate::parties::Parties;

/// Everything that a chain of custody is made of.
#[derive(Debug)]
pub struct Input<'a> {
    /// The thing asked about.
    pub artifact: Option<Artifact>,
    /// In the order given.
    pub evidence: Vec<Evidence<'a>>,
    /// Which manifest is listed in which index, computed from the bytes of the index (E-64, F-22).
    pub memberships: Vec<Membership>,
    /// Whose word counts.
    pub parties: Parties<'a>,
    /// Why the chain is cut: the question about the artifact was answered with "rejected". Nothing is then joined.
    pub cut: Option<Cut>,
}

/// The thing asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifact {
    /// File name; may be empty.
    pub name: String,
    /// Its digests. Of several, only those that were computed here from one file are one thing (E-61).
    pub digests: Vec<Identity>,
    /// Whether they were computed here from its bytes; else the person stated them.
    pub computed: bool,
}

/// A manifest that an index lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Digest of the index's bytes.
    pub index: Identity,
    /// Digest that it lists.
    pub manifest: Identity,
    /// Place of the index among the evidence, where it is there.
    pub listed_in: Option<usize>,
}

/// A piece of evidence.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// File name as given.
    pub name: String,
    /// What it is.
    pub held: Held<'a>,
    /// Digests of its own bytes, computed here: of the file, its line, its payload. By these a summary names what it was
    /// made from (E-57); may be empty where no summary does.
    pub digests: Vec<Identity>,
}

/// What is held of a piece of evidence.
#[derive(Debug)]
pub enum Held<'a> {
    /// The bundle that the question was about; its verdict was "verified", waivers included. One at most.
    Asked(&'a VerifiedBundle),
    /// The bundle that the question was about, verified by itself; something about the question is open (the artifact, the
    /// signer), and that does not count.
    Open(&'a VerifiedBundle),
    /// A further bundle, verified by itself, without a question about its signer.
    Further(&'a VerifiedBundle),
    /// A bundle of which no proof is held.
    Unproven(Unproven<'a>),
    /// Something that nobody signed.
    Record(Record<'a>),
}

/// A bundle of which no proof is held: what it would say.
#[derive(Debug)]
pub struct Unproven<'a> {
    /// Its statement, as read.
    pub statement: Option<&'a Statement>,
    /// What its certificate says, as read.
    pub claims: Option<&'a FulcioExtensions>,
    /// Whether an authority of the trusted root issued its certificate.
    pub certified: bool,
    /// Who is said to have signed; may be empty.
    pub signer: String,
    /// Why there is no proof.
    pub why: Why,
    /// The sentence for it.
    pub reason: String,
    /// Whether the question was about it.
    pub asked: bool,
    /// A summary of which everything verifies, and which says that what it is about did not pass.
    pub denies: bool,
}

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A check failed. It draws nothing.
    Failed,
    /// Nothing failed, and something is open: nobody was named, or a key is missing.
    Open,
}

/// Something that nobody signed.
#[derive(Debug)]
pub enum Record<'a> {
    /// An in-toto statement without a signature (E-65, E-67).
    Statement(&'a Statement),
    /// A bill of materials as a plain file.
    Bill(&'a Sbom),
    /// Where something is said to run or to have been deployed: pods, a cluster's manifests, deployment records (E-54).
    Deployed(Vec<Deployed>),
    /// A list of what is in an image, by its name: what it holds is said by [`Input::memberships`].
    List(&'static str),
    /// Something else, by its name in words.
    Other(String),
}

/// A place where something is said to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployed {
    /// What of: a digest, where the record has one.
    pub identity: Option<Identity>,
    /// The image as written, or the name of the record.
    pub name: String,
    /// Where: "namespace web, pod web-1".
    pub place: String,
    /// Whether it was seen running; else it was recorded as deployed, or asked for (E-54).
    pub observed: bool,
}

/// Why the chain is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The artifact has none of the digests of the statement: (expected, found).
    pub artifact: Option<(String, String)>,
    /// The signer is another than expected: (expected, found).
    pub signer: Option<(String, String)>,
    /// Ids of the checks that failed, the most telling first.
    pub checks: Vec<String>,
}
