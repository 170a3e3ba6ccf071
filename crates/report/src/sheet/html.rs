//! A sheet as HTML. Tags and attributes are ours; every text is escaped on its one way out, and characters that a reader
//! cannot see are spelled out (H-51).

use core::fmt::Write;

use super::{Block, SUMMARY, blocks, inventory, summary};
use crate::document::inventory::Inventory;
use crate::document::{Document, Outcome};
use crate::text::is_hidden;

/// The style sheet of a saved page.
pub const STYLE: &str = include_str!("style.css");

/// HTML in the making.
#[derive(Default)]
pub(crate) struct Html(pub(crate) String);

impl Html {
    /// Markup of our own, as it stands.
    pub(crate) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Foreign text. In an attribute's double quotes it stays there too.
    pub(crate) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\t' => self.0.push(character),
                hidden if is_hidden(hidden) => {
                    // Writing to a String cannot fail.
                    let _ = write!(self.0, "&lt;U+{:04X}&gt;", u32::from(hidden));
                }
                plain => self.0.push(plain),
            }
        }
    }

    /// An element that holds text alone.
    pub(crate) fn element(&mut self, open: &'static str, text: &str, close: &'static str) {
        self.raw(open);
        self.text(text);
        self.raw(close);
    }

    fn items(&mut self, open: &'static str, points: &[String], close: &'static str) {
        self.raw(open);
        for point in points {
            self.element("<li>", point, "</li>");
        }
        self.raw(close);
    }

    pub(crate) fn rows(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        self.raw("<table>\n<thead><tr>");
        for head in heads {
            self.element("<th scope=\"col\">", head, "</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.raw("<tr>");
            for (index, cell) in row.iter().enumerate() {
                if index == 0 {
                    self.element("<th scope=\"row\">", cell, "</th>");
                } else {
                    self.element("<td>", cell, "</td>");
                }
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n");
    }

    fn block(&mut self, block: &Block, single: bool) {
        match block {
            Block::Heading(1, text) if single => self.element("<h2>", text, "</h2>\n"),
            Block::Heading(1, text) => self.element("<h3>", text, "</h3>\n"),
            Block::Heading(_, text) if single => self.element("<h3>", text, "</h3>\n"),
            Block::Heading(_, text) => self.element("<h4>", text, "</h4>\n"),
            Block::Verdict { outcome, title, sentence, detail } => {
                self.raw(match outcome {
                    Outcome::Verified => "<div class=\"verdict\" data-s=\"verified\">",
                    Outcome::Rejected => "<div class=\"verdict\" data-s=\"rejected\">",
                    Outcome::Incomplete => "<div class=\"verdict\" data-s=\"incomplete\">",
                });
                if single {
                    self.element("<h1>", title, "</h1>\n");
                } else {
                    self.element("<h2>", title, "</h2>\n");
                }
                self.element("<p><b>", sentence, "</b> ");
                self.element("", detail, "</p></div>\n");
            }
            Block::Text(text) => self.element("<p>", text, "</p>\n"),
            Block::List(points) => self.items("<ul>\n", points, "</ul>\n"),
            Block::Steps(points) => self.items("<ol>\n", points, "</ol>\n"),
            Block::Rows(heads, rows) => self.rows(heads, rows),
            Block::Raw(title, text) => {
                self.element("<details><summary>", title, "</summary>");
                // A line end right after <pre> is dropped by parsers: ours, not the text's.
                self.element("<pre tabindex=\"0\">\n", text, "</pre></details>\n");
            }
        }
    }
}

/// Documents as HTML, without a page around them.
#[must_use]
pub fn render(documents: &[Document]) -> String {
    let mut out = Html::default();
    write(&mut out, documents);
    out.0
}

/// An index: each row's number leads to its part.
fn index(out: &mut Html, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    out.raw("<nav aria-label=\"Results\"><table>\n<thead><tr><th scope=\"col\">No.</th>");
    for head in heads {
        out.element("<th scope=\"col\">", head, "</th>");
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for (index, row) in rows.enumerate() {
        let number = index.saturating_add(1);
        // Writing to a String cannot fail.
        let _ = write!(out.0, "<tr><th scope=\"row\"><a href=\"#item-{number}\">{number}</a></th>");
        for cell in row {
            out.element("<td>", &cell, "</td>");
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody>\n</table></nav>\n");
}

fn article(out: &mut Html, index: usize, blocks: &[Block], single: bool) {
    let _ = writeln!(out.0, "<article id=\"item-{}\">", index.saturating_add(1));
    for block in blocks {
        out.block(block, single);
    }
    out.raw("</article>\n");
}

/// Every document, with an index in front when there are several. `id`s are `item-1`, `item-2`, ….
pub(crate) fn write(out: &mut Html, documents: &[Document]) {
    let single = documents.len() == 1;
    if !single {
        out.element("<h1>", &format!("{} results", documents.len()), "</h1>\n");
        index(out, SUMMARY, documents.iter().map(summary));
    }
    for (number, document) in documents.iter().enumerate() {
        article(out, number, &blocks(document), single);
    }
}

/// An inventory: figures, policy, an index, a part for each artifact.
pub(crate) fn write_inventory(out: &mut Html, document: &Inventory) {
    out.element("<h1>", &inventory::title(document), "</h1>\n");
    for block in inventory::before(document) {
        out.block(&block, true);
    }
    index(out, inventory::SUMMARY, document.rows.iter().map(inventory::summary));
    for (number, row) in document.rows.iter().enumerate() {
        article(out, number, &inventory::blocks(row), false);
    }
    for block in inventory::after(document) {
        out.block(&block, true);
    }
}
