//! The picture: four stages in a row and what joins them. An ordered list of articles that reads aloud completely.

use touchstone_report::document::custody::{Edge, EdgeState, Stage, StageQuestion, Strength};
use touchstone_report::document::{Custody, Voucher};
use yew::prelude::*;

use super::words::{edge as drawn, stage_icon, stage_state, stage_status};
use super::{Opened, Section};
use crate::figures::is_digest;
use crate::strings::custody as words;
use crate::visible_text::foreign;
use crate::vouchers::{marked, voucher_says};
use crate::{Icon, icon, visible};

/// Edges between neighbours come first, one after each stage but the last; the rest goes across.
pub(super) fn strip(section: &Section<'_>) -> Html {
    let custody = section.custody;
    let last = custody.stages.len().saturating_sub(1);
    let next = |at: usize| {
        let ends = custody.stages.get(at).zip(custody.stages.get(at + 1));
        custody.edges.iter().position(|edge| ends.is_some_and(|(from, to)| edge.from == from.id && edge.to == to.id))
    };
    let beside: Vec<Option<usize>> = (0..last).map(next).collect();
    let across = (0..custody.edges.len()).filter(|at| !beside.contains(&Some(*at)));
    html! {
        <>
            <ol class="chain" aria-label={words::PICTURE}>
                { for custody.stages.iter().enumerate().map(|(at, stage)| one(section, at, stage, beside.get(at).copied().flatten())) }
            </ol>
            { for across.filter_map(|at| custody.edges.get(at).map(|edge| cross(section, at, edge))) }
        </>
    }
}

fn one(section: &Section<'_>, at: usize, stage: &Stage, next: Option<usize>) -> Html {
    let edge = next.and_then(|at| section.custody.edges.get(at).map(|edge| (at, edge)));
    let (state, _, _) = edge.map_or(("none", None, ""), |(_, edge)| drawn(edge.state));
    html! {
        <li class="stage" data-stage={stage.id.clone()} data-state={stage_state(stage.state)} data-edge={state}>
            <span class="stage__mark">{ icon(stage_icon(at)) }</span>
            <article class="stage__card" aria-labelledby={format!("stage-{at}")}>
                <div class="stage__head">
                    <div class="stage__top">
                        <h3 class="stage__name" id={format!("stage-{at}")}>{ visible(&stage.title) }</h3>
                        { stage_status(stage, section.quiet) }
                    </div>
                    <p class="stage__answer" translate={foreign(&stage.answer)}>{ visible(&stage.answer) }</p>
                </div>
                { says(section, at, stage) }
            </article>
            if let Some((at, edge)) = edge {
                { line(section, at, edge) }
            }
        </li>
    }
}

fn line(section: &Section<'_>, at: usize, edge: &Edge) -> Html {
    let (state, symbol, said) = drawn(edge.state);
    let to = title(section, &edge.to);
    html! {
        <p class="edge" data-edge={state}>
            <span class="vh">{ said }{ to }{ ": " }</span>
            { section.opens("edge__label", Opened::Edge(at), label(symbol, &edge.label)) }
        </p>
    }
}

fn label(symbol: Option<Icon>, text: &str) -> Html {
    // The icon stands for the sign that the text begins with.
    let text = if symbol.is_some() { text.trim_start_matches(['=', '≠']).trim_start() } else { text };
    html! { <>{ for symbol.map(icon) }<span>{ visible(text) }</span></> }
}

fn cross(section: &Section<'_>, at: usize, edge: &Edge) -> Html {
    let (state, symbol, said) = drawn(edge.state);
    let place = |id: &str| section.custody.stages.iter().position(|stage| stage.id == id).map(|at| at.to_string());
    html! {
        <div class="chain__cross" data-edge={state} data-from={place(&edge.from)} data-to={place(&edge.to)}>
            <p>
                <span class="cross__ends">
                    { title(section, &edge.from) }{ words::TO }{ title(section, &edge.to) }
                    <span class="vh">{ ", " }{ said }{ title(section, &edge.to) }</span>{ ": " }
                </span>
                { section.opens("edge__label", Opened::Edge(at), label(symbol, &edge.label)) }
            </p>
        </div>
    }
}

pub(super) fn title<'a>(section: &Section<'a>, id: &'a str) -> &'a str {
    section.custody.stages.iter().find(|stage| stage.id == id).map_or(id, |stage| stage.title.as_str())
}

/// Answers grouped by who stands behind them, then what is said but not proven, then what nobody states.
fn says(section: &Section<'_>, at: usize, stage: &Stage) -> Html {
    let mut groups: Vec<(Voucher, Vec<usize>)> = Vec::new();
    let (mut claimed, mut contradicted, mut gaps) = (Vec::new(), Vec::new(), Vec::new());
    for (place, question) in stage.questions.iter().enumerate() {
        match question.strength {
            Strength::NameOnly => claimed.push(place),
            Strength::Contradicted => contradicted.push(place),
            Strength::Gap => gaps.push(place),
            Strength::Proven => {
                let voucher = question.vouchers.first().copied().unwrap_or(Voucher::Nobody);
                match groups.iter_mut().find(|(one, _)| *one == voucher) {
                    Some((_, places)) => places.push(place),
                    None => groups.push((voucher, vec![place])),
                }
            }
        }
    }
    let group = |head: Html, class: &'static str, places: &[usize]| {
        if places.is_empty() {
            return html! {};
        }
        html! {
            <div class={classes!("says", class)}>
                { head }
                <dl>{ for places.iter().filter_map(|&place| Some(row(section, (at, place), stage.questions.get(place)?))) }</dl>
            </div>
        }
    };
    html! {
        <>
            { for groups.iter().map(|(voucher, places)| group(voucher_says(*voucher), "", places)) }
            { group(html! { <b class="says__h">{ words::SAID }</b> }, "says--said", &claimed) }
            { group(html! { <b class="says__h">{ icon(Icon::Differs) }{ words::CONTRADICTED }</b> }, "says--differs", &contradicted) }
            { unsaid(section, at, stage, &gaps) }
        </>
    }
}

fn row(section: &Section<'_>, (at, place): (usize, usize), question: &StageQuestion) -> Html {
    let text = section.opens("opens", Opened::Answer(at, place), short(&question.answer));
    html! { <><dt>{ visible(&question.title) }</dt><dd>{ text }</dd></> }
}

/// A digest by its beginning: the whole of it is in the panel that the answer opens.
fn short(answer: &str) -> Html {
    let digits = answer.rsplit(':').next().unwrap_or(answer);
    match digits.get(..12).filter(|_| is_digest(answer)) {
        Some(start) => html! { <span class="dg">{ start.to_owned() }{ "…" }</span> },
        None if foreign(answer).is_some() => html! { <span translate="no">{ visible(answer) }</span> },
        None => visible(answer),
    }
}

fn unsaid(section: &Section<'_>, at: usize, stage: &Stage, gaps: &[usize]) -> Html {
    if gaps.is_empty() {
        return html! {};
    }
    let (nobody, otherwise): (Vec<_>, Vec<_>) = gaps
        .iter()
        .filter_map(|&place| Some((place, stage.questions.get(place)?.answer.as_str())))
        .partition(|(_, sentence)| sentence.starts_with(words::NOBODY_STATES));
    let gap = |(place, sentence): (usize, &str)| {
        let text = sentence.strip_prefix(words::NOBODY_STATES).map_or(sentence, |rest| rest.trim_end_matches('.'));
        html! { <li>{ section.opens("opens", Opened::Answer(at, place), visible(text)) }</li> }
    };
    html! {
        <div class="says says--gap">
            if !nobody.is_empty() {
                { voucher_says(Voucher::Nobody) }
                <ul>{ for nobody.into_iter().map(gap) }</ul>
            }
            if !otherwise.is_empty() {
                <b class="says__h">{ icon(Icon::Gap) }{ words::OPEN }</b>
                <ul>{ for otherwise.into_iter().map(gap) }</ul>
            }
        </div>
    }
}

/// How to read the picture: only what is in it, besides what a reader must know to trust a line.
pub(super) fn legend(custody: &Custody) -> Html {
    let has = |state| custody.edges.iter().any(|edge| edge.state == state);
    html! {
        <ul class="legend" role="list" aria-label={words::LEGEND}>
            <li><i class="lg" />{ words::LEGEND_MATCH }</li>
            <li><i class="lg lg--name" />{ words::LEGEND_NAME }</li>
            <li><i class="lg lg--gap" />{ words::LEGEND_GAP }</li>
            if has(EdgeState::Differs) {
                <li><i class="lg lg--differs">{ icon(Icon::Differs) }</i>{ words::LEGEND_DIFFERS }</li>
            }
            if has(EdgeState::Wait) {
                <li><i class="lg lg--wait" />{ words::LEGEND_WAIT }</li>
            }
            <li>{ marked(Voucher::ThisBrowser, html! { { words::LEGEND_HERE } }) }</li>
            <li>{ marked(Voucher::CertificateAuthority, html! { { words::LEGEND_OTHERS } }) }</li>
            <li>{ marked(Voucher::Nobody, html! { { words::LEGEND_NOBODY } }) }</li>
        </ul>
    }
}
