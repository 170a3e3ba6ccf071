//! The project's own rules, checked. Each rule returns what breaks it, a line each.

mod arrows;
mod checks;
mod sizes;
mod versions;
mod words;

use crate::language;
use crate::place;
use crate::process::{Outcome, command, output};

/// Checks every rule and prints what breaks them; sizes are only listed.
pub(crate) fn run() -> Outcome {
    let files = tracked_files()?;
    let rules = [
        ("dependencies point one way", arrows::broken()?),
        ("the core touches nothing outside, and only browser names the page's world", words::outside(&files)),
        ("each check cites its specification", checks::without_reference(&files)),
        ("nothing is left to do, and each allowance gives its reason", words::left_over(&files)),
        ("the two halves of wasm-bindgen are of one version", versions::apart(&files)),
        ("no package registry is named", words::registries(&files)),
        ("each word of the page is in each catalogue", language::broken(&files)?),
        ("the widget speaks the page's languages", language::apart(&files)),
    ];
    sizes::list(&files);
    let mut broken = 0;
    for (rule, lines) in &rules {
        println!("tidy: {rule}: {}", if lines.is_empty() { "holds" } else { "BROKEN" });
        for line in lines {
            println!("  {line}");
        }
        broken += lines.len();
    }
    if broken == 0 { Ok(()) } else { Err(format!("tidy: {broken} places break a rule")) }
}

/// A tracked (or new, not ignored) text file.
pub(crate) struct File {
    /// Path from the root.
    pub(crate) path: String,
    /// Contents.
    pub(crate) text: String,
}

impl File {
    /// Whether it is Rust.
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The lines before the file's tests, numbered from 1; none when the file is made of tests.
    fn production_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let of_tests = self.path.split('/').any(|part| part == "tests" || part == "tests.rs" || part == "testing.rs");
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .take_while(move |(_, line)| !of_tests && !line.trim_start().starts_with("#[cfg(test)]"))
    }

    /// The crate's folder: `crates/verify`, `web`.
    fn crate_folder(&self) -> &str {
        self.path.find("/src/").map_or("", |end| self.path.get(..end).unwrap_or_default())
    }
}

/// Every tracked file, and those that are new and not ignored.
pub(crate) fn tracked_files() -> Outcome<Vec<File>> {
    let listed = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let read = |path: &str| {
        let text = std::fs::read_to_string(place::root().join(path)).ok()?;
        Some(File { path: path.to_owned(), text })
    };
    Ok(listed.lines().filter_map(read).collect())
}
