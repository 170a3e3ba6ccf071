//! An inventory as JSON, CSV and Markdown, for keeping and for handing on.

use crate::document::custody::Strength;
use crate::document::inventory::{Cell, Inventory, QUESTIONS, Row};
use crate::text::{plain, visible};

/// Forms that an inventory can be exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The document itself (`schema/touchstone-inventory-1.json`).
    Json,
    /// One line an artifact, with a heading line (RFC 4180).
    Csv,
    /// Figures and a table.
    Markdown,
}

impl Form {
    /// Every form: (form, its name, file name to save under, media type).
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 3] = [
        (Self::Json, "JSON", "touchstone-inventory.json", "application/json"),
        (Self::Csv, "CSV", "touchstone-inventory.csv", "text/csv"),
        (Self::Markdown, "Markdown", "touchstone-inventory.md", "text/markdown"),
    ];
}

/// The inventory in this form.
#[must_use]
pub fn export(inventory: &Inventory, form: Form) -> String {
    match form {
        Form::Json => json(inventory),
        Form::Csv => csv(inventory),
        Form::Markdown => markdown(inventory),
    }
}

/// The document as JSON, indented.
#[must_use]
pub fn json(inventory: &Inventory) -> String {
    // Plain data with string keys always serialises.
    let mut text = serde_json::to_string_pretty(inventory).unwrap_or_default();
    text.push('\n');
    text
}

/// The rows as CSV: UTF-8, comma, CR LF, every field quoted where it has to be.
#[must_use]
pub fn csv(inventory: &Inventory) -> String {
    let mut out = String::new();
    let mut heading = ["verdict", "artifact", "digest", "namespaces", "places", "standing"].map(str::to_owned).to_vec();
    for (id, _) in QUESTIONS {
        heading.extend([id.to_owned(), format!("{id} answer"), format!("{id} detail")]);
    }
    heading.extend(["levels", "signer", "statements", "reason", "warnings"].map(str::to_owned));
    line(&mut out, &heading);
    for row in &inventory.rows {
        let mut fields = vec![
            row.title.clone(),
            row.heading().to_owned(),
            row.digest.clone(),
            row.namespaces().join(" "),
            row.places.len().to_string(),
            standings(row),
        ];
        for cell in row.cells() {
            fields.extend([word(cell.strength).to_owned(), cell.text.clone(), cell.detail.clone()]);
        }
        fields.extend([
            row.levels.join("; "),
            row.signer.clone(),
            row.statements.join("; "),
            row.reason.clone(),
            row.warnings.join(" "),
        ]);
        line(&mut out, &fields);
    }
    out
}

fn line(out: &mut String, fields: &[String]) {
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        out.push_str(&csv_field(field));
    }
    out.push_str("\r\n");
}

/// A spreadsheet takes a field that begins with one of these for a formula and may fetch or run what it says. Names come
/// from whoever wrote the inventory, so such a field gets an apostrophe before it, which spreadsheets show as text.
fn csv_field(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = visible(field);
    let text = if formula { format!("'{text}") } else { text };
    if formula || text.contains([',', '"', '\'', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Figures and a table.
#[must_use]
pub fn markdown(inventory: &Inventory) -> String {
    let coverage = &inventory.coverage;
    let mut out = format!("# Inventory\n\n{}.\n", coverage.sentence());
    if !inventory.shown.is_empty() {
        out.push_str(&format!("\nOnly a part is shown: {}\n", plain(&inventory.shown)));
    }
    out.push_str("\n| Question | Answered | Name only | Contradicted | Gap |\n| --- | --- | --- | --- | --- |\n");
    for one in &coverage.questions {
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            one.title, one.answered, one.name_only, one.contradicted, one.gap
        ));
    }
    out.push_str("\n## Policy\n\n");
    for line in &inventory.policy.lines {
        out.push_str(&format!("- {}: {}\n", plain(&line.name), plain(&line.value)));
    }
    out.push_str("\n## Artifacts\n\n| Verdict | Artifact | Digest | Where | Source | Build | Artifact | Deploy |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for row in &inventory.rows {
        let cells: Vec<_> = row.cells().iter().map(|cell| markdown_cell(cell)).collect();
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            plain(&row.title),
            plain(row.heading()),
            if row.digest.is_empty() { "none".to_owned() } else { format!("`{}`", row.digest) },
            plain(&where_words(row)),
            cells.join(" | ")
        ));
    }
    if !inventory.warnings.is_empty() {
        out.push_str("\n## Notes\n\n");
        for warning in &inventory.warnings {
            out.push_str(&format!("- {}\n", plain(warning)));
        }
    }
    out.push_str(&format!("\nMade by {}. Where something runs is unsigned, whoever says it.\n", inventory.tool));
    out
}

fn markdown_cell(cell: &Cell) -> String {
    let line = cell.line();
    match cell.strength {
        Strength::Proven => plain(line.strip_prefix("answered: ").unwrap_or(&line)),
        _ => plain(&line),
    }
}

/// The word for how well a question is answered.
#[must_use]
pub const fn word(strength: Strength) -> &'static str {
    match strength {
        Strength::Proven => "answered",
        Strength::NameOnly => "name only",
        Strength::Contradicted => "contradicted",
        Strength::Gap => "gap",
    }
}

/// "payments, 6 running": namespaces, and how many places of each standing.
#[must_use]
pub fn where_words(row: &Row) -> String {
    let namespaces: Vec<_> = row.namespaces().into_iter().filter(|name| !name.is_empty()).collect();
    let standings = standings(row);
    let shown = match namespaces.as_slice() {
        [] => String::new(),
        [one] => format!("{one}, "),
        [first, second] => format!("{first} and {second}, "),
        [first, rest @ ..] => format!("{first} and {} more namespaces, ", rest.len()),
    };
    if standings.is_empty() { "nowhere stated".to_owned() } else { format!("{shown}{standings}") }
}

/// "6 running, 1 ended". Four words that are never added up into one (E-54).
fn standings(row: &Row) -> String {
    let mut counts = std::collections::BTreeMap::<_, usize>::new();
    for place in &row.places {
        let count = counts.entry(place.standing).or_default();
        *count = count.saturating_add(1);
    }
    counts.iter().map(|(standing, count)| format!("{count} {}", standing.word())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_a_formula_or_a_field_of_its_own() {
        assert_eq!(csv_field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_field("-1"), "\"'-1\"");
        assert_eq!(csv_field("a,b"), "\"a,b\"");
        assert_eq!(csv_field("a\r\nb\u{202e}"), "a<U+000D><U+000A>b<U+202E>");
        assert_eq!(csv_field("ghcr.io/acme/app:v1"), "ghcr.io/acme/app:v1");
    }

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(plain("a|b [x](y) <img>\n"), "a\\|b \\[x\\]\\(y\\) \\<img\\>\\<U\\+000A\\>");
        assert_eq!(
            plain("www.evil.example https://evil.example \u{202e}"),
            "www\\.evil.example https\\://evil.example \\<U\\+202E\\>"
        );
    }
}
