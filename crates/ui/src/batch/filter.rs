//! Which rows are shown, and in which order. Pure: the same rows and filter give the same list.

use std::rc::Rc;

use touchstone_report::document::Outcome;
use touchstone_report::document::custody::Strength;
use touchstone_report::document::inventory::{Coverage, QUESTIONS, Row};

use crate::strings::batch as words;

/// A row, with what searching and ordering need of it worked out once.
#[derive(Debug, PartialEq)]
pub struct Listed {
    /// The row.
    pub row: Row,
    /// Number under which the worker knows it.
    pub number: usize,
    text: String,
    badness: usize,
}

impl Listed {
    /// Works out what searching needs.
    #[must_use]
    pub fn new(number: usize, row: Row) -> Rc<Self> {
        let mut parts: Vec<&str> = vec![&row.digest, &row.signer];
        parts.extend(row.names.iter().map(String::as_str));
        parts.extend(row.statements.iter().map(String::as_str));
        parts.extend(row.cells().iter().flat_map(|cell| [cell.text.as_str(), cell.detail.as_str()]));
        // The places of one artifact may be thousands: their namespaces are what one looks for.
        parts.extend(row.namespaces());
        let text = parts.join("\n").to_lowercase();
        let badness = row.badness();
        Rc::new(Self { row, number, text, badness })
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
    pub fn select(&self, rows: &[Rc<Listed>]) -> Vec<usize> {
        let text = self.text.trim().to_lowercase();
        let mut found: Vec<(usize, &Rc<Listed>)> =
            rows.iter().enumerate().filter(|(_, listed)| self.holds(listed, &text)).collect();
        // Stable: what is alike stays in the order of the inventory.
        match self.order {
            Order::Worst => found.sort_by_key(|(_, listed)| listed.badness),
            Order::Name => found.sort_by(|(_, left), (_, right)| left.row.heading().cmp(right.row.heading())),
            Order::Namespace => {
                found.sort_by_cached_key(|(_, listed)| {
                    let namespace = listed.row.namespaces().first().map(|name| (*name).to_owned());
                    (namespace, listed.row.heading().to_owned())
                });
            }
        }
        found.into_iter().map(|(position, _)| position).collect()
    }

    fn holds(&self, listed: &Listed, text: &str) -> bool {
        let row = &listed.row;
        self.outcome.is_none_or(|wanted| row.outcome == wanted)
            && self
                .unanswered
                .iter()
                .zip(row.cells())
                .all(|(wanted, cell)| !wanted || cell.strength != Strength::Proven)
            && self.namespace.as_ref().is_none_or(|wanted| row.places.iter().any(|place| place.namespace == *wanted))
            && (text.is_empty() || listed.text.contains(text))
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

/// Distinct namespaces of all rows, sorted; those without a name left out.
#[must_use]
pub fn namespaces(rows: &[Rc<Listed>]) -> Vec<String> {
    let all: std::collections::BTreeSet<&str> =
        rows.iter().flat_map(|listed| listed.row.places.iter().map(|place| place.namespace.as_str())).collect();
    all.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The figures of these positions.
#[must_use]
pub fn coverage(rows: &[Rc<Listed>], shown: &[usize]) -> Coverage {
    Coverage::of(shown.iter().filter_map(|position| rows.get(*position)).map(|listed| &listed.row))
}
