//! Which file is it about?

use touchstone_report::document::Open;
use yew::prelude::*;

use crate::chooser::{Chooser, PLAIN, Takes, chooser};
use crate::strings::task as words;
use crate::{Icon, visible};

/// What [`artifact_task`] shows.
pub(crate) struct ArtifactTaskProps<'a> {
    /// The open thing of kind `artifact`.
    pub open: &'a Open,
    /// Change of a file chooser.
    pub onfiles: &'a Callback<Event>,
    /// "Ask about the statement only" pressed: a waiver. Without it there is no button.
    pub onwaive: Option<&'a Callback<()>>,
    /// The [`digest_field`].
    pub children: Html,
}

/// Asks for the artifact (`task`).
pub(crate) fn artifact_task(props: ArtifactTaskProps<'_>) -> Html {
    let choose = Chooser { label: words::CHOOSE_FILE, symbol: Icon::File, class: PLAIN, takes: Takes::Several };
    html! {
        <section key="artifact" class="card card__in task" aria-labelledby="artifact-h">
            <h3 id="artifact-h">{ words::ARTIFACT }</h3>
            <p class="small">{ visible(&props.open.sentence) }</p>
            <p class="small muted">{ visible(&props.open.to_do) }</p>
            <div class="btns">
                { chooser(choose, props.onfiles) }
            </div>
            { props.children }
            if let Some(onwaive) = props.onwaive {
                <div class="task__end">
                    <button class="btn btn--small btn--quiet" type="button" onclick={onwaive.reform(|_: MouseEvent| ())}>
                        { words::WAIVE }
                    </button>
                </div>
            }
        </section>
    }
}
