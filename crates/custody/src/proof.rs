//! What each piece of evidence counts for, and the only place where something becomes solid.
//!
//! [`Counted`], [`Anchor`] and [`Match`] have private fields and are made here only, from a
//! [`VerifiedBundle`] whose signer the person named or a map lists, or from digests computed of the artifact. An edge
//! without a [`Match`] cannot be drawn solid, an answer without a [`Proof`] cannot be called proven.

use touchstone_formats::UnixMillis;
use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::predicate::Predicate;
use touchstone_verify::{Names, VerifiedBundle};

use crate::evidence::{Artifact, Evidence, Held, Input, Membership, Record, Why};
use crate::identity::Identity;
use crate::model::{Standing, Voucher};
use crate::parties::{GITHUB_ACTIONS, Listed, Parties};
use crate::repository;
use crate::said::{Said, Source};

/// A piece of evidence, read and weighed.
#[derive(Debug)]
pub(crate) struct Weighed<'a> {
    pub(crate) index: usize,
    pub(crate) name: &'a str,
    pub(crate) held: &'a Held<'a>,
    pub(crate) said: Said<'a>,
    pub(crate) standing: Standing,
    pub(crate) reason: String,
    /// Whose word it is.
    pub(crate) voice: Voucher,
    /// What the builder map says of it.
    pub(crate) listed: Option<Listed>,
    /// The verifier that it comes from, when signer and `verifier.id` are a listed pair.
    pub(crate) verifier: Option<String>,
    counts: Option<&'a VerifiedBundle>,
}

/// A verified statement by a party whose word counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted<'w, 'a> {
    weighed: &'w Weighed<'a>,
    bundle: &'a VerifiedBundle,
}

/// That a fact rests on a verified statement that counts, or on what was computed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    statement: Option<usize>,
}

/// A thing that a statement that counts names, or the artifact itself.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    identity: Identity,
    statement: Option<usize>,
}

/// That two ends are one: equal algorithm and equal digest, each named by a statement that counts or computed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    identity: Identity,
    statement: Option<usize>,
}

impl<'a> Weighed<'a> {
    pub(crate) fn counted(&self) -> Option<Counted<'_, 'a>> {
        self.counts.map(|bundle| Counted { weighed: self, bundle })
    }

    /// Whether the question was about it.
    pub(crate) const fn is_asked(&self) -> bool {
        match self.held {
            Held::Asked(_) | Held::Open(_) => true,
            Held::Unproven(unproven) => unproven.asked,
            Held::Further(_) | Held::Record(_) => false,
        }
    }

    /// What its certificate says, proven or not.
    pub(crate) fn claims(&self) -> Option<&'a FulcioExtensions> {
        match self.held {
            Held::Asked(bundle) | Held::Open(bundle) | Held::Further(bundle) => bundle.claims(),
            Held::Unproven(unproven) => unproven.claims,
            Held::Record(_) => None,
        }
    }

    /// Who stands behind what its certificate says: nobody, where no authority issued that. `None` where there is no certificate.
    pub(crate) fn certifier(&self) -> Option<Voucher> {
        self.claims()?;
        Some(match self.held {
            Held::Unproven(unproven) if !unproven.certified => Voucher::Nobody,
            _ => Voucher::CertificateAuthority,
        })
    }

    /// Who signed, as a text; empty when nobody did.
    pub(crate) fn signer(&self) -> String {
        match self.held {
            Held::Asked(bundle) | Held::Open(bundle) | Held::Further(bundle) => match bundle.signer() {
                Some(name) => name.text().unwrap_or("a name without a text").to_owned(),
                None if bundle.key_is_built_in() => "a registry, with a key that is built in".to_owned(),
                None => "the holder of a key".to_owned(),
            },
            Held::Unproven(unproven) => unproven.signer.clone(),
            Held::Record(_) => String::new(),
        }
    }

    /// Earliest verified time of its signature (E-60).
    pub(crate) fn time(&self) -> Option<UnixMillis> {
        match self.held {
            Held::Asked(bundle) | Held::Open(bundle) | Held::Further(bundle) => {
                bundle.times().map(|times| times.earliest())
            }
            Held::Unproven(_) | Held::Record(_) => None,
        }
    }

    /// Where its certificate says that the job ran: source of a build that it is provenance of.
    pub(crate) fn certified_source(&self) -> Source {
        let Some(claims) = self.claims() else { return Source::default() };
        Source {
            repository: claims.source_repository_uri().and_then(repository::normalised),
            reference: claims.source_repository_ref().map(str::to_owned),
            commit: claims.source_repository_digest().and_then(Identity::of_git),
        }
    }

    /// Whether certificate and statement name different sources: another repository, or another commit, where both say one
    /// (E-31, where no check compares them).
    pub(crate) fn contradicts_certificate(&self) -> bool {
        let (certified, said) = (self.certified_source(), &self.said.source);
        let repository = certified.repository.as_ref().zip(said.repository.as_ref());
        let commit = certified.commit.as_ref().zip(said.commit.as_ref());
        repository.is_some_and(|(one, other)| one != other) || commit.is_some_and(|(one, other)| one != other)
    }

    /// Where certificate and statement say that the source came from; what the certificate contradicts is no source.
    pub(crate) fn sources(&self) -> [Source; 2] {
        let stated = if self.contradicts_certificate() { Source::default() } else { self.said.source.clone() };
        [self.certified_source(), stated]
    }

    /// Whether it draws anything: what failed a check says nothing.
    pub(crate) fn may_be_heard(&self) -> bool {
        self.standing != Standing::Failed && !self.said.malformed
    }
}

impl<'w, 'a> Counted<'w, 'a> {
    pub(crate) const fn weighed(&self) -> &'w Weighed<'a> {
        self.weighed
    }

    pub(crate) const fn bundle(&self) -> &'a VerifiedBundle {
        self.bundle
    }

    pub(crate) const fn proof(&self) -> Proof {
        Proof { statement: Some(self.weighed.index) }
    }

    /// A subject of the statement.
    pub(crate) fn subject(&self, identity: &Identity) -> Option<Anchor> {
        let is_subject = self.weighed.said.subjects.binary_search(identity).is_ok();
        is_subject.then(|| self.anchor(identity))
    }

    /// The commit that the statement itself names as its source; none where the certificate contradicts it.
    pub(crate) fn stated_commit(&self) -> Option<Anchor> {
        let commit = self.weighed.said.source.commit.as_ref().filter(|_| !self.weighed.contradicts_certificate());
        commit.map(|commit| self.anchor(commit))
    }

    /// The commit that the certificate names.
    pub(crate) fn certified_commit(&self) -> Option<Anchor> {
        self.bundle.claims()?;
        self.weighed.certified_source().commit.as_ref().map(|commit| self.anchor(commit))
    }

    /// That the statement itself joins two things: something it lists as used, and one of its subjects (E-57).
    pub(crate) fn joins(&self, used: &Identity, subject: &Identity) -> Option<Match> {
        let lists = self.weighed.said.used.binary_search(used).is_ok();
        let subject = self.subject(subject)?;
        lists.then_some(Match { identity: subject.identity, statement: subject.statement })
    }

    /// That the statement lists this very document, by the digest of bytes at hand: as one that a summary was made from, or
    /// one that a reference points at (E-52, E-57). It says nothing of what the document is worth.
    pub(crate) fn lists(&self, identity: &Identity, document: &Evidence<'_>) -> Option<Match> {
        let listed = self.weighed.said.documents().0.iter().flat_map(|listed| &listed.digests);
        let names = listed.filter_map(|digest| Identity::of_file(&digest.algorithm, &digest.value));
        let is_named = names.into_iter().any(|named| named == *identity);
        (is_named && document.digests.contains(identity))
            .then(|| Match { identity: identity.clone(), statement: Some(self.weighed.index) })
    }

    fn anchor(&self, identity: &Identity) -> Anchor {
        Anchor { identity: identity.clone(), statement: Some(self.weighed.index) }
    }
}

impl Proof {
    /// The artifact's own digests were computed here, or stated by the person.
    pub(crate) const fn of_artifact(_: &Artifact) -> Self {
        Self { statement: None }
    }

    /// Statement behind it.
    #[must_use]
    pub const fn statement(&self) -> Option<usize> {
        self.statement
    }
}

impl Anchor {
    /// The artifact.
    pub(crate) fn artifact(artifact: &Artifact, identity: &Identity) -> Option<Self> {
        own_digests(artifact).contains(identity).then(|| Self { identity: identity.clone(), statement: None })
    }

    /// An index that lists the artifact, by bytes that were given.
    pub(crate) fn member(manifest: &Self, membership: &Membership) -> Option<Self> {
        (membership.manifest == manifest.identity)
            .then(|| Self { identity: membership.index.clone(), statement: manifest.statement })
    }
}

impl Match {
    /// Two ends that are the same thing.
    pub(crate) fn between(left: &Anchor, right: &Anchor) -> Option<Self> {
        (left.identity == right.identity)
            .then(|| Self { identity: left.identity.clone(), statement: right.statement.or(left.statement) })
    }

    /// That an index lists a manifest, by bytes that were given.
    pub(crate) fn listed(membership: &Membership) -> Self {
        Self { identity: membership.manifest.clone(), statement: None }
    }

    /// What both ends agree on.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Statement behind it.
    #[must_use]
    pub const fn statement(&self) -> Option<usize> {
        self.statement
    }
}

/// The digests that are one thing: all that were computed here of one file; of stated ones the first (E-61).
pub(crate) fn own_digests(artifact: &Artifact) -> &[Identity] {
    let one = usize::from(!artifact.digests.is_empty());
    let count = if artifact.computed { artifact.digests.len() } else { one };
    artifact.digests.get(..count).unwrap_or_default()
}

/// Reads and weighs everything, in the order given.
pub(crate) fn weigh<'a>(input: &'a Input<'a>) -> Vec<Weighed<'a>> {
    let mut asked = false;
    input
        .evidence
        .iter()
        .take(crate::limits::MAX_EVIDENCE)
        .enumerate()
        .map(|(index, evidence)| {
            let is_first_asked = matches!(evidence.held, Held::Asked(_)) && !core::mem::replace(&mut asked, true);
            weigh_one(index, evidence, input, is_first_asked)
        })
        .collect()
}

fn weigh_one<'a>(index: usize, evidence: &'a Evidence<'a>, input: &'a Input<'a>, asked: bool) -> Weighed<'a> {
    let mut weighed = Weighed {
        index,
        name: &evidence.name,
        held: &evidence.held,
        said: Said::nothing(),
        standing: Standing::Unsigned,
        reason: "Nobody signed it: it is shown, and joins nothing.".to_owned(),
        voice: Voucher::Nobody,
        listed: None,
        verifier: None,
        counts: None,
    };
    match &evidence.held {
        Held::Record(Record::Statement(statement)) => weighed.said = Said::read(statement),
        Held::Record(Record::List(_)) => {
            "Nobody signed it. What it lists counts where a statement that counts names its digest."
                .clone_into(&mut weighed.reason);
        }
        Held::Record(_) => {}
        Held::Unproven(unproven) => {
            weighed.said = unproven.statement.map_or_else(Said::nothing, Said::read);
            weighed.standing = match unproven.why {
                Why::Failed => Standing::Failed,
                Why::Open => Standing::Unnamed,
            };
            weighed.reason.clone_from(&unproven.reason);
            weighed.voice = voice(&weighed, None);
        }
        Held::Asked(bundle) | Held::Open(bundle) | Held::Further(bundle) => {
            weighed.said = match (bundle.statement(), bundle.subject()) {
                (Some(statement), _) => Said::read(statement.statement()),
                (None, Some(subject)) => {
                    let digest = subject.digest();
                    Identity::of_file(digest.algorithm().name(), &digest.hex())
                        .map_or_else(Said::nothing, Said::signature)
                }
                (None, None) => Said::nothing(),
            };
            rely(&mut weighed, bundle, &input.parties, asked);
            // A rejected question cuts the chain: nothing that stands beside it may look like an answer.
            let counts = matches!(weighed.standing, Standing::Named | Standing::Relied) && input.cut.is_none();
            weighed.counts = (counts && !weighed.said.malformed).then_some(*bundle);
        }
    }
    weighed
}

/// Decides whether a verified statement's word counts, and why.
fn rely<'a>(weighed: &mut Weighed<'a>, bundle: &'a VerifiedBundle, parties: &Parties<'_>, asked: bool) {
    weighed.listed = Listed::of(bundle);
    let source_verifier = |said: &Said<'_>| said.source_provenance().is_some() || said.tag_provenance().is_some();
    let verifier = match &weighed.said.predicate {
        Predicate::Summary(summary) => parties.verifier(bundle, Some(&summary.verifier_id)),
        Predicate::Svr(svr) => parties.verifier(bundle, Some(&svr.verifier_id)),
        _ if source_verifier(&weighed.said) => parties.verifier(bundle, None),
        _ => None,
    };
    weighed.verifier = verifier.map(|verifier| verifier.id.clone());
    weighed.voice = voice(weighed, Some(bundle));
    let is_registry = bundle.key_is_built_in() && matches!(weighed.said.predicate, Predicate::NpmPublish(_));
    let named = (asked || parties.is_named(bundle)) && !is_registry;
    let trusted_builder = weighed.listed.as_ref().filter(|listed| listed.names_signer());
    (weighed.standing, weighed.reason) = if named {
        let reason = match (bundle.identity(), bundle.claims()) {
            (None, None) => "Signed with the key that you gave.",
            (None, Some(_)) if asked => "The signer was waived, on purpose.",
            (Some(identity), _) => match identity.names() {
                Names::Signer => "Signed by the signer that you named.",
                Names::Strangers(_) | Names::Untried => "Signed by one of those whom your pattern fits.",
                Names::WithoutIssuer | Names::AnyIssuer => {
                    "Signed under the name that you gave, whoever vouches for it."
                }
            },
            _ => "Signed by the signer that you named.",
        };
        (Standing::Named, reason.to_owned())
    } else if is_registry {
        (Standing::Relied, "Signed with a key of the npm registry that is built in.".to_owned())
    } else if let Some(verifier) = verifier {
        (Standing::Relied, format!("Signed by {}, {}.", verifier.id, verifier.because))
    } else if let Some(listed) = trusted_builder {
        (Standing::Relied, format!("Signed by a builder on the builder list: {}.", listed.name))
    } else if matches!(weighed.said.predicate, Predicate::Release(_)) && Parties::is_github_release(bundle) {
        (Standing::Relied, "Signed by GitHub as a release, under GitHub's own trusted root.".to_owned())
    } else {
        (
            Standing::Unnamed,
            "The signature verifies. Nobody named this signer, and no list does: it joins nothing.".to_owned(),
        )
    };
}

/// Whose word a statement is. A job of a build platform speaks as the builder; a person or a key as the publisher.
fn voice(weighed: &Weighed<'_>, bundle: Option<&VerifiedBundle>) -> Voucher {
    let is_job = weighed.claims().is_some_and(|claims| {
        claims.runner_environment().is_some()
            || claims.issuer() == Some(GITHUB_ACTIONS)
            || claims.run_invocation_uri().is_some()
    });
    if weighed.verifier.is_some() {
        Voucher::Verifier
    } else if weighed.said.provenance().is_some() && (is_job || weighed.listed.is_some()) {
        Voucher::Builder
    } else if bundle.is_some() {
        Voucher::Publisher
    } else if is_job && weighed.said.provenance().is_some() {
        Voucher::Builder
    } else {
        Voucher::Publisher
    }
}
