//! Real results, one click away.

use touchstone_report::document::Outcome;
use yew::prelude::*;

use crate::frame::outcome_name;
use crate::status::outcome_icon;
use crate::strings::home as words;
use crate::visible;

/// One example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The page's own name for it.
    pub id: AttrValue,
    /// File name.
    pub name: AttrValue,
    /// One sentence about it.
    pub about: AttrValue,
    /// How it ends.
    pub outcome: Outcome,
    /// How it ends, in the words of the report: "Ends Verified".
    pub ends: AttrValue,
}

/// Properties of [`examples`].
#[derive(Properties, PartialEq)]
pub struct ExamplesProps {
    /// Three of them.
    pub examples: Vec<Example>,
    /// One was chosen: its id.
    #[prop_or_default]
    pub onchoose: Callback<AttrValue>,
}

/// "Try one first": three cards (`ex`).
pub fn examples(props: &ExamplesProps) -> Html {
    html! {
        <section class="sec" aria-labelledby="examples-h">
            <div class="sec__head"><h2 id="examples-h">{ words::EXAMPLES }</h2><p>{ words::EXAMPLES_WHY }</p></div>
            <ul class="three" role="list">{ for props.examples.iter().map(|example| card(props, example)) }</ul>
        </section>
    }
}

fn card(props: &ExamplesProps, example: &Example) -> Html {
    let onclick = {
        let (onchoose, id) = (props.onchoose.clone(), example.id.clone());
        Callback::from(move |_: MouseEvent| onchoose.emit(id.clone()))
    };
    html! {
        <li key={example.id.to_string()}>
            <button class="ex" type="button" {onclick}>
                <b class="mono">{ visible(&example.name) }</b>
                <span class="ex__about">{ example.about.clone() }</span>
                <span class="st" data-s={status_of(example.outcome)} data-outcome={outcome_name(example.outcome)}>
                    { outcome_icon(example.outcome) }{ example.ends.clone() }
                </span>
            </button>
        </li>
    }
}

fn status_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Verified => "pass",
        Outcome::Rejected => "fail",
        Outcome::Incomplete => "part",
    }
}
