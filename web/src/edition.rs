//! Which edition of the page this is. The build says so in `<meta>` elements, so that every edition is one module.

use touchstone_browser::page;
use touchstone_ui::RootBuiltIn;
use yew::prelude::*;

/// The trusted roots that are built in, with the day from which the newest key or authority in each counts. The page's
/// half of the module holds none of the roots themselves; the test below compares.
const ROOTS: [(&str, &str); 3] =
    [("Sigstore public good", "23 Sep 2025"), ("Sigstore staging", "12 Jun 2026"), ("GitHub", "12 Jun 2026")];

/// What the document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Whether this is the one file that forbids itself every connection.
    pub(crate) offline: bool,
    /// SHA-256 of the module, in hex; empty when the build did not say.
    pub(crate) module: String,
    /// Digest over the files of the page, in hex; empty when the build did not say.
    pub(crate) build: String,
}

impl Edition {
    /// Reads it from the document.
    pub(crate) fn read() -> Self {
        Self {
            offline: page::meta("touchstone-edition") == "offline",
            module: page::meta("touchstone-module"),
            build: page::meta("touchstone-build"),
        }
    }

    /// "Touchstone 0.1.0, build 12ab34cd56ef".
    pub(crate) fn version(&self) -> String {
        let version = concat!("Touchstone ", env!("CARGO_PKG_VERSION"));
        self.build.get(..12).map_or_else(|| version.to_owned(), |build| format!("{version}, build {build}"))
    }

    /// Name and SHA-256 of the module, for the footer.
    pub(crate) fn module(&self) -> Option<(AttrValue, AttrValue)> {
        let name = if self.offline { "held in this file" } else { "touchstone-page_bg.wasm" };
        (!self.module.is_empty()).then(|| (name.into(), self.module.clone().into()))
    }

    /// What the footer says of this edition alone.
    pub(crate) fn about(&self) -> Html {
        // Only a page that xtask built is kept, and has its one-file edition beside it.
        if !self.offline && self.build.is_empty() {
            return html! {};
        }
        if !self.offline {
            // It does not where service workers are switched off, or before the first one is at work.
            let kept = if page::is_kept() {
                "This browser keeps the page for visits without a network."
            } else {
                "A browser can keep the page for visits without a network."
            };
            return html! {
                <p>
                    { kept }
                    { " The same as one file, which can make no request: " }
                    <a href="touchstone-offline.html" download="">{ "touchstone-offline.html" }</a>{ "." }
                </p>
            };
        }
        html! {
            <>
                <p>{ "This is the offline edition: one file, which can make no request." }</p>
                <p>
                    { "A file cannot hold its own digest. Compute it and compare it with the release notes, or with the \
                       file that ends in .sha256 beside the download:" }
                </p>
                <p class="dg">{ "sha256sum touchstone-offline.html" }</p>
                <p>
                    { "Get a newer copy when a result says that an authority or a log is not in the trusted root, or \
                       twice a year: authorities are replaced about that often. What was signed before stays \
                       verifiable with this copy." }
                </p>
            </>
        }
    }
}

/// The trusted roots, for the footer.
pub(crate) fn roots() -> Vec<RootBuiltIn> {
    ROOTS
        .into_iter()
        .map(|(name, newest)| RootBuiltIn {
            name: name.into(),
            source: format!("built in, not refreshed; its newest key counts from {newest}").into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ROOTS;

    /// Latest `validFor.start` anywhere in a root, as a day.
    fn newest(value: &serde_json::Value) -> String {
        match value {
            serde_json::Value::Object(members) => {
                let own = members
                    .get("validFor")
                    .and_then(|window| window.get("start")?.as_str())
                    .and_then(|start| start.get(..10))
                    .unwrap_or_default();
                members.values().map(newest).chain([own.to_owned()]).max().unwrap_or_default()
            }
            serde_json::Value::Array(values) => values.iter().map(newest).max().unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn said(day: &str) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let parts: Vec<usize> = day.split('-').filter_map(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [year, month, day] => format!("{day} {} {year}", MONTHS.get(month - 1).unwrap_or(&"")),
            _ => String::new(),
        }
    }

    #[test]
    fn the_days_are_those_of_the_roots() {
        for (text, (name, day)) in [
            include_str!("../../crates/trust/roots/public-good.json"),
            include_str!("../../crates/trust/roots/staging.json"),
            include_str!("../../crates/trust/roots/github.json"),
        ]
        .into_iter()
        .zip(ROOTS)
        {
            let root: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            assert_eq!(said(&newest(&root)), day, "{name}");
        }
    }
}
