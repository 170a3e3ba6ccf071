//! Which things of a graph are drawn, and where: by stage in columns, so that none covers another.

use std::collections::VecDeque;

use super::svg::Rect;
use crate::document::custody::Graph;
use crate::limits::PICTURE_NODES;

/// Width of a thing's box, in user units.
pub(super) const WIDTH: u32 = 200;
/// Height of it.
pub(super) const HEIGHT: u32 = 44;
const GAP_ACROSS: u32 = 64;
const GAP_DOWN: u32 = 14;
/// Things beneath each other before the stage gets another column.
const ROWS: usize = 25;

/// A thing that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Index into [`Graph::nodes`].
    pub(super) node: usize,
    pub(super) frame: Rect,
}

/// Stages from left to right; what names none of them stands at the end.
pub(super) const STAGES: [&str; 4] = ["source", "build", "artifact", "deploy"];

/// Indices of the things to draw: those asked about, then the nearest to them, then as they come.
pub(super) fn nearest(graph: &Graph) -> Vec<usize> {
    let count = graph.nodes.len();
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in graph.edges.iter().filter(|edge| edge.from < count && edge.to < count) {
        if let Some(list) = neighbours.get_mut(edge.from) {
            list.push(edge.to);
        }
        if let Some(list) = neighbours.get_mut(edge.to) {
            list.push(edge.from);
        }
    }
    let mut seen = vec![false; count];
    let mut chosen = Vec::new();
    let asked = (0..count).filter(|index| graph.nodes.get(*index).is_some_and(|node| node.asked));
    let mut queue: VecDeque<usize> = VecDeque::new();
    for start in asked.chain(0..count) {
        queue.push_back(start);
        while let Some(index) = queue.pop_front() {
            if chosen.len() == PICTURE_NODES {
                return chosen;
            }
            let Some(mark) = seen.get_mut(index) else { continue };
            if core::mem::replace(mark, true) {
                continue;
            }
            chosen.push(index);
            queue.extend(neighbours.get(index).into_iter().flatten());
        }
    }
    chosen
}

/// Places of the chosen things, and the left edge of each stage that has any.
pub(super) fn place(graph: &Graph, chosen: &[usize], x: u32, y: u32) -> (Vec<Placed>, Vec<(usize, u32)>) {
    let mut placed = Vec::new();
    let mut lefts = Vec::new();
    let mut left = x;
    for stage in 0..=STAGES.len() {
        let members: Vec<usize> = chosen.iter().copied().filter(|index| stage_of(graph, *index) == stage).collect();
        if members.is_empty() {
            continue;
        }
        lefts.push((stage, left));
        for column in members.chunks(ROWS) {
            let mut top = y;
            for node in column {
                placed.push(Placed { node: *node, frame: Rect { x: left, y: top, width: WIDTH, height: HEIGHT } });
                top = top.saturating_add(HEIGHT).saturating_add(GAP_DOWN);
            }
            left = left.saturating_add(WIDTH).saturating_add(GAP_ACROSS);
        }
    }
    (placed, lefts)
}

fn stage_of(graph: &Graph, index: usize) -> usize {
    let stage = graph.nodes.get(index).map_or("", |node| node.stage.as_str());
    STAGES.iter().position(|name| *name == stage).unwrap_or(STAGES.len())
}
