//! Brand, network counter, theme.

use yew::prelude::*;

use crate::icon::icon_of;
use crate::{Dom, Icon, Jump, icon, jump, strings};

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

impl Theme {
    /// The theme that the button changes to.
    #[must_use]
    pub fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    /// Value of `data-theme` on the root element; `None` removes it.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// Properties of [`top_bar`].
#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    /// Requests made so far.
    pub requests: usize,
    /// Whether this is a copy that can make none.
    #[prop_or_default]
    pub offline: bool,
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
    /// Whether "Check many" is the page shown.
    #[prop_or_default]
    pub many: bool,
    /// Page abilities. The counter jumps to the section `network`.
    #[prop_or_default]
    pub dom: Dom,
}

/// Top bar (`top`).
pub fn top_bar(props: &TopBarProps) -> Html {
    html! {
        <header class="top">
            <div class="wrap top__in">
                <a class="brand" href={props.home.clone()} onclick={props.onhome.clone()}>
                    { icon_of(Icon::Logo, "brand__i") }{ strings::BRAND }
                </a>
                { pages(props) }
                { counter(props) }
                { theme_button(props) }
            </div>
        </header>
    }
}

/// Links to the two pages. Their addresses are fragments: following one asks nobody.
fn pages(props: &TopBarProps) -> Html {
    let link = |href: &'static str, word: &'static str, current: bool| {
        html! { <a {href} aria-current={current.then_some("page")}>{ word }</a> }
    };
    html! {
        <nav class="pages" aria-label={strings::frame::PAGES}>
            { link("#", strings::frame::CHECK_ONE, !props.many) }
            { link("#/many", strings::frame::CHECK_MANY, props.many) }
        </nav>
    }
}

fn counter(props: &TopBarProps) -> Html {
    let made = if props.offline { strings::frame::POSSIBLE } else { strings::frame::MADE };
    let word = if props.requests == 1 { strings::frame::REQUEST } else { strings::frame::REQUESTS };
    let count = html! {
        <>
            { icon(Icon::Network) }
            <span>
                <b>{ props.requests }</b>{ " " }
                <span class="word">{ word }</span><span class="long">{ made }</span>
            </span>
        </>
    };
    jump(&props.dom, "network".into(), Jump { class: Some("netchip"), ..Jump::default() }, count)
}

fn theme_button(props: &TopBarProps) -> Html {
    let (symbol, label) = match props.theme {
        Theme::System => (Icon::Auto, strings::frame::THEME_SYSTEM),
        Theme::Light => (Icon::Sun, strings::frame::THEME_LIGHT),
        Theme::Dark => (Icon::Moon, strings::frame::THEME_DARK),
    };
    let next = props.theme.next();
    let onclick = props.ontheme.reform(move |_: MouseEvent| next);
    html! { <button class="iconbtn" type="button" aria-label={label} title={label} {onclick}>{ icon(symbol) }</button> }
}
