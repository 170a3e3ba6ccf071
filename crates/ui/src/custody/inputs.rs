//! What went into the build.

use std::rc::Rc;

use touchstone_report::document::Outcome;
use touchstone_report::document::custody::InputRow;
use yew::prelude::*;

use super::words::pinned;
use crate::long_table::LongRows;
use crate::strings::{inputs as words, sections};
use crate::{Doc, Dom, Icon, Jump, LongTable, Rows, icon, jump, visible};

const ALL: u8 = u8::MAX;
const PINNED: u8 = 1;
const BY_NAME: u8 = 2;
const WITH_PROVENANCE: u8 = 4;
const WARNED: u8 = 8;

const CHIPS: [(&str, u8); 5] = [
    (words::ALL, ALL),
    (words::PINNED, PINNED),
    (words::BY_NAME, BY_NAME),
    (words::WITH_PROVENANCE, WITH_PROVENANCE),
    (words::WARNED, WARNED),
];

struct InputRows {
    document: Doc,
    dom: Dom,
}

/// The rows of [`inputs`]: keep them while the document stays.
pub(crate) fn input_rows(document: Doc, dom: Dom) -> Rows {
    Rows(Rc::new(InputRows { document, dom }))
}

impl InputRows {
    fn rows(&self) -> &[InputRow] {
        self.document.custody.as_ref().map(|custody| custody.inputs.rows.as_slice()).unwrap_or_default()
    }

    fn provenance(&self, at: usize) -> Html {
        let name = self.document.custody.as_ref().and_then(|custody| Some(&custody.statements.get(at)?.name));
        let text = name.filter(|name| !name.is_empty()).map_or(words::AT_HAND, String::as_str);
        jump(&self.dom, format!("open-statement-{at}").into(), Jump::default(), visible(text))
    }
}

impl LongRows for InputRows {
    fn count(&self) -> usize {
        self.rows().len()
    }

    fn text(&self, at: usize) -> String {
        self.rows().get(at).map_or_else(String::new, |row| format!("{} {} {}", row.name, row.version, row.digest))
    }

    fn kinds(&self, at: usize) -> u8 {
        let Some(row) = self.rows().get(at) else { return 0 };
        let bit = |bit, holds: bool| if holds { bit } else { 0 };
        bit(PINNED, !row.digest.is_empty())
            | bit(BY_NAME, row.digest.is_empty())
            | bit(WITH_PROVENANCE, row.provenance.is_some())
            | bit(WARNED, !row.warning.is_empty())
    }

    fn cells(&self, at: usize) -> Html {
        let Some(row) = self.rows().get(at) else {
            return html! {};
        };
        let quiet = self.document.verdict.outcome == Outcome::Rejected;
        let listed = row.listed.join(", ");
        html! {
            <>
                <th scope="row" class="mono" title={row.name.clone()}><span class="cut">{ visible(&row.name) }</span></th>
                <td data-l={words::VERSION}><span class="cut" translate="no">{ visible(&row.version) }</span></td>
                <td data-l={words::DIGEST} title={row.digest.clone()}>
                    if row.digest.is_empty() {
                        <span class="gapcell">{ words::NONE }</span>
                    } else {
                        <span class="cut dg">{ visible(&row.digest) }</span>
                    }
                </td>
                <td data-l={words::LISTED}>
                    <span class="cut">
                        { visible(&listed) }
                        if !row.joined.is_empty() && row.listed.len() > 1 {
                            { words::JOINED_BY }{ visible(&row.joined) }
                        }
                    </span>
                </td>
                <td data-l={words::HELD}>
                    <span class="cut">
                        if row.warning.is_empty() {
                            { pinned(!row.digest.is_empty(), quiet) }
                        } else {
                            <span class="st st--wrap" data-s="fail">{ icon(Icon::Differs) }{ visible(&row.warning) }</span>
                        }
                        if let Some(at) = row.provenance {
                            { " " }{ self.provenance(at) }
                        }
                    </span>
                </td>
            </>
        }
    }
}

/// Inputs (`inputs`). Empty when the document lists none.
pub fn inputs(document: &Doc, rows: &Rows, dom: &Dom) -> Html {
    let Some(custody) = document.custody.as_ref().filter(|custody| !custody.inputs.rows.is_empty()) else {
        return html! {};
    };
    html! {
        <section class="sec" id="inputs" aria-labelledby="inputs-h">
            <div class="sec__head"><h2 id="inputs-h">{ sections::INPUTS }</h2><p>{ visible(&custody.inputs.summary) }</p></div>
            <LongTable id="inputs-search" caption={words::CAPTION} search={words::SEARCH} heads={&words::HEADS[..]}
                class="inputs" rows={rows} chips={&CHIPS[..]} dom={dom} />
        </section>
    }
}
