//! Further evidence about the same artifact, each piece judged by itself (E-62).

use touchstone_crypto::DigestAlgorithm;
use touchstone_custody::{Deployed, Identity, Membership};
use touchstone_formats::evidence::Evidence;
use touchstone_formats::image_index::{self, ImageList, Lists};
use touchstone_formats::inventory::{self, Inventory, Standing};
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::Statement;
use touchstone_formats::{Explanation, Fault};
use touchstone_verify::{Expectations, KeyRing, Policy, Report, SignerPolicy};

use crate::question::Named;

/// A piece of further evidence.
pub(crate) struct Further<'a> {
    pub(crate) name: &'a str,
    /// The file that it is in.
    pub(crate) bytes: &'a [u8],
    /// Its place among the statements of that file.
    pub(crate) at: usize,
    pub(crate) content: Content,
}

/// What it is.
pub(crate) enum Content {
    /// A bundle, with what came out.
    Bundle(Box<Report>),
    /// A statement that nobody signed (E-65, E-67).
    Statement(Box<Statement>),
    /// A bill of materials as a plain file.
    Bill(Box<Sbom>),
    /// An image index or manifest: its own digests, and what its bytes list (F-22).
    Lists(Lists, Vec<Membership>),
    /// Pods of a cluster or a platform's deployment records: where something runs, or was deployed (E-54).
    Deployed(Vec<Deployed>),
    /// Nothing that is read: what it is, as far as that can be said, and why.
    Unreadable(String),
}

impl Further<'_> {
    /// What it lists, where it is the index or manifest of an image.
    pub(crate) fn lists(&self) -> Option<&[Membership]> {
        match &self.content {
            Content::Lists(_, listed) => Some(listed),
            _ => None,
        }
    }

    /// What it says, signed or not.
    pub(crate) fn statement(&self) -> Option<&Statement> {
        match &self.content {
            Content::Bundle(report) => report.reading.statement.as_ref(),
            Content::Statement(statement) => Some(statement),
            _ => None,
        }
    }

    pub(crate) fn report(&self) -> Option<&Report> {
        match &self.content {
            Content::Bundle(report) => Some(report),
            Content::Statement(_)
            | Content::Bill(_)
            | Content::Lists(..)
            | Content::Deployed(_)
            | Content::Unreadable(_) => None,
        }
    }
}

/// Judges further evidence: what stands `beside` the statement asked about in its own file, then the other files. No question about the signer or the artifact is put to it: who signed is weighed later, and
/// what it is about decides what it joins.
pub(crate) fn read_further<'a>(
    beside: Option<(Named<'a>, Vec<(usize, Evidence)>)>,
    further: &[Named<'a>],
    policy: &Policy,
    judge: impl Fn(&Evidence, &Policy) -> Option<Report>,
) -> Vec<Further<'a>> {
    let anybody = without_question(policy);
    // Who asks for a certificate log asks it of the statement in question: what a key signed has no certificate to be logged.
    let mut of_keys = anybody.clone();
    of_keys.thresholds.signed_certificate_timestamps = None;
    // One of several keys may have signed it as well as a certificate's holder.
    let by_key = matches!(policy.signer, SignerPolicy::Keys(_))
        .then(|| Policy { signer: policy.signer.clone(), ..of_keys.clone() });
    let judged = |evidence: &Evidence| {
        let report = judge(evidence, if is_keyed(evidence) { &of_keys } else { &anybody })?;
        let by_key =
            by_key.as_ref().filter(|_| !report.verdict.is_verified()).and_then(|policy| judge(evidence, policy));
        Some(by_key.filter(|other| other.verdict.is_verified()).unwrap_or(report))
    };
    let of_file = |named: &Named<'a>| {
        let statements = Evidence::parse(named.bytes).statements();
        let (named, is_alone) = (*named, statements.len() == 1);
        let placed = statements.into_iter().enumerate();
        placed.map(move |(at, evidence)| (named, at, evidence, is_alone)).collect::<Vec<_>>()
    };
    let beside = beside
        .into_iter()
        .flat_map(|(named, beside)| beside.into_iter().map(move |(at, evidence)| (named, at, evidence, false)));
    beside
        .chain(further.iter().flat_map(of_file))
        .map(|(Named { name, bytes }, at, evidence, is_alone)| {
            let readable = evidence.pieces.iter().any(|piece| piece.bundle.is_ok());
            let content = match judged(&evidence) {
                Some(report) if readable => Content::Bundle(Box::new(report)),
                // A file is looked at as something else once, and not for each of its lines.
                _ if is_alone => unsigned(bytes),
                _ => Content::Unreadable("part of a file that cannot be read".to_owned()),
            };
            Further { name, bytes, at, content }
        })
        .collect()
}

/// What a file is that is no bundle.
fn unsigned(bytes: &[u8]) -> Content {
    if let Ok(statement) = Statement::parse(bytes) {
        return Content::Statement(Box::new(statement));
    }
    let refused = match Sbom::parse(bytes) {
        Ok(bill) => return Content::Bill(Box::new(bill)),
        Err(error) => error,
    };
    if let Some((lists, listed)) = lists(bytes) {
        return Content::Lists(lists, listed);
    }
    if let Some(places) = deployed(bytes) {
        return Content::Deployed(places);
    }
    let kind = if is_marked_as_bill(bytes) {
        let Explanation { expected, found, .. } = refused.explain();
        format!("bill of materials that cannot be read: expected {expected}, found {found}")
    } else {
        "file that is not interpreted".to_owned()
    };
    Content::Unreadable(kind)
}

/// Whether a file says near its beginning that it is a bill of materials. For words alone.
fn is_marked_as_bill(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    [&b"\"bomFormat\""[..], b"\"spdxVersion\""].iter().any(|mark| head.windows(mark.len()).any(|part| part == *mark))
}

/// Where pods run and what records say was deployed, both as JSON. What a manifest only asks for, and what has ended, is
/// neither (E-54).
fn deployed(bytes: &[u8]) -> Option<Vec<Deployed>> {
    let inventory = Inventory::parse_json(bytes).ok()?;
    let places = inventory.items.iter().flat_map(|item| item.places.iter().map(move |place| (item, place)));
    let deployed = places.filter_map(|(item, place)| {
        let observed = match place.standing {
            Standing::Running => true,
            Standing::Recorded => false,
            Standing::Ended | Standing::Unknown | Standing::Declared | Standing::Decommissioned | Standing::Listed => {
                return None;
            }
        };
        let identity = match &item.identity {
            inventory::Identity::Digest { algorithm, hex } => Identity::of_file(algorithm, hex),
            _ => None,
        };
        Some(Deployed {
            identity,
            name: item.names.first().cloned().unwrap_or_default(),
            place: words(place),
            observed,
        })
    });
    Some(deployed.collect())
}

/// "cluster eu, namespace shop, Pod web-1".
fn words(place: &inventory::Place) -> String {
    let labelled = |label: &str, value: &str| (!value.is_empty()).then(|| format!("{label} {value}").trim().to_owned());
    let parts = [
        labelled("cluster", &place.cluster),
        labelled("namespace", &place.namespace),
        labelled(&place.kind, &place.name),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What an image index or manifest lists, by each digest of these very bytes. The list is a claim about nothing: it counts only
/// where a digest of it is one that a statement names.
fn lists(bytes: &[u8]) -> Option<(Lists, Vec<Membership>)> {
    let ImageList { lists, digests } = image_index::read(bytes)?;
    let own = DigestAlgorithm::ALL.map(|algorithm| algorithm.digest(bytes));
    let listed = own.iter().flat_map(|own| {
        let index = Identity::of_file(own.algorithm().name(), &own.hex());
        digests.iter().filter_map(move |(algorithm, hex)| {
            Some(Membership { index: index.clone()?, manifest: Identity::of_file(algorithm, hex)?, listed_in: None })
        })
    });
    Some((lists, listed.collect()))
}

/// Whether nothing of it is signed with a certificate.
fn is_keyed(evidence: &Evidence) -> bool {
    evidence.pieces.iter().all(|piece| piece.bundle.as_ref().is_ok_and(|bundle| bundle.material.key.leaf().is_none()))
}

/// The person's thresholds and key, and nothing that is asked about the bundle in question alone.
fn without_question(policy: &Policy) -> Policy {
    let keys = match &policy.signer {
        SignerPolicy::Key(key) => key.clone().into(),
        SignerPolicy::Anybody(keys) => keys.clone(),
        _ => KeyRing::default(),
    };
    Policy {
        signer: SignerPolicy::Anybody(keys),
        extensions: Vec::new(),
        expectations: Expectations::default(),
        ..policy.clone()
    }
}

/// The policy under which a bundle whose question is open is judged for the chain: no artifact is asked about, and nobody
/// where nobody was named.
pub(crate) fn of_open(policy: &Policy) -> Policy {
    match &policy.signer {
        SignerPolicy::Unnamed | SignerPolicy::Implied => without_question(policy),
        _ => policy.clone(),
    }
}
