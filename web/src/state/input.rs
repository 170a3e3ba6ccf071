//! One thing that was given.

use touchstone_acquire::{Kind, Recognised, Role};

use crate::limits::SMALL_ARTIFACT_BYTES;
use crate::worker::messages::InputId;

/// One thing that was given. Its bytes are elsewhere, under its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Number.
    pub id: InputId,
    /// File name; empty for pasted text.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What it is.
    pub seen: Seen,
    /// What the person says it is for, instead of what was recognised.
    pub corrected: Option<Role>,
    /// Reading it for its digests.
    pub hashing: Hashing,
    /// Digests computed so far, (algorithm, lower-case hex): once a file, whatever is asked about it afterwards.
    pub digests: Vec<(String, String)>,
}

/// What an input is.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// Not known yet.
    Waiting,
    /// Recognised.
    Recognised {
        /// As what.
        recognised: Recognised,
        /// Digests of the artifact that its bundles speak of.
        digests_needed: Vec<String>,
    },
    /// It cannot be read.
    Unreadable,
}

/// Reading a large artifact for its digests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hashing {
    /// Not needed, not begun, or done.
    #[default]
    Rest,
    /// Being read.
    Running {
        /// Algorithms, in order.
        algorithms: Vec<String>,
        /// Bytes read.
        read: u64,
        /// Bytes a second; 0 while not known.
        rate: u64,
    },
    /// The person stopped it.
    Stopped,
}

impl Input {
    /// What it is used for; `None` while that is not known.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match &self.seen {
            Seen::Waiting | Seen::Unreadable => None,
            Seen::Recognised { recognised, .. } => Some(self.corrected.unwrap_or(recognised.role)),
        }
    }

    /// What it was recognised as.
    #[must_use]
    pub const fn recognised(&self) -> Option<&Recognised> {
        match &self.seen {
            Seen::Recognised { recognised, .. } => Some(recognised),
            Seen::Waiting | Seen::Unreadable => None,
        }
    }

    /// Whether it says what is in an artifact: a bill of materials, an index or manifest of an image. Beside an artifact it is about
    /// that; alone it may be what is to be checked. What the person said of it stays.
    #[must_use]
    pub fn lists_contents(&self) -> bool {
        let kind = self.recognised().map(|recognised| recognised.kind);
        let lists = |kind: Kind| matches!(kind, Kind::Spdx | Kind::CycloneDx) || kind.is_image_list();
        self.corrected.is_none() && kind.is_some_and(lists)
    }

    /// Whether it is handed over whole instead of hashed from a stream.
    #[must_use]
    pub const fn is_small(&self) -> bool {
        self.size <= SMALL_ARTIFACT_BYTES
    }
}
