//! Sizes worth a look. A long file is a question (is it one room?), not a fault.

use super::File;

const FILE_LINES: usize = 350;
const LISTED: usize = 12;

pub(super) fn list(files: &[File]) {
    let mut long: Vec<(usize, &str)> = files
        .iter()
        .filter(|file| file.is_rust())
        .map(|file| (file.production_lines().count(), file.path.as_str()))
        .filter(|(lines, _)| *lines > FILE_LINES)
        .collect();
    long.sort_unstable_by(|left, right| right.cmp(left));
    if long.is_empty() {
        return;
    }
    println!(
        "tidy: {} files of more than {FILE_LINES} lines before their tests (a question, not a fault):",
        long.len()
    );
    for (lines, path) in long.iter().take(LISTED) {
        println!("  {lines} {path}");
    }
}
