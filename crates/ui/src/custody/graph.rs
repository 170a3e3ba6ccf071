//! Everything that was joined: a drawing of a few hundred things, and a table of any number.

use std::rc::Rc;

use touchstone_report::document::custody::{EdgeState, Graph, GraphEdge, Node};
use yew::prelude::*;

use super::words::edge as drawn;
use crate::icon::icon_of;
use crate::long_table::LongRows;
use crate::strings::{graph as words, sections};
use crate::visible_text::foreign;
use crate::{Doc, Dom, Icon, Jump, LongTable, Rows, jump, visible};

/// More things than this are a table only: a larger drawing says nothing to the eye.
const DRAWN: usize = 200;
/// The strip shows as many as these.
const FEW: usize = 4;

const STAGES: [&str; 4] = ["source", "build", "artifact", "deploy"];

/// Sizes of the drawing, in its own units.
const COLUMN: usize = 270;
const WIDTH: usize = 190;
const ROW: usize = 34;
const HEIGHT: usize = 24;
const HEAD: usize = 26;
/// Characters of a label that fit.
const FIT: usize = 25;

struct GraphRows {
    document: Doc,
    dom: Dom,
}

/// The rows of [`graph`]: keep them while the document stays.
pub(crate) fn graph_rows(document: Doc, dom: Dom) -> Rows {
    Rows(Rc::new(GraphRows { document, dom }))
}

impl GraphRows {
    fn edge(&self, at: usize) -> Option<(&Node, &Node, &GraphEdge)> {
        let graph = &self.document.custody.as_ref()?.graph;
        let edge = graph.edges.get(at)?;
        Some((graph.nodes.get(edge.from)?, graph.nodes.get(edge.to)?, edge))
    }
}

impl LongRows for GraphRows {
    fn count(&self) -> usize {
        self.document.custody.as_ref().map_or(0, |custody| custody.graph.edges.len())
    }

    fn text(&self, at: usize) -> String {
        let all = |(from, to, edge): (&Node, &Node, &GraphEdge)| {
            format!("{} {} {} {} {}", from.label, from.identity, edge.label, to.label, to.identity)
        };
        self.edge(at).map_or_else(String::new, all)
    }

    fn kinds(&self, _at: usize) -> u8 {
        u8::MAX
    }

    fn cells(&self, at: usize) -> Html {
        let Some((from, to, edge)) = self.edge(at) else {
            return html! {};
        };
        let (state, _, _) = drawn(edge.state);
        let how = match edge.state {
            EdgeState::Match => words::MATCH,
            EdgeState::Name => words::NAME,
            EdgeState::Gap => words::GAP,
            EdgeState::Differs => words::DIFFERS,
            EdgeState::Wait => words::WAIT,
        };
        let node = |node: &Node| {
            let identity = (node.identity != node.label).then(|| visible(&node.identity));
            html! {
                <span class="cut" translate={foreign(&node.label)}>
                    { visible(&node.label) }
                    if let Some(identity) = identity {
                        <span class="sub dg">{ identity }</span>
                    }
                </span>
            }
        };
        html! {
            <>
                <th scope="row" title={from.identity.clone()}>{ node(from) }</th>
                <td data-l={words::HOW}>
                    <span class="cut">
                        <i class={classes!("lg", format!("lg--{state}"))} />{ visible(&edge.label) }
                        <span class="how">{ how }</span>
                    </span>
                </td>
                <td data-l={words::TO} title={to.identity.clone()}>{ node(to) }</td>
                <td data-l={words::STATEMENT}>{ for edge.statement.map(|at| self.statement(at)) }</td>
            </>
        }
    }
}

impl GraphRows {
    fn statement(&self, at: usize) -> Html {
        let kind = self.document.custody.as_ref().and_then(|custody| Some(&custody.statements.get(at)?.kind));
        let Some(kind) = kind else {
            return html! {};
        };
        jump(&self.dom, format!("open-statement-{at}").into(), Jump::default(), visible(kind))
    }
}

/// Graph (`graph`). Empty when there is no more than the strip shows.
pub fn graph(document: &Doc, rows: &Rows, dom: &Dom) -> Html {
    let Some(graph) = document.custody.as_ref().map(|custody| &custody.graph).filter(|graph| graph.nodes.len() > FEW)
    else {
        return html! {};
    };
    html! {
        <section class="sec" id="graph" aria-labelledby="graph-h">
            <div class="sec__head">
                <h2 id="graph-h">{ sections::GRAPH }</h2>
                <p>{ graph.nodes.len() }{ words::THINGS }{ graph.edges.len() }{ words::LINES }</p>
            </div>
            if graph.nodes.len() <= DRAWN {
                <details class="card drawing" open={graph.nodes.len() <= DRAWN / 5}>
                    <summary>{ icon_of(Icon::Chevron, "i chev") }{ words::PICTURE }</summary>
                    <div class="drawing__in" tabindex="0" role="region" aria-label={words::PICTURE}>{ drawing(graph, dom) }</div>
                </details>
            }
            <LongTable id="graph-search" caption={words::CAPTION} search={words::SEARCH} heads={&words::HEADS[..]}
                class="joined" rows={rows} dom={dom} />
        </section>
    }
}

/// A column a stage, a box a thing. What it shows is in the table below, which is what is read aloud, and where every line
/// opens its statement by keyboard; here it does by pointer.
fn drawing(graph: &Graph, dom: &Dom) -> Html {
    let places = places(graph);
    let rows = places.iter().map(|(_, row)| row + 1).max().unwrap_or_default();
    let (width, height) = (COLUMN * 3 + WIDTH + 4, HEAD + rows * ROW);
    html! {
        <svg class="drawing__svg" viewBox={format!("-2 0 {width} {height}")} width={width.to_string()} height={height.to_string()}
            role="img" aria-label={words::DRAWN}>
            { for words::COLUMNS.iter().enumerate().map(|(column, name)| html! {
                <text class="drawing__head" x={(column * COLUMN).to_string()} y="14">{ *name }</text>
            }) }
            { for graph.edges.iter().filter_map(|edge| line(graph, edge, &places, dom)) }
            { for graph.nodes.iter().zip(&places).map(|(node, place)| thing(node, *place)) }
        </svg>
    }
}

/// Column and row of each node: the artifact asked about is the first of its column.
fn places(graph: &Graph) -> Vec<(usize, usize)> {
    let column = |node: &Node| STAGES.iter().position(|stage| *stage == node.stage).unwrap_or(2);
    let mut next = graph.nodes.iter().filter(|node| node.asked).map(column).fold([0_usize; 4], |mut next, column| {
        if let Some(row) = next.get_mut(column) {
            *row += 1;
        }
        next
    });
    let mut asked = [0_usize; 4];
    graph
        .nodes
        .iter()
        .map(|node| {
            let column = column(node);
            let counter = if node.asked { &mut asked } else { &mut next };
            let row = counter.get_mut(column).map_or(0, |row| {
                *row += 1;
                *row - 1
            });
            (column, row)
        })
        .collect()
}

fn thing(node: &Node, (column, row): (usize, usize)) -> Html {
    let (x, y) = (column * COLUMN, HEAD + row * ROW);
    let fits = node.label.chars().count() <= FIT;
    let label: String =
        if fits { node.label.clone() } else { node.label.chars().take(FIT - 1).chain(['…']).collect() };
    html! {
        <g class={if node.asked { "thing thing--asked" } else { "thing" }}>
            <title>{ shown(&node.label) }{ " " }{ shown(&node.identity) }</title>
            <rect x={x.to_string()} y={y.to_string()} width={WIDTH.to_string()} height={HEIGHT.to_string()} rx="4" />
            <text x={(x + 8).to_string()} y={(y + 16).to_string()}>{ shown(&label) }</text>
        </g>
    }
}

/// Text of a drawing, where no chip can stand: characters that hide are written as their code points.
fn shown(text: &str) -> String {
    text.chars()
        .map(|one| {
            if crate::visible_text::hides(one) {
                format!("[{}]", crate::visible_text::code_point(one))
            } else {
                one.to_string()
            }
        })
        .collect()
}

/// A line, what it says where the pointer rests on it, and the statement behind it where it is pressed.
fn line(graph: &Graph, edge: &GraphEdge, places: &[(usize, usize)], dom: &Dom) -> Option<Html> {
    let (state, _, _) = drawn(edge.state);
    let path = curve(*places.get(edge.from)?, *places.get(edge.to)?);
    let (from, to) = (&graph.nodes.get(edge.from)?.label, &graph.nodes.get(edge.to)?.label);
    let said = format!("{} → {} → {}", shown(from), shown(&edge.label), shown(to));
    let opens = edge.statement.zip(dom.jump.clone());
    let onclick = opens.as_ref().map(|(at, jump)| {
        let to = AttrValue::from(format!("open-statement-{at}"));
        jump.reform(move |_: MouseEvent| to.clone())
    });
    Some(html! {
        <g class={if opens.is_some() { "joint joint--opens" } else { "joint" }} data-edge={state} {onclick}>
            <title>{ said }</title>
            <path class="joint__near" d={path.clone()} />
            <path d={path} />
        </g>
    })
}

fn curve(from: (usize, usize), to: (usize, usize)) -> String {
    let middle = |(_, row): (usize, usize)| HEAD + row * ROW + HEIGHT / 2;
    let (left, right) = if from.0 <= to.0 { (from, to) } else { (to, from) };
    let (y1, y2) = (middle(left), middle(right));
    let x1 = left.0 * COLUMN + WIDTH;
    // Within a column the line goes out and back on the right.
    if left.0 == right.0 {
        format!("M{x1} {y1}C{0} {y1} {0} {y2} {x1} {y2}", x1 + 34)
    } else {
        let x2 = right.0 * COLUMN;
        format!("M{x1} {y1}C{0} {y1} {1} {y2} {x2} {y2}", x1 + 40, x2.saturating_sub(40))
    }
}
