//! The certificate beside the provenance, field by field.

use touchstone_report::document::Outcome;
use touchstone_report::document::custody::{Agreement, Claim};
use yew::prelude::*;

use super::words::agreement;
use crate::figures::is_digest;
use crate::strings::{claims as words, sections};
use crate::visible_text::breakable;
use crate::{Doc, visible};

/// Claim table (`cmp`). Empty when there are not both to compare.
pub fn claims(document: &Doc) -> Html {
    let claims = document.custody.as_ref().map(|custody| custody.claims.as_slice()).unwrap_or_default();
    if claims.is_empty() {
        return html! {};
    }
    let quiet = document.verdict.outcome == Outcome::Rejected;
    let agree = claims.iter().filter(|claim| claim.state == Agreement::Agree).count();
    let contradict = claims.iter().filter(|claim| claim.state == Agreement::Contradicts).count();
    html! {
        <section class="sec" id="claims" aria-labelledby="claims-h">
            <div class="sec__head">
                <h2 id="claims-h">{ sections::CLAIMS }</h2>
                <p>
                    { agree }{ words::OF }{ claims.len() }{ words::AGREE }
                    if contradict > 0 {
                        { " " }{ contradict }{ words::CONTRADICT }
                    }
                    { " " }{ words::WHY }
                </p>
            </div>
            <div class="card tw">
                <table class="t t--stack cmp">
                    <caption class="vh">{ sections::CLAIMS }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ words::CLAIM }</th>
                            <th scope="col">{ words::CERTIFICATE }</th>
                            <th scope="col">{ words::PROVENANCE }</th>
                            <th scope="col">{ words::RESULT }</th>
                        </tr>
                    </thead>
                    <tbody>{ for claims.iter().map(|claim| row(claim, quiet)) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(claim: &Claim, quiet: bool) -> Html {
    html! {
        <tr>
            <th scope="row">{ visible(&claim.name) }</th>
            <td data-l={words::CERTIFICATE}>{ side(&claim.certificate, &claim.certificate_at) }</td>
            <td data-l={words::PROVENANCE}>{ side(&claim.provenance, &claim.provenance_at) }</td>
            <td data-l={words::RESULT}>{ agreement(claim.state, quiet) }</td>
        </tr>
    }
}

fn side(value: &str, at: &str) -> Html {
    if value.is_empty() {
        return html! { <span class="gapcell">{ words::ABSENT }</span> };
    }
    html! {
        <>
            if is_digest(value) {
                <span class="dg">{ value.to_owned() }</span>
            } else {
                { breakable(value) }
            }
            if !at.is_empty() {
                <code class="sub break">{ visible(at) }</code>
            }
        </>
    }
}
