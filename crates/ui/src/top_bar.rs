//! Brand, network counter, theme.

use yew::prelude::*;

use crate::Dom;

/// Which colours are wanted. The page writes `data-theme="light|dark"` (or nothing) on the root element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Properties of [`TopBar`].
#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    /// Requests made so far.
    pub requests: usize,
    /// Theme in force.
    #[prop_or_default]
    pub theme: Theme,
    /// Theme wanted next (system, light, dark, system, …).
    #[prop_or_default]
    pub ontheme: Callback<Theme>,
    /// Address of the first page.
    #[prop_or(AttrValue::Static("./"))]
    pub home: AttrValue,
    /// Brand pressed; call `prevent_default` to stay in the application.
    #[prop_or_default]
    pub onhome: Callback<MouseEvent>,
    /// Page abilities. The counter jumps to the section `network`.
    #[prop_or_default]
    pub dom: Dom,
}

/// Top bar (`top`).
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let _ = props;
    html! {}
}
