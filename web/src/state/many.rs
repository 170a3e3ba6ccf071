//! The state of the page "Check many": one value, changed by [`ManyAction`]s in one pure function.

use std::rc::Rc;

use touchstone_report::document::Document;
use touchstone_report::document::inventory::{Coverage, Inventory};
use touchstone_ui::{
    DRAWN_ROWS, Draft, Edit, Filter, FilterEdit, Found, Listed, PAGE_ROWS, batch_coverage, batch_namespaces,
};

/// Everything that the page knows about many artifacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Many {
    /// What the fields about the signer hold.
    pub draft: Draft,
    /// What they held when the work began.
    pub asked: Draft,
    /// What is wrong with the question: (part, sentence).
    pub unaskable: Option<(String, String)>,
    /// Files given so far.
    pub files: usize,
    /// What is going on.
    pub phase: Phase,
    /// Rows answered, in the order of the inventory.
    pub rows: Rc<Vec<Rc<Found>>>,
    /// Everything of the document but its rows. Without it nothing is shown.
    pub head: Option<Rc<Inventory>>,
    /// Figures of all rows.
    pub all: Rc<Coverage>,
    /// Namespaces of all rows.
    pub namespaces: Rc<Vec<String>>,
    /// Which rows are shown.
    pub filter: Filter,
    /// Positions of the rows that the filter leaves, in order.
    pub shown: Rc<Vec<usize>>,
    /// Their figures.
    pub coverage: Rc<Coverage>,
    /// Page of the table.
    pub page: usize,
    /// Rows of that page that are drawn by now.
    pub drawn: usize,
    /// Position of the unfolded row.
    pub unfolded: Option<usize>,
    /// The full result of a row.
    pub opened: Option<Rc<Document>>,
    /// How far saving all of it as a page is.
    pub saving: Saving,
}

/// Saving as a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing to say.
    #[default]
    Not,
    /// The page is being made.
    Going,
    /// It is being made, or was, without the program that lets it check itself.
    Bare,
    /// No page could be made: why.
    Failed(String),
}

/// What is going on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// Files are being read.
    Reading {
        /// Files read.
        done: usize,
    },
    /// Rows are being answered.
    Answering {
        /// Rows in all.
        of: usize,
    },
    /// Every row is answered.
    Done,
    /// Could not check: why. Never a verdict.
    Stuck(String),
}

/// Everything that can happen.
#[derive(Debug)]
pub enum ManyAction {
    /// Files were given.
    Given(usize),
    /// Forget everything that was given.
    Cleared,
    /// A field about the signer changed.
    Edit(Edit),
    /// A key file was given.
    KeyFile(String),
    /// A trusted root file was given.
    RootFile(String),
    /// Work began.
    Began,
    /// Files were read: how many in all.
    Read(usize),
    /// Rows were answered: rows in all, the next of them.
    Rows(usize, Vec<Listed>),
    /// Everything is answered.
    Finished(Box<Inventory>),
    /// The person stopped it, or it came to nothing: why.
    Stopped(String),
    /// The question cannot be put.
    Unaskable(String, String),
    /// The filter changed.
    Filter(FilterEdit),
    /// Draw the next rows of the table.
    Draw,
    /// Another page of the table.
    Page(usize),
    /// A row was folded or unfolded.
    Fold(usize),
    /// The full result of a row, or back to the table.
    Opened(Option<Rc<Document>>),
    /// A page is being made, or could not be.
    Saving(Saving),
    /// A page was made.
    Saved,
}

impl yew::Reducible for Many {
    type Action = ManyAction;

    fn reduce(self: Rc<Self>, action: ManyAction) -> Rc<Self> {
        let mut next = (*self).clone();
        next.act(action);
        Rc::new(next)
    }
}

impl Many {
    /// Whether the worker is at work.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Reading { .. } | Phase::Answering { .. })
    }

    fn act(&mut self, action: ManyAction) {
        match action {
            ManyAction::Given(count) => {
                // What was answered is about other material from now on.
                self.forget_answer();
                self.files = self.files.saturating_add(count);
            }
            ManyAction::Saving(saving) => self.saving = saving,
            ManyAction::Saved if self.saving == Saving::Going => self.saving = Saving::Not,
            ManyAction::Saved => {}
            ManyAction::Cleared => *self = Self { draft: self.draft.clone(), ..Self::default() },
            ManyAction::Edit(edit) => {
                self.unaskable = None;
                self.draft = self.draft.after(edit);
            }
            ManyAction::KeyFile(name) => self.draft.key_file = Some(name),
            ManyAction::RootFile(name) => self.draft.root_file = Some(name),
            ManyAction::Began => {
                self.forget_answer();
                self.unaskable = None;
                self.asked = self.draft.clone();
                self.phase = Phase::Reading { done: 0 };
            }
            ManyAction::Read(done) => self.phase = Phase::Reading { done },
            ManyAction::Rows(of, rows) => {
                self.phase = Phase::Answering { of };
                let all = Rc::make_mut(&mut self.rows);
                all.extend(rows.into_iter().map(Found::new));
            }
            ManyAction::Finished(head) => {
                self.head = Some(Rc::new(*head));
                self.phase = Phase::Done;
                self.all = Rc::new(batch_coverage(self.rows.iter()));
                self.namespaces = Rc::new(batch_namespaces(&self.rows));
                self.look();
            }
            ManyAction::Stopped(why) => {
                self.forget_answer();
                self.phase = Phase::Stuck(why);
            }
            ManyAction::Unaskable(part, message) => {
                self.forget_answer();
                self.unaskable = Some((part, message));
            }
            ManyAction::Filter(edit) => {
                self.filter = self.filter.after(edit);
                (self.page, self.unfolded) = (0, None);
                self.look();
            }
            ManyAction::Draw if self.draws() => self.drawn = self.drawn.saturating_add(DRAWN_ROWS),
            ManyAction::Draw => {}
            ManyAction::Page(page) => (self.page, self.unfolded, self.drawn) = (page, None, DRAWN_ROWS),
            ManyAction::Fold(position) => {
                self.unfolded = (self.unfolded != Some(position)).then_some(position);
            }
            ManyAction::Opened(document) => self.opened = document,
        }
    }

    /// Whether rows of the table's page are still to be drawn.
    #[must_use]
    pub fn draws(&self) -> bool {
        let left = self.shown.len().saturating_sub(self.page.saturating_mul(PAGE_ROWS)).min(PAGE_ROWS);
        self.head.is_some() && self.drawn < left
    }

    fn forget_answer(&mut self) {
        self.phase = Phase::Idle;
        self.rows = Rc::default();
        self.head = None;
        self.all = Rc::default();
        self.namespaces = Rc::default();
        self.shown = Rc::default();
        self.coverage = Rc::default();
        self.filter = Filter::default();
        self.page = 0;
        self.unfolded = None;
        self.opened = None;
        self.saving = Saving::Not;
    }

    fn look(&mut self) {
        self.drawn = DRAWN_ROWS;
        let shown = self.filter.select(&self.rows);
        self.coverage = Rc::new(batch_coverage(shown.iter().filter_map(|position| self.rows.get(*position))));
        self.shown = Rc::new(shown);
    }
}

#[cfg(test)]
mod tests {
    use touchstone_report::document::custody::Strength;
    use touchstone_report::document::inventory::{Cell, Row};
    use touchstone_report::document::{Outcome, Policy};

    use super::*;

    fn row(name: &str, outcome: Outcome, source: Strength) -> Listed {
        let cell = |strength| Cell { strength, text: "text".to_owned(), detail: String::new() };
        let row = Row {
            digest: format!("sha256:{name}"),
            names: vec![name.to_owned()],
            places: Vec::new(),
            outcome,
            title: String::new(),
            reason: String::new(),
            source: cell(source),
            build: cell(Strength::Gap),
            artifact: cell(Strength::Gap),
            deploy: cell(Strength::Gap),
            levels: Vec::new(),
            signer: String::new(),
            statements: Vec::new(),
            warnings: Vec::new(),
        };
        let whereabouts = "5000 running".to_owned();
        Listed { row, places: 5000, whereabouts, namespaces: vec![format!("of-{name}")], opens: false }
    }

    fn after(actions: Vec<ManyAction>) -> Many {
        let mut many = Many::default();
        actions.into_iter().for_each(|action| many.act(action));
        many
    }

    fn answered() -> Vec<ManyAction> {
        let head = Inventory {
            schema: String::new(),
            tool: String::new(),
            given: Vec::new(),
            policy: Policy::default(),
            shown: String::new(),
            coverage: Coverage::default(),
            rows: Vec::new(),
            warnings: Vec::new(),
        };
        vec![
            ManyAction::Given(3),
            ManyAction::Began,
            ManyAction::Read(3),
            ManyAction::Rows(3, vec![row("good", Outcome::Verified, Strength::Proven)]),
            ManyAction::Rows(
                3,
                vec![
                    row("bad", Outcome::Rejected, Strength::Gap),
                    row("open", Outcome::Incomplete, Strength::NameOnly),
                ],
            ),
            ManyAction::Finished(Box::new(head)),
        ]
    }

    fn names(many: &Many) -> Vec<&str> {
        many.shown.iter().filter_map(|at| many.rows.get(*at)).map(|found| found.listed.row.heading()).collect()
    }

    fn filtered(edits: Vec<FilterEdit>) -> Many {
        after(answered().into_iter().chain(edits.into_iter().map(ManyAction::Filter)).collect())
    }

    #[test]
    fn the_worst_comes_first_and_filters_combine() {
        assert_eq!(names(&after(answered())), ["bad", "open", "good"]);
        assert_eq!(names(&filtered(vec![FilterEdit::Unanswered(0)])), ["bad", "open"]);
        let both = vec![FilterEdit::Unanswered(0), FilterEdit::Outcome(Some(Outcome::Incomplete))];
        let many = filtered(both);
        assert_eq!(names(&many), ["open"]);
        assert_eq!((many.coverage.artifacts, many.all.artifacts), (1, 3), "the figures follow the filter");
        assert_eq!((many.coverage.places, many.all.places), (5_000, 15_000), "places that are not listed count too");
        assert_eq!(many.filter.words(), "verdict Incomplete; Source not answered");
        assert_eq!(names(&filtered(vec![FilterEdit::Text("SHA256:GO".to_owned())])), ["good"]);
        assert_eq!(names(&filtered(vec![FilterEdit::Namespace(Some("of-bad".to_owned()))])), ["bad"]);
        assert_eq!(names(&filtered(vec![FilterEdit::Text("nothing".to_owned())])), Vec::<&str>::new());
    }

    #[test]
    fn nothing_is_shown_before_every_row_is_answered() {
        let mut actions = answered();
        actions.pop();
        let many = after(actions);
        assert!(many.head.is_none() && many.shown.is_empty() && many.is_busy());
    }

    #[test]
    fn every_row_of_a_page_is_drawn_in_the_end() {
        let mut actions = answered();
        let rows = (0..120).map(|number| row(&number.to_string(), Outcome::Incomplete, Strength::Gap)).collect();
        actions.insert(3, ManyAction::Rows(123, rows));
        let mut many = after(actions);
        for (page, rows) in [(0, 30), (1, 30), (4, 3)] {
            many.act(ManyAction::Page(page));
            assert_eq!(many.drawn, DRAWN_ROWS);
            while many.draws() {
                many.act(ManyAction::Draw);
            }
            assert!(many.drawn >= rows && many.drawn < rows + DRAWN_ROWS, "page {page}: {} drawn", many.drawn);
        }
    }

    #[test]
    fn an_answer_never_outlives_its_material() {
        for change in [ManyAction::Given(1), ManyAction::Began, ManyAction::Stopped(String::new()), ManyAction::Cleared]
        {
            let said = format!("{change:?}");
            let many = after(answered().into_iter().chain([change]).collect());
            assert!(many.head.is_none() && many.rows.is_empty() && many.opened.is_none(), "{said}");
        }
    }
}
