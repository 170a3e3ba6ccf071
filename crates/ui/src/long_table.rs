//! A table of any length: only the rows in view are in the page, and a search looks through all of them.

use std::rc::Rc;

use yew::prelude::*;

use crate::figures::thin_groups;
use crate::strings::table as words;
use crate::{Dom, Icon, Scrolled, icon};

/// What a [`LongTable`] shows: rows by their place.
pub trait LongRows {
    /// How many there are.
    fn count(&self) -> usize;
    /// The text that a search looks through.
    fn text(&self, at: usize) -> String;
    /// The [chips](LongTableProps::chips) that this row is under, one bit each.
    fn kinds(&self, at: usize) -> u8;
    /// The cells, without the row.
    fn cells(&self, at: usize) -> Html;
}

/// Shared rows, compared by pointer: keep them (`use_memo`) for as long as they are the same.
#[derive(Clone)]
pub struct Rows(pub Rc<dyn LongRows>);

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl html::ImplicitClone for Rows {}

/// Properties of [`LongTable`].
#[derive(Properties, PartialEq)]
pub struct LongTableProps {
    /// Id of the search field; the other ids begin with it.
    pub id: &'static str,
    /// What the table holds, for its caption and its scrolled region.
    pub caption: &'static str,
    /// Label of the search field.
    pub search: &'static str,
    /// Headings of the columns.
    pub heads: &'static [&'static str],
    /// Class of the table.
    pub class: &'static str,
    /// The rows.
    pub rows: Rows,
    /// Filters: word and bit. The first one is usually all.
    #[prop_or_default]
    pub chips: &'static [(&'static str, u8)],
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// A table of so many rows is shown whole and at once; of more, those in view, cut to the same height.
const WHOLE: usize = 60;
/// Rows in the page at a time where there are more: each keystroke of a search draws them anew, within 50 ms.
const FEW: usize = 28;
/// Rows before and behind those in view; the window moves in steps of half of it.
const MARGIN: usize = 8;

/// Rows in view: (place of the first, how many, height of one in pixels).
type View = (usize, usize, usize);

/// Long table (`long`).
#[component]
pub fn LongTable(props: &LongTableProps) -> Html {
    let query = use_state_eq(String::new);
    let chip = use_state_eq(|| u8::MAX);
    let view = use_state_eq(|| (0, FEW, 0));
    let texts = use_memo(props.rows.clone(), |rows| {
        (0..rows.0.count()).map(|at| (rows.0.text(at).to_lowercase(), rows.0.kinds(at))).collect::<Vec<_>>()
    });
    let found = use_memo((props.rows.clone(), (*query).clone(), *chip), |(_, query, chip)| found(&texts, query, *chip));
    let onscroll = {
        let (scrolled, view) = (props.dom.scrolled.clone(), view.clone());
        Callback::from(move |event: Event| view.set(window(scrolled.emit(event))))
    };
    let whole = texts.len() <= WHOLE || found.len() <= FEW;
    let shown = found.len().min(if whole { WHOLE } else { view.1 });
    html! {
        <div class="card">
            { filters(props, &query, &chip, &texts) }
            <div class="long" tabindex="0" role="region" aria-label={props.caption} {onscroll}>
                { table(props, &found, whole, *view) }
            </div>
            <p class="cap long__foot" role="status">{ counts(found.len(), texts.len()) }</p>
            { printed(shown, texts.len()) }
        </div>
    }
}

/// Rows under the chip that hold every word of the query.
fn found(texts: &[(String, u8)], query: &str, chip: u8) -> Vec<usize> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let fits = |(_, (text, kinds)): &(usize, &(String, u8))| {
        (chip == u8::MAX || kinds & chip != 0) && words.iter().all(|word| text.contains(word))
    };
    texts.iter().enumerate().filter(fits).map(|(at, _)| at).collect()
}

fn window(Scrolled { top, height, row }: Scrolled) -> View {
    if row == 0 {
        return (0, FEW, 0);
    }
    let step = MARGIN / 2;
    let first = (top / row).saturating_sub(MARGIN) / step * step;
    (first, height / row + 2 * MARGIN + step, row)
}

fn counts(found: usize, all: usize) -> String {
    let groups = |count: usize| thin_groups(u64::try_from(count).unwrap_or(u64::MAX));
    if found == all {
        format!("{}{}", groups(all), words::ROWS)
    } else {
        format!("{}{}{}", groups(found), words::OF, groups(all))
    }
}

/// On paper nothing can be scrolled or searched: what is missing is said (`long__print` is shown there alone).
fn printed(shown: usize, all: usize) -> Html {
    if shown == all {
        return html! {};
    }
    html! { <p class="cap long__print">{ words::printed(shown, all) }</p> }
}

fn filters(
    props: &LongTableProps,
    query: &UseStateHandle<String>,
    chip: &UseStateHandle<u8>,
    texts: &[(String, u8)],
) -> Html {
    let oninput = {
        let (query, text) = (query.clone(), props.dom.text.clone());
        Callback::from(move |event: InputEvent| query.set(text.emit(event)))
    };
    let one = |&(word, bit): &(&'static str, u8)| {
        let count = texts.iter().filter(|(_, kinds)| bit == u8::MAX || kinds & bit != 0).count();
        let onchange = {
            let chip = chip.clone();
            Callback::from(move |_: Event| chip.set(bit))
        };
        html! {
            <label class="chip">
                <input type="radio" name={format!("{}-kind", props.id)} checked={**chip == bit} {onchange} />
                <span>{ word }{ " " }{ thin_groups(u64::try_from(count).unwrap_or(u64::MAX)) }</span>
            </label>
        }
    };
    html! {
        <div class="filters" role="search" aria-label={props.caption}>
            <label class="vh" for={props.id}>{ props.search }</label>
            { icon(Icon::Search) }
            <input class="input input--text" id={props.id} type="search" placeholder={props.search} autocomplete="off"
                spellcheck="false" value={(**query).clone()} {oninput} />
            { for props.chips.iter().map(one) }
        </div>
    }
}

fn table(props: &LongTableProps, found: &[usize], whole: bool, (first, many, height): View) -> Html {
    let first = if whole { 0 } else { first.min(found.len().saturating_sub(many)) };
    let shown = found.iter().enumerate().skip(first).take(if whole { WHOLE } else { many });
    let behind = found.len().saturating_sub(first + many);
    let row = |(place, &at): (usize, &usize)| {
        html! { <tr key={at} aria-rowindex={(place + 2).to_string()}>{ props.rows.0.cells(at) }</tr> }
    };
    let class = classes!("t", "t--stack", props.class, (!whole).then_some("long--cut"));
    html! {
        <table {class} aria-rowcount={(found.len() + 1).to_string()}>
            <caption class="vh">{ props.caption }</caption>
            <thead><tr aria-rowindex="1">{ for props.heads.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
            <tbody>
                { space(first, height, props.heads.len()) }
                { for shown.map(row) }
                if !whole {
                    { space(behind, height, props.heads.len()) }
                }
            </tbody>
        </table>
    }
}

/// The room of rows that are not in the page. An attribute, because the page's policy allows no style of its own.
fn space(rows: usize, height: usize, columns: usize) -> Html {
    // Until something was scrolled the height of a row is not known; then any room makes the region scroll.
    let height = rows.saturating_mul(if height == 0 { 52 } else { height });
    if height == 0 {
        return html! {};
    }
    html! {
        <tr class="long__space" aria-hidden="true">
            <td colspan={columns.to_string()} height={height.to_string()}></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_rows_that_hold_every_word() {
        let texts = [("openssl 3.6.1".to_owned(), 1), ("zlib 3.6".to_owned(), 2), ("openssh".to_owned(), 1)];
        assert_eq!(found(&texts, "", u8::MAX), [0, 1, 2]);
        assert_eq!(found(&texts, "OPEN", u8::MAX), [0, 2]);
        assert_eq!(found(&texts, "3.6 ssl", u8::MAX), [0]);
        assert_eq!(found(&texts, "open", 2), [0_usize; 0]);
        assert_eq!(found(&texts, "", 2), [1]);
    }

    #[test]
    fn the_window_holds_what_is_in_view() {
        for top in [0, 51, 52, 5_000, 519_999] {
            let (first, many, row) = window(Scrolled { top, height: 600, row: 52 });
            assert_eq!(row, 52);
            assert!(first * 52 <= top, "{top}: starts at {first}");
            assert!((first + many) * 52 >= top + 600, "{top}: {first} and {many} more end above the end of the view");
            assert!(many < 40, "{top}: {many} rows");
        }
        assert_eq!(window(Scrolled::default()), (0, FEW, 0));
    }
}
