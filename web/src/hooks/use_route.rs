//! The address of the page: the question as it is asked, and the way back.

use touchstone_browser::route;
use yew::prelude::*;

use super::{Desk, MANY};
use crate::examples;
use crate::state::{Action, Link, Page, Session};

/// Reads the link that the page was opened with, follows the history, and keeps the address in step.
#[hook]
pub(crate) fn use_route(session: &UseReducerHandle<Session>, desk: &Desk) {
    {
        let (dispatch, desk) = (session.dispatcher(), desk.clone());
        use_effect_with((), move |()| {
            let follow = move |fragment: String| match followed(&fragment) {
                Some(Followed::Example(id)) => examples::give(&id, &desk, &dispatch),
                Some(Followed::Action(action)) => dispatch.dispatch(*action),
                None => {}
            };
            follow(route::fragment());
            let listeners = route::on_change(follow);
            move || drop(listeners)
        });
    }
    let shown = (session.page, session.link().print());
    let before = use_mut_ref(|| None);
    use_effect_with(shown, move |(page, link)| {
        let before = before.replace(Some(*page));
        let here = route::fragment();
        match (before, page) {
            // The first render: the address is what the person opened.
            (None, _) => {}
            (Some(Page::Home), Page::Result) if here != *link => {
                // A link that was opened is the same step, now with its evidence.
                if Link::parse(&here).is_some() { route::replace(link) } else { route::push(link) }
            }
            (Some(Page::Result), Page::Home) if Link::parse(&here).is_some() => route::push(""),
            (Some(_), Page::Many) if !here.starts_with(MANY) => route::push(MANY),
            (Some(Page::Many), Page::Home) if here.starts_with(MANY) => route::push(""),
            (Some(Page::Many), Page::Result) if here != *link => route::push(link),
            (Some(Page::Result), Page::Result) if here != *link => route::replace(link),
            _ => {}
        }
    });
}

/// What a fragment asks for.
enum Followed {
    Example(String),
    Action(Box<Action>),
}

fn followed(fragment: &str) -> Option<Followed> {
    if fragment.is_empty() || fragment == "#" {
        return Some(Followed::Action(Box::new(Action::Home)));
    }
    if fragment.starts_with(MANY) {
        return Some(Followed::Action(Box::new(Action::Many)));
    }
    // Other fragments are places in the page.
    let link = Link::parse(fragment)?;
    Some(match &link.example {
        Some(id) if examples::is_there(id) => Followed::Example(id.clone()),
        _ => Followed::Action(Box::new(Action::Opened(link))),
    })
}
