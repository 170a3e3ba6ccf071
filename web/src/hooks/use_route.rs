//! The address of the page: the question as it is asked, and the way back.

use touchstone_browser::route;
use yew::prelude::*;

use super::{Desk, MANY};
use crate::examples::Example;
use crate::state::{Action, Link, Page, Session};

/// Reads the link that the page was opened with, unless that is followed already, follows the history, and keeps the address in step.
#[hook]
pub(crate) fn use_route(session: &UseReducerHandle<Session>, desk: &Desk, is_followed: bool) {
    {
        let (dispatch, desk) = (session.dispatcher(), desk.clone());
        use_effect_with((), move |()| {
            let follow = move |fragment: String| match followed(&fragment) {
                Some(Followed::Example(example)) => example.give(&desk, &dispatch),
                Some(Followed::Action(action)) => dispatch.dispatch(*action),
                None => {}
            };
            if !is_followed {
                follow(route::fragment());
            }
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
    Example(&'static Example),
    Action(Box<Action>),
}

/// The example that a fragment asks for.
pub(crate) fn example_asked(fragment: &str) -> Option<&'static Example> {
    Example::named(&Link::parse(fragment)?.example?)
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
    Some(match link.example.as_deref().and_then(Example::named) {
        Some(example) => Followed::Example(example),
        None => Followed::Action(Box::new(Action::Opened(link))),
    })
}
