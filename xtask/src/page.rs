//! Builds the page into a folder of static files.
pub(crate) enum Profile { Quick, Release }
pub(crate) fn build(_: Profile, _: &std::path::Path) -> crate::process::Outcome { Err("soon".to_owned()) }
