//! The application: state, hooks and the pages in their frame.

use std::cell::Cell;
use std::rc::Rc;

use touchstone_browser::clock::{self, Delay};
use touchstone_browser::{page, route, spawn_local};
use touchstone_ui::{
    self as ui, Dom, FooterProps, FrameProps, LiveRegionProps, MainProps, Scrolled, SectionBarProps, TopBarProps,
    sections,
};
use yew::prelude::*;

use crate::edition::{self, Edition};
use crate::examples::Begun;
use crate::hooks::{
    History, example_asked, use_curtain, use_desk, use_history, use_route, use_shelf, use_theme, use_title,
    use_transfers,
};
use crate::limits::EXAMPLE_MILLIS;
use crate::pages::{self, Acts};
use crate::state::{Action, Page, Session, Work};

/// Starts the page. An example that its address asks for is drawn at once, and not the first page before it: for so long its files
/// may take.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|info| page::report_defect(&info.to_string())));
    let Some(example) = example_asked(&route::fragment()) else { return draw(None) };
    let waiting = Rc::new(Cell::new(true));
    let late = {
        let waiting = waiting.clone();
        Delay::new(EXAMPLE_MILLIS, move || {
            if waiting.replace(false) {
                draw(None);
            }
        })
    };
    let begun = example.begun();
    spawn_local(async move {
        let begun = begun.await;
        drop(late);
        if waiting.replace(false) {
            // The address may have changed meanwhile, and nothing listened.
            let now = example_asked(&route::fragment());
            draw(begun.filter(|_| now.is_some_and(|now| core::ptr::eq(now, example))));
        }
    });
}

fn draw(begun: Option<Begun>) {
    if begun.is_some() {
        page::set_hidden(true);
    }
    yew::Renderer::<App>::with_props(AppProps { begun: begun.map(Rc::new) }).render();
}

#[derive(Properties, PartialEq)]
struct AppProps {
    begun: Option<Rc<Begun>>,
}

/// The whole page.
#[component]
fn App(props: &AppProps) -> Html {
    let begun = props.begun.as_deref();
    let session = use_reducer(|| begun.map(|begun| begun.session.clone()).unwrap_or_default());
    let history = use_history();
    let desk = use_desk(&session, &history, begun);
    use_transfers(&session, &desk);
    use_route(&session, &desk, begun.is_some());
    use_shelf(&session);
    {
        // Of another answer it is not known.
        let history = history.clone();
        use_effect_with(session.run, move |_| {
            if history.not_kept {
                history.set(History { not_kept: false, ..(*history).clone() });
            }
        });
    }
    use_title(title(&session));
    let theme = use_theme();
    let dom = use_memo((), |()| dom());
    let dom = (*dom).clone();
    let edition = use_memo((), |()| Edition::read());
    let acts = Acts { dispatch: session.dispatcher(), desk, dom: dom.clone(), offline: edition.offline };

    let on_result = session.page == Page::Result;
    let settled = session.shown().filter(|_| on_result);
    let document = settled.map(|settled| ui_document(&settled.document));
    let onhome = {
        let dispatch = session.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            dispatch.dispatch(Action::Home);
            page::scroll_to_top();
        })
    };
    let jumps = document.as_ref().map(|document| sections(document, session.ledger.len())).unwrap_or_default();
    let outcome = document.as_ref().map(|document| document.verdict.outcome);
    let top = TopBarProps {
        requests: session.ledger.len(),
        offline: edition.offline,
        theme: theme.theme,
        ontheme: theme.choose,
        home: "./".into(),
        onhome,
        many: session.page == Page::Many,
        dom: dom.clone(),
    };
    let bar = SectionBarProps { sections: jumps, dom, ..SectionBarProps::default() };
    let many = session.page == Page::Many;
    let is_answered = settled.is_some() || matches!(session.work, Work::Stuck(_));
    let is_open = use_curtain(begun.is_some(), is_answered);
    let shown = match session.page {
        Page::Result if is_open || is_answered => pages::result(&session, &acts),
        // Behind the curtain nobody reads that it is being checked.
        Page::Result => html! {},
        Page::Home => pages::home(&session, &acts),
        Page::Many => html! {},
    };
    // Once it was shown it stays, so that what was answered outlasts a look at another page.
    let was_many = use_mut_ref(|| false);
    let is_many_there = was_many.replace_with(|was| *was || many) || many;
    let keep = {
        let desk = acts.desk.clone();
        use_callback((), move |line: Vec<u8>, ()| desk.keep_line(&line))
    };
    let shown = html! {
        <>
            if history.not_kept && session.page == Page::Result {
                { pages::not_kept() }
            }
            { shown }
            if is_many_there {
                <pages::ManyPage shown={many} {keep} dom={acts.dom.clone()} />
            }
        </>
    };
    let children = html! {
        <>
            { ui::top_bar(&top) }
            if !bar.sections.is_empty() {
                { ui::section_bar(&bar) }
            }
            { ui::main_part(&MainProps { print_line: print_line(&session), children: shown }) }
            if is_open {
                { footer(&edition, &history, &acts) }
            }
            { ui::live_region(&LiveRegionProps {
                // What it says before it can be seen, nobody hears.
                document: document.filter(|_| is_open),
                progress: if is_open { pages::progress_words(&session) } else { AttrValue::default() },
            }) }
        </>
    };
    ui::frame(&FrameProps { outcome, dom: Dom::default(), children })
}

#[inline(never)] // Compiled by the browser where it is drawn: after a first verdict.
fn footer(edition: &Edition, history: &UseStateHandle<History>, acts: &Acts) -> Html {
    ui::footer(&FooterProps {
        roots: edition::roots(),
        version: edition.version().into(),
        wasm: edition.module(),
        children: html! { <>{ edition.about() }{ pages::history(history, acts) }</> },
    })
}

fn ui_document(document: &Rc<touchstone_report::document::Document>) -> touchstone_ui::Doc {
    document.clone().into()
}

fn dom() -> Dom {
    Dom {
        text: Callback::from(|event| page::field_text(&event)),
        focus: Callback::from(|id: AttrValue| page::focus(&id)),
        jump: Some(Callback::from(|id: AttrValue| page::jump(&id))),
        copy: Callback::from(|(text, tell): (AttrValue, Callback<bool>)| {
            page::copy(&text, move |is_there| tell.emit(is_there))
        }),
        scrolled: Callback::from(|event| {
            let (top, height, row) = page::scrolled(&event);
            Scrolled { top, height, row }
        }),
        later: Some(Callback::from(|then: Callback<()>| {
            spawn_local(async move {
                clock::drawn().await;
                then.emit(());
            });
        })),
        // Without entries of the person's own nothing can be wrong with the list.
        builders: Callback::from(|()| touchstone_report::builder_list(&[]).unwrap_or_default()),
    }
}

/// The verdict first, so that it is read in a row of tabs.
fn title(session: &Session) -> String {
    const NAME: &str = "Touchstone";
    if session.page == Page::Home {
        return format!("{NAME}: who signed this file, and where does it come from?");
    }
    if session.page == Page::Many {
        return format!("Check many - {NAME}");
    }
    match session.shown() {
        Some(settled) => {
            let artifact =
                settled.document.artifact.as_ref().map(|artifact| artifact.name.as_str()).unwrap_or_default();
            let about = if artifact.is_empty() { String::new() } else { format!(": {artifact}") };
            format!("{}{about} - {NAME}", settled.document.verdict.title)
        }
        None => format!("{} - {NAME}", pages::state_words(session)),
    }
}

fn print_line(session: &Session) -> AttrValue {
    match session.shown() {
        Some(settled) => format!(
            "Checked in the reader’s own browser with {}. The question: {}",
            settled.document.tool,
            route::address_with(&session.link().print())
        )
        .into(),
        None => AttrValue::default(),
    }
}
