//! The state of the page "Check many": one value, changed by [`ManyAction`]s in one pure function.

use std::rc::Rc;

use touchstone_report::document::Document;
use touchstone_report::document::inventory::{Coverage, Inventory, Row};
use touchstone_ui::{Draft, Edit, Filter, FilterEdit, Listed, batch_coverage, batch_namespaces};

/// Everything that the page knows about many artifacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Many {
    /// What the fields about the signer hold.
    pub draft: Draft,
    /// What is wrong with the question: (part, sentence).
    pub unaskable: Option<(String, String)>,
    /// Files given so far.
    pub files: usize,
    /// What is going on.
    pub phase: Phase,
    /// Rows answered, in the order of the inventory.
    pub rows: Rc<Vec<Rc<Listed>>>,
    /// Everything of the document but its rows.
    pub head: Option<Rc<Inventory>>,
    /// Which rows are shown.
    pub filter: Filter,
    /// What the filter leaves, worked out when it changes.
    pub view: Rc<View>,
    /// Page of the table.
    pub page: usize,
    /// Position of the unfolded row.
    pub unfolded: Option<usize>,
    /// The full result of a row.
    pub opened: Option<Rc<Document>>,
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

/// What the filter leaves.
#[derive(Debug, Default, PartialEq)]
pub struct View {
    /// Positions of rows, in order.
    pub shown: Rc<Vec<usize>>,
    /// Their figures.
    pub coverage: Rc<Coverage>,
    /// Figures of all rows.
    pub all: Rc<Coverage>,
    /// Namespaces of all rows.
    pub namespaces: Rc<Vec<String>>,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
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
    /// Rows were answered: first, rows in all, the rows.
    Rows(usize, Vec<Row>),
    /// Everything is answered.
    Finished(Box<Inventory>),
    /// The person stopped it, or it came to nothing: why.
    Stopped(String),
    /// The question cannot be put.
    Unaskable(String, String),
    /// The filter changed.
    Filter(FilterEdit),
    /// Another page of the table.
    Page(usize),
    /// A row was folded or unfolded.
    Fold(usize),
    /// The full result of a row, or back to the table.
    Opened(Option<Rc<Document>>),
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
                self.phase = Phase::Reading { done: 0 };
            }
            ManyAction::Read(done) => self.phase = Phase::Reading { done },
            ManyAction::Rows(of, rows) => {
                self.phase = Phase::Answering { of };
                let all = Rc::make_mut(&mut self.rows);
                for row in rows {
                    let number = all.len();
                    all.push(Listed::new(number, row));
                }
            }
            ManyAction::Finished(head) => {
                self.head = Some(Rc::new(*head));
                self.phase = Phase::Done;
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
            ManyAction::Page(page) => (self.page, self.unfolded) = (page, None),
            ManyAction::Fold(position) => {
                self.unfolded = (self.unfolded != Some(position)).then_some(position);
            }
            ManyAction::Opened(document) => self.opened = document,
        }
    }

    fn forget_answer(&mut self) {
        self.phase = Phase::Idle;
        self.rows = Rc::default();
        self.head = None;
        self.view = Rc::default();
        self.filter = Filter::default();
        self.page = 0;
        self.unfolded = None;
        self.opened = None;
    }

    fn look(&mut self) {
        let shown = self.filter.select(&self.rows);
        let everything: Vec<usize> = (0..self.rows.len()).collect();
        self.view = Rc::new(View {
            coverage: Rc::new(batch_coverage(&self.rows, &shown)),
            all: Rc::new(batch_coverage(&self.rows, &everything)),
            namespaces: Rc::new(batch_namespaces(&self.rows)),
            shown: Rc::new(shown),
        });
    }
}

#[cfg(test)]
mod tests {
    use touchstone_report::document::custody::Strength;
    use touchstone_report::document::inventory::{Cell, Place, Standing};
    use touchstone_report::document::{Outcome, Policy};

    use super::*;

    fn row(name: &str, outcome: Outcome, source: Strength) -> Row {
        let cell = |strength| Cell { strength, text: "text".to_owned(), detail: String::new() };
        Row {
            digest: format!("sha256:{name}"),
            names: vec![name.to_owned()],
            places: vec![Place {
                standing: Standing::Running,
                cluster: String::new(),
                namespace: format!("of-{name}"),
                name: String::new(),
                container: String::new(),
            }],
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
        }
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
        many.view.shown.iter().filter_map(|at| many.rows.get(*at)).map(|listed| listed.row.heading()).collect()
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
        assert_eq!((many.view.coverage.artifacts, many.view.all.artifacts), (1, 3), "the figures follow the filter");
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
        assert!(many.head.is_none() && many.view.shown.is_empty() && many.is_busy());
    }

    #[test]
    fn an_answer_never_outlives_its_material() {
        for change in [ManyAction::Given(1), ManyAction::Began, ManyAction::Stopped(String::new()), ManyAction::Cleared]
        {
            let many = after(answered().into_iter().chain([change.clone()]).collect());
            assert!(many.head.is_none() && many.rows.is_empty() && many.opened.is_none(), "{change:?}");
        }
    }
}
