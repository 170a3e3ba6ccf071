//! Who should have signed it?

use touchstone_report::document::Signer;
use yew::prelude::*;

use crate::strings::task as words;
use crate::visible;
use crate::visible_text::breakable;

/// What [`signer_task`] shows.
pub(crate) struct SignerTaskProps<'a> {
    /// Tells it apart from the cards beside it.
    pub key: String,
    /// The signer of the document.
    pub signer: Option<&'a Signer>,
    /// "Use the signer shown": the page fills the fields with `document.signer`, and nothing is compared yet.
    pub onfill: &'a Callback<()>,
    /// The [`signer_fields`], with `onapply`.
    pub children: Html,
}

/// Asks for the signer (`task`).
pub(crate) fn signer_task(props: SignerTaskProps<'_>) -> Html {
    html! {
        <section key={props.key} class="card card__in task" aria-labelledby="signer-h">
            <h3 id="signer-h">{ words::SIGNER }</h3>
            { for props.signer.map(|signer| shown(signer, props.onfill)) }
            { props.children }
        </section>
    }
}

fn shown(signer: &Signer, onfill: &Callback<()>) -> Html {
    let key = signer.kind == "key";
    let lead = match (signer.proven, key) {
        (false, _) => words::SIGNER_UNPROVEN,
        (true, true) => words::SIGNER_KEY,
        (true, false) => words::SIGNER_PROVEN,
    };
    html! {
        <>
            <p class="small">{ lead }</p>
            <dl class="who">
                <div>
                    <dt>{ if key { words::FINGERPRINT } else { words::NAME } }</dt>
                    <dd><b class={key.then_some("dg")}>{ breakable(&signer.identity) }</b></dd>
                </div>
                if !key {
                    <div><dt>{ words::KIND }</dt><dd>{ visible(&signer.identity_kind) }</dd></div>
                }
                if let Some(issuer) = &signer.issuer {
                    <div><dt>{ words::VOUCHED }</dt><dd>{ breakable(issuer) }</dd></div>
                }
            </dl>
            if !key {
                <div class="fill">
                    <button class="btn btn--small" type="button" onclick={onfill.reform(|_: MouseEvent| ())}>
                        { words::FILL }
                    </button>
                    <p class="cap">{ words::FILL_WHY }</p>
                </div>
            }
        </>
    }
}
