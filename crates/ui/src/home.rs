//! The first page.

use yew::prelude::*;

use crate::strings::home as words;
use crate::{Example, ExamplesProps, Icon, examples, icon};

/// Properties of [`home`].
#[derive(Properties, PartialEq)]
pub struct HomeProps {
    /// The [`Intake`](crate::Intake) with its fields.
    pub children: Html,
    /// Examples.
    pub examples: Vec<Example>,
    /// An example was chosen: its id.
    #[prop_or_default]
    pub onexample: Callback<AttrValue>,
    /// The [`ledger`](crate::ledger), target of the counter.
    #[prop_or_default]
    pub ledger: Html,
    /// Whether this is a copy that can make no request.
    #[prop_or_default]
    pub offline: bool,
}

/// The first page, composed: hero, intake, privacy, limits, examples, what you find out, ledger.
pub fn home(props: &HomeProps) -> Html {
    let cards = ExamplesProps { examples: props.examples.clone(), onchoose: props.onexample.clone() };
    html! {
        <>
            <div class="hero"><h1>{ words::TITLE }</h1><p>{ words::LEAD }</p></div>
            <div class="start">
                { props.children.clone() }
                <aside class="aside" aria-label={words::PRIVACY}>{ privacy(props.offline) }{ limits() }</aside>
            </div>
            { examples(&cards) }
            { find_out() }
            { props.ledger.clone() }
        </>
    }
}

/// "Nothing leaves this browser".
pub fn privacy(offline: bool) -> Html {
    let points = if offline { &words::OFFLINE_POINTS } else { &words::PRIVACY_POINTS };
    const SYMBOLS: [Icon; 3] = [Icon::ThisBrowser, Icon::Search, Icon::Network];
    let point = |(symbol, (what, how)): (Icon, &(&'static str, &'static str))| {
        html! { <li>{ icon(symbol) }<div><b>{ *what }</b><span>{ *how }</span></div></li> }
    };
    html! {
        <section>
            <h2>{ words::PRIVACY }</h2>
            <ul class="plain" role="list">{ for SYMBOLS.into_iter().zip(points).map(point) }</ul>
        </section>
    }
}

/// "What a result cannot tell you".
pub fn limits() -> Html {
    html! { <section><h2>{ words::LIMITS }</h2><p class="muted small">{ words::LIMITS_WHY }</p></section> }
}

/// "What you find out".
pub fn find_out() -> Html {
    const SYMBOLS: [Icon; 4] = [Icon::File, Icon::Authority, Icon::Clock, Icon::Log];
    let question = |(symbol, (question, how)): (Icon, &(&'static str, &'static str))| {
        html! { <li><span class="mark">{ icon(symbol) }</span><h3>{ *question }</h3><p>{ *how }</p></li> }
    };
    html! {
        <section class="sec" aria-labelledby="findout-h">
            <div class="sec__head"><h2 id="findout-h">{ words::FIND_OUT }</h2><p>{ words::FIND_OUT_WHY }</p></div>
            <ol class="four">{ for SYMBOLS.into_iter().zip(&words::QUESTIONS).map(question) }</ol>
        </section>
    }
}
