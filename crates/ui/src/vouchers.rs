//! Who the vouchers are.

use touchstone_report::document::Voucher;
use yew::prelude::*;

use crate::strings::{facts, vouchers as words};
use crate::{Icon, icon};

/// Properties of [`vouchers`].
#[derive(Properties, PartialEq)]
pub struct VouchersProps {
    /// The vouchers to explain.
    pub vouchers: Vec<Voucher>,
}

/// Voucher table (`vouchers`): who they are and what their word rests on.
pub fn vouchers(props: &VouchersProps) -> Html {
    let row = |&voucher: &Voucher| {
        html! {
            <tr>
                <th scope="row">{ voucher_mark(voucher) }</th>
                <td data-l={facts::WHO_RESTS}>{ shown(voucher).2.1 }</td>
            </tr>
        }
    };
    html! {
        <>
            <h3 class="who__h">{ facts::WHO }</h3>
            <div class="card tw">
                <table class="t t--stack vouchers">
                    <thead>
                        <tr><th scope="col">{ facts::WHO_VOUCHER }</th><th scope="col">{ facts::WHO_RESTS }</th></tr>
                    </thead>
                    <tbody>{ for props.vouchers.iter().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}

/// Name for the style sheet, icon, (word, what the word rests on).
fn shown(voucher: Voucher) -> (&'static str, Icon, (&'static str, &'static str)) {
    match voucher {
        Voucher::ThisBrowser => ("browser", Icon::ThisBrowser, words::BROWSER),
        Voucher::You => ("you", Icon::Paste, words::YOU),
        Voucher::CertificateAuthority => ("ca", Icon::Authority, words::AUTHORITY),
        Voucher::Builder => ("builder", Icon::Builder, words::BUILDER),
        Voucher::TransparencyLog => ("log", Icon::Log, words::LOG),
        Voucher::TimestampAuthority => ("tsa", Icon::Clock, words::TIMESTAMP),
        Voucher::Publisher => ("publisher", Icon::Publisher, words::PUBLISHER),
        Voucher::Verifier => ("verifier", Icon::Verifier, words::VERIFIER),
        Voucher::Nobody => ("nobody", Icon::Nobody, words::NOBODY),
    }
}

/// The voucher as the head of what it says: "Certificate authority states".
pub(crate) fn voucher_says(voucher: Voucher) -> Html {
    let verb = match voucher {
        Voucher::ThisBrowser => words::COMPUTED,
        Voucher::You => words::STATE,
        Voucher::TransparencyLog => words::SHOWS,
        _ => words::STATES,
    };
    marked(voucher, html! { <>{ shown(voucher).2.0 }{ verb }</> })
}

/// The voucher's square beside other words.
pub(crate) fn marked(voucher: Voucher, words: Html) -> Html {
    let (name, symbol, _) = shown(voucher);
    html! { <span class="v" data-v={name}><span class="v__i">{ icon(symbol) }</span>{ words }</span> }
}

/// A voucher (`v`): the square with its icon, always with its word.
pub(crate) fn voucher_mark(voucher: Voucher) -> Html {
    marked(voucher, html! { { shown(voucher).2.0 } })
}
