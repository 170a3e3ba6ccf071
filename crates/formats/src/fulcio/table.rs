//! Fulcio's table of extensions (C.1).

/// One known extension of the arc 1.3.6.1.4.1.57264.1.
#[derive(Debug, Eq, PartialEq)]
pub struct ExtensionInfo {
    /// Last arc of the identifier: 12 for `.12`
    pub arc: u32,
    /// The whole identifier, dotted
    pub oid: &'static str,
    /// Stable kebab-case name: `source-repository-uri`
    pub id: &'static str,
    /// The name in Fulcio's table
    pub name: &'static str,
    /// The plain question that it answers
    pub question: &'static str,
    /// How its value is encoded
    pub encoding: ExtensionEncoding,
}

/// How the text stands in `extnValue` (C-1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExtensionEncoding {
    /// UTF-8 directly (`.1` to `.6`)
    Raw,
    /// A DER UTF8String (`.8` to `.24`)
    Utf8String,
}

/// All known extensions, by arc. `.7` is missing: it lives in the SAN (C-5).
pub const EXTENSIONS: &[ExtensionInfo] = &[];

impl ExtensionInfo {
    /// The extension with this kebab-case id, name of Fulcio's table, or dotted identifier.
    ///
    /// Names match without regard to case, spaces and punctuation: `SourceRepositoryURI` is `source-repository-uri`.
    pub fn find(_name: &str) -> Option<&'static Self> {
        todo!()
    }
}
