//! Many artifacts: figures, filters, one row an artifact, export.

mod filter;
mod row;

pub use filter::{Filter, FilterEdit, Found, Listed, Order, coverage, namespaces};
pub use row::row_id;

use std::rc::Rc;

use touchstone_report::document::Outcome;
use touchstone_report::document::inventory::{Coverage, Inventory, QUESTIONS, QuestionCoverage};
use touchstone_report::export::Form;
use yew::prelude::*;

use crate::notes::note;
use crate::strings::{batch as words, verdict};
use crate::visible_text::foreign;
use crate::{Dom, Icon, Jump, icon, jump, visible};

/// Rows in the table at a time. A table of thousands would hold up the page at each change; a search reaches them all.
pub const PAGE_ROWS: usize = 30;
/// Rows that are drawn in one go: a table of [`PAGE_ROWS`] at once takes longer than a frame or two.
pub const DRAWN_ROWS: usize = 5;
/// Namespaces to choose from; the search reaches the others.
const NAMESPACES: usize = 200;

/// What [`batch`] shows.
pub struct BatchProps {
    /// The document without its rows: what was given, policy, warnings.
    pub head: Rc<Inventory>,
    /// All rows, in the order of the inventory.
    pub rows: Rc<Vec<Rc<Found>>>,
    /// Positions of the rows that the filter leaves, in order.
    pub shown: Rc<Vec<usize>>,
    /// Figures of all rows: what each chip would show.
    pub all: Rc<Coverage>,
    /// Figures of the rows that the filter leaves.
    pub coverage: Rc<Coverage>,
    /// Namespaces to choose from.
    pub namespaces: Rc<Vec<String>>,
    /// The filter.
    pub filter: Filter,
    /// A change to it.
    pub onfilter: Callback<FilterEdit>,
    /// Number of the table's page.
    pub page: usize,
    /// Another page.
    pub onpage: Callback<usize>,
    /// Rows of the table's page that are drawn by now.
    pub drawn: usize,
    /// Position of the row that is unfolded.
    pub unfolded: Option<usize>,
    /// A row was folded or unfolded: its position.
    pub onfold: Callback<usize>,
    /// "Open the full result": the row's position.
    pub onopen: Callback<usize>,
    /// Export in this form.
    pub onexport: Callback<Form>,
    /// "Save as page".
    pub onsave: Callback<()>,
    /// Whether that page is being made.
    pub saving: bool,
    /// Page abilities.
    pub dom: Dom,
}

/// Coverage, filters and table (`cover`, `filters`, `batch`).
pub fn batch(props: &BatchProps) -> Html {
    html! {
        <>
            { cover(props) }
            <section class="sec" id="artifacts" aria-labelledby="artifacts-h">
                <div class="sec__head">
                    <h2 id="artifacts-h">{ words::ARTIFACTS }</h2>
                    <div class="btns end">
                        <button class="btn btn--small" type="button" id="many-save" title={verdict::SAVE_PAGE_WHY}
                            disabled={props.saving} onclick={props.onsave.reform(|_: MouseEvent| ())}>
                            { icon(Icon::Save) }{ if props.saving { words::SAVING } else { verdict::SAVE_PAGE } }
                        </button>
                        { for Form::ALL.iter().map(|form| export_button(props, form)) }
                    </div>
                </div>
                <div class="card">
                    { search(props) }
                    { chips(props) }
                    { table(props) }
                    { pager(props) }
                </div>
            </section>
            { policy(&props.head) }
            { notes(&props.head) }
        </>
    }
}

fn cover(props: &BatchProps) -> Html {
    let coverage = &props.coverage;
    let filtered = props.shown.len() < props.rows.len();
    html! {
        <section class="card cover" id="coverage" aria-label={words::COVERAGE}>
            <div>
                <h2 class="h-s">{ words::artifacts(coverage.artifacts) }{ ", " }{ words::places(coverage.places) }</h2>
                { for props.head.given.iter().map(given) }
                <ul class="counts" role="list">
                    { count(Outcome::Rejected, coverage.rejected) }
                    { count(Outcome::Incomplete, coverage.incomplete) }
                    { count(Outcome::Verified, coverage.verified) }
                </ul>
            </div>
            <div>
                <h2 class="h-s">{ words::ANSWERED_WITH_EVIDENCE }</h2>
                <ul class="bars" role="list">
                    { for coverage.questions.iter().map(|one| bar(one, coverage.artifacts)) }
                </ul>
                if filtered {
                    <p class="cap">{ words::FOLLOWS_FILTER }</p>
                }
                <p class="cap">{ words::UNSIGNED }</p>
                if !props.head.warnings.is_empty() {
                    <p class="cap">
                        { jump(&props.dom, "notes".into(), Jump::default(), html! { { words::notes(props.head.warnings.len()) } }) }
                    </p>
                }
            </div>
        </section>
    }
}

fn given(source: &touchstone_report::document::inventory::Source) -> Html {
    html! {
        <p class="cap">
            { source.count }{ " " }{ &source.kind }
            if !source.name.is_empty() {
                { ": " }<span class="break" translate="no">{ visible(&source.name) }</span>
            }
        </p>
    }
}

fn count(outcome: Outcome, number: usize) -> Html {
    html! { <li>{ outcome_word(outcome, "st st--lg", words::outcome(outcome)) }<b>{ number }</b></li> }
}

/// Icon and word of a verdict.
fn outcome_word(outcome: Outcome, class: &'static str, word: &str) -> Html {
    let state = match outcome {
        Outcome::Verified => "pass",
        Outcome::Rejected => "fail",
        Outcome::Incomplete => "part",
    };
    html! { <span {class} data-s={state}>{ crate::status::outcome_icon(outcome) }{ word }</span> }
}

/// The figures stand beside the bar; the bar only draws them. Drawn as attributes: the page's policy forbids styles. What
/// is left over is the gap: the ground is hatched.
fn bar(one: &QuestionCoverage, of: usize) -> Html {
    let parts = [("ans", one.answered), ("nam", one.name_only), ("dif", one.contradicted)];
    let mut at = 0_usize;
    let part = |(class, count): (&'static str, usize)| {
        let start = at;
        at = at.saturating_add(count);
        html! {
            if count > 0 {
                <rect {class} x={start.to_string()} y="0" width={count.to_string()} height="1" />
            }
        }
    };
    let drawn: Html = parts.into_iter().map(part).collect();
    html! {
        <li>
            <span>{ &one.title }</span>
            <svg class="bar" aria-hidden="true" viewBox={format!("0 0 {} 1", of.max(1))} preserveAspectRatio="none">
                { drawn }
            </svg>
            <span>
                <b>{ one.answered }{ words::OF }{ of }</b>{ words::ANSWERED }
                <span class="muted small-cap">{ words::rest(one) }</span>
            </span>
        </li>
    }
}

fn policy(head: &Inventory) -> Html {
    let line = |line: &touchstone_report::document::NamedValue| {
        html! { <><dt>{ &line.name }</dt><dd class="break" translate={foreign(&line.value)}>{ visible(&line.value) }</dd></> }
    };
    html! {
        <section class="sec" id="policy" aria-labelledby="policy-h">
            <div class="sec__head"><h2 id="policy-h">{ words::POLICY }</h2><p>{ words::POLICY_WHY }</p></div>
            <div class="card card__in"><dl class="kv">{ for head.policy.lines.iter().map(line) }</dl></div>
        </section>
    }
}

fn export_button(props: &BatchProps, (form, name, _, _): &(Form, &'static str, &'static str, &'static str)) -> Html {
    let form = *form;
    html! {
        <button class="btn btn--small" type="button" onclick={props.onexport.reform(move |_: MouseEvent| form)}>
            { icon(Icon::Save) }{ words::EXPORT }{ *name }
        </button>
    }
}

fn search(props: &BatchProps) -> Html {
    let edit = |make: fn(String) -> FilterEdit| {
        let (dom, onfilter) = (props.dom.clone(), props.onfilter.clone());
        Callback::from(move |event: InputEvent| onfilter.emit(make(dom.text.emit(event))))
    };
    let namespace = |text: String| FilterEdit::Namespace((!text.is_empty()).then_some(text));
    let order = |text: String| {
        FilterEdit::Order(match text.as_str() {
            "name" => Order::Name,
            "namespace" => Order::Namespace,
            _ => Order::Worst,
        })
    };
    let chosen = props.filter.namespace.as_deref().unwrap_or_default();
    let of_namespace = |name: &String| html! { <option translate="no" value={name.clone()} selected={name == chosen}>{ visible(name) }</option> };
    let of_order = |(value, word, is): (&'static str, &'static str, Order)| {
        html! { <option {value} selected={props.filter.order == is}>{ word }</option> }
    };
    let orders = [
        ("worst", words::WORST, Order::Worst),
        ("name", words::BY_NAME, Order::Name),
        ("namespace", words::BY_NAMESPACE, Order::Namespace),
    ];
    html! {
        <div class="filters" role="search">
            <label class="vh" for="batch-q">{ words::SEARCH }</label>
            <input class="input input--text" id="batch-q" type="search" placeholder={words::SEARCH_HINT} autocomplete="off"
                spellcheck="false" value={props.filter.text.clone()} oninput={edit(FilterEdit::Text)} />
            if !props.namespaces.is_empty() {
                <label class="vh" for="batch-ns">{ words::NAMESPACE }</label>
                <select class="input" id="batch-ns" oninput={edit(namespace)}>
                    <option value="" selected={chosen.is_empty()}>{ words::all_namespaces(props.namespaces.len()) }</option>
                    { for props.namespaces.iter().take(NAMESPACES).map(of_namespace) }
                    if props.namespaces.len() > NAMESPACES {
                        <option disabled=true>{ words::more_namespaces(props.namespaces.len().saturating_sub(NAMESPACES)) }</option>
                    }
                </select>
            }
            <label class="vh" for="batch-order">{ words::ORDER }</label>
            <select class="input" id="batch-order" oninput={edit(order)}>{ for orders.into_iter().map(of_order) }</select>
            <span class="cap end" role="status" id="batch-shown">{ props.shown.len() }{ words::OF }{ props.rows.len() }{ words::SHOWN }</span>
        </div>
    }
}

fn chips(props: &BatchProps) -> Html {
    let all = &props.all;
    let verdict = |outcome: Option<Outcome>, word: &'static str, number: usize| {
        let onchange = props.onfilter.reform(move |_: Event| FilterEdit::Outcome(outcome));
        let checked = props.filter.outcome == outcome;
        html! {
            <label class="chip">
                <input type="radio" name="batch-verdict" {checked} {onchange} /><span>{ word }{ " " }{ number }</span>
            </label>
        }
    };
    let question = |(at, one): (usize, &QuestionCoverage)| {
        let onchange = props.onfilter.reform(move |_: Event| FilterEdit::Unanswered(at));
        let checked = props.filter.unanswered.get(at).copied().unwrap_or_default();
        let open = all.artifacts.saturating_sub(one.answered);
        html! {
            <label class="chip"><input type="checkbox" {checked} {onchange} /><span>{ &one.title }{ " " }{ open }</span></label>
        }
    };
    html! {
        <div class="filters">
            <fieldset class="chips">
                <legend>{ words::VERDICT }</legend>
                { verdict(None, words::ALL, all.artifacts) }
                { verdict(Some(Outcome::Rejected), words::outcome(Outcome::Rejected), all.rejected) }
                { verdict(Some(Outcome::Incomplete), words::outcome(Outcome::Incomplete), all.incomplete) }
                { verdict(Some(Outcome::Verified), words::outcome(Outcome::Verified), all.verified) }
            </fieldset>
            <fieldset class="chips">
                <legend>{ words::NOT_ANSWERED }</legend>
                { for all.questions.iter().enumerate().map(question) }
            </fieldset>
        </div>
    }
}

fn table(props: &BatchProps) -> Html {
    let first = props.page.saturating_mul(PAGE_ROWS);
    let rows = props.shown.iter().skip(first).take(PAGE_ROWS.min(props.drawn)).filter_map(|position| {
        let listed = props.rows.get(*position)?;
        Some(row::row(props, *position, &listed.listed))
    });
    html! {
        <div class="tw" tabindex="0" role="region" aria-label={words::TABLE}>
            <table class="t batch">
                <caption class="vh">{ words::CAPTION }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ words::VERDICT }</th>
                        <th scope="col">{ words::ARTIFACT }</th>
                        <th scope="col">{ words::WHERE }</th>
                        { for QUESTIONS.iter().map(|(_, title)| html! { <th scope="col">{ *title }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn pager(props: &BatchProps) -> Html {
    let count = props.shown.len();
    if count <= PAGE_ROWS {
        return html! {
            if count == 0 {
                <p class="filters" data-foot="">
                    { if props.rows.is_empty() { words::NOTHING_AT_ALL } else { words::NOTHING_LEFT } }
                </p>
            }
        };
    }
    let first = props.page.saturating_mul(PAGE_ROWS);
    let last = first.saturating_add(PAGE_ROWS).min(count);
    let page = props.page;
    let turn = |to: usize| props.onpage.reform(move |_: MouseEvent| to);
    html! {
        <nav class="filters" data-foot="" aria-label={words::PAGES}>
            <button class="btn btn--small" type="button" disabled={page == 0} onclick={turn(page.saturating_sub(1))}>
                { words::BEFORE }
            </button>
            <span class="cap">{ first.saturating_add(1) }{ words::TO }{ last }{ words::OF }{ count }</span>
            <button class="btn btn--small" type="button" disabled={last >= count} onclick={turn(page.saturating_add(1))}>
                { words::AFTER }
            </button>
        </nav>
    }
}

fn notes(head: &Inventory) -> Html {
    if head.warnings.is_empty() {
        return html! {};
    }
    html! {
        <section class="sec" id="notes" aria-labelledby="batch-notes-h">
            <div class="sec__head"><h2 id="batch-notes-h">{ words::NOTES }</h2></div>
            <ul class="noted" role="list">{ for head.warnings.iter().map(|said| note(said)) }</ul>
        </section>
    }
}
