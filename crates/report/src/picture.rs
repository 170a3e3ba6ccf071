//! The chain of custody as a picture: self-contained SVG, without scripts, references or fonts of its own. What it draws
//! it also says: `title` and `desc` for the whole, a `title` for each part, and all text as text.
//!
//! Each mark has one meaning, and none rests on colour alone: solid lines join equal digests, dashed lines the same name,
//! hatching is a gap, two end bars are values that differ, dots are not computed yet.

mod graph;
mod place;
mod row;
mod style;
mod svg;
mod type_size;

use crate::document::Custody;
use svg::Svg;

/// Space around everything and between the parts, in user units (pixels at 100 %).
const MARGIN: u32 = 24;

/// Four stages with what joins them, and beneath them everything that was joined, at most
/// [`PICTURE_NODES`](crate::limits::PICTURE_NODES) things of it. Well-formed XML whatever the document holds.
#[must_use]
pub fn render(custody: &Custody) -> String {
    let row = row::Row::lay_out(custody, MARGIN, MARGIN);
    let graph = graph::Graph::lay_out(&custody.graph, MARGIN, row.bottom().saturating_add(MARGIN.saturating_mul(2)));
    let width = row.right().max(graph.right()).max(row::WIDTH).saturating_add(MARGIN);
    let height = row.bottom().max(graph.bottom()).saturating_add(MARGIN);
    let mut svg = Svg::new(width, height, "Chain of custody", &summary(custody, &graph));
    style::write(&mut svg);
    svg.ground(width, height);
    row.draw(&mut svg);
    graph.draw(&mut svg);
    svg.finish()
}

/// The picture in a few sentences, for those who hear it.
fn summary(custody: &Custody, graph: &graph::Graph) -> String {
    let mut said: Vec<String> = custody
        .stages
        .iter()
        .map(|stage| {
            let state = stage.state.prefix();
            format!("{}: {state}{} ({} of {} answered).", stage.title, stage.answer, stage.answered, stage.of)
        })
        .collect();
    said.extend(custody.edges.iter().map(|edge| {
        let (from, to) = (row::title_of(custody, &edge.from), row::title_of(custody, &edge.to));
        format!("{from} to {to}: {}.", edge.state.labelled(&edge.label))
    }));
    said.extend(graph.left_out());
    said.join(" ")
}
