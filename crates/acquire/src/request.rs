//! Requests, named: what is asked of whom, and what that tells them. The host that performs them shows them first.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::limits;

/// One request that would bring evidence. Always a GET without credentials, referrer or body (H-26).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where it goes. Built by us from what the person typed, or taken from the answer of [`Purpose::GitHubList`]
    /// after its host was found to be a known one.
    pub url: String,
    /// Host of `url`.
    pub host: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What it tells the host, in a sentence.
    pub reveals: String,
    /// What the answer must be.
    pub expects: Expects,
    /// Bytes at which reading stops.
    pub cap: usize,
    /// Value of the `Accept` header.
    pub accept: String,
}

impl Request {
    /// What is asked of the answer.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked { expects: self.expects, host: self.host.clone(), file_name: self.file_name() }
    }

    /// A name for the file that the answer makes.
    #[must_use]
    pub fn file_name(&self) -> String {
        match &self.purpose {
            Purpose::Link => {
                let path = self.url.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('/').next().unwrap_or_default().to_owned()
            }
            Purpose::GitHubList { owner, repo, .. } => format!("{owner}-{repo}-attestations.json"),
            Purpose::GitHubBundle { number } => format!("attestation-{number}.sigstore.json"),
        }
    }
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Evidence at a link that the person typed.
    Link,
    /// The list of attestations for a digest in a repository (G-22).
    GitHubList {
        /// Account that owns the repository.
        owner: String,
        /// Repository.
        repo: String,
        /// 64 hex digits.
        sha256: String,
    },
    /// One bundle that the list keeps elsewhere (G-22).
    GitHubBundle {
        /// Position in the list, from 1.
        number: usize,
    },
}

impl Purpose {
    /// What is asked for, in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Link => "The file at the address you typed".to_owned(),
            Self::GitHubList { owner, repo, .. } => {
                format!("Attestations of {owner}/{repo} for this digest")
            }
            Self::GitHubBundle { number } => format!("Bundle {number} of the list"),
        }
    }
}

/// What is asked of an answer: all of a [`Request`] that is needed to read what came for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the answer must be.
    pub expects: Expects,
    /// Host that was asked.
    pub host: String,
    /// A name for the file that the answer makes.
    pub file_name: String,
}

/// What the answer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expects {
    /// Evidence of any kind known here, as JSON or JSON Lines.
    Evidence,
    /// GitHub's list of attestations.
    GitHubList,
    /// A bundle, packed as one raw Snappy block.
    SnappyBundle,
}

/// The host that GitHub keeps the bundles of its attestation API on.
const BUNDLE_HOST: &str = "tmaproduction.blob.core.windows.net";

/// The first request for a typed address.
#[must_use]
pub fn requests_for(address: &Address) -> Request {
    match address {
        Address::Link { url, host } => Request {
            url: url.clone(),
            host: host.clone(),
            purpose: Purpose::Link,
            reveals: format!(
                "{host} learns your network address and that you want this file. Nothing of your own \
                              file is sent."
            ),
            expects: Expects::Evidence,
            cap: limits::MAX_EVIDENCE_BYTES,
            accept: "application/json, */*;q=0.5".to_owned(),
        },
        Address::GitHub { owner, repo, sha256 } => Request {
            url: format!(
                "https://api.github.com/repos/{owner}/{repo}/attestations/sha256:{sha256}?per_page={}",
                limits::GITHUB_PAGE
            ),
            host: "api.github.com".to_owned(),
            purpose: Purpose::GitHubList { owner: owner.clone(), repo: repo.clone(), sha256: sha256.clone() },
            reveals: "GitHub learns your network address and that you have, or look for, the file with this digest."
                .to_owned(),
            expects: Expects::GitHubList,
            cap: limits::MAX_LIST_BYTES,
            accept: "application/vnd.github+json".to_owned(),
        },
    }
}

/// The requests for bundles that GitHub's list keeps elsewhere. An address on any host but GitHub's own store is
/// left out: a list is not allowed to send the page to a place of its choice (H-20).
#[must_use]
pub fn bundle_requests(addresses: &[String]) -> Vec<Request> {
    addresses
        .iter()
        .take(limits::MAX_BUNDLE_REQUESTS)
        .enumerate()
        .filter(|(_, address)| is_bundle_store(address))
        .map(|(index, address)| Request {
            url: address.clone(),
            host: BUNDLE_HOST.to_owned(),
            purpose: Purpose::GitHubBundle { number: index.saturating_add(1) },
            reveals: "Microsoft, who stores GitHub's bundles, learns your network address and which bundle you read."
                .to_owned(),
            expects: Expects::SnappyBundle,
            cap: limits::MAX_EVIDENCE_BYTES,
            accept: "*/*".to_owned(),
        })
        .collect()
}

fn is_bundle_store(address: &str) -> bool {
    address.len() <= limits::MAX_ADDRESS_CHARS
        && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && address
            .strip_prefix("https://")
            .and_then(|rest| rest.strip_prefix(BUNDLE_HOST))
            .is_some_and(|rest| rest.starts_with("/attestations/"))
}
