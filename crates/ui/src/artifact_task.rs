//! Which file is it about?

use touchstone_report::document::Open;
use yew::prelude::*;

use crate::chooser::Chooser;
use crate::strings::task as words;
use crate::{Icon, visible};

/// Properties of [`ArtifactTask`].
#[derive(Properties, PartialEq)]
pub struct ArtifactTaskProps {
    /// The open thing of kind `artifact`.
    pub open: Open,
    /// Change of a file chooser.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// "Ask about the statement only" pressed: a waiver. Without it there is no button.
    #[prop_or_default]
    pub onwaive: Option<Callback<()>>,
    /// The [`DigestField`](crate::DigestField).
    #[prop_or_default]
    pub children: Html,
}

/// Asks for the artifact (`task`).
#[component]
pub fn ArtifactTask(props: &ArtifactTaskProps) -> Html {
    html! {
        <section class="card card__in task" aria-labelledby="artifact-h">
            <h3 id="artifact-h">{ words::ARTIFACT }</h3>
            <p class="small">{ visible(&props.open.sentence) }</p>
            <p class="small muted">{ visible(&props.open.to_do) }</p>
            <div class="btns">
                <Chooser label={words::CHOOSE_FILE} symbol={Icon::File} onchange={props.onfiles.clone()} />
            </div>
            { props.children.clone() }
            if let Some(onwaive) = &props.onwaive {
                <div class="task__end">
                    <button class="btn btn--small btn--quiet" type="button" onclick={onwaive.reform(|_: MouseEvent| ())}>
                        { words::WAIVE }
                    </button>
                </div>
            }
        </section>
    }
}
