//! What went into the build: dependencies of the provenance and components of bills of materials, joined by digest, else
//! by purl. One pass, one look-up a row: 10 000 rows take as long as 10 000 look-ups.

use std::collections::BTreeMap;

use touchstone_formats::predicate::{Predicate, SbomFormat};
use touchstone_formats::resource::ResourceDescriptor;
use touchstone_formats::sbom::{Component, PurlProblem, Sbom, purl_problem};

use crate::chain::Chain;
use crate::evidence::{Held, Record};
use crate::identity::Identity;
use crate::limits::MAX_INPUTS;
use crate::model::{InputRow, Inputs};
use crate::said::dependency;

pub(crate) fn inputs(chain: &Chain<'_, '_>) -> Inputs {
    let mut table = Table::default();
    if let Some(build) = chain.builds().into_iter().find(|build| build.counted().is_some() || chain.input.cut.is_none())
    {
        build.said.listed().0.iter().for_each(|listed| table.dependency("provenance", listed));
    }
    // The materials of a step that made the artifact: one whose word counts, as for the provenance (E-52).
    for link in chain.about().filter(|one| matches!(one.said.predicate, Predicate::Link(_)) && one.counted().is_some())
    {
        link.said.listed().0.iter().for_each(|listed| table.dependency("in-toto link", listed));
    }
    for one in chain.weighed {
        if let Held::Record(Record::Bill(bill)) = one.held {
            table.bill(bill);
        }
    }
    // A signed one counts as a list of this artifact when it is about it.
    for one in chain.about() {
        if let (Predicate::Sbom(format), Some(statement)) = (&one.said.predicate, one.said.statement)
            && let Ok(bill) = Sbom::of_predicate(statement, *format)
        {
            table.bill(&bill);
        }
    }
    table.finish(chain)
}

#[derive(Default)]
struct Table {
    rows: Vec<InputRow>,
    identities: Vec<Option<Identity>>,
    by_digest: BTreeMap<String, usize>,
    by_purl: BTreeMap<String, usize>,
    left_out: usize,
}

impl Table {
    fn dependency(&mut self, listed_in: &str, listed: &ResourceDescriptor) {
        let uri = listed.uri.as_deref().or(listed.name.as_deref()).unwrap_or_default();
        let digest = dependency(listed).map(|identity| identity.to_string()).or_else(|| {
            let first = listed.digests.first()?;
            Some(format!("{}:{}", first.algorithm, first.value))
        });
        let warning = warning(purl_problem(Some(uri).filter(|uri| uri.starts_with("pkg:")), &listed.digests));
        self.add(listed_in, uri, String::new(), purl_of(uri), digest, dependency(listed), warning);
    }

    /// What the list is about is no input of itself.
    fn bill(&mut self, bill: &Sbom) {
        let mut described = bill.described.clone();
        described.sort_unstable();
        for (index, component) in bill.components.iter().enumerate() {
            if described.binary_search(&index).is_err() {
                self.component(format_name(bill.format), component);
            }
        }
    }

    fn component(&mut self, format: &str, component: &Component) {
        let identity = component.digests.iter().find_map(|digest| Identity::of_file(&digest.algorithm, &digest.value));
        let first = component.digests.first().map(|digest| format!("{}:{}", digest.algorithm, digest.value));
        let digest = identity.as_ref().map(Identity::to_string).or(first);
        let purl = component.purl.as_deref().unwrap_or_default();
        let name = if component.name.is_empty() { purl } else { &component.name };
        let version = component.version.clone().unwrap_or_default();
        let warning = warning(component.purl_problem.clone());
        self.add(format, name, version, purl_of(purl), digest, identity, warning);
    }

    #[expect(clippy::too_many_arguments, reason = "one row, as it is read")]
    fn add(
        &mut self,
        listed: &str,
        name: &str,
        version: String,
        purl: Option<String>,
        digest: Option<String>,
        identity: Option<Identity>,
        warning: String,
    ) {
        // A purl is a label: it may show that two rows mean one thing, and never that two digests are one.
        let by_digest = digest.as_ref().and_then(|digest| self.by_digest.get(digest)).copied();
        let by_purl = purl.as_ref().and_then(|purl| self.by_purl.get(purl)).copied().filter(|row| {
            let known = self.rows.get(*row).map(|row| row.digest.as_str()).unwrap_or_default();
            known.is_empty() || digest.as_deref().is_none_or(|digest| digest == known)
        });
        let joined = by_digest.map(|row| (row, "digest")).or(by_purl.map(|row| (row, "purl")));
        if let Some((index, how)) = joined {
            if let Some(row) = self.rows.get_mut(index) {
                if !row.listed.iter().any(|known| known == listed) {
                    row.listed.push(listed.to_owned());
                    row.joined = how;
                }
                if row.digest.is_empty() {
                    row.digest = digest.clone().unwrap_or_default();
                }
                if row.version.is_empty() {
                    row.version = version;
                }
                if row.warning.is_empty() {
                    row.warning = warning;
                }
            }
            if let Some(known) = self.identities.get_mut(index) {
                *known = known.take().or(identity);
            }
            self.index(index, purl, digest);
            return;
        }
        if self.rows.len() >= MAX_INPUTS {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        let index = self.rows.len();
        self.rows.push(InputRow {
            name: name.to_owned(),
            version,
            digest: digest.clone().unwrap_or_default(),
            listed: vec![listed.to_owned()],
            joined: "",
            provenance: None,
            warning,
        });
        self.identities.push(identity);
        self.index(index, purl, digest);
    }

    fn index(&mut self, row: usize, purl: Option<String>, digest: Option<String>) {
        if let Some(digest) = digest {
            self.by_digest.entry(digest).or_insert(row);
        }
        if let Some(purl) = purl {
            self.by_purl.entry(purl).or_insert(row);
        }
    }

    fn finish(mut self, chain: &Chain<'_, '_>) -> Inputs {
        for (row, identity) in self.rows.iter_mut().zip(&self.identities) {
            let statements = identity.as_ref().map_or(&[][..], |identity| chain.with_subject(identity));
            row.provenance = statements.iter().copied().find(|index| {
                chain.get(*index).is_some_and(|one| one.counted().is_some() && one.said.provenance().is_some())
            });
        }
        let pinned = self.identities.iter().filter(|identity| identity.is_some()).count();
        let with_provenance = self.rows.iter().filter(|row| row.provenance.is_some()).count();
        let listed = self.rows.len();
        let mut summary = match listed {
            0 => "No inputs are listed.".to_owned(),
            _ => format!("{pinned} of {listed} pinned by digest; {with_provenance} with provenance at hand."),
        };
        if self.left_out > 0 {
            summary = format!("{summary} {} more are listed and not shown.", self.left_out);
        }
        Inputs { rows: self.rows, pinned, with_provenance, summary }
    }
}

/// A purl without qualifiers and subpath, for comparing; `None` when the text is none.
fn purl_of(text: &str) -> Option<String> {
    let bare = text.split(['?', '#']).next().unwrap_or(text);
    bare.starts_with("pkg:").then(|| bare.to_owned())
}

fn warning(problem: Option<PurlProblem>) -> String {
    match problem {
        Some(PurlProblem::OtherDigest { algorithm, purl, .. }) => {
            format!("The purl names {algorithm}:{purl}; the digest beside it is another.")
        }
        Some(PurlProblem::Malformed) => "Its purl is none.".to_owned(),
        Some(_) => "Something is wrong with its purl.".to_owned(),
        None => String::new(),
    }
}

pub(crate) const fn format_name(format: SbomFormat) -> &'static str {
    match format {
        SbomFormat::Spdx => "SPDX",
        SbomFormat::CycloneDx => "CycloneDX",
    }
}
