#![no_main]

use touchstone_formats::uri::{CloudBuildSource, GitUri, Purl, WorkflowReference, versioned_tag_matches};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = (GitUri::parse(text), CloudBuildSource::parse(text), Purl::parse(text));
    let _ = WorkflowReference::parse(text).map(|workflow| workflow.release_tag());
    let _ = versioned_tag_matches(text, text);
});
