//! One question, from JSON to JSON.

use serde::{Deserialize, Serialize};
use touchstone_crypto::Digest;
use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::{ArtifactInput, Material, Named, Question};
use touchstone_report::{Ahead, QuestionError, Right, Strangers, strangers_that_fit};

/// What the page asks; the bytes come beside it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Request {
    question: Question,
    bundle_name: String,
    artifact: Artifact,
    /// Name of the trusted root that is handed over; `None`: none is.
    trusted_root_name: Option<String>,
    /// The chain of custody too.
    whole: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
enum Artifact {
    None,
    /// A digest that the page names, and no file.
    Stated {
        digest: String,
    },
    /// A file whose bytes are handed over, or whose digests were computed from a stream ([`crate::Reader`]).
    File {
        name: String,
        /// `None`: the bytes are there.
        read: Option<Read>,
        /// The digest that the page names beside it.
        stated: Option<String>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    size: u64,
    digests: Vec<(String, String)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Reply {
    Report(Box<Document>),
    Refused { part: &'static str, message: String },
}

/// One question that is asked.
#[derive(Debug)]
pub struct Asked {
    request: Result<Request, QuestionError>,
    bundle: Vec<u8>,
    artifact: Vec<u8>,
    trusted_root: Vec<u8>,
    /// What the browser may look at before it is answered.
    ahead: Option<Ahead>,
}

/// A signature that the browser may look at, in the terms of Web Cryptography.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ForBrowser {
    named_curve: &'static str,
    hash: &'static str,
    /// How many bytes key, signature and message have, which stand side by side ([`Asked::bytes`]).
    sizes: [usize; 3],
}

impl Asked {
    /// Puts `request`, JSON, about the bytes beside it; `artifact` and `trusted_root` are empty where the request names none.
    #[must_use]
    pub fn new(request: &str, bundle: Vec<u8>, artifact: Vec<u8>, trusted_root: Vec<u8>) -> Self {
        let request = serde_json::from_str(request).map_err(|error| unread(&error));
        Self { request, bundle, artifact, trusted_root, ahead: None }
    }

    /// The signatures that the browser may look at, as JSON; an empty list where the question cannot be put.
    pub fn questions(&mut self) -> String {
        self.ahead = self
            .request
            .as_ref()
            .ok()
            .map(|request| touchstone_report::ahead(&request.question, &self.material(request)));
        let asked = self.ahead.iter().flat_map(Ahead::questions).map(|one| ForBrowser {
            named_curve: one.named_curve(),
            hash: one.hash(),
            sizes: [&one.key, &one.signature, &one.message].map(Vec::len),
        });
        serde_json::to_string(&asked.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// The bytes of [`Self::questions`], side by side: of each the key as `SubjectPublicKeyInfo`, the signature, and the message.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let asked = self.ahead.iter().flat_map(Ahead::questions);
        asked.flat_map(|one| [one.key.as_slice(), &one.signature, &one.message]).collect::<Vec<_>>().concat()
    }

    /// The answer, where the browser found the signatures right that have a 1 in `right`, one for each of [`Self::questions`].
    /// `{"report":…}`, or `{"refused":{"part":…,"message":…}}` where the question cannot be put.
    #[must_use]
    pub fn answer(mut self, right: &[u8]) -> String {
        let right: Vec<bool> = right.iter().map(|one| *one == 1).collect();
        let right = self.ahead.take().map(|ahead| ahead.right(&right)).unwrap_or_default();
        let reply = match self.reply(&right) {
            Ok(document) => Reply::Report(Box::new(document)),
            Err(error) => Reply::Refused { part: error.part, message: error.message },
        };
        // Plain data with string keys always serialises; what is no JSON is never taken for a report.
        serde_json::to_string(&reply).unwrap_or_default()
    }

    fn material<'a>(&'a self, request: &'a Request) -> Material<'a> {
        Material {
            bundle: Some(Named { name: &request.bundle_name, bytes: &self.bundle }),
            artifact: match &request.artifact {
                Artifact::None => ArtifactInput::None,
                Artifact::Stated { digest } => ArtifactInput::Stated(digest.clone()),
                Artifact::File { name, read: Some(read), .. } => {
                    ArtifactInput::Hashed { name: name.clone(), size: read.size, digests: read.digests.clone() }
                }
                Artifact::File { name, read: None, .. } => ArtifactInput::Bytes(Named { name, bytes: &self.artifact }),
            },
            trusted_root: request.trusted_root_name.as_deref().map(|name| Named { name, bytes: &self.trusted_root }),
            ..Material::default()
        }
    }

    fn reply(&self, right: &Right) -> Result<Document, QuestionError> {
        let request = self.request.as_ref().map_err(Clone::clone)?;
        let (question, material) = (&request.question, self.material(request));
        let document = if request.whole {
            touchstone_report::answer(question, &material)
        } else {
            touchstone_report::first_answer_knowing(question, &material, right)
        }?;
        expects_somebody(question, &document)?;
        if document.verdict.outcome != Outcome::Rejected
            && let Artifact::File { read, stated: Some(stated), .. } = &request.artifact
        {
            is_meant(stated, read.as_ref(), &self.artifact)?;
        }
        Ok(document)
    }
}

/// A widget never says "Verified" where no signer is expected: a pattern that others fit too expects nobody in particular.
fn expects_somebody(question: &Question, document: &Document) -> Result<(), QuestionError> {
    let Some(signer) = document.signer.as_ref().filter(|_| document.verdict.outcome != Outcome::Rejected) else {
        return Ok(());
    };
    match strangers_that_fit(question, &signer.identity) {
        Strangers::Nobody => Ok(()),
        Strangers::Somebody(stranger) => Err(fits_others(&stranger)),
        Strangers::Untried => Err(untried()),
    }
}

#[inline(never)] // Rare: not in the first module.
fn unread(error: &serde_json::Error) -> QuestionError {
    QuestionError { part: "question", message: format!("The question cannot be read: {error}.") }
}

#[inline(never)]
fn untried() -> QuestionError {
    let message = "It takes too much work to see whom else the pattern for the signer fits. Begin it with the host and the owner, \
                   written out: https://github\\.com/OWNER/";
    QuestionError { part: "identity", message: message.to_owned() }
}

#[inline(never)]
fn fits_others(stranger: &str) -> QuestionError {
    QuestionError {
        part: "identity",
        message: format!(
            "The pattern for the signer fits others too: {stranger}, for one. Write out the host and the owner, for \
             example https://github\\.com/OWNER/.*, or of mail addresses the domain: .*@example\\.org"
        ),
    }
}

/// A page names one file by its digest, and a visitor gives another that the same bundle is about: whatever holds of that one,
/// it is not an answer about the file that the page names.
fn is_meant(stated: &str, read: Option<&Read>, artifact: &[u8]) -> Result<(), QuestionError> {
    let error = |message| QuestionError { part: "digest", message };
    let stated = Digest::parse(stated.trim())
        .map_err(|problem| error(format!("The digest that this page names is none: {problem}.")))?;
    let name = stated.algorithm().name();
    let found = match read {
        None => Some(stated.algorithm().digest(artifact).hex()),
        Some(read) => read.digests.iter().find(|(algorithm, _)| algorithm == name).map(|(_, hex)| hex.clone()),
    };
    match found {
        Some(hex) if hex == stated.hex() => Ok(()),
        Some(hex) => Err(QuestionError {
            part: "another-file",
            message: format!(
                "The file that you gave is not the one that this page names: it has the digest {name}:{hex}, and the \
                 page names {stated}. Choose the file that belongs here."
            ),
        }),
        None => Err(error(format!("The file was not read for its {name} digest, which this page names."))),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use serde_json::{Value, json};
    use touchstone_crypto::DigestAlgorithm;
    use touchstone_testkit::{Case, good};

    use super::*;

    fn named(case: &Case) -> Value {
        let name = |text: &str| json!({ "match": "exact", "text": text });
        json!({
            "signer": { "kind": "certificate", "identity": name(&case.identity), "issuer": name(&case.issuer) },
            "trust": "file",
        })
    }

    fn ask(case: &Case, question: Value, artifact: Value, bytes: &[u8]) -> Value {
        let request = json!({
            "question": question, "bundleName": "a.sigstore.json", "artifact": artifact,
            "trustedRootName": "root.json", "whole": false,
        });
        let asked = || Asked::new(&request.to_string(), case.bundle.clone(), bytes.to_vec(), case.trusted_root.clone());
        let computed = asked().answer(&[]);
        // Nobody who says yes to all is believed.
        let mut believed = asked();
        let questions: Vec<Value> = serde_json::from_str(&believed.questions()).unwrap();
        let sizes: u64 =
            questions.iter().flat_map(|one| one["sizes"].as_array().unwrap()).filter_map(Value::as_u64).sum();
        assert_eq!(usize::try_from(sizes).unwrap(), believed.bytes().len());
        assert_eq!(believed.answer(&vec![1; questions.len()]), computed);
        serde_json::from_str(&computed).unwrap()
    }

    /// The outcome, or what the question was refused for.
    fn outcome(reply: &Value) -> &str {
        let said = [&reply["report"]["verdict"]["outcome"], &reply["refused"]["part"]];
        said.into_iter().find_map(Value::as_str).unwrap_or("neither a report nor a refusal")
    }

    fn digest(bytes: &[u8]) -> String {
        format!("sha256:{}", DigestAlgorithm::Sha256.digest(bytes).hex())
    }

    #[test]
    fn bytes_digests_and_a_digest_alone_are_answered() {
        let case = good();
        let file = json!({ "file": { "name": "a", "read": null, "stated": null } });
        assert_eq!(outcome(&ask(&case, named(&case), file.clone(), &case.artifact)), "verified");
        assert_eq!(outcome(&ask(&case, named(&case), file, b"other")), "rejected");
        let mut reader = crate::Reader::new(&case.bundle, "");
        reader.push(&case.artifact);
        let read: Value = serde_json::from_str(&reader.finish()).unwrap();
        let read = json!({ "file": { "name": "a", "read": read, "stated": null } });
        assert_eq!(outcome(&ask(&case, named(&case), read, b"")), "verified");
        let stated = |bytes| json!({ "stated": { "digest": digest(bytes) } });
        assert_eq!(outcome(&ask(&case, named(&case), stated(&case.artifact), b"")), "verified");
        assert_eq!(outcome(&ask(&case, named(&case), stated(b"other"), b"")), "rejected");
        assert_eq!(outcome(&ask(&case, named(&case), json!("none"), b"")), "incomplete");
    }

    #[test]
    fn without_a_signer_nothing_is_verified() {
        let case = good();
        let file = json!({ "file": { "name": "a", "read": null, "stated": null } });
        let reply = ask(&case, json!({ "trust": "file" }), file, &case.artifact);
        assert_eq!(outcome(&reply), "incomplete");
    }

    #[test]
    fn a_pattern_that_everybody_fits_expects_nobody() {
        let case = good();
        let file = json!({ "file": { "name": "a", "read": null, "stated": null } });
        let by = |pattern: &str| {
            let identity = json!({ "match": "pattern", "text": pattern });
            json!({ "signer": { "kind": "certificate", "identity": identity }, "trust": "file" })
        };
        let fits = format!("{}|x", case.identity.replace('.', "[.]").replace('+', "[+]"));
        assert_eq!(outcome(&ask(&case, by(&fits), file.clone(), &case.artifact)), "verified");
        let weak = [".*", "^(.+)$", ".*.*", r"[\s\S]*", "x|.*", ".+/.+", "h.*", "https://.*", "https://github.com/.*"];
        for pattern in weak {
            assert_eq!(outcome(&ask(&case, by(pattern), file.clone(), &case.artifact)), "identity", "{pattern}");
        }
    }

    #[test]
    fn a_file_that_the_page_does_not_mean_is_no_verified_file_of_it() {
        let case = good();
        let file = |stated: &str| json!({ "file": { "name": "a", "read": null, "stated": stated } });
        let asked = |stated: &str, bytes: &[u8]| ask(&case, named(&case), file(stated), bytes);
        assert_eq!(outcome(&asked(&digest(&case.artifact), &case.artifact)), "verified");
        assert_eq!(outcome(&asked(&digest(b"other"), &case.artifact)), "another-file");
        assert_eq!(outcome(&asked("sha256:00", &case.artifact)), "digest");
        // A file that is not the signed one is rejected, whatever the page names.
        assert_eq!(outcome(&asked(&digest(b"other"), b"other")), "rejected");
        let not_read = json!({ "file": { "name": "a", "stated": format!("sha512:{}", "0".repeat(128)), "read": {
            "size": case.artifact.len(), "digests": [["sha256", DigestAlgorithm::Sha256.digest(&case.artifact).hex()]],
        } } });
        assert_eq!(outcome(&ask(&case, named(&case), not_read, b"")), "digest");
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let case = good();
        assert_eq!(outcome(&ask(&case, json!({ "singer": {} }), json!("none"), b"")), "question");
        let empty = json!({ "signer": { "kind": "certificate", "identity": { "match": "exact", "text": "" } } });
        assert_eq!(outcome(&ask(&case, empty, json!("none"), b"")), "identity");
        assert_eq!(outcome(&ask(&case, named(&case), json!({ "stated": { "digest": "x" } }), b"")), "digest");
    }
}
