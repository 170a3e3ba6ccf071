//! Policies that the person keeps in this browser: a list that is written only when they keep, import or delete one.

use touchstone_report::kept::{Kept, KeptError, parse_all, put};
use touchstone_report::question::Question;

use super::Session;

/// The policies that are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// Text in the field for a name.
    pub name: String,
    /// The policies, in the order in which they were kept.
    pub all: Vec<Kept>,
    /// What went wrong.
    pub problem: Option<String>,
    /// Whether the list is to be written: the person kept, imported or deleted something.
    pub changed: bool,
}

/// What can happen to the list. `stored` is what the browser holds at that moment: another tab may have written it.
#[derive(Clone, Debug, PartialEq)]
pub enum ShelfAct {
    /// The browser was asked what it holds.
    Read(Option<String>),
    /// Text in the field for a name.
    Name(String),
    /// Keep what the fields ask, under the name in the field.
    Keep {
        /// What the browser holds.
        stored: Option<String>,
    },
    /// Fill the fields with a policy; asks nothing yet.
    Use(String),
    /// Forget a policy.
    Delete {
        /// Its name.
        name: String,
        /// What the browser holds.
        stored: Option<String>,
    },
    /// Keep the policy of a file.
    Import {
        /// The file's text; `None`: it is no text, or cannot be read.
        text: Option<String>,
        /// What the browser holds.
        stored: Option<String>,
    },
    /// The browser keeps nothing.
    Refused,
}

impl Shelf {
    /// Takes over what the browser holds. What cannot be read is never written over.
    fn read(&mut self, stored: Option<&str>) -> bool {
        match stored.map_or(Ok(Vec::new()), parse_all) {
            Ok(all) => {
                self.all = all;
                true
            }
            Err(error) => {
                self.problem = Some(format!("What this browser keeps cannot be read, and is left as it is. {error}"));
                false
            }
        }
    }

    fn put(&mut self, stored: Option<&str>, one: Result<Kept, KeptError>) {
        if !self.read(stored) {
            return;
        }
        match one.and_then(|one| put(&mut self.all, one)) {
            Ok(()) => {
                self.changed = true;
                self.name.clear();
            }
            Err(error) => self.problem = Some(error.to_string()),
        }
    }
}

impl Session {
    pub(super) fn on_shelf(&mut self, act: ShelfAct) {
        self.shelf.problem = None;
        match act {
            ShelfAct::Read(stored) => {
                self.shelf.read(stored.as_deref());
            }
            ShelfAct::Name(text) => self.shelf.name = text,
            ShelfAct::Keep { stored } => {
                let question = self.question();
                if question == Question::default() {
                    self.shelf.problem = Some("The fields ask nothing yet: there is nothing to keep.".to_owned());
                } else {
                    let one = Kept::new(&self.shelf.name, question);
                    self.shelf.put(stored.as_deref(), one);
                }
            }
            ShelfAct::Use(name) => self.use_kept(&name),
            ShelfAct::Delete { name, stored } => {
                if self.shelf.read(stored.as_deref()) {
                    self.shelf.all.retain(|one| one.name != name);
                    self.shelf.changed = true;
                }
            }
            ShelfAct::Import { text, stored } => match text {
                Some(text) => self.shelf.put(stored.as_deref(), Kept::parse(&text)),
                None => self.shelf.problem = Some("This is no policy: it is no text, or cannot be read.".to_owned()),
            },
            ShelfAct::Refused => {
                let problem = "This browser keeps nothing for this page. Export the policy as a file instead.";
                self.shelf.problem = Some(problem.to_owned());
            }
        }
    }

    /// A policy that asks for more than the fields can hold is not used: less would be asked than it says (H-14).
    fn use_kept(&mut self, name: &str) {
        let Some(question) = self.shelf.all.iter().find(|one| one.name == name).map(|one| one.question.clone()) else {
            return;
        };
        if !self.holds(&question) {
            self.shelf.problem = Some(
                "This policy asks for something that cannot be asked here. Use it with touchstone verify --policy."
                    .to_owned(),
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
mod tests {
    use std::rc::Rc;

    use touchstone_report::kept::print_all;
    use touchstone_report::question::{Expect, Name, Signer, Thresholds};
    use touchstone_ui::Edit;
    use yew::Reducible;

    use super::*;
    use crate::state::Action;

    fn after(session: Session, acts: impl IntoIterator<Item = ShelfAct>) -> Session {
        let acts = acts.into_iter().map(Action::Shelf);
        Rc::unwrap_or_clone(acts.fold(Rc::new(session), Reducible::reduce))
    }

    fn typed(text: &str) -> Session {
        let edit = Action::Edit(Edit::Identity(text.to_owned()));
        Rc::unwrap_or_clone(Rc::new(Session::default()).reduce(edit))
    }

    fn named(name: &str, stored: Option<String>) -> [ShelfAct; 2] {
        [ShelfAct::Name(name.to_owned()), ShelfAct::Keep { stored }]
    }

    #[test]
    fn what_the_fields_ask_is_kept_used_and_deleted() {
        let session = after(typed("jane@example.com"), named("Jane", None));
        assert_eq!((session.shelf.all.len(), session.shelf.changed, session.shelf.name.as_str()), (1, true, ""));
        let stored = Some(print_all(&session.shelf.all));
        // Another page, another day: reading writes nothing.
        let session = after(Session::default(), [ShelfAct::Read(stored.clone())]);
        assert!(!session.shelf.changed);
        let session = after(session, [ShelfAct::Use("Jane".to_owned())]);
        let identity = Name::Exact("jane@example.com".to_owned());
        assert_eq!(session.draft.question().signer, Signer::Certificate { identity, issuer: None });
        assert_eq!(session.shelf.problem, None);
        let session = after(session, [ShelfAct::Delete { name: "Jane".to_owned(), stored }]);
        assert!(session.shelf.all.is_empty() && session.shelf.changed);
    }

    #[test]
    fn what_another_tab_kept_stays() {
        let theirs = Some(print_all(&after(typed("joan@example.com"), named("Joan", None)).shelf.all));
        let session = after(typed("jane@example.com"), named("Jane", theirs));
        let names: Vec<&str> = session.shelf.all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Joan", "Jane"]);
    }

    #[test]
    fn nothing_is_kept_that_cannot_be() {
        for (session, acts, said) in [
            (typed("jane@example.com"), named("", None), "1 to 100 characters"),
            (Session::default(), named("Nobody", None), "ask nothing"),
            (typed("jane@example.com"), named("Jane", Some("[{".to_owned())), "left as it is"),
        ] {
            let session = after(session, acts);
            assert!(session.shelf.all.is_empty() && !session.shelf.changed, "{said}");
            assert!(session.shelf.problem.as_deref().unwrap_or_default().contains(said), "{:?}", session.shelf.problem);
        }
    }

    /// H-14: what has no field is asked all the same, and a policy that cannot be asked whole is not used in part.
    #[test]
    fn a_policy_is_used_whole_or_not_at_all() {
        let thresholds = Thresholds { transparency_logs: Some(2), ..Thresholds::default() };
        let expect = Expect { source_uri: Some("github.com/acme/app".to_owned()), ..Expect::default() };
        let question = Question { signer: Signer::Implied, thresholds, expect, ..Question::default() };
        let import =
            |question| ShelfAct::Import { text: Some(Kept::new("Two logs", question).unwrap().print()), stored: None };
        let used = ShelfAct::Use("Two logs".to_owned());
        let session = after(typed("jane@example.com"), [import(question.clone()), used.clone()]);
        assert_eq!((session.question(), session.shelf.problem), (question.clone(), None));
        let blank = Question { builders: vec!["a b".to_owned()], ..question };
        let session = after(typed("jane@example.com"), [import(blank), used]);
        assert_eq!(session.draft.identity, "jane@example.com");
        assert!(session.shelf.problem.as_deref().is_some_and(|said| said.contains("--policy")));
    }

    #[test]
    fn the_list_outlives_what_was_given() {
        let session = after(typed("jane@example.com"), named("Jane", None));
        let session = Rc::new(session).reduce(Action::StartAgain);
        assert_eq!(session.shelf.all.len(), 1);
        assert!(session.draft.identity.is_empty());
    }
}
