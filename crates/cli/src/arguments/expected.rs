//! What the statement must say, on the command line.

use clap::Args;
use touchstone_report::question::{Expect, Publisher};

use super::name_and_value;

/// What the statement must say. Without an identity or a key these also say who may have signed: the builder expected,
/// a known builder for the expected source, a workflow of it, the trusted publisher.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the statement must say")]
pub struct Expected {
    /// Source repository: github.com/owner/name. Without an identity or a key, what is expected also says who may have
    /// signed: a known builder for this source, or a workflow of it.
    #[arg(long, value_name = "URI")]
    pub source_uri: Option<String>,
    /// Branch that was built, without refs/heads/.
    #[arg(long, value_name = "BRANCH")]
    pub source_branch: Option<String>,
    /// Tag that was built, exactly.
    #[arg(long, value_name = "TAG")]
    pub source_tag: Option<String>,
    /// Semantic version that the tag must begin with: v1, v1.2, v1.2.3.
    #[arg(long, value_name = "VERSION", conflicts_with = "source_tag")]
    pub source_versioned_tag: Option<String>,
    /// Builder, with or without @version.
    #[arg(long, value_name = "ID")]
    pub builder_id: Option<String>,
    /// Input that the workflow was started with; given again, all of them.
    #[arg(long = "build-workflow-input", value_name = "NAME=VALUE", value_parser = input)]
    pub workflow_inputs: Vec<(String, String)>,
    /// npm package name.
    #[arg(long, value_name = "NAME")]
    pub package_name: Option<String>,
    /// npm package version.
    #[arg(long, value_name = "VERSION")]
    pub package_version: Option<String>,
    /// File name of a Python distribution, compared after parsing.
    #[arg(long, value_name = "NAME")]
    pub distribution_name: Option<String>,
    /// Trusted publisher of a Python package: github:owner/name:workflow.yml, gitlab:group/name:path, google:email.
    #[arg(long, value_name = "KIND:WHO", value_parser = publisher)]
    pub publisher: Option<Publisher>,
    /// Resource that a verification summary is about.
    #[arg(long, value_name = "URI")]
    pub resource_uri: Option<String>,
    /// Level that a verification summary must cover, for example SLSA_BUILD_LEVEL_3; given again, all of them.
    #[arg(long = "verified-level", value_name = "LEVEL")]
    pub verified_levels: Vec<String>,
    /// Verifier that wrote the summary, exactly.
    #[arg(long, value_name = "ID")]
    pub verifier_id: Option<String>,
    /// Digest that some subject must have, of any algorithm; given again, all of them.
    #[arg(long = "subject-digest", value_name = "ALGORITHM:VALUE", value_parser = digest)]
    pub subject_digests: Vec<(String, String)>,
    /// Type that the predicate must have, exactly.
    #[arg(long, value_name = "URI")]
    pub predicate_type: Option<String>,
}

impl Expected {
    /// Whether anything is.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.expect() != Expect::default()
    }

    pub(super) fn expect(&self) -> Expect {
        Expect {
            source_uri: self.source_uri.clone(),
            source_branch: self.source_branch.clone(),
            source_tag: self.source_tag.clone(),
            source_versioned_tag: self.source_versioned_tag.clone(),
            builder_id: self.builder_id.clone(),
            workflow_inputs: self.workflow_inputs.clone(),
            package_name: self.package_name.clone(),
            package_version: self.package_version.clone(),
            distribution_name: self.distribution_name.clone(),
            publisher: self.publisher.clone(),
            resource_uri: self.resource_uri.clone(),
            verified_levels: self.verified_levels.clone(),
            verifier_id: self.verifier_id.clone(),
            subject_digests: (!self.subject_digests.is_empty()).then(|| self.subject_digests.clone()),
            predicate_type: self.predicate_type.clone(),
        }
    }
}

fn input(text: &str) -> Result<(String, String), &'static str> {
    name_and_value(text).map_err(|_| "expected NAME=VALUE, for example release_version=v1.2.3")
}

fn digest(text: &str) -> Result<(String, String), &'static str> {
    text.split_once(':')
        .filter(|(algorithm, value)| !algorithm.is_empty() && !value.is_empty())
        .map(|(algorithm, value)| (algorithm.to_owned(), value.to_owned()))
        .ok_or("expected ALGORITHM:VALUE, for example sha256: and 64 hexadecimal digits, or gce_image_id:1234")
}

fn publisher(text: &str) -> Result<Publisher, String> {
    Publisher::parse(text).ok_or_else(|| format!("expected {}", Publisher::EXPECTED))
}
