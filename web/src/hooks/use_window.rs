//! The window: its title begins with the verdict; its theme is kept only when the person chose one.

use touchstone_browser::clock::{self, Delay};
use touchstone_browser::{page, spawn_local, storage};
use touchstone_ui::Theme;
use yew::prelude::*;

use crate::limits::CURTAIN_MILLIS;

/// Title of the window.
#[hook]
pub(crate) fn use_title(title: String) {
    use_effect_with(title, |title| page::set_title(title));
}

/// Whether more than the answer is drawn. A page whose address asked for an example (`is_begun`) is hidden until it can show the
/// answer: laying out a page that says "Checking" takes longer than the rest of the checking. What stands below the answer comes
/// a moment after it. Both end by themselves, should the answer take its time.
#[hook]
pub(crate) fn use_curtain(is_begun: bool, is_answered: bool) -> bool {
    let is_open = use_state_eq(|| !is_begun);
    {
        let is_open = is_open.setter();
        use_effect_with((), move |()| {
            let open = move || {
                page::set_hidden(false);
                is_open.set(true);
            };
            let late = is_begun.then(|| Delay::new(CURTAIN_MILLIS, open));
            move || drop(late)
        });
    }
    let waits = !*is_open && is_answered;
    let is_open_now = *is_open;
    use_effect_with(waits, move |waits| {
        if *waits {
            page::set_hidden(false);
            spawn_local(async move {
                clock::drawn().await;
                is_open.set(true);
            });
        }
    });
    is_open_now
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
