//! The roots that are built in. `roots/SOURCE.md` says which package ships each.

use std::sync::OnceLock;

use crate::{Instance, TrustedRoot};

/// The package that ships the built-in roots, for reports.
pub const FROM: &str = "built in, from sigstore-trust-root 0.15.1";

/// The instances whose root is built in, in the order in which they are tried.
pub const ALL: [Instance; 3] = [Instance::PublicGood, Instance::Staging, Instance::GitHub];

/// The built-in root of `instance`, loaded at its first use; `None` for [`Instance::Custom`].
#[must_use]
pub fn root(instance: Instance) -> Option<&'static TrustedRoot> {
    static PUBLIC_GOOD: OnceLock<Option<TrustedRoot>> = OnceLock::new();
    static STAGING: OnceLock<Option<TrustedRoot>> = OnceLock::new();
    static GITHUB: OnceLock<Option<TrustedRoot>> = OnceLock::new();
    let cell = match instance {
        Instance::PublicGood => &PUBLIC_GOOD,
        Instance::Staging => &STAGING,
        Instance::GitHub => &GITHUB,
        Instance::Custom | Instance::KeyAlone => return None,
    };
    cell.get_or_init(|| {
        // The files are constants: that they load is what the tests below say.
        let mut roots = TrustedRoot::read_many(json(instance)?, instance, FROM).ok()?;
        roots.pop()
    })
    .as_ref()
}

/// The file of a built-in root, as it is embedded.
#[must_use]
pub const fn json(instance: Instance) -> Option<&'static [u8]> {
    match instance {
        Instance::PublicGood => Some(include_bytes!("../roots/public-good.json")),
        Instance::Staging => Some(include_bytes!("../roots/staging.json")),
        Instance::GitHub => Some(include_bytes!("../roots/github.json")),
        Instance::Custom | Instance::KeyAlone => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, root};
    use touchstone_crypto::RustCrypto;

    #[test]
    fn every_built_in_root_loads_and_its_authorities_hold() {
        for instance in ALL {
            let root = root(instance);
            assert!(root.is_some(), "{} does not load", instance.name());
            let authorities = root
                .into_iter()
                .flat_map(|root| root.certificate_authorities.iter().chain(&root.timestamp_authorities));
            for authority in authorities {
                let checked = match authority.leaf {
                    Some(_) => authority.check_path_from_leaf(&RustCrypto),
                    None => authority.check_path_from(0, &RustCrypto),
                };
                assert!(checked.is_ok(), "{} {}: {:?}", instance.name(), authority.place, checked.err());
            }
        }
    }
}
