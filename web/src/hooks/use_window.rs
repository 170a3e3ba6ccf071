//! The window: its title begins with the verdict; its theme is kept only when the person chose one.

use touchstone_browser::{page, storage};
use touchstone_ui::Theme;
use yew::prelude::*;

/// Title of the window.
#[hook]
pub(crate) fn use_title(title: String) {
    use_effect_with(title, |title| page::set_title(title));
}

/// The theme in force, and the way to change it.
#[derive(Clone, PartialEq)]
pub(crate) struct ThemeHandle {
    /// The theme in force.
    pub(crate) theme: Theme,
    /// Changes it and keeps it.
    pub(crate) choose: Callback<Theme>,
}

const KEY: &str = "touchstone-theme";

/// Theme of the page.
#[hook]
pub(crate) fn use_theme() -> ThemeHandle {
    let theme = use_state(|| match storage::kept(KEY).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    });
    use_effect_with(*theme, |theme| page::set_root_attribute("data-theme", name(*theme)));
    let choose = {
        let theme = theme.clone();
        Callback::from(move |chosen: Theme| {
            storage::keep(KEY, name(chosen));
            theme.set(chosen);
        })
    };
    ThemeHandle { theme: *theme, choose }
}

const fn name(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}
