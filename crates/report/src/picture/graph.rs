//! Everything that was joined: boxes by stage, lines between them.

use std::collections::BTreeMap;

use super::place::{self, Placed, STAGES, WIDTH};
use super::row::edge_class;
use super::svg::{Rect, Svg};
use super::type_size::Type;
use crate::document::custody::{self, EdgeState, GraphEdge};
use crate::limits::PICTURE_JOINS;

const HEADING: u32 = 24;
const STAGE_LINE: u32 = 24;
const PADDING: u32 = 8;
/// How far a line between two things of one column goes out.
const BEND: u32 = 40;

/// The graph with its place.
pub(super) struct Graph<'a> {
    graph: &'a custody::Graph,
    placed: Vec<Placed>,
    lefts: Vec<(usize, u32)>,
    joins: Vec<&'a GraphEdge>,
    joins_in_all: usize,
    x: u32,
    y: u32,
}

impl<'a> Graph<'a> {
    pub(super) fn lay_out(graph: &'a custody::Graph, x: u32, y: u32) -> Self {
        let chosen = place::nearest(graph);
        let top = y.saturating_add(HEADING).saturating_add(STAGE_LINE);
        let (placed, lefts) = place::place(graph, &chosen, x, top);
        let mut drawn = vec![false; graph.nodes.len()];
        for index in &chosen {
            if let Some(mark) = drawn.get_mut(*index) {
                *mark = true;
            }
        }
        let is_drawn = |index: usize| drawn.get(index).copied().unwrap_or_default();
        let joins: Vec<&GraphEdge> =
            graph.edges.iter().filter(|edge| is_drawn(edge.from) && is_drawn(edge.to)).take(PICTURE_JOINS).collect();
        Self { graph, placed, lefts, joins, joins_in_all: graph.edges.len(), x, y }
    }

    pub(super) fn right(&self) -> u32 {
        self.placed.iter().map(|placed| placed.frame.right().saturating_add(BEND)).max().unwrap_or(self.x)
    }

    pub(super) fn bottom(&self) -> u32 {
        self.placed
            .iter()
            .map(|placed| placed.frame.bottom().saturating_add(BEND))
            .max()
            .unwrap_or_else(|| self.y.saturating_sub(HEADING))
    }

    /// What of the graph is not drawn, in a sentence.
    pub(super) fn left_out(&self) -> Option<String> {
        let (all, drawn) = (self.graph.nodes.len(), self.placed.len());
        let (nodes, joins) = (all.saturating_sub(drawn), self.joins_in_all.saturating_sub(self.joins.len()));
        (nodes > 0 || joins > 0).then(|| {
            format!(
                "{drawn} of {all} things are drawn, the nearest to the artifact; {nodes} things and {joins} joins are \
                 left out here and are in the JSON report."
            )
        })
    }

    pub(super) fn draw(&self, svg: &mut Svg) {
        if self.placed.is_empty() {
            return;
        }
        let baseline = self.y.saturating_add(16);
        svg.text(self.x, baseline, "strong", "Everything that was joined");
        if let Some(sentence) = self.left_out() {
            svg.text(self.x.saturating_add(WIDTH + 64), baseline, "small", &sentence);
        }
        for (stage, left) in &self.lefts {
            let title = STAGES.get(*stage).copied().map_or("Other", title);
            svg.text(*left, self.y.saturating_add(HEADING).saturating_add(14), "small", title);
        }
        let frames: BTreeMap<usize, Rect> = self.placed.iter().map(|placed| (placed.node, placed.frame)).collect();
        // Lines first: boxes are opaque and stand before them.
        for edge in &self.joins {
            if let (Some(from), Some(to)) = (frames.get(&edge.from), frames.get(&edge.to)) {
                svg.group(&self.spoken(edge), |svg| draw_join(svg, edge.state, *from, *to));
            }
        }
        for placed in &self.placed {
            self.draw_node(svg, placed);
        }
    }

    fn draw_node(&self, svg: &mut Svg, placed: &Placed) {
        let Some(node) = self.graph.nodes.get(placed.node) else { return };
        let frame = placed.frame;
        let width = frame.width.saturating_sub(PADDING * 2);
        svg.group(&format!("{} ({})", node.label, node.identity), |svg| {
            svg.rect(frame, if node.asked { "card-asked" } else { "card" }, 6);
            let left = frame.x.saturating_add(PADDING);
            svg.text(left, frame.y.saturating_add(18), "text", &Type::Body.fit(&node.label, width));
            svg.text(left, frame.y.saturating_add(35), "small", &Type::Small.fit(&node.identity, width));
        });
    }

    fn spoken(&self, edge: &GraphEdge) -> String {
        let label = |index: usize| self.graph.nodes.get(index).map_or("", |node| node.label.as_str());
        format!("{} {}: {}", label(edge.from), edge.state.joined(label(edge.to)), edge.label)
    }
}

fn title(stage: &str) -> &'static str {
    match stage {
        "source" => "Source",
        "build" => "Build",
        "artifact" => "Artifact",
        _ => "Deploy",
    }
}

/// From side to side, in a curve; a line that differs has two bars in its middle.
fn draw_join(svg: &mut Svg, state: EdgeState, from: Rect, to: Rect) {
    let class = edge_class(state);
    let (from_y, to_y) = (from.y.saturating_add(from.height / 2), to.y.saturating_add(to.height / 2));
    let (start, end) = if from.x <= to.x { (from.right(), to.x) } else { (from.x, to.right()) };
    let far = from.x.abs_diff(to.x) > WIDTH.saturating_mul(3) / 2;
    let (path, x, y) = if from.x == to.x {
        // Beneath each other: out of the right side and back in.
        let (side, bend) = (from.right(), from.right().saturating_add(BEND));
        let middle = (bend.saturating_sub(BEND / 4), from_y.midpoint(to_y));
        (format!("M{side} {from_y}C{bend} {from_y} {bend} {to_y} {side} {to_y}"), middle.0, middle.1)
    } else if far {
        // Past a column between: beneath, so that it does not lie on the lines of the neighbours.
        let (left, right) = (from.x.saturating_add(from.width / 2), to.x.saturating_add(to.width / 2));
        let low = from.bottom().max(to.bottom()).saturating_add(BEND);
        let path = format!("M{left} {}C{left} {low} {right} {low} {right} {}", from.bottom(), to.bottom());
        (path, left.midpoint(right), low.saturating_sub(BEND / 4))
    } else {
        let bend = start.midpoint(end);
        (format!("M{start} {from_y}C{bend} {from_y} {bend} {to_y} {end} {to_y}"), bend, from_y.midpoint(to_y))
    };
    svg.path(&path, class);
    if state == EdgeState::Differs {
        for bar in [x.saturating_sub(4), x.saturating_add(4)] {
            svg.line((bar, y.saturating_sub(7)), (bar, y.saturating_add(7)), class);
        }
    }
}
