//! The four stages in a row: a rail of marks with the edges between them, and a card beneath each mark.

use super::svg::{Rect, Svg};
use super::type_size::Type;
use crate::document::Custody;
use crate::document::custody::{Edge, EdgeState, Stage, StageQuestion, StageState, Strength};
use crate::limits::{PICTURE_ACROSS, PICTURE_LINES, PICTURE_QUESTIONS};

const CARD: u32 = 280;
const GAP: u32 = 16;
const PITCH: u32 = CARD + GAP;
/// Width of four cards.
pub(super) const WIDTH: u32 = PITCH * 4;
const PADDING: u32 = 12;
const RADIUS: u32 = 14;
/// From the top of the row to the middle of the marks: a label fits above.
const RAIL: u32 = 34;
const ACROSS: u32 = 30;

/// What one line of a card is.
#[derive(Clone, Debug)]
struct Line {
    y: u32,
    indent: u32,
    class: &'static str,
    text: String,
}

/// A stage with its place.
struct Card<'a> {
    stage: &'a Stage,
    frame: Rect,
    lines: Vec<Line>,
    /// The small squares before the questions: (top, strength).
    squares: Vec<(u32, Strength)>,
}

/// The row with its place.
pub(super) struct Row<'a> {
    custody: &'a Custody,
    cards: Vec<Card<'a>>,
    x: u32,
    y: u32,
    across: Vec<&'a Edge>,
    across_left_out: usize,
}

/// Title of a stage by its id; the id itself for a stage that is not there.
pub(super) fn title_of(custody: &Custody, id: &str) -> String {
    custody.stages.iter().find(|stage| stage.id == id).map_or_else(|| id.to_owned(), |stage| stage.title.clone())
}

impl<'a> Row<'a> {
    pub(super) fn lay_out(custody: &'a Custody, x: u32, y: u32) -> Self {
        let top = y.saturating_add(RAIL).saturating_add(RADIUS).saturating_add(GAP);
        let mut cards: Vec<Card<'a>> = Vec::new();
        let mut left = x;
        // A document has four; a hand-made one may have more, and then they are four all the same.
        for stage in custody.stages.iter().take(4) {
            cards.push(Card::lay_out(stage, left, top));
            left = left.saturating_add(PITCH);
        }
        let height = cards.iter().map(|card| card.frame.height).max().unwrap_or_default();
        for card in &mut cards {
            card.frame.height = height;
        }
        let neighbours = |edge: &&Edge| {
            custody.stages.windows(2).any(|pair| matches!(pair, [a, b] if a.id == edge.from && b.id == edge.to))
        };
        let mut across: Vec<&Edge> = custody.edges.iter().filter(|edge| !neighbours(edge)).collect();
        let across_left_out = across.len().saturating_sub(PICTURE_ACROSS);
        across.truncate(PICTURE_ACROSS);
        Self { custody, cards, x, y, across, across_left_out }
    }

    pub(super) fn right(&self) -> u32 {
        self.cards.last().map_or(self.x, |card| card.frame.right())
    }

    fn cards_bottom(&self) -> u32 {
        self.cards.last().map_or(self.y, |card| card.frame.bottom())
    }

    pub(super) fn bottom(&self) -> u32 {
        let rows = u32::try_from(self.across.len()).unwrap_or_default();
        let note = if self.across_left_out > 0 { ACROSS } else { 0 };
        self.cards_bottom().saturating_add(rows.saturating_mul(ACROSS)).saturating_add(note)
    }

    pub(super) fn draw(&self, svg: &mut Svg) {
        let rail = self.y.saturating_add(RAIL);
        for pair in self.cards.windows(2) {
            let [from, to] = pair else { continue };
            let between = |edge: &&Edge| edge.from == from.stage.id && edge.to == to.stage.id;
            match self.custody.edges.iter().find(between) {
                Some(edge) => self.draw_edge(svg, edge, from.middle(), to.middle(), rail),
                None => svg.line((from.middle(), rail), (to.middle(), rail), "rail"),
            }
        }
        for card in &self.cards {
            svg.group(&spoken_stage(card.stage), |svg| card.draw(svg, rail));
        }
        let mut y = self.cards_bottom().saturating_add(ACROSS / 2);
        for edge in &self.across {
            self.draw_across(svg, edge, y);
            y = y.saturating_add(ACROSS);
        }
        if self.across_left_out > 0 {
            let text = format!("{} more joins across the chain are left out here.", self.across_left_out);
            svg.text(self.x, y.saturating_add(4), "small", &text);
        }
    }

    fn draw_edge(&self, svg: &mut Svg, edge: &Edge, from: u32, to: u32, y: u32) {
        let (start, end) = (from.saturating_add(RADIUS), to.saturating_sub(RADIUS));
        let middle = start.midpoint(end);
        svg.group(&self.spoken_edge(edge), |svg| {
            draw_line(svg, edge.state, start, end, y);
            let label =
                Type::Small.fit(&edge.state.labelled(&edge.label), end.saturating_sub(start).saturating_sub(12));
            svg.text(middle, y.saturating_sub(12), label_class(edge.state), &label);
        });
    }

    /// A bracket beneath the cards, from one stage to another that is no neighbour.
    fn draw_across(&self, svg: &mut Svg, edge: &Edge, y: u32) {
        let middle = |id: &str| self.cards.iter().find(|card| card.stage.id == *id).map(Card::middle);
        let text = format!(
            "{} to {}: {}",
            title_of(self.custody, &edge.from),
            title_of(self.custody, &edge.to),
            edge.state.labelled(&edge.label)
        );
        svg.group(&self.spoken_edge(edge), |svg| {
            if let (Some(from), Some(to)) = (middle(&edge.from), middle(&edge.to)) {
                let class = edge_class(edge.state);
                let (left, right) = (from.min(to), from.max(to));
                let top = y.saturating_sub(ACROSS / 2);
                svg.path(&format!("M{left} {top}V{y}H{right}V{top}"), class);
                let label = Type::Small.fit(&text, right.saturating_sub(left).max(CARD));
                svg.text(left.midpoint(right), y.saturating_add(13), label_class(edge.state), &label);
            } else {
                let width = self.right().saturating_sub(self.x);
                svg.text(self.x, y, "small", &Type::Small.fit(&text, width));
            }
        });
    }

    fn spoken_edge(&self, edge: &Edge) -> String {
        let (from, to) = (title_of(self.custody, &edge.from), title_of(self.custody, &edge.to));
        format!("{from} to {to}: {} {} {}", edge.state.labelled(&edge.label), edge.value, edge.why)
    }
}

impl<'a> Card<'a> {
    fn lay_out(stage: &'a Stage, x: u32, y: u32) -> Self {
        let width = CARD.saturating_sub(PADDING * 2);
        let mut writer = Writer { y: y.saturating_add(PADDING), lines: Vec::new() };
        writer.put(Type::Heading, 0, "strong", &[Type::Heading.fit(&stage.title, width)]);
        writer.put(Type::Small, 0, "small", &[format!("{} of {} answered", stage.answered, stage.of)]);
        writer.put(Type::Small, 0, "small", &Type::Small.wrap(&stage.question, width, PICTURE_LINES));
        writer.skip(4);
        let answer = format!("{}{}", stage.state.prefix(), stage.answer);
        writer.put(Type::Body, 0, "text", &Type::Body.wrap(&answer, width, PICTURE_LINES));
        let mut squares = Vec::new();
        for question in stage.questions.iter().take(PICTURE_QUESTIONS) {
            writer.skip(8);
            squares.push((writer.y.saturating_add(3), question.strength));
            writer.question(question, width.saturating_sub(INDENT));
        }
        let left_out = stage.questions.len().saturating_sub(PICTURE_QUESTIONS);
        if left_out > 0 {
            writer.put(Type::Small, 0, "small", &[format!("{left_out} more questions")]);
        }
        let height = writer.y.saturating_add(PADDING).saturating_sub(y);
        Self { stage, frame: Rect { x, y, width: CARD, height }, lines: writer.lines, squares }
    }

    const fn middle(&self) -> u32 {
        self.frame.x.saturating_add(CARD / 2)
    }

    fn draw(&self, svg: &mut Svg, rail: u32) {
        let asked = self.stage.id == "artifact" && self.stage.state == StageState::Answered;
        let (mark, card) = match self.stage.state {
            StageState::Answered if asked => ("mark-asked", "card-asked"),
            StageState::Answered => ("mark", "card"),
            StageState::Gap => ("mark-gap", "card-gap"),
            StageState::Differs => ("mark-differs", "card-differs"),
            StageState::Off => ("mark-gap", "card-gap"),
            StageState::Wait => ("mark-wait", "card-wait"),
        };
        svg.circle(self.middle(), rail, RADIUS, mark);
        if self.stage.state == StageState::Gap {
            svg.circle(self.middle(), rail, RADIUS, "hatch");
        }
        if self.stage.state == StageState::Differs {
            svg.text(self.middle(), rail.saturating_add(5), "mark-sign", "\u{2260}");
        }
        svg.rect(self.frame, card, 8);
        for (top, strength) in &self.squares {
            let square = Rect { x: self.frame.x.saturating_add(PADDING), y: *top, width: 10, height: 10 };
            draw_square(svg, square, *strength);
        }
        for line in &self.lines {
            svg.text(self.frame.x.saturating_add(PADDING).saturating_add(line.indent), line.y, line.class, &line.text);
        }
    }
}

/// Room for the square before a question.
const INDENT: u32 = 18;

/// Puts lines beneath each other.
struct Writer {
    y: u32,
    lines: Vec<Line>,
}

impl Writer {
    const fn skip(&mut self, height: u32) {
        self.y = self.y.saturating_add(height);
    }

    fn put(&mut self, size: Type, indent: u32, class: &'static str, lines: &[String]) {
        for text in lines {
            self.y = self.y.saturating_add(size.line());
            // The baseline lies a quarter of the line above its end.
            let y = self.y.saturating_sub(size.line() / 4);
            self.lines.push(Line { y, indent, class, text: text.clone() });
        }
    }

    fn question(&mut self, question: &StageQuestion, width: u32) {
        let class = if question.strength == Strength::Contradicted { "differs" } else { "text" };
        self.put(Type::Small, INDENT, "small", &[Type::Small.fit(&question.title, width)]);
        let answer = format!("{}{}", question.strength.prefix(), question.answer);
        let size = if class == "differs" { Type::Small } else { Type::Body };
        self.put(size, INDENT, class, &size.wrap(&answer, width, PICTURE_LINES));
        if question.strength != Strength::Gap {
            let vouchers: Vec<&str> = question.vouchers.iter().map(|voucher| voucher.word()).collect();
            self.put(Type::Small, INDENT, "small", &Type::Small.wrap(&vouchers.join(", "), width, 2));
        }
    }
}

fn draw_square(svg: &mut Svg, square: Rect, strength: Strength) {
    match strength {
        Strength::Proven => svg.rect(square, "mark-asked", 2),
        Strength::NameOnly => svg.rect(square, "card-gap", 2),
        Strength::Contradicted => svg.rect(square, "mark-differs", 2),
        Strength::Gap => {
            svg.rect(square, "hatch", 2);
            svg.rect(square, "card-gap", 2);
        }
    }
}

/// The line of an edge in the rail.
fn draw_line(svg: &mut Svg, state: EdgeState, start: u32, end: u32, y: u32) {
    let class = edge_class(state);
    let middle = start.midpoint(end);
    let (top, low) = (y.saturating_sub(6), y.saturating_add(6));
    match state {
        EdgeState::Match | EdgeState::Name | EdgeState::Wait => svg.line((start, y), (end, y), class),
        EdgeState::Gap => {
            svg.line((start, y), (start.saturating_add(12), y), class);
            let hatched = Rect {
                x: start.saturating_add(16),
                y: top,
                width: end.saturating_sub(start).saturating_sub(32),
                height: 12,
            };
            svg.rect(hatched, "hatch", 2);
            svg.rect(hatched, "card-gap", 2);
            svg.line((end.saturating_sub(12), y), (end, y), class);
        }
        EdgeState::Differs => {
            let (left, right) = (middle.saturating_sub(8), middle.saturating_add(8));
            svg.line((start, y), (left, y), class);
            svg.line((left, top), (left, low), class);
            svg.line((right, top), (right, low), class);
            svg.line((right, y), (end, y), class);
        }
    }
}

pub(super) const fn edge_class(state: EdgeState) -> &'static str {
    match state {
        EdgeState::Match => "edge-match",
        EdgeState::Name => "edge-name",
        EdgeState::Gap => "edge-gap",
        EdgeState::Differs => "edge-differs",
        EdgeState::Wait => "edge-wait",
    }
}

const fn label_class(state: EdgeState) -> &'static str {
    if matches!(state, EdgeState::Differs) { "label-differs" } else { "label" }
}

fn spoken_stage(stage: &Stage) -> String {
    let mut said = vec![format!("{}. {} {}{}.", stage.title, stage.question, stage.state.prefix(), stage.answer)];
    for question in stage.questions.iter().take(PICTURE_QUESTIONS) {
        let vouchers: Vec<&str> = question.vouchers.iter().map(|voucher| voucher.word()).collect();
        said.push(format!(
            "{}: {}{} ({}).",
            question.title,
            question.strength.prefix(),
            question.answer,
            vouchers.join(", ")
        ));
    }
    said.join(" ")
}
