//! The icons: one sprite of 16 px symbols for the whole page, drawn with `currentColor`. `--knock` (style sheet) is the
//! ground that shows through solid glyphs.

use yew::prelude::*;

/// A symbol of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A certificate authority.
    Authority,
    /// Half a disc: as the system says.
    Auto,
    /// A ring with a stroke.
    Blocked,
    /// The build.
    Build,
    /// The builder.
    Builder,
    /// A plain tick.
    Check,
    /// Opens and closes.
    Chevron,
    /// A timestamp authority.
    Clock,
    /// Copy.
    Copy,
    /// Deployment.
    Deploy,
    /// Not equal.
    Differs,
    /// Drop here.
    Drop,
    /// Equal.
    Equal,
    /// An octagon with a cross.
    Fail,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A dashed square with a question mark.
    Gap,
    /// Advice.
    Info,
    /// A key.
    Key,
    /// A link.
    Link,
    /// A transparency log.
    Log,
    /// The mark: a dark stone with a streak of gold.
    Logo,
    /// Dark.
    Moon,
    /// Requests.
    Network,
    /// Nobody.
    Nobody,
    /// A ring with a bar.
    None,
    /// A half-filled ring.
    Part,
    /// A disc with a tick.
    Pass,
    /// Pasted text.
    Paste,
    /// Keep as the expectation.
    Pin,
    /// Add.
    Plus,
    /// Print.
    Print,
    /// The publisher.
    Publisher,
    /// Remove.
    Remove,
    /// Work under way.
    Run,
    /// Save.
    Save,
    /// Look up.
    Search,
    /// Source code.
    Source,
    /// Stop.
    Stop,
    /// Light.
    Sun,
    /// This browser.
    ThisBrowser,
    /// A verifier.
    Verifier,
    /// A flag.
    Waived,
}

impl Icon {
    fn reference(self) -> &'static str {
        match self {
            Icon::Authority => "#i-v-ca",
            Icon::Auto => "#i-auto",
            Icon::Blocked => "#i-blocked",
            Icon::Build => "#i-build",
            Icon::Builder => "#i-v-builder",
            Icon::Check => "#i-check",
            Icon::Chevron => "#i-chev",
            Icon::Clock => "#i-v-tsa",
            Icon::Copy => "#i-copy",
            Icon::Deploy => "#i-deploy",
            Icon::Differs => "#i-ne",
            Icon::Drop => "#i-drop",
            Icon::Equal => "#i-eq",
            Icon::Fail => "#i-fail",
            Icon::File => "#i-file",
            Icon::Folder => "#i-folder",
            Icon::Gap => "#i-gap",
            Icon::Info => "#i-info",
            Icon::Key => "#i-key",
            Icon::Link => "#i-link",
            Icon::Log => "#i-v-log",
            Icon::Logo => "#i-logo",
            Icon::Moon => "#i-moon",
            Icon::Network => "#i-net",
            Icon::Nobody => "#i-v-nobody",
            Icon::None => "#i-none",
            Icon::Part => "#i-part",
            Icon::Pass => "#i-pass",
            Icon::Paste => "#i-paste",
            Icon::Pin => "#i-pin",
            Icon::Plus => "#i-plus",
            Icon::Print => "#i-print",
            Icon::Publisher => "#i-v-publisher",
            Icon::Remove => "#i-x",
            Icon::Run => "#i-run",
            Icon::Save => "#i-down",
            Icon::Search => "#i-search",
            Icon::Source => "#i-source",
            Icon::Stop => "#i-stop",
            Icon::Sun => "#i-sun",
            Icon::ThisBrowser => "#i-v-browser",
            Icon::Verifier => "#i-v-verifier",
            Icon::Waived => "#i-waived",
        }
    }
}

/// The sprite; rendered once, by [`frame`](crate::frame). A constant of this crate, so it is safe as markup.
pub(crate) fn sprite() -> Html {
    // The symbols alone are raw: yew parses raw markup in the namespace of its parent, and none at all outside of SVG.
    html! {
        <svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
            { Html::from_html_unchecked(AttrValue::Static(include_str!("sprite.svg"))) }
        </svg>
    }
}

/// An icon beside its word; hidden from assistive technology.
pub fn icon(icon: Icon) -> Html {
    icon_of(icon, "i")
}

/// The same with other classes.
pub(crate) fn icon_of(icon: Icon, class: &'static str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={icon.reference()} /></svg> }
}
