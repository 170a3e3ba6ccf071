//! Bytes from files. Bundles, keys and trusted roots are read whole under a cap; artifacts are hashed as a stream.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use touchstone_crypto::{DigestAlgorithm, MultiHasher};
use touchstone_report::kept::Kept;
use touchstone_report::question::{ArtifactInput, Question, Signer, Trust};

/// Bytes of one bundle that are read: as many as its parser takes.
pub const BUNDLE_BYTES: u64 = 24 * 1024 * 1024;
/// Largest artifact that is kept whole, where its bytes are signed and not a digest of them.
pub const WHOLE_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of a file of several bundles.
pub const BUNDLES_BYTES: u64 = 128 * 1024 * 1024;
/// Bytes of a key or a trusted root.
pub const SMALL_FILE_BYTES: u64 = 4 * 1024 * 1024;
/// Bytes of an artifact held at a time.
const CHUNK_BYTES: usize = 1024 * 1024;

/// An input that could not be read: the command ends with exit status 2.
#[derive(Debug)]
#[non_exhaustive]
pub enum Unreadable {
    /// The operating system refused.
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// More bundles in one file than are looked at; none is left out silently.
    TooMany {
        /// Which file.
        path: PathBuf,
        /// The most it may hold.
        limit: usize,
    },
    /// No bundle was named, and there is none beside the artifact.
    NoBundle {
        /// The artifact, where it is a file.
        artifact: Option<PathBuf>,
    },
    /// What was named as a registry's list of keys is none.
    NoKeyList {
        /// Which file.
        path: PathBuf,
    },
    /// A folder of keys that holds none.
    NoKey {
        /// Which folder.
        path: PathBuf,
    },
    /// A folder with more keys than are read.
    TooManyKeys {
        /// Which folder.
        path: PathBuf,
        /// The most it may hold.
        limit: usize,
    },
    /// No policy, or one beside which something is asked.
    Policy {
        /// Which file.
        path: PathBuf,
        /// What is wrong, in a sentence.
        problem: String,
    },
    /// More bytes than such a file may have.
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// What it should have been.
        what: &'static str,
        /// The most it may have.
        limit: u64,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(formatter, "cannot read {}: {error}", path.display()),
            Self::TooMany { path, limit } => {
                write!(formatter, "{} holds more than {limit} bundles: split it into several files", path.display())
            }
            Self::NoBundle { artifact: Some(path) } => write!(
                formatter,
                "no bundle was named, and none is beside the artifact: expected {0}.sigstore.json or {0}.sigstore. Name it with \
                 --bundle",
                path.display()
            ),
            Self::NoBundle { artifact: None } => formatter.write_str("no bundle was named. Name it with --bundle"),
            Self::NoKeyList { path } => write!(
                formatter,
                "{} is no list of a registry's keys: expected an object with \"keys\", as npm's keys.json is. Name a key with --key",
                path.display()
            ),
            Self::NoKey { path } => {
                write!(
                    formatter,
                    "{} holds no key: expected files that end in .key, .pem, .pub or .der",
                    path.display()
                )
            }
            Self::Policy { path, problem } => write!(formatter, "{}: {problem}", path.display()),
            Self::TooManyKeys { path, limit } => {
                write!(formatter, "{} holds more than {limit} keys: name the files one by one", path.display())
            }
            Self::TooLarge { path, what, limit } => {
                write!(
                    formatter,
                    "{} is too large to be a {what}: at most {} MiB are read",
                    path.display(),
                    limit >> 20
                )
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// The first bytes of a file, `count` at most.
///
/// # Errors
/// When it cannot be read.
pub fn read_head(path: &Path, count: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| io_error(path, error))?;
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    file.take(count).read_to_end(&mut bytes).map_err(|error| io_error(path, error))?;
    Ok(bytes)
}

/// Most keys that a folder may hold.
const MAX_KEY_FILES: usize = 256;

/// The files of a folder that are named as keys are, by name.
///
/// # Errors
/// When the folder cannot be read, or holds no key or too many.
pub fn keys_in(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let is_key = |path: &PathBuf| {
        path.extension().is_some_and(|end| ["key", "pem", "pub", "der"].iter().any(|known| end == *known))
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| io_error(folder, error))? {
        let path = entry.map_err(|error| io_error(folder, error))?.path();
        if is_key(&path) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    match files.len() {
        0 => Err(Unreadable::NoKey { path: folder.to_owned() }),
        count if count > MAX_KEY_FILES => {
            Err(Unreadable::TooManyKeys { path: folder.to_owned(), limit: MAX_KEY_FILES })
        }
        _ => Ok(files),
    }
}

/// The question of a policy's file. `beside` is what the command line asks; only files may be named there, so that nothing
/// seems to be asked that is not (H-14).
///
/// # Errors
/// When the file cannot be read, is no policy, or is not all that is asked.
pub fn policy(path: &Path, beside: &Question) -> Result<Question, Unreadable> {
    let refused = |problem: String| Unreadable::Policy { path: path.to_owned(), problem };
    let bytes = read_capped(path, "policy", SMALL_FILE_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|_| refused("This is no policy: it is no text.".to_owned()))?;
    let kept = Kept::parse(&text).map_err(|error| refused(error.to_string()))?;
    let mut question = kept.question;
    // A key or a trusted root that is given stands for the one that the policy asks for.
    let files_alone = Question { signer: beside.signer.clone(), trust: beside.trust, ..Question::default() };
    let signer_is_free = matches!(beside.signer, Signer::Unnamed | Signer::Key);
    let trust_is_free = matches!(beside.trust, Trust::Automatic | Trust::File);
    if *beside != files_alone || !signer_is_free || !trust_is_free {
        let problem = "It holds everything that is asked. Leave out what is asked beside it, or change the policy.";
        return Err(refused(problem.to_owned()));
    }
    // For one who expects anybody, keys are at hand and name nobody.
    if beside.signer == Signer::Key && !matches!(question.signer, Signer::Key | Signer::Anybody) {
        return Err(refused("It expects no key. Leave out --key, or change the policy.".to_owned()));
    }
    if beside.trust == Trust::File {
        question.trust = Trust::File;
    }
    Ok(question)
}

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// When it cannot be read or has more bytes.
pub fn read_capped(path: &Path, what: &'static str, limit: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| io_error(path, error))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| io_error(path, error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(Unreadable::TooLarge { path: path.to_owned(), what, limit });
    }
    Ok(bytes)
}

/// Lines that hold something.
#[must_use]
pub fn lines_in(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count()
}

/// Hashes a file of any size; its bytes are not kept.
///
/// # Errors
/// When it cannot be read.
pub fn hash_file(path: &Path, algorithms: &[DigestAlgorithm]) -> Result<ArtifactInput<'static>, Unreadable> {
    let mut file = File::open(path).map_err(|error| io_error(path, error))?;
    let mut hasher = MultiHasher::new(algorithms);
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut size = 0u64;
    loop {
        let count = match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(io_error(path, error)),
        };
        hasher.update(chunk.get(..count).unwrap_or_default());
        size += u64::try_from(count).unwrap_or(u64::MAX);
    }
    let digests = hasher.finish().iter().map(|digest| (digest.algorithm().name().to_owned(), digest.hex())).collect();
    Ok(ArtifactInput::Hashed { name: name_of(path), size, digests })
}

/// The last part of a path, for the report.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn io_error(path: &Path, error: io::Error) -> Unreadable {
    Unreadable::Io { path: path.to_owned(), error }
}
