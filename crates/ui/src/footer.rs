//! What this page is made of.

use yew::prelude::*;

use crate::strings::frame as words;

/// A trusted root that is built in.
#[derive(Clone, Debug, PartialEq)]
pub struct RootBuiltIn {
    /// "Sigstore public good".
    pub name: AttrValue,
    /// "trusted root of 12 Aug 2026".
    pub source: AttrValue,
}

/// Properties of [`footer`].
#[derive(Default, Properties, PartialEq)]
pub struct FooterProps {
    /// Trusted roots built in.
    pub roots: Vec<RootBuiltIn>,
    /// "Touchstone 0.1.0".
    pub version: AttrValue,
    /// File name and SHA-256 of the program that checks, when the page knows it.
    #[prop_or_default]
    pub wasm: Option<(AttrValue, AttrValue)>,
    /// More about the page, in paragraphs.
    #[prop_or_default]
    pub children: Html,
}

/// Footer (`foot`).
pub fn footer(props: &FooterProps) -> Html {
    let root = |root: &RootBuiltIn| html! { <li>{ root.name.clone() }{ ": " }{ root.source.clone() }</li> };
    html! {
        <footer class="foot">
            <div class="wrap foot__in">
                <section>
                    <h2>{ words::ROOTS }</h2>
                    <ul role="list">{ for props.roots.iter().map(root) }</ul>
                    <p>{ words::ROOTS_WHY }</p>
                </section>
                <section>
                    <h2>{ words::THIS_PAGE }</h2>
                    <p>{ props.version.clone() }{ "." }</p>
                    if let Some((name, digest)) = &props.wasm {
                        <p>
                            { words::PROGRAM }<span class="dg">{ name.clone() }</span>{ ", SHA-256 " }
                            <span class="dg">{ digest.clone() }</span>{ "." }
                        </p>
                    }
                    { props.children.clone() }
                </section>
                <section><h2>{ words::LIMITS }</h2><p>{ words::LIMITS_WHY }</p></section>
            </div>
        </footer>
    }
}
