//! `bulk/*.jsonl` and `bulk/*.jsonl.gz`: one bundle a line, with its verdict.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::{QuestionError, answer, document::Document};

use super::manifest::Expected;

/// One line.
#[derive(Clone, Debug)]
pub struct BulkLine {
    /// Stable name.
    pub id: String,
    /// The right verdict.
    pub expected: Expected,
    bundle: String,
    artifact: Option<String>,
    question: Question,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    artifact_sha256: Option<String>,
    identity: Identity,
    expect: String,
    bundle: Box<RawValue>,
}

#[derive(Deserialize)]
struct Identity {
    san: String,
    issuer: Option<String>,
}

/// Reads the lines of every file in `folder/bulk` whose name begins with `name`.
///
/// # Panics
/// When there is no such file, or one is not of the known form.
#[must_use]
pub fn read_bulk(folder: &Path, name: &str) -> Vec<BulkLine> {
    let line = |text: String| {
        let written = serde_json::from_str(&text).unwrap_or_else(|error| panic!("a line of {name}: {error}"));
        read_line(written)
    };
    bulk_lines(folder, name).into_iter().map(line).collect()
}

/// The lines themselves, as text.
///
/// # Panics
/// When there is no such file, or it cannot be read.
#[must_use]
pub fn bulk_lines(folder: &Path, name: &str) -> Vec<String> {
    let bulk = folder.join("bulk");
    let mut paths: Vec<_> = std::fs::read_dir(&bulk)
        .unwrap_or_else(|error| panic!("{}: {error}", bulk.display()))
        .map(|entry| entry.expect("a folder entry").path())
        .filter(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name)))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no {name}*.jsonl in {}", bulk.display());
    paths.iter().flat_map(|path| lines_of(path)).collect()
}

impl BulkLine {
    /// Puts the line's question: the signer that the line names, under the public-good instance. A line about a commit names
    /// no file, so the artifact is waived there.
    ///
    /// # Errors
    /// When the question cannot be put.
    pub fn answer(&self) -> Result<Document, QuestionError> {
        let artifact = match &self.artifact {
            Some(hex) => ArtifactInput::Stated(format!("sha256:{hex}")),
            None => ArtifactInput::Waived,
        };
        let bundle = Some(Named { name: &self.id, bytes: self.bundle.as_bytes() });
        answer(&self.question, &Material { bundle, artifact, ..Material::default() })
    }
}

fn lines_of(path: &Path) -> Vec<String> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reader: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(reader)
        .lines()
        .map(|line| line.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .filter(|line| !line.trim().is_empty())
        .collect()
}

fn read_line(written: Written) -> BulkLine {
    let signer = Signer::Certificate {
        identity: Name::Exact(written.identity.san),
        issuer: written.identity.issuer.map(Name::Exact),
    };
    BulkLine {
        expected: match written.expect.as_str() {
            "pass" => Expected::Pass,
            "fail" => Expected::Fail,
            other => panic!("{}: neither pass nor fail: {other}", written.id),
        },
        id: written.id,
        bundle: written.bundle.get().to_owned(),
        artifact: written.artifact_sha256,
        question: Question { signer, trust: Trust::PublicGood, ..Question::default() },
    }
}
