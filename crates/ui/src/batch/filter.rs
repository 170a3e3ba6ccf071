//! Which rows are shown, and in which order. Pure: the same rows and filter give the same list.

use std::rc::Rc;

use touchstone_report::document::Outcome;
use touchstone_report::document::custody::Strength;
use touchstone_report::document::inventory::{Coverage, QUESTIONS, Row};

use crate::strings::batch as words;

/// A row as it is listed: an artifact may have thousands of places, of which the table shows figures and a few.
#[derive(Debug, PartialEq)]
pub struct Listed {
    /// The row, with the first few of its places.
    pub row: Row,
    /// Places in all.
    pub places: usize,
    /// Where it is, in words.
    pub whereabouts: String,
    /// Distinct namespaces of all places, without the empty one.
    pub namespaces: Vec<String>,
    /// Whether there is a full result to open.
    pub opens: bool,
}

/// A [`Listed`] row with what searching and ordering need of it, worked out once.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// The row.
    pub listed: Listed,
    text: String,
    badness: usize,
}

impl Found {
    /// Works out what searching needs.
    #[must_use]
    pub fn new(listed: Listed) -> Rc<Self> {
        let row = &listed.row;
        let mut parts: Vec<&str> = vec![&row.digest, &row.signer];
        parts.extend(row.names.iter().map(String::as_str));
        parts.extend(row.statements.iter().map(String::as_str));
        parts.extend(row.cells().iter().flat_map(|cell| [cell.text.as_str(), cell.detail.as_str()]));
        parts.extend(listed.namespaces.iter().map(String::as_str));
        let text = parts.join("\n").to_lowercase();
        let badness = row.badness();
        Rc::new(Self { listed, text, badness })
    }
}

/// What is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this verdict.
    pub outcome: Option<Outcome>,
    /// Only rows in which each of these questions is not answered, in the order of [`QUESTIONS`].
    pub unanswered: [bool; 4],
    /// Only rows with a place in this namespace.
    pub namespace: Option<String>,
    /// Only rows that hold this text.
    pub text: String,
    /// In which order.
    pub order: Order,
}

/// Orders of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The worst first.
    #[default]
    Worst,
    /// By name.
    Name,
    /// By namespace, then name.
    Namespace,
}

/// One change to a [`Filter`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterEdit {
    /// Verdict chosen.
    Outcome(Option<Outcome>),
    /// Question at this place toggled.
    Unanswered(usize),
    /// Namespace chosen; `None`: all.
    Namespace(Option<String>),
    /// Text typed.
    Text(String),
    /// Order chosen.
    Order(Order),
}

impl Filter {
    /// The filter after a change.
    #[must_use]
    pub fn after(&self, edit: FilterEdit) -> Self {
        let mut next = self.clone();
        match edit {
            FilterEdit::Outcome(outcome) => next.outcome = outcome,
            FilterEdit::Unanswered(at) => {
                if let Some(wanted) = next.unanswered.get_mut(at) {
                    *wanted = !*wanted;
                }
            }
            FilterEdit::Namespace(namespace) => next.namespace = namespace,
            FilterEdit::Text(text) => next.text = text,
            FilterEdit::Order(order) => next.order = order,
        }
        next
    }

    /// Positions of the rows shown, in their order.
    #[must_use]
    pub fn select(&self, rows: &[Rc<Found>]) -> Vec<usize> {
        let text = self.text.trim().to_lowercase();
        let mut left: Vec<(usize, &Found)> = rows
            .iter()
            .enumerate()
            .map(|(at, found)| (at, &**found))
            .filter(|(_, found)| self.holds(found, &text))
            .collect();
        let name = |found: &'_ Found| found.listed.row.heading().to_owned();
        // Stable: what is alike stays in the order of the inventory.
        match self.order {
            Order::Worst => left.sort_by_key(|(_, found)| found.badness),
            Order::Name => left.sort_by_cached_key(|(_, found)| name(found)),
            Order::Namespace => {
                left.sort_by_cached_key(|(_, found)| (found.listed.namespaces.first().cloned(), name(found)));
            }
        }
        left.into_iter().map(|(position, _)| position).collect()
    }

    fn holds(&self, found: &Found, text: &str) -> bool {
        let row = &found.listed.row;
        self.outcome.is_none_or(|wanted| row.outcome == wanted)
            && self
                .unanswered
                .iter()
                .zip(row.cells())
                .all(|(wanted, cell)| !wanted || cell.strength != Strength::Proven)
            && self.namespace.as_ref().is_none_or(|wanted| found.listed.namespaces.contains(wanted))
            && text.split_whitespace().all(|word| found.text.contains(word))
    }

    /// What is filtered by, for the export; empty when nothing is.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        if let Some(outcome) = self.outcome {
            parts.push(format!("{}{}", words::ONLY_VERDICT, words::outcome(outcome)));
        }
        for (wanted, (_, title)) in self.unanswered.iter().zip(QUESTIONS) {
            if *wanted {
                parts.push(format!("{title}{}", words::ONLY_UNANSWERED));
            }
        }
        if let Some(namespace) = &self.namespace {
            parts.push(format!("{}{namespace}", words::ONLY_NAMESPACE));
        }
        if !self.text.trim().is_empty() {
            parts.push(format!("{}{}", words::ONLY_TEXT, self.text.trim()));
        }
        parts.join("; ")
    }
}

/// Distinct namespaces of all rows, sorted.
#[must_use]
pub fn namespaces(rows: &[Rc<Found>]) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = rows.iter().flat_map(|found| &found.listed.namespaces).collect();
    all.into_iter().cloned().collect()
}

/// The figures of these rows.
#[must_use]
pub fn coverage<'a>(rows: impl Iterator<Item = &'a Rc<Found>> + Clone) -> Coverage {
    let places = rows.clone().map(|found| found.listed.places).fold(0, usize::saturating_add);
    Coverage { places, ..Coverage::of(rows.map(|found| &found.listed.row)) }
}
