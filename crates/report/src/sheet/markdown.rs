//! A sheet as Markdown (CommonMark with tables, as GitHub has it). What is foreign stands in code spans or is escaped, so
//! that it can be neither a heading, a link nor an image.

use super::{Block, SUMMARY, blocks, summary};
use crate::document::Document;
use crate::text::{plain, visible};

/// Documents as Markdown, with an index in front when there are several.
#[must_use]
pub fn render(documents: &[Document]) -> String {
    let mut out = String::new();
    if documents.len() > 1 {
        out.push_str(&format!("# {} results\n\n", documents.len()));
        let index: Vec<Vec<String>> = documents
            .iter()
            .enumerate()
            .map(|(index, document)| {
                let mut row = vec![index.saturating_add(1).to_string()];
                row.extend(summary(document));
                row
            })
            .collect();
        let heads: Vec<&str> = core::iter::once("No.").chain(SUMMARY.iter().copied()).collect();
        rows(&mut out, &heads, &index);
    }
    for document in documents {
        for one in blocks(document) {
            block(&mut out, &one);
        }
    }
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(1, text) => out.push_str(&format!("## {}\n\n", plain(text))),
        Block::Heading(_, text) => out.push_str(&format!("### {}\n\n", plain(text))),
        Block::Verdict { title, sentence, detail, .. } => {
            out.push_str(&format!("# {}\n\n**{}** {}\n\n", plain(title), plain(sentence), plain(detail)));
        }
        Block::Text(text) => out.push_str(&format!("{}\n\n", plain(text))),
        Block::List(points) => items(out, points, |_| "-".to_owned()),
        Block::Steps(points) => items(out, points, |index| format!("{}.", index.saturating_add(1))),
        Block::Rows(heads, lines) => rows(out, heads, lines),
        Block::Raw(title, text) => raw(out, title, text),
    }
}

fn items(out: &mut String, points: &[String], mark: impl Fn(usize) -> String) {
    for (index, point) in points.iter().enumerate() {
        out.push_str(&format!("{} {}\n", mark(index), plain(point)));
    }
    out.push('\n');
}

fn rows(out: &mut String, heads: &[&str], lines: &[Vec<String>]) {
    out.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| plain(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push('\n');
}

/// In a fence longer than any run of back ticks in it.
fn raw(out: &mut String, title: &str, text: &str) {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2).saturating_add(1));
    // Lines stay lines; everything else that cannot be seen is spelled out.
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    out.push_str(&format!("### {}\n\n{fence}\n{}\n{fence}\n\n", plain(title), lines.join("\n")));
}
