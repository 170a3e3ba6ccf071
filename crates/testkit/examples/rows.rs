//! Prints the table, one row a line; with a row's name and a folder, writes that row's inputs there.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a command for people at work on the tests")]

use std::path::Path;
use touchstone_testkit::{Expect, Row, table};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [name, folder] => {
            let rows = table();
            let row = rows.iter().find(|row| row.name == name).expect("a row of that name");
            write(row, Path::new(folder));
        }
        _ => table().iter().for_each(print),
    }
}

fn print(row: &Row) {
    let expected = match row.expect {
        Expect::Verified => "verified".to_owned(),
        Expect::Incomplete => "incomplete".to_owned(),
        Expect::Rejected { check, code } => format!("{check}: {}", code.unwrap_or("any code")),
        Expect::RejectedTogether(failures) => format!("{failures:?}"),
    };
    println!("{}\t{expected}\t{}", row.name, row.rule);
}

fn write(row: &Row, folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder that can be made");
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("a file that can be written");
    };
    put("bundle.sigstore.json", &row.case.bundle);
    put("artifact", &row.case.artifact);
    put("trusted_root.json", &row.case.trusted_root);
    put("policy.txt", format!("{:#?}\n{:#?}\n", row.policy, row.expect).as_bytes());
    if let Some(key) = &row.case.key {
        put("key.pem", key.as_bytes());
    }
}
