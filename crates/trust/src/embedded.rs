//! The roots that are built in. `roots/SOURCE.md` says which package ships each.

use std::sync::OnceLock;

use crate::{Instance, TrustedRoot};

/// The package that ships the built-in roots, for reports.
pub const FROM: &str = "built in, from sigstore-trust-root 0.15.1";

/// The instances whose root is built in, in the order in which they are tried.
pub const ALL: [Instance; 3] = [Instance::PublicGood, Instance::Staging, Instance::GitHub];

const PUBLIC_GOOD: &[u8] = include_bytes!("../roots/public-good.json");
const STAGING: &[u8] = include_bytes!("../roots/staging.json");
const GITHUB: &[u8] = include_bytes!("../roots/github.json");

/// The built-in root of `instance`, loaded at its first use; `None` for [`Instance::Custom`].
#[must_use]
pub fn root(instance: Instance) -> Option<&'static TrustedRoot> {
    type Loaded = OnceLock<Option<TrustedRoot>>;
    static LOADED: [Loaded; 3] = [Loaded::new(), Loaded::new(), Loaded::new()];
    let [of_public_good, of_staging, of_github] = &LOADED;
    let (cell, load): (_, fn() -> Option<TrustedRoot>) = match instance {
        Instance::PublicGood => (of_public_good, public_good),
        Instance::Staging => (of_staging, staging),
        Instance::GitHub => (of_github, github),
        Instance::Custom | Instance::KeyAlone => return None,
    };
    cell.get_or_init(load).as_ref()
}

// A function each: the files of the roots that a first verdict does not need go to the module's second part with them
// (ARCHITECTURE.md, "Two modules").

#[inline(never)]
fn public_good() -> Option<TrustedRoot> {
    load(Instance::PublicGood, PUBLIC_GOOD)
}

#[inline(never)]
fn staging() -> Option<TrustedRoot> {
    load(Instance::Staging, STAGING)
}

#[inline(never)]
fn github() -> Option<TrustedRoot> {
    load(Instance::GitHub, GITHUB)
}

/// The files are constants: that they load is what the tests below say.
fn load(instance: Instance, file: &[u8]) -> Option<TrustedRoot> {
    let mut root = TrustedRoot::read_many(file, instance, FROM).ok()?.pop()?;
    for authorities in [&mut root.certificate_authorities, &mut root.timestamp_authorities] {
        authorities.iter_mut().for_each(|authority| authority.is_built_in = true);
    }
    Some(root)
}

/// The file of a built-in root, as it is embedded.
#[must_use]
pub const fn json(instance: Instance) -> Option<&'static [u8]> {
    match instance {
        Instance::PublicGood => Some(PUBLIC_GOOD),
        Instance::Staging => Some(STAGING),
        Instance::GitHub => Some(GITHUB),
        Instance::Custom | Instance::KeyAlone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, FROM, json, root};
    use crate::TrustedRoot;
    use touchstone_crypto::RustCrypto;

    /// From every certificate that issues, and none of it is taken on trust: read as a file that somebody gives.
    #[test]
    fn every_built_in_root_loads_and_its_authorities_hold() {
        for instance in ALL {
            assert!(root(instance).is_some(), "{} does not load", instance.name());
            let roots = TrustedRoot::read_many(json(instance).unwrap_or_default(), instance, FROM).unwrap_or_default();
            assert_eq!(roots.len(), 1);
            let authorities =
                roots.iter().flat_map(|root| root.certificate_authorities.iter().chain(&root.timestamp_authorities));
            for authority in authorities {
                for from in 0..authority.issuers().len() {
                    let checked = authority.check_path_from(from, &RustCrypto);
                    assert!(checked.is_ok(), "{} {}: {:?}", instance.name(), authority.place, checked.err());
                }
                if authority.leaf.is_some() {
                    let checked = authority.check_path_from_leaf(&RustCrypto);
                    assert!(checked.is_ok(), "{} {}: {:?}", instance.name(), authority.place, checked.err());
                }
            }
        }
    }
}
