//! A trusted root and what its kind of instance demands.

use touchstone_tlog::Witness;

use crate::{Authority, CertificateLog, TransparencyLog};

/// The keys and authorities of one instance, ready to judge with.
#[derive(Debug)]
pub struct TrustedRoot {
    /// Which instance this is.
    pub instance: Instance,
    /// Where it came from, in words: a file's name, or the package that ships it.
    pub source: String,
    /// Logs that signings are published in.
    pub transparency_logs: Vec<TransparencyLog>,
    /// Logs that certificates are published in.
    pub certificate_logs: Vec<CertificateLog>,
    /// Authorities that issue signing certificates.
    pub certificate_authorities: Vec<Authority>,
    /// Authorities that stamp times.
    pub timestamp_authorities: Vec<Authority>,
    /// Witnesses of checkpoints. No trusted root names any today (B-81); a person may.
    pub witnesses: Vec<Witness>,
}

/// A Sigstore instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instance {
    /// Sigstore's public-good instance.
    PublicGood,
    /// Sigstore's staging instance.
    Staging,
    /// GitHub's own instance, for private repositories and for releases.
    GitHub,
    /// A root that the person gave; authenticated by nobody but them (D-18).
    Custom,
    /// None: a key that the person gave is all there is.
    KeyAlone,
}

impl Instance {
    /// The name that a report gives it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PublicGood => "Sigstore public good",
            Self::Staging => "Sigstore staging",
            Self::GitHub => "GitHub",
            Self::Custom => "custom root",
            Self::KeyAlone => "the key alone",
        }
    }
}

/// How many distinct authorities must have vouched (B-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Transparency logs that proved the entry.
    pub transparency_logs: u32,
    /// Certificate logs whose timestamp verified.
    pub signed_certificate_timestamps: u32,
    /// RFC 3161 authorities.
    pub timestamp_authorities: u32,
    /// Any sources of time: RFC 3161 authorities, and logs with a verified promise.
    pub observer_timestamps: u32,
}

impl Thresholds {
    /// What either asks for.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            transparency_logs: self.transparency_logs.max(other.transparency_logs),
            signed_certificate_timestamps: self.signed_certificate_timestamps.max(other.signed_certificate_timestamps),
            timestamp_authorities: self.timestamp_authorities.max(other.timestamp_authorities),
            observer_timestamps: self.observer_timestamps.max(other.observer_timestamps),
        }
    }
}

/// How strict the profile of a signing certificate is (B-38 to B-40, D-32).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeafProfile {
    /// Fulcio's: one name of a known kind, empty subject, an issuer of the identity.
    Fulcio,
    /// Key usage, code signing, no authority, one name: all that instances of other kinds have in common.
    Basic,
}

impl TrustedRoot {
    /// The root that names nobody: what judges an envelope outside of Sigstore, where a key that the person gave is all
    /// there is. Nothing can be proven with it but a signature by that key.
    #[must_use]
    pub fn key_alone() -> &'static Self {
        static ROOT: std::sync::OnceLock<TrustedRoot> = std::sync::OnceLock::new();
        ROOT.get_or_init(|| Self {
            instance: Instance::KeyAlone,
            source: "no instance of Sigstore".to_owned(),
            transparency_logs: Vec::new(),
            certificate_logs: Vec::new(),
            certificate_authorities: Vec::new(),
            timestamp_authorities: Vec::new(),
            witnesses: Vec::new(),
        })
    }

    /// The preset of B-2 for this root.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        let (logs, scts, authorities) = match self.instance {
            Instance::PublicGood | Instance::Staging => (1, 1, 0),
            Instance::GitHub => (0, 0, 1),
            Instance::Custom | Instance::KeyAlone => {
                (u32::from(!self.transparency_logs.is_empty()), u32::from(!self.certificate_logs.is_empty()), 0)
            }
        };
        Thresholds {
            transparency_logs: logs,
            signed_certificate_timestamps: scts,
            timestamp_authorities: authorities,
            observer_timestamps: 1,
        }
    }

    /// The profile that leaves of this instance have.
    #[must_use]
    pub const fn leaf_profile(&self) -> LeafProfile {
        match self.instance {
            Instance::PublicGood | Instance::Staging => LeafProfile::Fulcio,
            Instance::GitHub | Instance::Custom | Instance::KeyAlone => LeafProfile::Basic,
        }
    }

    /// The log that an entry with this id names, and its index, if the root names it (B-8).
    #[must_use]
    pub fn transparency_log(&self, log_id: &[u8]) -> Option<(usize, &TransparencyLog)> {
        self.transparency_logs.iter().enumerate().find(|(_, log)| log.is_named(log_id))
    }

    /// The certificate logs with this id: several where a root lists one key with several windows (B-15).
    pub fn certificate_logs_with_id(&self, log_id: &[u8; 32]) -> impl Iterator<Item = &CertificateLog> {
        self.certificate_logs.iter().filter(move |log| log.log_id == log_id.as_slice())
    }
}
